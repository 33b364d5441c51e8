"""The fixes of a project: those of its project file first, then those of its spec files."""

from __future__ import annotations

import shutil
from collections.abc import Mapping, Sequence
from dataclasses import replace
from pathlib import Path
from tempfile import TemporaryDirectory

from intercom_iac.diagnostics import Diagnostic, InvalidSpecs
from intercom_iac.project import Project, find_project
from intercom_iac.yaml.reading import decode

from .fixing import Fixed, FixedFile, fix
from .load.loading import load_every_workspace
from .merging import merge_diagnostics


def fix_project(project_file: Path, *, unsafe: bool = False) -> Fixed:
    """What the fixes of a project's diagnostics come to, those of every workspace; nothing is written.

    Specs are looked at once the project file is right. A file whose text is not shown as it is, since it holds a
    secret, is not fixed.
    """
    with TemporaryDirectory() as folder:
        copy = _Copy(project_file, Path(folder))
        of_project = fix(copy.project_diagnostics, unsafe=unsafe)
        if any(diagnostic.is_error for diagnostic in of_project.diagnostics):
            return of_project
        copy.keep(of_project.files)
        of_specs = fix(copy.diagnostics, unsafe=unsafe)
    first = {file.path: file for file in of_project.files}
    second = {
        file.path: replace(file, before=first[file.path].before) if file.path in first else file
        for file in of_specs.files
    }
    applied = of_project.applied + of_specs.applied
    return replace(of_specs, files=tuple({**first, **second}.values()), applied=applied)


class _Copy:
    """A copy of a project in another folder, in which texts are tried."""

    def __init__(self, project_file: Path, folder: Path) -> None:
        self._root = project_file.parent
        self._folder = folder
        self._file = folder / project_file.name
        # What the files hold that were written here, and those among them that are to stay.
        self._originals: dict[str, bytes] = {}
        self._file.write_bytes(project_file.read_bytes())
        self._copied: str | None = None

    def project_diagnostics(self, texts: Mapping[str, str]) -> Sequence[Diagnostic]:
        """What is wrong with the project file, where it has this text."""
        self._put(texts)
        try:
            self._project()
        except InvalidSpecs as error:
            return self._with_true_texts(error.diagnostics)
        return ()

    def diagnostics(self, texts: Mapping[str, str]) -> Sequence[Diagnostic]:
        """What is wrong with the project, some of whose files have these texts."""
        self._put(texts)
        try:
            project = self._project()
            self._copy_specs(project.settings.specs)
            loaded = load_every_workspace(project)
        except InvalidSpecs as error:
            return self._with_true_texts(error.diagnostics)
        merged = merge_diagnostics({name: specs.diagnostics for name, specs in loaded.items()})
        return self._with_true_texts(merged)

    def keep(self, files: Sequence[FixedFile]) -> None:
        """From now on these files have their new texts."""
        self._put({file.path: file.after for file in files})
        self._originals.clear()

    def _project(self) -> Project:
        return find_project(self._folder, self._file)

    def _copy_specs(self, specs: str) -> None:
        source = self._root / specs
        if self._copied != specs and source.is_dir():
            shutil.copytree(source, self._folder / specs, symlinks=True, dirs_exist_ok=True)
        self._copied = specs

    def _put(self, texts: Mapping[str, str]) -> None:
        for path, content in self._originals.items():
            if path not in texts:
                (self._folder / path).write_bytes(content)
        for path, text in texts.items():
            file = self._folder / path
            self._originals.setdefault(path, file.read_bytes())
            file.write_bytes(text.encode())

    def _with_true_texts(self, diagnostics: Sequence[Diagnostic]) -> list[Diagnostic]:
        """The diagnostics, without the fixes of a text that is not the one in the file."""
        texts: dict[str, str] = {}

        def is_true(diagnostic: Diagnostic) -> bool:
            for edit in () if diagnostic.fix is None else diagnostic.fix.edits:
                path = edit.span.file.path
                if path not in texts:
                    texts[path] = decode((self._folder / path).read_bytes(), path)[0].text
                if edit.span.file.text != texts[path]:
                    return False
            return True

        return [
            diagnostic if is_true(diagnostic) else replace(diagnostic, fix=None) for diagnostic in diagnostics
        ]
