"""Whatever stands where a command expects a file: it ends at once, with an error in words, or takes it for one."""

from __future__ import annotations

import os
import signal
import socket
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

SPECS = """\
attributes: {contact: {tier: {type: string}}}
segments: {paid: {name: Paid, rule: tier = paid}}
"""

# Every argument that is the path of a file or folder, for one that stands at ODD.
COMMANDS = [
    "show ODD",
    "apply ODD",
    "plan --out ODD",
    "--project ODD plan",
    "plan --project ODD",
    "check --project ODD",
    "check --against ODD",
    "breaking --against ODD",
    "changelog --against ODD",
    "plan --against ODD",
    "fmt ODD",
    "fmt --check ODD",
    "init ODD",
    "rule eval 'tier = paid' --contacts ODD",
    "rule eval 'company.x = 1' --contacts people.ndjson --companies ODD",
    "rule eval 'event x' --contacts people.ndjson --events ODD",
    "rule eval 'tag vip' --contacts people.ndjson --tags ODD",
    "segment preview --contacts ODD",
    "segment preview --contacts people.ndjson --companies ODD --events ODD",
    "sandbox export --into ODD",
    "sandbox export --db ODD --into out",
    "sandbox seed --people 1 --db ODD",
    "sandbox reset --db ODD",
    "sandbox segment add Name --db ODD",
    "sandbox segment add Name --query ODD",
]


def pipe(path: Path) -> None:
    os.mkfifo(path)


def folder(path: Path) -> None:
    (path / "inside").mkdir(parents=True)


def listening(path: Path) -> None:
    # An address of a socket is short: it is bound from where it is.
    here = Path.cwd()
    os.chdir(path.parent)
    try:
        with socket.socket(socket.AF_UNIX) as bound:
            bound.bind(path.name)
    finally:
        os.chdir(here)


ODD: dict[str, Callable[[Path], object]] = {
    "pipe": pipe,
    "folder": folder,
    "socket": listening,
    "device": lambda path: path.symlink_to("/dev/zero"),
    "nothing": lambda path: path.symlink_to("/dev/null"),
    "loop": lambda path: path.symlink_to(path.name),
    "dangling": lambda path: path.symlink_to("not-there"),
    "empty": lambda path: path.touch(),
    "binary": lambda path: path.write_bytes(bytes(range(256)) * 4),
    "huge": lambda path: os.truncate(os.open(path, os.O_CREAT | os.O_WRONLY), 10**8),
}


@pytest.fixture
def project(scratch) -> Iterator[object]:
    """A project; whoever waits without end is woken."""

    def wake(*_: object) -> None:
        raise AssertionError("it waits without end")

    before = signal.signal(signal.SIGALRM, wake)
    signal.setitimer(signal.ITIMER_REAL, 60)
    yield scratch.spec(SPECS).write({"people.ndjson": ""})
    signal.setitimer(signal.ITIMER_REAL, 0)
    signal.signal(signal.SIGALRM, before)


@pytest.mark.parametrize("odd", ODD)
def test_whatever_stands_in_a_files_place_is_told(project, odd: str) -> None:
    for number, command in enumerate(COMMANDS):
        place = project.root / f"odd{number}"
        ODD[odd](place)
        result = project.run(command.replace("ODD", place.name))
        assert result.code in (0, 1, 3, 6), (command, result)
        if result.code:
            assert "error" in result.err + result.out or "invalid" in result.err, (command, result)
            assert "errno" not in result.err.lower(), (command, result)


@pytest.mark.parametrize("odd", [each for each in ODD if each not in ("nothing", "empty")])
@pytest.mark.parametrize("kind", ["jsonl", "lock"])
def test_whatever_stands_in_the_journals_place_holds_no_plan_up(project, odd: str, kind: str) -> None:
    app = project.plan()["workspace"]["app_id"]
    folder = project.root / ".intercom-iac" / "journal"
    folder.mkdir(exist_ok=True)
    place = folder / f"{app}.{kind}"
    place.unlink(missing_ok=True)
    ODD[odd](place)
    planned = project.run("plan")
    assert planned.code == 0
    assert "1 to create" in planned.out
    assert ("what the last apply came to is not known" in planned.err) == (
        kind == "jsonl" and odd != "binary"
    )
    applied = project.run("apply --auto-approve")
    if applied.code:
        assert applied.err.rpartition("error: the ")[2].startswith("journal" if kind == "jsonl" else "lock")
    else:
        assert odd in ("huge", "binary")


def test_a_spec_and_a_project_file_may_be_anything(project) -> None:
    for odd, make in ODD.items():
        make(project.root / "specs" / f"{odd}.yaml")
    result = project.run("check")
    assert result.code == 3
    for odd in ODD:
        assert (f"specs/{odd}.yaml" in result.out) == (odd != "empty"), odd
    for odd, make in ODD.items():
        elsewhere = project.root / "projects" / odd
        elsewhere.mkdir(parents=True)
        make(elsewhere / "intercom-iac.yaml")
        result = project.run(f"check --project projects/{odd}")
        assert result.code == 3, odd
        assert "error[" in result.out + result.err, odd


def test_a_link_to_itself_and_folders_without_end_do_not_end_the_run(project) -> None:
    (project.root / "specs" / "self").symlink_to("self")
    (project.root / "specs" / "self.yaml").symlink_to("self.yaml")
    deep = os.open(project.root / "specs", os.O_RDONLY)
    for _ in range(1_400):
        os.mkdir("d", dir_fd=deep)
        inner = os.open("d", os.O_RDONLY, dir_fd=deep)
        os.close(deep)
        deep = inner
    os.close(os.open("last.yaml", os.O_CREAT | os.O_WRONLY, dir_fd=deep))
    os.close(deep)
    (project.root / "specs" / "wrong.yaml").write_text("version: 2\n")
    for command in ("check", "fmt --check"):
        result = project.run(command)
        assert result.code == 3
        assert "--> specs/self.yaml:1:1" in result.out + result.err
    assert "--> specs/wrong.yaml:1:10" in project.run("check").out
    # So deep that pytest could not remove it.
    here = Path.cwd()
    os.chdir(project.root / "specs")
    try:
        depth = 0
        while Path("d").is_dir():
            os.chdir("d")
            depth += 1
        Path("last.yaml").unlink()
        for _ in range(depth):
            os.chdir("..")
            Path("d").rmdir()
    finally:
        os.chdir(here)


def test_a_plan_is_read_from_a_shells_pipe_and_from_none_in_a_folder(project) -> None:
    assert project.run("plan --out plan.json").code == 0
    content = (project.root / "plan.json").read_bytes()
    reading, writing = os.pipe()
    os.write(writing, content)
    os.close(writing)
    shown = project.run(f"show /dev/fd/{reading}")
    os.close(reading)
    assert shown.code == 0
    assert "1 to create" in shown.out
    os.mkfifo(project.root / "pipe")
    refused = project.run("show pipe")
    assert (refused.code, refused.err) == (
        3,
        "error: cannot read `pipe`: it is a pipe\n  help: name a file\n",
    )
    unread = project.run("plan --out pipe")
    assert unread.code == 1
    assert "nobody reads from it" in unread.err
