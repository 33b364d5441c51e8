"""`sandbox serve` with limits and faults: as a process of its own, and as docs/sandbox.md shows it."""

from __future__ import annotations

import re
import shlex
import signal
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import fields
from pathlib import Path

import httpx
import pytest

from intercom_iac.sandbox import KINDS, Sandbox, Switches

ROOT = Path(__file__).parents[2]
TOKEN = {"Authorization": "Bearer x"}


@contextmanager
def served(folder: Path, options: str) -> Iterator[tuple[subprocess.Popen[str], httpx.Client]]:
    command = [sys.executable, "-m", "intercom_iac", "sandbox", "serve", *shlex.split(options)]
    process = subprocess.Popen(
        [*command, "--port", "0", "--db", "served.db"],
        cwd=folder,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
    )
    try:
        assert process.stdout is not None
        line = process.stdout.readline()
        found = re.fullmatch(r"serving served\.db at (http://127\.0\.0\.1:\d+); Ctrl-C stops\n", line)
        assert found, line + process.communicate(timeout=60)[1]
        with httpx.Client(base_url=found[1], headers=TOKEN) as client:
            yield process, client
    finally:
        process.kill()
        process.communicate()


def test_faults_are_met_counted_and_told_at_the_end(tmp_path: Path) -> None:
    options = (
        "--fault drop-after-accept=call:1@POST/tags --fault 503-html=every:2@GET --rate-limit 4/3600s"
        " --latency 1ms-2ms --search-lag 3600s --switch attributes_in_use=plan --seed 7"
    )
    with served(tmp_path, options) as (process, client):
        with pytest.raises(httpx.RemoteProtocolError):
            client.post("/tags", json={"name": "vip"})
        tags = client.get("/tags")
        assert [each["name"] for each in tags.json()["data"]] == ["vip"]
        assert (tags.headers["x-ratelimit-limit"], tags.headers["x-ratelimit-remaining"]) == ("4", "2")
        assert client.get("/tags").status_code == 503
        assert client.post("/contacts", json={"external_id": "1"}).status_code == 200
        assert client.post("/contacts", json={"external_id": "2"}).status_code == 429
        injected = {"drop-after-accept": 1, "503-html": 1, "429": 1}
        assert client.get("/sandbox/counts").json() == {"calls": 5, "injected": injected}
        process.send_signal(signal.SIGINT)
        out, err = process.communicate(timeout=60)
    assert (process.returncode, err) == (0, "made a new workspace at `served.db`\n")
    assert out == "injected: 1 429, 1 503-html, 1 drop-after-accept\n"


def test_switches_reach_the_workspace(tmp_path: Path) -> None:
    with served(tmp_path, "--search-lag 3600s --switch attributes_in_use=plan") as (process, client):
        assert client.post("/contacts", json={"external_id": "1"}).status_code == 200
        query = {"field": "role", "operator": "=", "value": "user"}
        assert client.post("/contacts/search", json={"query": query}).json()["total_count"] == 0
        body = {"name": "plan", "model": "contact", "data_type": "string"}
        made = client.post("/data_attributes", json=body).json()
        assert client.put(f"/data_attributes/{made['id']}", json={"archived": True}).status_code == 422
        process.send_signal(signal.SIGTERM)
        assert process.communicate(timeout=60)[0] == ""


def test_it_says_whether_the_workspace_is_new(tmp_path: Path) -> None:
    for told in ("made a new workspace at `served.db`\n", "opened the workspace at `served.db`\n"):
        with served(tmp_path, "") as (process, _):
            process.send_signal(signal.SIGINT)
            assert process.communicate(timeout=60) == ("", told)


@pytest.mark.parametrize(
    ("options", "message"),
    [
        ("--fault drop=1", "`--fault`: no fault `drop`; there are drop-before-accept"),
        (
            "--fault 500=2",
            "`--fault`: `2` is no time to fail: a probability from 0 to 1, every:10, or call:3",
        ),
        ("--rate-limit 300", "`--rate-limit`: `300` is no rate limit; one is like 300/3s"),
        ("--latency 50", "`--latency`: `50` is no duration; durations are like 50ms, 2s or 1.5s"),
        ("--latency=-1s", "`--latency`: `-1s` is below zero; durations are like 50ms, 2s or 1.5s"),
        ("--latency 20ms--1s", "`--latency`: `-1s` is below zero; durations are"),
        ("--latency 20ms-", "`--latency`: `20ms-` is no duration"),
        ("--latency ''", "`--latency`: it is empty; leave it out"),
        ("--slow-body x", "`--slow-body`: `x` is no duration"),
        ("--search-lag=-2s", "`--search-lag`: `-2s` is below zero"),
        ("--search-lag 5ms", "`--search-lag`: `5ms` is no whole number of seconds"),
        (
            "--switch attribut_limit=1",
            "`--switch`: no switch `attribut_limit`; did you mean `attribute_limit`?",
        ),
        (
            "--switch attribute_limit=x",
            "`--switch`: `attribute_limit` is a whole number, 0 to 999,999,999, not `x`",
        ),
        (
            "--switch string_value_length=0",
            "`--switch`: `string_value_length` is a whole number, 1 to 999,999,999, not `0`",
        ),
        (
            "--switch event_metadata_keys=0",
            "`--switch`: `event_metadata_keys` is a whole number, 1 to 999,999,999, not `0`",
        ),
        ("--switch event_name_limit=-1", "`event_name_limit` is a whole number, 0 to"),
        ("--seed x", "`--seed`: `x` is no whole number"),
    ],
)
def test_a_setting_that_is_none(scratch, tmp_path: Path, options: str, message: str) -> None:
    result = scratch.run(f"sandbox serve --port 0 {options}")
    assert result.code == 3
    assert "error: invalid value for `--" in result.err
    assert message in result.err
    assert "sandbox serve --help" in result.err
    assert not (tmp_path / ".intercom-iac").exists()


def test_help_names_every_fault(scratch) -> None:
    shown = re.sub(r"-\s+", "-", scratch.run("sandbox serve --help").out)
    assert all(kind in shown for kind in KINDS)


PAGE_PATH = ROOT / "docs" / "sandbox.md"
PAGE = PAGE_PATH.read_text("utf-8") if PAGE_PATH.exists() else ""


@pytest.mark.parametrize(
    "options", re.findall(r"^\$ intercom-iac sandbox serve ?(.*)$", PAGE, re.MULTILINE), ids=str
)
def test_what_the_page_shows_serves(tmp_path: Path, options: str) -> None:
    with served(tmp_path, re.sub(r"--port \d+", "", options)) as (_, client):
        assert client.get("/sandbox/counts").json() == {"calls": 0, "injected": {}}


def test_the_page_lists_every_fault_and_switch() -> None:
    listed = dict(re.findall(r"^\| `([\w-]+)` \| (.*?) \|", PAGE, re.MULTILINE))
    for kind in KINDS:
        assert kind in listed
    defaults = {each.name: each.default for each in fields(Switches)}
    for name, default in defaults.items():
        written = "none" if isinstance(default, frozenset) else str(default).lower()
        assert listed[name] == written


@pytest.mark.parametrize("code", re.findall(r"```python\n(.*?)```", PAGE, re.DOTALL))
def test_the_code_of_the_page_runs(code: str) -> None:
    exec(compile(code, str(PAGE_PATH), "exec"), {})


def test_it_answers_for_this_machine_and_the_names_it_is_given(tmp_path: Path) -> None:
    with served(tmp_path, "--allow-host Intercom.Test") as (_, client):
        for host, status in (("intercom.test:80", 200), ("localhost", 200), ("evil.example", 421)):
            assert client.get("/me", headers={"Host": host}).status_code == status
        assert client.get("/me", headers={"Origin": "http://intercom.test"}).status_code == 200
        assert client.get("/me", headers={"Origin": "https://evil.example"}).status_code == 403


def test_a_page_of_a_named_origin_may_call_the_messenger(tmp_path: Path) -> None:
    options = "--allow-origin HTTP://App.Example:80/ --allow-origin https://[::1]:3000"
    with served(tmp_path, options) as (process, client):
        for origin in ("http://app.example", "https://[::1]:3000"):
            page = {"Origin": origin, "Access-Control-Request-Method": "POST"}
            asked = client.options("/sandbox/messenger/boot", headers=page)
            assert (asked.status_code, asked.headers["access-control-allow-origin"]) == (204, origin)
            assert "access-control-allow-origin" not in client.options("/contacts", headers=page).headers
        process.send_signal(signal.SIGINT)
        _, err = process.communicate(timeout=60)
    assert f"pages of http://app.example may load {client.base_url}/sandbox/messenger/widget.js\n" in err


@pytest.mark.parametrize(
    "origin", ["*", "null", "app.example", "ftp://app.example", "http://a/b", "http://a@b"]
)
def test_what_is_no_origin_of_pages(scratch, origin: str) -> None:
    result = scratch.run("sandbox serve --port 0 --allow-origin", origin)
    assert result.code == 3
    assert f"`--allow-origin`: `{origin}` is no origin of pages; pass scheme, host and port" in result.err


def test_a_file_of_an_odd_name_is_a_file(tmp_path: Path) -> None:
    command = [sys.executable, "-m", "intercom_iac", "sandbox", "seed", "--people", "1", "--db", ":memory:"]
    for _ in range(2):
        subprocess.run(command, cwd=tmp_path, check=True, capture_output=True)
    with Sandbox(tmp_path / ":memory:") as sandbox, sandbox.store(writes=False) as store:
        assert store.number("select count(*) from contacts") == 1
