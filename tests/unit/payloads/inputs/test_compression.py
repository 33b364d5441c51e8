"""What is compressed, unpacked piece by piece: as many bytes as are asked for, and never many more."""

from __future__ import annotations

import gzip
import io
import random
import tracemalloc

import pytest
import zstandard

from intercom_iac.payloads.inputs.compression import decompress

MEGABYTE = 1 << 20


def compress(how: str, content: bytes) -> bytes:
    return gzip.compress(content, 1, mtime=0) if how == "gzip" else zstandard.compress(content)


@pytest.mark.parametrize("how", ["gzip", "zstd"])
def test_a_read_gives_all_that_was_asked_for(how: str) -> None:
    content = random.Random(1).randbytes(MEGABYTE).hex().encode()
    stream, _ = decompress(io.BytesIO(compress(how, content)), "x")
    parts = [stream.read(MEGABYTE), stream.read(7), stream.read(3 * MEGABYTE), stream.read(1)]
    assert [len(part) for part in parts] == [MEGABYTE, 7, MEGABYTE - 7, 0]
    assert b"".join(parts) == content


@pytest.mark.parametrize("how", ["gzip", "zstd"])
def test_few_bytes_that_hold_very_many_are_never_unpacked_at_once(how: str) -> None:
    bomb = compress(how, bytes(150 * MEGABYTE))
    stream, _ = decompress(io.BytesIO(bomb), "x")
    tracemalloc.start()
    size = 0
    while part := stream.read(MEGABYTE):
        size += len(part)
    _, most = tracemalloc.get_traced_memory()
    tracemalloc.stop()
    assert size == 150 * MEGABYTE
    assert most < 100 * MEGABYTE
