"""The untyped tree: what a rule's text says before any name is looked up. Nodes compare by what they say."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import field, replace
from typing import Literal

from intercom_iac.lazy_dataclass import dataclass
from intercom_iac.model.predicate import Aggregation, TextOperator
from intercom_iac.text import Excerpt, Span

_PLACE = field(default=None, compare=False, repr=False)
# Operators and what they are the complement of, which those without a value pass.
_NEGATED = {
    "!=": "=",
    "not more than": "more than",
    "not less than": "less than",
    "not earlier than": "before",
    "not later than": "after",
}


@dataclass(frozen=True, slots=True)
class Constant:
    """A value as written: `text` is a quoted text's content, a number's digits, a day, or a bare word.

    A bare word may be a text, the name of a day or of another field, as the type of its field has it, and `company.`
    may be the beginning of it; a "name" stood in backticks and is that of a field, `company` where `company.` stood
    before it.
    """

    kind: Literal["word", "text", "number", "day", "name"]
    text: str
    span: Span | None = _PLACE
    company: bool = False


@dataclass(frozen=True, slots=True)
class Moment:
    """`14 days ago`, `2 weeks from now`."""

    number: str
    unit: Literal["day", "week"]
    hence: Literal["ago", "from now"]
    span: Span | None = _PLACE


Operand = Constant | Moment


# --- what is said of a field, or of the day of an event -----------------------------------------------------


@dataclass(frozen=True, slots=True)
class Comparison:
    """`= trial`, `!= 5`, `more than 14 days ago`. `is` reads as `=`; words such as `more than` stay words.

    `without_not` has the operators that negate another.
    """

    operator: str
    operand: Operand
    span: Span | None = _PLACE


@dataclass(frozen=True, slots=True)
class Matching:
    """`contains x`, `not starts with x`."""

    operator: TextOperator
    negated: bool
    operand: Operand
    span: Span | None = _PLACE


@dataclass(frozen=True, slots=True)
class Membership:
    """`in (a, b)`, `not in (a, b)`."""

    negated: bool
    values: tuple[Constant, ...]
    span: Span | None = _PLACE


@dataclass(frozen=True, slots=True)
class Window:
    """`within next 3 days`; a direction that was left open is None and means next."""

    direction: Literal["next", "last"] | None
    number: str
    unit: Literal["day", "week"]
    span: Span | None = _PLACE


@dataclass(frozen=True, slots=True)
class Range:
    """`between 3 and 7`, `not between 2026-01-01 and today`, `between 3 and 7 days ago`.

    Where only `last` is a moment, the unit and the direction are those of `first` too, which is a number then.
    """

    negated: bool
    first: Operand
    last: Operand
    span: Span | None = _PLACE


@dataclass(frozen=True, slots=True)
class Apart:
    """`within 7 days after signed_up_at`, `more than 3 days before trial_end_date`.

    `amount` is `within`, or an operator as in `Comparison`.
    """

    amount: str
    number: str
    unit: Literal["day", "week"]
    side: Literal["before", "after", "of"]
    other: Name
    span: Span | None = _PLACE


@dataclass(frozen=True, slots=True)
class Presence:
    """`has any value`, or `is unknown` where not `known`.

    `word` is the bare word that was written in the place of these, as in `is none` and `is not set`: an attribute may
    have an option of that name, which is meant then. `negated`: `not` stood before that word.
    """

    known: bool
    word: str | None = field(default=None, compare=False)
    negated: bool = field(default=False, compare=False)
    span: Span | None = _PLACE


Clause = Comparison | Matching | Membership | Window | Range | Apart | Presence


# --- nodes --------------------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class Name:
    """The name of an event, a tag or a segment, or of a field; `company` where `company.` stood before it."""

    text: str
    company: bool = False
    span: Span | None = _PLACE


@dataclass(frozen=True, slots=True)
class Test:
    """A field and what is said of it; nothing said: that it is true."""

    field: Name
    clause: Clause | None
    span: Span | None = _PLACE


@dataclass(frozen=True, slots=True)
class CompanyRule:
    """`company( rule )`"""

    rule: Node
    span: Span | None = _PLACE


@dataclass(frozen=True, slots=True)
class HasTag:
    """`tag vip`, `company tag vip`"""

    tag: Name
    span: Span | None = _PLACE


@dataclass(frozen=True, slots=True)
class SegmentReference:
    """`segment key`"""

    key: Name
    span: Span | None = _PLACE


@dataclass(frozen=True, slots=True)
class Count:
    """`count >= 3`; `count between 3 and 5` has the operator `between`, and `last`."""

    operator: str
    number: str
    last: str | None = None
    span: Span | None = _PLACE


@dataclass(frozen=True, slots=True)
class Total:
    """`sum of seats >= 10`, `average of total between 1 and 5`: a number of the occurrences taken together."""

    function: Aggregation
    key: Name
    operator: str
    number: str
    last: str | None = None
    span: Span | None = _PLACE


@dataclass(frozen=True, slots=True)
class DayCount:
    """`on at least 3 days`: on how many different days it happened."""

    operator: str
    number: str
    span: Span | None = _PLACE


@dataclass(frozen=True, slots=True)
class EventRule:
    """`event e where k = v count >= 3 within last 30 days`, `event e first before 2026-01-31`.

    `which` None: occurrences are counted, or their metadata or days taken together, and `clause` is the window; else
    it is said of that occurrence's day. `enclosed` says that what is behind `where` stands in parentheses.
    """

    event: Name
    where: Node | None = None
    count: Count | Total | DayCount | None = None
    which: Literal["first", "last"] | None = None
    clause: Clause | None = None
    enclosed: bool = field(default=False, compare=False)
    span: Span | None = _PLACE


@dataclass(frozen=True, slots=True)
class EventStep:
    """An event of a sequence, and what its metadata have to satisfy."""

    event: Name
    where: Node | None = None
    enclosed: bool = field(default=False, compare=False)
    span: Span | None = _PLACE


@dataclass(frozen=True, slots=True)
class EventSequence:
    """`event a where k = v then event b within 7 days`; without `number`, whenever later."""

    first: EventStep
    then: EventStep
    number: str | None = None
    unit: Literal["day", "week"] = "day"
    span: Span | None = _PLACE


@dataclass(frozen=True, slots=True)
class Conjunction:
    parts: tuple[Node, ...]
    span: Span | None = _PLACE


@dataclass(frozen=True, slots=True)
class Disjunction:
    parts: tuple[Node, ...]
    span: Span | None = _PLACE


@dataclass(frozen=True, slots=True)
class Negation:
    part: Node
    span: Span | None = _PLACE


@dataclass(frozen=True, slots=True)
class Broken:
    """A clause that did not read; a diagnostic says why."""

    span: Span | None = _PLACE


Node = (
    Test
    | CompanyRule
    | HasTag
    | SegmentReference
    | EventRule
    | EventSequence
    | Conjunction
    | Disjunction
    | Negation
    | Broken
)


@dataclass(frozen=True, slots=True)
class Syntax:
    """A rule that was read. `comments`: where in the text they start and end; the tree does not hold them."""

    root: Node
    source: Excerpt = field(compare=False, repr=False)
    comments: tuple[tuple[int, int], ...] = ()


def without_not(operator: str) -> tuple[str, bool]:
    """An operator without its negation, and whether it had one: `not more than` negates `more than`."""
    return (_NEGATED[operator], True) if operator in _NEGATED else (operator, False)


def clause_behind_not(clause: Clause) -> Clause | None:
    """What a clause with a word behind `not`, such as `not more than 3`, is the negation of; None for any other."""
    match clause:
        case Comparison(operator=operator) if operator != "!=" and operator in _NEGATED:
            return replace(clause, operator=_NEGATED[operator])
        case Apart(amount=amount) if amount != "!=" and amount in _NEGATED:
            return replace(clause, amount=_NEGATED[amount])
        case _:
            return None


def is_whole(node: Node | None) -> bool:
    """Whether all of it was read, so that it has a canonical text."""
    match node:
        case Broken():
            return False
        case Conjunction(parts=parts) | Disjunction(parts=parts):
            return all(map(is_whole, parts))
        case Negation(part=part) | CompanyRule(rule=part) | EventRule(where=part):
            return is_whole(part)
        case EventSequence(first=first, then=then):
            return is_whole(first.where) and is_whole(then.where)
        case _:
            return True


def references(node: Node) -> Iterator[Name]:
    """The segments a rule names itself, in the order they were written."""
    match node:
        case SegmentReference(key=key):
            yield key
        case Conjunction(parts=parts) | Disjunction(parts=parts):
            for part in parts:
                yield from references(part)
        case Negation(part=part) | CompanyRule(rule=part):
            yield from references(part)
        case _:
            return
