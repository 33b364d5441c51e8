"""Texts that look the same and are not: told so, and shown with what differs."""

from __future__ import annotations

import re
import unicodedata

from .unseen import escaped, unseen

_JOINERS = re.compile("[\u200c\u200d\ufe00-\ufe0f]")


def likeness(text: str) -> str:
    """What a reader sees of a text: one form of letters with accents, one kind of space, nothing that is unseen."""
    if text.isascii() and text.isprintable():
        return " ".join(text.split())
    hidden = set(unseen(text))
    seen = "".join(each for at, each in enumerate(text) if at not in hidden or each.isspace())
    return " ".join(unicodedata.normalize("NFC", _JOINERS.sub("", seen)).split())


def look_alike(one: str, other: str) -> bool:
    """Whether two different texts are the same to a reader."""
    return one != other and likeness(one) == likeness(other)


def spelled(text: str) -> str:
    """The text in quotes, what is not ASCII as escapes, so that nothing in it looks like anything else."""
    written = (each if " " <= each <= "~" and each not in '"\\' else _escape(each) for each in text)
    return f'"{"".join(written)}"'


def _escape(character: str) -> str:
    return f"\\{character}" if character in '"\\' else escaped(character)
