"""Rows of Parquet as records: those that are not certainly right."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING, Any

from ..inputs.cell_values import inner_violations, parse_object
from ..inputs.columns import Columns, Place
from ..inputs.csv_records import undecoded_violation
from ..inputs.opening import STAGE, InputProgress
from ..read_record import ReadRecord
from ..violation import Violation
from .certainty import certainly_right
from .file import Column, ParquetFile
from .values import PLAIN, NotText, json_value, moment_value

if TYPE_CHECKING:
    from intercom_iac.model.payload import PayloadKind

    from ..shapes import RecordShapes

_OFTEN = 64
"""Rows that are looked at from one word on the progress to the next."""


class ParquetRecords:
    """The rows of a file. A null is no value: its key is absent. `future` is the first second of tomorrow."""

    def __init__(
        self,
        file: ParquetFile,
        shapes: RecordShapes,
        kind: PayloadKind | None,
        *,
        future: int,
        progress: InputProgress | None = None,
    ) -> None:
        self._file = file
        self._columns = Columns((column.name for column in file.columns), shapes, kind)
        self._certainly_right = certainly_right(file.columns, shapes, kind, future=future)
        self._progress = progress

    def suspects(self) -> Iterator[ReadRecord]:
        """The rows in which something may be wrong, in order, with their numbers in the file."""
        return self._records(self._certainly_right)

    def all(self) -> Iterator[ReadRecord]:
        """Every row."""
        return self._records(None)

    def _records(self, condition: str | None) -> Iterator[ReadRecord]:
        for looked_at, (row, values) in enumerate(self._file.rows_but(condition)):
            if self._progress is not None and looked_at % _OFTEN == 0:
                self._progress(STAGE, row / self._file.count)
            yield self._record(row + 1, values)

    def _record(self, number: int, values: tuple[Any, ...]) -> ReadRecord:
        record: dict[str, Any] = {}
        told: list[Violation] = []
        places = self._columns.places(values)
        for column, place, value in zip(self._file.columns, places, values, strict=True):
            if value is None:
                continue
            try:
                found = _value(column, place, value)
                place.put(record, found)
                if isinstance(value, str):
                    told += inner_violations(number, place, found, value)
            except NotText:
                told.append(undecoded_violation(number, place))
                place.put(record, "\ufffd")
        return ReadRecord(number=number, value=record, violations=tuple(told))


def _value(column: Column, place: Place, value: Any) -> Any:
    if column.is_moment:
        return moment_value(value, place.field)
    if place.field is not None and isinstance(value, PLAIN):
        return value
    if place.field is None and isinstance(value, str) and len(place.path) == 1:
        return parse_object(place.path[0], value)
    return json_value(value)
