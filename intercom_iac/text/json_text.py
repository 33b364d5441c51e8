"""Plain data as JSON text."""

from __future__ import annotations

import json
from collections.abc import Iterable
from json.encoder import encode_basestring
from typing import Any, cast

from .printable import is_visible
from .unseen import is_plain, unseen

_encode = json.JSONEncoder(ensure_ascii=False).encode


def json_text(data: Any) -> str:
    """Plain data as JSON, readable in any script; what could not be seen or printed is escaped."""
    text = indented_json(data)
    if is_plain(text):
        return text
    hidden = set(unseen(text))
    if not hidden and text.replace("\n", "").isprintable():
        return text
    return "".join(
        character
        if character == "\n" or (is_visible(character) and at not in hidden)
        else json.dumps(character)[1:-1]
        for at, character in enumerate(text)
    )


def indented_json(data: Any, margin: str = "\n") -> str:
    """What `json.dumps` gives with an indent of 2, which makes it without its encoder in C. `margin` is the end of a
    line and the indent of the next."""
    inner = margin + "  "
    if isinstance(data, str):
        return encode_basestring(data)
    if isinstance(data, dict):
        entries = cast("dict[Any, Any]", data).items()
        return _enclose(
            "{}", (f"{_key(key)}: {indented_json(value, inner)}" for key, value in entries), margin
        )
    if isinstance(data, list | tuple):
        items = cast("list[Any]", data)
        texts = set(map(type, items)) == {str}
        return _enclose(
            "[]",
            map(encode_basestring, items) if texts else (indented_json(item, inner) for item in items),
            margin,
        )
    return _encode(data)


def _enclose(signs: str, parts: Iterable[str], margin: str) -> str:
    held = f",{margin}  ".join(parts)
    return f"{signs[0]}{margin}  {held}{margin}{signs[1]}" if held else signs


def _key(key: Any) -> str:
    # What else can be a key is written as text by the encoder.
    return encode_basestring(key) if isinstance(key, str) else _encode({key: 0})[1:-4]
