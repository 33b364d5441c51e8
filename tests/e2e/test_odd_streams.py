"""Standard streams that are closed, full, left by their reader or in a code page: every command keeps its code."""

from __future__ import annotations

import io
import os
import subprocess
import sys
from collections.abc import Callable, Iterator
from contextlib import suppress
from pathlib import Path
from typing import Any

import pytest

from intercom_iac.cli import run
from intercom_iac.cli.program_help import COMMANDS

SPECS = """\
attributes: {contact: {größe_日: {type: string, description: "日本 \\u200b"}}}
segments: {paid: {name: "Zoë ≥ 😀", rule: "größe_日 = 'ø€'", publish: [tag]}}
"""

LINES = [
    *COMMANDS,
    *(f"{name} --help" for name in COMMANDS),
    *("--version", "--help", "nothing-like-that", "plan --nothing", "ünknown"),
    *(
        "check",
        "check --format json",
        "check --format sarif",
        "check --format github",
        "check --format junit",
    ),
    *(
        "fmt --check",
        "plan",
        "plan --format json",
        "plan --format markdown",
        "plan --format html",
        "plan --full",
    ),
    *(
        "drift",
        "drift --format json",
        "drift --format markdown",
        "drift --adopt a",
        "plan --all",
        "apply",
        "apply plan.json",
        "apply --auto-approve",
        "apply --auto-approve --format json",
    ),
    *("show plan.json", "show plan.json --format markdown", "show specs/example.yaml"),
    *("explain LINT551", "explain attribute.contact.größe_日", "explain segment.paid --format json"),
    *(
        "rule compile größe_日=ø€ --to english",
        "rule compile größe_日=ø€ --to sql",
        "rule compile größe_日>1 --to tree",
    ),
    *("mv segment.paid paid_now --dry-run", "mv segment.paid paid_now --dry-run --format json"),
    *("segment list", "segment list --format json", "segment compile paid --to search"),
    *("payload check people.ndjson --kind contact", "payload check people.ndjson --format ndjson"),
    *("rule relate größe_日=ø€", "segment relate", "segment relate --format html"),
    *("segment test", "segment test --generate", "segment test --mutation"),
    *("rule eval größe_日=ø€ --contacts people.ndjson", "segment preview --contacts people.ndjson"),
    *(
        "sandbox reset --db other.db",
        "sandbox seed --people 1 --db other.db",
        "sandbox export --db other.db --into o",
    ),
    *(
        "schema",
        "init new",
        "breaking --against .",
        "changelog --against .",
        "audit",
        "audit --format html",
        "check --project nowhere",
        "usages",
        "usages --format json",
        "sync contacts people.ndjson --dry-run",
        "sync contacts people.ndjson --dry-run --format json",
    ),
]


def full() -> io.TextIOWrapper:
    return open("/dev/full", "w", encoding="utf-8")  # noqa: PTH123


def left() -> io.TextIOWrapper:
    """A pipe whose reader has gone."""
    reading, writing = os.pipe()
    os.close(reading)
    return os.fdopen(writing, "w", encoding="utf-8")


def closed() -> None:
    return None


def coded(encoding: str) -> Callable[[], io.TextIOWrapper]:
    return lambda: io.TextIOWrapper(io.BytesIO(), encoding=encoding)


def usual() -> io.TextIOWrapper:
    return coded("utf-8")()


Open = Callable[[], io.TextIOWrapper | None]

# What standard output and standard error are.
STREAMS: dict[str, tuple[Open, Open]] = {
    "closed, usual": (closed, usual),
    "usual, closed": (usual, closed),
    "closed, closed": (closed, closed),
    "usual, full": (usual, full),
    "full, full": (full, full),
    "left, left": (left, left),
    "cp1252": (coded("cp1252"), coded("cp1252")),
    "cp437, ascii": (coded("cp437"), coded("ascii")),
    "closed, left": (closed, left),
}


# What each command exits with where nothing disturbs it, once it was tried.
FINE: dict[str, int] = {}


@pytest.fixture
def project(scratch) -> object:
    scratch.spec(SPECS).write({"people.ndjson": ""})
    assert scratch.run("plan --out plan.json").code == 0
    return scratch


def ended(line: str, monkeypatch: pytest.MonkeyPatch, out: Open, err: Open) -> tuple[int, str]:
    """The code of a command with these streams and no standard input; what it printed where it could."""
    streams = (out(), err())
    with monkeypatch.context() as patched:
        patched.setattr("sys.stdin", None)
        patched.setattr("sys.stdout", streams[0])
        patched.setattr("sys.stderr", streams[1])
        code = run(line.split())
    printed = ""
    for stream in streams:
        if stream is None:
            continue
        with suppress(OSError):
            stream.flush()
        if isinstance(stream.buffer, io.BytesIO):
            printed += stream.buffer.getvalue().decode("latin-1")
        with suppress(OSError):
            stream.close()
    return code, printed


@pytest.mark.skipif(not Path("/dev/full").exists(), reason="this system has no /dev/full")
@pytest.mark.parametrize("streams", STREAMS)
def test_every_command_ends_with_its_code(project, monkeypatch: pytest.MonkeyPatch, streams: str) -> None:
    out, err = STREAMS[streams]
    undisturbed = out not in (full, left) and err not in (full, left)
    assert project.run("sandbox reset").code == 0
    db = project.root / ".intercom-iac" / "sandbox.db"
    empty = db.read_bytes()
    for line in LINES:
        if line not in FINE:
            FINE[line], _ = ended(line, monkeypatch, usual, usual)
            bring_back(db, empty)
        fine = FINE[line]
        code, printed = ended(line, monkeypatch, out, err)
        if line in ("init new", "fmt --check"):  # the first run changed something
            assert code in (0, 1, 3), line
        else:
            assert code == fine or (not undisturbed and code == 1), (line, code, fine)
        assert "Traceback" not in printed, line
        assert "codec" not in printed, line
        bring_back(db, empty)


def bring_back(db: Path, content: bytes) -> None:
    """A workspace as it was, where a command has changed it: `sandbox reset` takes as long as most commands."""
    beside = [db.with_name(f"{db.name}-{kind}") for kind in ("wal", "shm")]
    if any(map(Path.exists, beside)) or db.read_bytes() != content:
        for path in beside:
            path.unlink(missing_ok=True)
        db.write_bytes(content)


class Failing(io.RawIOBase):
    """Takes so many writes, and then has no room."""

    def __init__(self, room: int) -> None:
        self.left = room
        self.taken = b""

    def writable(self) -> bool:
        return True

    def write(self, content: Any) -> int:
        if self.left == 0:
            raise OSError(28, "No space left on device")
        self.left -= 1
        self.taken += bytes(content)
        return len(bytes(content))

    def fileno(self) -> int:
        return NOWHERE


NOWHERE = os.open(os.devnull, os.O_WRONLY)


@pytest.mark.parametrize("output", ["text", "json"])
@pytest.mark.parametrize("which", ["out", "err", "both"])
def test_streams_that_give_up_half_way_through_an_apply(
    project, monkeypatch: pytest.MonkeyPatch, which: str, output: str
) -> None:
    """At whichever write it is: the changes are made or none is, the code tells, and the next plan knows."""
    for room in (0, 1, 2, 3, 4, 6, 9):
        assert project.run("sandbox reset").code == 0

        def failing(room: int = room) -> io.TextIOWrapper:
            raw: Any = Failing(room)
            return io.TextIOWrapper(raw, encoding="utf-8", write_through=True)

        out, err = (failing if which in (name, "both") else usual for name in ("out", "err"))
        code, printed = ended(f"apply --auto-approve --format {output}", monkeypatch, out, err)
        assert code in (0, 1), room
        assert "Traceback" not in printed
        after = project.plan()
        done = not [each for each in after["changes"] if each["action"] != "manual"]
        assert done or (code == 1 and after["summary"]["create"] == 2), (room, code, after["summary"])


CLOSED = ["<&-", "2>&-", "<&- >&- 2>&-"]


@pytest.fixture
def plain(scratch) -> Iterator[Path]:
    scratch.spec("attributes: {contact: {tier: {type: string}}}\n")
    return scratch.root


@pytest.mark.parametrize("where", CLOSED)
def test_no_file_takes_the_place_of_a_closed_stream(plain: Path, where: str) -> None:
    """A process that starts with closed streams opens its files there, and what it says would be written in them."""
    line = f'"$0" -W error -m intercom_iac apply --auto-approve {where}'
    ended = subprocess.run(["sh", "-c", line, sys.executable], cwd=plain, capture_output=True, check=False)
    assert ended.returncode == 0, ended
    assert b"Traceback" not in ended.stderr
    assert b"Warning" not in ended.stderr
    again = subprocess.run(
        [sys.executable, "-m", "intercom_iac", "plan", "--detailed-exitcode"],
        cwd=plain,
        capture_output=True,
        check=False,
    )
    assert again.returncode == 0, again
    assert again.stderr == b""


@pytest.mark.parametrize(
    ("arguments", "code"),
    [
        ("sandbox segment add Zoë --db é.db", 0),
        ("explain attribute.contact.größe", 3),
        ("check --project é", 0),
        ("rule compile größe=ü --to english", 3),
    ],
)
def test_what_is_not_ascii_is_itself_where_the_locale_knows_ascii_alone(
    scratch, arguments: str, code: int
) -> None:
    scratch.spec("attributes: {contact: {tier: {type: string}}}\n")
    scratch.write({"é/intercom-iac.yaml": "version: 1\n", "é/specs/ü.yaml": "version: 1\n"})
    environment = {**os.environ, "LC_ALL": "C", "LANG": "C", "PYTHONUTF8": "0", "PYTHONCOERCECLOCALE": "0"}
    ended = subprocess.run(
        [sys.executable, "-m", "intercom_iac", *arguments.split()],
        cwd=scratch.root,
        env=environment,
        capture_output=True,
        check=False,
    )
    text = (ended.stdout + ended.stderr).decode()
    assert ended.returncode == code, text
    assert "udc" not in text
    assert "Traceback" not in text
    named = {path.name for path in scratch.root.iterdir()}
    assert not [name for name in named if "\udcc3" in name]
    if "é.db" in arguments:
        assert "the segment `Zoë` stands in é.db" in text
        assert "é.db" in named


@pytest.mark.parametrize(
    "line", ["explain \udcff", "-w\udcff plan", "init \udcff", "sandbox segment add \udcff"]
)
def test_an_argument_that_is_no_text_is_refused(scratch, line: str) -> None:
    result = scratch.run(line)
    assert result.code == 3
    assert "is not UTF-8 text" in result.err
    assert not [path for path in scratch.root.iterdir() if "\udcff" in path.name]


def test_formats_for_machines_are_utf_8_in_every_code_page(scratch, monkeypatch: pytest.MonkeyPatch) -> None:
    scratch.spec("attributes: {contact: {größe: {type: string}}}\n")
    written = io.BytesIO()
    monkeypatch.setattr("sys.stdout", io.TextIOWrapper(written, encoding="cp1252"))
    assert run(["plan", "--format", "json"]) == 0
    assert "attribute.contact.größe" in written.getvalue().decode("utf-8")
    shown = io.BytesIO()
    monkeypatch.setattr("sys.stdout", io.TextIOWrapper(shown, encoding="cp1252"))
    scratch.spec("attributes: {contact: {größe_日: {type: string}}}\n")
    assert run(["plan"]) == 0
    assert "attribute.contact.größe_\\u65e5" in shown.getvalue().decode("cp1252")


def test_the_end_of_the_process_loses_nothing() -> None:
    """It ends without taking its objects apart, after what is buffered is written and exit functions have run."""
    program = (
        "import atexit, sys, tempfile\n"
        "folder = tempfile.TemporaryDirectory()\n"
        "atexit.register(print, 'last')\n"
        "print(folder.name)\n"
        "sys.argv = ['intercom-iac', 'explain', 'SPEC101']\n"
        "from intercom_iac.__main__ import main\n"
        "main()\n"
    )
    done = subprocess.run(
        [sys.executable, "-W", "ignore", "-c", program], capture_output=True, text=True, check=True
    )
    folder, *told = done.stdout.splitlines()
    assert "SPEC101" in told[0]
    assert told[-1] == "last"
    assert not Path(folder).exists()
