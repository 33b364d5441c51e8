"""Names as the wire has them, from the names that each SDK gives them."""

from __future__ import annotations

import re
from functools import lru_cache

from intercom_iac.lazy_pattern import lazy_pattern

_WORD_BOUNDARY = lazy_pattern(r"(?<=[a-z0-9])(?=[A-Z])|(?<=[A-Z])(?=[A-Z][a-z])")
_ESCAPE = lazy_pattern(r"\\(?:u\{([0-9a-fA-F]{1,6})\}|u([0-9a-fA-F]{4})|x([0-9a-fA-F]{2})|(.))", re.DOTALL)
_ESCAPED = {
    "n": "\n",
    "t": "\t",
    "r": "\r",
    "0": "\0",
    "b": "\b",
    "f": "\f",
    "a": "\a",
    "v": "\v",
    "e": "\x1b",
}


@lru_cache(maxsize=4096)
def wire_name(name: str) -> str:
    """`CustomAttributes`, `customAttributes` and `custom_attributes` are one name: `custom_attributes`."""
    return _WORD_BOUNDARY.sub("_", name).lower()


def unescape(text: str) -> str:
    """The characters that the escapes of a text in quotes stand for, as far as the languages agree on them."""
    return _ESCAPE.sub(_escaped_character, text) if "\\" in text else text


def _escaped_character(match: re.Match[str]) -> str:
    code = match[1] or match[2] or match[3]
    if code is None:
        return _ESCAPED.get(match[4], match[4])
    number = int(code, 16)
    return chr(number) if number <= 0x10FFFF else "\ufffd"
