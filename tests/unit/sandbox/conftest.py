"""A client as plain as a wire: the tests see statuses and JSON, nothing else."""

import json
from collections.abc import Callable, Iterator
from contextlib import ExitStack
from dataclasses import dataclass
from typing import Any

import pytest

from intercom_iac.sandbox import Request, Sandbox, Switches

NOW = 1_790_000_000
"""2026-09-21 14:13:20 UTC, a Monday; 10:13:20 in New York."""


@dataclass
class Answer:
    status: int
    body: Any

    @property
    def error(self) -> tuple[int, str, str]:
        assert self.body["type"] == "error.list"
        (error,) = self.body["errors"]
        return self.status, error["code"], error["message"]


class Clock:
    def __init__(self) -> None:
        self.now = NOW

    def __call__(self) -> float:
        return self.now


class Client:
    def __init__(self, sandbox: Sandbox) -> None:
        self.sandbox = sandbox

    def call(self, method: str, path: str, body: object = None, /, **query: str) -> Answer:
        raw = b"" if body is None else json.dumps(body).encode()
        response = self.sandbox.handle(Request(method, path, query, {"authorization": "Bearer token"}, raw))
        return Answer(response.status, json.loads(response.body) if response.body else None)

    def get(self, path: str, /, **query: str) -> Answer:
        return self.call("GET", path, None, **query)

    def post(self, path: str, body: object = None, /, **query: str) -> Answer:
        return self.call("POST", path, body, **query)

    def put(self, path: str, body: object) -> Answer:
        return self.call("PUT", path, body)

    def delete(self, path: str) -> Answer:
        return self.call("DELETE", path)

    def create(self, path: str, body: object) -> Any:
        """The object a successful POST answers with."""
        answer = self.post(path, body)
        assert answer.status in (200, 201), answer
        return answer.body

    def attribute(self, name: str, data_type: str = "string", *options: str, model: str = "contact") -> Any:
        body: dict[str, Any] = {"name": name, "model": model, "data_type": data_type}
        if options:
            body["options"] = [{"value": option} for option in options]
        return self.create("/data_attributes", body)

    def person(self, external_id: str, **custom_attributes: object) -> Any:
        return self.create("/contacts", {"external_id": external_id, "custom_attributes": custom_attributes})


@pytest.fixture
def clock() -> Clock:
    return Clock()


@pytest.fixture
def sandbox(clock: Clock) -> Iterator[Sandbox]:
    with Sandbox(None, clock=clock) as sandbox:
        yield sandbox


@pytest.fixture
def client(sandbox: Sandbox) -> Client:
    return Client(sandbox)


@pytest.fixture
def client_with(clock: Clock) -> Iterator[Callable[..., Client]]:
    """Makes a client of another workspace, in memory: keywords are switches, `timezone` aside."""
    with ExitStack() as stack:

        def make(*, timezone: str = "America/New_York", **switches: Any) -> Client:
            sandbox = Sandbox(None, switches=Switches(**switches), clock=clock, timezone=timezone)
            return Client(stack.enter_context(sandbox))

        yield make


@pytest.fixture(scope="session")
def client_of() -> type[Client]:
    """For a test that opens a workspace itself."""
    return Client
