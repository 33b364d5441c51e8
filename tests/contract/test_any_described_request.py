"""Requests made by schemathesis out of the official description, right ones and wrong ones: never a server error.

They go through the ASGI application that `sandbox serve` runs, in this process, over the paths it routes.
"""

from __future__ import annotations

import asyncio
import os
from collections.abc import Callable, Iterator
from datetime import date
from functools import cache
from typing import Any
from urllib.parse import unquote_to_bytes, urlsplit

import pytest
import requests
import schemathesis
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from schemathesis import Case, GenerationMode
from schemathesis.schemas import APIOperation

from intercom_iac.sandbox import Gateway, Sandbox, seed
from intercom_iac.sandbox.http.application import application
from intercom_iac.sandbox.router import ROUTES
from support.api_description import description, where_described
from support.description_judge import described, judge_response

pytestmark = where_described

TODAY = date(2026, 9, 21)
NOW = 1_790_000_000
FUZZ = os.environ.get("HYPOTHESIS_PROFILE") == "fuzz"
EXAMPLES = 60 if FUZZ else 12
"""Of each call, right and wrong ones apart; `make fuzz` asks more, and others each time."""
FIELDS = (
    "name",
    "email",
    "created_at",
    "custom_attributes.tier",
    "custom_attributes.level",
    "tag_id",
    "role",
)
HOST = "http://127.0.0.1:8080"

Ask = Callable[[requests.PreparedRequest], tuple[int, str, bytes]]


@cache
def operation(method: str, path: str) -> APIOperation:
    found = described(method, path)
    assert found is not None, "the description has no such call"
    return whole()[found[0]][method]


@cache
def whole() -> Any:
    return schemathesis.openapi.from_dict(description())


@pytest.fixture
def served() -> Iterator[tuple[Ask, dict[str, str]]]:
    """A way to ask a workspace with people in it, and ids that exist there by the description's names for them."""
    with Sandbox(None, clock=lambda: NOW) as sandbox, asyncio.Runner() as runner:
        app = application(Gateway(sandbox))

        def ask(request: requests.PreparedRequest) -> tuple[int, str, bytes]:
            return runner.run(asgi(app, request))

        attribute = {"name": "tier", "model": "contact", "data_type": "string"}
        number = {"name": "level", "model": "contact", "data_type": "integer"}
        predicate = {"attribute": "role", "type": "role", "comparison": "eq", "value": "user"}
        made = [
            ("/data_attributes", number),
            ("/data_attributes", attribute),
            ("/tags", {"name": "vip"}),
            ("/audiences", {"name": "a", "predicates": [predicate]}),
        ]
        ids: dict[str, str] = {}
        seed(sandbox, today=TODAY, people=6)
        for path, body in made:
            status, _, content = ask(prepared(requests.Request("POST", HOST + path, json=body)))
            assert status < 300, content
            ids[path] = str(requests.models.complexjson.loads(content)["id"])
        yield ask, ids | _known(sandbox, ids)


def _known(sandbox: Sandbox, made: dict[str, str]) -> dict[str, str]:
    with sandbox.store(writes=False) as store:
        first = {
            table: store.first_row(f"select * from {table} order by seq limit 1")
            for table in ("contacts", "companies", "segments")
        }
    return {
        "data_attribute_id": made["/data_attributes"],
        "tag_id": made["/tags"],
        "id": made["/audiences"],
        "contact_id": first["contacts"]["id"],
        "external_id": first["contacts"]["external_id"],
        "user_id": first["contacts"]["external_id"],
        "event_name": "looked",
        "type": "user",
        "company_id": first["companies"]["id"],
        "segment_id": first["segments"]["id"],
    }


def mention(part: Any, words: dict[str, str]) -> None:
    """Puts what exists in the workspace where a request has something at random."""
    if isinstance(part, list):
        for each in part:
            mention(each, words)
    elif isinstance(part, dict):
        for key, value in part.items():
            if key in words and isinstance(value, str):
                part[key] = words[key]
            else:
                mention(value, words)


def prepared(request: requests.Request) -> requests.PreparedRequest:
    request.headers["Authorization"] = "Bearer x"
    return request.prepare()


async def asgi(app: Any, request: requests.PreparedRequest) -> tuple[int, str, bytes]:
    """Status, content type and body of what the application answers."""
    url = urlsplit(request.url or "")
    body = request.body or b""
    said: list[dict[str, Any]] = []

    async def receive() -> dict[str, Any]:
        content = body.encode() if isinstance(body, str) else body
        return {"type": "http.request", "body": content, "more_body": False}

    async def send(message: dict[str, Any]) -> None:
        said.append(message)

    scope = {
        "type": "http",
        "method": request.method,
        "path": unquote_to_bytes(url.path).decode("utf-8", errors="replace"),
        "raw_path": url.path.encode(),
        "query_string": url.query.encode(),
        "headers": [
            (b"host", url.netloc.encode()),
            *((_raw(name).lower(), _raw(value)) for name, value in request.headers.items()),
        ],
    }
    await app(scope, receive, send)
    start, end = said
    headers = dict(start["headers"])
    return start["status"], headers.get(b"content-type", b"").decode(), end["body"]


def _raw(text: str | bytes) -> bytes:
    return text.encode("latin-1", errors="replace") if isinstance(text, str) else text


@pytest.mark.parametrize("mode", [GenerationMode.POSITIVE, GenerationMode.NEGATIVE], ids=["right", "wrong"])
@pytest.mark.parametrize("route", ROUTES, ids=[f"{each.method} {each.path}" for each in ROUTES])
def test_no_request_is_a_server_error(
    served: tuple[Ask, dict[str, str]], route: Any, mode: GenerationMode
) -> None:
    ask, known = served
    of = operation(route.method, route.path)

    @given(case=of.as_strategy(generation_mode=mode), exists=st.none() | st.sampled_from(FIELDS))
    @settings(
        max_examples=EXAMPLES,
        derandomize=not FUZZ,
        database=None,
        deadline=None,
        suppress_health_check=list(HealthCheck),
    )
    def holds(case: Case, exists: str | None) -> None:
        if exists is not None:
            links = {"/contacts/{id}/tags": "tag_id", "/contacts/{id}/companies": "company_id"}
            words = known | {"field": exists, "id": known[links.get(route.path, "id")]}
            for part in (case.path_parameters, case.query, case.body):
                mention(part, words)
        arguments = case.as_transport_kwargs(base_url=HOST)
        request = prepared(requests.Request(**arguments))
        status, kind, content = ask(request)
        assert status < 500, (status, content)
        assert judge_response(route.method, request.url or "", status, kind, content) == []

    holds()
