"""What the specs of a project declare, as far as seeding fills it: events with their metadata, tags, attributes."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class DeclaredKey:
    """A metadata key of an event; `data_type` as Intercom names it, `options` empty where it is no list."""

    name: str
    data_type: str
    required: bool = False
    options: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class DeclaredEvent:
    """An event with its metadata keys."""

    name: str
    keys: tuple[DeclaredKey, ...] = ()


@dataclass(frozen=True, slots=True)
class Declared:
    """What seeding fills beside the attributes that the workspace has.

    Without events, those of the project's guide are seeded. `attributes` are (model, name) pairs; those that the
    workspace does not have are reported.
    """

    events: tuple[DeclaredEvent, ...] = ()
    contact_tags: tuple[str, ...] = ()
    company_tags: tuple[str, ...] = ()
    attributes: tuple[tuple[str, str], ...] = ()
