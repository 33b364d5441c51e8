"""A saved plan is what was reviewed, and is held to the workspace as it is by then."""

from __future__ import annotations

import stat
from pathlib import Path
from typing import Any, cast

import pytest

from intercom_iac.diagnostics import Misuse, PlanError, StalePlan
from intercom_iac.syncing import (
    ConfirmedPlan,
    SyncPlan,
    confirm_writes,
    read_sync_plan,
    refuse_if_stale,
    save_sync_plan,
)
from intercom_iac.writes import Write
from support.sync_bench import NOW, SpoolList, SyncBench
from support.sync_tables import contact


def _save(path: Path, plans: list[SyncPlan], writes: list[Write]) -> None:
    save_sync_plan(
        path, plans, writes, workspace="sandbox", app_id="abc", specs_digest="sha256:1", made_at=NOW
    )


def _saved(bench: SyncBench, path: Path) -> tuple[list[SyncPlan], list[Write]]:
    bench.records.contacts = [contact(f"u{n}", plan_type="free", seats=n) for n in range(4)]
    rows = [(f"u{n}", ["pro", n]) for n in range(4)]
    plan, writes = bench.plan([*rows, ("new", ["pro", 1])], mode="upsert")
    events = [(key, [NOW, "report_exported", None]) for key, _ in rows]
    sent, more = bench.plan_events([*events, ("new", [NOW, "report_exported", None])], first_number=5)
    _save(path, [plan, sent], [*writes, *more])
    bench.forget_session()
    return [plan, sent], [*writes, *more]


def _confirm(bench: SyncBench, path: Path) -> tuple[ConfirmedPlan, list[Write]]:
    spool = SpoolList()
    records = cast("Any", bench.records)
    return confirm_writes(read_sync_plan(path), records, cache=bench.cache, spool=spool), spool.writes


def test_what_is_read_is_what_was_saved(bench: SyncBench, tmp_path: Path) -> None:
    path = tmp_path / "plan.jsonl"
    plans, writes = _saved(bench, path)
    assert stat.S_IMODE(path.stat().st_mode) == 0o600
    saved = read_sync_plan(path)
    assert list(saved.plans) == plans
    assert list(saved.writes()) == writes
    assert [entry.name for entry in tmp_path.iterdir()].count("plan.jsonl") == 1
    confirmed, again = _confirm(bench, path)
    assert (confirmed.writes, confirmed.done, confirmed.changed) == (10, 0, 0)
    assert again == writes


def test_what_changed_meanwhile_is_not_overwritten(bench: SyncBench, tmp_path: Path) -> None:
    path = tmp_path / "plan.jsonl"
    _saved(bench, path)
    done, changed, other = (contact["custom_attributes"] for contact in bench.records.contacts[:3])
    done["plan_type"], changed["plan_type"], other["seats"] = "pro", "team", 99
    del bench.records.contacts[3]
    bench.records.contacts.append(contact("new"))
    confirmed, writes = _confirm(bench, path)
    assert (confirmed.writes, confirmed.writes_by_plan, confirmed.done) == (3, (1, 2), 1)
    assert [(example.key, example.why, example.properties) for example in confirmed.examples] == [
        ("u1", "changed", ("plan_type",)),
        ("u3", "gone", ()),
        ("new", "exists", ()),
        ("u1", "person left out", ()),
        ("u3", "person left out", ()),
        ("new", "person left out", ()),
    ]
    assert [(write.number, write.action, write.key, write.after) for write in writes] == [
        (0, "update", "u2", None),
        (1, "send", "u0", None),
        (2, "send", "u2", 0),
    ]


def test_a_plan_that_was_carried_out_is_done_and_not_changed_meanwhile(
    bench: SyncBench, tmp_path: Path
) -> None:
    path = tmp_path / "plan.jsonl"
    _saved(bench, path)
    for person in bench.records.contacts:
        person["custom_attributes"]["plan_type"] = "pro"
    bench.records.contacts.append(contact("new", plan_type="pro", seats=1))
    confirmed, writes = _confirm(bench, path)
    assert (confirmed.done, confirmed.changed, confirmed.examples) == (5, 0, ())
    assert {write.record for write in writes} == {"event"}


@pytest.mark.parametrize(
    "edit",
    [
        lambda text: text.replace('"plan_type":"pro"', '"plan_type":"gold"', 1),
        lambda text: text.replace('"update":4', '"update":3', 1),
        lambda text: text[: text.rindex("{")],
        lambda text: text + "{}\n",
        lambda text: text.replace('"writes":10', '"writes":"x"', 1),
        lambda text: text.replace('"plans":[', '"plans":[1,', 1),
    ],
)
def test_a_plan_that_was_edited_is_refused(bench: SyncBench, tmp_path: Path, edit: Any) -> None:
    path = tmp_path / "plan.jsonl"
    _saved(bench, path)
    text = path.read_text()
    path.write_text(edit(text))
    assert path.read_text() != text
    with pytest.raises(PlanError) as refused:
        read_sync_plan(path)
    assert [finding.code for finding in refused.value.diagnostics] == ["SYNC151"]


@pytest.mark.parametrize("text", ["", "nothing", "{}", '{"changes": []}\n', "[1]"])
def test_another_file_is_no_plan(tmp_path: Path, text: str) -> None:
    path = tmp_path / "plan.jsonl"
    path.write_text(text)
    with pytest.raises(Misuse, match="no plan of a sync"):
        read_sync_plan(path)
    with pytest.raises(Misuse, match="cannot read"):
        read_sync_plan(tmp_path / "missing.jsonl")


def test_a_plan_of_another_workspace_or_of_other_specs_is_stale(bench: SyncBench, tmp_path: Path) -> None:
    path = tmp_path / "plan.jsonl"
    _saved(bench, path)
    saved = read_sync_plan(path)
    refuse_if_stale(saved, app_id="abc", specs_digest="sha256:1")
    for app_id, digest in (("other", "sha256:1"), ("abc", "sha256:2")):
        with pytest.raises(StalePlan) as refused:
            refuse_if_stale(saved, app_id=app_id, specs_digest=digest)
        assert [finding.code for finding in refused.value.diagnostics] == ["SYNC150"]
