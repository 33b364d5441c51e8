"""The values of a field cut into cells, so finely that each test of it holds on the whole of a cell or nowhere in it.

A set of values is then a number whose bits are cells: what a test lets pass, what two tests leave, and the complement
of either are one operation each, and exact. Bit 0 is the person who has no value.
"""

from __future__ import annotations

from collections.abc import Iterable

Mask = int
NO_VALUE: Mask = 1


def bits(mask: Mask) -> list[int]:
    """The places of the bits that are set, the lowest first."""
    places: list[int] = []
    while mask:
        low = mask & -mask
        places.append(low.bit_length() - 1)
        mask ^= low
    return places


def first_run(mask: Mask) -> Mask:
    """The lowest bits of a mask that stand side by side."""
    return mask & ~(mask + (mask & -mask))


def mask_of(places: Iterable[int]) -> Mask:
    """The mask of so many bits. Each is set in place: a number of its own for each would take the square of them."""
    chosen = list(places)
    if len(chosen) == 1:
        return 1 << chosen[0]
    data = bytearray(max(chosen, default=0) // 8 + 1)
    for place in chosen:
        data[place >> 3] |= 1 << (place & 7)
    return int.from_bytes(data, "little")
