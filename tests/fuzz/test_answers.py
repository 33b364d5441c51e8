"""Whatever a server answers, a snapshot and every write end in a value or a `WorkspaceError`."""

from __future__ import annotations

import json
from collections.abc import Callable
from typing import Any

import httpx
from hypothesis import given
from hypothesis import strategies as st

from fuzz.mutated import JSON, bent, counted, mutated
from intercom_iac.diagnostics import WorkspaceError
from intercom_iac.model import Snapshot
from intercom_iac.text import is_visible
from intercom_iac.workspace import Client, HttpWorkspace, Target, Token
from support.generators import examples

SECRET = "dG9rOjEyMzQ1Njc4"
ANSWERS: dict[str, Any] = {
    "/me": {"type": "admin", "app": {"id_code": "abc", "name": "Acme", "timezone": "Europe/Dublin"}},
    "/data_attributes": {
        "data": [
            {
                "id": 1,
                "model": "contact",
                "name": "tier",
                "data_type": "string",
                "options": ["a", {"value": "b"}],
                "description": "what",
                "messenger_writable": False,
                "archived": False,
                "custom": True,
            },
            {"model": "company", "name": "name", "data_type": "string", "custom": False},
        ]
    },
    "/segments": {"type": "segment.list", "segments": [{"id": "5", "name": "Big", "count": 3}]},
    "/events": {"type": "event.summary", "events": [{"name": "opened", "count": 1}]},
    "/tags": {"data": [{"id": "9", "name": "vip"}]},
    "/audiences": {
        "total_pages": 1,
        "data": [
            {
                "id": "3",
                "name": "Big",
                "predicates": [{"attribute": "a", "type": "string", "comparison": "eq", "value": 3}],
                "role_predicates": {"any": [1, None]},
            }
        ],
    },
}
PATHS = st.sampled_from(sorted(ANSWERS))
HEADERS = st.dictionaries(
    st.sampled_from(
        ["content-type", "x-request-id", "retry-after", "location", "content-encoding"]
        + [f"x-ratelimit-{each}" for each in ("limit", "remaining", "reset")]
    ),
    st.sampled_from(
        ["", "0", "-1", "nan", "1e999", "x", "\x1b", "gzip", "https://elsewhere.example", "https://["]
    )
    | st.text(st.characters(max_codepoint=255, exclude_characters="\r\n"), max_size=6),
    max_size=3,
)
STATUSES = st.sampled_from(
    [200, 200, 200, 201, 202, 204, 301, 302, 304, 307, 400, 401, 404, 409, 422, 429, 500, 503]
)


@st.composite
def odd(draw: Callable[[Any], Any]) -> tuple[str, int, dict[str, str], bytes]:
    """A path, and what is answered there."""
    path = draw(PATHS)
    right = json.dumps(ANSWERS[path]).encode()
    body = draw(
        st.binary(max_size=40)
        | mutated(right)
        | bent(ANSWERS[path]).map(lambda value: json.dumps(value).encode())
        | JSON.map(lambda value: json.dumps(value).encode())
        | st.just(f"Bearer {SECRET}".encode())
    )
    return path, draw(STATUSES), draw(HEADERS), body


def workspace(answer: Callable[[httpx.Request], httpx.Response]) -> HttpWorkspace:
    target = Target("live", base_url="https://api.intercom.io", token=Token(SECRET))
    return HttpWorkspace(target, Client(target, transport=httpx.MockTransport(answer), sleep=lambda _: None))


def given_back(status: int, headers: dict[str, str], body: bytes) -> httpx.Response:
    return httpx.Response(
        status, headers=[(name, value.encode("latin-1")) for name, value in headers.items()], content=body
    )


@examples(250)
@given(odd())
def test_a_snapshot(answered: tuple[str, int, dict[str, str], bytes]) -> None:
    at, status, headers, body = answered

    def answer(request: httpx.Request) -> httpx.Response:
        path = request.url.path
        return given_back(status, headers, body) if path == at else httpx.Response(200, json=ANSWERS[path])

    live = workspace(answer)
    try:
        found = live.snapshot()
    except WorkspaceError as error:
        counted(refused=True)
        told = f"{error.message} {error.hint}"
        assert SECRET not in f"{told} {error.request_id}"
        assert all(map(is_visible, told))
    else:
        counted(refused=False)
        assert isinstance(found, Snapshot)
        repr(found).encode()
    finally:
        live.close()


WRITES: list[Callable[[HttpWorkspace], None]] = [
    lambda live: live.create_attribute("contact", "tier", {"type": "options", "options": ["a", "b"]}),
    lambda live: live.update_attribute(7, {"description": "x", "archived": True}),
    lambda live: live.register_event("opened", {"k": "v"}),
    lambda live: live.create_tag("vip"),
    lambda live: live.rename_tag("9", "vip"),
    lambda live: live.delete_audience("9/../8"),
    lambda live: live.create_audience("Big", [], []),
    lambda live: live.update_audience("3", {"name": "Big"}),
]


@examples(200)
@given(st.sampled_from(WRITES), odd())
def test_a_write(
    write: Callable[[HttpWorkspace], None], answered: tuple[str, int, dict[str, str], bytes]
) -> None:
    _, status, headers, body = answered

    def answer(request: httpx.Request) -> httpx.Response:
        if request.method == "GET":
            return httpx.Response(200, json=ANSWERS.get(request.url.path, {"data": []}))
        return given_back(status, headers, body)

    live = workspace(answer)
    try:
        write(live)
        counted(refused=False)
    except WorkspaceError as error:
        counted(refused=True)
        assert SECRET not in f"{error.message} {error.hint} {error.request_id}"
        assert all(map(is_visible, f"{error.message} {error.hint}"))
    finally:
        live.close()
