"""Texts with given parts and without others: whether there is one, decided by a search for the shortest.

Tests in any case are about the folded text (`model.folding`). Set a sign at each end of it, and `starts with p` says
that the first of these and `p` stand in it, `ends with` and equality likewise; `contains word w`, that `w` stands in
it between two signs that are neither letter nor digit. So a conjunction of tests says which parts stand in the text
and which do not. A machine that reads it sign by sign knows enough by what it has read last (the longest beginning of
a part) and by the parts that it has met.

Signs that stand in no part are alike, but that some are letters or digits: one of each kind is enough.
"""

from __future__ import annotations

from collections import deque
from collections.abc import Iterator, Sequence
from itertools import islice, product
from typing import Literal

from intercom_iac.lazy_dataclass import dataclass
from intercom_iac.model.folding import fold, word_pattern

# The ends of a text: signs that no text holds, neither letters nor digits.
_BEFORE, _BEHIND = "\ue000", "\ue001"
_SPARE_LETTERS = "xyzqjkvwabcdefghilmnoprstu0123456789дбгжлфцчшщюя"
_SPARE_OTHERS = " -.,_/+#&:!*;=()"


@dataclass(frozen=True, slots=True)
class TextTest:
    """That a folded text stands so to this part, which is folded too; `is` is equality."""

    operator: Literal["is", "contains", "contains word", "starts with", "ends with"]
    part: str

    def holds(self, text: str) -> bool:
        match self.operator:
            case "is":
                return text == self.part
            case "contains":
                return self.part in text
            case "contains word":
                return word_pattern(self.part).search(text) is not None
            case "starts with":
                return text.startswith(self.part)
            case "ends with":
                return text.endswith(self.part)


# A test, and whether it is to hold.
TextLiteral = tuple[TextTest, bool]


@dataclass(frozen=True, slots=True)
class Impossible:
    """No text passes these tests together, as few as were found."""

    conflict: tuple[TextLiteral, ...]


def find_text(literals: Sequence[TextLiteral], longest: int | None, budget: int) -> str | Impossible | None:
    """A folded text, at most so long, of which the literals are true; None where the budget ran out.

    The budget is in steps of the machine.
    """
    wanted = [literal for literal in literals if literal[1]]
    unwanted = [literal for literal in literals if not literal[1]]
    if longest is not None and _least_length([test for test, _ in wanted]) > longest:
        return Impossible(_too_long(wanted, longest))
    candidate = _text_of_parts([test for test, _ in wanted], _signs(literals))
    if (longest is None or len(candidate) <= longest) and _agrees(literals, candidate):
        return candidate
    # Mostly a single part cannot be there for those that must not, which is soon found.
    for literal in wanted:
        if _shortest([literal, *unwanted], longest, budget) is False:
            return Impossible(_minimal([literal, *unwanted], longest, budget))
    found = _shortest(literals, longest, budget)
    return Impossible(_minimal(literals, longest, budget)) if found is False else found


def _agrees(literals: Sequence[TextLiteral], text: str) -> bool:
    return all(test.holds(text) is holds for test, holds in literals)


def _minimal(literals: Sequence[TextLiteral], longest: int | None, budget: int) -> tuple[TextLiteral, ...]:
    kept = list(literals)
    for literal in literals:
        fewer = [other for other in kept if other != literal]
        if _shortest(fewer, longest, budget) is False:
            kept = fewer
    return tuple(kept)


def _text_of_parts(tests: Sequence[TextTest], signs: _Signs) -> str:
    """The parts in a row, with a sign between them that stands in none."""
    for test in tests:
        if test.operator == "is":
            return test.part
    by_operator = {
        operator: [test.part for test in tests if test.operator == operator]
        for operator in ("starts with", "contains", "contains word", "ends with")
    }
    first = max(by_operator["starts with"], key=len, default="")
    last = max(by_operator["ends with"], key=len, default="")
    middle = [
        part for part in (*by_operator["contains"], *by_operator["contains word"]) if part not in first + last
    ]
    middle = [part for part in middle if not any(part != other and part in other for other in middle)]
    return signs.spare_other.join(dict.fromkeys(part for part in (first, *middle, last) if part))


def _least_length(tests: Sequence[TextTest]) -> int:
    """How long a text with these parts is at least: of each part, what no other one can begin within it."""
    parts = list(dict.fromkeys(test.part for test in tests))
    parts = [part for part in parts if not any(part != other and part in other for other in parts)]
    if len(parts) == 1:
        return len(parts[0])
    return sum(len(part) - max(_overlap(other, part) for other in parts if other != part) for part in parts)


def _overlap(first: str, then: str) -> int:
    """How many signs at the end of one are those at the beginning of the other."""
    most = min(len(first), len(then))
    return next((size for size in range(most, 0, -1) if first.endswith(then[:size])), 0)


def _too_long(wanted: Sequence[TextLiteral], longest: int) -> tuple[TextLiteral, ...]:
    """Some of the first of these, so many that they are too long together."""
    low, high = 1, len(wanted)
    while low < high:
        middle = (low + high) // 2
        if _least_length([test for test, _ in wanted[:middle]]) > longest:
            high = middle
        else:
            low = middle + 1
    return tuple(wanted[:high])


# --- signs --------------------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class _Signs:
    """The signs that texts are made of, and those of them that may stand beside a word."""

    all: tuple[str, ...]
    others: tuple[str, ...]
    spare_other: str


def _signs(literals: Sequence[TextLiteral]) -> _Signs:
    used = sorted({sign for test, _ in literals for sign in test.part})
    letter = next(sign for sign in _spare_signs(_SPARE_LETTERS, 0x4E00) if sign not in used)
    other = next(sign for sign in _spare_signs(_SPARE_OTHERS, 0x2500) if sign not in used)
    signs = (*used, letter, other)
    return _Signs(signs, tuple(sign for sign in signs if not sign.isalnum()), other)


def _spare_signs(first: str, then: int) -> Iterator[str]:
    yield from first
    yield from map(chr, range(then, then + 300))


def _parts(test: TextTest, signs: _Signs) -> list[str]:
    """The parts of which one stands between the ends where the test holds."""
    match test.operator:
        case "is":
            return [_BEFORE + test.part + _BEHIND]
        case "contains":
            return [test.part]
        case "starts with":
            return [_BEFORE + test.part]
        case "ends with":
            return [test.part + _BEHIND]
        case "contains word":
            before, behind = (_BEFORE, *signs.others), (_BEHIND, *signs.others)
            return [first + test.part + last for first, last in product(before, behind)]


# --- the machine --------------------------------------------------------------------------------------------


class _Machine:
    """Reads a text sign by sign, and says of each place which parts end there.

    A place is the longest beginning of a part that ends there (Aho and Corasick).
    """

    def __init__(self, bits: dict[str, int], unwanted: set[str]) -> None:
        self._next: list[dict[str, int]] = [{}]
        self._fall: list[int] = [0]
        self.met: list[int] = [0]
        self.forbidden: list[bool] = [False]
        for part in {**bits, **dict.fromkeys(unwanted, 0)}:
            place = 0
            for sign in part:
                if sign not in self._next[place]:
                    self._next[place][sign] = len(self._next)
                    self._next.append({})
                    self._fall.append(0)
                    self.met.append(0)
                    self.forbidden.append(False)
                place = self._next[place][sign]
            self.met[place] |= bits.get(part, 0)
            self.forbidden[place] |= part in unwanted
        waiting = deque(self._next[0].values())
        while waiting:
            place = waiting.popleft()
            self.met[place] |= self.met[self._fall[place]]
            self.forbidden[place] |= self.forbidden[self._fall[place]]
            for sign, following in self._next[place].items():
                self._fall[following] = self.step(self._fall[place], sign)
                waiting.append(following)

    def step(self, place: int, sign: str) -> int:
        while True:
            following = self._next[place].get(sign)
            if following is not None:
                return following
            if place == 0:
                return 0
            place = self._fall[place]


def _shortest(
    literals: Sequence[TextLiteral], longest: int | None, budget: int
) -> str | Literal[False] | None:
    """The shortest text, False where there is none, None where the budget ran out."""
    signs = _signs(literals)
    bits: dict[str, int] = {}
    unwanted: set[str] = set()
    for number, (test, holds) in enumerate(literals):
        if not holds:
            unwanted.update(_parts(test, signs))
            continue
        for part in _parts(test, signs):
            bits[part] = bits.get(part, 0) | 1 << number
    if "" in unwanted:
        return False
    everything = sum(1 << number for number, (_, holds) in enumerate(literals) if holds)
    everything &= ~bits.pop("", 0)  # every text contains the empty one
    machine = _Machine(bits, unwanted)
    return _read(machine, everything, signs.all, longest, budget)


def _read(
    machine: _Machine, everything: int, signs: tuple[str, ...], longest: int | None, budget: int
) -> str | Literal[False] | None:
    """The shortest text after which the machine has met everything and nothing forbidden."""
    place = machine.step(0, _BEFORE)
    if machine.forbidden[place]:
        return False
    begin = (place, machine.met[place] & everything)
    came: dict[tuple[int, int], tuple[tuple[int, int], str] | None] = {begin: None}
    row, length = [begin], 0
    while row:
        for state in row:
            end = machine.step(state[0], _BEHIND)
            if not machine.forbidden[end] and state[1] | (machine.met[end] & everything) == everything:
                return _text_to(state, came)
        length += 1
        if longest is not None and length > longest:
            return False
        following: list[tuple[int, int]] = []
        for state in row:
            for sign in signs:
                budget -= 1
                place = machine.step(state[0], sign)
                reached = (place, state[1] | (machine.met[place] & everything))
                if reached not in came and not machine.forbidden[place]:
                    came[reached] = (state, sign)
                    following.append(reached)
        if budget < 0:
            return None
        row = following
    return False


def _text_to(state: tuple[int, int], came: dict[tuple[int, int], tuple[tuple[int, int], str] | None]) -> str:
    signs: list[str] = []
    step = came[state]
    while step is not None:
        signs.append(step[1])
        step = came[step[0]]
    return "".join(reversed(signs))


# --- case ---------------------------------------------------------------------------------------------------

_CASED = 0x20000  # no letter behind it has a case


class _Spellings:
    """The texts that are one folded."""

    def __init__(self) -> None:
        self._by_folded: dict[str, list[str]] = {}

    def signs_folding_to(self, sign: str) -> list[str]:
        """The signs that fold to this one, itself first."""
        if not self._by_folded:
            for code in range(_CASED):
                folded = fold(chr(code))
                if folded != chr(code):
                    self._by_folded.setdefault(folded, []).append(chr(code))
        return [sign, *self._by_folded.get(sign, ())]


_SPELLINGS = _Spellings()


def spell_otherwise(folded: str, taken: frozenset[str]) -> str | None:
    """A text that folds to this one and is none of those; None where there is none."""
    if folded not in taken:
        return folded
    spellings = islice(product(*map(_SPELLINGS.signs_folding_to, folded)), len(taken) + 1)
    return next((text for text in map("".join, spellings) if text not in taken), None)
