"""Any edits of any YAML text: it says what was asked for, and every byte outside of them is what it was."""

from __future__ import annotations

import re
from typing import Any

from hypothesis import given
from hypothesis import strategies as st

from intercom_iac.diagnostics import EditRefused, InvalidSpecs
from intercom_iac.text import SourceFile
from intercom_iac.yaml.builder import build
from intercom_iac.yaml.comments import scan
from intercom_iac.yaml.edits import (
    Edits,
    append_items,
    apply_edits,
    insert_keys,
    open_document,
    remove_entry,
    rename_key,
    replace_value,
)
from intercom_iac.yaml.nodes import Document, Path
from support.generators import examples
from support.generators.yaml_texts import KEYS, values, yaml_texts


def file_of(text: str) -> SourceFile:
    return SourceFile("a.yaml", text)


def paths_in(data: Any, path: Path = ()) -> list[Path]:
    """The path of everything in plain data, the whole first."""
    below = data.items() if isinstance(data, dict) else enumerate(data) if isinstance(data, list) else ()
    return [path, *(deeper for step, value in below for deeper in paths_in(value, (*path, step)))]


def value_at(data: Any, path: Path) -> Any:
    for step in path:
        data = data[step]
    return data


@st.composite
def edits_of(draw: st.DrawFn, document: Document) -> tuple[Edits, Any, str]:
    """Edits for one change, the data that the edited text has to hold, and what kind of change it is.

    The data is changed here as Python has it, by other code than that of the edits.
    """
    data = open_document(document.file).root.data
    paths = paths_in(data)
    collections = [path for path in paths if isinstance(value_at(data, path), (dict, type(None)))]
    kind = draw(st.sampled_from(["insert", "append", "replace", "remove", "rename"]))
    if kind == "insert" or len(paths) == 1:
        path = draw(st.sampled_from(collections))
        present = value_at(data, path) or {}
        keys = draw(
            st.lists(
                st.sampled_from([key for key in KEYS if key and key not in present]), max_size=2, unique=True
            )
        )
        entries = {key: draw(values(3)) for key in keys}
        position = draw(st.none() | st.integers(0, len(present)))
        edits = insert_keys(document, path, entries, position)
        if position is None:
            changed: Any = {**present, **entries}
        else:
            pairs = list(present.items())
            pairs[position:position] = entries.items()
            changed = dict(pairs)
        if path or value_at(data, path) is None or entries:
            data = put(
                data, path, changed if entries or value_at(data, path) is None else value_at(data, path)
            )
        return edits, data, "insert"
    lists = [path for path in paths if path and isinstance(value_at(data, path), (list, type(None)))]
    if kind == "append" and lists:
        path = draw(st.sampled_from(lists))
        items = draw(st.lists(values(3), min_size=1, max_size=2))
        edits = append_items(document, path, items)
        return edits, put(data, path, (value_at(data, path) or []) + items), "append"
    path = draw(st.sampled_from(paths[1:]))
    if kind == "rename" and isinstance(path[-1], str):
        parent = value_at(data, path[:-1])
        name = draw(st.sampled_from([key for key in KEYS if key and key not in parent]))
        edits = rename_key(document, path, name)
        renamed = {name if key == path[-1] else key: value for key, value in parent.items()}
        return edits, put(data, path[:-1], renamed), "rename"
    if kind == "remove":
        edits = remove_entry(document, path)
        parent = value_at(data, path[:-1])
        shorter = parent.copy()
        del shorter[path[-1]]
        return edits, put(data, path[:-1], shorter), "remove"
    value = draw(values(3))
    return replace_value(document, path, value), put(data, path, value), "replace"


def put(data: Any, path: Path, value: Any) -> Any:
    """A copy of plain data with another value at a path."""
    if not path:
        return value
    copy = data.copy()
    copy[path[0]] = put(data[path[0]], path[1:], value)
    return copy


def comments_of(text: str) -> list[str]:
    return [comment.span.text for comment in scan(file_of(text)).comments]


def is_subsequence(kept: str, text: str) -> bool:
    rest = iter(text)
    return all(character in rest for character in kept)


@examples(200)
@given(text=yaml_texts(), data=st.data())
def test_any_sequence_of_edits_changes_what_was_asked_for_and_nothing_else(
    text: str, data: st.DataObject
) -> None:
    for _ in range(data.draw(st.integers(1, 4))):
        try:
            document = open_document(file_of(text))
        except InvalidSpecs:
            return  # a text that only looks as if it were YAML
        edits, wanted, kind = data.draw(edits_of(document))
        edited = apply_edits(text, edits)
        root, diagnostics = build(file_of(edited))
        assert not diagnostics
        # The order of keys counts, and `True` is not 1.
        assert repr((root.data if root else None) or {}) == repr(wanted)
        spans = sorted((edit.span.start, edit.span.end) for edit in edits)
        outside = "".join(
            text[behind:start]
            for (_, behind), (start, _) in zip([(0, 0), *spans], [*spans, (len(text), 0)], strict=True)
        )
        assert is_subsequence(outside, edited)
        if kind in ("insert", "append"):
            # An empty value may be taken away, and the marks of a block scalar changed.
            assert not [
                span for span in spans if re.sub(r"#.*|~|null|[\s{}\[\]|>+-]", "", text[slice(*span)])
            ]
        if kind in ("insert", "append", "rename"):
            before = comments_of(text)
            assert [comment for comment in comments_of(edited) if comment in before] == before
        if "\r\n" in text:
            assert not re.search(r"(?<!\r)\n", edited)
        else:
            assert "\r" not in edited
        text = edited


_PIECES = st.sampled_from(
    [*"{}[],'\"\té😀\u2028\ufeff\n", "\r\n", "\n  ", "\n- ", "- ", "? ", "a:", "b:", " 1", " x"]
) | st.sampled_from(
    ["c: &x", " *x", "&y ", "*y", "<<: ", "!!str ", "# c\n", " # c", "---\n", "...\n", " |+\n   t\n\n"]
)


@examples(200)
@given(pieces=st.lists(_PIECES, max_size=14), data=st.data())
def test_an_edit_of_any_text_is_right_or_refused(pieces: list[str], data: st.DataObject) -> None:
    text = "a: 1\n" + "".join(pieces)
    try:
        document = open_document(file_of(text))
        edits, wanted, _ = data.draw(edits_of(document))
    except (InvalidSpecs, EditRefused):
        return
    root, diagnostics = build(file_of(apply_edits(text, edits)))
    assert not diagnostics
    assert repr((root.data if root else None) or {}) == repr(wanted)
