"""The elements of an array of JSON, cut out as the text streams in; what is broken costs its own element alone."""

from __future__ import annotations

import re

import msgspec

from intercom_iac.lazy_pattern import lazy_pattern

from .batch import BLOCK_BYTES, MAX_RECORD_BYTES, OVERSIZED, SPACE, Batch

# A text on its line; a quote that none follows there; a comma before an object, or by itself; a bracket.
_STRUCTURE = lazy_pattern(rb'"(?:[^"\\\n]++|\\.)*+"|"|,[ \t\r\n]*\{|[{}\[\],]', re.DOTALL)
_NEXT_OBJECT = lazy_pattern(rb"[ \t\r\n]*,[ \t\r\n]*\{")
_SPACES = lazy_pattern(rb"[ \t\r\n]*")
_OPENING = {b"}": b"{", b"]": b"["}
_FEW = 4
_LEAST_AT_ONCE = 4_096


class ElementCutter:
    """Cuts the text of an array into that of its elements; where not `enclosed`, of objects behind each other.

    Each byte is looked at once. An element is broken where brackets do not match or a text does not end on its line;
    it then ends where the next one can only begin.
    """

    def __init__(self, *, enclosed: bool) -> None:
        self._enclosed = enclosed
        self._buffer = b""
        self._at = 0
        self._is_open = not enclosed
        self._is_closed = False
        self._is_overrun = False
        self._first = True
        # Whether a comma stands before what comes next.
        self._separated = True
        # Of the element that is being read: where it starts, the brackets that are open, whether it is too large.
        self._start: int | None = None
        self._open: list[bytes] = []
        self._oversized = False
        # Whether many elements may be cut at once: in a block where that failed, one is broken.
        self._at_once = True
        self._texts: list[bytes] = []
        self._faults: list[tuple[int, str]] = []

    def bytes_wanted(self) -> int:
        """How many bytes to give next: as many as are kept, so that a long element is copied few times."""
        return max(BLOCK_BYTES, len(self._buffer))

    def cut(self, block: bytes, *, at_end: bool = False) -> Batch:
        """The elements that end in this block; `at_end`, what is left."""
        self._texts, self._faults, self._at_once = [], [], self._enclosed
        self._buffer = self._buffer[self._at if self._start is None else self._start :] + block
        self._at -= self._at if self._start is None else self._start
        self._start = None if self._start is None else 0
        while self._step(at_end=at_end):
            pass
        if at_end:
            self._finish()
        elif self._start is not None and len(self._buffer) - self._start > MAX_RECORD_BYTES:
            self._oversized = True
            self._start = self._at
        return Batch(texts=self._texts, read=len(block), faults=tuple(self._faults))

    def _step(self, *, at_end: bool) -> bool:
        """One element, or what stands between two; False where more bytes are needed."""
        if self._start is None:
            return self._step_between(at_end=at_end)
        for match in _STRUCTURE.finditer(self._buffer, self._at):
            piece = match[0]
            if not at_end and self._may_go_on(piece, match.end()):
                self._at = match.start()
                return False
            end = self._end_by(piece, match.start(), match.end())
            if end is not None:
                self._close(end)
                return True
        self._at = len(self._buffer)
        return False

    def _may_go_on(self, piece: bytes, end: int) -> bool:
        """Whether a piece could be more with what comes: a text that ends later, a comma before an object."""
        if piece == b'"':
            return self._buffer.find(b"\n", end) < 0
        return piece == b"," and _end_of_spaces(self._buffer, end) == len(self._buffer)

    def _end_by(self, piece: bytes, start: int, end: int) -> int | None:
        """Where the element ends by a piece of its text; None where it goes on."""
        match piece[:1]:
            case b'"':
                return None
            case b"{" | b"[":
                self._open.append(piece)
                return None
            case b",":
                # Behind a comma within an object there is a key: another object is the next element.
                if not self._open or (len(piece) > 1 and self._open[-1] == b"{"):
                    return start
                if len(piece) > 1:
                    self._open.append(b"{")
                return None
            case _:
                opening = _OPENING[piece]
                if opening not in self._open:
                    return start if piece == b"]" and self._enclosed else None
                while self._open.pop() != opening:
                    pass
                return None if self._open else end

    def _close(self, end: int) -> None:
        self._texts.append(OVERSIZED if self._oversized else self._buffer[self._start : end].rstrip(SPACE))
        self._start, self._at, self._open = None, end, []
        self._oversized = self._first = self._separated = False

    def _step_between(self, *, at_end: bool) -> bool:
        self._at = _end_of_spaces(self._buffer, self._at)
        if self._at == len(self._buffer):
            return False
        if self._is_closed:
            if not self._is_overrun:
                self._fault("more follows behind the end of the array, and is not read")
            self._is_overrun = True
            self._at = len(self._buffer)
            return False
        piece = self._buffer[self._at : self._at + 1]
        if piece == b"[" and not self._is_open:
            self._is_open = True
        elif piece == b",":
            if self._separated:
                self._fault("a comma has no record before it")
            self._separated = True
        elif piece == b"]" and self._enclosed:
            self._is_closed = True
            if self._separated and not self._first:
                self._fault("a comma stands before the end of the array")
        else:
            return self._begin(at_end=at_end)
        self._at += 1
        return True

    def _begin(self, *, at_end: bool) -> bool:
        if not self._separated and self._enclosed:
            self._fault("no comma stands between two records")
        if self._at_once and not at_end and self._take_at_once():
            return True
        self._at_once = False
        self._start = self._at
        return True

    def _take_at_once(self) -> bool:
        """Many elements that are whole and sound, cut by msgspec."""
        end = len(self._buffer)
        for _ in range(_FEW):
            end = self._buffer.rfind(b"}", self._at, end)
            if end - self._at < _LEAST_AT_ONCE:
                return False
            if _NEXT_OBJECT.match(self._buffer, end + 1) is None:
                continue
            try:
                # A cut within an element leaves brackets open, or a text, and is no array.
                elements = msgspec.json.decode(
                    b"[%b]" % self._buffer[self._at : end + 1], type=list[msgspec.Raw]
                )
            except (msgspec.MsgspecError, ValueError, RecursionError):
                continue
            self._texts += map(bytes, elements)
            self._at = end + 1
            self._first = self._separated = False
            return True
        return False

    def _finish(self) -> None:
        if self._start is not None:
            self._close(len(self._buffer))
        if self._enclosed and not self._is_closed:
            self._fault("the array has no end")

    def _fault(self, message: str) -> None:
        self._faults.append((len(self._texts), message))


def _end_of_spaces(text: bytes, at: int) -> int:
    match = _SPACES.match(text, at)
    return at if match is None else match.end()
