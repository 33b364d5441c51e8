"""Workspaces that others filled: by Intercom's own client, and as the real API was recorded. Both are imported."""

from __future__ import annotations

import json
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any
from urllib.parse import parse_qsl, urlsplit

import httpx
import pytest
from intercom import Intercom

from contract.test_recordings import EXCHANGES, read, where_recorded
from intercom_iac.sandbox import Gateway, Request, Sandbox
from support.http_servers import QuietHandler, serving_requests

COUNT = 200


@pytest.fixture
def adopted(scratch, monkeypatch):
    """Imports the workspace of a server twice, and gives what the first import printed."""
    monkeypatch.setenv("INTERCOM_TOKEN", "any")

    def adopt(url: str) -> Any:
        scratch.write({"intercom-iac.yaml": f"version: 1\nworkspaces:\n  live: {{base_url: '{url}'}}\n"})
        first = scratch.run("import --format json")
        assert first.code == 0, first.err
        for _ in range(2):
            assert scratch.run("check").code == 0
            plan = scratch.run("plan --detailed-exitcode")
            assert plan.code == 0, plan.out
            before = {path: path.read_bytes() for path in Path("specs").rglob("*.yaml")}
            again = scratch.run("import --format json").json
            assert (again["written"], again["differs"]) == ([], [])
            assert {path: path.read_bytes() for path in Path("specs").rglob("*.yaml")} == before
        return first.json

    return adopt


def test_a_workspace_that_the_python_client_filled_is_adopted(serving, tmp_path: Path, adopted) -> None:
    """Attributes in the shapes that the official description shows: each type, with options, of both models."""
    with serving(tmp_path / "filled.db") as url, httpx.Client(timeout=30, trust_env=False) as http:
        client = Intercom(token="any", base_url=url, httpx_client=http, headers={"Intercom-Version": "2.16"})
        for number in range(COUNT):
            shape: dict[str, Any] = {
                "name": f"attribute {number}",
                "model": "company" if number % 4 == 3 else "contact",
                "data_type": ("string", "integer", "float", "boolean", "date", "options")[number % 6],
            }
            if shape["data_type"] == "options":
                shape["options"] = [{"value": "1-10"}, {"value": "11-50"}]
            if number % 3:
                shape |= {
                    "description": f"My Data Attribute Description {number}",
                    "messenger_writable": True,
                }
            made = client.data_attributes.create(request=shape)
            if number % 10 == 9:
                client.data_attributes.update(made.id, request={"archived": True})
        client.tags.create(request={"name": "Independent"})
        imported = adopted(url)
    assert len(imported["written"]) == COUNT
    assert [missing["what"] for missing in imported["not_mapped"]] == ["the tag `Independent`"]


@contextmanager
def replaying(attributes: list[Any]) -> Iterator[str]:
    """A server that lists attributes as they were recorded; the rest of its workspace is empty."""
    with Sandbox(None) as sandbox:
        gateway = Gateway(sandbox)

        class Handler(QuietHandler):
            def _answer(self) -> None:
                parts = urlsplit(self.path)
                query = dict(parse_qsl(parts.query))
                body = self.rfile.read(int(self.headers.get("Content-Length") or 0))
                if parts.path == "/data_attributes":
                    models = {query.get("model", "contact"), query.get("model", "company")}
                    listed = [attribute for attribute in attributes if attribute["model"] in models]
                    status, content = 200, json.dumps({"type": "list", "data": listed}).encode()
                else:
                    headers = {name.lower(): value for name, value in self.headers.items()}
                    request = Request(self.command, parts.path, query, headers, body)
                    answer = gateway.handle(request)
                    status, content = answer.status, answer.body
                self.send_response(status)
                self.send_header("Content-Type", "application/json")
                self.send_header("Content-Length", str(len(content)))
                self.end_headers()
                self.wfile.write(content)

            do_GET = do_POST = _answer

        with serving_requests(Handler) as url:
            yield url


@where_recorded
def test_the_recorded_attributes_of_a_real_workspace_are_adopted(adopted) -> None:
    attributes: dict[tuple[str, str], Any] = {}
    for name in EXCHANGES:
        for exchange in read(name):
            if exchange["path"] == "/data_attributes" and exchange["method"] == "GET":
                for attribute in exchange["response"]["data"]:
                    attributes.setdefault((attribute["model"], attribute["full_name"]), attribute)
    with replaying([*attributes.values()]) as url:
        imported = adopted(url)
    custom = {
        f"attribute.{attribute['model']}.{attribute['name']}"
        for attribute in attributes.values()
        if attribute["custom"]
    }
    told = " ".join(missing["what"] for missing in imported["not_mapped"])
    written = {entry["address"] for entry in imported["written"]}
    assert written
    assert {address for address in custom - written if f"`{address}`" not in told} == set()
