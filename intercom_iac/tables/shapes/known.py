"""The ways in which values are written as text, by name: the texts that have one, and what they mean.

Each is SQL over a trimmed text, made of what all engines have: patterns of sets and counts, parts, substrings,
sums. A day is read as a date of the engine's own once its text has the form `YYYY-MM-DD`, so that it must be in the
calendar.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from types import MappingProxyType

from intercom_iac.compilers.sql import Dialect
from intercom_iac.lazy_dataclass import dataclass
from intercom_iac.model import DataType
from intercom_iac.model.payload.values import LATEST_SECOND

from ..forms import TableForms

_YEAR, _PAIR, _FEW = "[0-9]{4}", "[0-9]{2}", "[0-9]{1,2}"
_CLOCK = "([01][0-9]|2[0-3]):[0-5][0-9](:[0-5][0-9]([.][0-9]+)?)?"
_ZONE = "(Z|[+-][0-9]{2}(:?[0-9]{2})?)"
_WHOLE = "[+-]?[0-9]+"
_PLAIN = "[+-]?([0-9]+[.]?[0-9]*|[.][0-9]+)([eE][+-]?[0-9]{1,3})?"


@dataclass(frozen=True, slots=True, kw_only=True)
class Writer:
    """What SQL is written with: the forms and the quoting of one dialect."""

    forms: TableForms
    dialect: Dialect

    def matches(self, value: str, pattern: str) -> str:
        return self.forms.matches.format(value, self.dialect.text(pattern))

    def part(self, value: str, sign: str, number: int) -> str:
        return self.forms.part.format(value, self.dialect.text(sign), number)

    def integer(self, text: str) -> str:
        return self.forms.integer.format(text)


PLAIN = "1234.5"
POINTED = [PLAIN, "1,234.5"]
Meaning = Callable[[str, Writer], str]


@dataclass(frozen=True, slots=True, kw_only=True)
class Shape:
    """One way to write values. `meaning` is the expression of what a text of this `pattern` means, or any text
    where it is None; it may be null all the same, as for a day that no calendar has."""

    name: str
    pattern: str | None
    meaning: Meaning

    def value(self, text: str, writer: Writer) -> str:
        """The expression of what a text means; null where it is not written so."""
        if self.pattern is None:
            return self.meaning(text, writer)
        return f"case when {writer.matches(text, self.pattern)} then {self.meaning(text, writer)} end"


# --- days and moments ---------------------------------------------------------------------------------------


def _day_seconds(day: str, writer: Writer) -> str:
    days = writer.forms.days.format(writer.forms.day.format(day))
    return f"cast({days} as {writer.forms.long}) * 86400"


def _parted(sign: str, order: str) -> Meaning:
    """Year, month and day as the parts of a text, in the order of the letters `YMD`."""

    def meaning(text: str, writer: Writer) -> str:
        year, month, day = (writer.part(text, sign, order.index(letter) + 1) for letter in "YMD")
        return _day_seconds(f"{year} || '-' || lpad({month}, 2, '0') || '-' || lpad({day}, 2, '0')", writer)

    return meaning


def _compact(text: str, writer: Writer) -> str:
    day = f"substr({text}, 1, 4) || '-' || substr({text}, 5, 2) || '-' || substr({text}, 7, 2)"
    return _day_seconds(day, writer)


def _moment(text: str, writer: Writer) -> str:
    hours, minutes = (writer.integer(f"substr({text}, {at}, 2)") for at in (12, 15))
    # Seconds may be left out, with a zone in their place.
    seconds = (
        f"case when substr({text}, 17, 1) = ':' then {writer.integer(f'substr({text}, 18, 2)')} else 0 end"
    )
    day = _day_seconds(f"substr({text}, 1, 10)", writer)
    return f"({day} + {hours} * 3600 + {minutes} * 60 + {seconds})"


def _zoned_moment(text: str, writer: Writer) -> str:
    tail = f"substr({text}, 17)"

    def offset(sign: str) -> str:
        digits = f"replace({writer.part(tail, sign, 2)}, ':', '')"
        minutes = (
            f"case when length({digits}) = 4 then {writer.integer(f'substr({digits}, 3, 2)')} else 0 end"
        )
        return f"({writer.integer(f'substr({digits}, 1, 2)')} * 3600 + ({minutes}) * 60)"

    ahead = f"case when {tail} like '%+%' then {offset('+')} when {tail} like '%-%' then -{offset('-')} else 0 end"
    return f"({_moment(text, writer)} - {ahead})"


def _unix(text: str, writer: Writer) -> str:
    seconds = writer.integer(writer.part(text, ".", 1))
    return f"case when {seconds} <= {LATEST_SECOND} then {seconds} end"


def _unix_milliseconds(text: str, writer: Writer) -> str:
    digits = writer.part(text, ".", 1)
    milliseconds = writer.integer(digits)
    seconds = writer.integer(f"substr({digits}, 1, length({digits}) - 3)")
    within = f"{milliseconds} > {LATEST_SECOND} and {milliseconds} <= {LATEST_SECOND}000"
    return f"case when {within} then {seconds} end"


def _dates() -> Sequence[Shape]:
    day = f"{_YEAR}-{_PAIR}-{_PAIR}"
    shapes = [
        Shape(name="YYYY-MM-DD", pattern=day, meaning=_day_seconds),
        Shape(name="YYYY-MM-DD hh:mm:ss", pattern=f"{day}[ T]{_CLOCK}", meaning=_moment),
        Shape(name="YYYY-MM-DD hh:mm:ss+zz:zz", pattern=f"{day}[ T]{_CLOCK} ?{_ZONE}", meaning=_zoned_moment),
        Shape(name="unix", pattern="[0-9]{1,10}([.]0+)?", meaning=_unix),
        Shape(name="unix ms", pattern="[0-9]{10,13}([.]0+)?", meaning=_unix_milliseconds),
        Shape(name="YYYYMMDD", pattern="[12][0-9]{7}", meaning=_compact),
        Shape(name="YYYY/MM/DD", pattern=f"{_YEAR}/{_FEW}/{_FEW}", meaning=_parted("/", "YMD")),
    ]
    for sign in "/.-":
        for order in ("DMY", "MDY"):
            name = sign.join("YYYY" if letter == "Y" else letter * 2 for letter in order)
            between = f"[{sign}]"
            pattern = f"{_FEW}{between}{_FEW}{between}{_YEAR}"
            shapes.append(Shape(name=name, pattern=pattern, meaning=_parted(sign, order)))
    return shapes


# --- booleans -----------------------------------------------------------------------------------------------


def _pair(true: str, false: str) -> Shape:
    """Two words, in any case."""
    return Shape(
        name=f"{true}/{false}",
        pattern=None,
        meaning=lambda text, _: f"case lower({text}) when '{true}' then true when '{false}' then false end",
    )


# --- numbers ------------------------------------------------------------------------------------------------


def _fraction(text: str, writer: Writer) -> str:
    return writer.forms.double.format(text)


def _whole_number(text: str, writer: Writer) -> str:
    """Of digits exactly; of anything else by way of a double, which is whole or none."""
    double = writer.forms.double.format(text)
    exact = writer.forms.integer.format(text)
    whole = (
        f"case when {double} = {writer.forms.floor.format(double)} and abs({double}) < 9007199254740992 then "
    )
    whole += f"cast({double} as {writer.forms.long}) end"
    return f"case when {writer.matches(text, _WHOLE)} then {exact} else {whole} end"


def _without(sign: str, point: str, number: Meaning) -> Meaning:
    """Numbers with a sign between thousands, and a point of their own."""

    def meaning(text: str, writer: Writer) -> str:
        bare = f"replace({text}, '{sign}', '')"
        return number(bare if point == "." else f"replace({bare}, '{point}', '.')", writer)

    return meaning


def _numbers(number: Meaning) -> Sequence[Shape]:
    def grouped(sign: str, point: str) -> Shape:
        thousands = f"([1-9][0-9]{{0,2}}([{sign}][0-9]{{3}})+|[0-9]+)"
        return Shape(
            name=f"1{sign}234{point}5",
            pattern=f"[+-]?{thousands}([{point}][0-9]+)?",
            meaning=_without(sign, point, number),
        )

    plain = Shape(name=PLAIN, pattern=_PLAIN, meaning=number)
    return (plain, grouped(",", "."), grouped(".", ","), grouped(" ", ","))


DIGITS: Mapping[DataType, Shape] = MappingProxyType(
    {
        DataType.INTEGER: Shape(
            name=PLAIN, pattern=_WHOLE, meaning=lambda text, writer: writer.integer(text)
        ),
        DataType.FLOAT: Shape(name=PLAIN, pattern=_WHOLE, meaning=_fraction),
    }
)
"""Digits alone, which are the same number in every shape."""
SHAPES: Mapping[DataType, Mapping[str, Shape]] = MappingProxyType(
    {
        type_: MappingProxyType({shape.name: shape for shape in shapes})
        for type_, shapes in {
            DataType.DATE: _dates(),
            DataType.BOOLEAN: (
                _pair("true", "false"),
                _pair("yes", "no"),
                _pair("1", "0"),
                _pair("t", "f"),
                _pair("y", "n"),
                _pair("on", "off"),
            ),
            DataType.INTEGER: _numbers(_whole_number),
            DataType.FLOAT: _numbers(_fraction),
        }.items()
    }
)
"""The shapes of each type that has any, by name; where several say the same of a column, the first is told."""
