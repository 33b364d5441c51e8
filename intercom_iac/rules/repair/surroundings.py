"""What stands directly around a clause, which decides whether a chain in its place needs parentheses."""

from __future__ import annotations

import re
from typing import Literal

from intercom_iac.lazy_dataclass import dataclass
from intercom_iac.lazy_pattern import lazy_pattern

from ..syntax import tree as s

Side = Literal["", "and", "or", "not", "where", "other"]
"""The word on one side of a clause; empty at a parenthesis and at an end of the rule."""

_BEFORE = lazy_pattern(r"(?:(?<![\w.`-])(?P<word>and|or|not|where)|(?P<sign>&&|\|\||!))$", re.IGNORECASE)
_BEHIND = lazy_pattern(r"(?P<word>and|or)(?![\w.-])|(?P<sign>&&|\|\|)", re.IGNORECASE)
_SIGNS: dict[str, Side] = {"&&": "and", "||": "or", "!": "not"}
_WORDS: dict[str, Side] = {"and": "and", "or": "or", "not": "not", "where": "where"}


@dataclass(frozen=True, slots=True)
class Surroundings:
    before: Side
    behind: Side

    def bind(self, root: s.Node) -> bool:
        """Whether they would take a part of the chain for themselves, if it had no parentheses."""
        match root:
            case s.Disjunction():
                return self.before not in ("", "or") or self.behind not in ("", "or")
            case s.Conjunction():
                return self.before in ("not", "where", "other") or self.behind == "other"
            case _:
                return False

    def divide(self, word: str) -> bool:
        """Whether clauses that this word joins may be parted by what stands around them."""
        return self.before == "not" or (word == "or" and "and" in (self.before, self.behind))


def surroundings_of(text: str, start: int, end: int) -> Surroundings:
    """What stands around `text[start:end]`. A comment there is `other`: what is before it is not looked for."""
    before, behind = text[:start].rstrip(), text[end:].lstrip()
    line = before[before.rfind("\n") + 1 :] if "\n" in text[len(before) : start] else ""
    first = (
        "other"
        if "#" in line
        else ""
        if not before or before.endswith("(")
        else _side(_BEFORE.search(before))
    )
    last = "" if not behind or behind.startswith(")") else _side(_BEHIND.match(behind))
    return Surroundings(before=first, behind=last)


def _side(found: re.Match[str] | None) -> Side:
    if found is None:
        return "other"
    return _SIGNS[found["sign"]] if found["sign"] else _WORDS[found["word"].casefold()]
