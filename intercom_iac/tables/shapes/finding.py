"""How the texts of each column are read: by the first rows where these leave one shape, else by all."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from intercom_iac.engines import SqlEngine
from intercom_iac.lazy_dataclass import dataclass
from intercom_iac.model import DataType

from ..forms import TableForms
from ..mapping.mapped import MappedColumn
from ..sources.columns import Relation
from .choices import column_shapes
from .known import DIGITS, POINTED, SHAPES, Shape, Writer
from .readings import Reading
from .texts import given_sql, reading_text

_SAMPLE = 2_000
"""Rows by which shapes are ruled out before the others are asked of all."""


def first_readings(
    engine: SqlEngine, relation: Relation, properties: Sequence[MappedColumn], forms: TableForms
) -> list[Reading | None]:
    """The reading of each column, None where its values are of the attribute's type. By the first rows where these
    leave one shape: it is the column's as long as all rows are read in it (`settle_readings`)."""
    finder = _Finder(engine, relation, Writer(forms=forms, dialect=engine.dialect))
    readings: list[Reading | None] = []
    unknown: dict[int, MappedColumn] = {}
    for at, property_ in enumerate(properties):
        shapes = column_shapes(property_, property_.field.type)
        readings.append(Reading(shapes=shapes) if shapes else None)
        if len(shapes) > 1:
            unknown[at] = property_
    first = finder.by_sample(unknown) if unknown else {}
    rest = {at: property_ for at, property_ in unknown.items() if at not in first}
    found = first | (finder.by_all(rest) if rest else {})
    return [found.get(at, reading) for at, reading in enumerate(readings)]


def settle_readings(
    engine: SqlEngine,
    relation: Relation,
    properties: Sequence[MappedColumn],
    readings: Sequence[Reading | None],
    misread: Mapping[int, int],
    forms: TableForms,
) -> list[Reading | None]:
    """The readings again, by all rows, of columns that the first rows alone had settled, and in which values are
    `misread`."""
    finder = _Finder(engine, relation, Writer(forms=forms, dialect=engine.dialect))
    doubtful = {
        at: properties[at]
        for at, reading in enumerate(readings)
        if reading is not None and reading.is_first and misread[at]
    }
    found = finder.by_all(doubtful) if doubtful else {}
    return [found.get(at, reading) for at, reading in enumerate(readings)]


@dataclass(frozen=True, slots=True)
class _Counts:
    """Of a column: how many values have any known shape, and how many have each that was asked for."""

    readable: int
    of_shapes: tuple[int, ...]

    def fitting(self, shapes: Sequence[Shape]) -> tuple[Shape, ...]:
        """The shapes that all of them have."""
        counted = zip(shapes, self.of_shapes, strict=True)
        return tuple(shape for shape, count in counted if count == self.readable)

    def by_name(self, shapes: Sequence[Shape]) -> Mapping[str, int]:
        return {shape.name: count for shape, count in zip(shapes, self.of_shapes, strict=True) if count}


@dataclass(frozen=True, slots=True)
class _Finder:
    engine: SqlEngine
    relation: Relation
    writer: Writer

    def by_sample(self, columns: Mapping[int, MappedColumn]) -> dict[int, Reading]:
        """The readings of columns of which the first rows leave one shape."""
        sample = f"(select * from {self.relation.rows} limit {_SAMPLE}) as sampled"
        asked = {at: (*_digits(property_), *_written_shapes(property_)) for at, property_ in columns.items()}
        counts = self._count(sample, columns, asked)
        readings: dict[int, Reading] = {}
        for at in columns:
            fitting = counts[at].fitting(asked[at]) if counts[at].readable else ()
            # Digits are the same number in every shape, and what is plain is the same in the other with a point.
            is_digits = bool(fitting) and fitting[0] in _digits(columns[at])
            if is_digits or len(fitting) == 1 or [shape.name for shape in fitting] == POINTED:
                readings[at] = Reading(shapes=_of_type(columns[at], fitting[:1]), is_first=True)
        return readings

    def by_all(self, columns: Mapping[int, MappedColumn]) -> dict[int, Reading]:
        """The readings by all rows."""
        asked = {at: _written_shapes(property_) for at, property_ in columns.items()}
        counts = self._count(self.relation.rows, columns, asked)
        return {at: self._reading(property_, asked[at], counts[at]) for at, property_ in columns.items()}

    def _reading(self, property_: MappedColumn, shapes: tuple[Shape, ...], counts: _Counts) -> Reading:
        if not counts.readable:
            return Reading(shapes=_of_type(property_, shapes[:1]), is_known=False)
        fitting = counts.fitting(shapes)
        if len(fitting) > 1 and not self._differ(property_, fitting):
            fitting = fitting[:1]
        by_name = counts.by_name(shapes)
        if fitting:
            return Reading(shapes=_of_type(property_, fitting), counts=by_name)
        held = tuple(shape for shape in shapes if shape.name in by_name)
        return Reading(shapes=_of_type(property_, held), counts=by_name, fits=False)

    def _differ(self, property_: MappedColumn, shapes: Sequence[Shape]) -> bool:
        """Whether any value means something else in one of the shapes than in another."""
        text = self._text(property_)
        first, *others = (shape.value("t", self.writer) for shape in shapes)
        unlike = " or ".join(f"({first}) <> ({other})" for other in others)
        query = (
            f"select 1 from (select {text} as t from {self.relation.rows}) as texts where {unlike} limit 1"
        )
        return bool(list(self.engine.rows(query)))

    def _text(self, property_: MappedColumn) -> str:
        given = given_sql(property_.column, property_.field)
        return reading_text(property_.column, given, self.writer.forms)

    def _count(
        self, rows: str, columns: Mapping[int, MappedColumn], asked: Mapping[int, tuple[Shape, ...]]
    ) -> dict[int, _Counts]:
        texts = ", ".join(f"{self._text(property_)} as t{at}" for at, property_ in columns.items())
        meant: list[str] = []
        counted: list[str] = []
        for at in columns:
            values = [f"m{at}_{number}" for number in range(len(asked[at]))]
            meant += [
                f"{shape.value(f't{at}', self.writer)} as {value}"
                for shape, value in zip(asked[at], values, strict=True)
            ]
            counted += [f"count(coalesce({', '.join(values)}))", *(f"count({value})" for value in values)]
        query = (
            f"select {', '.join(counted)} from "
            f"(select {', '.join(meant)} from (select {texts} from {rows}) as texts) as meanings"
        )
        ((*found,),) = list(self.engine.rows(query))
        numbers = iter(found)
        return {at: _Counts(next(numbers), tuple(next(numbers) for _ in asked[at])) for at in columns}


def _written_shapes(property_: MappedColumn) -> tuple[Shape, ...]:
    """The shapes that a column may have, to tell how it is written: `1,5` is a number, if none that is whole."""
    type_ = property_.field.type
    return column_shapes(property_, DataType.FLOAT if type_ is DataType.INTEGER else type_)


def _digits(property_: MappedColumn) -> tuple[Shape, ...]:
    return (DIGITS[DataType.FLOAT],) if property_.field.type in DIGITS else ()


def _of_type(property_: MappedColumn, shapes: Sequence[Shape]) -> tuple[Shape, ...]:
    """The same shapes as the column's type reads them."""
    type_ = property_.field.type
    return tuple(
        DIGITS[type_] if shape is DIGITS[DataType.FLOAT] else SHAPES[type_][shape.name] for shape in shapes
    )
