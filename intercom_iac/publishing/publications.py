"""What the specs publish, each with what it is in the workspace: a tag by its id, an attribute that is there."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from typing import Any

from intercom_iac.diagnostics import Diagnostic
from intercom_iac.diagnostics.codes import published as codes
from intercom_iac.lazy_dataclass import dataclass
from intercom_iac.model import DataType, Predicate, Schema, Segment, Snapshot, fields_of, intercom_segments_of
from intercom_iac.model.predicate import And, IsTrue, Tagged

from .membership import PublishedAs


@dataclass(frozen=True, slots=True, kw_only=True)
class Publication:
    """A segment in one form. `target` is the name of the tag or the attribute as the workspace has it, `tag_id` the
    id of the tag."""

    segment: Segment
    published_as: PublishedAs
    target: str
    carried: Predicate
    tag_id: str | None = None

    @property
    def key(self) -> str:
        return self.segment.key

    @property
    def carriers(self) -> str:
        """The kind of record that has it."""
        return "companies" if self.published_as == "company tag" else "contacts"

    def body(self, member: bool) -> Mapping[str, Any]:
        """What is sent for somebody who is a member now, or no longer."""
        if self.published_as == "company tag":
            return {"name": self.target}
        if self.tag_id is not None:
            return {"id": self.tag_id}
        return {"custom_attributes": {self.target: member}}

    def value_before(self, member: bool) -> Mapping[str, Any]:
        """What they had: of an attribute that was not true it does not matter which."""
        return {} if self.tag_id is not None or member else {"custom_attributes": {self.target: True}}


def find_publications(
    schema: Schema, snapshot: Snapshot, segments: Iterable[Segment]
) -> tuple[list[Publication], list[Diagnostic]]:
    """The publications of the segments, and what stands in the way of one: no tag or attribute yet, or a rule that
    only Intercom can decide."""
    found: list[Publication] = []
    problems: list[Diagnostic] = []
    for segment in segments:
        problems += (*_undecided(segment), *_unreadable(segment, snapshot))
        forms: tuple[PublishedAs, ...] = ("tag", "attribute", "company tag")
        for form in forms:
            if form not in segment.publish:
                continue
            made = (
                _attribute(segment, schema, snapshot)
                if form == "attribute"
                else _tag(segment, snapshot, form)
            )
            if isinstance(made, Publication):
                found.append(made)
            else:
                problems.append(made)
    return found, problems


def _undecided(segment: Segment) -> Iterator[Diagnostic]:
    if segment.source is not None:
        return
    for asked in intercom_segments_of(segment.typed_rule):
        yield codes.UNDECIDED.at(
            segment.span,
            f"`{segment.key}` asks for the segment `{asked.name}`, whose rule only Intercom knows",
            hint="write the rule of that segment in the specs, or take the members `from` a source",
        )


def _unreadable(segment: Segment, snapshot: Snapshot) -> Iterator[Diagnostic]:
    """Attributes that the rule reads and the workspace does not have: nobody has a value of them."""
    if segment.source is not None:
        return
    live = {(attribute.model, attribute.name) for attribute in snapshot.attributes if not attribute.archived}
    for field in dict.fromkeys(fields_of(segment.typed_rule)):
        if field.custom and field.owner in ("contact", "company") and (field.owner, field.name) not in live:
            yield codes.NOT_APPLIED.at(
                segment.span,
                f"the rule of `{segment.key}` reads `{field.name}`, which the workspace does not have, or has "
                "archived",
                hint=f"`intercom-iac apply --target {field.address}` makes it",
            )


def _tag(segment: Segment, snapshot: Snapshot, form: PublishedAs) -> Publication | Diagnostic:
    # Tags of any case are one, as everywhere in a plan.
    wanted = segment.name.casefold()
    for name, tag_id in snapshot.tags.items():
        if name.casefold() == wanted:
            return Publication(
                segment=segment, published_as=form, target=name, carried=Tagged(name), tag_id=tag_id
            )
    return codes.NOT_APPLIED.at(
        segment.span,
        f"the workspace has no tag `{segment.name}` for `{segment.key}` yet",
        hint=f"`intercom-iac apply --target {segment.address}` makes it",
    )


def _attribute(segment: Segment, schema: Schema, snapshot: Snapshot) -> Publication | Diagnostic:
    live = next(
        (
            attribute
            for attribute in snapshot.attributes
            if (attribute.model, attribute.name) == ("contact", segment.key) and not attribute.archived
        ),
        None,
    )
    if live is None or live.type is not DataType.BOOLEAN:
        what = "no attribute" if live is None else f"an attribute of type `{live.type}`, not `boolean`, as"
        return codes.NOT_APPLIED.at(
            segment.span,
            f"the workspace has {what} `{segment.key}` for `{segment.key}`"
            + (" yet" if live is None else ""),
            hint=f"`intercom-iac apply --target attribute.contact.{segment.key}` makes it"
            if live is None
            else "`intercom-iac plan` has the steps",
        )
    declared = schema.attributes["contact", segment.key]
    return Publication(
        segment=segment, published_as="attribute", target=segment.key, carried=IsTrue(declared.field())
    )


def both(*rules: Predicate) -> Predicate:
    """That all of them hold."""
    parts = [part for rule in rules for part in (rule.parts if isinstance(rule, And) else (rule,))]
    return parts[0] if len(parts) == 1 else And(tuple(parts))
