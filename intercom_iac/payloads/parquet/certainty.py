"""The rows that are certainly right, as a condition of SQL over the columns of a file.

It never holds for a row that the judge finds anything wrong with; that it holds for every other row is not needed:
those are looked at one by one.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from intercom_iac.compilers.sql import DIALECTS
from intercom_iac.model import DataType
from intercom_iac.model.limits import MAX_METADATA_KEYS, MAX_TEXT_LENGTH
from intercom_iac.model.payload import PayloadField, PayloadKind, RecordShape
from intercom_iac.model.payload.values import EARLIEST_SECOND, LATEST_SECOND

from ..inputs.columns import Columns, Place
from ..shapes import KINDS_BY_TYPE, RecordShapes, reads_as_date
from .file import Column

_DUCKDB = DIALECTS["duckdb"]
_TEXTS = ("VARCHAR", "ENUM", "UUID")
_INTEGERS = ("TINYINT", "SMALLINT", "INTEGER", "BIGINT", "UTINYINT", "USMALLINT", "UINTEGER", "UBIGINT")
_FRACTIONS = ("FLOAT", "DOUBLE")
_NEVER = "false"
_ALWAYS = "true"


def certainly_right(
    columns: Sequence[Column], shapes: RecordShapes, kind: PayloadKind | None, *, future: int
) -> str:
    """The condition for a file of these columns, whose rows are records of a kind, or say what they are. `future` is
    the first second of tomorrow."""
    conditions = _Conditions(columns, shapes, future)
    if kind is not None:
        return conditions.of_kind(kind)
    said = conditions.expression("type")
    by_kind: dict[PayloadKind, list[str]] = {}
    for type_, of_type in KINDS_BY_TYPE.items():
        by_kind.setdefault(of_type, []).append(type_)
    branches = [
        f"when {said}::varchar in ({_texts(types)}) then {conditions.of_kind(of_type)}"
        for of_type, types in by_kind.items()
        if said is not None
    ]
    name = conditions.expression("event_name")
    if name is not None:
        branches.append(f"when {name} is not null then {conditions.of_kind('event')}")
    return f"case {' '.join(branches)} else false end" if branches else _NEVER


class _Conditions:
    """Conditions over the columns of a file."""

    def __init__(self, columns: Sequence[Column], shapes: RecordShapes, future: int) -> None:
        self._columns = columns
        self._by_name = {column.name: column for column in columns}
        self._shapes = shapes
        self._future = future

    def expression(self, name: str) -> str | None:
        """The text column of this name; None where there is none."""
        column = self._by_name.get(name)
        return column.expression if column is not None and column.type in _TEXTS else None

    def of_kind(self, kind: PayloadKind) -> str:
        """The condition for a record of a kind."""
        if kind == "contact":
            return self._of_shape(self._shapes.contact)
        if kind == "company":
            return self._of_shape(self._shapes.company)
        if kind == "boot":
            return self._of_shape(self._shapes.boot)
        name = self.expression("event_name")
        branches = [
            f"when {_DUCKDB.text(event_name)} then {self._of_shape(shape)}"
            for event_name, shape in self._shapes.events.items()
            if shape.event is not None and shape.event.status == "active"
        ]
        if name is None or not branches:
            return _NEVER
        return f"case {name}::varchar {' '.join(branches)} else false end"

    def _of_shape(self, shape: RecordShape) -> str:
        places = Columns((column.name for column in self._columns), self._shapes, shape.kind).places_in(shape)
        placed = dict(zip((place.path for place in places), self._columns, strict=True))
        conditions = [
            self._of_column(column, place, shape) for column, place in zip(self._columns, places, strict=True)
        ]
        conditions += [_is_present(placed, (name,)) for name, field in shape.fields.items() if field.required]
        if shape.nested_key is not None:
            nested = shape.nested_key
            conditions += [
                _is_present(placed, (nested, name)) for name, field in shape.nested.items() if field.required
            ]
            if shape.kind == "event" and len(shape.nested) > MAX_METADATA_KEYS:
                conditions.append(_at_most(MAX_METADATA_KEYS, _within(placed, nested)))
        if shape.kind != "boot":
            conditions.append(_any_identifier(placed, ((name,) for name in shape.identifiers)))
        for key, inner in shape.objects.items():
            members = _within(placed, key)
            if members:
                absent = " and ".join(f"{column.expression} is null" for column in members)
                named = _any_identifier(placed, ((key, name) for name in inner.identifiers))
                conditions.append(f"(({absent}) or {named})")
        return f"({' and '.join(dict.fromkeys(one for one in conditions if one != _ALWAYS)) or _ALWAYS})"

    def _of_column(self, column: Column, place: Place, shape: RecordShape) -> str:
        """The condition for the value of one column."""
        if len(place.path) == 1 and place.path[0] in shape.settings:
            return _ALWAYS
        right = _NEVER if place.field is None else self._of_value(column, place.field)
        if right == _ALWAYS:
            return _ALWAYS
        absent = f"{column.expression} is null"
        return absent if right == _NEVER else f"({absent} or {right})"

    def _of_value(self, column: Column, field: PayloadField) -> str:
        """The condition for a value that is not null."""
        if field.refusal is not None or field.status != "active" or reads_as_date(field):
            return _NEVER
        value = column.expression
        match field.type:
            case DataType.BOOLEAN:
                return _ALWAYS if column.type == "BOOLEAN" else _NEVER
            case DataType.STRING | DataType.OPTIONS if column.type in _TEXTS:
                text = value if column.type == "VARCHAR" else f"{value}::varchar"
                if field.type is DataType.OPTIONS and not field.open_options:
                    return f"{text} in ({_texts(field.options)})" if field.options else _NEVER
                return f"length({text}) <= {MAX_TEXT_LENGTH}"
            case DataType.INTEGER:
                return _is_whole(column)
            case DataType.FLOAT:
                if column.type in _INTEGERS or column.type == "DECIMAL":
                    return _ALWAYS
                return f"isfinite({value})" if column.type in _FRACTIONS else _NEVER
            case DataType.DATE:
                return self._of_date(column, field)
            case _:
                return _NEVER

    def _of_date(self, column: Column, field: PayloadField) -> str:
        value = column.expression
        last = LATEST_SECOND if field.custom else min(LATEST_SECOND, self._future - 1)
        if column.is_moment:
            return f"epoch_us({value}) between {EARLIEST_SECOND} and {last * 1_000_000 + 999_999}"
        whole = _is_whole(column)
        if whole == _NEVER:
            return _NEVER
        within = f"{value} between {EARLIEST_SECOND} and {last}"
        return within if whole == _ALWAYS else f"({whole} and {within})"


def _is_whole(column: Column) -> str:
    """The condition for a whole number."""
    if column.type in _INTEGERS:
        return _ALWAYS
    if column.type == "DECIMAL":
        return f"{column.expression} = trunc({column.expression})"
    if column.type in _FRACTIONS:
        return f"(isfinite({column.expression}) and {column.expression} = trunc({column.expression}))"
    return _NEVER


def _is_present(placed: dict[tuple[str, ...], Column], path: tuple[str, ...]) -> str:
    return f"{placed[path].expression} is not null" if path in placed else _NEVER


def _any_identifier(placed: dict[tuple[str, ...], Column], paths: Iterable[tuple[str, ...]]) -> str:
    named = [f"{placed[path].expression}::varchar <> ''" for path in paths if path in placed]
    return f"({' or '.join(f'coalesce({one}, false)' for one in named)})" if named else _NEVER


def _within(placed: dict[tuple[str, ...], Column], key: str) -> list[Column]:
    return [column for path, column in placed.items() if path[0] == key and len(path) > 1]


def _at_most(count: int, columns: Sequence[Column]) -> str:
    counted = " + ".join(f"({column.expression} is not null)::int" for column in columns) or "0"
    return f"{counted} <= {count}"


def _texts(values: Iterable[str]) -> str:
    return ", ".join(map(_DUCKDB.text, values))
