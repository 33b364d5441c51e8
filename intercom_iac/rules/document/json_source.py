"""JSON text -> plain data, strictly, and where each value stands in the text, by its JSON pointer (RFC 6901)."""

from __future__ import annotations

import json
import math
from dataclasses import field
from typing import Any

from intercom_iac.lazy_dataclass import dataclass
from intercom_iac.lazy_pattern import lazy_pattern

_TOKEN = lazy_pattern(r'"[^"\\]*(?:\\.[^"\\]*)*"|[{}\[\],:]|[^\s{}\[\],:"]+')


class NotJsonError(ValueError):
    """A text that is no JSON; `offset` is where it stops being some, in characters."""

    def __init__(self, message: str, offset: int = 0) -> None:
        super().__init__(message)
        self.offset = offset


def parse_json(text: str) -> Any:
    """The data. Raises `NotJsonError` for what RFC 8259 does not have (NaN), and for what no rule can hold: half a
    character, a number beyond every float, thousands of levels."""
    try:
        data = json.loads(text, parse_constant=_refuse_constant, parse_float=_finite)
        json.dumps(data, ensure_ascii=False).encode()
        return data
    except json.JSONDecodeError as error:
        raise NotJsonError(error.msg[:1].lower() + error.msg[1:], error.pos) from error
    except RecursionError as error:
        raise NotJsonError("its values are nested too deep") from error
    except UnicodeEncodeError as error:
        raise NotJsonError("it holds half a character") from error
    except NotJsonError:
        raise
    except ValueError as error:
        raise NotJsonError("it holds a number of too many digits") from error


def _refuse_constant(constant: str) -> None:
    raise NotJsonError(f"JSON has no `{constant}`")


def _finite(digits: str) -> float:
    number = float(digits)
    if not math.isfinite(number):
        raise NotJsonError(f"`{digits[:40]}` is beyond every number")
    return number


@dataclass(slots=True)
class _Container:
    """An object or a list that is open: its pointer, where it begins, and the key or index that comes."""

    pointer: str
    start: int
    next: str | int | None
    keys: set[str] = field(default_factory=set[str])


@dataclass(frozen=True, slots=True)
class JsonPlaces:
    """Start and end of each value by its pointer, and the pointers of keys that stand more than once in an object."""

    values: dict[str, tuple[int, int]]
    repeated: tuple[str, ...]


def find_places(text: str) -> JsonPlaces:
    """The places in a text that `parse_json` reads."""
    values: dict[str, tuple[int, int]] = {}
    repeated: list[str] = []
    opened: list[_Container] = []

    def pointer() -> str:
        return f"{opened[-1].pointer}/{opened[-1].next}" if opened else ""

    for token in _TOKEN.finditer(text):
        word, start, end = token[0], *token.span()
        if word in ("{", "["):
            opened.append(_Container(pointer(), start, None if word == "{" else 0))
        elif word in ("}", "]"):
            closed = opened.pop()
            values[closed.pointer] = (closed.start, end)
        elif word == ",":
            inner = opened[-1]
            inner.next = inner.next + 1 if isinstance(inner.next, int) else None
        elif word != ":":
            if opened and opened[-1].next is None:
                key = escape(json.loads(word))
                opened[-1].next = key
                if key in opened[-1].keys:
                    repeated.append(pointer())
                opened[-1].keys.add(key)
            else:
                values[pointer()] = (start, end)
    return JsonPlaces(values, tuple(repeated))


def escape(key: str) -> str:
    """A key as a part of a pointer."""
    return key.replace("~", "~0").replace("/", "~1")
