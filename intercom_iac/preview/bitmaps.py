"""Who is in each segment, a bit a contact: two segments share as many contacts as their two numbers share bits.

Engines hand over the answers of rules as masks, a bit a rule. Here they are turned: column by column, by operations
that take a whole column at once.
"""

from __future__ import annotations

import sys
from array import array
from collections.abc import Iterator, Sequence
from itertools import compress
from typing import TypeAlias

from intercom_iac.compilers.sql import MASK_BITS

Column: TypeAlias = "array[int]"

# For each bit of a byte, what makes of bytes the digits of a binary number, and what makes of them ones and zeros.
_DIGITS = tuple(bytes(48 + (value >> bit & 1) for value in range(256)) for bit in range(8))
_ONES = tuple(bytes(value >> bit & 1 for value in range(256)) for bit in range(8))


def bitmaps(masks: Sequence[Column], segments: int) -> list[int]:
    """A number a segment, a bit a row of the masks: the first row has the highest."""
    return [int(b"0" + held.translate(_DIGITS[bit]), 2) for held, bit in _bytes(masks, segments)]


def select(ids: Sequence[str], masks: Sequence[Column], segments: int) -> Iterator[tuple[str, ...]]:
    """For each segment those of the ids, one a row of the masks, that it has."""
    for held, bit in _bytes(masks, segments):
        yield tuple(compress(ids, held.translate(_ONES[bit])))


def _bytes(masks: Sequence[Column], segments: int) -> Iterator[tuple[bytes, int]]:
    """For each segment the bytes that hold its bit, one a row, and which bit it is."""
    rows, held = b"", b""
    for at in range(segments):
        word, bit = divmod(at, MASK_BITS)
        if bit == 0:
            rows = _little_endian(masks[word])
        if bit % 8 == 0:
            held = rows[bit // 8 :: masks[word].itemsize]
        yield held, bit % 8


def _little_endian(column: Column) -> bytes:
    if sys.byteorder == "big":
        column = column[:]
        column.byteswap()
    return column.tobytes()
