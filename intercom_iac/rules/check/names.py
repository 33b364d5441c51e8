"""What a written name may stand for: a field by its label, its path in the API, another spelling, or nearly its name.

`find_field` knows the names that people copy from elsewhere: `Last seen` from Intercom's screen,
`custom_attributes.plan` from its API, `planType` from a program.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace
from functools import cache, cached_property
from typing import Literal, NamedTuple

from intercom_iac.lazy_dataclass import dataclass
from intercom_iac.lazy_pattern import lazy_pattern
from intercom_iac.model import Event, Field, ModelName, Schema
from intercom_iac.model.standard import OTHER_NAMES, STANDARD
from intercom_iac.text import NearNames, nearest_name, remembered_for_newest
from intercom_iac.text.near_names import LONGEST

from ..syntax import tree as s

Place = Literal["contact", "company"] | Event
"""Where a name stands: in a rule about the contact, inside `company( ... )`, or behind the `where` of an event."""

Likeness = Literal["name", "label", "path", "other name", "near"]

_MOST = 5
# Of events with a key of one spelling, those at the top are looked at.
_MOST_EVENTS = 20
_SHORTEST = 6
_OWNERS: Mapping[str, ModelName] = {
    **dict.fromkeys(("contact", "contacts", "user", "users", "person", "people", "lead", "leads"), "contact"),
    **dict.fromkeys(("customer", "customers", "profile"), "contact"),
    **dict.fromkeys(("company", "companies", "account", "accounts"), "company"),
}
_PATH = lazy_pattern(
    rf"(?:(?P<owner>{'|'.join(_OWNERS)})\.)?"
    r"(?P<kind>(?:custom_attributes|custom_data|custom|attributes|traits|properties|metadata)\.)?(?P<name>.+)",
    re.IGNORECASE | re.DOTALL,
)


@dataclass(frozen=True, slots=True)
class FoundField:
    """A field that a text may stand for, and its name as a rule writes it at that place.

    `certain`: it is the only field with this label, path or spelling, so that nothing else can be meant.
    """

    field: Field
    name: s.Name
    likeness: Likeness
    certain: bool

    @property
    def path(self) -> str:
        """The name for a message, without the backticks that a rule may need."""
        return f"company.{self.name.text}" if self.name.company else self.name.text


def find_field(written: str, place: Place, schema: Schema) -> list[FoundField]:
    """The fields that a text may stand for where it stands, the likeliest first; none where nothing is like it.

    The text is a name as it was written, spaces and a `company.` before it included. Fields of a company are found
    from a contact's rule as well; inside `company( ... )` only a company's are, and behind `where` only the event's
    keys. Archived attributes are left out.
    """
    if not written or len(written) > LONGEST:
        return []
    path = _PATH.fullmatch(written.strip())
    if path is None:
        return []
    found = _fields_at(place, path, schema)
    if path["kind"] is None or isinstance(place, Event):
        return found
    # The path says that it is a custom attribute.
    return [replace(one, certain=one.certain and one.field.custom) for one in found]


def _fields_at(place: Place, path: re.Match[str], schema: Schema) -> list[FoundField]:
    name = path["name"]
    if isinstance(place, Event):
        return _fields_in(_event_index(place), name, company=False)
    owner = _OWNERS[path["owner"].casefold()] if path["owner"] else None
    index = _names_of(schema).models
    if place == "company":
        return [] if owner == "contact" else _fields_in(index["company"], name, company=False)
    if owner == "company":
        return _fields_in(index["company"], name, company=True)
    if own := _same_spelling(index["contact"], name, company=False):
        return own
    of_company = _same_spelling(index["company"], name, company=True)
    # A rule may ask a name of any company, or of the same one; a label of Intercom's screen is that of any.
    of_company = [
        replace(found, certain=found.certain and found.likeness == "label" and owner is None)
        for found in of_company
    ]
    return (
        of_company
        or _nearest(index["contact"], name, company=False)
        or _nearest(index["company"], name, company=True)
    )


class KnownNames:
    """The texts that events or segments are called by, each with the name that a rule calls it by."""

    def __init__(self, names: Mapping[str, str]) -> None:
        self._names = names
        self._near = NearNames(names)
        self._by_spelling: dict[str, set[str]] = {}
        for text, name in names.items():
            self._by_spelling.setdefault(spelling(text), set()).add(name)

    def find(self, written: str) -> tuple[str | None, bool]:
        """The name of what a text may stand for, None where nothing is like it; and whether nothing else can be
        meant."""
        key = spelling(written)
        alike = self._by_spelling.get(key, set())
        if len(alike) == 1 and key:
            return next(iter(alike)), True
        found = nearest_name(written, self._near)
        return (None if found is None else self._names[found]), False


@dataclass(frozen=True, slots=True)
class _Index:
    """Fields by how they are spelled without joints and case, and the texts that a misspelt one is compared with."""

    by_spelling: Mapping[str, Sequence[_Text]]
    near: tuple[tuple[Mapping[str, Field], NearNames], ...]


def _fields_in(index: _Index, written: str, *, company: bool) -> list[FoundField]:
    return _same_spelling(index, written, company=company) or _nearest(index, written, company=company)


def _same_spelling(index: _Index, written: str, *, company: bool) -> list[FoundField]:
    """The fields spelled so but for case and joints."""
    entries = index.by_spelling.get(spelling(written), ())
    exact = [entry for entry in entries if entry.field.name == written]
    proper = exact or [entry for entry in entries if entry.likeness != "other name"]
    fields: dict[Field, Likeness] = {}
    for entry in proper or entries:
        fields.setdefault(entry.field, entry.likeness)
    return [
        FoundField(field, s.Name(field.name, company), likeness, certain=bool(proper) and len(fields) == 1)
        for field, likeness in list(fields.items())[:_MOST]
    ]


def _nearest(index: _Index, written: str, *, company: bool) -> list[FoundField]:
    for texts, near in index.near:
        found = nearest_name(written, near)
        if found is not None:
            field = texts[found]
            return [FoundField(field, s.Name(field.name, company), "near", certain=False)]
    return []


def fields_spelled(written: str, place: Place, schema: Schema) -> list[FoundField]:
    """As `find_field`, but without names that are only nearly those of a field: at the cost of a few look-ups."""
    path = _PATH.fullmatch(written.strip()) if len(written) <= LONGEST else None
    if path is None:
        return []
    if isinstance(place, Event):
        return _same_spelling(_event_index(place), path["name"], company=False)
    owner = _OWNERS[path["owner"].casefold()] if path["owner"] else None
    index = _names_of(schema).models
    if place == "company":
        return [] if owner == "contact" else _same_spelling(index["company"], path["name"], company=False)
    own = [] if owner == "company" else _same_spelling(index["contact"], path["name"], company=False)
    return own or _same_spelling(index["company"], path["name"], company=True)


def spelling(text: str) -> str:
    """A text without case and joints: the same of `Last seen`, `last_seen`, `lastSeen` and `last-seen`."""
    return "".join(filter(str.isalnum, text.casefold()))


def label_of(field: Field) -> str | None:
    """What Intercom's screen calls one of its own attributes; None for any other field."""
    if field.custom or field.owner == "event":
        return None
    return STANDARD[field.owner, field.name].label


# --- indexes ------------------------------------------------------------------------------------------------


class _Text(NamedTuple):
    """A text that stands for a field, and what it is of it."""

    field: Field
    text: str
    likeness: Likeness


class _Names:
    """What the names of a schema are looked up in, each made when it is first asked for."""

    def __init__(self, schema: Schema) -> None:
        self.schema = schema

    @cached_property
    def models(self) -> Mapping[ModelName, _Index]:
        return {"contact": _index("contact", self.schema), "company": _index("company", self.schema)}

    @cached_property
    def events(self) -> KnownNames:
        return KnownNames({name: name for name in self.schema.events})

    @cached_property
    def metadata(self) -> Mapping[str, Sequence[Event]]:
        """Events by how a key of their metadata is spelled."""
        found: dict[str, dict[str, Event]] = {}
        for event in self.schema.events.values():
            for key in event.keys:
                found.setdefault(spelling(key), {})[event.name] = event
        return {key: tuple(events.values()) for key, events in found.items()}


_names_of = remembered_for_newest(_Names)


def known_events(schema: Schema) -> KnownNames:
    """The events of a schema by their names."""
    return _names_of(schema).events


def find_metadata(written: str, schema: Schema) -> tuple[Event, FoundField] | None:
    """The first event with a metadata key that a text can only stand for, and that key."""
    path = _PATH.fullmatch(written.strip()) if written and len(written) <= LONGEST else None
    alike = () if path is None else _names_of(schema).metadata.get(spelling(path["name"]), ())
    for event in alike[:_MOST_EVENTS]:
        found = fields_spelled(written, event, schema)
        if found and found[0].certain:
            return event, found[0]
    return None


def _index(model: ModelName, schema: Schema) -> _Index:
    declared = [
        _Text(attribute.field(), attribute.name, "name")
        for attribute in schema.attributes.values()
        if attribute.model == model and attribute.status != "archived"
    ]
    standard = [
        entry for entry in _standard_texts(model) if (model, entry.field.name) not in schema.attributes
    ]
    texts = [*declared, *standard]
    return _Index(
        _by_spelling(texts),
        (
            _with_near({entry.text: entry.field for entry in texts if entry.likeness == "name"}),
            _with_near({entry.text: entry.field for entry in texts if _can_be_misspelt(entry)}),
        ),
    )


def _with_near(texts: Mapping[str, Field]) -> tuple[Mapping[str, Field], NearNames]:
    return texts, NearNames(texts)


def _can_be_misspelt(entry: _Text) -> bool:
    """Whether what is nearly the text stands for the field, too: an everyday word is near to too many others."""
    return entry.likeness == "label" or (entry.likeness == "other name" and len(entry.text) > _SHORTEST)


@cache
def _standard_texts(model: ModelName) -> tuple[_Text, ...]:
    """Every text that stands for one of Intercom's own attributes."""
    texts: list[_Text] = []
    for attribute in STANDARD.values():
        if attribute.model == model:
            field = attribute.field()
            texts.append(_Text(field, attribute.name, "name"))
            texts.append(_Text(field, attribute.label, "label"))
            texts.append(_Text(field, attribute.wire, "path"))
            texts += [
                _Text(field, name, "other name") for name in OTHER_NAMES.get((model, attribute.name), ())
            ]
    return tuple(texts)


def _event_index(event: Event) -> _Index:
    fields = {name: field for name in event.keys if (field := event.field(name)) is not None}
    by_spelling = _by_spelling(_Text(field, name, "name") for name, field in fields.items())
    return _Index(by_spelling, (_with_near(fields),))


def _by_spelling(texts: Iterable[_Text]) -> Mapping[str, Sequence[_Text]]:
    found: dict[str, list[_Text]] = {}
    for entry in texts:
        if key := spelling(entry.text):
            found.setdefault(key, []).append(entry)
    return found
