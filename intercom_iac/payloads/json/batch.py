"""The texts of some records, as they are cut out of what streams in."""

from __future__ import annotations

from typing import Final, Protocol, runtime_checkable

from intercom_iac.lazy_dataclass import dataclass

BLOCK_BYTES: Final = 1 << 20
MAX_RECORD_BYTES: Final = 16 * 1024 * 1024
OVERSIZED: Final = bytes(bytearray(b"too large"))
"""Stands, as this very object, for a record that is too large to keep."""
SPACE: Final = b" \t\r\n"


@runtime_checkable
class ByteSource(Protocol):
    """Where bytes come from: a file that is open, a pipe, or what unpacks one."""

    def read(self, size: int, /) -> bytes: ...


@dataclass(frozen=True, slots=True, kw_only=True)
class Batch:
    """The texts of some records, in order, and how many bytes were read for them; a blank text is no record.

    `joined` is what they were cut out of, where that is at hand. `faults` are what is wrong between them: the
    position in `texts` of the record before which it stands, and what it is.
    """

    texts: list[bytes]
    read: int
    joined: bytes | None = None
    faults: tuple[tuple[int, str], ...] = ()
