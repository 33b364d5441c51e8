"""Typed rule -> the clicks that build the same filters on Intercom's screen.

`vocabulary` holds what the screen can say and where that is known from. What it lacks is said plainly, with the way
out.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from intercom_iac.model import Predicate
from intercom_iac.text import json_text, printable

from .filters import Filter, Form, Group, Lacking, Match, leaves
from .form import screen_form
from .groups import in_two_levels
from .vocabulary import PERSON_TAG, SUBJECTS

_INDENT = "  "
_BETWEEN = " · "
_UNCERTAIN = " (not certain: "

# Of these kinds the subject is a word of the screen alone, and no attribute of a person.
_NO_ATTRIBUTES = ("tag", "company tag", "segment")

_TOP: Mapping[Match, str] = {
    "all": "match all of these filters, with And between them:",
    "any": "match any of these filters, with Or between them:",
}
_GROUP: Mapping[Match, str] = {
    "all": "add a group that matches all of its filters, with And between them:",
    "any": "add a group that matches any of its filters, with Or between them:",
}


def to_screen_steps(
    predicate: Predicate, segments: Mapping[str, str] | None = None, *, name: str | None = None
) -> tuple[str, ...]:
    """One line a filter, `add filter: plan_type · is · trial`; two spaces deeper for each group that it stands in.

    What is not certain of a filter stands behind it. A clause that the screen cannot express is a line that says so,
    and then the last line is the way out. `segments`: the names of the segments that stand in Intercom as segments,
    by their keys; `name`: that of the segment itself.
    """
    form = in_two_levels(screen_form(predicate, segments))
    steps = tuple(_lines(form, _TOP, ""))
    lacking = any(isinstance(leaf, Lacking) for leaf in leaves(form))
    return (*steps, way_out(name)) if lacking else steps


def way_out(name: str | None = None) -> str:
    """What to do where the screen lacks a clause of the segment with the name."""
    tag = "the name of the segment" if name is None else _quoted(name)
    return (
        "instead of these filters, for the whole rule: write `publish: [tag]` at the segment in the specs, tag its "
        f"people, and add filter: {PERSON_TAG}{_BETWEEN}is{_BETWEEN}{tag}"
    )


def _lines(form: Form, heading: Mapping[Match, str], indent: str) -> Iterator[str]:
    match form:
        case Group(match=match, parts=parts):
            yield f"{indent}{heading[match]}"
            for part in parts:
                yield from _lines(part, _GROUP, indent + _INDENT)
        case Filter():
            yield f"{indent}add filter: {filter_text(form)}"
        case Lacking(clause=clause, reason=reason):
            yield f"{indent}the screen cannot express `{printable(clause)}` ({reason})"


def filter_text(filter_: Filter) -> str:
    """`Signed up · less than · 8 days ago`, and what is not certain of it."""
    first, *rest = filter_.subject
    is_attribute = filter_.kind not in _NO_ATTRIBUTES and not rest
    parts = (
        f'"{first}"' if is_attribute and first in SUBJECTS else _quoted(first),
        *map(_quoted, rest),
        filter_.operator,
        *(() if filter_.value is None else (_quoted(filter_.value),)),
    )
    doubts = filter_.uncertainties()
    return _BETWEEN.join(parts) + (f"{_UNCERTAIN}{'; '.join(doubts)})" if doubts else "")


def _quoted(text: str) -> str:
    """The text, in quotes where it would not be read as it is: empty, with spaces around it, on several lines."""
    plain = (
        text.isprintable()
        and text == text.strip()
        and text != ""
        and not text.startswith('"')
        and _BETWEEN.strip() not in text
        and _UNCERTAIN.strip() not in text
    )
    return text if plain else json_text(text)
