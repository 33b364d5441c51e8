"""Pieces of TypeScript: names, texts, comments, and lists that fold where a line is too long, as prettier does it."""

from __future__ import annotations

import json
import re
from collections.abc import Iterable, Sequence
from functools import lru_cache

from intercom_iac.lazy_pattern import lazy_pattern

WIDTH = 80

# Every object has these of itself: the compiler takes their types for those of an object that has none of its own.
KEYS_OF_EVERY_OBJECT = frozenset(
    {
        "constructor",
        "hasOwnProperty",
        "isPrototypeOf",
        "propertyIsEnumerable",
        "toLocaleString",
        "toString",
        "valueOf",
    }
)

_PLAIN_KEY = lazy_pattern(r"[A-Za-z_$][A-Za-z0-9_$]*")
_LINE_ENDS = lazy_pattern(r"[\r\n\v\f\x1c-\x1e\x85\u2028\u2029]+")
_TAG = lazy_pattern(r"^(\s*)@", re.MULTILINE)
# A line separator ends a line of source text, and what has no glyph would hide in it.
_UNSEEN = lazy_pattern(
    "[\x7f-\x9f\xad\u061c\u180e\u200b-\u200f\u2028-\u202e\u2060-\u206f\ufeff\ufff9-\ufffb]"
)


def text_literal(text: str) -> str:
    """A text in double quotes, or in single ones where it has more of the double ones itself."""
    if text.isascii() and text.isprintable() and '"' not in text and "\\" not in text:
        return f'"{text}"'
    literal = json.dumps(text, ensure_ascii=False)
    if text.count('"') > text.count("'"):
        literal = "'" + literal[1:-1].replace("'", "\\'").replace('\\"', '"') + "'"
    return _UNSEEN.sub(lambda found: f"\\u{ord(found[0]):04x}", literal)


@lru_cache(maxsize=4096)
def type_key(name: str) -> str:
    """A name as the key of an interface."""
    return name if _PLAIN_KEY.fullmatch(name) else text_literal(name)


def value_key(name: str) -> str:
    """A name as the key of an object. `__proto__` would be the object's prototype, but for the brackets."""
    return f"[{text_literal(name)}]" if name == "__proto__" else type_key(name)


def comment(lines: Iterable[str], indent: str = "") -> str:
    """A comment of documentation; nothing without lines. What would end it, or be a tag of its own, does not."""
    width = WIDTH - len(indent) - len(" * ")
    safe = [
        folded
        for text in lines
        for line in _visible_lines(text.strip())
        for folded in _fold(line.replace("*/", "*\\/"), width)
    ]
    if not safe:
        return ""
    if len(safe) == 1 and len(indent) + len(safe[0]) + 7 <= WIDTH:
        return f"{indent}/** {safe[0]} */\n"
    return (
        f"{indent}/**\n" + "".join(f"{indent} * {line}".rstrip() + "\n" for line in safe) + f"{indent} */\n"
    )


def _fold(line: str, width: int) -> list[str]:
    if len(line) <= width:
        return [line]
    from textwrap import wrap

    return wrap(line, width, break_long_words=False, break_on_hyphens=False)


def _visible_lines(text: str) -> list[str]:
    if text.isprintable():
        return [text]
    return [_UNSEEN.sub("", line) for line in _LINE_ENDS.split(text)]


def prose(text: str) -> str:
    """A text of the specs in a comment: an `@` at the beginning of a line would be a tag."""
    return _TAG.sub(r"\1\\@", text) if "@" in text else text


def union(members: Sequence[str], start: str, end: str, indent: str) -> str:
    """`start a | b end` on a line, or on the next one, or a member a line."""
    members_in_line = " | ".join(members) + end
    if len(f"{indent}{start}{members_in_line}") <= WIDTH or len(members) == 1:
        return f"{indent}{start}{members_in_line}\n"
    if len(f"{indent}  {members_in_line}") <= WIDTH:
        return f"{indent}{start.rstrip()}\n{indent}  {members_in_line}\n"
    return (
        f"{indent}{start.rstrip()}\n"
        + "".join(f"{indent}  | {member}\n" for member in members)[:-1]
        + f"{end}\n"
    )


def entry(key: str, value: str, indent: str) -> str:
    """`key: value,` on a line, or the value on a line of its own."""
    line = f"{indent}{key}: {value},"
    return f"{line}\n" if len(line) <= WIDTH else f"{indent}{key}:\n{indent}  {value},\n"


def listing(members: Sequence[str], start: str, end: str, indent: str) -> str:
    """`start a, b end` on a line, or a member a line; a list among the members folds where its line is too long."""
    spaced = f" {', '.join(members)} " if start.endswith("{") and members else ", ".join(members)
    line = f"{indent}{start}{spaced}{end}"
    if len(line) <= WIDTH or not members:
        return f"{line}\n"
    return f"{indent}{start}\n" + "".join(f"{indent}  {member},\n" for member in members) + f"{indent}{end}\n"
