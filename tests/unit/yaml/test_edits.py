"""What each edit makes of a text: where it puts things, and what it leaves as it is."""

from __future__ import annotations

from typing import Any

import pytest

from intercom_iac.diagnostics import EditRefused, InvalidSpecs
from intercom_iac.text import SourceFile
from intercom_iac.yaml import edits
from intercom_iac.yaml.builder import build
from intercom_iac.yaml.editing.writing import LaidOut
from intercom_iac.yaml.edits import (
    Replacement,
    append_items,
    apply_edits,
    change_text,
    insert_keys,
    open_document,
    remove_entry,
    rename_key,
    replace_value,
)
from intercom_iac.yaml.nodes import Document, Path


def document_of(text: str) -> Document:
    return open_document(SourceFile("specs/a.yaml", text))


def inserted(text: str, path: Path, key: str, value: Any, position: int | None = None) -> str:
    return apply_edits(text, insert_keys(document_of(text), path, {key: value}, position))


def replaced(text: str, path: Path, value: Any) -> str:
    return apply_edits(text, replace_value(document_of(text), path, value))


def removed(text: str, *path: str | int) -> str:
    return apply_edits(text, remove_entry(document_of(text), path))


def renamed(text: str, path: Path, name: str) -> str:
    return apply_edits(text, rename_key(document_of(text), path, name))


def appended(text: str, path: Path, *items: Any) -> str:
    return apply_edits(text, append_items(document_of(text), path, items))


# --- inserting ----------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("text", "path", "edited"),
    [
        ("", (), "k: v\n"),
        ("# ours\n", (), "# ours\nk: v\n"),
        ("# ours", (), "# ours\nk: v\n"),
        ("---\n", (), "---\nk: v\n"),
        ("a: 1\n", (), "a: 1\nk: v\n"),
        ("a: 1", (), "a: 1\nk: v"),
        ("a: 1\r\n", (), "a: 1\r\nk: v\r\n"),
        ("a: 1\n...\n", (), "a: 1\nk: v\n...\n"),
        ("a: 1  # why\n\n# the end\n", (), "a: 1  # why\nk: v\n\n# the end\n"),
        (
            "a:\n  b: 1\n  # about b\n# about c\nc: 2\n",
            ("a",),
            "a:\n  b: 1\n  k: v\n  # about b\n# about c\nc: 2\n",
        ),
        ("a:\n  b: 1\n    # below b\nc: 2\n", ("a",), "a:\n  b: 1\n    # below b\n  k: v\nc: 2\n"),
        ("a:\n  b: 1\n\n  c: 2\n\nd: 3\n", ("a",), "a:\n  b: 1\n\n  c: 2\n\n  k: v\n\nd: 3\n"),
        ("a:\n    b:   1\n", ("a",), "a:\n    b:   1\n    k: v\n"),
        ("a: # ours\n", ("a",), "a: # ours\n  k: v\n"),
        ("a: {}  # ours\nb: 1\n", ("a",), "a:  # ours\n  k: v\nb: 1\n"),
        ("a: ~\n", ("a",), "a:\n  k: v\n"),
        ("a: {b: 1}\n", ("a",), "a: {b: 1, k: v}\n"),
        ("a: {b: 1,}\n", ("a",), "a: {b: 1, k: v,}\n"),
        ("a: {b}\n", ("a", "b"), "a: {b: {k: v}}\n"),
        ("a: {b: {}}\n", ("a", "b"), "a: {b: {k: v}}\n"),
        (
            "a: {\n  b: 1,  # why\n  c: 2  # because\n}\n",
            ("a",),
            "a: {\n  b: 1,  # why\n  c: 2,  # because\n  k: v\n}\n",
        ),
        ("a: {\n  b: 1,\n}\n", ("a",), "a: {\n  b: 1,\n  k: v,\n}\n"),
        ("a: {\n  b: 1}\n", ("a",), "a: {\n  b: 1,\n  k: v}\n"),
        ("a: |\n  one\n  two", (), "a: |-\n  one\n  two\nk: v"),
        ("a: |+\n  one\n\n\n", (), "a: |+\n  one\n\n\nk: v\n"),
        ("a: [{b: 1}]\n", ("a", 0), "a: [{b: 1, k: v}]\n"),
        ("a:\n- b: 1\n  c: 2\n", ("a", 0), "a:\n- b: 1\n  c: 2\n  k: v\n"),
        ("a:\tx\n", (), "a:\tx\nk: v\n"),
    ],
)
def test_a_key_goes_to_the_end_of_its_mapping(text: str, path: Path, edited: str) -> None:
    assert inserted(text, path, "k", "v") == edited


@pytest.mark.parametrize(
    ("text", "path", "position", "edited"),
    [
        ("# about the file\na: 1\nb: 2\n", (), 0, "# about the file\nk: v\na: 1\nb: 2\n"),
        ("a: 1\n  # below a\n# about b\nb: 2\n", (), 1, "a: 1\n  # below a\nk: v\n# about b\nb: 2\n"),
        ("x: {a: 1, b: 2}\n", ("x",), 0, "x: {k: v, a: 1, b: 2}\n"),
        ("x: {a: 1, b: 2}\n", ("x",), 1, "x: {a: 1, k: v, b: 2}\n"),
        ("x:\n  - a: 1\n    b: 2\n", ("x", 0), 0, "x:\n  - k: v\n    a: 1\n    b: 2\n"),
        ("a: 1\n\nb: 2\n", (), 0, "k: v\n\na: 1\n\nb: 2\n"),
        ("x: [\n  a,\n  {b: 1},\n]\n", ("x", 1), 0, "x: [\n  a,\n  {k: v, b: 1},\n]\n"),
    ],
)
def test_a_key_goes_where_it_is_asked_for(text: str, path: Path, position: int, edited: str) -> None:
    assert inserted(text, path, "k", "v", position) == edited


@pytest.mark.parametrize(
    ("value", "written"),
    [
        ("plain words", "plain words"),
        ("no", '"no"'),
        ("Yes", '"Yes"'),
        ("1.0", '"1.0"'),
        ("12:30", '"12:30"'),
        ("2026-01-31", '"2026-01-31"'),
        ("null", '"null"'),
        ("", '""'),
        ("a: b", '"a: b"'),
        ("#x", '"#x"'),
        ("a #x", '"a #x"'),
        ("a#x", "a#x"),
        ('say "hi"', 'say "hi"'),
        ('"hi"', "'\"hi\"'"),
        ("it's", "it's"),
        ("a\\b: c", "'a\\b: c'"),
        (" a", '" a"'),
        ("a\tb", "a\tb"),
        ("é😀", "é😀"),
        ("zero\u200bwidth", '"zero\\u200bwidth"'),
        ("a\r\nb", '"a\\r\\nb"'),
        ("a\n", '"a\\n"'),
        ("one\ntwo", "|-\n  one\n  two"),
        ("one\n\ntwo\n", "|\n  one\n\n  two"),
        (" one\ntwo", '" one\\ntwo"'),
        (None, "null"),
        (True, "true"),
        (12, "12"),
        (1.5, "1.5"),
        (1e30, "1e+30"),
        (float("-inf"), "-.inf"),
        ([], "[]"),
        ({}, "{}"),
        (["a", "b, c"], '[a, "b, c"]'),
        ([{"a": 1}], "[{a: 1}]"),
        (["x" * 60, "y" * 60], f"\n  - {'x' * 60}\n  - {'y' * 60}"),
        ({"no": {"b": [1]}}, '\n  "no":\n    b: [1]'),
        (LaidOut({"a": 1}, ("a:   1",), "{a:   1}"), "\n  a:   1"),
    ],
)
def test_values_have_the_quotes_they_need(value: Any, written: str) -> None:
    found = inserted("", (), "k", value)
    assert found == f"k:{'' if written.startswith(chr(10)) else ' '}{written}\n"


@pytest.mark.parametrize(
    ("value", "written"),
    [
        ("a, b", '"a, b"'),
        ("a [b]", '"a [b]"'),
        ("a]", '"a]"'),
        ("one\ntwo", '"one\\ntwo"'),
        ("a: b", '"a: b"'),
    ],
)
def test_between_brackets_more_needs_quotes(value: str, written: str) -> None:
    assert inserted("x: {a: 1}", ("x",), "k", value) == f"x: {{a: 1, k: {written}}}"


@pytest.mark.parametrize(
    ("key", "written"),
    [
        ("a b", "a b"),
        ("no", '"no"'),
        ("1.0", '"1.0"'),
        ("a: b", '"a: b"'),
        ("#x", '"#x"'),
        ("- x", '"- x"'),
        ("<<", '"<<"'),
        ("é", "é"),
        ('a"', 'a"'),
        ("{x", '"{x"'),
    ],
)
def test_keys_have_the_quotes_they_need(key: str, written: str) -> None:
    assert inserted("a: 1\n", (), key, 1) == f"a: 1\n{written}: 1\n"
    assert renamed("a: 1\n", ("a",), key) == f"{written}: 1\n"


# --- replacing ----------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("text", "path", "value", "edited"),
    [
        ("a:   old  # why\n", ("a",), "new", "a:   new  # why\n"),
        ("a: 'old'\n", ("a",), "new", "a: 'new'\n"),
        ('a: "old"\n', ("a",), "it's", 'a: "it\'s"\n'),
        ("a: 'old'\n", ("a",), 1, "a: 1\n"),
        ("a:\nb: 1\n", ("a",), "new", "a: new\nb: 1\n"),
        ("a: # why\n", ("a",), "new", "a: new # why\n"),
        ("a: |  # why\n  one\n  two\nb: 1\n", ("a",), "new", "a: new  # why\nb: 1\n"),
        ("a: old  # why\nb: 1\n", ("a",), "one\ntwo", "a: |-  # why\n  one\n  two\nb: 1\n"),
        ("a: old\n  # below\nb: 1\n", ("a",), "one\ntwo", 'a: "one\\ntwo"\n  # below\nb: 1\n'),
        ("a: old", ("a",), "one\ntwo\n", 'a: "one\\ntwo\\n"'),
        ("a:  # why\n  b: 1\n  c: 2  # c\nd: 3\n", ("a",), "new", "a: new  # why\nd: 3\n"),
        ("a: old  # why\nd: 3\n", ("a",), {"b": 1}, "a:  # why\n  b: 1\nd: 3\n"),
        ("a: [x, y]\n", ("a",), ["z"], "a: [z]\n"),
        ("a:\n  - x\n  - y\n", ("a",), ["z"], "a:\n  - z\n"),
        ("a: [x, 'y']\n", ("a", 1), "z", "a: [x, 'z']\n"),
        ("a:\n- x  # why\n- y\n", ("a", 0), "z", "a:\n- z  # why\n- y\n"),
        ("a:\n- b: 1\n  c: 2\n- y\n", ("a", 0), "z", "a:\n- z\n- y\n"),
        ("a: {b: 1, c: {d: 2}}\n", ("a", "c"), [1, 2], "a: {b: 1, c: [1, 2]}\n"),
        ("a: {b, c: 1}\n", ("a", "b"), "x", "a: {b: x, c: 1}\n"),
        ('a: {"b":1}\n', ("a", "b"), "x", 'a: {"b":x}\n'),
    ],
)
def test_a_value_takes_the_place_of_another(text: str, path: Path, value: Any, edited: str) -> None:
    assert replaced(text, path, value) == edited
    assert replaced(text.replace("\n", "\r\n"), path, value) == edited.replace("\n", "\r\n")


# --- removing and renaming ----------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("text", "path", "edited"),
    [
        ("a: 1\nb: 2  # why\nc: 3\n", ("b",), "a: 1\nc: 3\n"),
        (
            "a: 1\n# about b\nb:\n  # in b\n  c: 2\n    # below c\n# about d\nd: 3\n",
            ("b",),
            "a: 1\n# about b\n# about d\nd: 3\n",
        ),
        ("# about the file\na: 1\n", ("a",), "# about the file\n"),
        ("a: 1\nb: 2", ("b",), "a: 1\n"),
        ("a:  # why\n  b: 1\nc: 2\n", ("a", "b"), "a: {}  # why\nc: 2\n"),
        ("a:\n  - b\n", ("a", 0), "a: []\n"),
        ("a: {b: 1, c: 2, d: 3}\n", ("a", "b"), "a: {c: 2, d: 3}\n"),
        ("a: {b: 1, c: 2, d: 3}\n", ("a", "c"), "a: {b: 1, d: 3}\n"),
        ("a: {b: 1, c: 2, d: 3}\n", ("a", "d"), "a: {b: 1, c: 2}\n"),
        ("a: {b: 1, c: 2,}\n", ("a", "c"), "a: {b: 1,}\n"),
        ("a: {b: 1,}\n", ("a", "b"), "a: {}\n"),
        (
            "a: [\n  b,  # why\n  # about c\n  c,\n  d  # d\n]\n",
            ("a", 0),
            "a: [\n  # about c\n  c,\n  d  # d\n]\n",
        ),
        ("a: [\n  b,\n  d  # d\n]\n", ("a", 1), "a: [\n  b,\n]\n"),
        ("a:\n- b: 1  # b\n  # about c\n  c: 2\n", ("a", 0, "b"), "a:\n- # about c\n  c: 2\n"),
        ("a:\n- b\n- c\n", ("a", 0), "a:\n- c\n"),
        ("a: |+\n  x\nb: 1\n\n\nc: 2\n", ("b",), "a: |+\n  x\nc: 2\n"),
    ],
)
def test_what_is_removed_takes_its_lines_with_it(text: str, path: Path, edited: str) -> None:
    assert removed(text, *path) == edited
    assert removed(text.replace("\n", "\r\n"), *path) == edited.replace("\n", "\r\n")


def test_a_key_is_renamed_where_it_stands() -> None:
    assert renamed("a :  1 # why\nb: 2\n", ("a",), "new") == "new :  1 # why\nb: 2\n"
    assert renamed("'a': 1\n", ("a",), "new") == "'new': 1\n"
    assert renamed('x: {"a":1}\n', ("x", "a"), "new") == 'x: {"new":1}\n'


# --- lists --------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("text", "edited"),
    [
        ("a: [x]\n", "a: [x, new]\n"),
        ("a: [x, ]\n", "a: [x, new, ]\n"),
        ("a: []\n", "a: [new]\n"),
        ("a: [ ] # why\n", "a: [new ] # why\n"),
        ("a:\n", "a: [new]\n"),
        ("a:\n- x  # why\n", "a:\n- x  # why\n- new\n"),
        ("a:\n  -   x\n  # about the rest\nb: 1\n", "a:\n  -   x\n  - new\n  # about the rest\nb: 1\n"),
        ("a: [\n  x, # why\n  y # because\n]\n", "a: [\n  x, # why\n  y, # because\n  new\n]\n"),
        ("a: [\n\tx,\n]\n", "a: [\n\tx,\n\tnew,\n]\n"),
        ("a: [x, # one, two\n  'y]']\n", "a: [x, # one, two\n  'y]',\n  new]\n"),
    ],
)
def test_an_item_is_appended(text: str, edited: str) -> None:
    assert appended(text, ("a",), "new") == edited


def test_a_long_line_between_brackets_stays_one() -> None:
    text = f"a: [{', '.join(f'option_{number}' for number in range(500))}]\n"
    assert appended(text, ("a",), "new") == text.replace("]", ", new]")


# --- anchors and aliases ------------------------------------------------------------------------------------

ALIASED = "a: &x {b: 1}\nc: *x\nd: [1, *x]\ne: &free {f: 1}\n"


def test_what_an_alias_repeats_is_not_edited() -> None:
    document = document_of(ALIASED)
    for path in (("a", "b"), ("c", "b"), ("d", 1, "b")):
        with pytest.raises(EditRefused) as caught:
            replace_value(document, path, 2)
        assert caught.value.message == (
            "specs/a.yaml:1:4: an alias repeats this value, so that an edit would change it elsewhere too"
        )
        assert caught.value.hint == "write the value out in place of `*x`"
        assert (caught.value.span.line, caught.value.exit_code) == (1, 3)
    with pytest.raises(EditRefused):
        insert_keys(document, ("c",), {"k": 1})
    with pytest.raises(EditRefused, match="would refer to nothing"):
        remove_entry(document, ("a",))
    with pytest.raises(EditRefused, match="would refer to nothing"):
        replace_value(document, ("a",), 1)


def test_the_alias_that_stands_in_the_way_is_named() -> None:
    text = "a: &one 1\nb: *one\nc: &two\n  d: 1\ne: *two\n"
    with pytest.raises(EditRefused) as caught:
        insert_keys(document_of(text), ("c",), {"k": 1})
    assert caught.value.hint == "write the value out in place of `*two`"


def test_around_an_alias_edits_are_made() -> None:
    assert replaced(ALIASED, ("c",), 5) == ALIASED.replace("c: *x", "c: 5")
    assert removed(ALIASED, "d", 1) == ALIASED.replace("[1, *x]", "[1]")
    assert removed(ALIASED, "d", 0) == ALIASED.replace("[1, *x]", "[*x]")
    assert appended(ALIASED, ("d",), 2) == ALIASED.replace("[1, *x]", "[1, *x, 2]")
    assert renamed(ALIASED, ("c",), "z") == ALIASED.replace("c: *x", "z: *x")
    assert inserted(ALIASED, ("e",), "k", 1) == ALIASED.replace("{f: 1}", "{f: 1, k: 1}")


# --- what cannot be edited ----------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("text", "path"),
    [("? a\n: {b: 1}\n? c\n: 2\n", ()), ("a: [b: 1]\n", ("a", 0)), ("a: 1\n? b\n", ("b",))],
)
def test_a_text_that_cannot_be_edited_in_place_is_refused(text: str, path: Path) -> None:
    with pytest.raises(EditRefused) as caught:
        insert_keys(document_of(text), path, {"k": {"a": 1}})
    assert caught.value.hint is not None


@pytest.mark.parametrize("text", ["- a\n", "text\n", "[]\n"])
def test_a_file_that_is_no_mapping_is_refused(text: str) -> None:
    with pytest.raises(EditRefused, match="the file is no mapping"):
        document_of(text)


@pytest.mark.parametrize("text", ["a: [1\n", "a: 1\na: 2\n", "a:\n\tb: 1\n"])
def test_what_is_wrong_as_yaml_is_not_opened(text: str) -> None:
    with pytest.raises(InvalidSpecs):
        document_of(text)


def test_a_path_that_leads_nowhere_is_the_caller_s_mistake() -> None:
    document = document_of("a: {b: 1}\nc: [1]\n")
    for path in (("x",), ("a", "x"), ("c", 1), ()):
        with pytest.raises(LookupError):
            replace_value(document, path, 1)
        with pytest.raises(LookupError):
            remove_entry(document, path)
    with pytest.raises(LookupError):
        insert_keys(document, ("c",), {"k": 1})
    with pytest.raises(LookupError):
        append_items(document, ("a",), [1])
    with pytest.raises(ValueError, match="'b' stands there already"):
        insert_keys(document, ("a",), {"b": 1})
    with pytest.raises(ValueError, match="'c' stands there already"):
        rename_key(document, ("a",), "c")


def test_edits_that_overlap_are_not_made() -> None:
    document = document_of("a: {b: 1}\n")
    edits = (*replace_value(document, ("a",), 2), *replace_value(document, ("a", "b"), 3))
    with pytest.raises(ValueError, match="overlap"):
        apply_edits("a: {b: 1}\n", edits)


def test_nothing_to_insert_is_no_edit() -> None:
    document = document_of("a: {b: 1}\nc: [1]\n")
    assert insert_keys(document, ("a",), {}) == ()
    assert append_items(document, ("c",), []) == ()


# --- several changes of a text ------------------------------------------------------------------------------


def test_several_changes_of_a_text_are_read_and_tried_once(monkeypatch: pytest.MonkeyPatch) -> None:
    read: list[str] = []

    def counted(file: SourceFile, *arguments: Any) -> Any:
        read.append(file.text)
        return build(file, *arguments)

    monkeypatch.setattr(edits, "build", counted)
    text = "".join(f"key_{at}: {at}  # stays\n" for at in range(50))
    changes = [Replacement((f"key_{at}",), at + 1) for at in range(50)]
    changed = change_text(SourceFile("specs/a.yaml", text), changes)
    assert changed == "".join(f"key_{at}: {at + 1}  # stays\n" for at in range(50))
    assert len(read) == 1
    assert change_text(SourceFile("specs/a.yaml", "not: {yaml"), []) == "not: {yaml"


def test_a_change_that_cannot_be_made_with_the_others_is_refused_where_it_is() -> None:
    text = "one: 1\ntwo: &a [x]\nthree: *a\n"
    changes = [Replacement(("one",), 2), Replacement(("two", 0), "y")]
    with pytest.raises(EditRefused, match=r"specs/a.yaml:2:\d+: an alias repeats this value"):
        change_text(SourceFile("specs/a.yaml", text), changes)
