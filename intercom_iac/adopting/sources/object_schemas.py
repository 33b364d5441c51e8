"""The schema of an object: its properties, one by one."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import Any, cast

from intercom_iac.model import ModelName

from ..proposal import NotMapped
from .contents import Content, Steps
from .plain_data import items, mapping
from .readings import Reading, SourceAttribute, SourceField
from .value_schemas import Subject, read_field, resolve


@dataclass(frozen=True, slots=True)
class Members:
    """The properties of an object that have a place in specs, and what has none."""

    fields: tuple[SourceField, ...] = ()
    not_mapped: tuple[NotMapped, ...] = ()
    nested: tuple[str, ...] = ()

    @property
    def rest(self) -> Reading:
        """What is said of the properties besides those that have a place."""
        return Reading(not_mapped=self.not_mapped, nested=self.nested)


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
    fields: list[SourceField] = []
    notes: list[NotMapped] = []
    nested: list[str] = []
    place = content.place(steps)
    if missing is not None:
        notes.append(
            NotMapped(
                what=f"the reference `{missing}` of {of}", why="it leads to nothing in the file", place=place
            )
        )
    for part_steps, part in _object_parts(steps, shape, content.data):
        needed = {name for name in items(part.get("required")) if isinstance(name, str)}
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
            fields += [reading.field] if reading.field is not None else []
            notes += reading.not_mapped
            nested += [str(subject)] if reading.nested else []
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
    return Members(tuple(fields), tuple(notes), tuple(nested))


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
    needed = [f"`{name}`" for name in items(mapping(schema).get("required")) if isinstance(name, str)]
    notes = members.not_mapped
    if needed:
        why = "an attribute may be missing on anybody"
        notes = (
            *notes,
            NotMapped(what=f"`required` of {', '.join(needed)} in {of}", why=why, place=content.place(steps)),
        )
    attributes = tuple(SourceAttribute(model=model, field=field) for field in members.fields)
    return Reading(attributes=attributes, not_mapped=notes, nested=members.nested)
