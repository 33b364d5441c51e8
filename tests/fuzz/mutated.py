"""Bytes that are nearly right: what a reader takes, with pieces of it and of others cut out, doubled and swapped."""

from __future__ import annotations

import json
from typing import Any

from hypothesis import event
from hypothesis import strategies as st

_SCRAPS = [
    b"",
    b"\0",
    b"\xff",
    b"\x80",
    b"\xed\xa0\x80",
    b'"',
    b"\\",
    b"\\ud800",
    b"{",
    b"}",
    b"[",
    b"]",
    b":",
    b"- ",
]
_SCRAPS += [
    b"null",
    b"true",
    b"1e999",
    b"-0",
    b"9" * 5000,
    b"[" * 3000,
    b"NaN",
    b"\n",
    b"\t",
    b"&a ",
    b"*a",
    b"<<: ",
]


def mutated(*texts: bytes) -> st.SearchStrategy[bytes]:
    """One of the texts, cut and pasted together anew at a few places."""
    cut = st.tuples(
        st.integers(0, 10_000), st.integers(0, 60), st.sampled_from(_SCRAPS) | st.binary(max_size=4)
    )
    return st.builds(_pasted, st.sampled_from(texts), st.lists(cut, min_size=1, max_size=4))


def _pasted(text: bytes, cuts: list[tuple[int, int, bytes]]) -> bytes:
    for at, length, scrap in cuts:
        at %= len(text) + 1
        text = text[:at] + scrap + text[at + length :]
    return text


JSON: st.SearchStrategy[Any] = st.recursive(
    st.none()
    | st.booleans()
    | st.integers()
    | st.integers(min_value=10**20)
    | st.floats()
    | st.text(max_size=8)
    | st.sampled_from(["\ud800", "", "contact", "string", "options", "\x1b[31m"]),
    lambda inner: st.lists(inner, max_size=4) | st.dictionaries(st.text(max_size=6), inner, max_size=4),
    max_leaves=8,
)


def bent(value: Any) -> st.SearchStrategy[Any]:
    """The value with one place in it, at any depth, taken out or replaced by any other JSON."""
    places = list(_places(value, ()))
    return st.builds(_bent, st.just(value), st.sampled_from(places), JSON, st.booleans())


def counted(*, refused: bool) -> None:
    """Notes in the statistics that `make fuzz` prints what became of an input."""
    event("refused" if refused else "taken")


def _places(value: Any, path: tuple[Any, ...]) -> Any:
    yield path
    inner = value.items() if isinstance(value, dict) else enumerate(value) if isinstance(value, list) else ()
    for key, each in inner:
        yield from _places(each, (*path, key))


def _bent(value: Any, path: tuple[Any, ...], other: Any, out: bool) -> Any:
    if not path:
        return other
    copy = json.loads(json.dumps(value))
    at = copy
    for key in path[:-1]:
        at = at[key]
    if out:
        del at[path[-1]]
    else:
        at[path[-1]] = other
    return copy
