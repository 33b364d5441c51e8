"""Words that one slip of a finger makes of each other: near enough to be sure, where few words are possible."""

from __future__ import annotations

from collections.abc import Iterable

# A shorter word is one slip from many others.
_SHORTEST = 4


def only_slip(name: str, words: Iterable[str]) -> str | None:
    """The one of few words that a misspelt one can only be: the same but for case and what joins its parts, or the
    only one that a single slip of a finger leads to. None where there is no such word, or more than one.
    """
    known = [*words]
    alike = [word for word in known if join_words(word) == join_words(name)]
    if len(alike) == 1:
        return alike[0]
    slips = [word for word in known if min(len(word), len(name)) >= _SHORTEST and is_one_slip(name, word)]
    return slips[0] if len(slips) == 1 and not alike else None


def join_words(word: str) -> str:
    """A word without case and what joins its parts."""
    return word.casefold().replace("-", "").replace("_", "").replace(" ", "")


def is_one_slip(one: str, other: str) -> bool:
    """Whether two words differ in one character that is added, left out or another, or in two that are swapped."""
    one, other = one.casefold(), other.casefold()
    if abs(len(one) - len(other)) > 1 or one == other:
        return False
    begin = 0
    while begin < min(len(one), len(other)) and one[begin] == other[begin]:
        begin += 1
    first, second = one[begin:], other[begin:]
    return (
        first[1:] == second[1:]
        or first[1:] == second
        or first == second[1:]
        or (first[:2] == second[1::-1] and first[2:] == second[2:])
    )
