"""Text made safe to print: what steers a terminal, or shows nothing, is spelled out."""

from __future__ import annotations

import unicodedata

from .unseen import unseen

# Controls, marks of direction and of no width, halves of characters, and separators that end a line or a paragraph.
_UNSEEN = frozenset({"Cc", "Cf", "Cs", "Zl", "Zp"})
# Letters and signs that are drawn as nothing.
_FILLERS = frozenset("\u034f\u115f\u1160\u17b4\u17b5\u2800\u3164\uffa0\U00016fe4\U0001d159")


def printable(text: str) -> str:
    """The text with control characters and what no one sees spelled out: a value can neither steer a terminal nor
    pass for another.

    A joiner is spelled out wherever it stands, a selector where there is nothing to select."""
    if text.isascii() and text.isprintable():
        return text
    hidden = set(unseen(text))
    return "".join(
        character if is_visible(character) and at not in hidden else _escape(character)
        for at, character in enumerate(text)
    )


def is_visible(character: str) -> bool:
    """Whether a character is something to see, or a space: no control, no mark of direction, none of no width."""
    return unicodedata.category(character) not in _UNSEEN and character not in _FILLERS


def _escape(character: str) -> str:
    point = ord(character)
    return f"\\u{point:04x}" if point < 0x10000 else f"\\U{point:08x}"
