"""Variables in texts of any kind: what comes out, and that every character knows where it came from."""

from __future__ import annotations

import re
from pathlib import Path
from tempfile import TemporaryDirectory

import yaml
from hypothesis import given
from hypothesis import strategies as st

from intercom_iac.project import find_project
from intercom_iac.project.variables import Variable
from intercom_iac.rules import format_rule
from intercom_iac.specs import digest, load_every_workspace, load_specs
from intercom_iac.specs.load.expansion import expand
from intercom_iac.text import SourceFile, Span
from intercom_iac.yaml.builder import build
from intercom_iac.yaml.nodes import Document, Mapping
from support.generators import DAYS, examples, rules, schemas

_NOWHERE = Span(SourceFile("intercom-iac.yaml", ""), 0, 0)
_VALUES = st.dictionaries(
    st.sampled_from(["A", "TEAM", "x_1"]), st.text("ab:#{}[]'\"$ \\,é😀", max_size=8), min_size=1
)
_PIECES = st.lists(
    st.sampled_from(
        [
            "${A}",
            "${TEAM}",
            "${x_1}",
            "$${",
            "$$",
            "$",
            "{",
            "}",
            "a",
            "é",
            "😀",
            "'",
            '"',
            "\\",
            " ",
            "${",
            "${A",
            "${a b}",
        ]
    ),
    max_size=12,
)


def _expanded_by_hand(text: str, values: dict[str, str]) -> str:
    """The same by another road: from left to right, a character at a time."""
    made, at = "", 0
    while at < len(text):
        name = re.match(r"\$\{([A-Za-z_]\w*)\}", text[at:], re.ASCII)
        if text.startswith("$${", at):
            made, at = f"{made}${{", at + 3
        elif name is not None:
            made, at = made + values.get(name[1], name[0]), at + len(name[0])
        else:
            made, at = made + text[at], at + 1
    return made


@examples(300)
@given(pieces=_PIECES, values=_VALUES, style=st.sampled_from(["'", '"', "|"]), anchor=st.booleans())
def test_a_text_is_what_it_says_and_each_character_stands_where_it_came_from(
    pieces: list[str], values: dict[str, str], style: str, anchor: bool
) -> None:
    text = "x" + "".join(pieces) + "x"
    written = yaml.safe_dump(text, default_style=style, allow_unicode=True, width=10_000, indent=4).rstrip(
        "\n"
    )
    name = "&a " if anchor and style != "|" else ""
    file = SourceFile("a.yaml", f"events:\n e:\n  owner: {name}{written}\n")
    root, diagnostics = build(file)
    assert not diagnostics
    assert isinstance(root, Mapping)
    before = Document(file, root)
    variables = {key: Variable(key, value, "default", _NOWHERE) for key, value in values.items()}
    found, diagnostics = expand(before, variables)
    made = _expanded_by_hand(text, values)
    assert found.document.root.data["events"]["e"]["owner"] == made
    # The document that was read stays as it was: another workspace's values are put into it next.
    assert root.data["events"]["e"]["owner"] == text
    excerpt = found.document.excerpt(("events", "e", "owner"))
    assert excerpt.text == made
    assert len(excerpt.offsets) == len(made) + 1
    assert list(excerpt.offsets) == sorted(excerpt.offsets)
    for index in range(len(made)):
        span = excerpt.span(index, index + 1)
        assert 0 <= span.start < span.end <= len(file.text)
        if span.text.startswith("${") and span.text.endswith("}"):
            assert made[index] in values.get(span.text[2:-1], span.text)
        elif len(span.text) == 1 and span.text != "\\":
            # A backslash may begin an escape for anything.
            assert span.text == made[index]
    assert excerpt.span(0, len(made)).text.strip() in written
    for wrong in diagnostics:
        assert wrong.span is not None
        assert wrong.span.text.startswith("${")


PROJECT = "version: 1\nworkspaces:\n  one: {sandbox: one.db}\n  two: {sandbox: two.db}\n"


@examples(30)
@given(st.data())
def test_without_variables_and_limits_every_workspace_has_the_same_specs(data: st.DataObject) -> None:
    schema = data.draw(schemas())
    rule = format_rule(data.draw(rules(schema, data.draw(st.sampled_from(DAYS)))))
    entries: dict[str, dict[str, object]] = {"contact": {}, "company": {}}
    for (model, name), each in schema.attributes.items():
        entries[model][name] = {"type": each.type.value} | (
            {"options": list(each.options)} if each.options else {}
        )
    events = {
        each.name: {
            "metadata": {
                key.name: {"type": key.type.value} | ({"options": list(key.options)} if key.options else {})
                for key in each.metadata
            }
        }
        for each in schema.events.values()
    }
    spec = {"version": 1, "attributes": entries, "events": events, "segments": {"s": {"rule": rule}}}
    with TemporaryDirectory() as folder:
        root = Path(folder)
        (root / "specs").mkdir()
        (root / "intercom-iac.yaml").write_text(PROJECT)
        (root / "specs" / "a.yaml").write_text(yaml.safe_dump(spec, allow_unicode=True, sort_keys=False))
        project = find_project(root)
        found = load_every_workspace(project)
        one, two = load_specs(project, "one"), load_specs(project, "two")
    assert found["one"] is found["two"]
    assert not one.varies
    assert (
        (one.schema, one.diagnostics)
        == (two.schema, two.diagnostics)
        == (found["one"].schema, found["one"].diagnostics)
    )
    assert digest(one.schema) == digest(two.schema)
