"""Specs as text, loaded: what payloads are held to in tests."""

from __future__ import annotations

import tempfile
from pathlib import Path

from intercom_iac.model import Schema
from intercom_iac.project import find_project
from intercom_iac.specs import load_specs


def schema_of(text: str) -> Schema:
    """The schema of one spec file, which has no errors."""
    with tempfile.TemporaryDirectory() as folder:
        root = Path(folder)
        (root / "intercom-iac.yaml").write_text("version: 1\n")
        (root / "specs").mkdir()
        (root / "specs" / "example.yaml").write_text(text)
        return load_specs(find_project(root, None)).schema
