"""Names that are nearly the same: but for case, for what joins their words, for a plural, or for one slip.

No search compares every name with every other one: names meet in buckets of what they have in common, and each is
compared with the first few of its bucket. So the work grows with the names.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable, Iterator, Mapping, Sequence
from functools import cached_property
from typing import Literal

from intercom_iac.lazy_dataclass import dataclass
from intercom_iac.lazy_pattern import lazy_pattern
from intercom_iac.text.slips import is_one_slip

Likeness = Literal["case", "separators", "plural", "one letter"]

_WORDS = lazy_pattern(r"[^\W_]+")
_CAMEL = lazy_pattern(r"(?<=[a-z0-9])(?=[A-Z])")
_DIGITS = lazy_pattern(r"\d+")
_LEAST_SLIPPED = 5
"""The fewest letters of a word in which one that differs is a slip: `paid` and `said` are two words."""
_LONGEST_SLIPPED = 64
_COMPARED = 8
"""With how many names of its bucket a name is compared."""


@dataclass(frozen=True)
class SpelledName:
    """A name, taken apart once."""

    name: str

    @cached_property
    def words(self) -> tuple[str, ...]:
        apart = _CAMEL.sub(" ", unicodedata.normalize("NFKC", self.name))
        return tuple(word.casefold() for word in _WORDS.findall(apart))

    @cached_property
    def letters(self) -> str:
        """The name without case and what joins its words; itself, where it holds no letter and no digit."""
        return "".join(self.words) or self.name

    @cached_property
    def singular(self) -> str:
        return "".join(map(_singular, self.words)) or self.name

    @cached_property
    def digits(self) -> str:
        return " ".join(_DIGITS.findall(self.letters))


@dataclass(frozen=True, slots=True)
class LikePair:
    """Two names, by their positions, and how they are alike."""

    first: int
    second: int
    likeness: tuple[Likeness, ...]


def like_names(names: Sequence[str]) -> list[LikePair]:
    """The pairs of names that are nearly the same, as far as it takes to join each group of them."""
    spelled = [SpelledName(name) for name in names]
    pairs: dict[tuple[int, int], LikePair] = {}
    for key in ("letters", "singular"):
        buckets: dict[str, int] = {}
        for position, name in enumerate(spelled):
            first = buckets.setdefault(getattr(name, key), position)
            if first != position:
                pairs.setdefault(
                    (first, position), LikePair(first, position, _likeness(spelled[first], name))
                )
    for first, second in _slips(spelled):
        pairs.setdefault((first, second), LikePair(first, second, ("one letter",)))
    return sorted(pairs.values(), key=lambda pair: (pair.first, pair.second))


def same_but_spelling(names: Iterable[str]) -> list[tuple[str, ...]]:
    """The groups of different names that case and what joins their words alone tell apart."""
    groups: dict[str, dict[str, None]] = {}
    for name in names:
        groups.setdefault(SpelledName(name).letters, {})[name] = None
    return [tuple(group) for group in groups.values() if len(group) > 1]


def join_groups(pairs: Iterable[tuple[int, int]]) -> list[tuple[int, ...]]:
    """The positions that pairs connect, directly or through others."""
    parents: dict[int, int] = {}

    def root(position: int) -> int:
        above = parents.setdefault(position, position)
        while above != parents[above]:
            parents[above] = parents[parents[above]]
            above = parents[above]
        return above

    for first, second in pairs:
        low, high = sorted((root(first), root(second)))
        parents[high] = low
    groups: dict[int, list[int]] = {}
    for position in sorted(parents):
        groups.setdefault(root(position), []).append(position)
    return [tuple(group) for group in groups.values()]


def _likeness(one: SpelledName, other: SpelledName) -> tuple[Likeness, ...]:
    found: list[Likeness] = []
    if one.letters != other.letters:
        found.append("plural")
    folded = one.name.casefold() == other.name.casefold()
    if not folded and _joiners(one.name) != _joiners(other.name):
        found.append("separators")
    if one.letters == other.letters and _bare(one.name) != _bare(other.name):
        found.append("case")
    return tuple(found) or ("separators",)


def _joiners(name: str) -> list[str]:
    return re.findall(r"[\W_]+", name)


def _bare(name: str) -> str:
    return re.sub(r"[\W_]+", "", name)


def _singular(word: str) -> str:
    """The word without the ending of an English plural."""
    if len(word) > 4 and word.endswith("ies"):
        return f"{word[:-3]}y"
    if len(word) > 4 and word.endswith(("ses", "xes", "ches", "shes")):
        return word[:-2]
    if len(word) > 3 and word.endswith("s") and not word.endswith(("ss", "us", "is")):
        return word[:-1]
    return word


def _slips(names: Sequence[SpelledName]) -> Iterator[tuple[int, int]]:
    """The pairs that one slip makes of each other: both become one text when a letter is taken out of each."""
    buckets: Mapping[tuple[str, str], list[int]] = {}
    for position, name in enumerate(names):
        letters = name.letters
        if not _LEAST_SLIPPED <= len(letters) <= _LONGEST_SLIPPED:
            continue
        compared: dict[int, None] = {}
        shortened = {letters, *(letters[:at] + letters[at + 1 :] for at in range(len(letters)))}
        for text in sorted(shortened):
            bucket = buckets.setdefault((name.digits, text), [])
            compared |= dict.fromkeys(bucket[:_COMPARED])
            bucket.append(position)
        for other in sorted(compared):
            if _is_slip(names[other], name):
                yield other, position


def _is_slip(one: SpelledName, other: SpelledName) -> bool:
    """Whether one letter of one long enough word makes the difference."""
    if not is_one_slip(one.letters, other.letters):
        return False
    if len(one.words) != len(other.words):
        return True
    differing = [
        (word, of_other) for word, of_other in zip(one.words, other.words, strict=True) if word != of_other
    ]
    return all(min(len(word), len(of_other)) >= _LEAST_SLIPPED for word, of_other in differing)
