"""The fixes of a project: those of its project file first, then those of its spec files."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import replace
from datetime import date, tzinfo
from pathlib import Path

from intercom_iac.diagnostics import Diagnostic
from intercom_iac.project import DiskTree, FileTree, OverlayTree, Project, read_project, world_of_proofs
from intercom_iac.project.files import read_text

from .fixing import Fixed, fix
from .load.loading import load_every_workspace
from .merging import merge_diagnostics
from .proofs.proving import prove_every_workspace


def fix_project(
    project_file: Path,
    environment: Mapping[str, str],
    *,
    unsafe: bool = False,
    day_in: Callable[[tzinfo], date] | None = None,
) -> Fixed:
    """What the fixes of a project's diagnostics come to, those of every workspace; nothing is written.

    Specs are looked at once the project file is right. A file whose text is not shown as it is, since it holds a
    secret, is not fixed. `day_in` gives the day from which on rules are proved, by time zone; without it
    nothing is proved.
    """
    root = project_file.parent

    def read(tree: FileTree) -> tuple[Project | None, list[Diagnostic]]:
        return read_project(root, tree, project_file.name, environment)

    def project_diagnostics(texts: Mapping[str, str]) -> list[Diagnostic]:
        tree = _overlay(DiskTree(root), texts)
        return _of_true_texts(read(tree)[1], tree)

    of_project = fix(project_diagnostics, unsafe=unsafe)
    if any(diagnostic.is_error for diagnostic in of_project.diagnostics):
        return of_project
    base = _overlay(DiskTree(root), {file.path: file.after for file in of_project.files})

    def diagnostics(texts: Mapping[str, str]) -> list[Diagnostic]:
        tree = _overlay(base, texts)
        project, mistakes = read(tree)
        if project is None or mistakes:
            return _of_true_texts(mistakes, tree)
        loaded = load_every_workspace(project)
        if (day_of_zone := day_in) is not None:
            settings = project.settings
            loaded = prove_every_workspace(
                project, loaded, lambda name: world_of_proofs(settings, name, day_of_zone)
            )
        found = merge_diagnostics({name: specs.diagnostics for name, specs in loaded.items()})
        return _of_true_texts(found, tree)

    of_specs = fix(diagnostics, unsafe=unsafe)
    first = {file.path: file for file in of_project.files}
    second = {
        file.path: replace(file, before=first[file.path].before) if file.path in first else file
        for file in of_specs.files
    }
    applied = of_project.applied + of_specs.applied
    return replace(of_specs, files=tuple({**first, **second}.values()), applied=applied)


def _overlay(tree: FileTree, texts: Mapping[str, str]) -> FileTree:
    return OverlayTree(tree, {path: text.encode() for path, text in texts.items()}) if texts else tree


def _of_true_texts(diagnostics: Iterable[Diagnostic], tree: FileTree) -> list[Diagnostic]:
    """The diagnostics, without the fixes of a text that is not the one in the file."""
    texts: dict[str, str] = {}

    def is_true(diagnostic: Diagnostic) -> bool:
        for edit in () if diagnostic.fix is None else diagnostic.fix.edits:
            path = edit.span.file.path
            if path not in texts:
                texts[path] = read_text(tree, path, path)[0].text
            if edit.span.file.text != texts[path]:
                return False
        return True

    return [
        diagnostic if is_true(diagnostic) else replace(diagnostic, fix=None) for diagnostic in diagnostics
    ]
