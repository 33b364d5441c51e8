"""Known names, to be asked for the nearest to a misspelt one: what that takes is made of them once.

Nearest is what a slip of a finger makes of a name, which is looked up. Else two names are as like as
`difflib.SequenceMatcher.ratio` says; of those are left out whose letters alone show that something nearer is known.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator
from functools import cached_property
from itertools import chain

from .likeness import likeness
from .slips import join_words

# No name of Intercom's is longer; a text that is has not been misspelt.
LONGEST = 255
_CUTOFF = 0.7
# What it costs to count the letters of a name, to look at them, and to compare two names, as pairs of characters that
# are compared.
_COUNT, _LOOK, _COMPARE = 80, 3, 100
# To look slips up takes room that grows with the square of a length.
_LONGEST_SLIP = 64
# Of more names that one letter less makes the same nobody can say which was meant.
_MOST_ALIKE = 16
# Letters are counted by the end of their number: of few kinds, so that the counts of a name stay small.
_KINDS = 64


class Work:
    """What is left of the work that may go into suggestions, as pairs of characters."""

    def __init__(self, left: int) -> None:
        self.left = left


class NearNames(Collection[str]):
    """Known names. Of those that differ in case alone, the last one is found."""

    def __init__(self, known: Iterable[str]) -> None:
        self._known = tuple(known)
        self._answers: dict[str, str | None] = {}

    def __iter__(self) -> Iterator[str]:
        return iter(self._known)

    def __len__(self) -> int:
        return len(self._known)

    def __contains__(self, name: object) -> bool:
        return name in self._all

    def nearest(self, name: str, work: Work) -> str | None:
        """The known name most like this one; None where nothing is close, or where the work for it is done."""
        if name in self._answers:
            return self._answers[name]
        if work.left <= 0 or len(name) > LONGEST:
            return None
        work.left -= _COMPARE
        found = self._look_alike(name)
        if found is None and (folded := self._search(name.casefold(), work)) is not None:
            found = self._by_folded[folded]
        if work.left > 0:  # else another run may find more
            self._answers[name] = found
        return found

    def slips(self, name: str) -> Collection[str]:
        """Known names among which are all that a slip of a finger makes of this one, or of which case and what joins
        their parts do: few, but where many are alike."""
        near = self._one_letter_apart(name.casefold())
        if near is None:
            return self._known
        names = chain.from_iterable(self._spelled[folded] for folded in near)
        return [*dict.fromkeys(chain(names, self._by_joined.get(join_words(name), ())))]

    def _look_alike(self, name: str) -> str | None:
        """The first known name that looks the same. Two of ASCII alone look different."""
        alike = self._by_likeness.get(likeness(name), ()) if self._beyond_ascii or not name.isascii() else ()
        return next((known for known in alike if known != name and not (known + name).isascii()), None)

    def _search(self, wanted: str, work: Work) -> str | None:
        if wanted in self._by_folded:
            return wanted
        if not self._answers:
            work.left -= _COUNT * len(self._known)
        search = _Search(wanted, work)
        slips = self._one_letter_apart(wanted)
        search.compare(slips or ())
        if search.best is not None:
            return search.best[1]
        letters = self._count_letters(wanted)
        at_most = {
            length: _ratio(_most_shared(len(wanted), length, slips is not None), len(wanted) + length)
            for length in self._by_length
        }
        for length in sorted(at_most, key=at_most.__getitem__, reverse=True):
            if not search.goes_on(at_most[length]):
                break
            names = self._by_length[length]
            work.left -= _LOOK * len(names)
            total = len(wanted) + length
            least = _CUTOFF if search.best is None else search.best[0]
            near = [
                (shared, name)
                for counts, name in names
                if _ratio(shared := (counts & letters).bit_count(), total) >= least
            ]
            for shared, name in sorted(near, reverse=True):
                if not search.goes_on(_ratio(shared, total)):
                    break
                search.compare((name,))
        return None if search.best is None else search.best[1]

    def _one_letter_apart(self, wanted: str) -> list[str] | None:
        """The names that taking a letter out makes the same, out of either, or of both at one place; None where those
        may not be all."""
        if len(wanted) >= _LONGEST_SLIP:  # names are indexed up to that length
            return None
        keys = [hash(wanted), *_one_letter_less(wanted)]
        found = [self._by_slip.get(key, ()) for key in keys]
        if any(len(names) >= _MOST_ALIKE for names in found):
            return None
        return [*dict.fromkeys(chain.from_iterable(found))]

    # --- what is made of the names, when it is first asked for ---------------------------------------------------

    @cached_property
    def _all(self) -> frozenset[str]:
        return frozenset(self._known)

    @cached_property
    def _beyond_ascii(self) -> bool:
        return not all(map(str.isascii, self._known))

    @cached_property
    def _by_likeness(self) -> dict[str, list[str]]:
        found: dict[str, list[str]] = {}
        for name in self._known:
            found.setdefault(likeness(name), []).append(name)
        return found

    @cached_property
    def _by_folded(self) -> dict[str, str]:
        return {name.casefold(): name for name in self._known}

    @cached_property
    def _spelled(self) -> dict[str, list[str]]:
        """The names as they are known, by what is one but for case."""
        found: dict[str, list[str]] = {}
        for name in self._known:
            found.setdefault(name.casefold(), []).append(name)
        return found

    @cached_property
    def _by_joined(self) -> dict[str, list[str]]:
        found: dict[str, list[str]] = {}
        for name in self._known:
            found.setdefault(join_words(name), []).append(name)
        return found

    @cached_property
    def _by_length(self) -> dict[int, list[tuple[int, str]]]:
        """The names of each length, each with its letters counted."""
        found: dict[int, list[tuple[int, str]]] = {}
        for name in self._by_folded:
            if len(name) <= 2 * LONGEST:
                found.setdefault(len(name), []).append((self._count_letters(name), name))
        return found

    @cached_property
    def _by_slip(self) -> dict[int, tuple[str, ...]]:
        """The names by what taking a letter out makes of them, and by themselves."""
        found: dict[int, tuple[str, ...]] = {}
        for name in self._by_folded:
            for key in (hash(name), *_one_letter_less(name)) if len(name) <= _LONGEST_SLIP else ():
                names = found.get(key, ())
                if len(names) < _MOST_ALIKE:
                    found[key] = (*names, name)
        return found

    def _count_letters(self, name: str) -> int:
        """The letters of a name as bits, as many of a kind as it has: what two names share are the bits of both."""
        counts, seen = 0, [0] * _KINDS
        for letter in name:
            kind = ord(letter) % _KINDS
            counts |= 1 << (seen[kind] * _KINDS + kind)
            seen[kind] += 1
        return counts


class _Search:
    """The name most like the one that is wanted, of those that were compared so far, with its ratio."""

    def __init__(self, wanted: str, work: Work) -> None:
        from difflib import SequenceMatcher  # needed only after a mistake

        self._matcher = SequenceMatcher(b=wanted)
        self._length = len(wanted)
        self._work = work
        self.best: tuple[float, str] | None = None

    def goes_on(self, at_most: float) -> bool:
        """Whether to compare with names that are no more like it than this."""
        return self._work.left > 0 and at_most >= (_CUTOFF if self.best is None else self.best[0])

    def compare(self, names: Iterable[str]) -> None:
        for name in names:
            self._work.left -= _COMPARE + self._length * len(name)
            self._matcher.set_seq1(name)
            found = (self._matcher.ratio(), name)
            if found[0] >= _CUTOFF and (self.best is None or found > self.best):
                self.best = found


def _one_letter_less(name: str) -> Iterator[int]:
    """What stands for the text without one of its letters, for each of them."""
    return (hash(name[:at] + name[at + 1 :]) for at in range(len(name)))


def _most_shared(one: int, other: int, without_slips: bool) -> int:
    """How many letters texts of these lengths share at most; `without_slips` where those are looked at that taking
    one letter out makes the same."""
    most = min(one, other)
    if not without_slips or abs(one - other) > 1:
        return most
    return most - 2 if one == other else most - 1


def _ratio(shared: int, total: int) -> float:
    return 2 * shared / total if total else 1.0
