"""Snowplow: self-describing schemas, data structures, and data products with their event specifications."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from intercom_iac.lazy_dataclass import dataclass
from intercom_iac.lazy_pattern import lazy_pattern

from .contents import Content, Steps
from .object_schemas import read_members
from .plain_data import items, mapping
from .readings import Reading, SourceEvent, SourceField, event_reading, join_readings, unmapped
from .value_schemas import text_of

_URI = lazy_pattern(r"iglu:([^/]+)/([^/]+)/")


@dataclass(frozen=True, slots=True)
class _Structure:
    """A self-describing schema, where it stands, and what its data structure says that it is: an event, an entity."""

    content: Content
    steps: Steps
    schema: dict[str, Any]
    kind: str

    @property
    def key(self) -> tuple[str, str]:
        self_ = mapping(self.schema.get("self"))
        return str(self_.get("vendor")), str(self_.get("name"))

    @property
    def version(self) -> tuple[int, ...]:
        return tuple(
            int(part) for part in re.findall(r"\d{1,9}", str(mapping(self.schema.get("self")).get("version")))
        )


def is_snowplow(data: Any) -> bool:
    """Whether this describes itself, or is a resource of Snowplow's command line."""
    shape = mapping(data)
    return (
        _is_self_describing(shape) or _is_self_describing(mapping(shape.get("data"))) or _is_resource(shape)
    )


def _is_self_describing(shape: dict[str, Any]) -> bool:
    about = mapping(shape.get("self"))
    return "vendor" in about and "name" in about


def _is_resource(shape: dict[str, Any]) -> bool:
    return "apiVersion" in shape and str(shape.get("resourceType")) in (
        *("data-product", "data-structure", "source-application", "tracking-plan"),
    )


def read_snowplow(contents: Sequence[Content]) -> Reading:
    """The events of all files; the specification of an event takes what it lacks from its schema."""
    structures = [structure for content in contents for structure in _structures(content)]
    newest: dict[tuple[str, str], _Structure] = {}
    for structure in structures:
        if structure.key not in newest or structure.version >= newest[structure.key].version:
            newest[structure.key] = structure
    products = [content for content in contents if isinstance(_specifications(content.data), list)]
    used = {
        _key(mapping(specification))
        for content in products
        for specification in items(_specifications(content.data))
    }
    return join_readings(
        [
            *(_read_structure(structure, newest) for structure in structures if structure.key not in used),
            *(reading for content in products for reading in _read_product(content, newest)),
            *_others(contents),
        ]
    )


def _structures(content: Content) -> Iterator[_Structure]:
    shape = mapping(content.data)
    kind = str(mapping(shape.get("meta")).get("schemaType") or "event")
    if _is_self_describing(shape):
        yield _Structure(content, (), shape, kind)
    elif _is_self_describing(mapping(shape.get("data"))):
        yield _Structure(content, ("data",), mapping(shape["data"]), kind)


def _specifications(data: Any) -> Any:
    return mapping(mapping(data).get("data")).get("eventSpecifications")


def _others(contents: Sequence[Content]) -> Iterator[Reading]:
    for content in contents:
        shape = mapping(content.data)
        if not any(True for _ in _structures(content)) and _specifications(shape) is None:
            yield unmapped(f"the {shape.get('resourceType')}", "it describes no events", content.place())


def _read_structure(structure: _Structure, newest: Mapping[tuple[str, str], _Structure]) -> Reading:
    name, place = structure.key[1], structure.content.place(structure.steps)
    if structure.kind != "event":
        return unmapped(f"{structure.kind} `{name}`", "Intercom's events carry no entities", place)
    if newest[structure.key] is not structure:
        version = mapping(structure.schema.get("self")).get("version")
        return unmapped(f"version {version} of event `{name}`", "a later one of it is among the files", place)
    event = SourceEvent(name=name, place=place, description=text_of(structure.schema.get("description")))
    members = read_members(structure.content, structure.steps, structure.schema, f"event `{name}`")
    return event_reading(event.with_fields(members.fields), [members.rest])


def _key(specification: dict[str, Any]) -> tuple[str, str]:
    """Vendor and name of the schema that an event specification rests on."""
    match = _URI.match(str(_source(specification)))
    return (match[1], match[2]) if match else ("", "")


def _event_data(specification: dict[str, Any]) -> tuple[dict[str, Any], tuple[str, ...]]:
    event = mapping(specification.get("event"))
    return (mapping(event["tracked"]), ("event", "tracked")) if "tracked" in event else (event, ("event",))


def _source(specification: dict[str, Any]) -> str | None:
    return text_of(_event_data(specification)[0].get("source"))


def _read_product(content: Content, known: Mapping[tuple[str, str], _Structure]) -> Iterator[Reading]:
    product = mapping(mapping(content.data).get("data"))
    unused = [
        f"`{key}`" for key, value in product.items() if value and key not in ("name", "eventSpecifications")
    ]
    if unused:
        what = f"{', '.join(unused)} of `{product.get('name')}`"
        yield unmapped(what, "specs have no key for them", content.place(("data",)))
    for index, specification in enumerate(items(_specifications(content.data))):
        steps = ("data", "eventSpecifications", index)
        yield _read_specification(content, steps, mapping(specification), known)


def _read_specification(
    content: Content, steps: Steps, specification: dict[str, Any], known: Mapping[tuple[str, str], _Structure]
) -> Reading:
    place, name = content.place(steps), text_of(specification.get("name"))
    if name is None:
        return unmapped("an event specification without a name", "an event has a name", place)
    of = f"event `{name}`"
    tracked, below = _event_data(specification)
    own = read_members(content, (*steps, *below, "schema"), tracked.get("schema"), of)
    readings = [own.rest]
    fields: dict[str, SourceField] = {}
    structure = known.get(_key(specification))
    source = _source(specification)
    if structure is not None:
        base = read_members(structure.content, structure.steps, structure.schema, of)
        overruled = {field.name for field in own.fields}
        fields = {field.name: field for field in base.fields if field.name not in overruled}
        readings.append(base.rest)
    elif source is not None and not own.fields:
        readings.append(unmapped(f"the schema `{source}` of {of}", "it is not among the files given", place))
    fields.update({field.name: field for field in own.fields})
    readings += _entities(content, steps, specification, of)
    event = SourceEvent(name=name, place=place, description=text_of(specification.get("description")))
    return event_reading(event.with_fields(fields.values()), readings)


def _entities(content: Content, steps: Steps, specification: dict[str, Any], of: str) -> Iterator[Reading]:
    entities = mapping(specification.get("entities"))
    for kind in ("tracked", "enriched"):
        for index, entity in enumerate(items(entities.get(kind))):
            source = mapping(entity).get("source")
            place = content.place((*steps, "entities", kind, index))
            yield unmapped(
                f"entity `{source}` of {of}", "Intercom's events carry no entities", place, whose=of
            )
