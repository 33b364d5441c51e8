"""Untyped tree -> typed tree: every name looked up, every value of its field's type, every mistake reported.

A part with a mistake is None, and so is everything that rests on it; what stands beside it is checked all the same.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import replace
from functools import cached_property
from types import MappingProxyType

from intercom_iac.diagnostics import Diagnostic, Fix, Related
from intercom_iac.diagnostics.codes import lint, ref
from intercom_iac.diagnostics.codes import type as codes
from intercom_iac.model import Attribute, DataType, Event, Field, ModelName, Predicate, Schema
from intercom_iac.model.address import event_address, segment_address
from intercom_iac.model.predicate import (
    And,
    DayTest,
    EventSequence,
    FieldTest,
    InSegment,
    Not,
    OccurrenceDay,
    Or,
    SomeCompany,
    Tagged,
)
from intercom_iac.model.standard import is_never_future
from intercom_iac.text import Span, remembered_for_newest, suggestion

from ..corrections import rename_fix, replacement_fix, without_company
from ..print.unparse import format_rule
from ..syntax import tree as s
from ..syntax.parse import MAX_MISTAKES
from .bare_words import attribute_name_remarks, misreading, now_mistake, with_option, word_remarks
from .clauses import field_test
from .days import days_in_list, event_day_test
from .directions import direction_mistake, direction_remark
from .intercom_values import value_remarks
from .misplaced_tests import misplaced_tests
from .names import KnownNames, known_events
from .pairs import contact_date, other_field, other_name, range_of_fields
from .remarks import domain_remark, impossible, impossible_day, sequence_remark
from .scope import CompanyScope, ContactScope, EventScope, Scope, other_workspace_mistake
from .separators import number_remarks, thousands_remark
from .successors import successor_fix, successor_hint
from .totals import counted, key_mistake
from .values import Mistakes, days_of, shorten

_REPLACED = "point the rule at what replaces it, before it is archived"


def check(
    root: s.Node,
    schema: Schema,
    segments: Mapping[str, Predicate | None],
    archived: Mapping[str, Span | None] = MappingProxyType({}),
    *,
    dead: bool = False,
) -> tuple[Predicate | None, list[Diagnostic]]:
    """The typed tree, or None where something is wrong, and what there is to say.

    `segments` are the rules a `segment key` may name; one that is None is broken, which is reported where it stands.
    Those that are `archived`, by key with their places, it must not name. The rule of a `dead` segment, which is
    archived itself, may read what is archived.
    """
    checker = _Checker(schema, segments, archived, dead)
    return checker.node(root, ContactScope(schema)), checker.diagnostics


@remembered_for_newest
def _known_segments(schema: Schema, segments: Mapping[str, Predicate | None]) -> KnownNames:
    """What a segment may be called, with the key that a rule calls it by: also its name in Intercom."""
    named = {segment.name: key for key, segment in schema.segments.items() if key in segments}
    return KnownNames(named | {key: key for key in segments})


class _Checker:
    def __init__(
        self,
        schema: Schema,
        segments: Mapping[str, Predicate | None],
        archived: Mapping[str, Span | None],
        dead: bool,
    ) -> None:
        self.schema = schema
        self.segments = segments
        self.archived = archived
        self.dead = dead
        self.diagnostics: list[Diagnostic] = []
        self.mistakes = 0
        self.misplaced: dict[int, Diagnostic] = {}

    def node(self, node: s.Node, scope: Scope) -> Predicate | None:
        if self.is_full:
            return None
        match node:
            case s.Conjunction(parts=parts):
                found = self._check_parts(node, scope)
                if found is None:
                    return None
                self._remark_on_several_companies(parts, found)
                return And(_flat(found, And), node.span)
            case s.Disjunction():
                found = self._check_parts(node, scope)
                return None if found is None else Or(_flat(found, Or), node.span)
            case s.Negation(part=part):
                self._remark_on_negation(node, scope)
                return self._negate(self.node(part, scope), node.span)
            case s.Test():
                return self._test(node, scope)
            case s.Broken():
                return None
            case _:
                return self._test_of_related(node, scope)

    def _check_parts(self, chain: s.Conjunction | s.Disjunction, scope: Scope) -> list[Predicate] | None:
        if isinstance(scope, ContactScope):
            self.misplaced |= misplaced_tests(chain, self.schema)
        found = [self.node(part, scope) for part in chain.parts]
        whole = [part for part in found if part is not None]
        return whole if len(whole) == len(found) else None

    def _remark_on_several_companies(self, parts: tuple[s.Node, ...], found: list[Predicate]) -> None:
        """Tests on some company each, of which one may pass one and another the other."""
        asked = [
            (part, rule)
            for part, test in zip(parts, found, strict=True)
            if (rule := _rule_of_some_company(test)) is not None
        ]
        # Who writes `company( ... )` twice says so.
        if len(asked) < 2 or all(_is_company_rule(part) for part, _ in asked):
            return
        whole = format_rule(SomeCompany(And(_flat([rule for _, rule in asked], And))))
        hint = f"for a single company that passes all write `{whole}`" if len(whole) <= 400 else None
        message = f"two companies of a contact can pass these {len(asked)} tests, one each"
        self._report(
            lint.SEVERAL_COMPANIES.at(asked[1][0].span, message, hint=hint or "write `company( ... )`")
        )

    # --- tests on a field -----------------------------------------------------------------------------------

    def _test(self, node: s.Test, scope: Scope) -> Predicate | None:
        if (mistake := self.misplaced.get(id(node))) is not None:
            if mistake not in self.diagnostics:
                self._report(mistake)
            return None
        of_company = node.field.company
        if of_company and not isinstance(scope, ContactScope):
            hint = f"write `{node.field.text}`" if isinstance(scope, CompanyScope) else scope.takes
            fix = without_company(node.field, safe=True) if isinstance(scope, CompanyScope) else None
            return self._report_misplaced(
                node.field.span, f"`company.` has no place {scope.where}", hint, fix
            )
        inner = CompanyScope(self.schema) if of_company else scope
        field = self._field(node.field, inner, node)
        if field is None:
            return None
        node, option_remark = with_option(node, field)
        if mistake := (
            misreading(node, field) or range_of_fields(node, field, inner) or days_in_list(node, field)
        ):
            self._report(replace(mistake, related=inner.declaration(field)))
            return None
        found = self._typed(node, field, scope, inner)
        if found is None:
            return None
        leaf, negated = found
        for remark in (option_remark, *self._remarks(node, field, inner, leaf)):
            if remark is not None:
                self._report(remark)
        positive = SomeCompany(leaf, node.span) if of_company else leaf
        return Not(positive, node.span) if negated else positive

    def _typed(self, node: s.Test, field: Field, place: Scope, scope: Scope) -> tuple[FieldTest, bool] | None:
        """The test and whether its complement is meant; `place` is where it stands, `scope` where its field is."""
        name = other_name(node.clause, field.type, place)
        other = None if name is None else other_field(node, field, name, place, scope)
        if isinstance(other, list):
            self._report_all(other, scope.declaration(field))
            return None
        if name is not None and other is not None and not self._is_in_use(other, name, scope):
            return None
        found = field_test(node.clause, field, other, node.span)
        if isinstance(found, list):
            self._report_all(found, scope.declaration(field))
            return None
        timestamp = field.name if is_never_future(field) else None
        if mistake := direction_mistake(node.clause, timestamp):
            self._report(mistake)
            return None
        return found

    def _remarks(
        self, node: s.Test, field: Field, scope: Scope, leaf: FieldTest
    ) -> Iterator[Diagnostic | None]:
        yield from word_remarks(node, field)
        yield from number_remarks(node, field)
        yield from attribute_name_remarks(node, field, scope)
        yield direction_remark(node.clause, field.name if is_never_future(field) else None)
        yield impossible(node, leaf)
        yield domain_remark(node, field)
        yield from value_remarks(node, field)

    def _remark_on_negation(self, node: s.Negation, scope: Scope) -> None:
        field = scope.field(node.part.field.text) if isinstance(node.part, s.Test) else None
        if field is not None and (remark := domain_remark(node, field)) is not None:
            self._report(remark)

    def _field(self, name: s.Name, scope: Scope, test: s.Test | None = None) -> Field | None:
        """The field of this name; `test` is the test that begins with it."""
        field = scope.field(name.text)
        if field is None:
            self._report(self._with_successor(scope.unknown(name), name, scope))
            return None
        return field if self._is_in_use(field, name, scope, test) else None

    def _is_in_use(self, field: Field, name: s.Name, scope: Scope, test: s.Test | None = None) -> bool:
        """Whether a rule may read the field: one that is archived it may not."""
        if field.status == "active":
            return True
        related = scope.declaration(field)
        successor = None if field.owner == "event" else self._successors.get((field.owner, field.name))
        hint = None if successor is None else successor_hint(name, successor)
        fix = None if successor is None else successor_fix(name, test, field, successor)
        if field.status == "archived" and not self.dead:
            message = f"attribute `{name.text}` is archived"
            hint = hint or "take it out of the rule, or set its `status` to active"
            self._report(ref.ARCHIVED.at(name.span, message, hint=hint, related=related, fix=fix))
            return False
        if field.status == "deprecated":
            message = f"attribute `{name.text}` is deprecated"
            hint = hint or _REPLACED
            self._report(lint.DEPRECATED.at(name.span, message, hint=hint, related=related, fix=fix))
        return True

    def _with_successor(self, unknown: Diagnostic, name: s.Name, scope: Scope) -> Diagnostic:
        """A name that is not declared is that of an attribute before it was renamed, where one says so."""
        if isinstance(scope, EventScope):
            return unknown
        model = "company" if name.company or isinstance(scope, CompanyScope) else "contact"
        successor = self._successors.get((model, name.text))
        if successor is None or successor.status != "active":
            return unknown
        # Its type is not known here: by `renamed_from` it is the same.
        safe = successor.replaces is None
        fix = rename_fix(name, successor.name, safe=safe)
        return replace(unknown, hint=successor_hint(name, successor), fix=fix)

    @cached_property
    def _successors(self) -> Mapping[tuple[ModelName, str], Attribute]:
        return self.schema.successors()

    # --- what belongs to a contact --------------------------------------------------------------------------

    def _test_of_related(
        self,
        node: s.CompanyRule | s.HasTag | s.SegmentReference | s.EventRule | s.EventSequence,
        scope: Scope,
    ) -> Predicate | None:
        if isinstance(node, s.HasTag) and not isinstance(scope, EventScope):
            return Tagged(node.tag.text, node.span)
        if not isinstance(scope, ContactScope):
            what = {
                s.CompanyRule: "company",
                s.HasTag: "tag",
                s.SegmentReference: "segment",
                s.EventRule: "event",
                s.EventSequence: "event",
            }
            return self._report_misplaced(
                node.span, f"`{what[type(node)]}` has no place {scope.where}", scope.takes
            )
        match node:
            case s.CompanyRule(rule=rule):
                inner = self.node(rule, CompanyScope(self.schema))
                return None if inner is None else SomeCompany(inner, node.span)
            case s.SegmentReference(key=key):
                return self._segment(key, node.span)
            case s.EventRule():
                return self._event(node, scope)
            case s.EventSequence():
                return self._sequence(node)
            case _:
                return None

    def _report_misplaced(
        self, span: Span | None, message: str, hint: str | None = None, fix: Fix | None = None
    ) -> None:
        self._report(codes.PLACE.at(span, message, hint=hint, fix=fix))

    def _segment(self, key: s.Name, span: Span | None) -> Predicate | None:
        if key.text not in self.segments:
            if mistake := other_workspace_mistake(self.schema, segment_address(key.text), key):
                self._report(mistake)
                return None
            message = f"segment `{shorten(key.text)}` is not declared"
            found, certain = _known_segments(self.schema, self.segments).find(key.text)
            hint, fix = suggestion(key.text, found), rename_fix(key, found, safe=certain)
            subject = segment_address(key.text)
            self._report(ref.UNKNOWN_SEGMENT.at(key.span, message, hint=hint, subject=subject, fix=fix))
            return None
        if key.text in self.archived:
            declared = self.archived[key.text]
            related = () if declared is None else (Related(declared, f"`{key.text}` is declared here"),)
            message = f"segment `{shorten(key.text)}` is archived"
            hint = "take it out of the rule, or set its `status` to active"
            self._report(ref.ARCHIVED_SEGMENT.at(key.span, message, hint=hint, related=related))
            return None
        rule = self.segments[key.text]
        return None if rule is None else InSegment(key.text, rule, span)

    def _event(self, node: s.EventRule, scope: ContactScope) -> Predicate | None:
        event = self._declared_event(node.event)
        if event is None:
            return None
        where = None if node.where is None else self.node(node.where, EventScope(self.schema, event))
        key = self._total_key(node.count, event) if isinstance(node.count, s.Total) else None
        day = None if node.clause is None else self._event_day(node, node.clause, scope)
        if isinstance(node.count, s.Total) and key is None:
            return None
        test = counted(node.count, key, event.name, where, day, node.span)
        if isinstance(test, list):
            self._report_all(test)
            return None
        if (node.where is not None and where is None) or (node.clause is not None and day is None):
            return None
        amounts = [node.count.number, node.count.last or ""] if isinstance(node.count, s.Total) else []
        for remark in (
            direction_remark(node.clause, event.name),
            impossible_day(node.clause, day, node.span),
            *(
                remark
                for amount in amounts
                for remark in thousands_remark(amount, node.count and node.count.span)
            ),
        ):
            if remark is not None:
                self._report(remark)
        if node.which is not None:
            assert day is not None
            return OccurrenceDay(event.name, node.which, day, where, node.span)
        return test

    def _event_day(self, node: s.EventRule, clause: s.Clause, scope: ContactScope) -> DayTest | None:
        """The test of the day of an occurrence, which may be compared with a date of the contact."""
        if mistake := now_mistake(node):
            self._report(mistake)
            return None
        name = other_name(clause, DataType.DATE, scope)
        other = None if name is None else contact_date(clause, name, node.event.text, scope)
        if isinstance(other, list):
            self._report_all(other)
            return None
        if name is not None and other is not None and not self._is_in_use(other, name, scope):
            return None
        day = event_day_test(node, clause, other)
        if isinstance(day, list):
            self._report_all(day)
            return None
        return day

    def _total_key(self, total: s.Total, event: Event) -> Field | None:
        """The number of the metadata that a total takes."""
        key = self._field(total.key, EventScope(self.schema, event))
        if key is None:
            return None
        mistakes = key_mistake(total, key, event)
        self._report_all(mistakes)
        return None if mistakes else key

    def _sequence(self, node: s.EventSequence) -> Predicate | None:
        steps = [self._step(step) for step in (node.first, node.then)]
        days = None if node.number is None else days_of(node.number, node.unit, node.span)
        if isinstance(days, list):
            self._report_all(days)
            return None
        first, then = steps
        if first is None or then is None:
            return None
        if remark := sequence_remark(node):
            self._report(remark)
        return EventSequence(first[0], then[0], days, first[1], then[1], node.span)

    def _step(self, step: s.EventStep) -> tuple[str, Predicate | None] | None:
        """The event of a step and what its metadata have to satisfy; None where one of them is wrong."""
        event = self._declared_event(step.event)
        if event is None:
            return None
        where = None if step.where is None else self.node(step.where, EventScope(self.schema, event))
        return None if step.where is not None and where is None else (event.name, where)

    def _declared_event(self, name: s.Name) -> Event | None:
        event = self.schema.events.get(name.text)
        if event is None and (
            mistake := other_workspace_mistake(self.schema, event_address(name.text), name)
        ):
            self._report(mistake)
            return None
        if event is None:
            message = f"event `{shorten(name.text)}` is not declared"
            found, certain = known_events(self.schema).find(name.text)
            hint = suggestion(name.text, found) or "declare it under `events`"
            subject, fix = event_address(name.text), rename_fix(name, found, safe=certain)
            self._report(ref.UNKNOWN_EVENT.at(name.span, message, hint=hint, subject=subject, fix=fix))
            return None
        related = () if event.span is None else (Related(event.span, f"`{event.name}` is declared here"),)
        if event.status == "archived" and not self.dead:
            message = f"event `{name.text}` is archived"
            hint = "take it out of the rule, or set its `status` to active"
            self._report(ref.ARCHIVED.at(name.span, message, hint=hint, related=related))
            return None
        if event.status == "deprecated":
            message = f"event `{name.text}` is deprecated"
            self._report(lint.DEPRECATED.at(name.span, message, hint=_REPLACED, related=related))
        return event

    def _negate(self, part: Predicate | None, span: Span | None) -> Predicate | None:
        if part is None:
            return None
        if not isinstance(part, Not):
            return Not(part, span)
        hint = f"write `{format_rule(part.part)}`"
        # A chain would need the parentheses that it stands in.
        chain = isinstance(part.part, (And, Or))
        fix = None if chain else replacement_fix(span, format_rule(part.part), safe=True)
        self._report(lint.DOUBLE_NEGATION.at(span, "this is a negation of a negation", hint=hint, fix=fix))
        return part.part

    # --- diagnostics --------------------------------------------------------------------------------------------

    def _report(self, diagnostic: Diagnostic) -> None:
        if not self.is_full:
            self.diagnostics.append(diagnostic)
            self.mistakes += diagnostic.is_error

    @property
    def is_full(self) -> bool:
        """Whether there are as many mistakes as anyone mends in one go: checking stops."""
        return self.mistakes >= MAX_MISTAKES

    def _report_all(self, mistakes: Mistakes, related: tuple[Related, ...] = ()) -> None:
        for mistake in mistakes:
            self._report(replace(mistake, related=related))


def _rule_of_some_company(test: Predicate) -> Predicate | None:
    """What a test asks of some company of the contact; None where it asks for anything else."""
    match test:
        case SomeCompany(rule=rule):
            return rule
        case Or(parts=parts):
            rules = [_rule_of_some_company(part) for part in parts]
            asked = [rule for rule in rules if rule is not None]
            return Or(_flat(asked, Or), test.span) if len(asked) == len(parts) else None
        case _:
            return None


def _is_company_rule(node: s.Node) -> bool:
    return isinstance(node, s.CompanyRule) and not isinstance(node.rule, s.HasTag)


def _flat(parts: list[Predicate], kind: type[And | Or]) -> tuple[Predicate, ...]:
    """The parts of a chain; a part of the same kind, laid bare by a double negation, gives its own."""
    return tuple(inner for part in parts for inner in (part.parts if isinstance(part, kind) else (part,)))
