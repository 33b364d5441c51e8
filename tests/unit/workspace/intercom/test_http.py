"""The workspace over HTTP: every answer gives a snapshot or an error in words; the registrar; stopping."""

from __future__ import annotations

import json
import threading
import time
from collections.abc import Callable, Mapping
from typing import Any

import httpx
import pytest
from hypothesis import given
from hypothesis import strategies as st

from intercom_iac.diagnostics import Conflict, UnexpectedResponse, WorkspaceError, WrongWorkspace
from intercom_iac.model import (
    AudiencePredicate,
    DataType,
    LiveAttribute,
    LiveAudience,
    LiveSegment,
    Snapshot,
)
from intercom_iac.workspace import Client, HttpWorkspace, Target, Token

TARGET = Target("live", base_url="https://api.intercom.io", token=Token("abc"))
FILTER = {"attribute": "custom_attributes.vip", "type": "boolean", "comparison": "eq", "value": True}
ANSWERS: dict[str, dict[str, Any]] = {
    "/me": {"app": {"id_code": "abc12345", "name": "Acme", "timezone": "UTC"}},
    "/data_attributes": {
        "data": [{"id": 1, "model": "contact", "name": "vip", "data_type": "boolean", "custom": True}]
    },
    "/events": {"events": [{"name": "signed-up"}]},
    "/segments": {"segments": [{"id": "s1", "name": "Active"}]},
    "/tags": {"data": [{"id": "t1", "name": "beta"}]},
    "/audiences": {
        "data": [{"id": "a1", "name": "VIP", "predicates": [FILTER], "role_predicates": []}],
        "total_pages": 1,
    },
}


def workspace(answer: Callable[[httpx.Request], httpx.Response]) -> HttpWorkspace:
    return HttpWorkspace(TARGET, Client(TARGET, transport=httpx.MockTransport(answer), sleep=lambda _: None))


def answering(answers: Mapping[str, object]) -> HttpWorkspace:
    return workspace(lambda request: httpx.Response(200, json=answers[request.url.path]))


def test_a_snapshot_holds_what_every_read_says() -> None:
    found = answering(ANSWERS).snapshot()
    assert found.identity.app_id == "abc12345"
    assert found.attributes == (LiveAttribute(1, "contact", "vip", DataType.BOOLEAN),)
    assert found.events == ("signed-up",)
    assert found.segments == (LiveSegment("s1", "Active"),)
    predicate = AudiencePredicate("custom_attributes.vip", "boolean", "eq", "true")
    assert found.audiences == (LiveAudience("a1", "VIP", (predicate,)),)
    assert found.tags == {"beta": "t1"}


@pytest.mark.parametrize(
    ("path", "answer", "said"),
    [
        ("/me", {"app": {"id_code": None}}, "GET /me has no text in `id_code`"),
        ("/data_attributes", {"data": ["x"]}, "GET /data_attributes has no object in `data`"),
        ("/events", {"events": [{"name": None}]}, "GET /events has no text in `name`"),
        ("/segments", {"segments": [5]}, "GET /segments has no object in `segments`"),
        ("/tags", {"data": [{"name": "x"}]}, "GET /tags has no `id`"),
        ("/audiences", {"data": [], "total_pages": "many"}, "no whole number in `total_pages`"),
    ],
)
def test_a_wrong_answer_is_named(path: str, answer: object, said: str) -> None:
    with pytest.raises(UnexpectedResponse, match=said):
        answering({**ANSWERS, path: answer}).snapshot()


def test_the_attributes_alone_take_one_call_and_archived_ones_are_among_them() -> None:
    asked: list[httpx.URL] = []

    def respond(request: httpx.Request) -> httpx.Response:
        asked.append(request.url)
        return httpx.Response(200, json=ANSWERS[request.url.path])

    assert workspace(respond).attributes() == (LiveAttribute(1, "contact", "vip", DataType.BOOLEAN),)
    assert [(url.path, url.params["include_archived"]) for url in asked] == [("/data_attributes", "true")]


leaves = (
    st.none()
    | st.booleans()
    | st.integers(-2, 3)
    | st.floats(allow_nan=False, allow_infinity=False)
    | st.text()
)
KEYS = sorted(
    {"data", "app", "events", "segments", "id", "id_code", "name", "timezone", "model", "data_type", "custom"}
)
KEYS += ["options", "value", "predicates", "role_predicates", "attribute", "type", "archived", "description"]
anything = st.recursive(
    leaves,
    lambda inner: (
        st.lists(inner, max_size=3) | st.dictionaries(st.sampled_from(KEYS) | st.text(), inner, max_size=4)
    ),
    max_leaves=12,
)


def bent(value: Any) -> st.SearchStrategy[Any]:
    """The answer with any of its parts replaced by anything."""
    if isinstance(value, dict):
        whole: st.SearchStrategy[Any] = st.fixed_dictionaries(
            {key: bent(each) for key, each in value.items()}
        )
    elif isinstance(value, list):
        whole = st.tuples(*map(bent, value)).map(list)
    else:
        whole = st.just(value)
    return st.integers(0, 9).flatmap(lambda roll: anything if roll == 9 else whole)


@given(st.fixed_dictionaries({path: bent(answer) for path, answer in ANSWERS.items()}))
def test_any_json_gives_a_snapshot_or_a_workspace_error(answers: dict[str, object]) -> None:
    made = answering(answers)
    try:
        found = made.snapshot()
    except WorkspaceError as error:
        assert error.message
    else:
        assert isinstance(found, Snapshot)
    finally:
        made.close()


@given(st.sampled_from(sorted(ANSWERS)), st.binary() | st.text().map(str.encode))
def test_any_bytes_in_place_of_one_answer_do_the_same(path: str, body: bytes) -> None:
    def answer(request: httpx.Request) -> httpx.Response:
        if request.url.path == path:
            return httpx.Response(200, content=body)
        return httpx.Response(200, json=ANSWERS[request.url.path])

    with pytest.raises(WorkspaceError):
        workspace(answer).snapshot()


def registering(contacts: httpx.Response) -> HttpWorkspace:
    return workspace(lambda request: httpx.Response(404) if request.url.path == "/events" else contacts)


def test_a_registrar_that_exists_and_takes_no_events_has_to_be_restored() -> None:
    with pytest.raises(Conflict, match="the registrar contact cannot be made") as raised:
        registering(httpx.Response(409, json={"errors": [{"message": "exists"}]})).register_event("x", {})
    assert "restore the contact" in (raised.value.hint or "")
    assert raised.value.status == 409


@pytest.mark.parametrize("status", [400, 422])
def test_another_refusal_of_the_registrar_is_told_as_it_is(status: int) -> None:
    with pytest.raises(Conflict, match="Intercom refused the change: bad field") as raised:
        registering(httpx.Response(status, json={"errors": [{"message": "bad field"}]})).register_event(
            "x", {}
        )
    assert raised.value.hint is None
    assert raised.value.status == status


def test_an_id_of_any_text_stays_one_part_of_the_address() -> None:
    seen: list[bytes] = []

    def answer(request: httpx.Request) -> httpx.Response:
        seen.append(request.url.raw_path)
        return httpx.Response(200, json={})

    workspace(answer).delete_audience("../a b\n?")
    assert seen == [b"/audiences/..%2Fa%20b%0A%3F"]


@pytest.mark.parametrize("stop", [KeyboardInterrupt, WorkspaceError])
def test_a_snapshot_that_is_stopped_does_not_wait_for_its_other_reads(
    stop: type[BaseException], monkeypatch: pytest.MonkeyPatch
) -> None:
    release = threading.Event()

    def answer(request: httpx.Request) -> httpx.Response:
        if request.url.path in ("/segments", "/tags", "/audiences"):
            release.wait(timeout=5)
        return httpx.Response(200, json=ANSWERS[request.url.path])

    made = workspace(answer)

    def interrupted() -> tuple[LiveAttribute, ...]:
        raise stop("stopped")

    monkeypatch.setattr(made, "_attributes", interrupted)
    began = time.monotonic()
    try:
        with pytest.raises(stop):
            made.snapshot()
        assert time.monotonic() - began < 2
    finally:
        release.set()


def opening(**target: Any) -> tuple[HttpWorkspace, list[str]]:
    """The workspace `abc12345` by such a target, and the calls it gets."""
    seen: list[str] = []

    def answer(request: httpx.Request) -> httpx.Response:
        seen.append(f"{request.method} {request.url.path}")
        return httpx.Response(200, json=ANSWERS[request.url.path])

    made = Target("live", **{"base_url": "https://api.intercom.io", "token": Token("abc"), **target})
    return HttpWorkspace(made, Client(made, transport=httpx.MockTransport(answer))), seen


def test_the_workspace_of_another_token_is_neither_read_nor_written() -> None:
    live, seen = opening(app_id="other")
    for act in (live.identity, live.allow_writes, live.snapshot):
        with pytest.raises(
            WrongWorkspace, match=r"the token of `live` opens the workspace `abc12345` \(Acme\)"
        ):
            act()
    assert set(seen) == {"GET /me"}


def test_a_workspace_that_the_project_does_not_name_is_read_and_not_written() -> None:
    live, _ = opening()
    assert live.identity().app_id == "abc12345"
    with pytest.raises(WrongWorkspace, match="does not say which workspace `live` is") as raised:
        live.allow_writes()
    assert "add `app_id: abc12345` to the project file" in (raised.value.hint or "")


@pytest.mark.parametrize("target", [{"app_id": "abc12345"}, {"base_url": "http://127.0.0.1"}])
def test_the_right_workspace_and_one_on_this_machine_may_be_written_to(target: dict[str, str]) -> None:
    live, seen = opening(**target)
    live.allow_writes()
    live.identity()
    assert seen == ["GET /me"]
    assert live.calls == 1


def test_options_and_flags_are_sent_in_the_form_of_the_api() -> None:
    bodies: list[object] = []

    def answer(request: httpx.Request) -> httpx.Response:
        bodies.append(json.loads(request.content))
        return httpx.Response(200, json={})

    fields = {"type": "options", "options": ["a", "b"], "archived": False, "description": "", "other": 1}
    workspace(answer).update_attribute(7, fields)
    workspace(answer).update_attribute(7, {"options": None})
    assert bodies == [{"archived": False, "description": "", "options": [{"value": "a"}, {"value": "b"}]}, {}]
