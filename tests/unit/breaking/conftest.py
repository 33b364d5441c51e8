"""What the tests of this room share: what changes between two spec files."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest

from intercom_iac.breaking import SchemaChange, compare_schemas
from intercom_iac.model import Schema
from intercom_iac.project import find_project
from intercom_iac.specs import load_specs

Between = Callable[[str, str], tuple[SchemaChange, ...]]


@pytest.fixture
def between(tmp_path: Path) -> Between:
    """The changes from one spec file to another; both have to be right."""

    def schema(name: str, text: str) -> Schema:
        folder = tmp_path / name
        (folder / "specs").mkdir(parents=True, exist_ok=True)
        (folder / "intercom-iac.yaml").write_text("version: 1\n")
        (folder / "specs" / "all.yaml").write_text(f"version: 1\n{text}")
        return load_specs(find_project(folder)).or_raise()

    return lambda old, new: compare_schemas(schema("old", old), schema("new", new))
