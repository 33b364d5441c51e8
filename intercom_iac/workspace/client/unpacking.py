"""The body of an answer, unpacked no further than it may be long: a thousand bytes can stand for a million."""

from __future__ import annotations

import zlib
from collections.abc import Iterable, Iterator

ASKED_FOR = "gzip"
"""The one coding that calls accept. What is packed in another, or twice, is not unpacked."""
LARGEST_ANSWER = 64 * 1024 * 1024
"""Bytes of one answer, and of all pages of a list: far more than the longest list has."""
_GZIP = 16 + zlib.MAX_WBITS
_STEP = 64 * 1024


class Unreadable(Exception):
    """Why a body is of no use, as the end of a sentence that begins with `it`."""


def unpack_body(chunks: Iterable[bytes], coding: str, most: int = LARGEST_ANSWER) -> bytes:
    """The body that comes in these chunks, packed as the `Content-Encoding` says. Raises `Unreadable`.

    Never holds more than `most` bytes, packed or not, and one chunk.
    """
    content = bytearray()
    for part in _unpack(_limit_size(chunks, most), coding):
        content += part
        if len(content) > most:
            raise _too_large(most)
    return bytes(content)


def _limit_size(chunks: Iterable[bytes], most: int) -> Iterator[bytes]:
    """What comes over the network, whether it is unpacked to anything or not: a header of gzip need have no end."""
    received = 0
    for chunk in chunks:
        received += len(chunk)
        if received > most:
            raise _too_large(most)
        yield chunk


def _unpack(chunks: Iterable[bytes], coding: str) -> Iterator[bytes]:
    names = [name.strip().lower() for name in coding.split(",")]
    codings = [name for name in names if name not in ("", "identity")]
    if not codings:
        yield from chunks
        return
    if codings not in (["gzip"], ["x-gzip"]):
        raise Unreadable(f"is packed as `{', '.join(codings)}`, which was not asked for")
    packed = zlib.decompressobj(_GZIP)
    for chunk in chunks:
        try:
            part = packed.decompress(chunk, _STEP)
            while part:
                yield part
                part = packed.decompress(packed.unconsumed_tail, _STEP)
        except zlib.error as error:
            raise Unreadable("cannot be unpacked") from error
        if packed.unused_data:
            raise Unreadable("goes on after the end of what is packed")
    if not packed.eof:
        raise Unreadable("cannot be unpacked: its end is missing")


def _too_large(most: int) -> Unreadable:
    return Unreadable(f"is larger than {most // (1024 * 1024)} MiB")
