"""The typed rule tree: what a rule says once every name is resolved and every value has its type.

`rules.meaning` says what each node means; every compiler agrees with it. Logic is two-valued: a test on a
missing value is false, and `Not` is the exact complement. Nodes compare by what they say, never by where they
stand. `span` points into the file the rule was written in.
"""

from __future__ import annotations

from collections.abc import Container, Iterator, Mapping
from dataclasses import field
from datetime import date
from types import MappingProxyType
from typing import Literal, TypeVar, cast

from intercom_iac.lazy_dataclass import dataclass
from intercom_iac.text import Span

from .attribute import Field

Value = str | int | float | bool
TextOperator = Literal["contains", "contains word", "starts with", "ends with"]
Comparison = Literal["<", "<=", ">", ">="]
CountComparison = Literal["<", "<=", ">", ">=", "=", "!="]
Direction = Literal["ago", "from now"]
Amount = Literal["more than", "less than", "exactly", "at least", "at most"]
# Comparisons that have a test of their own; `!=` is the complement of `=`.
OrderComparison = Literal["<", "<=", "=", ">=", ">"]
DayName = Literal["yesterday", "today", "tomorrow"]
# A day of the calendar, or so many days from today: before it where negative.
DayPoint = date | int
Aggregation = Literal["sum", "average", "minimum", "maximum"]

_PLACE = field(default=None, compare=False, repr=False)

AnyComparison = TypeVar("AnyComparison", bound=str)
_COMPLEMENTS: Mapping[str, str] = MappingProxyType(
    {"<": ">=", ">=": "<", ">": "<=", "<=": ">", "=": "!=", "!=": "="}
)


def complementary(comparison: AnyComparison) -> AnyComparison:
    """The comparison that holds of two known values exactly where this one does not."""
    return cast("AnyComparison", _COMPLEMENTS[comparison])


_MIRRORED: Mapping[str, str] = MappingProxyType({"<": ">", "<=": ">=", ">": "<", ">=": "<="})


def mirrored(comparison: AnyComparison) -> AnyComparison:
    """The comparison that holds of two values in the other order: `a < b` where `b > a`."""
    return cast("AnyComparison", _MIRRORED.get(comparison, comparison))


# --- days ---------------------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class Within:
    """`within next N days`, `within last N days`: from today, both ends included."""

    direction: Literal["next", "last"]
    days: int


@dataclass(frozen=True, slots=True)
class Away:
    """`more than N days ago`, `exactly N days from now`: an amount of days and a direction from today.

    `less than` ends at today and leaves the N-th day out; `at most` ends at today and holds it.
    """

    amount: Amount
    days: int
    direction: Direction


@dataclass(frozen=True, slots=True)
class Calendar:
    """`before D`, `on D`, `after D`: against a day of the calendar. `<=` and `>=` hold D."""

    comparison: OrderComparison
    day: date


@dataclass(frozen=True, slots=True)
class NamedDay:
    """`before today`, `on yesterday`, `after tomorrow`: against a day that has a name. `<=` and `>=` hold it."""

    comparison: OrderComparison
    day: DayName


@dataclass(frozen=True, slots=True)
class DaysBetween:
    """`between 2026-01-01 and today`, `between 3 and 7 days ago`: from the one day to the other, both included.

    Two numbers stand in their order, the smaller first. Where the first day lies behind the last, no day passes.
    """

    first: DayPoint
    last: DayPoint


@dataclass(frozen=True, slots=True)
class AgainstField:
    """`before trial_end_date`, `on signed_up_at`: against the day of another date. `<=` and `>=` hold that day.

    The other date is of the same contact, company or occurrence; for the day of an occurrence, of the contact. Where
    it is not known, no day passes.
    """

    comparison: OrderComparison
    other: Field


@dataclass(frozen=True, slots=True)
class DaysFromField:
    """`within 7 days after signed_up_at`, `more than 3 days before trial_end_date`: days counted from another date.

    `within` ends at that date and holds both ends; `of` is before or after, and goes with `within` alone. The other
    amounts are those of `Away`, the other date in the place of today: `less than 3 days after e` is from e on.
    """

    amount: Literal["within"] | Amount
    days: int
    side: Literal["before", "after", "of"]
    other: Field


# Days that are known once today is, and days that depend on another date.
PlainDayTest = Within | Away | Calendar | NamedDay | DaysBetween
FieldDayTest = AgainstField | DaysFromField
FIELD_DAY_TESTS = (AgainstField, DaysFromField)
DayTest = PlainDayTest | FieldDayTest


# --- tests on one field -------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class Equals:
    """The value is known and equal; text compares case-sensitively.

    A date field takes `OnDay` instead, a boolean that is true `IsTrue`. A float field's value is a float.
    """

    field: Field
    value: Value
    span: Span | None = _PLACE


@dataclass(frozen=True, slots=True)
class OneOf:
    """The value is known and equals any of these, in the order they were written."""

    field: Field
    values: tuple[Value, ...]
    span: Span | None = _PLACE


@dataclass(frozen=True, slots=True)
class Matches:
    """The text is known and contains, starts with or ends with this; case-insensitive.

    `contains word`: it stands in the text with neither a letter nor a digit before or behind it.
    """

    field: Field
    operator: TextOperator
    text: str
    span: Span | None = _PLACE


@dataclass(frozen=True, slots=True)
class Compares:
    """The number is known and stands so to this one."""

    field: Field
    comparison: Comparison
    value: int | float
    span: Span | None = _PLACE


@dataclass(frozen=True, slots=True)
class Between:
    """The number is known and lies between these, both included. Where the first is the larger, no number does."""

    field: Field
    first: int | float
    last: int | float
    span: Span | None = _PLACE


@dataclass(frozen=True, slots=True)
class ComparesFields:
    """Both numbers are known and stand so to each other; they are fields of the same owner.

    Dates are compared by their days, in `OnDay`.
    """

    field: Field
    comparison: OrderComparison
    other: Field
    span: Span | None = _PLACE


@dataclass(frozen=True, slots=True)
class IsTrue:
    """The boolean is known and true."""

    field: Field
    span: Span | None = _PLACE


@dataclass(frozen=True, slots=True)
class IsKnown:
    """The field has any value. `is unknown` is its complement."""

    field: Field
    span: Span | None = _PLACE


@dataclass(frozen=True, slots=True)
class OnDay:
    """The date is known, and its calendar day in the workspace's time zone passes the test."""

    field: Field
    test: DayTest
    span: Span | None = _PLACE


# --- tests on what belongs to a contact ---------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class SomeCompany:
    """Some single company of the contact satisfies the whole rule, whose fields are all company fields.

    `company.f = v` is `SomeCompany(Equals(f, v))`; `company.f != v` is its complement: no company has f = v.
    """

    rule: Predicate
    span: Span | None = _PLACE


@dataclass(frozen=True, slots=True)
class Occurrences:
    """Occurrences of an event, counted: by default, at least one, at any time.

    `where` is a rule over the event's metadata fields; `window` a test on the day of each occurrence. A count
    is never missing: `count < 2` holds for a contact who never did it.
    """

    event: str
    where: Predicate | None = None
    comparison: CountComparison = ">="
    count: int = 1
    window: DayTest | None = None
    span: Span | None = _PLACE


@dataclass(frozen=True, slots=True)
class OccurrenceDay:
    """The day of the first or last occurrence (among those that satisfy `where`) passes the test."""

    event: str
    which: Literal["first", "last"]
    test: DayTest
    where: Predicate | None = None
    span: Span | None = _PLACE


@dataclass(frozen=True, slots=True)
class Aggregate:
    """The sum, average, minimum or maximum of a number in the metadata stands so to this one.

    It is taken over the occurrences that satisfy `where`, lie in `window` and have the number. The sum of none is 0;
    the others of none make the test false.
    """

    event: str
    function: Aggregation
    key: Field
    comparison: OrderComparison
    value: int | float
    where: Predicate | None = None
    window: DayTest | None = None
    span: Span | None = _PLACE


@dataclass(frozen=True, slots=True)
class ActiveDays:
    """So many different calendar days have an occurrence that satisfies `where` and lies in `window`.

    Like a count it is never missing: 0 for a contact who never did it.
    """

    event: str
    comparison: CountComparison
    days: int
    where: Predicate | None = None
    window: DayTest | None = None
    span: Span | None = _PLACE


@dataclass(frozen=True, slots=True)
class EventSequence:
    """Some occurrence of `then` comes at the moment of some occurrence of `event` or later, and at most so many
    calendar days later; whenever later where `days` is None.

    Each may have to satisfy a rule over its metadata. Where both are the same event, an occurrence follows itself.
    """

    event: str
    then: str
    days: int | None = None
    where: Predicate | None = None
    then_where: Predicate | None = None
    span: Span | None = _PLACE


@dataclass(frozen=True, slots=True)
class Tagged:
    """The contact carries the tag of this name; inside `SomeCompany`, the company does."""

    tag: str
    span: Span | None = _PLACE


@dataclass(frozen=True, slots=True)
class InSegment:
    """The contact satisfies another segment of the specs; `rule` is that segment's."""

    segment: str
    # Left out of the hash, which would go down a chain of references to its end each time.
    rule: Predicate = field(hash=False)
    span: Span | None = _PLACE

    def __eq__(self, other: object) -> bool:
        return SameRules().are_same(self, other) if isinstance(other, InSegment) else NotImplemented


@dataclass(frozen=True, slots=True)
class InIntercomSegment:
    """The contact is in the segment that stands in Intercom under this name, where a person built it.

    Intercom tells the rule of none, so that nothing but Intercom can decide it. It is the rule of a segment of the
    specs that is `built_in_intercom`; `segment` is its key.
    """

    segment: str
    name: str
    span: Span | None = _PLACE


# --- logic --------------------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class And:
    """All parts hold. Two parts or more; a part is never itself an `And`."""

    parts: tuple[Predicate, ...]
    span: Span | None = _PLACE


@dataclass(frozen=True, slots=True)
class Or:
    """Some part holds. Two parts or more; a part is never itself an `Or`."""

    parts: tuple[Predicate, ...]
    span: Span | None = _PLACE


@dataclass(frozen=True, slots=True)
class Not:
    """The part does not hold. The part is never itself a `Not`."""

    part: Predicate
    span: Span | None = _PLACE


FieldTest = Equals | OneOf | Matches | Compares | Between | ComparesFields | IsTrue | IsKnown | OnDay
# The same for `isinstance`, which takes three times as long to ask a union.
FIELD_TESTS = (Equals, OneOf, Matches, Compares, Between, ComparesFields, IsTrue, IsKnown, OnDay)
EventTest = Occurrences | OccurrenceDay | Aggregate | ActiveDays | EventSequence
EVENT_TESTS = (Occurrences, OccurrenceDay, Aggregate, ActiveDays, EventSequence)
Leaf = FieldTest | EventTest | Tagged | InSegment | InIntercomSegment
# Most nodes of most rules: asked first, they need not be held against each form that has parts.
_WITHOUT_PARTS = frozenset[type]({*FIELD_TESTS, Tagged, InIntercomSegment})
Predicate = Leaf | SomeCompany | And | Or | Not


def negation(rule: Predicate) -> Predicate:
    """That a rule does not hold; of a `Not`, its part."""
    return rule.part if isinstance(rule, Not) else Not(rule, rule.span)


def children(node: Predicate) -> tuple[Predicate, ...]:
    """The rules a node is made of. A referenced segment's rule counts: what it needs, the reference needs."""
    if type(node) in _WITHOUT_PARTS:
        return ()
    match node:
        case And(parts=parts) | Or(parts=parts):
            return parts
        case Not(part=part):
            return (part,)
        case SomeCompany(rule=rule) | InSegment(rule=rule):
            return (rule,)
        case EventSequence(where=where, then_where=then_where):
            return tuple(rule for rule in (where, then_where) if rule is not None)
        case (
            Occurrences(where=where)
            | OccurrenceDay(where=where)
            | Aggregate(where=where)
            | ActiveDays(where=where)
        ):
            return () if where is None else (where,)
        case _:
            return ()


def walk(node: Predicate) -> Iterator[Predicate]:
    """The node and everything below it, depth first, in the order it was written."""
    waiting = [node]
    while waiting:
        node = waiting.pop()
        yield node
        waiting += reversed(children(node))


class Extents:
    """Levels and nodes of rules, those of the segments they refer to included; what two refer to is measured once."""

    def __init__(self) -> None:
        self._known: dict[int, tuple[Predicate, int, int]] = {}

    def measure(self, rule: Predicate) -> tuple[int, int]:
        """The levels of a rule and its nodes."""
        for asked in in_order_of_references(rule, self._known):
            if asked is rule:
                return self._measure_node(rule)
            # Kept with the rule: while it is there, no other has its identity.
            self._known[id(asked)] = (asked, *self._measure_node(asked))
        _, levels, nodes = self._known[id(rule)]
        return levels, nodes

    def __len__(self) -> int:
        """How many rules are kept, each of which others refer to."""
        return len(self._known)

    def _measure_node(self, node: Predicate) -> tuple[int, int]:
        if isinstance(node, InSegment):
            _, levels, nodes = self._known[id(node.rule)]
            return levels + 1, nodes + 1
        below = [self._measure_node(child) for child in children(node)]
        return max((levels for levels, _ in below), default=0) + 1, sum(nodes for _, nodes in below) + 1


# A form of a rule in which the rules that it refers to stand themselves is as deep as they are.
MAX_OPEN_LEVELS = 150
_MOST_EXTENTS = 10_000
_extents = [Extents()]


def levels_of(rule: Predicate) -> int:
    """The levels of a rule, those of the segments it refers to included; what many refer to is measured once."""
    if len(_extents[0]) > _MOST_EXTENTS:
        _extents[0] = Extents()
    levels, _ = _extents[0].measure(rule)
    return levels


def may_open(rule: Predicate) -> bool:
    """Whether the rules of the segments that a rule refers to can stand in it: they are not too deep for that."""
    return levels_of(rule) <= MAX_OPEN_LEVELS


def own_nodes(rule: Predicate) -> Iterator[Predicate]:
    """The rule and everything below it, in the order it was written, but for the rules of segments it refers to."""
    waiting = [rule]
    while waiting:
        node = waiting.pop()
        yield node
        if not isinstance(node, InSegment):
            waiting += reversed(children(node))


def referenced_rules(rule: Predicate) -> list[Predicate]:
    """The rules of the segments that a rule refers to itself."""
    return [node.rule for node in own_nodes(rule) if isinstance(node, InSegment)]


def in_order_of_references(rule: Predicate, known: Container[int] = ()) -> Iterator[Predicate]:
    """The rules of the segments that a rule refers to, itself or through others, and the rule, once each: behind
    those that it refers to.

    So a rule is worked out when what it refers to has been, and nothing goes down a chain of references by calling
    itself, however long that is. Rules whose identities are `known` are left out, with all that they refer to.
    """
    given = set[int]()
    waiting = [rule]
    while waiting:
        asked = waiting[-1]
        if id(asked) in given or id(asked) in known:
            waiting.pop()
            continue
        unknown = [
            part for part in referenced_rules(asked) if id(part) not in given and id(part) not in known
        ]
        if unknown:
            waiting += reversed(unknown)
        else:
            given.add(id(asked))
            yield waiting.pop()


class SameRules:
    """Whether rules are equal, those that they refer to included; what two refer to is compared once."""

    def __init__(self) -> None:
        # By their identities; with the rules: while they are there, no others have these.
        self._known: dict[tuple[int, int], tuple[Predicate, Predicate, bool]] = {}

    def are_same(self, first: Predicate, second: Predicate) -> bool:
        """Step by step: a chain of references may be longer than what Python recurses over."""
        # Each pair of rules that is referred to, with the pair of those that refer to it.
        above: dict[tuple[int, int], tuple[Predicate, Predicate, tuple[int, int] | None]] = {}
        waiting: list[tuple[Predicate, Predicate, tuple[int, int] | None]] = [(first, second, None)]
        while waiting:
            one, other, referring = waiting.pop()
            _, _, known = self._known.get((id(one), id(other)), (one, other, None))
            if one is other or known is True:
                continue
            match one, other:
                case _ if known is False:
                    are_apart = True
                case InSegment(), InSegment():
                    are_apart = one.segment != other.segment
                    pair = (id(one.rule), id(other.rule))
                    if pair not in above:
                        above[pair] = one.rule, other.rule, referring
                        waiting.append((one.rule, other.rule, pair))
                case (And(), And()) | (Or(), Or()):
                    are_apart = len(one.parts) != len(other.parts)
                    waiting += ((*parts, referring) for parts in zip(one.parts, other.parts, strict=False))
                case Not(), Not():
                    are_apart = False
                    waiting.append((one.part, other.part, referring))
                case _:
                    are_apart = one != other
            if are_apart:
                self._tell_apart(referring, above)
                return False
        self._known |= {pair: (one, other, True) for pair, (one, other, _) in above.items()}
        return True

    def _tell_apart(
        self,
        pair: tuple[int, int] | None,
        above: Mapping[tuple[int, int], tuple[Predicate, Predicate, tuple[int, int] | None]],
    ) -> None:
        """Keeps that a pair of rules is not equal, nor those that refer to it."""
        while pair is not None:
            one, other, referring = above[pair]
            self._known[pair] = one, other, False
            pair = referring


def day_test_of(node: Predicate) -> DayTest | None:
    """The test of days that a node makes itself, of a date or of occurrences; None where it makes none."""
    match node:
        case OnDay(test=test) | OccurrenceDay(test=test):
            return test
        case Occurrences(window=window) | Aggregate(window=window) | ActiveDays(window=window):
            return window
        case _:
            return None


def own_fields(node: Predicate) -> tuple[Field, ...]:
    """The fields that a node reads itself, those of the rules it is made of left out; metadata keys count."""
    fields: list[Field] = []
    if isinstance(node, FIELD_TESTS):
        fields.append(node.field)
    if isinstance(node, ComparesFields):
        fields.append(node.other)
    if isinstance(node, Aggregate):
        fields.append(node.key)
    if isinstance(test := day_test_of(node), FIELD_DAY_TESTS):
        fields.append(test.other)
    return tuple(fields)


def fields_of(node: Predicate) -> tuple[Field, ...]:
    """Every attribute the rule reads, once each, in the order of first use; metadata keys do not count."""
    read = (field for part in walk(node) for field in own_fields(part))
    attributes = {(field.owner, field.name): field for field in read if field.owner != "event"}
    return tuple(attributes.values())


def own_events(node: Predicate) -> tuple[str, ...]:
    """The names of the events that a node asks for itself."""
    if isinstance(node, EventSequence):
        return node.event, node.then
    return (node.event,) if isinstance(node, EVENT_TESTS) else ()


def events_of(node: Predicate) -> tuple[str, ...]:
    """The names of the events the rule reads, once each, in the order of first use."""
    return tuple(dict.fromkeys(event for part in walk(node) for event in own_events(part)))


def segments_of(node: Predicate) -> tuple[str, ...]:
    """The keys of the segments the rule refers to, directly or through others, in the order of first use."""
    return tuple(dict.fromkeys(part.segment for part in walk(node) if isinstance(part, InSegment)))


def intercom_segments_of(node: Predicate) -> tuple[InIntercomSegment, ...]:
    """The segments whose rules are Intercom's that the rule asks for, once each, in the order of first use."""
    return tuple(dict.fromkeys(part for part in walk(node) if isinstance(part, InIntercomSegment)))


def reads_days(node: Predicate) -> bool:
    """Whether it depends on the day and the time zone whom the rule selects."""
    return any(
        day_test_of(part) is not None
        or isinstance(part, ActiveDays)
        or (isinstance(part, EventSequence) and part.days is not None)
        for part in walk(node)
    )


def reads_tags(node: Predicate) -> bool:
    """Whether the rule asks for a tag, of the contact or of a company."""
    return any(isinstance(part, Tagged) for part in walk(node))


def requires(node: Predicate) -> tuple[Literal["companies", "events"], ...]:
    """What the rule reads besides the contact itself."""
    nodes = tuple(walk(node))
    found: list[Literal["companies", "events"]] = []
    if any(isinstance(part, SomeCompany) for part in nodes):
        found.append("companies")
    if any(isinstance(part, EVENT_TESTS) for part in nodes):
        found.append("events")
    return tuple(found)
