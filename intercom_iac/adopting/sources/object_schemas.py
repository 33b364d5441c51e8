"""The schema of an object: its properties, one by one."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import Any, cast

from intercom_iac.lazy_dataclass import dataclass
from intercom_iac.model import ModelName

from ..proposal import NotMapped
from .contents import Content, Steps
from .plain_data import items, mapping
from .readings import Reading, SourceField, attribute_reading, join_readings
from .value_schemas import Subject, read_field, resolve


@dataclass(frozen=True, slots=True)
class Property:
    """A property: its field where it has a place in specs, and what is said of it besides."""

    name: str
    field: SourceField | None
    rest: Reading

    def attribute(self, model: ModelName, more: Reading | None = None) -> Reading:
        """It as an attribute; `more` is said of it, too."""
        said = self.rest if more is None else join_readings([more, self.rest])
        return attribute_reading(model, self.name, () if self.field is None else (self.field,), said)


@dataclass(frozen=True, slots=True)
class Members:
    """The properties of an object, and what of the object itself has no place in specs."""

    properties: tuple[Property, ...] = ()
    not_mapped: tuple[NotMapped, ...] = ()

    @property
    def fields(self) -> tuple[SourceField, ...]:
        """The properties that have a place in specs."""
        return tuple(member.field for member in self.properties if member.field is not None)

    @property
    def rest(self) -> Reading:
        """What is said of the properties and of the object besides."""
        parts = (*(member.rest for member in self.properties), Reading(not_mapped=self.not_mapped))
        return join_readings(parts)


_OF_OBJECTS = (
    *(
        "anyOf",
        "oneOf",
        "not",
        "if",
        "patternProperties",
        "dependentRequired",
        "dependentSchemas",
        "dependencies",
    ),
    *("propertyNames", "minProperties", "maxProperties"),
)


def read_members(
    content: Content,
    steps: Steps,
    schema: Any,
    of: str,
    *,
    required: bool = True,
    at: Callable[[Steps], Steps] = lambda steps: steps,
) -> Members:
    """The properties of an object's schema that stands at these steps. `required` false: nothing has to be there."""
    if not isinstance(schema, dict):
        return Members()
    shape, missing = resolve(cast("dict[str, Any]", schema), content.data)
    properties: list[Property] = []
    needed_names: list[str] = []
    notes: list[NotMapped] = []
    place = content.place(steps)
    if missing is not None:
        notes.append(
            NotMapped(
                what=f"the reference `{missing}` of {of}", why="it leads to nothing in the file", place=place
            )
        )
    for part_steps, part in _object_parts(steps, shape, content.data):
        needed = {name for name in items(part.get("required")) if isinstance(name, str)}
        needed_names += sorted(needed) if required else []
        for name, property_schema in mapping(part.get("properties")).items():
            property_steps = (*part_steps, "properties", name)
            subject = Subject(name, of, content.place(at(property_steps)))
            system = mapping(property_schema).get("isSystemProperty") is True
            reading = read_field(
                subject,
                property_schema,
                required=required and name in needed,
                root=content.data,
                automatic=system,
            )
            nested = (str(subject),) if reading.nested else ()
            rest = Reading(not_mapped=reading.not_mapped, nested=nested)
            properties.append(Property(name, reading.field, rest))
        keywords = [f"`{keyword}`" for keyword in _OF_OBJECTS if part.get(keyword)]
        if keywords:
            notes.append(
                NotMapped(
                    what=f"{', '.join(keywords)} of {of}",
                    why="specs have no such conditions",
                    place=place,
                    whose=of,
                )
            )
    described = {member.name for member in properties}
    for name in dict.fromkeys(needed_names):
        if name not in described:
            what, why = f"`required` of `{name}` of {of}", "no property of that name is described"
            notes.append(NotMapped(what=what, why=why, place=place, whose=of))
    return Members(tuple(properties), tuple(notes))


def _object_parts(steps: Steps, shape: dict[str, Any], root: Any) -> Iterator[tuple[Steps, dict[str, Any]]]:
    """The object's own schema, and those of its `allOf`, one level of them."""
    yield steps, shape
    for index, part in enumerate(items(shape.get("allOf"))):
        if isinstance(part, dict):
            yield (*steps, "allOf", index), resolve(cast("dict[str, Any]", part), root)[0]


def read_attributes(
    content: Content,
    steps: Steps,
    schema: Any,
    model: ModelName,
    of: str,
    *,
    at: Callable[[Steps], Steps] = lambda steps: steps,
) -> Reading:
    """The attributes that an object of properties of people or companies describes. `at` says where a property
    stands, where it is not at its steps."""
    members = read_members(content, steps, schema, of, required=False, at=at)
    place = content.place(steps)
    needed = {name for name in items(mapping(schema).get("required")) if isinstance(name, str)}
    readings = [
        member.attribute(
            model, _unmapped_requirement(member.name, of, place) if member.name in needed else None
        )
        for member in members.properties
    ]
    known = {member.name for member in members.properties}
    unknown = [_unmapped_requirement(name, of, place) for name in sorted(needed - known)]
    return join_readings([*readings, *unknown, Reading(not_mapped=members.not_mapped)])


def _unmapped_requirement(name: str, of: str, place: str) -> Reading:
    what, why = f"`required` of `{name}` of {of}", "an attribute may be missing on anybody"
    return Reading(not_mapped=(NotMapped(what=what, why=why, place=place, whose=of),))
