"""Names in assertions, in the priorities and in tests of segments, outside of rules."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

from intercom_iac.model import event_key
from intercom_iac.rules.print.text import label_text
from intercom_iac.yaml.edits import Change, Renaming, Replacement, change_text
from intercom_iac.yaml.nodes import Document, Mapping, Path, Scalar, Sequence

from ..author.entries import literal_text
from ..load.rule_places import is_segment_key, may_be_segment_key, rule_places
from .drafts import Draft, Part
from .rename import Rename


def rename_in_contracts(draft: Draft, rename: Rename) -> Draft:
    """The draft with the new name wherever an assertion, the priorities or a test has the old one."""
    for file in draft.texts:
        document = draft.document(file)
        parts: list[Part] = []
        changes: list[Change] = []
        for part in _parts(document, file, rename):
            if _is_key(part, rename):
                *parent, key = part.path
                changes.append(Renaming(tuple(parent), str(key), rename.new.name))
                parts.append(replace(part, path=(*parent, rename.new.name)))
            else:
                changes.append(Replacement(part.path, _text(part, rename)))
                parts.append(part)
        if parts:
            draft = draft.with_text(file, change_text(document.file, changes), *parts)
    return draft


def _is_key(part: Part, rename: Rename) -> bool:
    return part.what == "test" and rename.old.kind == "attribute"


def _text(part: Part, rename: Rename) -> str:
    """The new name as it stands at a place: of a segment its key, unless that would be read as a rule there."""
    name = rename.new.name
    if part.what == "assertion" and not may_be_segment_key(part.path, name):
        name = f"segment {label_text(name)}"
    return literal_text(name)


def _parts(document: Document, file: str, rename: Rename) -> Iterator[Part]:
    """Where the old name stands."""
    if rename.old.kind == "segment":
        for path in _keys_of_segments(document, rename.old.name):
            name = None if path[0] == "priorities" else f"assertion.{path[1]}"
            yield Part("priorities" if name is None else "assertion", file, path, name)
        return
    for path in _places_in_tests(document, rename):
        yield Part("test", file, path, f"segment.{path[1]}")


def _keys_of_segments(document: Document, key: str) -> Iterator[Path]:
    for path in rule_places(document.root):
        if is_segment_key(path, str(_data(document, path)), {key}):
            yield path
    for index in _indices(document, ("priorities",)):
        if _data(document, ("priorities", index)) == key:
            yield ("priorities", index)


def _places_in_tests(document: Document, rename: Rename) -> Iterator[Path]:
    segments = document.node(("segments",))
    for segment in segments.entries if isinstance(segments, Mapping) else ():
        tests: Path = ("segments", segment, "tests")
        for index in _indices(document, tests):
            yield from _places_in_test(document, (*tests, index), rename)


def _places_in_test(document: Document, test: Path, rename: Rename) -> Iterator[Path]:
    old = rename.old
    match old.kind, old.owner:
        case "attribute", "contact":
            places: list[Path] = [(*test, "contact", old.name)]
        case "attribute", _:
            companies: Path = (*test, "companies")
            places = [(*companies, index, old.name) for index in _indices(document, companies)]
        case _:
            events: Path = (*test, "events")
            places = [
                (*events, index, "event")
                for index in _indices(document, events)
                if event_key(str(_data(document, (*events, index, "event")))) == event_key(old.name)
            ]
    yield from (place for place in places if document.node(place) is not None)


def _indices(document: Document, path: Path) -> range:
    node = document.node(path)
    return range(len(node.items)) if isinstance(node, Sequence) else range(0)


def _data(document: Document, path: Path) -> object:
    node = document.node(path)
    return node.data if isinstance(node, Scalar) else None
