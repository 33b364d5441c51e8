"""RudderStack's project files, of `rudder/v0.1` and `rudder/v1`, whose references lead from file to file."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import Any

from intercom_iac.lazy_dataclass import dataclass
from intercom_iac.lazy_pattern import lazy_pattern
from intercom_iac.model import ModelName
from intercom_iac.text.lists import brief_list

from .contents import Content, Steps
from .object_schemas import Property
from .plain_data import items, mapping
from .readings import (
    Reading,
    SourceEvent,
    event_reading,
    join_readings,
    unmapped,
)
from .value_schemas import Subject, read_field, text_of

_TEMPLATE = lazy_pattern(r"\{\{.*?\}\}")
_SECTIONS = {
    "events": "events",
    "properties": "properties",
    "custom-types": "types",
    "categories": "categories",
}
_PLANS = ("tp", "tracking-plan")
_MODELS: dict[str, ModelName] = {"identify": "contact", "group": "company"}
_MAX_TYPES = 20


@dataclass(frozen=True, slots=True)
class _Item:
    """An event, a property or a custom type of the catalogue, and where it stands."""

    kind: str
    data: dict[str, Any]
    content: Content
    steps: Steps

    @property
    def place(self) -> str:
        return self.content.place(self.steps)

    @property
    def id(self) -> str:
        return str(self.data.get("id"))


Catalogue = Mapping[str, _Item]


def is_rudderstack(data: Any) -> bool:
    """Whether this is a file of a RudderStack project."""
    shape = mapping(data)
    return str(shape.get("version")).startswith("rudder/") and "kind" in shape


def read_rudderstack(contents: Sequence[Content]) -> Reading:
    """All files as one project."""
    listed = [item for content in contents for item in _items(content)]
    catalogue: dict[str, _Item] = {reference: item for item in listed for reference in _references(item)}
    rules = [rule for content in contents for rule in _rules(content)]
    used = {
        mentioned.place
        for item in listed
        for mentioned in _referenced_items(item.data, catalogue)
        if mentioned.kind == "custom-types"
    }
    readings: list[Reading] = []
    for content, steps, rule in rules:
        used |= {item.place for item in _referenced_items(rule, catalogue)}
        readings.append(_read_rule(content, steps, rule, catalogue))
    unused = [_read_unused(item) for item in listed if item.place not in used]
    return join_readings([*readings, *unused, *_others(contents)])


# --- the catalogue ------------------------------------------------------------------------------------------


def _items(content: Content) -> Iterator[_Item]:
    shape = mapping(content.data)
    kind = str(shape.get("kind"))
    section = _SECTIONS.get(kind, "")
    for index, item in enumerate(items(mapping(shape.get("spec")).get(section))):
        yield _Item(kind, mapping(item), content, ("spec", section, index))


def _references(item: _Item) -> tuple[str, str]:
    """How other files refer to it: `#/events/group/id` in v0.1, `#event:id` in v1."""
    group = mapping(mapping(item.content.data).get("metadata")).get("name")
    singular = {"properties": "property", "categories": "category"}.get(
        item.kind, item.kind.removesuffix("s")
    )
    return f"#/{item.kind}/{group}/{item.id}", f"#{singular}:{item.id}"


def _rules(content: Content) -> Iterator[tuple[Content, Steps, dict[str, Any]]]:
    shape = mapping(content.data)
    if shape.get("kind") in _PLANS:
        for index, rule in enumerate(items(mapping(shape.get("spec")).get("rules"))):
            yield content, ("spec", "rules", index), mapping(rule)


def _others(contents: Sequence[Content]) -> Iterator[Reading]:
    for content in contents:
        kind = str(mapping(content.data).get("kind"))
        if kind not in _SECTIONS and kind not in _PLANS:
            yield unmapped(f"the file of kind `{kind}`", "it describes no data that is sent", content.place())


def _reference(value: Any) -> str:
    """A reference as a text, or as the `$ref` of a mapping."""
    return str(mapping(value).get("$ref", value))


def _referenced_items(rule: dict[str, Any], catalogue: Catalogue) -> Iterator[_Item]:
    """What a rule refers to, at any depth of its properties and variants."""
    waiting: list[Any] = [rule]
    while waiting:
        value = waiting.pop()
        if isinstance(value, dict):
            waiting += value.values()
        elif isinstance(value, list):
            waiting += value
        elif isinstance(value, str) and value in catalogue:
            yield catalogue[value]


def _read_unused(item: _Item) -> Reading:
    """What no rule refers to: an event stands for itself, a property belongs to none."""
    if item.kind == "events":
        return _called_reading(item, (), ())
    if item.kind == "properties":
        return unmapped(f"property `{item.data.get('name')}`", "no event of the files has it", item.place)
    if item.kind == "custom-types":
        return unmapped(
            f"custom type `{item.data.get('name')}`", "no property of the files has it", item.place
        )
    return unmapped(f"category `{item.data.get('name')}`", "specs have no categories", item.place)


# --- events -------------------------------------------------------------------------------------------------


def _read_rule(content: Content, steps: Steps, rule: dict[str, Any], catalogue: Catalogue) -> Reading:
    reference = _reference(rule.get("event"))
    event = catalogue.get(reference)
    if event is None:
        what = f"rule `{rule.get('id')}` of event `{reference}`"
        return unmapped(what, "the event is not among the files given", content.place(steps))
    of = f"event `{_name(event)[0]}`"
    members = tuple(_read_members(content, steps, rule, of, catalogue))
    rest: list[Reading] = []
    for index, variant in enumerate(mapping(variant) for variant in items(rule.get("variants"))):
        place = content.place((*steps, "variants", index))
        rest.append(
            unmapped(
                f"the variants of {of}{_of_variant(variant, catalogue)}", "specs have no conditions", place
            )
        )
    return _called_reading(event, members, rest)


def _of_variant(variant: dict[str, Any], catalogue: Catalogue) -> str:
    """What a variant depends on, and the properties that it adds."""
    decides = catalogue.get(_reference(variant.get("discriminator")))
    added = [
        str(item.data.get("name"))
        for item in _referenced_items(
            {"cases": variant.get("cases"), "default": variant.get("default")}, catalogue
        )
    ]
    by = f" by `{decides.data.get('name')}`" if decides is not None else ""
    return by + (f" (with {brief_list(list(dict.fromkeys(reversed(added))))})" if added else "")


def _called_reading(event: _Item, members: Sequence[Property], rest: Iterable[Reading]) -> Reading:
    """What an event comes to by its type: an event, attributes of people or companies, or nothing."""
    type_ = str(event.data.get("event_type") or "track")
    if type_ in _MODELS:
        model = _MODELS[type_]
        return join_readings([*(member.attribute(model) for member in members), *rest])
    if type_ != "track":
        what = f"{type_} event `{event.id}`"
        return unmapped(what, "Intercom takes track, identify and group calls only", event.place)
    name, guess = _name(event)
    description = text_of(event.data.get("description"))
    fields = tuple(member.field for member in members if member.field is not None)
    readings = [*(member.rest for member in members), *rest]
    if guess is not None:
        readings.append(unmapped(f"the name of event `{event.id}`", guess, event.place))
    if description is not None and _TEMPLATE.search(description):
        readings.append(
            unmapped(f"the description of event `{name}`", "it holds a variable of RudderStack", event.place)
        )
        description = None
    remarks = (guess,) if guess is not None else ()
    read = SourceEvent(name=name, place=event.place, description=description, remarks=remarks, fields=fields)
    return event_reading(read, readings)


def _name(event: _Item) -> tuple[str, str | None]:
    """The name of an event, and why it is a guess."""
    name = text_of(event.data.get("name"))
    if name is None:
        return event.id, None
    if _TEMPLATE.search(name):
        return event.id, f"its name is a variable of RudderStack, `{name}`: its id is written"
    return name, None


# --- properties ---------------------------------------------------------------------------------------------


def _read_members(
    content: Content, steps: Steps, rule: dict[str, Any], of: str, catalogue: Catalogue
) -> Iterator[Property]:
    for index, member in enumerate(mapping(member) for member in items(rule.get("properties"))):
        place = content.place((*steps, "properties", index))
        reference = str(member.get("$ref") or member.get("property"))
        item = catalogue.get(reference)
        if item is None:
            missing = unmapped(f"property `{reference}` of {of}", "it is not among the files given", place)
            yield Property(reference, None, missing)
            continue
        subject = Subject(str(item.data.get("name") or item.id), of, place)
        schema = _schema(item, catalogue)
        if items(member.get("properties")):
            inside = [
                catalogue.get(_reference(mapping(below).get("property") or below))
                for below in items(member["properties"])
            ]
            schema["properties"] = {str(below.data.get("name")): {} for below in inside if below is not None}
        read = read_field(subject, schema, required=member.get("required") is True)
        nested = (str(subject),) if read.nested else ()
        yield Property(subject.name, read.field, Reading(not_mapped=read.not_mapped, nested=nested))


def _schema(item: _Item, catalogue: Catalogue) -> dict[str, Any]:
    """A property's JSON Schema: its own, over that of its custom type."""
    data = item.data
    config = (
        mapping(data.get("propConfig")) or mapping(data.get("prop_config")) or mapping(data.get("config"))
    )
    schema = {_camel_case(key): value for key, value in config.items()}
    schema["description"] = data.get("description")
    types = data.get("types") or data.get("type")
    custom = catalogue.get(types) if isinstance(types, str) else None
    for _ in range(_MAX_TYPES):
        if custom is None:
            break
        config = mapping(custom.data.get("config"))
        schema = {**{_camel_case(key): value for key, value in config.items()}, **schema}
        if items(custom.data.get("properties")):
            schema.setdefault("properties", {})
        types = custom.data.get("types") or custom.data.get("type")
        custom = catalogue.get(types) if isinstance(types, str) else None
    if types:
        schema["type"] = types
    if data.get("item_type") or data.get("item_types"):
        schema["type"] = "array"
    return {key: value for key, value in schema.items() if key != "itemTypes"}


def _camel_case(key: str) -> str:
    first, *others = key.split("_")
    return first + "".join(word.capitalize() for word in others)
