"""Two connectors that others wrote, run whole against the served workspace: Singer's tap and Airbyte's source.

Each discovers its streams, copies all of them, and copies again from where it left off; what came out is compared
with what the workspace holds. `make connectors` installs them. Both have Intercom's address written in, which
connectors/run_*.py replace; should they miss one, a proxy that is not there keeps the call on this machine.
"""

from __future__ import annotations

import json
import os
import subprocess
from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import httpx
import pytest

from intercom_iac.sandbox import Sandbox, seed

pytestmark = pytest.mark.outside

FOLDER = Path(__file__).parent / "connectors"
PEOPLE, MANY_TAGS, CHANGES_OF_ZONE = 160, 12, 25
"""Enough for a page more: a search has 150 people, a contact shows 10 tags, the log 20 entries."""

Records = dict[str, list[dict[str, Any]]]


@dataclass
class Copied:
    """What a run wrote: records by stream, and the state to go on from."""

    records: Records
    state: Any

    def ids(self, stream: str, key: str = "id") -> list[Any]:
        return sorted(record[key] for record in self.records.get(stream, []))


class Workspace:
    """The served workspace, asked by its API."""

    def __init__(self, url: str, client: httpx.Client) -> None:
        self.url = url
        self._client = client

    def call(self, method: str, path: str, body: Any = None, **query: Any) -> Any:
        answer = self._client.request(method, path, json=body, params=query)
        assert answer.status_code < 300, answer.text
        return answer.json()

    def contacts(self) -> dict[str, dict[str, Any]]:
        found: dict[str, dict[str, Any]] = {}
        cursor: dict[str, Any] = {}
        while True:
            page = self.call("GET", "/contacts", per_page=150, **cursor)
            found |= {contact["id"]: contact for contact in page["data"]}
            if "next" not in page["pages"]:
                return found
            cursor = {"starting_after": page["pages"]["next"]["starting_after"]}

    def companies(self) -> dict[str, dict[str, Any]]:
        page = self.call("GET", "/companies", per_page=60)
        assert page["pages"]["total_pages"] == 1
        return {company["id"]: company for company in page["data"]}

    def attributes(self, model: str) -> list[str]:
        return sorted(each["full_name"] for each in self.call("GET", "/data_attributes", model=model)["data"])


@pytest.fixture(scope="module")
def filled(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A workspace's file with something in every stream that a workspace without conversations can fill."""
    path = tmp_path_factory.mktemp("connectors") / "filled.db"
    with Sandbox(path) as sandbox:
        # The day before: what is made up for a day may lie ahead while it lasts.
        seed(sandbox, today=datetime.now(UTC).date() - timedelta(days=1), people=PEOPLE)
        for number in range(CHANGES_OF_ZONE):
            sandbox.timezone = ("UTC", "Europe/Dublin")[number % 2]
    return path


@pytest.fixture
def workspace(
    filled: Path, tmp_path: Path, serving: Callable[..., AbstractContextManager[str]]
) -> Iterator[Workspace]:
    copy = tmp_path / "filled.db"
    copy.write_bytes(filled.read_bytes())
    # Airbyte's source waits a second before each call that it is told no limit for.
    with (
        serving(copy) as url,
        httpx.Client(base_url=url, headers={"Authorization": "Bearer x"}) as client,
    ):
        workspace = Workspace(url, client)
        options = [{"value": option} for option in ("free", "pro")]
        for body in (
            {"name": "plan_type", "model": "contact", "data_type": "options", "options": options},
            {"name": "seats", "model": "company", "data_type": "integer"},
        ):
            workspace.call("POST", "/data_attributes", body)
        tagged = next(iter(workspace.contacts()))
        for number in range(MANY_TAGS):
            tag = workspace.call("POST", "/tags", {"name": f"tag {number}"})
            workspace.call("POST", f"/contacts/{tagged}/tags", {"id": tag["id"]})
        yield workspace


def python_of(connector: str) -> Path:
    environment = FOLDER / f".venv-{connector}"
    if not (environment / ".ready").is_file():
        pytest.skip(f"the connector is not installed in {environment.name}: `make connectors` does it")
    return environment / "bin" / "python"


def run(connector: str, workspace: Workspace, *arguments: str | Path) -> list[dict[str, Any]]:
    """The messages that a connector writes, a JSON object a line."""
    return [json.loads(line) for line in output(connector, workspace, *arguments).splitlines()]


def output(connector: str, workspace: Workspace, *arguments: str | Path) -> str:
    nowhere = {"HTTPS_PROXY": "http://127.0.0.1:9", "NO_PROXY": "127.0.0.1", "PYTHONWARNINGS": "ignore"}
    command = [python_of(connector), FOLDER / f"run_{connector}.py", workspace.url, *arguments]
    done = subprocess.run(
        command,
        cwd=FOLDER,
        env=os.environ | nowhere,
        capture_output=True,
        text=True,
        timeout=120,
        check=False,
    )
    assert done.returncode == 0, done.stdout[-3000:] + done.stderr[-3000:]
    return done.stdout


def written(folder: Path, name: str, content: Any) -> Path:
    path = folder / name
    path.write_text(json.dumps(content))
    return path


def seconds(text: str) -> float:
    """A moment of Singer's as unix seconds."""
    return datetime.strptime(text, "%Y-%m-%dT%H:%M:%S.%fZ").replace(tzinfo=UTC).timestamp()


def check_streams(copied: Copied, workspace: Workspace) -> None:
    """What both connectors copy, against what the workspace answers."""
    contacts = workspace.contacts()
    assert len(contacts) == PEOPLE
    assert copied.ids("contacts") == sorted(contacts)
    assert copied.ids("companies") == sorted(workspace.companies())
    assert copied.ids("contact_attributes", "full_name") == workspace.attributes("contact")
    assert copied.ids("company_attributes", "full_name") == workspace.attributes("company")
    assert "custom_attributes.plan_type" in copied.ids("contact_attributes", "full_name")
    assert copied.ids("segments") == sorted(
        segment["id"] for segment in workspace.call("GET", "/segments")["segments"]
    )
    assert len(copied.ids("tags")) == MANY_TAGS
    assert copied.ids("tags") == sorted(tag["id"] for tag in workspace.call("GET", "/tags")["data"])
    assert copied.ids("admins") == ["1"]
    for stream in ("teams", "conversations", "conversation_parts", "company_segments"):
        assert copied.ids(stream) == []
    for contact in copied.records["contacts"][:20]:
        held = contacts[contact["id"]]
        assert (contact["external_id"], contact["name"]) == (held["external_id"], held["name"])
        assert (contact.get("location") or {}).get("city") == held["location"]["city"]


def check_goes_on(first: Copied, second: Copied, workspace: Workspace, changed: str, since: float) -> None:
    """A copy from where the first left off has what was changed since, and little else."""
    expected = sorted(each["id"] for each in workspace.contacts().values() if each["updated_at"] >= since)
    assert changed in expected
    assert second.ids("contacts") == expected
    assert len(expected) < len(first.ids("contacts")) / 2
    (record,) = [each for each in second.records["contacts"] if each["id"] == changed]
    assert record["name"] == "Changed Since"


def singer(workspace: Workspace, folder: Path, *state: Path) -> Copied:
    config = {"access_token": "x", "start_date": "2000-01-01T00:00:00Z", "user_agent": "tests"}
    settings = written(folder, "config.json", config)
    found = json.loads(output("singer", workspace, "--config", settings, "--discover"))
    for stream in found["streams"]:
        for entry in stream["metadata"]:
            entry["metadata"]["selected"] = True
    catalog = written(folder, "catalog.json", found)
    extra = [argument for path in state for argument in ("--state", path)]
    messages = run("singer", workspace, "--config", settings, "--catalog", catalog, *extra)
    records: Records = {stream["stream"]: [] for stream in found["streams"]}
    for message in messages:
        if message["type"] == "RECORD":
            records[message["stream"]].append(message["record"])
    states = [message["value"] for message in messages if message["type"] == "STATE"]
    return Copied(records, states[-1])


def test_singers_tap(workspace: Workspace, tmp_path: Path) -> None:
    first = singer(workspace, tmp_path)
    check_streams(first, workspace)
    assert len(first.records) == 11
    counts = [len(contact["tags"]) for contact in first.records["contacts"] if contact.get("tags")]
    assert counts == [MANY_TAGS]
    bookmark = seconds(first.state["bookmarks"]["contacts"]["updated_at"])
    assert bookmark == max(contact["updated_at"] for contact in workspace.contacts().values())
    changed = next(iter(workspace.contacts()))
    workspace.call("PUT", f"/contacts/{changed}", {"name": "Changed Since"})
    second = singer(workspace, tmp_path, written(tmp_path, "state.json", first.state))
    check_goes_on(first, second, workspace, changed, bookmark)


def airbytes_streams(workspace: Workspace, settings: Path) -> list[dict[str, Any]]:
    """Every stream that the source has, each to be copied in the least of its ways."""
    (found,) = [
        message["catalog"]
        for message in run("airbyte", workspace, "discover", "--config", settings)
        if message["type"] == "CATALOG"
    ]
    return [
        {
            "stream": stream,
            "sync_mode": "incremental" if "incremental" in stream["supported_sync_modes"] else "full_refresh",
            "destination_sync_mode": "append",
        }
        for stream in found["streams"]
    ]


def airbyte(
    workspace: Workspace, folder: Path, settings: Path, streams: list[dict[str, Any]], *state: Path
) -> Copied:
    catalog = written(folder, "catalog.json", {"streams": streams})
    extra = [argument for path in state for argument in ("--state", path)]
    messages = run("airbyte", workspace, "read", "--config", settings, "--catalog", catalog, *extra)
    records: Records = {each["stream"]["name"]: [] for each in streams}
    states: dict[str, Any] = {}
    for message in messages:
        if message["type"] == "RECORD":
            records[message["record"]["stream"]].append(message["record"]["data"])
        elif message["type"] == "STATE":
            states[message["state"]["stream"]["stream_descriptor"]["name"]] = message["state"]
    return Copied(records, list(states.values()))


def test_airbytes_source(workspace: Workspace, tmp_path: Path) -> None:
    config = {"access_token": "x", "start_date": "2020-01-01T00:00:00Z", "activity_logs_time_step": 91}
    settings = written(tmp_path, "config.json", config)
    checked = run("airbyte", workspace, "check", "--config", settings)
    assert {"status": "SUCCEEDED"} in [message.get("connectionStatus") for message in checked]
    streams = airbytes_streams(workspace, settings)
    first = airbyte(workspace, tmp_path, settings, streams)
    check_streams(first, workspace)
    assert len(first.records) == 12
    log = workspace.call("GET", "/admins/activity_logs", created_at_after=0, per_page=250)["activity_logs"]
    assert len(log) == CHANGES_OF_ZONE
    assert first.ids("activity_logs") == sorted(entry["id"] for entry in log)
    (state,) = [
        each["stream"]["stream_state"]
        for each in first.state
        if each["stream"]["stream_descriptor"]["name"] == "contacts"
    ]
    assert state["updated_at"] == max(contact["updated_at"] for contact in workspace.contacts().values())
    changed = next(iter(workspace.contacts()))
    workspace.call("PUT", f"/contacts/{changed}", {"name": "Changed Since"})
    second = airbyte(workspace, tmp_path, settings, streams, written(tmp_path, "state.json", first.state))
    check_goes_on(first, second, workspace, changed, state["updated_at"])
