"""A test of an attribute that another takes the place of, as a test of that one."""

from __future__ import annotations

from intercom_iac.diagnostics import Edit, Fix, safe_fix, unsafe_fix
from intercom_iac.model import Attribute, DataType, Field
from intercom_iac.model.conversions import Value, value_text
from intercom_iac.model.successions import Succession

from ..corrections import apart, replacement_fix
from ..print.text import field_text, quote, stands_bare
from ..syntax import tree as s
from .values import value_of


def successor_hint(name: s.Name, successor: Attribute) -> str:
    """What to do about a rule that reads the attribute that `name` stands for."""
    written = field_text(s.Name(successor.name, company=name.company))
    return f"read `{written}`, which takes its place, once the values are copied"


def successor_fix(name: s.Name, node: s.Test | None, field: Field, successor: Attribute) -> Fix | None:
    """The test of `field` as one of its successor; None where that cannot be said, or by nobody but a person.

    `node` is the test whose field it is; None where the field stands elsewhere in a test. The fix is safe where the
    test is sure to select the people whose values are copied that it selects now.
    """
    replaced = successor.replaced
    if replaced is None or successor.status != "active":
        return None
    move = Succession(field, successor)
    written = field_text(s.Name(successor.name, company=name.company))
    if move.keeps_values:
        return replacement_fix(name.span, written, safe=move.keeps_every_value)
    if node is None:
        return None
    clause = node.clause
    match clause:
        case None:
            return _as_comparison(name, written, move)
        case s.Presence():
            return replacement_fix(name.span, written, safe=move.keeps_presence)
        case s.Comparison(operand=s.Constant() as constant) if s.without_not(clause.operator)[0] in (
            "=",
            "is",
        ):
            return _with_values(name, written, (constant,), move)
        case s.Membership(values=values):
            return _with_values(name, written, values, move)
        case s.Comparison() | s.Range() if (
            field.type.is_number and successor.type.is_number and not move.mapping
        ):
            return replacement_fix(name.span, written, safe=field.type is DataType.INTEGER)
        case _:
            return None


def _as_comparison(name: s.Name, written: str, move: Succession) -> Fix | None:
    """The test of a boolean by its name alone."""
    value = move.new_value(True) if move.field.type is DataType.BOOLEAN else None
    if value is None or move.successor.type is DataType.DATE:
        return None
    test = written if value is True else f"{written} = {_value_text(value, quoted=False, move=move)}"
    return replacement_fix(name.span, test, safe=move.is_alone(True))


def _with_values(
    name: s.Name, written: str, constants: tuple[s.Constant, ...], move: Succession
) -> Fix | None:
    edits: list[Edit] = []
    certain = True
    renamed = replacement_fix(name.span, written, safe=True)
    if renamed is None or move.successor.type is DataType.DATE:
        return None
    edits += renamed.edits
    for constant in constants:
        value = value_of(constant, move.field)
        new = None if isinstance(value, list) else move.new_value(value)
        if isinstance(value, list) or new is None or constant.span is None:
            return None
        text = _value_text(new, quoted=constant.kind == "text", move=move)
        if text != constant.span.text:
            if replacement_fix(constant.span, text, safe=True) is None:
                return None
            edits.append(apart(constant.span, text))
        certain = certain and move.is_alone(value)
    return safe_fix(*edits) if certain else unsafe_fix(*edits)


def _value_text(value: Value, *, quoted: bool, move: Succession) -> str:
    text = value_text(value, move.successor.type)
    if not move.successor.type.is_text:
        return text
    return text if not quoted and stands_bare(text) else quote(text)
