"""The embedded workspace: what a person does in Intercom's screens, serving it, and a file that is none."""

from __future__ import annotations

import os
import signal
import socket
import sqlite3
import threading
from collections.abc import Callable
from contextlib import closing
from datetime import date
from pathlib import Path

import httpx
import pytest

from intercom_iac.diagnostics import IntercomIacError, Misuse, Unreachable, WorkspaceError
from intercom_iac.model import Attribute, DataType, Event, MetadataKey, Predicate, Schema, Segment
from intercom_iac.rules import compile_rule
from intercom_iac.sandbox import Sandbox, serving
from intercom_iac.sandbox.storage import opening
from intercom_iac.text import Excerpt
from intercom_iac.workspace import (
    Client,
    Target,
    Token,
    add_embedded_segment,
    open_workspace,
    read_timezone,
    reset_embedded,
    seed_embedded,
    serve_embedded,
)

TODAY = date(2026, 6, 1)
ANYBODY = {"field": "role", "operator": "=", "value": "user"}


def rule_of(text: str) -> Predicate:
    rule, diagnostics = compile_rule(Excerpt.from_text(text, "<rule>"), Schema())
    assert rule is not None, diagnostics
    return rule


@pytest.fixture
def path(tmp_path: Path) -> Path:
    return tmp_path / "sandbox.db"


def segments(path: Path) -> list[str]:
    live = open_workspace(Target("sandbox", sandbox=path))
    try:
        return [each.name for each in live.snapshot().segments]
    finally:
        live.close()


@pytest.fixture
def full(path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A workspace that has people, and whose file SQLite may not let grow."""
    seed_embedded(path, people=3, number=7, today=TODAY)
    real = opening._connect

    def connect(target: Path | str) -> sqlite3.Connection:
        connection = real(target)
        connection.execute("pragma max_page_count = 1")  # that is, as many as there are
        return connection

    monkeypatch.setattr(opening, "_connect", connect)
    return path


def test_a_full_disk_is_told_and_what_was_not_stored_is_undone(full: Path) -> None:
    with pytest.raises(IntercomIacError, match=r"cannot be stored: database or disk is full") as raised:
        seed_embedded(full, people=1000, number=8, today=TODAY)
    assert "what was not stored is undone" in (raised.value.hint or "")
    client = Client(Target("sandbox", sandbox=full))
    with pytest.raises(
        WorkspaceError, match=r"sandbox\.db` cannot be stored: database or disk is full"
    ) as lost:
        for number in range(1000):
            client.post("/contacts", {"external_id": f"{number}", "name": "x" * 200})
    assert not lost.value.maybe_done
    assert client.get("/contacts")["total_count"] == number + 3
    client.close()


def test_people_are_the_same_for_a_number_and_gone_after_a_reset(path: Path, tmp_path: Path) -> None:
    first = seed_embedded(path, people=3, number=7, today=TODAY)
    assert first == seed_embedded(tmp_path / "other.db", people=3, number=7, today=TODAY)
    reset_embedded(path)
    assert first == seed_embedded(path, people=3, number=7, today=TODAY)


@pytest.mark.parametrize("today", [date.min, date.max])
def test_people_whose_dates_would_leave_the_calendar_are_refused(path: Path, today: date) -> None:
    with pytest.raises(Misuse, match=f"people cannot be made around {today}") as raised:
        seed_embedded(path, people=1, number=1, today=today)
    assert "pass `--today` with a day from " in (raised.value.hint or "")
    assert not path.exists()


def test_a_segment_is_added_by_its_bare_name(path: Path) -> None:
    assert add_embedded_segment(path, "  VIP ", query=ANYBODY) == "VIP"
    assert "VIP" in segments(path)


@pytest.mark.parametrize(
    ("name", "query", "error", "said", "hint"),
    [
        ("VIP", None, IntercomIacError, "the workspace has a segment `VIP` already", "pass another name"),
        (" ", None, Misuse, "name", "pass a name people can read"),
        ("Nobody", {"field": "role"}, Misuse, "query", "pass what `rule compile --to search` prints"),
    ],
)
def test_a_segment_that_cannot_be_is_refused(
    path: Path, name: str, query: object, error: type[IntercomIacError], said: str, hint: str
) -> None:
    add_embedded_segment(path, "VIP")
    before = segments(path)
    with pytest.raises(error, match=said) as raised:
        add_embedded_segment(path, name, query=query)
    assert type(raised.value) is error
    assert (raised.value.hint or "").startswith(hint)
    assert segments(path) == before


ACTS: list[Callable[[Path], object]] = [
    reset_embedded,
    lambda path: add_embedded_segment(path, "VIP"),
    lambda path: seed_embedded(path, people=1, number=1, today=TODAY),
]


@pytest.mark.parametrize("act", [*ACTS, segments], ids=["reset", "segment", "seed", "open"])
def test_a_file_that_is_no_workspace_is_named_and_left_as_it_is(
    path: Path, act: Callable[[Path], object]
) -> None:
    path.write_text("a letter to somebody")
    with pytest.raises(
        IntercomIacError, match=r"the embedded workspace `.*sandbox\.db` cannot be opened: "
    ) as raised:
        act(path)
    assert raised.value.hint in ("pass another file as `--db`", "name another file in the project file")
    assert path.read_text() == "a letter to somebody"


def tag(path: Path) -> None:
    live = open_workspace(Target("sandbox", sandbox=path))
    try:
        live.create_tag("vip")
    finally:
        live.close()


@pytest.mark.parametrize("act", [*ACTS, tag], ids=["reset", "segment", "seed", "call"])
def test_a_file_that_another_process_writes_to_is_busy(
    path: Path, act: Callable[[Path], object], monkeypatch: pytest.MonkeyPatch
) -> None:
    segments(path)
    monkeypatch.setattr("intercom_iac.sandbox.storage.opening.BUSY_SECONDS", 0.05)
    monkeypatch.setattr("intercom_iac.workspace.client.client.Client.back_off", lambda *_: None)
    with closing(sqlite3.connect(path, isolation_level=None)) as other:
        other.execute("begin immediate")
        with pytest.raises(Unreachable, match=r"the embedded workspace `.*sandbox\.db` is busy"):
            act(path)


def test_it_is_served_until_it_is_interrupted_and_faults_are_counted(path: Path) -> None:
    met: list[int] = []

    def call(address: str) -> None:
        try:
            with httpx.Client(base_url=address, headers={"Authorization": "Bearer x"}) as client:
                met.extend(client.get("/tags").status_code for _ in range(4))
        finally:
            os.kill(os.getpid(), signal.SIGINT)

    def ready(address: str) -> None:
        threading.Thread(target=call, args=(address,)).start()

    injected = serve_embedded(path, port=0, on_ready=ready, faults=["503-html=every:2"])
    assert met == [200, 503, 200, 503]
    assert injected == {"503-html": 2}


@pytest.mark.parametrize(
    ("settings", "said"),
    [
        ({"faults": ["none=1"]}, "invalid value for `--fault`: "),
        ({"switches": ["none"]}, "invalid value for `--switch`: "),
        ({"rate_limit": "many"}, "invalid value for `--rate-limit`: "),
        ({"search_lag": "soon"}, "invalid value for `--search-lag`: "),
    ],
)
def test_a_setting_that_is_none_is_named_by_its_option(
    path: Path, settings: dict[str, object], said: str
) -> None:
    with pytest.raises(Misuse, match=said):
        serve_embedded(path, port=0, on_ready=pytest.fail, **settings)
    assert not path.exists()


def test_a_port_in_use_is_told_before_the_file_is_made(path: Path) -> None:
    with socket.create_server(("127.0.0.1", 0)) as taken:
        port = taken.getsockname()[1]
        with pytest.raises(IntercomIacError, match=f"port `{port}` is in use") as raised:
            serve_embedded(path, port=port, on_ready=pytest.fail)
    assert raised.value.hint == "pass another `--port`, or 0 for a free one"
    assert not path.exists()


def test_a_port_that_is_not_to_be_had_is_told_with_the_systems_reason(
    path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def denied(port: int) -> object:
        raise PermissionError(13, "Permission denied")

    monkeypatch.setattr("intercom_iac.workspace.embedded.listen", denied)
    with pytest.raises(IntercomIacError, match="port `80` cannot be listened on: permission denied"):
        serve_embedded(path, port=80, on_ready=pytest.fail)


def test_the_time_zone_of_a_workspace_is_read(path: Path) -> None:
    # That of a new workspace, where there is none, and none is made.
    new = read_timezone(Target("sandbox", sandbox=path))
    assert not path.exists()
    with closing(Sandbox(path, timezone="Asia/Tokyo")):
        pass
    assert read_timezone(Target("sandbox", sandbox=path)) == "Asia/Tokyo" != new


def test_the_time_zone_of_a_workspace_that_is_served_is_asked_for(path: Path) -> None:
    with Sandbox(path, timezone="Asia/Tokyo") as sandbox, serving(sandbox) as address:
        assert read_timezone(Target("far", base_url=address, token=Token("any"))) == "Asia/Tokyo"


def test_a_client_of_the_same_process_is_not_held_back(path: Path) -> None:
    """The workspace tells Intercom's limit and refuses nothing: past it no call waits for the next window."""

    def refuse(seconds: float) -> None:
        pytest.fail(f"a call waits for {seconds} seconds")

    client = Client(Target("sandbox", sandbox=path), sleep=refuse)
    try:
        for _ in range(1700):
            client.get("/me")
    finally:
        client.close()
    assert client.calls == 1700


def test_what_the_specs_declare_is_seeded_but_what_is_archived_and_what_apply_makes(path: Path) -> None:
    company = rule_of("company tag big")
    asked = rule_of("tag vip or tag Fans")
    schema = Schema(
        attributes={
            ("contact", name): Attribute("contact", name, DataType.STRING, status=status)
            for name, status in (("plan", "active"), ("old", "archived"))
        },
        events={
            "paid": Event("paid", metadata=(MetadataKey("amount", DataType.INTEGER, required=True),)),
            "gone": Event("gone", status="archived"),
        },
        segments={
            "asked": Segment("asked", "Asked", "", asked),
            "companies": Segment("companies", "Companies", "", company),
            "fans": Segment("fans", "Fans", "", rule_of("role = user"), publish=("tag",)),
            "archived": Segment("archived", "Archived", "", rule_of("tag never"), status="archived"),
        },
    )
    seeded = seed_embedded(path, people=40, number=7, today=TODAY, schema=schema)
    # Seeding makes no attributes: that of the specs is for apply to make.
    assert seeded.not_there == (("contact", "plan"),)
    with closing(sqlite3.connect(path)) as file:
        assert file.execute("select distinct name from event_names").fetchall() == [("paid",)]
    live = open_workspace(Target("sandbox", sandbox=path))
    assert set(live.snapshot().tags) == {"vip", "big"}
    live.close()
