"""Values that do not fit what their attribute is declared as."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterator, Mapping, Sequence
from typing import Any, NamedTuple

from intercom_iac.diagnostics import Code
from intercom_iac.diagnostics.codes import audit as codes
from intercom_iac.model import DataType
from intercom_iac.text.personal import (
    form_of,
    in_milliseconds,
    in_seconds,
    names_code,
    names_time,
    reads_as_boolean,
    reads_as_date,
    reads_as_number,
    shape_of,
)

from ..finding import AuditFinding
from ..samples.shown_values import shown_value
from ..samples.values import AttributeValues

_MOSTLY = 0.9
"""The share of texts that have to read as another type, for the attribute to be of that type."""
_LEAST_TEXTS = 3
_EXAMPLES = 3


_PLAIN: Mapping[DataType, frozenset[type]] = {
    DataType.STRING: frozenset({str}),
    DataType.BOOLEAN: frozenset({bool}),
    DataType.FLOAT: frozenset({int, float}),
    DataType.INTEGER: frozenset({int}),
    DataType.DATE: frozenset({int, float}),
    DataType.OPTIONS: frozenset({str}),
}
"""The types of JSON values, as Python reads them, whose every value fits a type of attribute."""


def misfits(values: AttributeValues) -> Iterator[AuditFinding]:
    """What is wrong with the values of one attribute, going by its type."""
    mixed = _mixed_times(values)
    if mixed is not None:
        yield mixed
    match values.attribute.type:
        case DataType.STRING:
            yield from _of_another_form(values)
            yield from _texts_of_another_type(values)
        case DataType.OPTIONS:
            yield from _outside_options(values)
        case _:
            yield from _of_another_form(values)


# --- another type than declared -----------------------------------------------------------------------------


def _of_another_form(values: AttributeValues) -> Iterator[AuditFinding]:
    """Values whose kind of JSON value the declared type does not take."""
    kind = values.attribute.type
    plain = _PLAIN[kind]
    # Nearly every value is of a type that fits, and there may be hundreds of thousands.
    odd = [value for value in values.values.values() if type(value) not in plain and not _fits(kind, value)]
    if not odd:
        return
    forms = Counter(_form_words(value) for value in odd)
    told = " and ".join(f"{count:,} {form}" for form, count in forms.most_common())
    share = len(odd) / values.fill.filled
    yield AuditFinding(
        kind=codes.OTHER_TYPE,
        address=values.address,
        message=f"`{values.attribute.name}` is declared as {kind}, and {told} {_verb(len(odd))} among its "
        f"{values.fill.filled:,} values",
        suggestion=f"send it as {_sent_as(kind)}; where the values are right and the type is not, make an attribute "
        "of the right type and replace this one",
        evidence={
            "declared": str(kind),
            "other": len(odd),
            "of": values.fill.filled,
            "forms": dict(forms.most_common()),
            "examples": [shape_of(str(value)) for value in odd[:_EXAMPLES]],
        },
        weight=40 + 10 * share,
    )


def _fits(kind: DataType, value: Any) -> bool:
    form = form_of(value)
    match kind:
        case DataType.STRING:
            return form == "text"
        case DataType.BOOLEAN:
            return form == "boolean"
        case DataType.FLOAT:
            return form == "number"
        case DataType.INTEGER:
            return form == "number" and (isinstance(value, int) or value.is_integer())
        case DataType.DATE:
            return form == "number"
        case DataType.OPTIONS:
            return True


def _form_words(value: Any) -> str:
    if isinstance(value, str):
        if reads_as_date(value):
            return "dates as text"
        if reads_as_number(value):
            return "numbers as text"
        return "yes-or-nos as text" if reads_as_boolean(value) else "texts"
    if isinstance(value, float) and not value.is_integer():
        return "fractions"
    return {"number": "numbers", "boolean": "booleans", "list": "lists"}.get(form_of(value), "objects")


def _sent_as(kind: DataType) -> str:
    return {
        DataType.DATE: "Unix seconds",
        DataType.INTEGER: "a whole number",
        DataType.FLOAT: "a number",
        DataType.BOOLEAN: "`true` or `false`",
    }.get(kind, "text")


# --- text that is something else ----------------------------------------------------------------------------


class _TextType(NamedTuple):
    """A type that text may be: its code, what is said of it, how to tell."""

    kind: Code
    title: str
    type: DataType
    reads: Callable[[str], bool]


_TEXT_TYPES = (
    _TextType(codes.BOOLEANS_AS_TEXT, "yes or no as text", DataType.BOOLEAN, reads_as_boolean),
    _TextType(codes.DATES_AS_TEXT, "dates as text", DataType.DATE, reads_as_date),
    _TextType(codes.NUMBERS_AS_TEXT, "numbers as text", DataType.FLOAT, reads_as_number),
)


def _texts_of_another_type(values: AttributeValues) -> Iterator[AuditFinding]:
    """A text attribute nearly all of whose values read as dates, numbers or yes and no: the first of these."""
    texts, name = values.texts, values.attribute.name
    if len(texts) < _LEAST_TEXTS:
        return
    for text_type in _TEXT_TYPES:
        readable = [text for text in texts if text_type.reads(text)]
        as_time = text_type.type is DataType.FLOAT and names_time(name) and any(map(in_seconds, readable))
        if len(readable) < _MOSTLY * len(texts) or (text_type.type is DataType.FLOAT and names_code(name)):
            continue
        chosen = _TEXT_TYPES[1] if as_time else text_type
        type_ = chosen.type
        if type_ is DataType.FLOAT and all(float(text).is_integer() for text in readable):
            type_ = DataType.INTEGER
        rest = len(texts) - len(readable)
        other = f", but for {rest:,}" if rest else ""
        yield AuditFinding(
            kind=chosen.kind,
            address=values.address,
            message=f"`{name}` holds {chosen.title}: {len(readable):,} of {len(texts):,} values{other}",
            suggestion=f"make an attribute of type {type_} with `replaces: {{attribute: {name}}}`: rules can then "
            f"compare {_compared_as(type_)}",
            evidence={
                "declared": "string",
                "reads_as": str(type_),
                "readable": len(readable),
                "of": len(texts),
                "forms": [form for form, _ in Counter(map(shape_of, readable)).most_common(_EXAMPLES)],
            },
            weight=35 + 10 * values.fill.rate,
        )
        return


# --- seconds and milliseconds -------------------------------------------------------------------------------


def _mixed_times(values: AttributeValues) -> AuditFinding | None:
    """Times of which some are in milliseconds: all of a date's that are, and of numbers those beside seconds."""
    found = [*values.values.values()]
    milliseconds = sum(map(in_milliseconds, found))
    if not milliseconds:
        return None
    seconds = sum(map(in_seconds, found))
    is_time = values.attribute.type is DataType.DATE or names_time(values.attribute.name)
    if not (is_time or (seconds and seconds + milliseconds >= _MOSTLY * len(found))):
        return None
    beside = f", beside {seconds:,} in seconds" if seconds else ""
    return AuditFinding(
        kind=codes.MIXED_TIMES,
        address=values.address,
        message=f"`{values.attribute.name}` has {milliseconds:,} of {len(found):,} values in milliseconds{beside}",
        suggestion="send times in whole seconds, and send those again that are in milliseconds: Intercom takes them "
        "for days some 50,000 years ahead",
        evidence={"milliseconds": milliseconds, "seconds": seconds, "of": len(found)},
        weight=70 + 10 * milliseconds / len(found),
    )


# --- lists --------------------------------------------------------------------------------------------------


def _outside_options(values: AttributeValues) -> Iterator[AuditFinding]:
    options = frozenset(values.attribute.options)
    outside = Counter(
        value if isinstance(value, str) else str(value)
        for value in values.values.values()
        if value not in ("", *_hashable(value, options))
    )
    if not outside:
        return
    count = outside.total()
    slips = _slips_of_options(outside, values.attribute.options)
    slipped = f", {len(slips):,} of them an option in other letters or spaces" if slips else ""
    yield AuditFinding(
        kind=codes.OUTSIDE_OPTIONS,
        address=values.address,
        message=f"`{values.attribute.name}` has {count:,} of {values.fill.filled:,} values outside its "
        f"{len(options):,} options: {len(outside):,} different{slipped}",
        suggestion="add the values that are meant to the options, and send the others as the option they stand for: "
        "the list in Intercom's screens offers the options alone",
        evidence={
            "outside": count,
            "of": values.fill.filled,
            "different": len(outside),
            "options": len(options),
            "values": [
                {"value": shown_value(value, times), "times": times}
                for value, times in outside.most_common(_EXAMPLES)
            ],
        },
        weight=45 + 10 * count / values.fill.filled,
    )


def _compared_as(type_: DataType) -> str:
    return {DataType.DATE: "its days", DataType.BOOLEAN: "yes and no"}.get(type_, "its numbers")


def _hashable(value: Any, options: frozenset[str]) -> Sequence[Any]:
    """The value itself where it is one of the options; JSON's lists and objects are none."""
    return (value,) if isinstance(value, str) and value in options else ()


def _slips_of_options(outside: Counter[str], options: Sequence[str]) -> list[str]:
    folded = {option.strip().casefold() for option in options}
    return [value for value in outside if value.strip().casefold() in folded]


def _verb(count: int) -> str:
    return "is" if count == 1 else "are"
