"""What is said of tests that are typed: that one never holds, or that another says the same and does more."""

from __future__ import annotations

from dataclasses import replace

from intercom_iac.diagnostics import Diagnostic
from intercom_iac.diagnostics.codes import lint
from intercom_iac.model import DataType, Field, any_matches
from intercom_iac.model.person import event_key
from intercom_iac.model.predicate import (
    Away,
    Between,
    DaysBetween,
    DaysFromField,
    DayTest,
    FieldTest,
    Matches,
    OnDay,
)
from intercom_iac.text import Span

from ..corrections import replacement_fix
from ..print.text import clause_text, stands_bare, text_of
from ..syntax import tree as s
from .values import options_text, shorten


def impossible(node: s.Test, leaf: FieldTest) -> Diagnostic | None:
    """What is said of a test that can never hold; None where it can."""
    match leaf:
        case Matches(field=field, operator=operator, text=text) if field.type is DataType.OPTIONS:
            if any_matches(operator, field.options, text):
                return None
            message = f"no option of `{field.name}` {operator} `{shorten(text)}`"
            return lint.NEVER_HOLDS.at(leaf.span, message, hint=f"its options are {options_text(field)}")
        case Between(first=first, last=last) if first > last:
            return _turned_around(node.clause, leaf.span)
        case OnDay(test=test):
            return impossible_day(node.clause, test, leaf.span)
        case _:
            return None


def impossible_day(clause: s.Clause | None, test: DayTest | None, span: Span | None) -> Diagnostic | None:
    """What is said of a test of days that no day passes; None where some day does."""
    match test:
        case Away("less than", 0):
            hint = "write `exactly 0 days ago` for today"
            return lint.NEVER_HOLDS.at(span, "no day is less than 0 days away", hint=hint)
        case DaysFromField("less than", 0):
            hint = f"write `on {test.other.name}` for that day"
            return lint.NEVER_HOLDS.at(span, "no day is less than 0 days away", hint=hint)
        case DaysBetween(first=first, last=last):
            # Days that are counted from today stand in their order.
            is_empty = not isinstance(first, int) and not isinstance(last, int) and first > last
            return _turned_around(clause, span) if is_empty else None
        case _:
            return None


def _turned_around(clause: s.Clause | None, span: Span | None) -> Diagnostic:
    message = "the range ends before it begins, so that nothing lies in it"
    if not isinstance(clause, s.Range):
        return lint.NEVER_HOLDS.at(span, message)
    right = clause_text(replace(clause, first=clause.last, last=clause.first))
    fix = replacement_fix(clause.span, right, safe=False)
    return lint.NEVER_HOLDS.at(clause.span, message, hint=f"write `{right}`", fix=fix)


def domain_remark(node: s.Node, field: Field) -> Diagnostic | None:
    """What is said of `email not ends with '@acme.com'`, which contact search cannot decide, and `email_domain` can.

    `node` is the test, or `not` before it.
    """
    test, negated = (node.part, True) if isinstance(node, s.Negation) else (node, False)
    if not isinstance(test, s.Test) or not isinstance(test.clause, s.Matching):
        return None
    if field.custom or (field.owner, field.name) != ("contact", "email"):
        return None
    clause = test.clause
    written = clause.operand.text if isinstance(clause.operand, s.Constant) else ""
    domain = written.removeprefix("@")
    # Search decides `ends with` itself; its complement it does not.
    if (
        clause.operator != "ends with"
        or clause.negated == negated
        or domain == written
        or not domain
        or "@" in domain
    ):
        return None
    value = s.Constant("word" if stands_bare(domain) else "text", domain)
    right = text_of(s.Test(s.Name("email_domain"), s.Comparison("!=", value)))
    message = "contact search cannot decide this, and the same of `email_domain` it can"
    fix = replacement_fix(node.span, right, safe=False)
    return lint.EMAIL_DOMAIN.at(node.span, message, hint=f"write `{right}`", fix=fix)


def sequence_remark(node: s.EventSequence) -> Diagnostic | None:
    """What is said of an event that follows itself; None where the two are different ones."""
    if event_key(node.first.event.text) != event_key(node.then.event.text):
        return None
    name = shorten(node.then.event.text)
    message = f"an occurrence of `{name}` follows itself, so that one is enough for this"
    return lint.FOLLOWS_ITSELF.at(
        node.then.span, message, hint=f"to ask for two or more write `event {name} count >= 2`"
    )
