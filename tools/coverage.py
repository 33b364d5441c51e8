"""Writes SANDBOX_COVERAGE.md: of every call in Intercom's official API description, whether the sandbox answers it.

The description is not part of this repository: it is read where it lies beside the checkout, or from the path given.

    python tools/coverage.py [DESCRIPTION]
"""

from __future__ import annotations

import re
import sys
from collections.abc import Mapping
from pathlib import Path
from typing import Any

import yaml

from intercom_iac.sandbox.router import ROUTES

ROOT = Path(__file__).parents[1]
DESCRIPTION = ROOT.parent / "shared" / "openapi" / "intercom-2.16.yaml"
PAGE = ROOT / "SANDBOX_COVERAGE.md"
METHODS = ("get", "post", "put", "patch", "delete")

INTRODUCTION = """\
# What the embedded workspace simulates

Every call of Intercom's official API description, version {version}, and whether the embedded workspace answers it:
{simulated} of {total}. What is not simulated is answered like a path that does not exist, by a 404.

This page is made from the workspace's routes and the description by `make coverage-page`; a test compares it with
both. The README and the docstrings of `intercom_iac/sandbox/resources` describe how far each simulated call goes.
"""


def page(description: Mapping[str, Any]) -> str:
    """The page as text. Raises ValueError where the workspace answers what the description does not have."""
    known = {(route.method, _shape(route.path)) for route in ROUTES}
    calls = [
        (method.upper(), path)
        for path, operations in description["paths"].items()
        for method in METHODS
        if method in operations
    ]
    strangers = known - {(method, _shape(path)) for method, path in calls}
    if strangers:
        raise ValueError(f"not in the description: {sorted(strangers)}")
    resources: dict[str, list[str]] = {}
    simulated: dict[str, int] = {}
    for method, path in sorted(calls, key=lambda call: (call[1], METHODS.index(call[0].lower()))):
        name = path.split("/")[1]
        there = (method, _shape(path)) in known
        simulated[name] = simulated.get(name, 0) + there
        resources.setdefault(name, []).append(f"| {method} | `{path}` | {'simulated' if there else 'not'} |")
    count = f"{sum(simulated.values())}", f"{len(calls)}"
    parts = [INTRODUCTION.format(version=description["info"]["version"], simulated=count[0], total=count[1])]
    # What is simulated comes first: few will look for the rest.
    for name in sorted(resources, key=lambda name: (simulated[name] == 0, name)):
        rows = resources[name]
        table = "\n".join(("| method | path | |", "|---|---|---|", *rows))
        parts.append(f"## {name}: {simulated[name]} of {len(rows)}\n\n{table}\n")
    return "\n".join(parts)


def _shape(path: str) -> str:
    """A path without the names of its parameters: those are the writer's choice."""
    return re.sub(r"\{\w+\}", "{}", path)


def main() -> None:
    source = Path(sys.argv[1]) if len(sys.argv) > 1 else DESCRIPTION
    if not source.exists():
        sys.exit(f"there is no API description at {source}; pass the path of one")
    PAGE.write_text(page(yaml.load(source.read_bytes(), yaml.CSafeLoader)), "utf-8")


if __name__ == "__main__":
    main()
