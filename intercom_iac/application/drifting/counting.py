"""How many people the rules of hand-built segments find, a search each."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import replace
from datetime import date, tzinfo
from http import HTTPStatus
from typing import TYPE_CHECKING, Any

from intercom_iac.diagnostics import Conflict, NotFound, Unauthorized, UnexpectedResponse
from intercom_iac.drift import Counts
from intercom_iac.lazy_dataclass import dataclass
from intercom_iac.model import STANDARD, UnreadList
from intercom_iac.model.predicate import And, Equals

if TYPE_CHECKING:
    from intercom_iac.drift import SegmentPair
    from intercom_iac.model import Predicate

MOST_COUNTED = 20
"""How many segments are counted at most: one call each, or two of a segment of users alone."""

CountContacts = Callable[[Mapping[str, Any]], int]


@dataclass(frozen=True, slots=True)
class Counted:
    """The counts by address, and what the token may not read."""

    counts: Mapping[str, Counts]
    unread: tuple[UnreadList, ...] = ()


def count_segments(
    pairs: Iterable[SegmentPair], count: CountContacts, *, today: date, zone: tzinfo, has_registrar: bool
) -> Counted:
    """The counts of the segments that a person builds by a rule of the specs, the first `MOST_COUNTED` of them.

    A search that Intercom refuses, as one for an attribute that is gone, counts nothing. Raises what `count` does for
    other reasons.
    """
    found: dict[str, Counts] = {}
    counted = [
        pair for pair in pairs if pair.segment.status != "archived" and not pair.segment.built_in_intercom
    ]
    for pair in counted[:MOST_COUNTED]:
        rule = pair.segment.typed_rule
        try:
            counts = _count(rule, None if pair.live is None else pair.live.count, count, today, zone)
            if counts.contradict and pair.live is not None and pair.live.person_type == "user":
                # Of users alone, whether or not the rule says so.
                of_users = _count(And((rule, _IS_USER)), pair.live.count, count, today, zone)
                counts = replace(of_users, exact=counts.exact)
            if has_registrar and counts.exact and counts.segment == counts.search - 1:
                # The search finds the registrar contact, which may never have been seen, so that no segment has it.
                counts = replace(counts, search=counts.search - 1)
        except (Conflict, NotFound, UnexpectedResponse):
            continue
        except Unauthorized as error:
            if error.status != HTTPStatus.FORBIDDEN:
                raise
            return Counted(found, (UnreadList("contacts", "POST /contacts/search", error.message),))
        found[pair.segment.address] = counts
    return Counted(found)


_IS_USER = Equals(STANDARD["contact", "role"].field(), "user")


def _count(rule: Predicate, people: int | None, count: CountContacts, today: date, zone: tzinfo) -> Counts:
    from intercom_iac.compilers import to_search

    search = to_search(rule, today=today, zone=zone)
    return Counts(people, count(search.query), search.exact)
