"""Any schema, written into spec files: it is read back as it was, and formatting what was written changes nothing."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

from hypothesis import given
from hypothesis import strategies as st

from intercom_iac.model import Segment
from intercom_iac.rules import canonical_text, format_rule, parse
from intercom_iac.specs import (
    Entry,
    add_entries,
    attribute_entry,
    event_entry,
    format_file,
    new_spec_file,
    segment_entry,
)
from intercom_iac.text import Excerpt, SourceFile
from intercom_iac.yaml.edits import open_document
from support.generators import DAYS, examples, rules, schemas

_TEXTS = st.sampled_from(
    ["", "plain", "no", "12", "a: b", "#x", "two\nlines", "é😀", "it's ${NAME}", "a, b", "x" * 130, "- a"]
)


@st.composite
def entries_of(draw: st.DrawFn) -> list[Entry]:
    """Everything of a schema with texts of all kinds, as entries in any order."""
    schema = draw(schemas())
    attributes = {
        key: replace(attribute, description=draw(_TEXTS) or None, owner=draw(_TEXTS) or None)
        for key, attribute in schema.attributes.items()
    }
    events = {
        name: replace(
            event, description=draw(_TEXTS) or None, status=draw(st.sampled_from(["active", "deprecated"]))
        )
        for name, event in schema.events.items()
    }
    segments: dict[str, Segment] = {}
    for key in draw(st.lists(st.sampled_from(["vip", "no", "two words", "é"]), unique=True, max_size=3)):
        rule = format_rule(draw(rules(schema, draw(st.sampled_from(DAYS)))))
        name = draw(st.sampled_from([key, "VIP: all"]))
        segments[key] = Segment(key, name, rule, None, description=draw(_TEXTS) or None)
    written = [
        *map(attribute_entry, attributes.values()),
        *map(event_entry, events.values()),
        *map(segment_entry, segments.values()),
    ]
    return draw(st.permutations(written))


def plain(data: Any) -> Any:
    """The data of an entry, the rule of a segment without its lines."""
    if isinstance(data, dict) and "rule" in data:
        syntax, _ = parse(Excerpt.from_text(data["rule"], "<rule>"))
        assert syntax is not None
        return {**data, "rule": canonical_text(syntax)}
    return data


@examples(60)
@given(entries=entries_of(), start=st.integers(0, 12))
def test_a_schema_that_is_written_is_read_again(entries: list[Entry], start: int) -> None:
    first = new_spec_file(entries[:start], "# a file of ours\n")
    assert format_file(first, "a.yaml") == first
    text = add_entries(SourceFile("a.yaml", first), entries[start:])
    assert format_file(text, "a.yaml") == text
    # Comments and what was there stay, line by line.
    rest = iter(text.splitlines())
    assert all(line in rest for line in first.splitlines())
    document = open_document(SourceFile("a.yaml", text))
    for entry in entries:
        node = document.node(entry.path)
        assert node is not None
        assert plain(node.data) == plain(entry.data)


@examples(60)
@given(entries=entries_of())
def test_between_brackets_entries_are_formatted_too(entries: list[Entry]) -> None:
    attributes = "attributes: {contact: {}, company: {z: {type: date}}}"
    text = f"version: 1\n{attributes}\nevents: {{z: {{}}}}\nsegments: {{z: {{rule: vip}}}}\n"
    found = add_entries(SourceFile("a.yaml", text), entries)
    assert format_file(found, "a.yaml") == found
