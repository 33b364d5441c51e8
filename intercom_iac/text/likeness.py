"""Texts that look the same and are not: told so, and shown with what differs."""

from __future__ import annotations

import unicodedata
from typing import Any, cast

from intercom_iac.lazy_pattern import lazy_pattern

from .unseen import escape_character, unseen

_JOINERS = lazy_pattern("[\u200c\u200d\ufe00-\ufe0f]")


def likeness(text: str) -> str:
    """What a reader sees of a text: one form of letters with accents, one kind of space, nothing that is unseen."""
    if text.isascii() and text.isprintable():
        return " ".join(text.split())
    hidden = set(unseen(text))
    seen = "".join(character for at, character in enumerate(text) if at not in hidden or character.isspace())
    return " ".join(unicodedata.normalize("NFC", _JOINERS.sub("", seen)).split())


def look_alike(one: str, other: str) -> bool:
    """Whether two different texts are the same to a reader."""
    return one != other and likeness(one) == likeness(other)


def ascii_text(text: str) -> str:
    """The text in quotes, what is not ASCII as escapes, so that nothing in it looks like anything else."""
    written = (
        character if " " <= character <= "~" and character not in '"\\' else _escape(character)
        for character in text
    )
    return f'"{"".join(written)}"'


def _escape(character: str) -> str:
    return f"\\{character}" if character in '"\\' else escape_character(character)


def distinguish(before: Any, after: Any) -> tuple[Any, Any]:
    """Two values to be shown beside each other: texts in them that look alike, and are not, are spelled out."""
    if isinstance(before, str) and isinstance(after, str):
        return (ascii_text(before), ascii_text(after)) if look_alike(before, after) else (before, after)
    if isinstance(before, list) and isinstance(after, list):
        old, new = cast("list[Any]", before), cast("list[Any]", after)
        return _spelled_where_alike(old, new), _spelled_where_alike(new, old)
    if isinstance(before, dict) and isinstance(after, dict):
        old, new = cast("dict[str, Any]", before), cast("dict[str, Any]", after)
        pairs = {key: distinguish(old[key], new[key]) for key in old.keys() & new.keys()}
        return (
            {key: pairs[key][0] if key in pairs else value for key, value in old.items()},
            {key: pairs[key][1] if key in pairs else value for key, value in new.items()},
        )
    return cast("tuple[Any, Any]", (before, after))


def _spelled_where_alike(items: list[Any], others: list[Any]) -> list[Any]:
    seen = {likeness(other): other for other in others if isinstance(other, str)}
    return [
        ascii_text(item) if isinstance(item, str) and seen.get(likeness(item), item) != item else item
        for item in items
    ]
