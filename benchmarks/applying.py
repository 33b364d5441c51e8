"""`apply` of 250 attributes over HTTP without a limit, beside the same calls by httpx.

    python benchmarks/applying.py [--attributes N] [--rounds N]

Both are whole programs, each against a new served workspace of its own. By hand the lists that a plan rests on are
read and the attributes created, one after the other over one connection; `apply` also reads and checks the specs,
plans, writes each intent to the disk before its call, and reports.
"""

from __future__ import annotations

import argparse
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from measuring import SCRIPT, Run, installed_environment, peak, ratios, report, run

BY_HAND = """
import sys, httpx
with httpx.Client(base_url=sys.argv[1], headers={"authorization": "Bearer any"}) as client:
    for path in ("/me", "/data_attributes", "/segments", "/tags", "/audiences"):
        client.get(path).raise_for_status().json()
    for number in range(int(sys.argv[2])):
        body = {"name": f"field_{number}", "model": "contact", "data_type": "string"}
        body["description"] = f"Field {number}"
        client.post("/data_attributes", json=body).raise_for_status().json()
"""
PROJECT = """\
version: 1
specs: specs
default_workspace: live
workspaces:
  live: {base_url: 'URL', token_env: TOKEN}
"""


def write_project(folder: Path, url: str, attributes: int) -> None:
    (folder / "specs").mkdir(parents=True)
    (folder / "intercom-iac.yaml").write_text(PROJECT.replace("URL", url))
    entries = "".join(
        f"    field_{number}: {{type: string, description: Field {number}}}\n" for number in range(attributes)
    )
    (folder / "specs" / "all.yaml").write_text(f"version: 1\nattributes:\n  contact:\n{entries}")


@contextmanager
def served(folder: Path) -> Iterator[str]:
    """The address of a new workspace."""
    command = [SCRIPT, "sandbox", "serve", "--port", "0", "--db", str(folder / "workspace.db")]
    with subprocess.Popen(
        command, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, text=True, env=installed_environment()
    ) as process:
        assert process.stdout is not None
        try:
            yield process.stdout.readline().split(" at ")[1].split(";")[0]
        finally:
            process.terminate()


def run_against_new(name: str, attributes: int) -> Run:
    with tempfile.TemporaryDirectory() as path, served(Path(path)) as url:
        project = Path(path) / "project"
        write_project(project, url, attributes)
        commands = {
            "by hand": [sys.executable, "-c", BY_HAND, url, str(attributes)],
            "apply": [SCRIPT, "apply", "--auto-approve", "--project", str(project)],
        }
        return run(commands[name], environment={**installed_environment(), "TOKEN": "any"})


def main() -> None:
    arguments = argparse.ArgumentParser()
    arguments.add_argument("--attributes", type=int, default=250)
    arguments.add_argument("--rounds", type=int, default=5)
    options = arguments.parse_args()
    runs: dict[str, list[Run]] = {"by hand": [], "apply": []}
    for number in range(options.rounds + 1):
        for name, finished in runs.items():
            measured = run_against_new(name, options.attributes)
            if number:  # the first brings files into memory and compiles modules
                finished.append(measured)
    report(
        "apply",
        ratios=ratios(runs["apply"], runs["by hand"]),
        memory=peak(runs["apply"]),
        seconds=runs["apply"][0].processor,
    )


if __name__ == "__main__":
    main()
