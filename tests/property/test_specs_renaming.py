"""A rename of anything in any specs: they say the same under the new name, and back again what they said."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

from hypothesis import given
from hypothesis import strategies as st

from intercom_iac.application import Session, format_files, move, open_session, project_files, write_renamed
from intercom_iac.model import (
    STANDARD,
    Address,
    Schema,
    Segment,
    attribute_address,
    event_address,
    segment_address,
)
from intercom_iac.model.names import name_mistakes
from intercom_iac.model.predicate import walk
from intercom_iac.rules import format_rule
from intercom_iac.specs import attribute_entry, event_entry, new_spec_file, segment_entry
from support.generators import DAYS, examples, rules, schemas

NEW_NAMES = {
    "attribute": ["renamed", "the new one", "not", "company", "größer", "or-else", "東"],
    "event": ["renamed", "the new one", "not", "is", "back`tick", "it's a.b", "🎈 two", "a: #b"],
    "segment": ["renamed", "the new one", "not", "is", "back`tick", "it's", "a: b", "#1"],
}


@st.composite
def declared(draw: st.DrawFn) -> Schema:
    """A schema whose names Intercom takes, and segments that refer to one another."""
    schema = draw(schemas())
    attributes = {
        key: attribute
        for key, attribute in schema.attributes.items()
        if not name_mistakes("attribute", attribute.name) and key not in STANDARD
    }
    events = {
        name: replace(
            event,
            metadata=tuple(key for key in event.metadata if not name_mistakes("metadata key", key.name)),
        )
        for name, event in schema.events.items()
    }
    schema = Schema(attributes, events)
    segments: dict[str, Segment] = {}
    for key in ("vip", "two words", "é"):
        rule = format_rule(draw(rules(schema, draw(st.sampled_from(DAYS)))))
        if segments:
            rule = f"segment {'vip' if len(segments) == 1 else '`two words`'} or ({rule})"
        segments[key] = Segment(key, draw(st.sampled_from([key, f"The {key}"])), rule, None)
    return replace(schema, segments=segments)


def addresses(schema: Schema) -> Iterator[str]:
    yield from (attribute_address(*key) for key in schema.attributes)
    yield from map(event_address, schema.events)
    yield from map(segment_address, schema.segments)


def write(root: Path, schema: Schema) -> None:
    """Two files of a project: attributes and events, and segments."""
    things = [*map(attribute_entry, schema.attributes.values()), *map(event_entry, schema.events.values())]
    (root / "specs").mkdir()
    (root / "intercom-iac.yaml").write_text("version: 1\n")
    (root / "specs" / "things.yaml").write_text(new_spec_file(things))
    (root / "specs" / "segments.yaml").write_text(new_spec_file(map(segment_entry, schema.segments.values())))


def move_and_write(root: Path, old: str, new: str) -> Session:
    session = open_session(root, environment={})
    write_renamed(session, move(session, old, new))
    return open_session(root, environment={})


def rules_of(schema: Schema) -> dict[str, str]:
    return {segment.name: format_rule(segment.typed_rule) for segment in schema.segments.values()}


def described(schema: Schema, old: str) -> list[Any]:
    """Every entry but one as text, without places and rules."""
    things = [*schema.attributes.values(), *schema.events.values(), *schema.segments.values()]
    return [entry.data for thing in things if thing.address != old for entry in [_entry(thing)]]


def _entry(thing: Any) -> Any:
    if isinstance(thing, Segment):
        return segment_entry(replace(thing, rule="", key=""))
    story = {"renamed_from": None, "status": "active"}
    return (
        attribute_entry(replace(thing, **story))
        if hasattr(thing, "model")
        else event_entry(replace(thing, **story))
    )


@examples(25)
@given(schema=declared(), data=st.data())
def test_a_rename_changes_the_name_and_nothing_else(schema: Schema, data: st.DataObject) -> None:
    old = Address.parse(data.draw(st.sampled_from(list(addresses(schema)))))
    assert old is not None
    taken = {name for _, name in schema.attributes} if old.owner else set[str]()
    free = [name for name in NEW_NAMES[old.kind] if name not in taken]
    new = replace(old, name=data.draw(st.sampled_from(free)))
    with TemporaryDirectory() as folder:
        root = Path(folder)
        write(root, schema)
        before = open_session(root, environment={}).schema()
        things = (root / "specs" / "things.yaml").read_text()
        after = move_and_write(root, str(old), str(new))
        found = after.schema()
        assert described(found, str(old)) == described(before, "")
        # No rule that is in use reads what is on its way out.
        assert str(old) not in found.needed_by()
        readers = before.needed_by().get(str(old), [])
        renamed = [str(new) if address == str(old) else address for address in readers]
        assert found.needed_by().get(str(new), []) == renamed
        count = sum(1 for segment in before.segments.values() for _ in walk(segment.typed_rule))
        assert count == sum(1 for segment in found.segments.values() for _ in walk(segment.typed_rule))
        files, _ = project_files(after)
        assert not any(formatted.changed for formatted in format_files(files, write=False))

        again = move_and_write(root, str(new), str(old)).schema()
        assert rules_of(again) == rules_of(before)
        assert described(again, "") == described(before, "")
        assert (root / "specs" / "things.yaml").read_text() == things
