"""Compressed bytes read as they are: gzip and zstd, told by how they begin."""

from __future__ import annotations

import io
import zlib
from collections.abc import Callable
from typing import TYPE_CHECKING, Protocol

from intercom_iac.diagnostics import Misuse, require_extra

if TYPE_CHECKING:
    from _typeshed import WriteableBuffer

_GZIP = b"\x1f\x8b"
_ZSTD = b"\x28\xb5\x2f\xfd"
# A frame of zstd that holds no data; parallel compressors begin with one.
_ZSTD_SKIPPABLE = tuple(bytes((number, 0x2A, 0x4D, 0x18)) for number in range(0x50, 0x60))
_LONGEST_MAGIC = 6
# What is compressed in ways that are not read, by how it begins.
_UNREAD = {
    b"BZh": "bzip2",
    b"\xfd7zXZ\x00": "xz",
    b"PK\x03\x04": "zip (or a spreadsheet, which is one)",
    b"7z\xbc\xaf": "7z",
    b"\x04\x22\x4d\x18": "lz4",
}

_STEP = 8 * 1024
# Compressed bytes that are unpacked at once: little, since four of them may hold 128 KiB. Fewer, down to the least,
# where they hold so much.
_MOST_AT_ONCE = 1024
_LEAST_AT_ONCE = 64
_MUCH = 1 << 20
_BUFFER = 256 * 1024
_LARGEST_WINDOW = 1 << 31  # what `zstd --long=31` makes


class Bytes(Protocol):
    """Whatever bytes are read from, in their order."""

    def read(self, count: int, /) -> bytes: ...


class _Raw(io.RawIOBase):
    """The same as Python's own streams have it."""

    def __init__(self, stream: Bytes) -> None:
        self._stream = stream

    def readable(self) -> bool:
        return True

    def readinto(self, buffer: WriteableBuffer, /) -> int:
        view = memoryview(buffer).cast("B")
        found = self._stream.read(len(view))
        view[: len(found)] = found
        return len(found)


def buffered_reader(stream: Bytes) -> io.BufferedReader:
    """A stream of Python's own, with lines, over these bytes."""
    return io.BufferedReader(_Raw(stream), _BUFFER)


class Rewound:
    """A stream with the bytes that were read from it for a look put back."""

    def __init__(self, head: bytes, rest: Bytes) -> None:
        self._head, self._rest = head, rest

    def read(self, count: int = -1, /) -> bytes:
        """As many bytes as there are at once, at most `count`; none at the end."""
        if not self._head:
            return self._rest.read(count)
        found = self._head if count < 0 else self._head[:count]
        self._head = self._head[len(found) :]
        return found


def decompress(stream: Bytes, name: str) -> tuple[Bytes, bool]:
    """The bytes themselves, or what they hold where they are compressed, and whether they are.

    What it gives raises `Misuse` where a file ends in the middle or is damaged, and `MissingExtra` is raised for zstd
    without its package.
    """
    head = read_head(stream, _LONGEST_MAGIC)
    for magic, kind in _UNREAD.items():
        if head.startswith(magic):
            raise Misuse(
                f"cannot read `{name}`: it is {kind}, which is not read",
                hint="unpack it first; gzip and zstd are read as they are",
            )
    rewound = Rewound(head, stream)
    if head.startswith(_GZIP):
        return _Decompressed(rewound, _gzip_member, zlib.error, f"`{name}` is damaged gzip"), True
    if head.startswith((_ZSTD, *_ZSTD_SKIPPABLE)):
        require_extra("generate", "reading zstd")
        import zstandard

        unpacked = _Decompressed(
            rewound,
            lambda: zstandard.ZstdDecompressor(max_window_size=_LARGEST_WINDOW).decompressobj(),
            zstandard.ZstdError,
            f"`{name}` is damaged zstd",
        )
        return unpacked, True
    return rewound, False


def read_head(stream: Bytes, count: int) -> bytes:
    """The first bytes of a stream, as many as asked for where it has them: a pipe gives them piecemeal."""
    head = b""
    while len(head) < count and (more := stream.read(count - len(head))):
        head += more
    return head


class _Member(Protocol):
    """One part of a compressed file, of which several may follow each other."""

    @property
    def eof(self) -> bool: ...
    @property
    def unused_data(self) -> bytes: ...
    def decompress(self, data: bytes, /) -> bytes: ...


def _gzip_member() -> _Member:
    return zlib.decompressobj(wbits=zlib.MAX_WBITS | 16)


class _Decompressed:
    """What a compressed stream holds, member after member."""

    def __init__(
        self, stream: Bytes, new_member: Callable[[], _Member], failure: type[Exception], complaint: str
    ) -> None:
        self._stream, self._new_member = stream, new_member
        self._failure, self._complaint = failure, complaint
        self._member: _Member | None = None
        self._compressed = b""
        self._at_once = _MOST_AT_ONCE
        self._held = b""
        self._at = 0

    def read(self, count: int = -1, /) -> bytes:
        """The next bytes: `count` of them, fewer only at the end; those that are unpacked already where it is -1."""
        found: list[bytes] = []
        wanted = count
        while wanted:
            if self._at == len(self._held):
                self._held, self._at = b"", 0
                if not self._step():
                    break
                continue
            part = self._held[self._at :] if count < 0 else self._held[self._at : self._at + wanted]
            self._at += len(part)
            found.append(part)
            wanted = 0 if count < 0 else wanted - len(part)
        return found[0] if len(found) == 1 else b"".join(found)

    def _step(self) -> bool:
        """Takes the next compressed bytes; false at the end. Raises `Misuse` where it ends in the middle."""
        data = self._compressed or self._stream.read(_STEP)
        self._compressed = b""
        if not data:
            if self._member is not None:
                raise Misuse(
                    f"{self._complaint}: it ends in the middle",
                    hint="it was cut off when it was written or copied; make it anew",
                )
            return False
        if self._member is None:
            # Archives are padded with zeros up to a block.
            data = data.lstrip(b"\x00")
            if not data:
                return True
            self._member = self._new_member()
        try:
            self._held = self._member.decompress(data[: self._at_once])
        except self._failure as error:
            raise Misuse(f"{self._complaint}: {error}", hint="make it anew, or copy it again") from error
        rest = data[self._at_once :]
        self._at_once = _LEAST_AT_ONCE if len(self._held) > _MUCH else min(2 * self._at_once, _MOST_AT_ONCE)
        if self._member.eof:
            self._compressed, self._member = self._member.unused_data + rest, None
        else:
            self._compressed = rest
        return True
