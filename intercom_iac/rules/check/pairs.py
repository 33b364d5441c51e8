"""The other field of a test: `seats_used >= seats`, `trial_end_date before renewal_date`, `d within 7 days after e`.

Numbers are compared with numbers and dates with dates of the same contact, the same company or the same occurrence;
the day of an event with a date of the contact.
"""

from __future__ import annotations

from dataclasses import replace

from intercom_iac.diagnostics import Diagnostic
from intercom_iac.diagnostics.codes import ref
from intercom_iac.diagnostics.codes import type as codes
from intercom_iac.model import DataType, Field, ModelName
from intercom_iac.model.address import MODELS, attribute_address

from ..corrections import as_company_field, replacement_fix, without_company
from ..print.text import field_text, quote, text_of
from ..syntax import tree as s
from ..syntax.special_words import DAYS, NOW
from .clauses import kind_of
from .names import find_field
from .scope import CompanyScope, ContactScope, Scope
from .values import Mistakes, shorten, type_name

_OF_COMPANY = "company."
_DAY_WORDS = DAYS.keys() | NOW
_COMPARABLE = "numbers are compared with numbers, and dates with dates"


def other_name(clause: s.Clause | None, type_: DataType, place: Scope) -> s.Name | None:
    """The name of another field in a clause on a field of this type; None where none can stand.

    `place` is where the test stands.
    """
    if isinstance(clause, s.Apart):
        return clause.other if type_ is DataType.DATE else None
    operand = clause.operand if isinstance(clause, s.Comparison) else None
    if not isinstance(operand, s.Constant) or operand.kind not in ("word", "name"):
        return None
    may_be_date = type_ is DataType.DATE and operand.text.casefold() not in _DAY_WORDS
    if operand.kind == "name" or type_.is_number or may_be_date:
        return _as_name(operand, place)
    return None


def _as_name(constant: s.Constant, place: Scope) -> s.Name:
    """The name that a constant is; of a bare word, where `company.` has no place, that may be a part of it."""
    if constant.kind == "name":
        return s.Name(constant.text, constant.company, constant.span)
    is_name = not isinstance(place, ContactScope) and place.field(constant.text) is not None
    if constant.text.casefold().startswith(_OF_COMPANY) and not is_name:
        return s.Name(constant.text[len(_OF_COMPANY) :], company=True, span=constant.span)
    return s.Name(constant.text, span=constant.span)


def is_bare(clause: s.Clause | None) -> bool:
    """Whether the name stands where a value may stand as well, so that it need not be that of a field."""
    return (
        isinstance(clause, s.Comparison)
        and isinstance(clause.operand, s.Constant)
        and clause.operand.kind == "word"
    )


def other_field(
    node: s.Test, field: Field, name: s.Name, place: Scope, scope: Scope
) -> Field | Mistakes | None:
    """The field that a test names beside its own; None where a bare word is the name of none.

    `place` is where the test stands, `scope` what its own field belongs to: they differ for `company.f`.
    """
    bare = is_bare(node.clause)
    if field.type.is_text or field.type is DataType.BOOLEAN:
        return [_not_compared(field, name)]
    found = _of_same_owner(field, name, place, scope, bare=bare)
    if not isinstance(found, Field):
        return found
    if (found.owner, found.name) == (field.owner, field.name):
        return [_compared_with_itself(node, field, name)]
    if not _are_compared(field, found):
        message = f"`{field.name}` is {kind_of(field)}, and `{shorten(found.name)}` is {kind_of(found)}"
        return [codes.VALUE.at(name.span, message, hint=_COMPARABLE)]
    return found


def _are_compared(field: Field, other: Field) -> bool:
    """Whether both are numbers, or both dates."""
    return field.type.is_number == other.type.is_number and (
        (field.type is DataType.DATE) == (other.type is DataType.DATE)
    )


def contact_date(clause: s.Clause, name: s.Name, event: str, scope: ContactScope) -> Field | Mistakes | None:
    """The contact's date that the day of an event is compared with; None where a bare word is the name of none."""
    bare = is_bare(clause)
    if name.company:
        message = f"the day of `{event}` is compared with a date of the contact, not of a company"
        return [codes.VALUE.at(name.span, message, hint="name a date of the contact")]
    found = scope.field(name.text)
    if found is None:
        near = _nearly_named(name, DataType.DATE, scope)
        return near or (None if bare else [scope.unknown(name)])
    if found.type is not DataType.DATE:
        message = f"the day of `{event}` is a date, and `{shorten(name.text)}` is {kind_of(found)}"
        return [
            codes.VALUE.at(
                name.span, message, hint="name a date of the contact, or write a day: `2026-01-31`"
            )
        ]
    return found


def range_of_fields(node: s.Test, field: Field, scope: Scope) -> Diagnostic | None:
    """What is said of `f between g and h`, whose ends are fields; None where they are not."""
    clause = node.clause
    if not isinstance(clause, s.Range) or not (field.type.is_number or field.type is DataType.DATE):
        return None
    found = [
        (end, other)
        for end in (clause.first, clause.last)
        if isinstance(end, s.Constant)
        and (end.kind == "name" or (end.kind == "word" and end.text.casefold() not in _DAY_WORDS))
        and (other := scope.field(_as_name(end, scope).text)) is not None
    ]
    if not found:
        return None
    named = [end for end, _ in found]
    for end, other in found:
        if not _are_compared(field, other):
            message = f"`{field.name}` is {kind_of(field)}, and `{shorten(other.name)}` is {kind_of(other)}"
            return codes.VALUE.at(end.span, message, hint=_COMPARABLE)
    tests = (
        _bounded_by(clause.first, node.field, scope, below=True),
        _bounded_by(clause.last, node.field, scope),
    )
    both: s.Node = s.Conjunction(tests)
    # Behind `company.` each of the two would ask another company.
    asked = s.CompanyRule(both) if node.field.company else both
    right = text_of(s.Negation(asked) if clause.negated else asked)
    message = f"`between` takes {type_name(field)} on both sides, and no other attribute"
    fix = replacement_fix(node.span, f"({right})" if right == text_of(both) else right, safe=True)
    return codes.VALUE.at(named[0].span, message, hint=f"write `{right}`", fix=fix)


def _bounded_by(end: s.Operand, name: s.Name, scope: Scope, *, below: bool = False) -> s.Node:
    """The test of one end of a range, the first one where `below`; of a company's field, as in `company( ... )`."""
    name = replace(name, company=False)
    if isinstance(end, s.Moment):
        # `at least 3 days ago` ends 3 days ago; what begins there is what is not before.
        if below == (end.hence == "ago"):
            return s.Negation(s.Test(name, s.Comparison("more than", end)))
        return s.Test(name, s.Comparison("at least", end))
    if end.kind in ("word", "name") and scope.field((other := _as_name(end, scope)).text) is not None:
        end = replace(end, text=other.text, company=False)
    return s.Test(name, s.Comparison(">=" if below else "<=", end))


def _of_same_owner(
    field: Field, name: s.Name, place: Scope, scope: Scope, *, bare: bool
) -> Field | Mistakes | None:
    if name.company and not isinstance(place, ContactScope):
        hint = f"write `{name.text}`" if isinstance(place, CompanyScope) else place.takes
        fix = without_company(name, safe=True) if isinstance(place, CompanyScope) else None
        return [codes.PLACE.at(name.span, f"`company.` has no place {place.where}", hint=hint, fix=fix)]
    of_company = isinstance(place, ContactScope) and isinstance(scope, CompanyScope)
    if name.company == of_company and (found := scope.field(name.text)) is not None:
        return found
    if (other_owner := _other_owner(field, name, place, of_company=of_company)) is not None:
        return [other_owner]
    if near := _nearly_named(name, field.type, place):
        return near
    if name.company:
        return [CompanyScope(place.schema).unknown(name)]
    return None if bare else [scope.unknown(name)]


def _other_owner(field: Field, name: s.Name, place: Scope, *, of_company: bool) -> Diagnostic | None:
    """What is said of a name that another owner has; None where none has it."""
    owners: list[ModelName] = [model for model in MODELS if place.schema.field(model, name.text) is not None]
    if name.company and "company" in owners:
        owners = ["company"]
    if of_company and not name.company and "company" in owners:
        message = f"`{shorten(name.text)}` without `company.` is no attribute of the company"
        hint = f"write `{field_text(s.Name(name.text, company=True))}`"
        fix = as_company_field(name, safe=owners == ["company"])
        subject = attribute_address("contact", name.text)
        return ref.OTHER_MODEL.at(name.span, message, hint=hint, subject=subject, fix=fix)
    others: list[ModelName] = [model for model in owners if model != field.owner]
    if not others:
        return None
    written = f"`{_OF_COMPANY * (others[0] == 'company' and name.company)}{shorten(name.text)}`"
    owner = "an event" if field.owner == "event" else f"a {field.owner}"
    message = f"{written} is an attribute of a {others[0]}, and `{field.name}` is one of {owner}"
    hint = "attributes of the same contact or the same company are compared with each other"
    subject = attribute_address(others[0], name.text)
    return ref.OTHER_MODEL.at(name.span, message, hint=hint, subject=subject)


def _nearly_named(name: s.Name, type_: DataType, place: Scope) -> Mistakes:
    """The mistake for a name that is nearly that of a field which would do; none where there is no such field."""
    written = f"{_OF_COMPANY * name.company}{name.text}"
    fitting = [
        found
        for found in find_field(written, place.place, place.schema)
        if found.name.company == name.company
        and (found.field.type.is_number if type_.is_number else found.field.type is type_)
    ]
    if not fitting:
        return []
    right = field_text(fitting[0].name)
    fix = replacement_fix(name.span, right, safe=fitting[0].certain)
    message = f"`{shorten(written)}` is not an attribute"
    return [ref.UNKNOWN_FIELD.at(name.span, message, hint=f"did you mean `{right}`?", fix=fix)]


def _compared_with_itself(node: s.Test, field: Field, name: s.Name) -> Diagnostic:
    message = f"`{field.name}` is compared with itself"
    clause = node.clause
    hint = "compare it with another attribute, or with a value"
    if not isinstance(clause, s.Comparison) or clause.operator not in (
        "=",
        "on",
        "exactly",
        "!=",
        ">=",
        "<=",
    ):
        return codes.VALUE.at(name.span, message, hint=hint)
    right = text_of(s.Test(node.field, s.Presence(clause.operator != "!=")))
    return codes.VALUE.at(name.span, message, hint=f"{hint}; as it stands it says `{right}`")


def _not_compared(field: Field, name: s.Name) -> Diagnostic:
    message = f"`{field.name}` is {kind_of(field)}, and is not compared with another attribute"
    hint = _COMPARABLE
    if field.type.is_text:
        hint += f"; the text stands in quotes: `{quote(name.text)}`"
    return codes.VALUE.at(name.span, message, hint=hint)
