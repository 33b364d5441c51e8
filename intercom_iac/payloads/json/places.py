"""Where in a JSON text keys stand twice, and numbers that JSON does not have: sought only where there are some."""

from __future__ import annotations

import json
import re
from bisect import bisect_right
from collections.abc import Sequence
from dataclasses import field

from intercom_iac.lazy_dataclass import dataclass
from intercom_iac.lazy_pattern import lazy_pattern
from intercom_iac.model.payload import shown_name

_TOKEN = lazy_pattern(r'"(?:[^"\\]|\\.)*"|[{}\[\],:]|[^\s{}\[\],:"]+', re.DOTALL)
_INFINITIES = (float("inf"), float("-inf"))


@dataclass(frozen=True, slots=True, kw_only=True)
class TextPlaces:
    """Paths and columns, counted from 1, of keys that stand in their object again, and of numbers such as NaN."""

    duplicates: Sequence[tuple[str, int]] = ()
    not_finite: Sequence[tuple[str, int]] = ()


@dataclass(slots=True)
class _Container:
    path: str
    is_object: bool
    keys: set[str] = field(default_factory=set[str])
    key: str | None = None
    at: int = 0

    def inner_path(self) -> str:
        if not self.is_object:
            return f"{self.path}[{self.at}]"
        shown = shown_name(self.key or "")
        return f"{self.path}.{shown}" if self.path else shown


def find_places(text: str) -> TextPlaces:
    """The places in a text that Python's reader takes for JSON."""
    duplicates: list[tuple[str, int]] = []
    not_finite: list[tuple[str, int]] = []
    open_containers: list[_Container] = []
    line_starts = [0, *(match.end() for match in re.finditer("\n", text))]

    def column(offset: int) -> int:
        return offset - line_starts[bisect_right(line_starts, offset) - 1] + 1

    for match in _TOKEN.finditer(text):
        piece = match[0]
        inner = open_containers[-1] if open_containers else None
        if piece in ("{", "["):
            path = inner.inner_path() if inner is not None else ""
            open_containers.append(_Container(path, piece == "{"))
        elif piece in ("}", "]"):
            open_containers.pop()
        elif inner is None or piece == ":":
            continue
        elif piece == ",":
            inner.key, inner.at = None, inner.at + 1
        elif inner.is_object and inner.key is None:
            inner.key = json.loads(piece) if "\\" in piece else piece[1:-1]
            if inner.key in inner.keys:
                duplicates.append((inner.inner_path(), column(match.start())))
            inner.keys.add(inner.key or "")
        elif piece[0] != '"' and _is_not_finite(piece):
            not_finite.append((inner.inner_path(), column(match.start())))
    return TextPlaces(duplicates=tuple(duplicates), not_finite=tuple(not_finite))


def column_of_level(text: str, level: int) -> int | None:
    """The column of the first bracket that stands so many levels deep; None where none does."""
    depth = 0
    for match in _TOKEN.finditer(text):
        if match[0] in ("{", "["):
            depth += 1
            if depth == level:
                return match.start() - text.rfind("\n", 0, match.start())
        elif match[0] in ("}", "]"):
            depth -= 1
    return None


def _is_not_finite(piece: str) -> bool:
    if piece in ("true", "false", "null"):
        return False
    return piece == "NaN" or float(piece) in _INFINITIES
