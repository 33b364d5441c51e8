"""How the values of each column are read: a column has one shape, which is named, or the only one that fits.

A value that has no known shape says nothing of the column's. Where several shapes fit, or none fits all values,
only those are read that each of them reads, and alike: `5` is one number to all, `01/02/2026` is two days.
"""

from __future__ import annotations

import shlex
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

from intercom_iac.diagnostics import Diagnostic
from intercom_iac.diagnostics.codes import sync as codes
from intercom_iac.engines import SqlEngine
from intercom_iac.model import DataType
from intercom_iac.model.payload import shown_name
from intercom_iac.text import did_you_mean
from intercom_iac.text.lists import brief_list

from .columns import Relation, SourceColumn
from .forms import TableForms
from .mapping import MappedColumn
from .shapes import DIGITS, POINTED, SHAPES, Shape, Writer
from .suspects import Misread
from .values import given_sql, whole_number

_SAMPLE = 2_000
"""Rows by which shapes are ruled out before the others are asked of all."""
_NUMERIC = ("integer", "decimal", "double")
_OF_NUMBERS: Mapping[DataType, tuple[str, ...]] = {
    DataType.DATE: ("unix", "unix ms"),
    DataType.BOOLEAN: ("1/0",),
}
"""The shapes that a column of numbers may have."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Reading:
    """How a column's texts are read. `shapes` are the one that they have, or all that they may have; `counts` how
    many values have each of these, where there are several, and `fits`: whether each of them has all. Of a column
    in which no value has any, a shape stands for the others (not `is_known`).
    `is_first`: by the first rows alone."""

    shapes: tuple[Shape, ...]
    counts: Mapping[str, int] = field(default_factory=dict[str, int])
    fits: bool = True
    is_known: bool = True
    is_first: bool = False

    @property
    def name(self) -> str:
        """The shape as people are told it; "" where it is not known."""
        return self.shapes[0].name if len(self.shapes) == 1 and self.is_known else ""

    def value(self, text: str, writer: Writer) -> str:
        """What a text means; null where it is not read."""
        values = [shape.value(text, writer) for shape in self.shapes]
        if len(values) == 1:
            return values[0]
        alike = " and ".join(f"({value}) = ({values[0]})" for value in values[1:])
        return f"case when {alike} then {values[0]} end"


def named_shape_mistakes(properties: Sequence[MappedColumn]) -> list[Diagnostic]:
    """What is wrong with the shapes that the settings name."""
    mistakes: list[Diagnostic] = []
    for property_ in properties:
        if property_.shape is None or property_.shape in _shape_names(property_):
            continue
        column, known = shown_name(property_.column.name), _shape_names(property_)
        if not known:
            message = f"the column `{column}` has no shape: its values are read as they are"
            hint = "leave the shape out"
        else:
            message = f"the column `{column}` cannot have the shape `{shown_name(property_.shape)}`"
            near = did_you_mean(property_.shape, known)
            hint = f"{near or ''} it is one of {', '.join(f'`{name}`' for name in known)}".strip()
        mistakes.append(codes.UNKNOWN_SHAPE.at(None, message, hint=hint))
    return mistakes


def _shape_names(property_: MappedColumn) -> tuple[str, ...]:
    """The shapes that a column may have; none where its values speak for themselves."""
    type_, kind = property_.field.type, property_.column.kind
    if kind == "text":
        return tuple(SHAPES.get(type_, {}))
    return _OF_NUMBERS.get(type_, ()) if kind in _NUMERIC else ()


def first_readings(
    engine: SqlEngine, relation: Relation, properties: Sequence[MappedColumn], forms: TableForms
) -> list[Reading | None]:
    """The reading of each column, None where its values are of the attribute's type. By the first rows where these
    leave one shape: it is the column's as long as all rows are read in it (`settle_readings`)."""
    finder = _Finder(engine, relation, Writer(forms=forms, dialect=engine.dialect))
    readings: list[Reading | None] = []
    unknown: dict[int, MappedColumn] = {}
    for at, property_ in enumerate(properties):
        shapes = _shapes(property_, property_.field.type)
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


def reading_text(column: SourceColumn, given: str, forms: TableForms) -> str:
    """The text that is read of a cell: a whole number as its digits, of any other none."""
    return (
        f"trim({given})" if column.kind == "text" else forms.text.format(whole_number(column, given, forms))
    )


def misread(property_: MappedColumn, reading: Reading) -> Misread:
    """What is said of a cell that is not read."""
    column, attribute = shown_name(property_.column.name), shown_name(property_.field.name)
    names = [shape.name for shape in reading.shapes]
    option = shlex.quote(f"{column}={attribute}:{names[0]}")
    naming = f"`--map {option}`, or `map` of the source, names the shape"
    counted = ", ".join(f"`{name}` ({reading.counts.get(name, 0)})" for name in names)
    if len(names) == 1 and reading.is_known:
        kind = "no whole number written so" if property_.field.type is DataType.INTEGER else "not written so"
        message = f"`{column}` is read as `{names[0]}`, and this value is {kind}"
        hint = f"write it as `{names[0]}`" if property_.shape else f"write it as the others are; {naming}"
        return Misread(code=codes.OFF_SHAPE, message=message, hint=hint)
    if len(names) == 1:
        known = brief_list(_shape_names(property_), "or")
        message = f"`{column}` is written in no way that is known"
        return Misread(code=codes.OFF_SHAPE, message=message, hint=f"write it as {known}")
    if reading.fits:
        message = f"`{column}` can be read in several ways: {counted}"
        return Misread(code=codes.AMBIGUOUS_SHAPE, message=message, hint=naming)
    message = f"`{column}` is written in several ways: {counted}"
    return Misread(code=codes.MIXED_SHAPES, message=message, hint=f"write all of it alike; {naming}")


def _written_shapes(property_: MappedColumn) -> tuple[Shape, ...]:
    """The shapes that a column may have, to tell how it is written: `1,5` is a number, if none that is whole."""
    type_ = property_.field.type
    return _shapes(property_, DataType.FLOAT if type_ is DataType.INTEGER else type_)


def _shapes(property_: MappedColumn, type_: DataType) -> tuple[Shape, ...]:
    known = SHAPES.get(type_, {})
    names = _shape_names(property_)
    return tuple(known[name] for name in names if property_.shape in (None, name))


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


def _digits(property_: MappedColumn) -> tuple[Shape, ...]:
    return (DIGITS[DataType.FLOAT],) if property_.field.type in DIGITS else ()


def _of_type(property_: MappedColumn, shapes: Sequence[Shape]) -> tuple[Shape, ...]:
    """The same shapes as the column's type reads them."""
    type_ = property_.field.type
    return tuple(
        DIGITS[type_] if shape is DIGITS[DataType.FLOAT] else SHAPES[type_][shape.name] for shape in shapes
    )
