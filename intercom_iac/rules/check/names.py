"""What a written name may stand for: a field by its label, its path in the API, another spelling, or nearly its name.

`find_field` knows the names that people copy from elsewhere: `Last seen` from Intercom's screen,
`custom_attributes.plan` from its API, `planType` from a program.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from dataclasses import replace
from functools import cache
from typing import Literal, NamedTuple

from intercom_iac.lazy_dataclass import dataclass
from intercom_iac.model import Event, Field, ModelName, Schema
from intercom_iac.model.standard import OTHER_NAMES, STANDARD
from intercom_iac.text import nearest_name
from intercom_iac.text.nearest import LONGEST

from ..syntax import tree as s

Place = Literal["contact", "company"] | Event
"""Where a name stands: in a rule about the contact, inside `company( ... )`, or behind the `where` of an event."""

Likeness = Literal["name", "label", "path", "other name", "near"]

_MOST = 5
_SHORTEST = 6
_OWNERS: Mapping[str, ModelName] = {
    **dict.fromkeys(("contact", "contacts", "user", "users", "person", "people", "lead", "leads"), "contact"),
    **dict.fromkeys(("customer", "customers", "profile"), "contact"),
    **dict.fromkeys(("company", "companies", "account", "accounts"), "company"),
}
_PATH = re.compile(
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
    index = _schema_index(schema)
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


def find_name(written: str, known: Mapping[str, str]) -> tuple[str | None, bool]:
    """The name of an event or a segment that a text may stand for, None where nothing is like it; and whether nothing
    else can be meant. `known` are the texts that each is called by, and the name that a rule calls it by.
    """
    alike = {name for text, name in known.items() if spelling(text) == spelling(written)}
    if len(alike) == 1 and spelling(written):
        return alike.pop(), True
    found = nearest_name(written, known)
    return (None if found is None else known[found]), False


@dataclass(frozen=True, slots=True)
class _Index:
    """Fields by how they are spelled without joints and case, and the texts that a misspelt one is compared with."""

    by_spelling: Mapping[str, tuple[_Text, ...]]
    names: Mapping[str, Field]
    labels: Mapping[str, Field]


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
    for texts in (index.names, index.labels):
        found = nearest_name(written, texts)
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
    index = _schema_index(schema)
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


_newest: tuple[Schema, Mapping[ModelName, _Index]] | None = None


def _schema_index(schema: Schema) -> Mapping[ModelName, _Index]:
    """The index of each model, made once for the schema that was asked for last."""
    global _newest
    if _newest is None or _newest[0] is not schema:
        _newest = schema, {"contact": _index("contact", schema), "company": _index("company", schema)}
    return _newest[1]


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
        {entry.text: entry.field for entry in texts if entry.likeness == "name"},
        {entry.text: entry.field for entry in texts if _can_be_misspelt(entry)},
    )


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
    return _Index(_by_spelling(_Text(field, name, "name") for name, field in fields.items()), fields, {})


def _by_spelling(texts: Iterable[_Text]) -> Mapping[str, tuple[_Text, ...]]:
    found: dict[str, tuple[_Text, ...]] = {}
    for entry in texts:
        if key := spelling(entry.text):
            found[key] = (*found.get(key, ()), entry)
    return found
