"""The clients' tests leave a real workspace as they found it: they are run as if against one, in another process."""

from __future__ import annotations

import os
import subprocess
import sys
from datetime import date
from pathlib import Path
from typing import Any

import httpx

from intercom_iac.sandbox import Sandbox, add_segment, seed

HERE = Path(__file__).parent
TOKEN = "stands-in-no-output"
LISTS = ("/contacts", "/companies", "/tags", "/segments", "/audiences", "/data_attributes")


def seen(url: str) -> dict[str, Any]:
    """Everything of the workspace, as its API shows it."""
    with httpx.Client(base_url=url, headers={"Authorization": f"Bearer {TOKEN}"}, trust_env=False) as http:
        return {path: http.get(path, params={"per_page": 50}).raise_for_status().json() for path in LISTS}


def test_nothing_is_left_and_nothing_else_is_touched(tmp_path: Path, serving) -> None:
    path = tmp_path / "real.db"
    with Sandbox(path) as sandbox:
        seed(sandbox, today=date(2026, 9, 21), people=20)
        add_segment(sandbox, "Built by hand")
    with serving(path) as url:
        # The first company that a call makes brings an attribute of Intercom's own with it.
        headers = {"Authorization": f"Bearer {TOKEN}"}
        first = {"company_id": "there already"}
        httpx.post(f"{url}/companies", json=first, headers=headers, trust_env=False).raise_for_status()
        before = seen(url)
        environment = {
            **os.environ,
            "INTERCOM_TOKEN": TOKEN,
            "INTERCOM_IAC_REAL_WORKSPACE": "1",
            "INTERCOM_IAC_REAL_URL": url,
        }
        environment.pop("INTERCOM_IAC_NO_SKIPS", None)
        files = [str(HERE / name) for name in ("test_python_client.py", "test_node_client.py")]
        done = subprocess.run(
            [sys.executable, "-m", "pytest", *files, "-n", "0", "-p", "no:cacheprovider", "--showlocals"],
            cwd=HERE.parents[1],
            env=environment,
            capture_output=True,
            text=True,
            check=False,
        )
        after = seen(url)
    assert done.returncode == 0, done.stdout
    assert TOKEN not in done.stdout + done.stderr
    assert after == before
    with Sandbox(path) as sandbox, sandbox.store(writes=False) as store:
        # The attributes that were made are archived, as Intercom deletes none; they bear the run's name.
        names = [row["name"] for row in store.all("select name from attributes where archived")]
    assert len(names) in (5, 8)  # the last three are the client for Node's, where it is installed
    assert all(name.startswith("iac contract ") for name in names)
