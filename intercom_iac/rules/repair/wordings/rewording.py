"""Tables of wordings that the language does not read, and how they are applied to a clause.

A row says which words make it worth a look, a pattern, and what stands in its place. What comes out need not be
canonical, only readable: the text that is shown is formatted from its tree.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from dataclasses import field, replace
from functools import cache

from intercom_iac.lazy_dataclass import dataclass

from ..masking import NAME, TEXT, Quotes

MOST_READINGS = 3

# Where a table's pattern has one of these in braces.
_PARTS = {
    # the name of a field
    "{F}": rf"(?P<f>(?<![\w.-])(?:company\.)?(?:{NAME}|(?!(?:and|or|not|where|event|tag|segment|is|in|has|between"
    r"|within|contains|company)(?![\w.-]))[^\W\d][\w.-]*))",
    # a value
    "{V}": rf"(?P<v>{TEXT}|[^\s(),=<>!;]+)",
    "{W}": rf"(?P<w>{TEXT}|[^\s(),=<>!;]+)",
    # a number, a sign
    "{N}": r"(?P<n>-?\d+(?:\.\d+)?)",
    "{M}": r"(?P<m>-?\d+(?:\.\d+)?)",
    "{S}": r"(?P<s>!=|<=|>=|=|<|>)",
    "{T}": r"(?P<t>!=|<=|>=|=|<|>)",
    # what stands between parentheses or brackets
    "{L}": r"[(\[{]\s*(?P<l>[^()\[\]{}]*?)\s*[)\]}]",
    # a day, as the tables of times write it
    "{D}": r"(?P<d>\d{4}-\d{2}-\d{2})",
    "{DD}": r"(?P<dd>\d{4}-\d{2}-\d{2})",
}


class Found:
    """Where a table's pattern applies: what its groups hold, and the quoted texts that they stand for."""

    def __init__(self, match: re.Match[str], quotes: Quotes) -> None:
        self._match = match
        self._quotes = quotes

    def __getitem__(self, group: str | int) -> str:
        """What a group holds; empty where it takes no part."""
        return self._match[group] or ""

    def __contains__(self, group: str) -> bool:
        return group in self._match.re.groupindex

    def content(self, mark: str) -> str | None:
        """The content of a text in quotes; None for any other text."""
        return self._quotes.content(mark)

    def text(self, content: str) -> str:
        """A text in quotes."""
        return self._quotes.text(content)


Readings = tuple[str, ...]
Rewriter = Callable[[Found], Readings]


@dataclass(frozen=True, slots=True)
class Wording:
    """`words`: one of these, separated by spaces, stands in the text, in lower case. `texts`: a template of `re` for
    each reading, or a function that gives the readings; none: the pattern does not apply.

    It is `certain` where nothing else can be meant; `note` says what else a person should know.
    """

    words: str
    pattern: str
    texts: Readings | Rewriter
    certain: bool = False
    note: str | None = None
    triggers: tuple[str, ...] = field(init=False)

    def __post_init__(self) -> None:
        # A space alone stands in every clause.
        triggers = tuple(self.words.split(" ")) if self.words.strip() else (self.words,)
        object.__setattr__(self, "triggers", triggers)


@dataclass(frozen=True, slots=True)
class Draft:
    """A clause on its way: its masked text, whether nothing else can be meant, and what there is to know."""

    text: str
    certain: bool = True
    notes: tuple[str, ...] = ()


def reword(drafts: Sequence[Draft], table: Sequence[Wording], quotes: Quotes) -> list[Draft]:
    """The drafts with every row of a table applied in its order; a row of several readings gives a draft for each."""
    found = list(drafts)
    folded = _folded_text(found)
    for wording in table:
        if any(map(folded.__contains__, wording.triggers)):
            results = [result for draft in found for result in _apply(draft, wording, quotes)]
            if results != found:
                found = results[:MOST_READINGS]
                folded = _folded_text(found)
    return found


def _folded_text(drafts: Sequence[Draft]) -> str:
    return "\n".join(draft.text for draft in drafts).casefold()


@cache
def table_pattern(pattern: str) -> re.Pattern[str]:
    """A table's pattern, compiled when its words are met for the first time."""
    for part, expression in _PARTS.items():
        pattern = pattern.replace(part, expression)
    return re.compile(pattern, re.IGNORECASE)


def _apply(draft: Draft, wording: Wording, quotes: Quotes) -> list[Draft]:
    found = table_pattern(wording.pattern).search(draft.text)
    if found is None:
        return [draft]
    readings = (
        wording.texts(Found(found, quotes))
        if callable(wording.texts)
        else tuple(found.expand(text) for text in wording.texts)
    )
    results: list[Draft] = []
    for reading in readings:
        rest = draft.text[found.end() :]
        if not callable(wording.texts) and len(readings) == 1:
            rest = table_pattern(wording.pattern).sub(wording.texts[0], rest)
        text = " ".join(f"{draft.text[: found.start()]}{reading}{rest}".split())
        if text == draft.text and len(readings) == 1:
            continue
        notes = draft.notes
        if wording.note is not None and wording.note not in notes:
            notes = (*notes, wording.note)
        certain = draft.certain and wording.certain and len(readings) == 1
        results.append(replace(draft, text=text, certain=certain, notes=notes))
    return results or [draft]
