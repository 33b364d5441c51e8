"""What to count of segments that are published as a tag or an attribute: who has it now, and who is to have it."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from datetime import date, tzinfo
from typing import Any

from intercom_iac.lazy_dataclass import dataclass
from intercom_iac.model import NOT_REGISTRAR, DataType, Predicate, Schema, Segment, Snapshot, fields_of
from intercom_iac.model.predicate import And, Tagged

from .measuring import literal
from .plan import Question


@dataclass(frozen=True, slots=True)
class _Search:
    query: Mapping[str, Any]
    exact: bool


class Members:
    """Searches of members in a workspace as it was read, on a day in its time zone."""

    def __init__(self, snapshot: Snapshot, *, today: date, zone: tzinfo) -> None:
        self._snapshot = snapshot
        self._today, self._zone = today, zone
        self._segment_ids = {segment.name: segment.id for segment in snapshot.segments}
        self._live = {
            (attribute.model, attribute.name) for attribute in snapshot.attributes if not attribute.archived
        }

    def search(self, rule: Predicate) -> _Search | None:
        """The contacts that a rule selects; None where the workspace does not have yet what it reads."""
        fields = [field for field in fields_of(rule) if field.owner == "contact" and field.custom]
        if any(("contact", field.name) not in self._live for field in fields):
            return None
        found = self._compile(rule)
        if self._snapshot.has_registrar and found is not None:
            # It is nobody's member, and may be what the rule selects.
            parts = rule.parts if isinstance(rule, And) else (rule,)
            without = self._compile(And((*parts, NOT_REGISTRAR)))
            return without if without is not None and without.exact == found.exact else found
        return found

    def _compile(self, rule: Predicate) -> _Search | None:
        from intercom_iac.compilers import to_search

        found = to_search(
            rule,
            today=self._today,
            zone=self._zone,
            segment_ids=self._segment_ids,
            tag_ids=self._snapshot.tags,
        )
        return None if "segment_ids" in found.requires else _Search(found.query, found.exact)


def publication_questions(schema: Schema, snapshot: Snapshot, members: Members) -> Iterator[Question]:
    """For each published tag and attribute how many have it now, and how many are in the segment."""
    for segment in schema.segments.values():
        if not segment.keeps_members:
            continue
        found = None if segment.source is not None else members.search(segment.typed_rule)
        for what, carriers in _carriers(segment, snapshot, members):
            yield from _question(segment, what, carriers, found)


def _carriers(
    segment: Segment, snapshot: Snapshot, members: Members
) -> Iterator[tuple[str, Mapping[str, Any] | None]]:
    """What it is published as, and the search of those who have it; None where it is not there yet."""
    if "tag" in segment.publish:
        live = next((name for name in snapshot.tags if name.casefold() == segment.name.casefold()), None)
        found = None if live is None else members.search(Tagged(live))
        yield f"the tag `{literal(live or segment.name)}` is on", found and found.query
    if "attribute" in segment.publish:
        declared_type = next(
            (
                attribute.type
                for attribute in snapshot.attributes
                if (attribute.model, attribute.name, attribute.archived) == ("contact", segment.key, False)
            ),
            None,
        )
        query = None
        if declared_type is DataType.BOOLEAN:
            query = {"field": f"custom_attributes.{segment.key}", "operator": "=", "value": True}
        yield f"the attribute `{literal(segment.key)}` is true for", query


def _question(
    segment: Segment, what: str, carriers: Mapping[str, Any] | None, members: _Search | None
) -> Iterator[Question]:
    address = segment.address
    about = "" if members is None or members.exact else "at most "
    source = segment.source
    after = "" if source is None else f"; its members are the rows of `{literal(source)}`"
    preposition = what.rpartition(" ")[2]
    published = f"{preposition} {about}{{}} after `segment publish`"
    if carriers is None:
        if members is not None:
            text = f"{what} nobody yet, {published.format('{count}')}"
            yield Question(address=address, text=text, query=members.query, of_members=True)
    elif members is None:
        yield Question(address=address, text=f"{what} {{count}} now{after}", query=carriers, of_members=True)
    else:
        text = f"{what} {{count}} now, {published.format('{of}')}"
        yield Question(address=address, text=text, query=carriers, of=members.query, of_members=True)
