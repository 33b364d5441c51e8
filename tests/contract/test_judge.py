"""The judge of single calls finds what it is there for."""

from __future__ import annotations

import json

import pytest

from support.api_description import where_described
from support.description_judge import judge_request, judge_response

pytestmark = where_described

ATTRIBUTE = {"name": "a", "model": "contact", "data_type": "string"}
EVENT = {"event_name": "e", "created_at": 1, "user_id": "u", "metadata": {"n": 1, "t": "x"}}
AUDIENCE = {"name": "a", "predicates": []}


def sent(method: str, url: str, body: object = None) -> list[str]:
    return judge_request(method, url, b"" if body is None else json.dumps(body).encode())


@pytest.mark.parametrize(
    ("method", "url", "body"),
    [
        ("GET", "/me", None),
        ("GET", "/data_attributes?model=contact&include_archived=true", None),
        ("POST", "/data_attributes", ATTRIBUTE),
        ("POST", "/data_attributes", ATTRIBUTE | {"data_type": "options", "options": [{"value": "x"}]}),
        ("PUT", "/data_attributes/7", {"options": [{"value": "x"}], "archived": True}),
        ("GET", "/events?type=user&user_id=u&summary=true", None),
        ("POST", "/events", EVENT),
        ("POST", "/tags", {"id": "1", "name": "t"}),
        ("GET", "/audiences?page=1&per_page=50", None),
    ],
)
def test_what_is_right(method: str, url: str, body: object) -> None:
    assert sent(method, url, body) == []


@pytest.mark.parametrize(
    ("method", "url", "body"),
    [
        ("GET", "/attributes", None),
        ("PATCH", "/data_attributes/7", {}),
        ("GET", "/data_attributes?model=conversation", None),
        ("GET", "/data_attributes?archived=true", None),
        ("GET", "/data_attributes?include_archived=1", None),
        ("GET", "/me", {}),
        ("POST", "/data_attributes", ATTRIBUTE | {"data_type": "text"}),
        ("POST", "/data_attributes", ATTRIBUTE | {"data_type": "options"}),
        ("POST", "/data_attributes", ATTRIBUTE | {"options": ["x"]}),
        ("POST", "/data_attributes", ATTRIBUTE | {"type": "string"}),
        ("POST", "/data_attributes", ATTRIBUTE | {"description": None}),
        ("PUT", "/data_attributes/7", {"options": ["x"]}),
        ("PUT", "/data_attributes/7", {"name": "b"}),
        ("PUT", "/data_attributes/seven", {"archived": True}),
        ("GET", "/events?type=user&id=u", None),
        ("GET", "/events?user_id=u", None),
        ("POST", "/events", EVENT | {"created_at": "now"}),
        ("POST", "/events", {"event_name": "e", "created_at": 1}),
        ("POST", "/tags", {"id": 1, "name": "t"}),
        ("POST", "/audiences", AUDIENCE | {"predicates": [{"attribute": 1}]}),
    ],
)
def test_what_is_wrong(method: str, url: str, body: object) -> None:
    assert sent(method, url, body)


HAPPENED = {"type": "event", "event_name": "e", "created_at": 1, "id": "1", "metadata": {"n": 1}}
ERRORS = {"type": "error.list", "request_id": "1", "errors": [{"code": "c", "message": "m"}]}
JSON = "application/json; charset=utf-8"


@pytest.mark.parametrize(
    ("method", "url", "status", "kind", "answer"),
    [
        ("GET", "/tags", 200, JSON, {"type": "list", "data": []}),
        ("GET", "/tags", 401, JSON, ERRORS),
        ("POST", "/events", 404, JSON, ERRORS),
        ("POST", "/events", 202, "", None),
        ("GET", "/events", 200, JSON, {"type": "event.summary", "events": []}),
        ("GET", "/events", 200, JSON, {"type": "event.list", "events": [HAPPENED]}),
    ],
)
def test_an_answer_that_is_right(method: str, url: str, status: int, kind: str, answer: object) -> None:
    content = b"" if answer is None else json.dumps(answer).encode()
    assert judge_response(method, url, status, kind, content) == []


@pytest.mark.parametrize(
    ("method", "url", "status", "kind", "answer"),
    [
        ("GET", "/tags", 201, JSON, {"type": "list", "data": []}),
        ("GET", "/tags", 200, "text/html", {"type": "list", "data": []}),
        ("GET", "/tags", 200, JSON, {"type": "tags", "data": []}),
        ("GET", "/tags", 200, JSON, {"type": "list", "data": [{"id": 1}]}),
        ("POST", "/events", 404, JSON, {"error": "no"}),
        ("POST", "/events", 202, JSON, {}),
        ("GET", "/events", 200, JSON, {"type": "event.list", "events": [HAPPENED | {"created_at": "x"}]}),
    ],
)
def test_an_answer_that_is_wrong(method: str, url: str, status: int, kind: str, answer: object) -> None:
    assert judge_response(method, url, status, kind, json.dumps(answer).encode())
