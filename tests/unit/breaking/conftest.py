"""What the tests of this room share: what changes between two spec files."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from pathlib import Path

import pytest

from intercom_iac.breaking import SchemaChange, compare_schemas
from intercom_iac.model import Schema
from intercom_iac.model.world import World
from intercom_iac.project import find_project
from intercom_iac.specs import load_specs

Between = Callable[[str, str], tuple[SchemaChange, ...]]
WORLD = World(first=date(2026, 3, 14))


@pytest.fixture
def schemas(tmp_path: Path) -> Callable[[str, str], tuple[Schema, Schema]]:
    """The schemas of two spec files; both have to be right."""

    def schema(name: str, text: str) -> Schema:
        folder = tmp_path / name
        (folder / "specs").mkdir(parents=True, exist_ok=True)
        (folder / "intercom-iac.yaml").write_text("version: 1\n")
        (folder / "specs" / "all.yaml").write_text(f"version: 1\n{text}")
        return load_specs(find_project(folder)).or_raise()

    return lambda old, new: (schema("old", old), schema("new", new))


@pytest.fixture
def between(schemas: Callable[[str, str], tuple[Schema, Schema]]) -> Between:
    """The changes from one spec file to another, without proofs."""
    return lambda old, new: compare_schemas(*schemas(old, new))


@pytest.fixture
def proved(schemas: Callable[[str, str], tuple[Schema, Schema]]) -> Callable[..., tuple[SchemaChange, ...]]:
    """The changes from one spec file to another, with proofs; segments of these keys or patterns get no members."""

    def compare(old: str, new: str, *no_new_members: str) -> tuple[SchemaChange, ...]:
        return compare_schemas(*schemas(old, new), WORLD, no_new_members)

    return compare
