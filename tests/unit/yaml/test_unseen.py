"""Text that a reviewer does not see is refused wherever it stands, at the right place, and changes nothing there."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest

from intercom_iac.diagnostics import InvalidSpecs
from intercom_iac.project import find_project
from intercom_iac.specs import Loaded, format_file, load_specs
from intercom_iac.text import SourceFile
from intercom_iac.yaml.builder import build

Load = Callable[..., Loaded]

SEPARATORS = ["\r", "\x85", "\u2028", "\u2029"]
HIDING = [
    *SEPARATORS,
    "\u200b",
    "\u200d",
    "\u00ad",
    "\u202e",
    "\u2066",
    "\u200f",
    "\u2060",
    "\ufeff",
    "\ufe0f",
    "\u3164",
    "\U000e0041",
]
PLACES = [
    ("a comment", "version: 1\n# a§b\nevents: {e: {}}\n"),
    ("a comment behind a value", "version: 1 # a§b\nevents: {e: {}}\n"),
    ("a key", "version: 1\nevents:\n  e: {owner§: x}\n"),
    ("a name", "version: 1\nevents: {e§e: {}}\n"),
    ("plain text", "version: 1\nevents: {e: {description: a§b}}\n"),
    ("single quotes", "version: 1\nevents: {e: {description: 'a§b'}}\n"),
    ("double quotes", 'version: 1\nevents: {e: {description: "a§b"}}\n'),
    ("a block", "version: 1\nevents:\n  e:\n    description: |\n      a\n      b§c\n"),
    ("a folded block", "version: 1\nevents:\n  e:\n    description: >-\n      a§c\n"),
    ("a rule", "version: 1\nsegments: {s: {rule: tag 'a§b'}}\n"),
    ("a rule's comment", "version: 1\nsegments:\n  s:\n    rule: |\n      tag a # b§c\n"),
    (
        "an option",
        "version: 1\nattributes: {contact: {a: {type: options, options: [x§x, y]}}}\n",
    ),
]


@pytest.mark.parametrize("character", HIDING)
@pytest.mark.parametrize(("what", "text"), PLACES)
def test_it_is_an_error_at_its_place(loaded: Load, what: str, text: str, character: str) -> None:
    diagnostics = loaded(text.replace("§", character)).diagnostics
    [wrong] = [diagnostic for diagnostic in diagnostics if diagnostic.code == "SPEC153"]
    assert wrong.is_error, what
    assert wrong.span is not None
    line, column = (
        text[: text.index("§")].count("\n") + 1,
        text.index("§") - text.rfind("\n", 0, text.index("§")),
    )
    assert str(wrong.span).endswith(f":{line}:{column}")
    assert f"U+{ord(character):04X}" in wrong.message
    assert wrong.hint


@pytest.mark.parametrize(("what", "text"), PLACES)
@pytest.mark.parametrize("character", HIDING)
def test_fmt_writes_it_as_an_escape(what: str, text: str, character: str) -> None:
    formatted = format_file(text.replace("§", character), "x.yaml")
    assert character not in formatted.replace("\r\n", "")
    assert format_file(formatted, "x.yaml") == formatted
    before, _ = build(SourceFile("x.yaml", text.replace("§", character)))
    after, diagnostics = build(SourceFile("x.yaml", formatted))
    assert not diagnostics
    assert before is not None
    assert after is not None
    if "rule" not in what:
        assert after.data == before.data, what


@pytest.mark.parametrize("character", SEPARATORS)
def test_what_stands_behind_it_in_a_comment_stays_a_comment(tmp_path: Path, character: str) -> None:
    text = f"version: 1\n# a note{character}safety: {{max_archive_percent: 100}}\nspecs: specs\nnamig: {{}}\n"
    (tmp_path / "intercom-iac.yaml").write_text(text, newline="")
    with pytest.raises(InvalidSpecs) as caught:
        find_project(tmp_path)
    places = [f"{diagnostic.span}:{diagnostic.code}" for diagnostic in caught.value.diagnostics]
    assert places == ["intercom-iac.yaml:2:9:SPEC153", "intercom-iac.yaml:4:1:SPEC121"]
    root, _ = build(SourceFile("x.yaml", text))
    assert root is not None
    assert "safety" not in root.data


def test_neither_a_level_nor_a_silence_lets_it_through(tmp_path: Path) -> None:
    (tmp_path / "intercom-iac.yaml").write_text("version: 1\npolicy: {levels: {SPEC153: 'off'}}\n")
    with pytest.raises(InvalidSpecs):
        find_project(tmp_path)
    (tmp_path / "intercom-iac.yaml").write_text("version: 1\n")
    (tmp_path / "specs").mkdir()
    (tmp_path / "specs/a.yaml").write_text(
        "version: 1\n# intercom-iac: ignore SPEC153: it has to be\nevents: {e: {description: a\u200bb}}\n"
    )
    assert "SPEC153" in [diagnostic.code for diagnostic in load_specs(find_project(tmp_path)).errors]


@pytest.mark.parametrize(
    "escape", ["\\u200b", "\\u2028", "\\N", "\\L", "\\P", "\\xad", "\\u202E", "\\U000e0041"]
)
def test_an_escape_is_seen_and_stands(loaded: Load, escape: str) -> None:
    found = loaded(f'version: 1\nevents: {{e: {{description: "a{escape}b"}}}}\n')
    assert found.diagnostics == ()
    formatted = format_file(f"version: 1\nsegments: {{s: {{rule: \"tag   'a{escape}b'\"}}}}\n", "x.yaml")
    assert loaded(formatted).diagnostics == ()
    assert "tag 'a\\" in formatted or "tag a\\" in formatted


def test_the_text_as_it_should_be_is_told(loaded: Load) -> None:
    found = loaded(
        'version: 1\n# by\u200b hand\nevents:\n  e\u200b: {owner: a\u202e"b}\n'
        "  f:\n    description: |\n      a\u2060b\n"
    )
    assert [diagnostic.hint for diagnostic in found.diagnostics if diagnostic.code == "SPEC153"] == [
        "write `# by hand`",
        "write `e`",
        'write `a"b`, or "a\\u202e\\"b" where it is meant',
        'remove it, or "a\\u2060b\\n" where it is meant',
    ]


def test_every_text_of_a_file_is_told_once_in_one_run(loaded: Load) -> None:
    found = loaded(
        "version: 1\nevents:\n  e: {description: a\u200bb\u200bc\u202e, owner: x\u200b}\n  f: {typo: 1}\n"
    )
    assert [diagnostic.code for diagnostic in found.diagnostics] == ["SPEC153", "SPEC153", "SPEC121"]
    assert "U+200B ZERO WIDTH SPACE, U+202E RIGHT-TO-LEFT OVERRIDE," in found.diagnostics[0].message


def test_a_file_of_carriage_returns_alone_is_told_as_one(loaded: Load) -> None:
    [wrong] = loaded("version: 1\revents: {}\r").diagnostics
    # Not SPEC153, which hides nothing of what stands beside it: of this file nothing is read.
    assert wrong.code == "SPEC107"
    assert wrong.message == "the lines of the file end in carriage returns alone"
    with pytest.raises(InvalidSpecs):
        format_file("version: 1\revents: {}\r", "x.yaml")


def test_a_hostile_file_is_read_in_time(loaded: Load) -> None:
    # Every private character, so that none is left to stand in, and a separator on every line.
    private = "".join(
        map(chr, [*range(0xE000, 0xF900), *range(0xF0000, 0xFFFFE), *range(0x100000, 0x10FFFE)])
    )
    found = loaded(f"version: 1\n# {private}\n" + "# \u2028\n" * 40_000)
    assert {diagnostic.code for diagnostic in found.diagnostics} == {"SPEC153"}
    assert len(found.diagnostics) == 40_000
