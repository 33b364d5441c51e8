"""Intercom's official client for Node against the workspace, over HTTP: node/tour.js does it, this judges it.

`make node-client` installs the client, and Node itself comes with the development requirements; where one of them
is missing the test is skipped. It runs against a real workspace too (see conftest.py); that has not been done yet,
as it takes a token.
"""

from __future__ import annotations

import json
import os
import subprocess
from pathlib import Path

import pytest

from support.node import installed, node_program

HERE = Path(__file__).parent / "node"
STEPS = ["me", "attributes", "contacts", "search", "events", "tags", "companies", "segments", "errors"]


@pytest.fixture
def node() -> str:
    """The program, where it has the client."""
    installed(HERE, "intercom-client", "node-client")
    return node_program()


def test_the_tour_of_the_client_for_node(node: str, workspace_url_and_token, run: str) -> None:
    place = workspace_url_and_token
    environment = {
        **os.environ,
        "WORKSPACE_URL": place.url,
        "WORKSPACE_TOKEN": place.token,
        "RUN": run,
        "SEARCH_LAG": str(place.search_lag),
    }
    done = subprocess.run(
        [node, "tour.js"], cwd=HERE, env=environment, capture_output=True, text=True, timeout=600, check=False
    )
    assert done.returncode == 0, done.stderr
    steps = [json.loads(line) for line in done.stdout.splitlines()]
    problems = {each["step"]: each["problem"] for each in steps if each["problem"]}
    assert not problems, "\n".join(f"{step}: {problem}" for step, problem in problems.items())
    assert [each["step"] for each in steps][: len(STEPS)] == STEPS
