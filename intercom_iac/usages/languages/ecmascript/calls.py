"""What calls return whose meaning is known: those that make moments in time, and those that convert."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import TYPE_CHECKING, Final

from ...values import Choice, Computed, ComputedType, Constant, Moment, MomentForm, Record, Unknown, Value
from .nodes import argument_nodes, name_path, unwrap

if TYPE_CHECKING:
    from tree_sitter import Node

    from intercom_iac.text import Span

_MILLISECONDS: Final = 1000
_ROUNDING: Final = frozenset({"floor", "round", "trunc", "ceil"})
# What is called on any value, and what it then is.
_MOMENT_METHODS: Final[Mapping[str, MomentForm]] = {
    "getTime": "milliseconds",
    "toMillis": "milliseconds",
    "unix": "seconds",
    "toUnixInteger": "seconds",
    "toSeconds": "seconds",
    "toISOString": "text",
    "toISO": "text",
    "toUTCString": "text",
    "toDateString": "text",
    "toLocaleDateString": "text",
}
# What is called on a moment; every other of `_STEPS` leaves it in its form.
_FORMS_OF_MOMENTS: Final[Mapping[str, MomentForm]] = {
    "valueOf": "milliseconds",
    "toJSON": "text",
    "format": "text",
}
_STEPS: Final = frozenset(
    {*_FORMS_OF_MOMENTS, "toDate", "add", "subtract", "plus", "minus", "startOf", "endOf"}
)
_MOMENT_FUNCTIONS: Final[Mapping[tuple[str, ...], MomentForm]] = {
    ("Date", "now"): "milliseconds",
    ("Date", "parse"): "milliseconds",
    ("Date", "UTC"): "milliseconds",
    ("getUnixTime",): "seconds",
    ("formatISO",): "text",
    ("moment",): "object",
    ("moment", "utc"): "object",
    ("dayjs",): "object",
    ("dayjs", "utc"): "object",
    ("DateTime", "now"): "object",
    ("DateTime", "utc"): "object",
    ("DateTime", "local"): "object",
}
_MERGING: Final = frozenset(
    {
        ("Object", "assign"),
        ("_", "assign"),
        ("_", "extend"),
        ("_", "merge"),
        ("$", "extend"),
        ("jQuery", "extend"),
        ("angular", "extend"),
        ("assign",),
    }
)
_TYPED_FUNCTIONS: Final[Mapping[tuple[str, ...], ComputedType]] = {
    ("String",): "text",
    ("Boolean",): "boolean",
    ("parseFloat",): "number",
    ("parseInt",): "integer",
    ("Number", "parseFloat"): "number",
    ("Number", "parseInt"): "integer",
    ("Number",): "number",
    ("JSON", "stringify"): "text",
    ("Array", "isArray"): "boolean",
}
_TYPED_METHODS: Final[Mapping[str, ComputedType]] = {
    "toString": "text",
    "toFixed": "text",
    "toLowerCase": "text",
    "toUpperCase": "text",
    "trim": "text",
    "join": "text",
    "includes": "boolean",
    "startsWith": "boolean",
    "endsWith": "boolean",
    "some": "boolean",
    "every": "boolean",
    "indexOf": "integer",
}


def call_value(read: Callable[[Node, int], Value], node: Node, span: Span, depth: int) -> Value:
    """What a call or `new` gives."""
    callee = node.child_by_field_name("function") or node.child_by_field_name("constructor")
    if callee is None:
        return Unknown(span)
    path, arguments = name_path(callee), argument_nodes(node)
    if node.type == "new_expression":
        return Moment(span, "object") if path == ("Date",) else Unknown(span)

    def first_argument() -> Value:
        return read(arguments[0], depth + 1) if arguments else Unknown(span)

    if path in _MOMENT_FUNCTIONS:
        return Moment(span, _MOMENT_FUNCTIONS[path])
    if path == ("Object", "freeze") and arguments:
        return first_argument()
    if path in _MERGING:
        return _merge(span, [read(argument, depth + 1) for argument in arguments])
    if path == ("Date",):
        return Moment(span, "text")
    if len(path) == 2 and path[0] == "Math":
        value = first_argument()
        if path[1] in _ROUNDING and isinstance(value, Moment):
            return Moment(span, "milliseconds" if value.form == "object" else value.form)
        return Computed(span, "integer" if path[1] in _ROUNDING else "number")
    if path in _TYPED_FUNCTIONS:
        return _conversion(span, _TYPED_FUNCTIONS[path], first_argument())
    if len(path) < 2:
        return Unknown(span)
    return _method_value(read, unwrap(callee), path[-1], span, depth)


def _merge(span: Span, values: list[Value]) -> Value:
    """The records that a call puts into one; what is not written here is its rest."""
    records = [
        value if isinstance(value, Record) else Record(value.span, (), (value.span,)) for value in values
    ]
    return Record(
        span,
        tuple(entry for record in records for entry in record.entries),
        tuple(place for record in records for place in record.rest),
    )


def _conversion(span: Span, type_: ComputedType, value: Value) -> Value:
    if isinstance(value, Moment) and type_ in ("number", "integer"):
        return Moment(span, "milliseconds" if value.form == "object" else value.form)
    return Computed(span, type_)


def _method_value(
    read: Callable[[Node, int], Value], callee: Node, method: str, span: Span, depth: int
) -> Value:
    if method in _MOMENT_METHODS:
        return Moment(span, _MOMENT_METHODS[method])
    if method in _STEPS:
        owner = callee.child_by_field_name("object")
        value = Unknown(span) if owner is None else read(owner, depth + 1)
        if isinstance(value, Moment):
            return Moment(span, _FORMS_OF_MOMENTS.get(method) or value.form)
        return Unknown(span)
    return Computed(span, _TYPED_METHODS[method]) if method in _TYPED_METHODS else Unknown(span)


def shifted_moment(span: Span, operator: str, left: Value, right: Value) -> Value | None:
    """What arithmetic makes of a moment: milliseconds through 1000 are seconds, and a moment moved by a number is
    one in the same form. None where neither side is a moment, or the result is none."""
    if isinstance(left, Choice):
        moments = [value for value in left.alternatives if isinstance(value, Moment)]
        left = moments[0] if moments else left
    if isinstance(left, Moment) and isinstance(right, Moment):
        return Computed(span, "number") if operator == "-" else None
    if not isinstance(left, Moment):
        return _shift(span, right) if operator == "+" and isinstance(right, Moment) else None
    thousand = isinstance(right, Constant) and right.value == _MILLISECONDS
    if operator == "/" and thousand and left.form in ("milliseconds", "object"):
        return Moment(span, "seconds")
    if operator == "*" and thousand and left.form == "seconds":
        return Moment(span, "milliseconds")
    if operator == "-" and isinstance(right, Unknown):
        # As likely the time since another moment.
        return Computed(span, "number")
    if operator in ("+", "-"):
        return _shift(span, left)
    return Moment(span, left.form) if operator in ("|", ">>>", ">>") and left.form != "text" else None


def _shift(span: Span, moment: Moment) -> Value | None:
    """A moment in seconds or milliseconds plus or minus a number; an object becomes milliseconds by it."""
    if moment.form == "text":
        return None
    return Moment(span, "milliseconds" if moment.form == "object" else moment.form)
