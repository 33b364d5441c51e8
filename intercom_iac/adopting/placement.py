"""Where what is proposed stands in the specs: in a file among its neighbours, or in one of its own subject."""

from __future__ import annotations

import json
import posixpath
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import field, replace
from pathlib import Path

from intercom_iac.diagnostics import EditRefused, InvalidSpecs, Misuse
from intercom_iac.lazy_dataclass import dataclass
from intercom_iac.model import Schema
from intercom_iac.specs.author.entries import Entry
from intercom_iac.specs.author.files import add_entries, new_spec_file
from intercom_iac.specs.author.neighbours import files_of_entries, neighbours_in
from intercom_iac.specs.author.updates import update_entries
from intercom_iac.text import SourceFile
from intercom_iac.yaml.decoding import MAX_BYTES
from intercom_iac.yaml.edits import open_document
from intercom_iac.yaml.nodes import Document
from intercom_iac.yaml.nodes import Mapping as MappingNode

from .differences import Difference, differences
from .proposal import (
    Capacity,
    DifferingEntry,
    Fit,
    Imported,
    NotMapped,
    Proposal,
    ProposedEntry,
    WrittenEntry,
)

_NOTHING = Fit(attributes=Capacity(count=0, limit=0), events=Capacity(count=0, limit=0))


@dataclass(frozen=True, slots=True, kw_only=True)
class Specs:
    """The specs as they are: the schema of the workspace, and the spec files by their paths from the project's root.

    `folder` is where a new file goes; with `apart`, every new entry goes to files in it, whatever stands elsewhere.
    `header` is what a new file begins with.
    """

    schema: Schema
    files: Mapping[str, SourceFile]
    folder: str
    apart: bool = False
    header: str = ""


@dataclass(slots=True)
class _Texts:
    """The files as they become, and which entries go where."""

    specs: Specs
    documents: dict[str, Document] = field(default_factory=dict[str, Document])

    def document(self, path: str) -> Document:
        if path not in self.documents:
            self.documents[path] = open_document(self.specs.files[path])
        return self.documents[path]


def place(proposal: Proposal, specs: Specs, *, update: bool = False) -> Imported:
    """What comes of a proposal: entries that the specs lack are added, those that differ are listed.

    With `update`, the values of the source are spliced into the entries that differ. Nothing is written. The fit is
    for the caller to tell.
    """
    texts = _Texts(specs)
    declared = files_of_entries(specs.schema)
    new: list[ProposedEntry] = []
    kept: list[str] = []
    found: list[Difference] = []
    not_mapped = list(proposal.not_mapped)
    for proposed in proposal.entries:
        if proposed.address in declared:
            different = differences(proposed, specs.schema, texts.document(declared[proposed.address]))
            if different is None:
                kept.append(proposed.address)
            else:
                found.append(different)
        elif (others := specs.schema.other_workspaces.get(proposed.address)) is not None:
            names = ", ".join(f"`{name}`" for name in others.workspaces) or "no workspace"
            not_mapped.append(
                NotMapped(
                    what=f"`{proposed.address}`",
                    why=f"the specs declare it for {names} alone: name this workspace in its `only` or `except`",
                    place=proposed.place,
                )
            )
        else:
            new.append(proposed)
    written: list[WrittenEntry] = []
    differs: list[DifferingEntry] = []
    changed: dict[str, str] = {}
    for path, of_file in _by_file(found, declared).items():
        left = list(of_file)
        if update:
            file = specs.files[path]
            updates = [one for difference in of_file for one in difference.updates]
            try:
                changed[path] = update_entries(file, updates)
            except EditRefused as error:
                not_mapped += (
                    NotMapped(what=f"the values of `{difference.address}`", why=error.message, place=path)
                    for difference in of_file
                )
            else:
                updated = [difference for difference in of_file if difference.updates]
                written += (WrittenEntry(address=difference.address, file=path) for difference in updated)
                left = [difference.without_updated() for difference in of_file]
                not_mapped += (
                    NotMapped(
                        what=f"the source's `{field.path}` of `{difference.address}`",
                        why="a variable gives the value in the specs, which other workspaces share",
                        place=path,
                    )
                    for difference in left
                    for field in difference.fields
                )
        differs += (
            DifferingEntry(address=difference.address, fields=difference.fields)
            for difference in left
            if difference.fields
        )
    try:
        filled = _put_into_files(new, changed, specs, texts)
    except InvalidSpecs:
        writable, unwritable = _writable(new)
        not_mapped += unwritable
        filled = _put_into_files(writable, changed, specs, texts)
    for file in filled:
        changed[file.path] = file.text
        written += (WrittenEntry(address=proposed.address, file=file.path) for proposed in file.added)
    if not specs.files and not changed:
        # Without any spec file the project would not pass `check`.
        changed[posixpath.join(specs.folder, "attributes.contact.yaml")] = new_spec_file((), specs.header)
    before = {path: file.text for path, file in specs.files.items()}
    return Imported(
        written=tuple(written),
        kept=tuple(kept),
        differs=tuple(differs),
        not_mapped=tuple(not_mapped),
        fit=replace(_NOTHING, findings=proposal.findings),
        texts={Path(path): text for path, text in changed.items() if text != before.get(path)},
    )


def _by_file(found: Iterable[Difference], declared: Mapping[str, str]) -> dict[str, list[Difference]]:
    by_file: dict[str, list[Difference]] = {}
    for difference in found:
        by_file.setdefault(declared[difference.address], []).append(difference)
    return by_file


def _writable(proposals: Sequence[ProposedEntry]) -> tuple[list[ProposedEntry], list[NotMapped]]:
    """The entries that a spec file can hold, and why it cannot hold the others."""

    def mistake(some: Sequence[ProposedEntry]) -> str | None:
        try:
            new_spec_file(proposed.entry for proposed in some)
        except InvalidSpecs as error:
            return error.diagnostics[0].message
        return None

    if mistake(proposals) is None:
        return list(proposals), []
    reasons = {proposed.address: mistake([proposed]) for proposed in proposals}
    return (
        [proposed for proposed in proposals if reasons[proposed.address] is None],
        [
            NotMapped(
                what=f"`{proposed.address}`", why=f"no spec file can hold it: {reason}", place=proposed.place
            )
            for proposed in proposals
            if (reason := reasons[proposed.address]) is not None
        ],
    )


def _with_comment(proposed: ProposedEntry) -> Entry:
    lines = () if proposed.comment is None else tuple(proposed.comment.splitlines())
    return replace(proposed.entry, comment=lines)


@dataclass(frozen=True, slots=True)
class _Filled:
    """A file with the entries that are added to it."""

    path: str
    text: str
    added: Sequence[ProposedEntry]


def _put_into_files(
    proposals: Sequence[ProposedEntry], changed: Mapping[str, str], specs: Specs, texts: _Texts
) -> list[_Filled]:
    """The files that the entries are put into. Raises `InvalidSpecs` where no spec file can hold one of them."""
    filled: list[_Filled] = []
    for path, of_file in _entries_by_file(proposals, specs, texts).items():
        taken = {*changed, *specs.files, *(file.path for file in filled)}
        filled += _add(path, changed, of_file, specs, taken)
    return filled


def _add(
    path: str, changed: Mapping[str, str], of_file: Sequence[ProposedEntry], specs: Specs, taken: set[str]
) -> Iterator[_Filled]:
    """The file that entries are put into: others where it cannot be edited, or would become larger than a spec file
    may be."""
    if path in changed or path in specs.files:
        text = changed[path] if path in changed else specs.files[path].text
        try:
            edited = add_entries(SourceFile(path, text), map(_with_comment, of_file))
        except EditRefused:
            pass
        else:
            if len(edited.encode()) <= MAX_BYTES:
                yield _Filled(path, edited, of_file)
                return
    for text, part in _new_texts(of_file, specs):
        free = _free_path(path, taken)
        taken = {*taken, free}
        yield _Filled(free, text, part)


def _new_texts(
    proposals: Sequence[ProposedEntry], specs: Specs
) -> Iterator[tuple[str, Sequence[ProposedEntry]]]:
    """The texts of as many new files as the entries need, each with those that it holds.

    How many that are is guessed, since a text takes long to lay out, and held to what comes of it.
    """
    likely_size = sum(len(json.dumps(proposed.entry.data)) * 6 // 5 + 40 for proposed in proposals)
    parts = 1 if likely_size <= MAX_BYTES else likely_size * 5 // (MAX_BYTES * 4) + 1
    if parts == 1 or len(proposals) == 1:
        text = new_spec_file(map(_with_comment, proposals), specs.header)
        if len(text.encode()) <= MAX_BYTES or len(proposals) == 1:
            yield text, proposals
            return
        parts = 2
    parts = min(parts, len(proposals))
    for first in range(parts):
        start, end = (len(proposals) * position // parts for position in (first, first + 1))
        yield from _new_texts(proposals[start:end], specs)


def _free_path(path: str, taken: Iterable[str]) -> str:
    """The path, with a number where a file has it."""
    paths = set(taken)
    if path not in paths:
        return path
    stem, ending = posixpath.splitext(path)
    number = 2
    while f"{stem}.{number}{ending}" in paths:
        number += 1
    return f"{stem}.{number}{ending}"


# --- neighbours ---------------------------------------------------------------------------------------------


def _entries_by_file(
    proposals: Iterable[ProposedEntry], specs: Specs, texts: _Texts
) -> dict[str, list[ProposedEntry]]:
    """The new entries by the file that each goes to."""
    declared = files_of_entries(specs.schema)
    if specs.apart:
        inside = f"{specs.folder}/"
        declared = {address: path for address, path in declared.items() if path.startswith(inside)}
    neighbours = neighbours_in(declared)
    placed: dict[str, list[ProposedEntry]] = {}
    for proposed in proposals:
        section = proposed.entry.section

        def takes_comment(path: str, section: Sequence[str | int] = section) -> bool:
            return _stands_in_lines(texts.document(path), section)

        fits = None if proposed.comment is None else takes_comment
        placed.setdefault(neighbours.file_for(proposed.address, specs.folder, fits), []).append(proposed)
    return placed


def _stands_in_lines(document: Document, section: Sequence[str | int]) -> bool:
    """Whether a section has a line for each entry, above which a comment can stand."""
    return all(
        not (isinstance(node := document.node(tuple(section[:depth])), MappingNode) and node.flow)
        for depth in range(len(section) + 1)
    )


def refuse_folder(folder: str, specs_folder: str) -> None:
    """Raises `Misuse` for a folder for new files that no command would read."""
    inside = posixpath.normpath(folder)
    if inside != specs_folder and not inside.startswith(f"{specs_folder}/") and specs_folder != ".":
        raise Misuse(
            f"`{folder}` is not in the specs folder, `{specs_folder}`, and no command would read what is in it",
            hint=f"name a folder in `{specs_folder}`",
        )
