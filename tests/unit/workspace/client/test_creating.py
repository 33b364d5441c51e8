"""Whatever becomes of the answer to a create, the thing is made once, or it is said that it is not known."""

from __future__ import annotations

import json
import weakref
from collections import Counter
from collections.abc import Callable
from threading import Barrier
from typing import Any

import httpx
import pytest

from intercom_iac.diagnostics import Conflict, NotFound, Unreachable, WorkspaceError
from intercom_iac.sandbox import Request, Sandbox
from intercom_iac.workspace import Client, HttpWorkspace, Target

TARGET = Target("sandbox", base_url="http://127.0.0.1")
FILTERS = [{"attribute": "custom_attributes.vip", "type": "boolean", "comparison": "eq", "value": "true"}]
ROLES = [{"attribute": "role", "type": "role", "comparison": "eq", "value": "user"}]

Trouble = Callable[[httpx.Request, Callable[[], httpx.Response]], httpx.Response]


class Wire(httpx.BaseTransport):
    """A workspace in memory; writes that `when` picks, by number and request, get in trouble on the way."""

    def __init__(self, trouble: Trouble, when: Callable[[int, httpx.Request], bool]) -> None:
        self.sandbox = Sandbox(None, clock=lambda: 1_800_000_000.0)
        weakref.finalize(self, self.sandbox.close)
        self.posts: list[str] = []
        self._trouble = trouble
        self._when = when

    def handle_request(self, request: httpx.Request) -> httpx.Response:
        writes = request.method != "GET"
        if writes:
            self.posts.append(request.url.path)

        def answered() -> httpx.Response:
            got = self.sandbox.handle(
                Request(
                    request.method,
                    request.url.raw_path.partition(b"?")[0].decode(),
                    dict(request.url.params),
                    {name.lower(): value for name, value in request.headers.items()},
                    request.read(),
                )
            )
            return httpx.Response(got.status, headers=dict(got.headers), content=got.body)

        if writes and self._when(len(self.posts), request):
            return self._trouble(request, answered)
        return answered()

    def names(self) -> Counter[str]:
        """How often each name is there."""
        client = Client(TARGET, transport=self)
        lists = {"/data_attributes": "data", "/tags": "data", "/audiences": "data", "/contacts": "data"}
        found: Counter[str] = Counter()
        for path, key in lists.items():
            found.update(
                f"{path} {each.get('external_id') or each['name']}" for each in client.get(path)[key]
            )
        return found


def after(request: httpx.Request, answered: Callable[[], httpx.Response]) -> httpx.Response:
    answered()
    raise httpx.ReadError("reset", request=request)


def before(request: httpx.Request, _: Callable[[], httpx.Response]) -> httpx.Response:
    raise httpx.ReadError("reset", request=request)


def timed_out(request: httpx.Request, answered: Callable[[], httpx.Response]) -> httpx.Response:
    answered()
    raise httpx.ReadTimeout("slow", request=request)


def failed_after(_: httpx.Request, answered: Callable[[], httpx.Response]) -> httpx.Response:
    answered()
    return httpx.Response(503, text="<html>\nno")


def failed_before(_: httpx.Request, __: Callable[[], httpx.Response]) -> httpx.Response:
    return httpx.Response(500, json={"errors": [{"message": "Something went wrong"}]})


def cut(_: httpx.Request, answered: Callable[[], httpx.Response]) -> httpx.Response:
    return httpx.Response(200, content=answered().content[:20] or b"{")


TROUBLES = [after, before, timed_out, failed_after, failed_before, cut]
MAKES: dict[str, tuple[str, Callable[[HttpWorkspace], Any]]] = {
    "attribute": (
        "/data_attributes vip",
        lambda live: live.create_attribute("contact", "vip", {"type": "boolean"}),
    ),
    "tag": ("/tags Very important", lambda live: live.create_tag("Very important")),
    "audience": ("/audiences VIP", lambda live: live.create_audience("VIP", FILTERS, ROLES)),
    "event": ("/contacts intercom-iac-registrar", lambda live: live.register_event("signed-up", {"n": 1})),
}


def workspace(wire: Wire) -> HttpWorkspace:
    return HttpWorkspace(TARGET, Client(TARGET, transport=wire, sleep=lambda _: None))


@pytest.mark.parametrize("lost", [1, 2, 3])
@pytest.mark.parametrize("trouble", TROUBLES)
@pytest.mark.parametrize("kind", MAKES)
def test_a_create_in_trouble_makes_one(kind: str, trouble: Trouble, lost: int) -> None:
    """The `lost`-th write and it alone: an event takes up to three of them."""
    wire = Wire(trouble, lambda number, _: number == lost)
    name, make = MAKES[kind]
    make(workspace(wire))
    assert wire.names()[name] == 1


@pytest.mark.parametrize("trouble", TROUBLES)
@pytest.mark.parametrize("kind", MAKES)
def test_a_create_in_lasting_trouble_makes_one_at_most_and_says_what_is_not_known(
    kind: str, trouble: Trouble
) -> None:
    wire = Wire(trouble, lambda *_: True)
    name, make = MAKES[kind]
    try:
        make(workspace(wire))
        assert wire.names()[name] == 1
    except WorkspaceError as error:
        assert error.maybe_done
        assert wire.names()[name] <= 1
    assert len(wire.posts) <= 12


def test_one_of_the_same_definition_that_was_there_before_is_not_taken_for_the_new_one() -> None:
    troubled: list[bool] = []
    wire = Wire(before, lambda *_: bool(troubled) and len(troubled) == len(wire.posts) - 1)
    live = workspace(wire)
    live.create_audience("VIP", FILTERS, ROLES)
    live.snapshot()
    troubled.append(True)
    live.create_audience("VIP", FILTERS, ROLES)
    assert wire.names()["/audiences VIP"] == 2
    assert len(wire.posts) == 3


def test_an_audience_that_timed_out_is_not_sent_again_since_it_may_still_be_made() -> None:
    def slow(request: httpx.Request, _: object) -> httpx.Response:
        raise httpx.ReadTimeout("slow", request=request)

    wire = Wire(slow, lambda *_: True)
    with pytest.raises(Unreachable) as raised:
        workspace(wire).create_audience("VIP", FILTERS, ROLES)
    assert raised.value.maybe_done
    assert len(wire.posts) == 1


def test_a_create_that_is_done_late_is_found_when_the_second_is_refused() -> None:
    late: list[Callable[[], httpx.Response]] = []

    def slow(request: httpx.Request, answered: Callable[[], httpx.Response]) -> httpx.Response:
        if not late:
            late.append(answered)
            raise httpx.ReadTimeout("slow", request=request)
        late[0]()
        return answered()

    wire = Wire(slow, lambda *_: True)
    workspace(wire).create_attribute("contact", "vip", {"type": "boolean"})
    assert wire.names()["/data_attributes vip"] == 1
    assert wire.posts == ["/data_attributes"] * 2


def test_a_workspace_that_cannot_be_read_leaves_it_unknown() -> None:
    def answer(request: httpx.Request) -> httpx.Response:
        if request.method == "GET":
            return httpx.Response(401, json={"errors": [{"message": "Access Token Invalid"}]})
        raise httpx.ReadError("reset", request=request)

    client = Client(TARGET, transport=httpx.MockTransport(answer), sleep=lambda _: None)
    with pytest.raises(Unreachable, match="did not answer POST /tags") as raised:
        HttpWorkspace(TARGET, client).create_tag("vip")
    assert raised.value.maybe_done


def test_a_create_held_off_after_a_lost_one_stays_unknown() -> None:
    answers = iter([httpx.ReadError("reset"), httpx.ConnectError("no route")])

    def answer(request: httpx.Request) -> httpx.Response:
        if request.method == "GET":
            return httpx.Response(200, json={"data": []})
        raise next(answers, httpx.ConnectError("no route"))

    client = Client(TARGET, transport=httpx.MockTransport(answer), sleep=lambda _: None)
    with pytest.raises(Unreachable) as raised:
        HttpWorkspace(TARGET, client).create_tag("vip")
    assert raised.value.maybe_done


def test_a_refusal_without_a_lost_create_is_told() -> None:
    wire = Wire(before, lambda *_: False)
    live = workspace(wire)
    live.create_attribute("contact", "vip", {"type": "boolean"})
    with pytest.raises(Conflict, match="You already have 'vip'"):
        live.create_attribute("contact", "vip", {"type": "boolean"})


def test_an_event_is_sent_again_as_of_the_same_second() -> None:
    sent: list[dict[str, Any]] = []

    def answer(request: httpx.Request) -> httpx.Response:
        sent.append(json.loads(request.content))
        if len(sent) == 1:
            raise httpx.ReadError("reset", request=request)
        return httpx.Response(202)

    now = iter([1_800_000_000.0, 1_800_000_009.0])
    client = Client(TARGET, transport=httpx.MockTransport(answer), sleep=lambda _: None)
    HttpWorkspace(TARGET, client, clock=lambda: next(now)).register_event("signed-up", {})
    assert len(sent) == 2
    assert sent[0] == sent[1]


@pytest.mark.parametrize("trouble", TROUBLES)
@pytest.mark.parametrize(
    "act",
    [
        lambda live, ids: live.rename_tag(ids["tag"], "VIP"),
        lambda live, ids: live.delete_audience(ids["audience"]),
        lambda live, ids: live.update_audience(ids["audience"], {"name": "new"}),
        lambda live, ids: live.update_attribute(int(ids["attribute"]), {"description": "new"}),
    ],
)
def test_what_has_an_id_is_changed_or_deleted_again(trouble: Trouble, act: Callable[..., None]) -> None:
    wire = Wire(trouble, lambda number, _: number == 4)
    live = workspace(wire)
    for _, make in list(MAKES.values())[:3]:
        make(live)
    found = live.snapshot()
    ids = {
        "tag": found.tags["Very important"],
        "audience": found.audiences[0].id,
        "attribute": found.attributes[0].id,
    }
    act(live, ids)
    assert live.snapshot() != found


def test_events_registered_at_once_make_one_registrar() -> None:
    from concurrent.futures import ThreadPoolExecutor

    wire = Wire(before, lambda *_: False)
    live = workspace(wire)
    ready = Barrier(4, timeout=5)
    send = wire.sandbox.handle

    def together(request: Request) -> Any:
        """The first four events are refused together, so that each is about to make the registrar."""
        answer = send(request)
        if request.path == "/events" and answer.status == 404:
            ready.wait()
        return answer

    wire.sandbox.handle = together
    with ThreadPoolExecutor(4) as pool:
        for future in [pool.submit(live.register_event, f"event-{n}", {}) for n in range(4)]:
            future.result(timeout=5)
    assert wire.posts.count("/contacts") == 1
    assert len(live.snapshot().events) == 4


def test_a_refusal_of_the_second_that_is_not_for_the_first_is_told() -> None:
    answers = iter([httpx.ReadError("reset")])

    def answer(request: httpx.Request) -> httpx.Response:
        if request.method == "GET":
            return httpx.Response(200, json={"data": []})
        for error in answers:
            raise error
        return httpx.Response(422, json={"errors": [{"message": "invalid tag parameters"}]})

    client = Client(TARGET, transport=httpx.MockTransport(answer), sleep=lambda _: None)
    with pytest.raises(Conflict, match="invalid tag parameters"):
        HttpWorkspace(TARGET, client).create_tag("vip")


def test_a_create_that_was_never_sent_is_told_as_not_made() -> None:
    def answer(request: httpx.Request) -> httpx.Response:
        raise httpx.ConnectError("no route")

    client = Client(TARGET, transport=httpx.MockTransport(answer), sleep=lambda _: None)
    with pytest.raises(Unreachable, match="cannot be reached") as raised:
        HttpWorkspace(TARGET, client).create_tag("vip")
    assert not raised.value.maybe_done


# --- lists that lag -------------------------------------------------------------------------------------------


class Lagging(Wire):
    """Lists show what was made only when they have been asked so many times since; reads by id too."""

    def __init__(self, trouble: Trouble, when: Callable[[int, httpx.Request], bool], lag: int) -> None:
        super().__init__(trouble, when)
        self._lag = lag
        self.looks = 0

    def handle_request(self, request: httpx.Request) -> httpx.Response:
        answer = super().handle_request(request)
        if request.method == "GET" and self.posts and request.url.path != "/me":
            self.looks += 1
            if self.looks <= self._lag:
                if "find_by" in request.url.path:
                    return httpx.Response(404)
                data = answer.json()
                custom = [each for each in data.get("data", ()) if not each.get("custom", True)]
                return httpx.Response(200, json={"type": "list", "data": custom})
        return answer


@pytest.mark.parametrize("lag", [1, 2])
@pytest.mark.parametrize("trouble", [after, failed_after, cut])
def test_an_audience_that_a_list_shows_late_is_not_made_twice(trouble: Trouble, lag: int) -> None:
    wire = Lagging(trouble, lambda number, _: number == 1, lag)
    pauses: list[float] = []
    live = HttpWorkspace(TARGET, Client(TARGET, transport=wire, sleep=pauses.append))
    live.create_audience("VIP", FILTERS, ROLES)
    assert wire.posts == ["/audiences"]
    assert wire.names()["/audiences VIP"] == 1
    assert pauses[-1] >= 2
    assert sum(pauses) < 10


def test_an_audience_that_was_never_made_is_sent_again_after_longer_looks() -> None:
    wire = Lagging(failed_before, lambda number, _: number == 1, 0)
    pauses: list[float] = []
    live = HttpWorkspace(TARGET, Client(TARGET, transport=wire, sleep=pauses.append))
    live.create_audience("VIP", FILTERS, ROLES)
    assert wire.posts == ["/audiences"] * 2
    assert wire.names()["/audiences VIP"] == 1
    assert sum(pauses) >= 6


def test_an_attribute_that_a_list_shows_late_is_found_when_the_second_is_refused() -> None:
    wire = Lagging(failed_after, lambda number, _: number == 1, 3)
    workspace(wire).create_attribute("contact", "vip", {"type": "boolean"})
    assert wire.posts == ["/data_attributes"] * 2
    assert wire.names()["/data_attributes vip"] == 1


def test_an_attribute_that_no_list_shows_is_not_called_failed() -> None:
    """It was refused, for a name that is taken, after one that may have been made."""
    wire = Lagging(failed_after, lambda number, _: number == 1, 99)
    with pytest.raises(Conflict, match="You already have 'vip'") as raised:
        workspace(wire).create_attribute("contact", "vip", {"type": "boolean"})
    assert raised.value.maybe_done
    assert "not known" in (raised.value.hint or "")


def test_a_registrar_that_a_search_finds_late_is_not_made_twice_and_gets_its_event() -> None:
    wire = Lagging(failed_after, lambda number, _: number == 2, 99)
    live = workspace(wire)
    live.register_event("signed-up", {})
    assert wire.posts[:2] == ["/events", "/contacts"]
    wire.looks, wire._lag = 0, 0
    assert wire.names()["/contacts intercom-iac-registrar"] == 1
    assert live.snapshot().events == ("signed-up",)


def test_a_registrar_that_another_apply_made_meanwhile_is_the_registrar() -> None:
    """It comes between the event that finds nobody and the create, which is refused with a 409."""
    wire = Wire(before, lambda *_: False)
    send = wire.sandbox.handle

    def raced(request: Request) -> Any:
        answer = send(request)
        if request.path == "/events" and answer.status == 404:
            wire.sandbox.handle = send
            workspace(wire).register_event("theirs", {})
        return answer

    wire.sandbox.handle = raced
    live = workspace(wire)
    live.register_event("ours", {})
    assert set(live.snapshot().events) == {"theirs", "ours"}
    assert wire.names()["/contacts intercom-iac-registrar"] == 1


def test_an_event_waits_a_moment_for_the_registrar_that_was_just_made() -> None:
    wire = Wire(before, lambda *_: False)
    send = wire.sandbox.handle
    late = iter([True, True, False])

    def unseen(request: Request) -> Any:
        if request.path == "/events" and wire.posts.count("/contacts") and next(late, False):
            return send(Request("GET", "/contacts/nobody", {}, request.headers, b""))
        return send(request)

    wire.sandbox.handle = unseen
    live = workspace(wire)
    live.register_event("signed-up", {})
    assert wire.posts.count("/events") == 4
    assert live.snapshot().events == ("signed-up",)


def test_an_event_that_never_finds_its_registrar_is_told() -> None:
    def answer(request: httpx.Request) -> httpx.Response:
        return httpx.Response(404) if request.url.path == "/events" else httpx.Response(200, json={"id": "1"})

    client = Client(TARGET, transport=httpx.MockTransport(answer), sleep=lambda _: None)
    with pytest.raises(NotFound):
        HttpWorkspace(TARGET, client).register_event("signed-up", {})


# --- one thing read again -------------------------------------------------------------------------------------


def test_one_thing_is_read_as_it_is_now_or_as_none() -> None:
    live = workspace(Wire(before, lambda *_: False))
    live.create_attribute("contact", "seats", {"type": "integer"})
    live.create_audience("VIP", FILTERS, ROLES)
    live.create_tag("Very important")
    found = live.snapshot()
    (attribute,) = found.attributes
    assert live.attribute("contact", attribute.id) == attribute
    assert live.attribute("company", attribute.id) is None
    live.update_attribute(attribute.id, {"archived": True})
    again = live.attribute("contact", attribute.id)
    assert again is not None
    assert again.archived
    (audience,) = found.audiences
    assert live.audience(audience.id) == audience
    assert live.audience("999") is None
    (tag_id,) = found.tags.values()
    assert live.tag(tag_id) == "Very important"
    assert live.tag("999") is None
