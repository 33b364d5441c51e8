"""Spec files -> documents: each read and parsed once, whatever workspace is asked for afterwards."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from intercom_iac.diagnostics import Diagnostic
from intercom_iac.diagnostics.codes import spec as codes
from intercom_iac.lazy_dataclass import dataclass
from intercom_iac.project import FileTree, Project
from intercom_iac.project.files import read_text
from intercom_iac.text import SourceFile, Span
from intercom_iac.yaml.builder import build
from intercom_iac.yaml.nodes import Document, Mapping, kind_of
from intercom_iac.yaml.unseen import check_unseen

from .entries import spec_keys
from .listing import file_name, list_spec_files
from .unresolved import Unresolved, merge_unresolved, unread_text


@dataclass(frozen=True, slots=True)
class SpecFiles:
    """The spec files of a project. `documents` are those that are YAML mappings; `unresolved` is what the others may
    have declared."""

    files: tuple[SourceFile, ...]
    documents: tuple[Document, ...]
    unresolved: Unresolved


def read_spec_files(project: Project) -> tuple[SpecFiles, list[Diagnostic]]:
    """The spec files of a project, read and parsed, and what is wrong with them as YAML."""
    listed, listing_diagnostics = list_spec_files(project)
    read, reading_diagnostics = _read_files(project.tree, listed.paths)
    unlisted = Unresolved(unseen=not listed.is_complete)
    return (
        replace(read, unresolved=merge_unresolved((read.unresolved, unlisted))),
        [*listing_diagnostics, *reading_diagnostics],
    )


def _read_files(tree: FileTree, paths: Sequence[str]) -> tuple[SpecFiles, list[Diagnostic]]:
    read = [_read_file(tree, path) for path in paths]
    files = SpecFiles(
        files=tuple(file for (file, _, _), _ in read),
        documents=tuple(document for (_, document, _), _ in read if document is not None),
        unresolved=merge_unresolved(unresolved for (_, _, unresolved), _ in read),
    )
    return files, [diagnostic for _, diagnostics in read for diagnostic in diagnostics]


def _read_file(
    tree: FileTree, path: str
) -> tuple[tuple[SourceFile, Document | None, Unresolved], list[Diagnostic]]:
    file, diagnostics = read_text(tree, path, file_name(path))
    if diagnostics:
        return (file, None, unread_text(file.text)), diagnostics
    root, mistakes = build(file, spec_keys)
    diagnostics = [*check_unseen(file, root), *mistakes]
    if isinstance(root, Mapping):
        return (file, Document(file, root), Unresolved()), diagnostics
    # Nothing at all, or comments only, is a file without specs.
    is_empty = not mistakes if root is None else root.data is None
    if root is not None and not is_empty:
        diagnostics.append(
            codes.WRONG_TYPE.at(
                Span(file, root.start, root.start),
                f"the file is {kind_of(root)}, where a mapping is expected",
                hint="a spec file holds `version: 1` and any of `attributes`, `events`, `segments`, `assertions` "
                "and `priorities`",
            )
        )
    return (file, None, Unresolved() if is_empty else unread_text(file.text)), diagnostics
