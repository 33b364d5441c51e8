"""How far data travels through the house: functions, files and changes of room on five walks.

    python tools/walks.py

Each walk is a command in a scratch project. Counted are calls into the package: how many different functions run, in
how many files, and how often the next function stands in another room than the one before. A room is a folder right
below the package. The sandbox is outside of it and does not count.
"""

from __future__ import annotations

import contextlib
import io
import os
import sys
import tempfile
import threading
from collections.abc import Callable, Generator
from dataclasses import dataclass, field
from pathlib import Path
from types import FrameType
from typing import Any

PACKAGE = Path(__file__).parents[1] / "intercom_iac"

SPECS = """\
version: 1
attributes:
  contact:
    plan_type: {type: options, options: [free, trial, pro], description: Billing plan}
    trial_end_date: {type: date, description: Last day of the trial}
segments:
  ending:
    name: Trial ends soon
    rule: plan_type = trial and trial_end_date within next 3 days
    publish: [audience]
"""
CLOSING = contextlib.ExitStack()
PROJECT = "version: 1\nworkspaces:\n  sandbox: {sandbox: sandbox.db}\n"


@dataclass
class Walk:
    """What has run, in the order it was entered."""

    functions: set[tuple[str, str, int]] = field(default_factory=set)
    files: set[str] = field(default_factory=set)
    moves: int = 0
    _room: str | None = None

    def enter(self, frame: FrameType) -> None:
        code = frame.f_code
        path = code.co_filename
        if not path.startswith(f"{PACKAGE}{os.sep}") or code.co_name == "<module>":
            return
        room, _, rest = path[len(str(PACKAGE)) + 1 :].partition(os.sep)
        if room == "sandbox":
            return
        room = room if rest else ""
        self.functions.add((path, code.co_qualname, code.co_firstlineno))
        self.files.add(path)
        self.moves += room != self._room
        self._room = room


@contextlib.contextmanager
def walking(walk: Walk) -> Generator[None]:
    """Traces this thread and those it starts."""

    def trace(frame: FrameType, event: str, _: Any) -> None:
        if event == "call":
            walk.enter(frame)

    threading.setprofile(trace)
    sys.setprofile(trace)
    try:
        yield
    finally:
        sys.setprofile(None)
        threading.setprofile(None)


def run(*arguments: str) -> int:
    """A command of the program, in this process, with its output thrown away."""
    from intercom_iac import cli

    with contextlib.redirect_stdout(io.StringIO()), contextlib.redirect_stderr(io.StringIO()):
        return cli.run(list(arguments))


def description_to_the_wire() -> Callable[[], int]:
    run("apply", "--auto-approve")
    path = Path("specs/example.yaml")
    path.write_text(path.read_text().replace("Billing plan", "The plan that is paid for"))
    return lambda: run("apply", "--auto-approve")


def rule_to(target: str) -> Callable[[], Callable[[], int]]:
    rule = "plan_type = trial and trial_end_date within next 3 days"
    return lambda: lambda: run("rule", "compile", rule, "--to", target, "--today", "2026-06-01")


def mistake_to(form: str) -> Callable[[], Callable[[], int]]:
    def prepare() -> Callable[[], int]:
        path = Path("specs/example.yaml")
        path.write_text(path.read_text().replace("= trial and", "= trail and"))
        return lambda: run("check", "--format", form)

    return prepare


def apply_after_a_lost_answer() -> Callable[[], int]:
    """The first create is carried out and its answer lost: it is read back and found."""
    from intercom_iac.sandbox import Behaviour, Sandbox, serving

    behaviour = Behaviour.parse(faults=["drop-after-accept=call:1@POST/data_attributes"])
    sandbox = CLOSING.enter_context(Sandbox(None, app_id="abc12345"))
    address = CLOSING.enter_context(serving(behaviour.gateway(sandbox)))
    far = f"{{base_url: '{address}', app_id: abc12345, token_env: WALKS_TOKEN}}"
    os.environ["WALKS_TOKEN"] = "any"
    Path("intercom-iac.yaml").write_text(f"version: 1\nworkspaces:\n  far: {far}\n")
    return lambda: run("apply", "--auto-approve")


def what_breaks() -> Callable[[], int]:
    Path("before").mkdir()
    Path("before/intercom-iac.yaml").write_text(PROJECT)
    Path("before/specs").mkdir()
    Path("before/specs/example.yaml").write_text(
        SPECS.replace("[free, trial, pro]", "[free, trial, pro, old]")
    )
    return lambda: run("breaking", "--against-folder", "./before")


WALKS: dict[str, Callable[[], Callable[[], int]]] = {
    "a description from YAML to the wire": description_to_the_wire,
    "a rule to search": rule_to("search"),
    "a rule to SQL": rule_to("sql"),
    "a mistake to the terminal": mistake_to("text"),
    "a mistake to SARIF": mistake_to("sarif"),
    "an apply after a lost answer": apply_after_a_lost_answer,
    "breaking": what_breaks,
}


def main() -> None:
    print(f"{'walk':<40} functions  files  changes of room")
    home = Path.cwd()
    for name, prepare in WALKS.items():
        with tempfile.TemporaryDirectory() as folder:
            os.chdir(folder)
            Path("specs").mkdir()
            Path("specs/example.yaml").write_text(SPECS)
            Path("intercom-iac.yaml").write_text(PROJECT)
            command = prepare()
            walk = Walk()
            with walking(walk):
                code = command()
            os.chdir(home)
            CLOSING.close()
        print(f"{name:<40} {len(walk.functions):>9}  {len(walk.files):>5}  {walk.moves:>15}  (exit {code})")


if __name__ == "__main__":
    main()
