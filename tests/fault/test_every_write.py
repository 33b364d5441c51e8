"""Every step of writing fails, one after the other: files stay whole, and the command again does what is left."""

from __future__ import annotations

import random
import re
import shutil
import sqlite3
from collections.abc import Callable, Sequence
from contextlib import closing
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

from fault.conftest import CHANGES, Forker, Site, long_profile
from intercom_iac.planning import decode, plan_digest

HOWS = ("EIO-once", "EIO", "ENOSPC")

PROJECT = "version: 1\nworkspaces: {sandbox: {sandbox: work.db}}\n"
SPECS = """version: 1
attributes:
  contact:
    tier: {type: string, description: How much they pay}
    seats: {type: integer}
events:
  opened: {metadata: {page: {type: string}}}
segments:
  big: {name: Big, rule: tier = gold, publish: [audience, tag]}
"""


def project(root: Path, _: Forker) -> None:
    (root / "specs").mkdir(parents=True)
    (root / "intercom-iac.yaml").write_text(PROJECT)
    (root / "specs" / "all.yaml").write_text(SPECS)


def with_workspace(root: Path, forker: Forker) -> None:
    project(root, forker)
    assert forker.run(root, "sandbox", "seed", "--people", "3", "--today", "2027-01-15").code == 0


def with_saved_plan(root: Path, forker: Forker) -> None:
    with_workspace(root, forker)
    (root / "plan.json").write_text("an older plan")


def with_export(root: Path, forker: Forker) -> None:
    with_workspace(root, forker)
    for name in ("contacts", "companies", "events"):
        (root / f"{name}.ndjson").write_text("{}\n" * 1000)


def unformatted(root: Path, forker: Forker) -> None:
    project(root, forker)
    for name in ("a", "b", "c"):
        text = f"version: 1\nevents:   # kept\n    event_{name}:    {{ description:   'x' }}\n"
        (root / "specs" / f"{name}.yaml").write_text(text)


def with_gitignore(root: Path, _: Forker) -> None:
    root.mkdir()
    (root / ".gitignore").write_text("node_modules/")


def nothing(root: Path, _: Forker) -> None:
    root.mkdir()


Prepare = Callable[[Path, Forker], None]
COMMANDS: dict[str, tuple[Prepare, str]] = {
    "plan, a new file": (with_workspace, "plan --out plan.json"),
    "plan, over an older file": (with_saved_plan, "plan --out plan.json"),
    "fmt": (unformatted, "fmt"),
    "init": (nothing, "init new/project"),
    "init beside files": (with_gitignore, "init ."),
    "export, new files": (with_workspace, "sandbox export --into here"),
    "export, over older files": (with_export, "sandbox export"),
    "seed, a new workspace": (nothing, "sandbox seed --people 9 --today 2027-01-15 --db a/work.db"),
    "seed": (with_workspace, "sandbox seed --people 200 --seed 2 --today 2027-01-15"),
    "reset": (with_workspace, "sandbox reset"),
    "segment add": (with_workspace, "sandbox segment add Big"),
    "apply, a new workspace": (project, "apply --auto-approve --parallelism 1"),
    "apply": (with_workspace, "apply --auto-approve --parallelism 1"),
}
APPLIES = ("apply, a new workspace", "apply")


def state(root: Path) -> dict[str, Any]:
    """What a user cares about: files by their bytes, workspaces by their rows."""
    found: dict[str, Any] = {}
    for path in sorted(root.rglob("*")):
        name = path.relative_to(root).as_posix()
        if not path.is_file() or "/journal/" in name or name.endswith(("-wal", "-shm", "-journal")):
            continue
        found[name] = rows(path) if name.endswith(".db") else content(path)
    return {name: each for name, each in found.items() if each is not None}


def content(path: Path) -> bytes:
    """The bytes of a file; a whole plan file but for its time, which is another at each try."""
    found = path.read_bytes()
    if path.name != "plan.json" or not found.startswith(b"{"):
        return found
    plan = decode(found.decode(), path.name)
    return plan_digest(replace(plan, created_at=None)).encode()


def rows(path: Path) -> dict[str, int] | None:
    """How many there are in each table; None for a workspace that is still to be, or new: to make and to fill one
    are two acts, and the first may be all that is done."""
    with closing(sqlite3.connect(path)) as connection:
        assert connection.execute("pragma integrity_check").fetchone() == ("ok",)
        assert not connection.execute("pragma foreign_key_check").fetchall()
        tables = [
            each for (each,) in connection.execute("select name from sqlite_schema where type = 'table'")
        ]
        count = {each: connection.execute(f"select count(*) from {each}").fetchone()[0] for each in tables}
    return (
        count
        if any(count[each] for each in count.keys() - {"meta", "counters", "segments", "contact_changes"})
        else None
    )


def made_in(found: dict[str, Any]) -> int:
    """How many things of the specs a workspace holds."""
    count = found.get("work.db", {})
    return sum(count.get(each, 0) for each in ("attributes", "event_names", "audiences", "tags"))


def tried(last: int, *seed: str) -> Sequence[int]:
    """The steps at which the disk is let fail: all, or two in the suite."""
    return range(1, last + 1) if long_profile() else random.Random(str(seed)).sample(range(1, last + 1), 2)


# The system's words, then SQLite's.
REASONS = r"input/output error|no space left|disk i/o error|is full|unable to open|readonly database"


def in_words(text: str) -> None:
    assert "Traceback" not in text, text
    assert re.search(REASONS, text), text
    assert len(re.findall("^error", text, re.MULTILINE)) <= 1, text


@pytest.mark.parametrize("how", HOWS)
@pytest.mark.parametrize("name", COMMANDS)
def test_a_disk_that_fails_at_a_step(
    forker: Forker, tmp_path: Path, name: str, how: str, record_property: Callable[[str, object], None]
) -> None:
    prepare, line = COMMANDS[name]
    args = line.split()
    template = tmp_path / "template"
    prepare(template, forker)
    whole = tmp_path / "whole"
    shutil.copytree(template, whole)
    before = state(whole)
    ended = forker.run(whole, *args, disk=(0, ""))
    assert ended.code == 0, ended.text
    if not ended.steps:
        pytest.skip("this Python's SQLite takes no layer between it and the disk")
    after = state(whole)
    assert before != after
    steps = tried(len(ended.steps), name, how)
    record_property("faults", (name, len(ended.steps), len(steps)))
    for step in steps:
        root = tmp_path / f"step-{step}"
        shutil.copytree(template, root)
        failed = forker.run(root, *args, disk=(step, how))
        at = f"step {step}, {ended.steps[step - 1]}\n{failed.text}"
        found = state(root)
        assert failed.code in (0, 1), at
        if failed.code:
            in_words(failed.text)
            if name in APPLIES:
                done = re.search(r"Stopped: (\d+) done, ", failed.text)
                assert made_in(found) - made_in(before) == (int(done[1]) if done else 0), at
            else:
                whole_or_as_it_was(before, found, after, at, leftovers=how == "EIO")
        else:
            assert found == after, at
        if failed.code or name in APPLIES:
            again = forker.run(root, *args)
            assert again.code == 0, at + again.text
            left = {each for each in state(root) if each not in after}
            assert {**state(root), **dict.fromkeys(left)} == {**after, **dict.fromkeys(left)}, at
        shutil.rmtree(root)


def whole_or_as_it_was(
    before: dict[str, Any], found: dict[str, Any], after: dict[str, Any], at: str, *, leftovers: bool
) -> None:
    for name in {*before, *found, *after}:
        if leftovers and re.match(r"\..+\.\w{8}$", name.rsplit("/")[-1]):
            continue  # a disk on which nothing can be removed keeps what was being written beside it
        assert found.get(name) in (before.get(name), after.get(name)), f"{name}: {at}"


@pytest.mark.parametrize("how", HOWS)
def test_an_apply_over_http_whose_disk_fails_at_a_step(
    site: Site, how: str, record_property: Callable[[str, object], None]
) -> None:
    args = ("apply", "--auto-approve", "--parallelism", "1")
    (site.root / ".intercom-iac" / "journal").mkdir(parents=True, exist_ok=True)  # as after the first apply
    ended = site.run(*args, disk=(0, ""))
    assert ended.code == 0, ended.text
    assert len(ended.steps) > 2 * CHANGES
    steps = tried(len(ended.steps), how)
    record_property("faults", (f"apply of {CHANGES} changes over HTTP", len(ended.steps), len(steps)))
    for step in steps:
        site.reset()
        failed = site.run(*args, disk=(step, how))
        there = site.there()
        assert set(there.values()) <= {1}
        assert site.acknowledged() <= set(there)
        assert failed.code in (0, 1), failed.text
        if failed.code:
            in_words(failed.text)
            done = re.search(r"Stopped: (\d+) done, ", failed.text)
            made = [each for each in there if each[0] != "contact"]
            assert len(made) == (int(done[1]) if done else 0), failed.text
        site.converges()
