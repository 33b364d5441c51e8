"""Typed rule -> the query of POST /contacts/search, and what the query leaves to decide.

The facts are those of the API 2.16 description: two levels of groups, 15 filters a group; date fields take `=`,
`<` and `>` by calendar day of the workspace; values are texts, whole numbers, booleans and null. Assumed, since
the description is silent: `= null` finds what is not set; `!=`, `NIN` and `!~` find it too (stated for 2.17);
`=` compares letter by letter, the other text operators in any case, as Intercom's own screen does; fields of
type float take the operators of integers. A field is never compared with another: there it is asked that both are
known.
"""

from __future__ import annotations

import math
from collections.abc import Mapping
from datetime import date, datetime, tzinfo
from typing import Any

from intercom_iac.diagnostics import Diagnostic
from intercom_iac.diagnostics.codes import built, lint
from intercom_iac.lazy_dataclass import dataclass
from intercom_iac.model import DataType, Field, Predicate, day_start, requires
from intercom_iac.model.days import NEVER, Days, add_days, day_range
from intercom_iac.model.limits import MAX_SEARCH_FILTERS, MAX_SEARCH_LEVELS
from intercom_iac.model.predicate import (
    EVENT_TESTS,
    FIELD_DAY_TESTS,
    FIELD_TESTS,
    MAX_OPEN_LEVELS,
    And,
    Between,
    Compares,
    ComparesFields,
    Equals,
    FieldTest,
    InIntercomSegment,
    IsKnown,
    IsTrue,
    Matches,
    Not,
    OnDay,
    OneOf,
    Or,
    PlainDayTest,
    SomeCompany,
    Tagged,
    Value,
    intercom_segments_of,
)
from intercom_iac.rules.normal import complement, normal_form, split_range

from ..limitations import Limitation, Unsupported, by_form, compares_fields, unsupported
from .formula import ANYBODY, Filter, Formula, all_of, any_of, as_json, filters_of, fit
from .known_fields import known_fields

# A contact is a user or a lead (API 2.16 description, contacts), so this test passes every contact.
_EVERYBODY: dict[str, Any] = {"field": "role", "operator": "IN", "value": ["user", "lead"]}

# What finds a text, and what finds all others. What contains a word contains its letters.
_TEXT = {
    "contains": ("~", "!~"),
    "contains word": ("~", None),
    "starts with": ("^", None),
    "ends with": ("$", None),
}
_LARGEST = 2**63 - 1
_HINT = "the query selects more contacts than the rule, and the residual decides"


def _is_not_searched(node: Predicate) -> bool:
    """Whether search does not take the field that is tested."""
    test = node.part if isinstance(node, Not) else node
    return isinstance(test, FIELD_TESTS) and test.field.search is None


def _is_sendable(node: Predicate) -> bool:
    """Whether search takes the values of the test: no numbers with a fraction, or of more than 64 bits."""
    match node.part if isinstance(node, Not) else node:
        case OneOf(values=values):
            return all(_sendable(value) is not None for value in values)
        case Between(first=first, last=last):
            return _sendable(first) is not None and _sendable(last) is not None
        case Equals(value=value) | Compares(value=value):
            return _sendable(value) is not None
        case _:
            return True


UNSUPPORTED = by_form(
    Limitation((SomeCompany,), "contact search does not know a contact's companies"),
    Limitation(EVENT_TESTS, "contact search does not know events"),
    Limitation((Tagged,), "contact search takes a tag by its id, which the specs do not know"),
    Limitation(FIELD_TESTS, "contact search does not take `{field}`", when=_is_not_searched),
    Limitation(
        (ComparesFields, OnDay),
        "contact search compares `{field}` with a value, not with `{other}`",
        when=compares_fields,
    ),
    Limitation(
        (Matches,),
        "contact search finds the text inside other words too",
        negated=False,
        when=lambda node: isinstance(node, Matches) and node.operator == "contains word",
    ),
    Limitation(
        (Matches,),
        "contact search has no operator for `not {operator}`",
        negated=True,
        when=lambda node: isinstance(node, Not) and _sign(node.part, holds=False) is None,
    ),
    Limitation(
        (Equals, OneOf, Compares, Between),
        "contact search takes whole numbers only",
        when=lambda node: not _is_sendable(node),
    ),
)


def _sign(test: Predicate, *, holds: bool) -> str | None:
    """The text operator of search; None where it has none."""
    return _TEXT[test.operator][0 if holds else 1] if isinstance(test, Matches) else None


@dataclass(frozen=True, slots=True)
class SearchQuery:
    """A query that finds every contact the rule holds for.

    `exact`: it finds no others. Else `residual` is the rule that decides among those it finds. `requires` names what
    that takes besides the contact: "companies", "events", and "segments" where only Intercom can decide it; and
    "segment_ids" where the query has placeholders for the ids of segments. `diagnostics` say why, at the clause.
    """

    query: dict[str, Any]
    exact: bool
    residual: Predicate | None
    requires: tuple[str, ...]
    diagnostics: tuple[Diagnostic, ...]


def to_search(
    predicate: Predicate,
    *,
    today: date,
    zone: tzinfo,
    segment_ids: Mapping[str, str] | None = None,
    tag_ids: Mapping[str, str] | None = None,
) -> SearchQuery:
    """The rule as a contact search on this day; `zone` is the workspace's time zone.

    `segment_ids` are the ids of the workspace's segments by name, for the segments that were built in Intercom. For
    one that is not among them the query has a placeholder. `tag_ids` are those of its tags, by their names to the
    letter: a tag that is not among them is left to the residual.
    """
    ids = segment_ids or {}
    parts = predicate.parts if isinstance(predicate, And) else (predicate,)
    lowerings = [_Lowering(today, zone, ids, tag_ids or {}) for _ in parts]
    formulas = [lowering.lower(normal_form(part)) for lowering, part in zip(lowerings, parts, strict=True)]
    formula, kept = fit(formulas)
    diagnostics: list[Diagnostic] = []
    left: list[Predicate] = []
    for part, lowering, whole in zip(parts, lowerings, kept, strict=True):
        diagnostics += [
            lint.NOT_SEARCHED.at(found.test.span, found.reason, hint=_HINT) for found in lowering.unsupported
        ]
        fits = whole and not lowering.is_too_deep
        if not fits:
            message = (
                f"this is more than fits into a search query, of {MAX_SEARCH_LEVELS} levels and "
                f"{MAX_SEARCH_FILTERS} filters a group"
            )
            diagnostics.append(lint.NOT_SEARCHED.at(part.span, message, hint=_HINT))
        if lowering.unsupported or not fits:
            left.append(part)
    residual = None if not left else left[0] if len(left) == 1 else And(tuple(left), predicate.span)
    needed: tuple[str, ...] = () if residual is None else requires(residual)
    undecided = () if residual is None else intercom_segments_of(normal_form(residual))
    if undecided:
        needed = (*needed, "segments")
        diagnostics += map(_residual_remark, undecided)
    placeholders = {test.value for test in filters_of(formula)} - set(ids.values())
    without_id = [
        segment
        for segment in intercom_segments_of(normal_form(predicate))
        if segment_id_placeholder(segment.name) in placeholders
    ]
    if without_id:
        needed = (*needed, "segment_ids")
        diagnostics += [_unknown_id(segment, asked=segment_ids is not None) for segment in without_id]
    return SearchQuery(
        _EVERYBODY if formula == ANYBODY else as_json(formula),
        residual is None,
        residual,
        needed,
        tuple(dict.fromkeys(diagnostics)),
    )


def segment_id_placeholder(name: str) -> str:
    """What stands in a query for the id of a segment, which is the workspace's."""
    return f"<id of segment {name}>"


def _unknown_id(segment: InIntercomSegment, *, asked: bool) -> Diagnostic:
    """What is said of a placeholder; `asked`: the ids of the workspace are known, and it is not among them."""
    placeholder = f"`{segment_id_placeholder(segment.name)}` stands for it in the query"
    if asked:
        message = f"the workspace has no segment `{segment.name}`: {placeholder}"
        return built.SEGMENT_ID.at(
            segment.span, message, hint="restore it in Intercom, or correct its `name`"
        )
    message = f"the id of the segment `{segment.name}` is the workspace's: {placeholder}"
    return built.SEGMENT_ID.at(segment.span, message, hint="`--live` reads it from the workspace")


def _residual_remark(segment: InIntercomSegment) -> Diagnostic:
    message = f"the residual asks for the segment `{segment.name}`, whose rule only Intercom knows"
    hint = "ask Intercom for the segments of the contacts that come back, or write the segment's rule in the specs"
    return built.ONLY_INTERCOM.at(segment.span, message, hint=hint)


class _Lowering:
    """One part of the rule as a formula of filters; `unsupported` are the tests in it that search cannot decide."""

    def __init__(
        self, today: date, zone: tzinfo, segment_ids: Mapping[str, str], tag_ids: Mapping[str, str]
    ) -> None:
        self.today = today
        self.zone = zone
        self.segment_ids = segment_ids
        self.tag_ids = tag_ids
        self.unsupported: list[Unsupported] = []
        self.is_too_deep = False

    def lower(self, node: Predicate, depth: int = 0) -> Formula:
        """The formula of a rule in normal form, in which it stands so deep. It holds wherever the rule does, and says
        as much as filters can."""
        match node:
            case And() | Or() if depth > MAX_OPEN_LEVELS:
                # No query has room for so many groups.
                self.is_too_deep = True
                return ANYBODY
            case And(parts=parts):
                return all_of([self.lower(part, depth + 1) for part in parts])
            case Or(parts=parts):
                return any_of([self.lower(part, depth + 1) for part in parts])
            case Not(part=Compares() as part) if part.field.search is not None:
                return self.lower(complement(part))
            case Between() | Not(part=Between()):
                return self.lower(split_range(node))
            case InIntercomSegment(name=name):
                return self._segment(name, "=")
            case Not(part=InIntercomSegment(name=name)):
                return self._segment(name, "!=")
            case Tagged(tag=tag) if tag in self.tag_ids:
                return Filter("tag_id", "=", self.tag_ids[tag])
            case Not(part=Tagged(tag=tag)) if tag in self.tag_ids:
                return Filter("tag_id", "!=", self.tag_ids[tag])
            case _:
                found = unsupported(node, UNSUPPORTED)
                if found is not None:
                    self.unsupported.append(found)
                test, holds = (node.part, False) if isinstance(node, Not) else (node, True)
                if isinstance(test, FIELD_TESTS) and (name := test.field.search) is not None:
                    return self._test(test, name, holds)
                return self._compared_fields_known(test, holds)

    def _segment(self, name: str, operator: str) -> Filter:
        """Membership in a segment, by its id. Which operators `segment_id` takes is not established; those of
        `tag_id` are assumed, which are `=` and `!=` (API 2.16 description, POST /contacts/search)."""
        return Filter("segment_id", operator, self.segment_ids.get(name, segment_id_placeholder(name)))

    def _compared_fields_known(self, test: Predicate, holds: bool) -> Formula:
        """What search can ask where it cannot compare: that the fields it takes have a value."""
        return all_of(
            [
                self._presence_filter(field, name, True)
                for field in known_fields(test, holds=holds)
                if (name := field.search) is not None
            ]
        )

    # --- tests on a field -----------------------------------------------------------------------------------

    def _test(self, node: FieldTest, name: str, holds: bool) -> Formula:
        match node:
            case IsTrue():
                return Filter(name, "=" if holds else "!=", True)
            case IsKnown(field=field):
                return self._presence_filter(field, name, holds)
            case Equals(value=value):
                return self._among(node, name, (value,), holds)
            case OneOf(values=values):
                return self._among(node, name, values, holds)
            case Matches(text=text):
                sign = _sign(node, holds=holds)
                return ANYBODY if sign is None else Filter(name, sign, text)
            case Compares():
                return self._compares(node, name)
            case OnDay(field=field, test=test) if not isinstance(test, FIELD_DAY_TESTS):
                return self._on_day(field, test, name, holds)
            case ComparesFields() | OnDay():
                return self._compared_fields_known(node, holds)
            case Between():
                raise AssertionError("a range is two comparisons")

    def _presence_filter(self, field: Field, name: str, holds: bool) -> Formula:
        if not holds:
            return Filter(name, "=", None)
        if field.type is not DataType.DATE:
            return Filter(name, "!=", None)
        # Dates have no `!=`: known is before today, or today and after.
        return any_of(self._before_or_since(name, self._start(self.today)))

    def _among(self, node: Equals | OneOf, name: str, values: tuple[Value, ...], holds: bool) -> Formula:
        sent = [number for value in values if (number := _sendable(value)) is not None]
        if len(sent) < len(values) and holds:
            return self._integers_between(name, [value for value in values if not isinstance(value, str)])
        if not sent:
            return ANYBODY
        single, many = ("=", "IN") if holds else ("!=", "NIN")
        if isinstance(node, Equals):
            return Filter(name, single, sent[0], listable=not isinstance(sent[0], bool))
        return Filter(name, many, tuple(dict.fromkeys(sent)), listable=True)

    def _integers_between(self, name: str, numbers: list[int | float]) -> Formula:
        """The whole numbers around these, in between."""
        bounds = [(">=", math.floor(min(numbers))), ("<=", math.ceil(max(numbers)))]
        return all_of([Filter(name, sign, bound) for sign, bound in bounds if abs(bound) <= _LARGEST])

    def _compares(self, node: Compares, name: str) -> Formula:
        sign, bound = node.comparison, _exact_integer(node.value)
        if bound is None:
            # The next whole number outwards lets everything pass that should, and a little more.
            bound = math.floor(node.value) if sign in (">", ">=") else math.ceil(node.value)
        return Filter(name, sign, bound) if abs(bound) <= _LARGEST else ANYBODY

    def _on_day(self, field: Field, test: PlainDayTest, name: str, holds: bool) -> Formula:
        passing = day_range(test)
        days = passing.on(self.today)
        start, end = self._bounds(days)
        if start is None and end is None:
            return self._presence_filter(field, name, holds)
        if start is not None and end is not None and start >= end:
            # No day passes, or none that the time zone has.
            return all_of(self._before_or_since(name, self._start(self.today))) if holds else ANYBODY
        if holds and start is not None and days[0] == days[1]:
            return Filter(name, "=", start)
        if holds:
            return all_of(self._range_filters(name, start, end))
        others = [days.on(self.today) for days in passing.complement()]
        outside = [
            bound
            for days in others
            if days != NEVER
            for bound in self._range_filters(name, *self._bounds(days))
        ]
        return any_of([*outside, Filter(name, "=", None)])

    def _bounds(self, days: Days) -> tuple[int | None, int | None]:
        """When the first of the days starts, and when the day after the last does."""
        first, last = days
        return (
            None if first is None else self._start(first),
            None if last is None else self._start(add_days(last, 1)),
        )

    def _range_filters(self, name: str, start: int | None, end: int | None) -> list[Filter]:
        """The filters that all hold on the days between, and on no others; search takes the day of its value."""
        since = [] if start is None else [self._since(name, start)]
        return since + ([] if end is None else [Filter(name, "<", end)])

    def _before_or_since(self, name: str, start: int) -> list[Filter]:
        return [Filter(name, "<", start), self._since(name, start)]

    def _since(self, name: str, start: int) -> Filter:
        """On the day that starts then or later, which search says as after the day before."""
        try:
            eve = datetime.fromtimestamp(start - 1, self.zone).date()
        except ValueError:  # at the beginning of the calendar
            return Filter(name, ">", start)
        return Filter(name, ">", self._start(eve))

    def _start(self, day: date) -> int:
        return day_start(day, self.zone)


def _sendable(value: Value) -> str | int | bool | None:
    """The value as search takes it; None for a number it does not take."""
    return value if isinstance(value, (str, bool)) else _exact_integer(value)


def _exact_integer(number: float) -> int | None:
    """The number where it is whole and fits 64 bits."""
    return int(number) if number == int(number) and abs(number) <= _LARGEST else None
