"""What the tests of this room share: the specs of one file, as `check` reads them."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest

from intercom_iac.project import find_project
from intercom_iac.specs import Loaded, load_specs


@pytest.fixture
def loaded(tmp_path: Path) -> Callable[[str], Loaded]:
    """Loads one spec file's text, in a folder with the plainest project file."""

    def load_text(text: str) -> Loaded:
        (tmp_path / "specs").mkdir(exist_ok=True)
        (tmp_path / "intercom-iac.yaml").write_bytes(b"version: 1\n")
        (tmp_path / "specs" / "example.yaml").write_bytes(text.encode())
        return load_specs(find_project(tmp_path))

    return load_text
