"""Quoted texts of a clause as single characters, so that no pattern looks into them."""

from __future__ import annotations

import re

from intercom_iac.lazy_pattern import lazy_pattern

from ..print.text import quote

_QUOTED = lazy_pattern(
    r"""\b(?:is|are|was|were|does|did|has|have|had)\s?n['’]t\b|'[^']*(?:''[^']*)*'|"[^"]*(?:""[^"]*)*"|`[^`]*(?:``[^`]*)*`|“[^”]*”|‘[^’]*’|«[^»]*»""",
    re.IGNORECASE,
)
_NOT = lazy_pattern(r"\s?n['’]t$", re.IGNORECASE)
_TEXTS, _NAMES, _MOST = 0xE000, 0xF000, 256
_RESERVED = lazy_pattern("[\ue000-\uf8ff]")

TEXT = "[\ue000-\uefff]"
"""A pattern for one text in quotes."""
NAME = "[\uf000-\uf8ff]"
"""A pattern for one name in backticks."""


class Quotes:
    """The quoted texts and names that were taken out of a clause, each with the character that stands for it."""

    def __init__(self) -> None:
        self._texts: list[str] = []
        self._names: list[str] = []

    def text(self, content: str) -> str:
        """The character that stands for a text in quotes."""
        return _place(self._texts, content, _TEXTS)

    def name(self, content: str) -> str:
        """The character that stands for a name in backticks."""
        return _place(self._names, content, _NAMES)

    def content(self, mark: str) -> str | None:
        """What a character stands for; None for any other text."""
        if len(mark) != 1 or not _RESERVED.match(mark):
            return None
        number = ord(mark)
        return self._names[number - _NAMES] if number >= _NAMES else self._texts[number - _TEXTS]

    def unmask(self, text: str) -> str:
        """The text with what was taken out back in its place, as a rule writes it."""
        return _RESERVED.sub(lambda found: self._written(found[0]), text)

    def _written(self, mark: str) -> str:
        content = self.content(mark) or ""
        return f"`{content.replace('`', '``')}`" if ord(mark) >= _NAMES else quote(content)


def mask(text: str) -> tuple[str, Quotes] | None:
    """The text with a character for each quoted one and single spaces; None where it holds such characters itself."""
    if _RESERVED.search(text) or "#" in _QUOTED.sub("", text):
        return None
    quotes = Quotes()

    def place(found: re.Match[str]) -> str:
        if found[0][0].isalpha():
            return f"{_NOT.sub('', found[0])} not"
        mark, content = found[0][0], found[0][1:-1]
        content = content.replace(mark * 2, mark)
        return quotes.name(content) if mark == "`" else quotes.text(content)

    if len(_QUOTED.findall(text)) > _MOST // 2:
        return None
    return " ".join(_QUOTED.sub(place, text).split()), quotes


def _place(contents: list[str], content: str, first: int) -> str:
    if content in contents:
        return chr(first + contents.index(content))
    contents.append(content)
    return chr(first + len(contents) - 1)
