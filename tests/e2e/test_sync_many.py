"""Many people over HTTP, one in a hundred changed: just those are sent, once each, also by a run that is killed."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from intercom_iac.sandbox import Sandbox, serving
from intercom_iac.sandbox.storage.identifiers import object_id
from support.many_people import SPECS, CountingGateway, add_people, write_people, write_upgrades

PARALLELISM = 5
MODEL = {"plan_type": "string", "seats": "integer", "active": "boolean"}


@pytest.fixture(params=[2_000, pytest.param(100_000, marks=pytest.mark.outside)], ids=["2,000", "100,000"])
def people(request: pytest.FixtureRequest) -> int:
    return request.param


@pytest.fixture
def gateway(
    scratch, tmp_path: Path, people: int, monkeypatch: pytest.MonkeyPatch
) -> Iterator[CountingGateway]:
    """A workspace with so many people, served over HTTP; the project is for it and has the table."""
    monkeypatch.setenv("INTERCOM_TOKEN", "any")
    with Sandbox(tmp_path / "live.db") as sandbox:
        gateway = CountingGateway(sandbox)
        with serving(gateway) as url:
            live = f"{{base_url: '{url}', app_id: {sandbox.app_id}, token_env: INTERCOM_TOKEN}}"
            scratch.spec(SPECS).write(
                {
                    "intercom-iac.yaml": f"version: 1\nworkspaces:\n  live: {live}\n"
                    "sources:\n"
                    "  people: {kind: file, path: people.parquet}\n"
                    "  upgrades: {kind: file, of: events, path: upgrades.parquet}\n"
                }
            )
            scratch.apply()
            add_people(sandbox, people)
            gateway.clear()
            yield gateway


def sync(scratch, words: str = "") -> Any:
    result = scratch.run(f"sync {words} --auto-approve --format json --parallelism {PARALLELISM}")
    assert result.code == 0, result
    return result.json


def contact_path(number: int) -> str:
    """The path of person `u{number}`; the contact before all of them is that of the events' registry."""
    return f"/contacts/{object_id('contact', number + 2)}"


def test_just_who_changed_is_sent(scratch, gateway: CountingGateway, people: int) -> None:
    table, changed = scratch.root / "people.parquet", people // 100
    write_people(table, people, upgraded=5_000)
    first = sync(scratch, "contacts people")
    assert first["plan"]["update"] == changed
    assert first["plan"]["unchanged"] == people - changed
    assert first["plan"]["properties"] == {"plan_type": changed, "seats": changed}
    sent = {path: body for method, path, body in gateway.writes if method == "PUT"}
    upgrade = {"custom_attributes": {"plan_type": "enterprise", "seats": 5_000}}
    assert sent == {contact_path(number): upgrade for number in range(0, people, 100)}
    assert len(gateway.writes) == changed
    # All pages of 150, or fewer calls than that.
    assert gateway.reads < people / 150 + 20

    gateway.clear()
    assert sync(scratch, "contacts people")["outcome"]["done"] == 0
    assert not gateway.writes
    assert gateway.reads < 20


def test_a_killed_run_is_carried_on(scratch, gateway: CountingGateway, people: int) -> None:
    """Properties before the events of the same people, each once."""
    changed = people // 100
    write_people(scratch.root / "people.parquet", people, upgraded=5_000)
    write_upgrades(scratch.root / "upgrades.parquet", people)
    for writes in (changed // 2, changed + changed // 2):
        assert run_killed(scratch.root, gateway, writes) == -signal.SIGKILL
    before = gateway.reads
    sync(scratch)
    assert gateway.reads - before < 40
    order: dict[str, list[str]] = {}
    for method, path, body in gateway.writes:
        person = contact_path(int(body["user_id"][1:])) if method == "POST" else path
        order.setdefault(person, []).append(method)
    assert order.keys() == {contact_path(number) for number in range(0, people, 100)}
    # Only those that were under way when a process died may have been sent again.
    assert sum(map(len, order.values())) <= 2 * changed + 2 * PARALLELISM
    for methods in order.values():
        assert methods == sorted(methods, key=["PUT", "POST"].index)
        assert set(methods) == {"PUT", "POST"}

    gateway.clear()
    sync(scratch)
    assert not gateway.writes


def run_killed(folder: Path, gateway: CountingGateway, writes: int) -> int:
    """A sync in a process of its own, killed when the workspace is asked for one more write than so many."""
    command = [sys.executable, "-m", "intercom_iac", "sync", "--auto-approve"]
    process = subprocess.Popen(
        [*command, "--parallelism", str(PARALLELISM)],
        cwd=folder,
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
    )

    def kill(number: int) -> None:
        if number > writes:
            os.kill(process.pid, signal.SIGKILL)

    gateway.on_write = kill
    code = process.wait(timeout=300)
    gateway.on_write = lambda _: None
    return code
