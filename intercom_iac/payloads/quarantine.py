"""Invalid records set aside as they came, in the form of the input, and beside them what is wrong with each."""

from __future__ import annotations

import json
from array import array
from pathlib import Path
from typing import Literal, Protocol

from .codec import encode_violation
from .tally import InvalidRecord

QuarantineForm = Literal["lines", "array", "csv", "parquet"]


class Output(Protocol):
    """A file that is being written; `path` is where it lies meanwhile."""

    path: Path

    def write(self, data: bytes) -> None: ...


class Quarantine:
    """Writes each invalid record to one file, and a line of JSON with its mistakes to the other.

    Lines of JSON and of CSV stand as they came, an array's records as the elements of one. Rows of Parquet are copied
    by whoever reads them, to `records.path`: `numbers` are those of the rows, counted from 0.
    """

    def __init__(self, records: Output, errors: Output) -> None:
        self.records = records
        self.numbers = array("q")
        self._errors = errors
        self._form: QuarantineForm = "lines"
        self._count = 0

    def begin(self, form: QuarantineForm, header: bytes = b"") -> None:
        """Says what form the records are in, before the first one. `header` stands before them, with its line end."""
        self._form = form
        if header:
            self.records.write(_line(header))

    def add(self, record: InvalidRecord) -> None:
        """Sets a record aside. One that was too large to be kept is among the mistakes alone."""
        kept = self._form == "parquet" or record.raw is not None
        self._count += kept
        if self._form == "parquet":
            self.numbers.append(record.number - 1)
        elif record.raw is not None and self._form == "array":
            self.records.write((b"[\n" if self._count == 1 else b",\n") + record.raw)
        elif record.raw is not None:
            self.records.write(_line(record.raw))
        line = {
            "record": record.number,
            "quarantined": self._count if kept else None,
            "errors": [encode_violation(violation) for violation in record.violations],
        }
        self._errors.write(json.dumps(line, ensure_ascii=False).encode("utf-8", "replace") + b"\n")

    def end(self) -> None:
        """Writes what stands behind the last record."""
        if self._form == "array":
            self.records.write(b"\n]\n" if self._count else b"[]\n")


def _line(text: bytes) -> bytes:
    return text if text.endswith(b"\n") else text + b"\n"
