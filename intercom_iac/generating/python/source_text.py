"""Texts of the specs in Python source: as string literals and as docstrings."""

from __future__ import annotations

import textwrap
from collections.abc import Iterable

WIDTH = 88
_ESCAPES = {"\\": "\\\\", '"': '\\"', "\n": "\\n", "\r": "\\r", "\t": "\\t"}


def string_literal(text: str) -> str:
    """The text between double quotes; what no one sees is spelled out."""
    return f'"{_escape(text)}"'


def docstring(paragraphs: Iterable[str], indent: str) -> list[str]:
    """The lines of a docstring, folded; the first paragraph stands beside the quotes."""
    lines = [
        line
        for number, paragraph in enumerate(paragraphs)
        for line in ([""] if number else []) + _fold(paragraph, WIDTH - len(indent) - 6)
    ]
    if len(lines) == 1:
        return [f'{indent}"""{lines[0]}"""']
    return [
        f'{indent}"""{lines[0]}',
        *(f"{indent}{line}" if line else "" for line in lines[1:]),
        f'{indent}"""',
    ]


def _fold(paragraph: str, width: int) -> list[str]:
    text = _escape(" ".join(paragraph.split()))
    if len(text) <= width:
        return [text]
    return textwrap.wrap(text, width, break_long_words=False, break_on_hyphens=False)


def _escape(text: str) -> str:
    if text.isprintable() and '"' not in text and "\\" not in text:
        return text
    return "".join(_escape_character(character) for character in text)


def _escape_character(character: str) -> str:
    if character in _ESCAPES:
        return _ESCAPES[character]
    if character.isprintable():
        return character
    point = ord(character)
    if point < 0x100:
        return f"\\x{point:02x}"
    return f"\\u{point:04x}" if point < 0x10000 else f"\\U{point:08x}"
