"""What the specs declare: attributes, events and segments, every name in them resolved."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import field
from typing import Literal

from intercom_iac.lazy_dataclass import dataclass
from intercom_iac.text import Span
from intercom_iac.text.remembering import cached_by_identity

from .address import ModelName, attribute_address, event_address, segment_address
from .assertions import Assertion, Priorities
from .attribute import Attribute, DataType, Field, Status
from .predicate import Predicate
from .reading import AddressesRead
from .short_person import SegmentTest
from .standard import STANDARD

Publication = Literal["audience", "tag", "attribute", "company tag"]


@dataclass(frozen=True, slots=True)
class MetadataKey:
    """A key of an event's metadata. An occurrence without it is invalid where `required`, and one with another
    value than the options, where they are not `open_options`."""

    name: str
    type: DataType
    required: bool = False
    options: tuple[str, ...] = ()
    description: str | None = None
    span: Span | None = None
    source_name: str | None = None
    open_options: bool = False


@cached_by_identity
def _by_name(metadata: tuple[MetadataKey, ...]) -> Mapping[str, MetadataKey]:
    return {key.name: key for key in reversed(metadata)}


@dataclass(frozen=True, slots=True)
class Event:
    """A tracked event. Intercom knows its name only once it has been sent for a person.

    `adopt`: something sends it already, and no sample has to be sent to make it known.
    """

    name: str
    description: str | None = None
    metadata: tuple[MetadataKey, ...] = ()
    owner: str | None = None
    status: Status = "active"
    renamed_from: str | None = None
    span: Span | None = None
    source_name: str | None = None
    adopt: bool = False

    @property
    def address(self) -> str:
        return event_address(self.name)

    @property
    def keys(self) -> Mapping[str, MetadataKey]:
        """The metadata by name, made once: many rules may ask for a key."""
        return _by_name(self.metadata)

    def field(self, key: str) -> Field | None:
        """A metadata key as a rule's field; None where the event has no such key."""
        found = self.keys.get(key)
        if found is None:
            return None
        return Field(
            "event",
            key,
            found.type,
            wire=f"metadata.{key}",
            search=None,
            options=found.options,
            custom=False,
        )


@dataclass(frozen=True, slots=True)
class Segment:
    """A segment: `key` is its name in the specs, `name` the one people read in Intercom.

    `publish` says what apply makes of it: an `audience`, a `tag`, a boolean `attribute` of its key, a `company
    tag`. Empty: a person builds the segment in Intercom, and the plan verifies that it stands there under this
    name. `predicate` is None where the segment is archived and its rule names what is gone. `built_in_intercom`:
    its rule is a person's, and Intercom does not tell it. `adopt`: the audience or tag was made by somebody else,
    and outlives the segment. `source` is the source of the project file whose rows are its members; None where
    its rule finds them.
    """

    key: str
    name: str
    rule: str
    predicate: Predicate | None
    publish: tuple[Publication, ...] = ()
    description: str | None = None
    owner: str | None = None
    status: Status = "active"
    renamed_from: str | None = None
    span: Span | None = None
    built_in_intercom: bool = False
    adopt: bool = False
    source: str | None = None

    @property
    def address(self) -> str:
        return segment_address(self.key)

    @property
    def has_tag(self) -> bool:
        """Whether it is published as a tag, of contacts or of companies: the two are one tag in Intercom."""
        return "tag" in self.publish or "company tag" in self.publish

    @property
    def keeps_members(self) -> bool:
        """Whether it is published in a form whose members `segment publish` writes one by one."""
        return self.status != "archived" and (self.has_tag or "attribute" in self.publish)

    @property
    def typed_rule(self) -> Predicate:
        """`predicate` of a segment that is not archived, which always has one."""
        assert self.predicate is not None, "only of an archived segment may the rule be past reading"
        return self.predicate


@dataclass(frozen=True, slots=True)
class OtherWorkspaces:
    """What the specs declare for these workspaces only, and not for the one a schema is for.

    `without` are those that it is declared not for, where it is said so.
    """

    workspaces: tuple[str, ...]
    span: Span | None = None
    without: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Schema:
    """All the specs of a project for one workspace. Keys are names; iteration is in the order of files and places.

    `other_workspaces` holds, by address, what they declare for other workspaces: for messages alone. `assertions` are
    by name, `tests` by the key of their segment: what `check` proves and runs, and no part of what is planned.
    """

    attributes: Mapping[tuple[ModelName, str], Attribute] = field(
        default_factory=dict[tuple[ModelName, str], Attribute]
    )
    events: Mapping[str, Event] = field(default_factory=dict[str, Event])
    segments: Mapping[str, Segment] = field(default_factory=dict[str, Segment])
    other_workspaces: Mapping[str, OtherWorkspaces] = field(default_factory=dict[str, OtherWorkspaces])
    assertions: Mapping[str, Assertion] = field(default_factory=dict[str, Assertion])
    priorities: Priorities | None = None
    tests: Mapping[str, tuple[SegmentTest, ...]] = field(default_factory=dict[str, tuple[SegmentTest, ...]])

    def field(self, model: ModelName, name: str) -> Field | None:
        """The declared or standard attribute of this name, as a rule's field; None where there is none."""
        declared = self.attributes.get((model, name))
        if declared is not None:
            return declared.field()
        standard = STANDARD.get((model, name))
        return standard.field() if standard is not None else None

    def field_names(self, model: ModelName) -> Iterator[str]:
        """Every name a rule may use for this model, declared first."""
        yield from (name for of, name in self.attributes if of == model)
        yield from (name for of, name in STANDARD if of == model)

    def successors(self) -> dict[tuple[ModelName, str], Attribute]:
        """Model and name of an attribute -> the attribute that takes its place."""
        return {
            (attribute.model, attribute.replaced.attribute): attribute
            for attribute in self.attributes.values()
            if attribute.replaced is not None
        }

    def needed_by(self) -> dict[str, list[str]]:
        """Address of an attribute, event or segment -> addresses of the live segments whose rule reads it, or that
        are published as this attribute."""
        needed: dict[str, list[str]] = {}
        read = AddressesRead()
        for segment in self.segments.values():
            if segment.status == "archived":
                continue
            written = [attribute_address("contact", segment.key)] if "attribute" in segment.publish else []
            for address in dict.fromkeys([*read.addresses_of(segment.typed_rule), *written]):
                needed.setdefault(address, []).append(segment.address)
        return needed


def addresses_read(rule: Predicate) -> list[str]:
    """The addresses of the attributes, events and segments that a rule reads, itself or through `segment key`."""
    return AddressesRead().addresses_of(rule)
