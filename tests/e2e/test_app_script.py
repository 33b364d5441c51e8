"""examples/app.sh goes its way to the end: generated code in a page and a server, and what a changed spec breaks."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from support.browser import missing_browser
from support.example_scripts import EXAMPLES, assert_in_order, run_example
from support.node import installed, node_program
from support.typescript import programs

# What stands in its output, in this order.
SAID = [
    "$ intercom-iac check",
    "$ intercom-iac apply --auto-approve",
    "Applied: 10 done.",
    "$ intercom-iac generate typescript --out web/intercom",
    "$ intercom-iac generate python --out server/intercom_data",
    "$ tsc -p web",
    "the page is at http://127.0.0.1:",
    "signed in as Ada",
    "made board 1",
    "upgraded to pro",
    "signed out",
    'Ada {\n  "plan_type": "pro",\n  "trial_end_date": null,\n  "onboarding_step": "upgraded",\n  "board_count": 1,',
    'board_created {"template": "kanban", "is_first": true}',
    'plan_upgraded {"plan": "pro", "price": {"amount": 2900, "currency": "eur"}}',
    "tour_finished {}",
    "$ intercom-iac generate typescript --out web/intercom --check",
    '-    template: "blank" | "kanban" | "roadmap";',
    "$ intercom-iac generate python --out server/intercom_data --check",
    "$ tsc -p web",
    """web/main.ts(45,33): error TS2322: Type '"blank" | "kanban" | "roadmap"' is not assignable""",
    "$ tsc -p web",
    "the generated code is up to date",
    "$ intercom-iac usages web server",
    "events.ndjson: 20000 lines",
    "$ intercom-iac payload check events.ndjson --kind event",
    "20,000 records checked, 3 invalid, 3 mistakes",
    "All of that was in ",
]


pytestmark = pytest.mark.outside


def test_from_the_specs_to_the_contact(tmp_path: Path, warm: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    if reason := missing_browser():
        pytest.skip(reason)
    package = installed(programs.HERE, "typescript", "typescript")
    monkeypatch.setenv("EVENTS", "20000")
    monkeypatch.setenv("TSC", str(package / "bin" / "tsc"))
    monkeypatch.setenv("PATH", f"{Path(node_program()).parent}:{os.environ['PATH']}")
    output = run_example("app.sh", tmp_path, warm)
    assert_in_order(output, SAID)
    assert all(code in output for code in ("PAYL905", "PAYL910", "PAYL920"))


def test_the_server_is_strictly_typed(tmp_path: Path) -> None:
    server = tmp_path / "server"
    shutil.copytree(EXAMPLES / "app" / "server", server, ignore=shutil.ignore_patterns("intercom_data"))
    generate = ["generate", "python", "--project", EXAMPLES / "app", "--out", server / "intercom_data"]
    subprocess.run([sys.executable, "-m", "intercom_iac", *generate], capture_output=True, check=True)
    (tmp_path / "pyrightconfig.json").write_text('{"typeCheckingMode": "strict", "pythonVersion": "3.11"}')
    pyright = [sys.executable, "-m", "pyright", "--pythonpath", sys.executable, "-p", tmp_path]
    done = subprocess.run(pyright, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stdout
