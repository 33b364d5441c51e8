"""JSON text as it streams in, cut into the texts of records: a line each, or the elements of an array."""

from __future__ import annotations

from collections.abc import Iterator

from intercom_iac.diagnostics import Misuse

from .batch import BLOCK_BYTES, MAX_RECORD_BYTES, OVERSIZED, SPACE, Batch, ByteSource
from .text import BYTE_ORDER_MARK

_OTHER_ENCODINGS = (
    (b"\xff\xfe\x00\x00", "UTF-32"),
    (b"\x00\x00\xfe\xff", "UTF-32"),
    (b"\xff\xfe", "UTF-16"),
    (b"\xfe\xff", "UTF-16"),
)


def record_batches(source: ByteSource) -> Iterator[Batch]:
    """The texts of all records, of which no more than a few are held at a time: lines, the elements of an array, or
    objects behind each other, where the first begins with a bracket alone on its line.

    Raises `Misuse` where the source is in another encoding than UTF-8 altogether.
    """
    head = _read_head(source)
    for mark, name in _OTHER_ENCODINGS:
        if head.startswith(mark):
            raise Misuse(
                f"the input is in {name}, and JSON is in UTF-8",
                hint=f"convert it first: `iconv -f {name} -t UTF-8`",
            )
    start = head.removeprefix(BYTE_ORDER_MARK).lstrip(SPACE)[:BLOCK_BYTES]
    if start[:1] == b"[":
        return _elements(source, head, enclosed=True)
    if start[:1] == b"{" and start[1:].partition(b"\n")[0].strip(SPACE) == b"" and b"\n" in start:
        return _elements(source, head, enclosed=False)
    return _lines(source, head)


def _read_head(source: ByteSource) -> bytes:
    """Bytes from the beginning, so many that a line with something in it is among them."""
    head = b""
    while True:
        block = source.read(BLOCK_BYTES)
        head += block
        if not block or len(head) > BLOCK_BYTES or b"\n" in head.removeprefix(BYTE_ORDER_MARK).lstrip(SPACE):
            return head


def _lines(source: ByteSource, head: bytes) -> Iterator[Batch]:
    rest, skipping = b"", False
    block, read = head, len(head)
    while block:
        if skipping:
            end = block.find(b"\n")
            block, skipping = (b"", True) if end < 0 else (block[end + 1 :], False)
        text = rest + block
        end = text.rfind(b"\n") + 1
        rest = text[end:]
        lines = text[:end]
        texts = lines.split(b"\n")
        texts.pop()
        if len(rest) > MAX_RECORD_BYTES:
            texts.append(OVERSIZED)
            rest, skipping = b"", True
        yield Batch(texts=texts, read=read, joined=lines)
        block = source.read(BLOCK_BYTES)
        read = len(block)
    if rest.strip(SPACE):
        yield Batch(texts=[rest], read=0)


def _elements(source: ByteSource, head: bytes, *, enclosed: bool) -> Iterator[Batch]:
    from .elements import ElementCutter

    cutter = ElementCutter(enclosed=enclosed)
    marked = head.startswith(BYTE_ORDER_MARK)
    block = head.removeprefix(BYTE_ORDER_MARK)
    while block:
        batch = cutter.cut(block)
        if marked and batch.texts:
            # It is told with the first record, as it is where that is a line.
            batch.texts[0], marked = BYTE_ORDER_MARK + batch.texts[0], False
        yield batch
        block = source.read(cutter.bytes_wanted())
    yield cutter.cut(b"", at_end=True)
