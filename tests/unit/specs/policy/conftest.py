"""Projects with a policy, and what is found in them as short lines."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest

from intercom_iac.diagnostics import Diagnostic
from intercom_iac.project import find_project
from intercom_iac.specs import Loaded, load_specs

Judge = Callable[..., Loaded]


@pytest.fixture
def judged(tmp_path: Path) -> Judge:
    """Loads one spec file's text under the keys of a project file; `version: 1` is put before both."""

    def judge(settings: str, specs: str) -> Loaded:
        (tmp_path / "specs").mkdir(exist_ok=True)
        (tmp_path / "intercom-iac.yaml").write_bytes(f"version: 1\n{settings}".encode())
        (tmp_path / "specs" / "a.yaml").write_bytes(f"version: 1\n{specs}".encode())
        return load_specs(find_project(tmp_path))

    return judge


@pytest.fixture
def lines() -> Callable[[Loaded], list[str]]:
    """Findings as `line:column CODE text under the mark`."""

    def tell(found: Loaded) -> list[str]:
        return [_line(each) for each in found.diagnostics]

    return tell


def _line(each: Diagnostic) -> str:
    assert each.span is not None
    return f"{each.span.line}:{each.span.column} {each.code} {each.span.text}"
