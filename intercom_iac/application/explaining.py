"""A diagnostic code with its examples, or an object of the specs with what depends on it."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import TYPE_CHECKING, Any

from intercom_iac.diagnostics import Code, Misuse, all_codes
from intercom_iac.lazy_pattern import lazy_pattern
from intercom_iac.text import did_you_mean

if TYPE_CHECKING:
    from intercom_iac.model import (
        Attribute,
        Event,
        Kind,
        MetadataKey,
        Segment,
        StandardAttribute,
    )
    from intercom_iac.model.schema import Publication

    from .session import Session

_CODE = lazy_pattern(r"[A-Za-z]+\d{3,4}")


def is_code(text: str) -> bool:
    """Whether a text is spelled as a diagnostic code; an address is not."""
    return _CODE.fullmatch(text) is not None


def explain_code(text: str) -> Code:
    """The code of this name, in upper or lower case. Raises `Misuse` where there is none."""
    name, codes = text.upper(), all_codes()
    if name not in codes:
        raise Misuse(f"no code `{name}`", hint=did_you_mean(name, codes))
    return codes[name]


def explain_object(session: Session, address: str) -> dict[str, Any]:
    """What is known of an object of the specs, by its address, as plain data that begins with the address.

    Raises `InvalidSpecs`, and `Misuse` where the specs have nothing there.
    """
    from intercom_iac.model import STANDARD, Attribute, StandardAttribute, attribute_address

    from .addresses import unknown_address
    from .rules.blast_radius import blast_radius

    schema = session.schema()
    things = (*schema.attributes.values(), *schema.events.values(), *schema.segments.values())
    objects: dict[str, Attribute | Event | Segment | StandardAttribute]
    objects = {thing.address: thing for thing in things}
    objects |= {attribute_address(model, name): attribute for (model, name), attribute in STANDARD.items()}
    if address not in objects:
        raise unknown_address(schema, address, objects)
    readers = schema.needed_by().get(address, [])
    found = objects[address]
    if isinstance(found, StandardAttribute):
        labels = session.project.settings.policy.standard.get(address, {})
        facts = _standard_attribute_facts(found, labels, readers)
    else:
        facts = _declared_facts(found, readers)
        if isinstance(found, Attribute):
            facts |= blast_radius(session, found)
    return {"address": address, **facts}


def _declared_facts(declared: Attribute | Event | Segment, readers: list[str]) -> dict[str, Any]:
    """What the specs say of an object, every field of its table included, and what the API can do to it."""
    from intercom_iac.changes import attributes, events, fields_without, segments, shown_values
    from intercom_iac.model import Event, Segment

    common = {
        "description": declared.description,
        "owner": declared.owner,
        "status": declared.status,
        "declared_at": str(declared.span) if declared.span else None,
        "read_by": readers,
    }
    kinds: tuple[Kind, ...]
    if isinstance(declared, Segment):
        facts = _segment_facts(declared)
        facts |= shown_values(fields_without(segments.FIELDS, *facts, *common, "publish"), declared=declared)
        kinds = tuple(_published_kind(publication) for publication in declared.publish) or ("segment",)
    elif isinstance(declared, Event):
        facts = _event_facts(declared)
        facts |= shown_values(fields_without(events.FIELDS, *facts, *common), declared=declared)
        kinds = ("event",)
    else:
        facts = _attribute_facts(declared)
        facts |= shown_values(fields_without(attributes.FIELDS, *facts, *common), declared=declared)
        kinds = ("data_attribute",)
    return facts | {"api_can": [_abilities(kind) for kind in kinds]} | common


def _standard_attribute_facts(
    attribute: StandardAttribute, labels: Mapping[str, Iterable[str]], readers: list[str]
) -> dict[str, Any]:
    return {
        "type": attribute.type.value,
        "label": attribute.label,
        "wire": attribute.wire,
        "writable": "through the API" if attribute.api_writable else "no",
        "searchable": "yes" if attribute.searchable else "no",
        "labels": _label_lines(labels.items()),
        "read_by": readers,
    }


def _attribute_facts(attribute: Attribute) -> dict[str, Any]:
    return {
        "type": attribute.type.value,
        "options": list(attribute.options),
        "labels": _label_lines(attribute.labels),
    }


def _event_facts(event: Event) -> dict[str, Any]:
    return {"metadata": [_metadata_line(key) for key in event.metadata]}


def _metadata_line(key: MetadataKey) -> str:
    """`NAME (TYPE, KEY: VALUE)`: the keys are those of its table, but for four that are left out to keep it short."""
    from intercom_iac.changes import fields_without, metadata, shown_values

    fields = fields_without(metadata.FIELDS, "type", "options", "required", "description")
    values = shown_values(fields, declared=key)
    return (
        f"{key.name} ({', '.join([key.type.value, *(f'{name}: {value}' for name, value in values.items())])})"
    )


def _segment_facts(segment: Segment) -> dict[str, Any]:
    from intercom_iac.compilers import to_english
    from intercom_iac.model import event_address, events_of, fields_of

    rule = segment.predicate
    reads = [] if rule is None else [field.address for field in fields_of(rule)]
    reads += [] if rule is None else [event_address(name) for name in events_of(rule)]
    return {
        "name": segment.name,
        "rule": segment.rule,
        "meaning": None if rule is None else to_english(rule),
        "published": ", ".join(segment.publish)
        or ("built in Intercom" if segment.built_in_intercom else "by hand"),
        "reads": reads,
    }


def _label_lines(labels: Iterable[tuple[str, Iterable[str]]]) -> list[str]:
    """What the project says of the kind of data: a line a label, with its values."""
    return [f"{label}: {', '.join(values)}" for label, values in labels]


def _published_kind(publication: Publication) -> Kind:
    match publication:
        case "attribute":
            return "data_attribute"
        case "company tag":
            return "tag"
        case _:
            return publication


def _abilities(kind: Kind) -> str:
    """What Intercom's API can do to this kind of object; what it cannot, a plan leaves to a person."""
    from intercom_iac.model import CAPABILITIES

    can = CAPABILITIES[kind]
    words = ["create"] if can.create else []
    words += [f"change ({', '.join(sorted(can.change))})"] if can.change else []
    words += [can.retire] if can.retire != "by hand" else []
    return f"{kind.replace('_', ' ')}: {', '.join(words) or 'only read'}"
