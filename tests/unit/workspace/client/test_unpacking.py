"""A body is unpacked as far as it may be long, and never in more memory than that."""

from __future__ import annotations

import gzip
import tracemalloc
import zlib
from collections.abc import Iterator

import pytest
from hypothesis import given
from hypothesis import strategies as st

from intercom_iac.workspace.client.unpacking import Unreadable, unpack_body

MOST = 100_000


@given(st.binary(max_size=200_000), st.integers(1, 70_000))
def test_what_was_packed_comes_out_however_it_is_cut(content: bytes, size: int) -> None:
    packed = gzip.compress(content)
    chunks = [packed[start : start + size] for start in range(0, len(packed), size)]
    assert unpack_body(chunks, "gzip") == content
    assert unpack_body([content, b""], "identity") == content


@pytest.mark.parametrize(
    "coding", ["", "identity", " Identity , ", "gzip", "x-gzip", "GZIP", "identity, gzip"]
)
def test_one_coding_is_known(coding: str) -> None:
    packed = gzip.compress(b"{}", mtime=0) if "gzip" in coding.lower() else b"{}"
    assert unpack_body([packed], coding) == b"{}"


@pytest.mark.parametrize("coding", ["gzip, gzip", "gzip,gzip,gzip", "deflate", "br", "zstd", "compress", "x"])
def test_what_was_not_asked_for_is_not_unpacked(coding: str) -> None:
    def chunks() -> Iterator[bytes]:
        yield pytest.fail("it was read")

    with pytest.raises(Unreadable, match="which was not asked for"):
        unpack_body(chunks(), coding)


@pytest.mark.parametrize(
    ("content", "why"),
    [
        (b"not gzip", "cannot be unpacked"),
        (zlib.compress(b"{}"), "cannot be unpacked"),
        (gzip.compress(b"{}", mtime=0)[:-4], "its end is missing"),
        (b"", "its end is missing"),
        (gzip.compress(b"{}", mtime=0) + b"more", "goes on after the end"),
        (gzip.compress(b"{", mtime=0) + gzip.compress(b"}", mtime=0), "goes on after the end"),
    ],
)
@pytest.mark.parametrize("size", [1, 1_000])
def test_what_is_not_whole_is_refused(content: bytes, why: str, size: int) -> None:
    with pytest.raises(Unreadable, match=why):
        unpack_body([content[start : start + size] for start in range(0, len(content), size)], "gzip")


def endless(first: bytes, again: bytes) -> Iterator[bytes]:
    yield first
    while True:
        yield again


BOMBS = {
    "plain": lambda: (endless(b"", b" " * 1000), ""),
    "one": lambda: ([gzip.compress(bytes(50_000_000))], "gzip"),
    "twice": lambda: ([gzip.compress(gzip.compress(bytes(50_000_000)))], "gzip, gzip"),
    "a name without end": lambda: (endless(b"\x1f\x8b\x08\x08\0\0\0\0\0\x03", b"x" * 1000), "gzip"),
    "a comment without end": lambda: (endless(b"\x1f\x8b\x08\x10\0\0\0\0\0\x03", b"x" * 1000), "gzip"),
    "blocks of nothing": lambda: (endless(b"\x1f\x8b\x08\0\0\0\0\0\0\x03", b"\0\0\0\xff\xff" * 200), "gzip"),
}


@pytest.mark.parametrize("bomb", BOMBS)
def test_what_is_too_large_is_not_held(bomb: str) -> None:
    chunks, coding = BOMBS[bomb]()
    tracemalloc.start()
    try:
        with pytest.raises(Unreadable):
            unpack_body(chunks, coding, MOST)
        _, most = tracemalloc.get_traced_memory()
    finally:
        tracemalloc.stop()
    assert most < 8 * MOST
