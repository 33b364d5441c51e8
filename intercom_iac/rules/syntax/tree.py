"""The untyped tree: what a rule's text says before any name is looked up. Nodes compare by what they say."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Literal

from intercom_iac.text import Excerpt, Span

_PLACE = field(default=None, compare=False, repr=False)


@dataclass(frozen=True, slots=True)
class Constant:
    """A value as written: `text` is a quoted text's content, a number's digits, a day, or a bare word."""

    kind: Literal["word", "text", "number", "day"]
    text: str
    span: Span | None = _PLACE


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
    """`= trial`, `!= 5`, `more than 14 days ago`. `is` reads as `=`; words such as `more than` stay words."""

    operator: str
    operand: Operand
    span: Span | None = _PLACE


@dataclass(frozen=True, slots=True)
class Matching:
    """`contains x`, `not starts with x`."""

    operator: Literal["contains", "starts with", "ends with"]
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
class Presence:
    """`has any value`, or `is unknown` where not `known`."""

    known: bool
    span: Span | None = _PLACE


Clause = Comparison | Matching | Membership | Window | Presence


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
    """`count >= 3`"""

    operator: str
    number: str
    span: Span | None = _PLACE


@dataclass(frozen=True, slots=True)
class EventRule:
    """`event e where k = v count >= 3 within last 30 days`, `event e first before 2026-01-31`.

    `which` None: occurrences are counted, and `clause` is the window; else it is said of that occurrence's day.
    `enclosed` says that what is behind `where` stands in parentheses.
    """

    event: Name
    where: Node | None = None
    count: Count | None = None
    which: Literal["first", "last"] | None = None
    clause: Clause | None = None
    enclosed: bool = field(default=False, compare=False)
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
    Test | CompanyRule | HasTag | SegmentReference | EventRule | Conjunction | Disjunction | Negation | Broken
)


@dataclass(frozen=True, slots=True)
class Syntax:
    """A rule that was read. `comments`: where in the text they start and end; the tree does not hold them."""

    root: Node
    source: Excerpt = field(compare=False, repr=False)
    comments: tuple[tuple[int, int], ...] = ()


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
