"""What things are called across specs, plans and reports: `attribute.contact.plan_type`, `event.paid`, `segment.vip`.

An address is a kind, for attributes an owner, and a name, which may hold dots itself. Audiences and tags have one
where no segment of the specs stands for them.
"""

from __future__ import annotations

from typing import Literal, get_args

from intercom_iac.lazy_dataclass import dataclass

ModelName = Literal["contact", "company"]
MODELS: tuple[ModelName, ...] = get_args(ModelName)
AddressKind = Literal["attribute", "event", "segment", "audience", "tag"]
KINDS: tuple[AddressKind, ...] = get_args(AddressKind)


@dataclass(frozen=True, slots=True)
class Address:
    """The parts of an address; `owner` is of attributes alone."""

    kind: AddressKind
    name: str
    owner: ModelName | None = None

    def __str__(self) -> str:
        return f"{self.kind}.{self.name}" if self.owner is None else f"{self.kind}.{self.owner}.{self.name}"

    @classmethod
    def parse(cls, text: str) -> Address | None:
        """The address that a text is; None where it is none."""
        kind, _, name = text.partition(".")
        if kind not in KINDS or not name:
            return None
        if kind != "attribute":
            return cls(kind, name)
        owner, _, name = name.partition(".")
        if owner not in MODELS or not name:
            return None
        return cls(kind, name, owner)


def attribute_address(owner: ModelName, name: str) -> str:
    return f"attribute.{owner}.{name}"


def event_address(name: str) -> str:
    return f"event.{name}"


def metadata_address(event: str, key: str) -> str:
    """Of a key of an event's metadata."""
    return f"{event_address(event)}.metadata.{key}"


def segment_address(key: str) -> str:
    return str(Address("segment", key))


def audience_address(name: str) -> str:
    return str(Address("audience", name))


def tag_address(name: str) -> str:
    return str(Address("tag", name))
