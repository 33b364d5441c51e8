"""A project of 60 changes, its workspace served over HTTP by a process, and processes that apply to it and die."""

from __future__ import annotations

import json
import os
import signal
import subprocess
import sys
import threading
from collections import Counter
from collections.abc import Callable, Iterator
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest

from intercom_iac.workspace import Client, Target, Token, reset_embedded

HERE = Path(__file__).parent
CHANGES = 60


def specs() -> str:
    lines = ["version: 1", "attributes:", "  contact:"]
    lines += [f"    field_{n}: {{type: string, description: Number {n}}}" for n in range(28)]
    lines += ["  company:"]
    lines += [f"    firm_{n}: {{type: integer}}" for n in range(6)]
    lines += ["events:"]
    lines += [f"  event_{n}: {{metadata: {{amount: {{type: integer}}}}}}" for n in range(6)]
    lines += ["segments:"]
    for n in range(10):
        lines += [f"  segment_{n}:", f"    name: Segment {n}", f"    rule: field_{n} = x"]
        lines += ["    publish: [audience, tag]"]
    return "\n".join(lines) + "\n"


@pytest.fixture(scope="session")
def sixty_changes() -> str:
    """Specs that take 60 changes, as the text of one file."""
    return specs()


@dataclass
class Ended:
    """How a process ended: its exit code, negative for a signal, and all it printed; the steps of its disk."""

    code: int
    text: str
    steps: tuple[str, ...] = ()


def _kill(pid: int) -> None:
    with suppress(ProcessLookupError):  # it may have come to its end just before
        os.kill(pid, signal.SIGKILL)


class Forker:
    """Runs commands of the program, each in a process of its own, in any folder (`forker.py`)."""

    def __init__(self, process: subprocess.Popen[str], scratch: Path) -> None:
        self._process = process
        self._output = scratch / "output.txt"
        self._steps = scratch / "steps.txt"

    def run(
        self,
        folder: Path,
        *args: str,
        kill: tuple[str, int] | None = None,
        kill_after: float | None = None,
        disk: tuple[int, str] | None = None,
        on_start: Callable[[int], object] = lambda _: None,
    ) -> Ended:
        """A command; killed at a write of the journal or after so many seconds, or on a disk that fails at a step.

        `on_start` is told the id of the process.
        """
        order = {"args": args, "folder": str(folder), "output": str(self._output), "kill": kill}
        order["disk"] = None if disk is None else (*disk, str(self._steps))
        assert self._process.stdin is not None
        assert self._process.stdout is not None
        self._process.stdin.write(json.dumps(order) + "\n")
        self._process.stdin.flush()
        pid = int(self._process.stdout.readline())
        on_start(pid)
        if kill_after is None:
            code = self._process.stdout.readline()
        else:
            timer = threading.Timer(kill_after, _kill, (pid,))
            timer.start()
            code = self._process.stdout.readline()
            timer.cancel()
            timer.join()
        steps = () if disk is None else tuple(self._steps.read_text().splitlines())
        return Ended(int(code), self._output.read_text(errors="replace"), steps)


class Site:
    """The project, the workspace and the processes."""

    def __init__(self, root: Path, url: str, db: Path, forker: Forker) -> None:
        self.root = root
        self.url = url
        self._db = db
        self._forker = forker
        (root / "specs").mkdir()
        (root / "specs" / "all.yaml").write_text(specs())
        (root / "intercom-iac.yaml").write_text(
            f"version: 1\nworkspaces: {{live: {{base_url: '{url}', token_env: ANY_TOKEN}}}}\n"
        )

    def reset(self) -> None:
        reset_embedded(self._db)
        for each in self.journals():
            each.unlink()

    def run(self, *args: str, **how: Any) -> Ended:
        """A command in the project, as `Forker.run` has it."""
        return self._forker.run(self.root, *args, **how)

    def journals(self) -> list[Path]:
        return list((self.root / ".intercom-iac" / "journal").glob("*.jsonl"))

    def acknowledged(self) -> set[tuple[str, str]]:
        """What a journal that was left says is done, as object and address."""
        named: dict[int, tuple[str, str]] = {}
        done: set[tuple[str, str]] = set()
        for path in self.journals():
            for line in path.read_text().splitlines():
                try:
                    each = json.loads(line)
                except ValueError:
                    continue
                if "address" in each:
                    named[each["change"]] = (each["object"], each["address"])
                elif each.get("ended") == "done":
                    done.add(named[each["change"]])
        return done

    def there(self) -> Counter[tuple[str, str]]:
        """How often each thing of the specs is in the workspace, as object and address; and each contact."""
        client = Client(Target("live", base_url=self.url, token=Token("any")))
        try:
            found: Counter[tuple[str, str]] = Counter()
            for each in client.get("/data_attributes")["data"]:
                if each["custom"]:
                    found["data_attribute", f"attribute.{each['model']}.{each['name']}"] += 1
            for kind, path in (("audience", "/audiences"), ("tag", "/tags")):
                for each in client.get(path)["data"]:
                    found[kind, each["name"].lower().replace("segment ", "segment.segment_")] += 1
            contacts = client.get("/contacts")["data"]
            for each in contacts:
                found["contact", each["external_id"]] += 1
            if contacts:
                asked = {"type": "user", "user_id": contacts[0]["external_id"], "summary": "true"}
                for each in client.get("/events", **asked)["events"]:
                    found["event", f"event.{each['name']}"] += 1
            return found
        finally:
            client.close()

    def converges(self) -> None:
        """The next apply makes what is left, nothing is there twice, and then there is nothing to do."""
        again = self.run("apply", "--auto-approve")
        assert again.code == 0, again.text
        assert "Traceback" not in again.text
        there = self.there()
        assert set(there.values()) == {1}, [key for key, count in there.items() if count > 1]
        assert len(there) == CHANGES + 1  # and the registrar
        after = self.run("plan", "--detailed-exitcode")
        assert after.code == 0, after.text
        assert not self.journals()


ENVIRONMENT = {**os.environ, "ANY_TOKEN": "any", "PYTHONUNBUFFERED": "1", "NO_COLOR": "1"}


@pytest.fixture(scope="session")
def forker(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Forker]:
    with subprocess.Popen(
        [sys.executable, str(HERE / "forker.py")],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        text=True,
        env=ENVIRONMENT | {"PYTHONPATH": str(HERE.parent)},
    ) as process:
        yield Forker(process, tmp_path_factory.mktemp("forker"))
        assert process.stdin is not None
        process.stdin.close()


@pytest.fixture(scope="session")
def shared_site(tmp_path_factory: pytest.TempPathFactory, forker: Forker) -> Iterator[Site]:
    root = tmp_path_factory.mktemp("site")
    db = root / "workspace.db"
    with subprocess.Popen(
        [sys.executable, "-m", "intercom_iac", "sandbox", "serve", "--port", "0", "--db", str(db)],
        stdout=subprocess.PIPE,
        text=True,
        env=ENVIRONMENT,
    ) as server:
        assert server.stdout is not None
        url = next(word for word in server.stdout.readline().split() if word.startswith("http")).rstrip(";")
        yield Site(root, url, db, forker)
        server.send_signal(signal.SIGINT)


@pytest.fixture
def site(shared_site: Site) -> Site:
    """The project beside an empty workspace."""
    shared_site.reset()
    return shared_site


def long_profile() -> bool:
    return os.environ.get("INTERCOM_IAC_FAULTS") == "all"


def pytest_generate_tests(metafunc: pytest.Metafunc) -> None:
    """How many faults are tried: a sample in the suite, all of them in the long profile (`make fault`)."""
    every = long_profile()
    samples: dict[str, Any] = {
        "step": range(1, 63) if every else (2, 20, 61),
        "number": range(1, 69) if every else (1, 4, 7, 42, 43, 47, 62),
        "seed": range(100) if every else range(6),
        "turn": range(10) if every else range(2),
        "size": (0, 1, 100, 300, 1_000, 2_500, 7_000) if every else (0, 300, 2_500),
    }
    for name, values in samples.items():
        if name in metafunc.fixturenames:
            metafunc.parametrize(name, values)


def pytest_terminal_summary(terminalreporter: Any) -> None:
    """At how many steps of writing the disk was let fail, for each command."""
    steps: dict[str, int] = {}
    faults: Counter[str] = Counter()
    for report in terminalreporter.stats.get("passed", ()):
        for key, value in report.user_properties:
            if key == "faults":
                name, steps[name], count = value
                faults[name] += count
    for name, count in sorted(faults.items()):
        terminalreporter.write_line(f"{name}: {steps[name]} steps of writing, {count} faults")
    if faults:
        terminalreporter.write_line(f"all commands: {sum(steps.values())} steps, {faults.total()} faults")
