"""The rows that SQL does not call right, looked at one by one."""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from typing import Any

from intercom_iac.diagnostics import Diagnostic
from intercom_iac.diagnostics.codes import payloads as payload_codes
from intercom_iac.diagnostics.codes import sync as codes
from intercom_iac.lazy_dataclass import dataclass
from intercom_iac.model.payload import shown_name, shown_value
from intercom_iac.payloads import RecordJudge, Violation

from ..source import TableRecord
from ..sources.columns import SourceColumn
from ..staging.key_values import LONGEST_KEY, key_fault, shown_key
from ..table import TableColumn
from .cells import NotText, json_value
from .rejected import Misread, RejectedValue

_OF_COLUMNS = frozenset({payload_codes.DEPRECATED.id, payload_codes.DATE_KEY.id})
"""What is said of a column once, and not of each row."""
_STAND_IN = "key"
_KEY_KINDS = ("text", "integer")
"""Kinds of columns in which each cell that is not empty is a key."""
# Event records name the person by keys of their own.
_EVENT_KEYS = {"external_id": "user_id", "email": "email", "id": "id"}


@dataclass(frozen=True, slots=True, kw_only=True)
class Suspect:
    """A row with the values that could be read, and its cells as they are."""

    row: int
    key: str | None
    values: tuple[Any, ...]
    cells: tuple[Any, ...]


class SuspectJudge:
    """Says what is wrong with suspects. `misread` has an entry for each column, by its position, whose texts are read
    in a shape. What is no error is counted in `remarks`."""

    def __init__(
        self,
        judge: RecordJudge,
        record: TableRecord,
        key_name: str,
        key_column: SourceColumn,
        columns: Sequence[TableColumn],
        misread: Mapping[int, Misread],
    ) -> None:
        self._judge, self._key_name, self._key_column = judge, key_name, key_column
        self._kind: TableRecord = record
        self._columns, self._misread = columns, misread
        self._by_path = {_path(column, record): column for column in columns}
        self._warnings: Counter[tuple[str | None, str]] = Counter()
        self._first: dict[tuple[str | None, str], Violation] = {}

    def errors(self, suspect: Suspect) -> list[RejectedValue]:
        """The mistakes of a row; none where it may be sent."""
        found = list(self._key_errors(suspect))
        record: dict[str, Any] = {}
        given: dict[str, Any] = {}
        for at, column in enumerate(self._columns):
            value, cell = suspect.values[at], suspect.cells[at]
            if cell is None:
                continue
            if value is None and at in self._misread:
                found.append(self._misread_error(suspect, at))
                continue
            try:
                given[column.name] = value if value is not None else json_value(cell)
            except NotText:
                found.append(_undecoded_value(suspect, column))
                continue
            _put(record, column, given[column.name], self._kind)
        found += self._judge_suspect(suspect, record, given)
        told = {error.column for error in found}
        for at, column in enumerate(self._columns):
            if suspect.values[at] is None and column.name in given and column.name not in told:
                found.append(_not_sent_whole(suspect, column, given[column.name]))
        return found

    @property
    def remarks(self) -> Iterator[Diagnostic]:
        """What is to be said of rows that may be sent all the same."""
        for (column, _), count in self._warnings.items():
            first = self._first[column, _]
            rows = "one row" if count == 1 else f"{count} rows"
            yield first.code.at(
                None, f"in {rows}, first in row {first.record}: {first.message}", hint=first.hint
            )

    def _key_errors(self, suspect: Suspect) -> Iterator[RejectedValue]:
        key = suspect.key
        if key is None or not key.strip():
            yield RejectedValue(
                row=suspect.row,
                column=self._key_column.name,
                code=codes.MISSING_KEY,
                message=f"the row has no `{self._key_name}`"
                if self._key_column.kind in _KEY_KINDS
                else f"the row has no `{self._key_name}` that is a text or a whole number",
                hint="give each row the key of its record",
            )
        elif (fault := key_fault(key, self._key_name)) is not None:
            is_long = len(key) > LONGEST_KEY
            yield RejectedValue(
                row=suspect.row,
                column=self._key_column.name,
                code=payload_codes.TOO_LONG if is_long else codes.NOT_SENT_WHOLE,
                message=fault,
                value=None if is_long else shown_key(key, self._key_name),
            )

    def _judge_suspect(
        self, suspect: Suspect, record: dict[str, Any], given: Mapping[str, Any]
    ) -> Iterator[RejectedValue]:
        key = _EVENT_KEYS[self._key_name] if self._kind == "event" else self._key_name
        # What is wrong with the key itself is told already.
        record = {**record, key: _STAND_IN}
        for violation in self._judge.violations(suspect.row, record, self._kind):
            column = self._by_path.get(violation.path)
            if violation.code.severity == "error":
                yield self._error(suspect, violation, column, given)
            elif violation.code.id not in _OF_COLUMNS:
                name = None if column is None else column.name
                self._warnings[name, violation.code.id] += 1
                self._first.setdefault((name, violation.code.id), violation)

    def _error(
        self, suspect: Suspect, violation: Violation, column: TableColumn | None, given: Mapping[str, Any]
    ) -> RejectedValue:
        value = None
        if column is not None and column.name in given:
            value = _shown_text(column, given[column.name])
        return RejectedValue(
            row=suspect.row,
            column=None if column is None else column.name,
            code=violation.code,
            message=f"a value of `{shown_name(column.name)}` is wrong"
            if column is not None and column.is_secret
            else violation.message,
            hint=violation.hint,
            value=value,
        )

    def _misread_error(self, suspect: Suspect, at: int) -> RejectedValue:
        column, misread = self._columns[at], self._misread[at]
        return RejectedValue(
            row=suspect.row,
            column=column.name,
            code=misread.code,
            message=misread.message,
            hint=misread.hint,
            value=_shown_text(column, str(suspect.cells[at])),
        )


def column_place(column: TableColumn, record: TableRecord) -> str | None:
    """The object of a record that the property stands in; None at its top."""
    if not column.field.custom:
        return None
    return "metadata" if record == "event" else "custom_attributes"


def _path(column: TableColumn, record: TableRecord) -> str:
    outer, name = column_place(column, record), shown_name(column.field.name)
    return name if outer is None else f"{outer}.{name}"


def _put(record: dict[str, Any], column: TableColumn, value: Any, kind: TableRecord) -> None:
    outer = "metadata" if kind == "event" else "custom_attributes"
    target: dict[str, Any] = record.setdefault(outer, {}) if column.field.custom else record
    target[column.field.name] = value


def _shown_text(column: TableColumn, value: Any) -> str:
    return "•••" if column.is_secret else shown_value(column.field, value)


def _undecoded_value(suspect: Suspect, column: TableColumn) -> RejectedValue:
    message = f"`{shown_name(column.name)}` holds bytes that are not UTF-8"
    return RejectedValue(row=suspect.row, column=column.name, code=payload_codes.ENCODING, message=message)


def _not_sent_whole(suspect: Suspect, column: TableColumn, value: Any) -> RejectedValue:
    return RejectedValue(
        row=suspect.row,
        column=column.name,
        code=codes.NOT_SENT_WHOLE,
        message=f"`{shown_name(column.field.name)}` cannot be sent as it stands in `{shown_name(column.name)}`",
        hint="write it as the attribute's type in the table's query",
        value=_shown_text(column, value),
    )


def suspects_of(rows: Iterable[tuple[Any, ...]], columns: int, of_json: Collection[int]) -> Iterator[Suspect]:
    """Rows of a query of the row's number, its key, all values and all cells; cells of the columns `of_json` are
    text of JSON."""
    for row, key, *rest in rows:
        cells = rest[columns:]
        for at in of_json:
            cells[at] = None if cells[at] is None else json.loads(cells[at])
        yield Suspect(row=row, key=key, values=tuple(rest[:columns]), cells=tuple(cells))
