"""How the values of each column are read: a column has one shape, which is named, or the only one that fits.

A value that has no known shape says nothing of the column's. Where several shapes fit, or none fits all values,
only those are read that each of them reads, and alike: `5` is one number to all, `01/02/2026` is two days.
"""

from __future__ import annotations

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
from .shapes import SHAPES, Shape, Writer
from .suspects import Misread
from .values import given_sql

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
    in which no value has any, a shape stands for the others (not `is_known`)."""

    shapes: tuple[Shape, ...]
    counts: Mapping[str, int] = field(default_factory=dict[str, int])
    fits: bool = True
    is_known: bool = True

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


def find_readings(
    engine: SqlEngine, relation: Relation, properties: Sequence[MappedColumn], forms: TableForms
) -> list[Reading | None]:
    """The reading of each column; None where its values are of the attribute's type."""
    finder = _Finder(engine, relation, Writer(forms=forms, dialect=engine.dialect))
    shapes = [_shapes(property_) for property_ in properties]
    unknown = {at: property_ for at, property_ in enumerate(properties) if len(shapes[at]) > 1}
    found = finder.find(unknown, shapes) if unknown else {}
    return [
        found[at] if at in found else Reading(shapes=of_column) if of_column else None
        for at, of_column in enumerate(shapes)
    ]


def reading_text(column: SourceColumn, given: str, forms: TableForms) -> str:
    """The text that is read of a cell: a number as its digits."""
    return f"trim({given})" if column.kind == "text" else forms.text.format(forms.integer.format(given))


def misread(property_: MappedColumn, reading: Reading) -> Misread:
    """What is said of a cell that is not read."""
    column, attribute = shown_name(property_.column.name), shown_name(property_.field.name)
    names = [shape.name for shape in reading.shapes]
    naming = f"`--map {column}={attribute}:{names[0]}`, or `map` of the source, names the shape"
    counted = ", ".join(f"`{name}` ({reading.counts.get(name, 0)})" for name in names)
    if len(names) == 1 and reading.is_known:
        message = f"`{column}` is read as `{names[0]}`, and this value is not written so"
        return Misread(code=codes.OFF_SHAPE, message=message, hint=f"write it as the others are; {naming}")
    if len(names) == 1:
        known = brief_list(_shape_names(property_), "or")
        message = f"`{column}` is written in no way that is known"
        return Misread(code=codes.OFF_SHAPE, message=message, hint=f"write it as {known}")
    if reading.fits:
        message = f"`{column}` can be read in several ways: {counted}"
        return Misread(code=codes.AMBIGUOUS_SHAPE, message=message, hint=naming)
    message = f"`{column}` is written in several ways: {counted}"
    return Misread(code=codes.MIXED_SHAPES, message=message, hint=f"write all of it alike; {naming}")


def _shapes(property_: MappedColumn) -> tuple[Shape, ...]:
    known = SHAPES.get(property_.field.type, {})
    names = _shape_names(property_)
    return tuple(known[name] for name in names if property_.shape in (None, name))


@dataclass(frozen=True, slots=True)
class _Counts:
    """Of a column: how many values have any known shape, and how many have each that was asked for."""

    readable: int
    by_shape: Mapping[str, int]

    def fitting(self, shapes: Sequence[Shape]) -> tuple[Shape, ...]:
        return tuple(shape for shape in shapes if self.by_shape[shape.name] == self.readable)


@dataclass(frozen=True, slots=True)
class _Finder:
    engine: SqlEngine
    relation: Relation
    writer: Writer

    def find(
        self, columns: Mapping[int, MappedColumn], shapes: Sequence[tuple[Shape, ...]]
    ) -> dict[int, Reading]:
        sample = f"(select * from {self.relation.rows} limit {_SAMPLE}) as sampled"
        asked = {at: shapes[at] for at in columns}
        counts = self._count(sample, columns, asked, shapes)
        left = {at: counts[at].fitting(asked[at]) or asked[at] for at in columns}
        counts = self._count(self.relation.rows, columns, left, shapes)
        mixed = {at: columns[at] for at in columns if not counts[at].fitting(left[at])}
        if mixed:
            counts |= self._count(self.relation.rows, mixed, {at: shapes[at] for at in mixed}, shapes)
        return {
            at: self._reading(at, property_, shapes[at] if at in mixed else left[at], counts[at])
            for at, property_ in columns.items()
        }

    def _reading(
        self, at: int, property_: MappedColumn, shapes: tuple[Shape, ...], counts: _Counts
    ) -> Reading:
        if not counts.readable:
            return Reading(shapes=shapes[:1], is_known=False)
        fitting = counts.fitting(shapes)
        if len(fitting) > 1 and not self._differ(property_, fitting):
            fitting = fitting[:1]
        if fitting:
            return Reading(shapes=fitting, counts=counts.by_shape)
        held = tuple(shape for shape in shapes if counts.by_shape[shape.name])
        return Reading(shapes=held, counts=counts.by_shape, fits=False)

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
        self,
        rows: str,
        columns: Mapping[int, MappedColumn],
        asked: Mapping[int, tuple[Shape, ...]],
        shapes: Sequence[tuple[Shape, ...]],
    ) -> dict[int, _Counts]:
        texts = ", ".join(f"{self._text(property_)} as t{at}" for at, property_ in columns.items())
        counted: list[str] = []
        for at in columns:
            # The likeliest first: no other one is tried of a value that has been read.
            all_shapes = (*asked[at], *(shape for shape in shapes[at] if shape not in asked[at]))
            readable = ", ".join(shape.value(f"t{at}", self.writer) for shape in all_shapes)
            counted.append(f"count(coalesce({readable}))")
            counted += [f"count({shape.value(f't{at}', self.writer)})" for shape in asked[at]]
        query = f"select {', '.join(counted)} from (select {texts} from {rows}) as texts"
        ((*found,),) = list(self.engine.rows(query))
        numbers = iter(found)
        return {
            at: _Counts(next(numbers), {shape.name: next(numbers) for shape in asked[at]}) for at in columns
        }
