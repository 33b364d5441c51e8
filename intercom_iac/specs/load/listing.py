"""Which files of a project are spec files: `*.yaml` and `*.yml` below its specs folder, hidden ones left out."""

from __future__ import annotations

import posixpath
from collections.abc import Iterator
from dataclasses import field

from intercom_iac.diagnostics import Diagnostic
from intercom_iac.diagnostics.codes import spec as codes
from intercom_iac.lazy_dataclass import dataclass
from intercom_iac.project import PROJECT_FILE, FileEntry, FileTree, Project
from intercom_iac.project.files import error_reason, unreadable
from intercom_iac.project.overlooked import check_overlooked, near_project_file, near_project_files
from intercom_iac.text import SourceFile, Span


@dataclass(frozen=True, slots=True)
class SpecPaths:
    """The paths of spec files in the project's tree, in their order. Where they are not complete, there may be others
    that could not be seen."""

    paths: tuple[str, ...]
    is_complete: bool


def list_spec_files(project: Project) -> tuple[SpecPaths, list[Diagnostic]]:
    """The spec files of a project, and what is wrong with its specs folder and what stands in it."""
    tree, setting = project.tree, project.settings.specs
    diagnostics: list[Diagnostic] = []
    # Who names another file means that one.
    if project.source.path == PROJECT_FILE:
        near = near_project_files(tree, PROJECT_FILE)
        diagnostics += (near_project_file(name, PROJECT_FILE) for name in near)
    at = _setting_span(project)
    inside = tree.resolve(setting)
    if inside is None or tree.kind(setting, follow_links=True) != "folder":
        what = "does not exist" if tree.kind(setting) is None else "is not a folder"
        hint = "make it, or name another one with `specs:` in the project file"
        diagnostics.append(codes.NO_SPECS_FOLDER.at(at, f"the specs folder `{setting}` {what}", hint=hint))
        return SpecPaths((), is_complete=False), diagnostics
    walk = _Walk(tree, inside)
    paths = [path for path in walk.paths(setting) if not _is_project_file(project, path)]
    diagnostics += walk.diagnostics
    if not paths and not walk.outside:
        hint = "spec files end in `.yaml` or `.yml`; `intercom-iac init` writes a first one"
        diagnostics.append(
            codes.NO_SPECS.at(at, f"the specs folder `{setting}` holds no spec file", hint=hint)
        )
        return SpecPaths((), is_complete=False), diagnostics
    return SpecPaths(tuple(paths), walk.is_complete), diagnostics


def file_name(path: str) -> str:
    """What a file of a project's tree is called in diagnostics: its path from the project's root."""
    return posixpath.normpath(path)


def _setting_span(project: Project) -> Span:
    """Where the project file names the specs folder; its start where it does not."""
    node = project.document.node(("specs",))
    return Span(project.source, 0, 0) if node is None else Span(project.source, node.start, node.end)


def _is_project_file(project: Project, path: str) -> bool:
    """Whether a path is the project file, which stands among the spec files with `specs: .`."""
    own = project.source.path
    return posixpath.basename(path) == own and project.tree.resolve(path) == project.tree.resolve(own)


@dataclass(slots=True)
class _Walk:
    """A walk through a specs folder, whose path without links is `inside`, and what is wrong on the way.

    `outside` are the spec files that are links out of it.
    """

    tree: FileTree
    inside: str
    diagnostics: list[Diagnostic] = field(default_factory=list[Diagnostic])
    outside: list[str] = field(default_factory=list[str])
    is_complete: bool = True

    def paths(self, folder: str) -> Iterator[str]:
        """Every spec file below a folder, in the order of their paths. Links to folders are not followed."""
        # Not by recursion: folders nest deeper than calls do.
        pending = self._entries(folder)
        while pending:
            path, entry = pending.pop()
            if not entry.name.startswith(".") and entry.name.endswith((".yaml", ".yml")):
                if entry.kind == "link" and self._leads_out(path):
                    self.outside.append(path)
                    self._tell_outside(path, "file")
                else:
                    yield path
                continue
            self.diagnostics += check_overlooked(self.tree, path, entry, file_name(path))
            if entry.name.startswith("."):
                continue
            if entry.kind == "folder":
                pending += self._entries(path)
            elif entry.kind == "link" and self._is_folder(path) and self._leads_out(path):
                self._tell_outside(path, "folder")

    def _entries(self, folder: str) -> list[tuple[str, FileEntry]]:
        """What stands in a folder, each with its path, the first name last; nothing where it cannot be read."""
        try:
            entries = sorted(self.tree.entries(folder), key=lambda entry: entry.name, reverse=True)
        except OSError as error:
            message = f"the folder cannot be read: {error_reason(error)}"
            self.diagnostics.append(unreadable(file_name(folder), message))
            self.is_complete = False
            return []
        return [(f"{folder}/{entry.name}", entry) for entry in entries]

    def _is_folder(self, path: str) -> bool:
        return self.tree.kind(path, follow_links=True) == "folder"

    def _leads_out(self, path: str) -> bool:
        resolved = self.tree.resolve(path)
        return resolved is None or not _is_within(resolved, self.inside)

    def _tell_outside(self, path: str, what: str) -> None:
        """A link out of the specs folder: what is there is not read, and might be what the specs turn on."""
        at = Span(SourceFile(file_name(path), ""), 0, 0)
        message = f"the {what} is a link that leads out of the specs folder"
        self.diagnostics.append(codes.OUTSIDE.at(at, message, hint=f"put the {what} itself there"))
        self.is_complete = False


def _is_within(path: str, folder: str) -> bool:
    return folder == "." or path == folder or path.startswith(f"{folder}/")
