"""Whether specs say the same but for a name: what a rename is held to before it is written."""

from __future__ import annotations

from dataclasses import fields, is_dataclass
from typing import Any, cast

from intercom_iac.model import Attribute, Event, Field, Schema, Segment, event_key
from intercom_iac.model.assertions import AssertedRule
from intercom_iac.model.predicate import EVENT_TESTS, EventSequence, InIntercomSegment, InSegment
from intercom_iac.model.short_person import ShortOccurrence

from .rename import Rename

Outline = Any
"""Plain data, the same of two things that say the same wherever they stand."""


_TOLD_APART = frozenset({"status", "renamed_from", "replaces", "name"})
"""What a rename gives an entry besides its new name: its story. A segment keeps its name in Intercom."""


def keeps_meaning(rename: Rename, before: Schema, after: Schema) -> bool:
    """Whether the specs say after a rename what they said before, with the new name in the place of the old one.

    The entry has the new name and is active; the old one may stand beside it, or one that had the new name before.
    """
    old, new = str(rename.old), str(rename.new)
    expected, found = _outline(before, rename), _outline(after)
    entry = _outline(before).get(old), found.get(new)
    if entry[0] is None or entry[1] is None:
        # Neither is in a workspace that the entry is not for.
        return entry == (None, None) and expected == found
    told_apart = _TOLD_APART - ({"name"} if rename.old.kind == "segment" else set())
    was, now = (
        {key: value for key, value in outline.items() if key not in told_apart}
        for outline in (expected[new], entry[1])
    )
    others = (
        {address: outline for address, outline in outlines.items() if address not in (old, new)}
        for outlines in (expected, found)
    )
    return was == now and next(others) == next(others)


def say_the_same(rename: Rename, schema: Schema) -> bool:
    """Whether the entries under the old name and the new one say the same but for their story."""
    outlines = _outline(schema)
    first, second = (
        {key: value for key, value in outlines.get(str(address), {}).items() if key not in _TOLD_APART}
        for address in (rename.old, rename.new)
    )
    return first == second


def _outline(schema: Schema, rename: Rename | None = None) -> dict[str, dict[str, Outline]]:
    """What a schema says, by address, with every name as it is after a rename.

    The text of a rule is left out where it has a meaning.
    """
    names = _Names(rename)
    # One that has the new name already is told by the old one, which comes to stand in its place.
    things = sorted(
        [*schema.attributes.values(), *schema.events.values(), *schema.segments.values()],
        key=lambda thing: rename is not None and thing.address == str(rename.old),
    )
    outlines = {names.address(thing.address): names.entry(thing) for thing in things}
    return {**outlines, **names.contracts(schema)}


class _Names:
    def __init__(self, rename: Rename | None) -> None:
        self.rename = rename

    def address(self, address: str) -> str:
        return str(self.rename.new) if self.rename and address == str(self.rename.old) else address

    def entry(self, thing: Attribute | Event | Segment) -> dict[str, Outline]:
        values = {field.name: getattr(thing, field.name) for field in fields(thing) if field.name != "span"}
        owner = thing.model if isinstance(thing, Attribute) else None
        if isinstance(thing, Attribute):
            values["name"] = self.name("attribute", thing.name, owner)
            values["renamed_from"] = self._old_name("attribute", thing.renamed_from, owner)
            if thing.replaces is not None:
                values["replaces"] = (
                    self.name("attribute", thing.replaces.attribute, owner),
                    repr(thing.replaces.convert),
                )
        elif isinstance(thing, Event):
            values["name"] = self.name("event", thing.name)
            values["renamed_from"] = self._old_name("event", thing.renamed_from)
        else:
            values["key"] = self.name("segment", thing.key)
            if thing.predicate is not None:
                del values["rule"]
        return {key: self.value(value) for key, value in values.items()}

    def contracts(self, schema: Schema) -> dict[str, dict[str, Outline]]:
        """What is asserted and tested, by what no entry is called."""
        outlines = {f"assertion {name}": self.value(claimed) for name, claimed in schema.assertions.items()}
        outlines |= {f"tests {self.name('segment', key)}": self.value(of) for key, of in schema.tests.items()}
        outlines["priorities"] = [self.name("segment", key) for key in schema.priorities or ()]
        return {name: {"": outline} for name, outline in outlines.items()}

    def _old_name(self, kind: str, name: str | None, owner: str | None = None) -> str | None:
        return None if name is None else self.name(kind, name, owner)

    def name(self, kind: str, name: str, owner: str | None = None) -> str:
        """The name of a thing of a kind, after the rename."""
        old = self.rename and self.rename.old
        if self.rename is None or old is None or (kind, owner) != (old.kind, old.owner):
            return name
        same = event_key(name) == event_key(old.name) if kind == "event" else name == old.name
        return self.rename.new.name if same else name

    def value(self, value: Any) -> Outline:
        """Any value of an entry: a typed rule, metadata, labels, texts."""
        if isinstance(value, Field):
            return ("field", value.owner, self.name("attribute", value.name, value.owner))
        if isinstance(value, InSegment):
            # The rule of that segment is compared where it is declared.
            return ("segment", self.name("segment", value.segment))
        if isinstance(value, AssertedRule):
            # A segment by its key, or by a rule that names it.
            key = value.segment
            return self.value(value.rule) if key is None else ("segment", self.name("segment", key))
        if isinstance(value, InIntercomSegment):
            return ("built", self.name("segment", value.segment), value.name)
        if isinstance(value, tuple):
            return [self.value(item) for item in cast("tuple[Any, ...]", value)]
        if not is_dataclass(value) or isinstance(value, type):
            return value
        data = {
            field.name: self.value(getattr(value, field.name))
            for field in fields(value)
            if field.name != "span"
        }
        if isinstance(value, ShortOccurrence):
            data["event"] = self.name("event", value.event)
        if isinstance(value, EVENT_TESTS):
            data["event"] = self.name("event", value.event)
        if isinstance(value, EventSequence):
            data["then"] = self.name("event", value.then)
        return (type(value).__name__, data)
