"""What the tests of this room share: small projects in an empty folder, and diagnostics as short lines."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from pathlib import Path

import pytest

from intercom_iac.diagnostics import Diagnostic
from intercom_iac.project import find_project
from intercom_iac.specs import Loaded, load_specs

MakeProject = Callable[[Mapping[str, str]], Path]


@pytest.fixture
def make_project(tmp_path: Path) -> MakeProject:
    """Writes files, relative to a folder with the plainest project file; lone surrogates become bytes."""

    def make(files: Mapping[str, str]) -> Path:
        for name, text in {"intercom-iac.yaml": "version: 1\n", **files}.items():
            path = tmp_path / name
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_bytes(text.encode("utf-8", errors="surrogateescape"))
        return tmp_path

    return make


@pytest.fixture
def loaded(make_project: MakeProject) -> Callable[..., Loaded]:
    """Loads files given by name, or one file's text."""

    def load_files(files: Mapping[str, str] | str) -> Loaded:
        if isinstance(files, str):
            files = {"specs/example.yaml": files}
        return load_specs(find_project(make_project(files)))

    return load_files


@pytest.fixture
def told() -> Callable[[tuple[Diagnostic, ...] | list[Diagnostic]], list[str]]:
    """Diagnostics as `file:line:column CODE text under the mark`."""

    def tell(diagnostics: tuple[Diagnostic, ...] | list[Diagnostic]) -> list[str]:
        return [f"{each.span} {each.code} {each.span.text if each.span else ''}" for each in diagnostics]

    return tell
