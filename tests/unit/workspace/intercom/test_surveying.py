"""A survey and a sample over HTTP: bounded calls, what the token may not read, pagers that do not get on."""

from __future__ import annotations

import json
from collections.abc import Callable
from dataclasses import replace
from threading import Barrier
from typing import Any

import httpx
import pytest

from intercom_iac.application.surveying import BUDGET, sample_request
from intercom_iac.application.surveying import LISTS as LIST_CALLS
from intercom_iac.diagnostics import Unauthorized, UnexpectedResponse, WrongWorkspace
from intercom_iac.model import SampleRequest
from intercom_iac.model.limits import REGISTRAR_EXTERNAL_ID
from intercom_iac.workspace import Client, HttpWorkspace, Target, Token

TARGET = Target("live", base_url="https://api.intercom.io", token=Token("abc"))
LISTS: dict[str, dict[str, Any]] = {
    "/me": {"app": {"id_code": "abc12345", "name": "Acme", "timezone": "UTC"}},
    "/data_attributes": {
        "data": [
            {
                "id": 1,
                "model": "contact",
                "name": "vip",
                "data_type": "boolean",
                "custom": True,
                "created_at": 1_700_000_000,
                "admin_id": "7",
            }
        ]
    },
    "/events": {"events": [{"name": "signed-up", "count": 2, "first": "2026-01-31T10:00:00Z"}]},
    "/segments": {"segments": [{"id": "s1", "name": "At risk", "count": 0, "person_type": "user"}]},
    "/tags": {"data": [{"id": "t1", "name": "beta"}]},
    "/audiences": {"data": [{"id": "a1", "name": "VIP", "predicates": []}], "total_pages": 1},
}
READS = {
    "attributes": "/data_attributes",
    **{what: f"/{what}" for what in ("events", "segments", "tags", "audiences")},
}
FORBIDDEN = httpx.Response(
    403, json={"type": "error.list", "errors": [{"code": "action_forbidden", "message": "Not permitted"}]}
)

Answer = Callable[[httpx.Request], httpx.Response]


def workspace(answer: Answer) -> HttpWorkspace:
    return HttpWorkspace(TARGET, Client(TARGET, transport=httpx.MockTransport(answer), sleep=lambda _: None))


def lists(request: httpx.Request) -> httpx.Response:
    return httpx.Response(200, json=LISTS[request.url.path])


def person(number: int, **more: Any) -> dict[str, Any]:
    return {"id": f"p{number}", "external_id": f"u{number}", **more}


# --- survey -------------------------------------------------------------------------------------------------


def test_a_survey_reads_every_list_with_what_a_plan_does_not_rest_on() -> None:
    survey = workspace(lists).survey(counts=True)
    snapshot = survey.snapshot
    assert survey.unread == ()
    assert snapshot.attributes[0].history.created_at == 1_700_000_000
    assert snapshot.attributes[0].history.admin_id == "7"
    assert snapshot.segments[0].count == 0
    assert snapshot.events == ("signed-up",)
    assert snapshot.tags == {"beta": "t1"}
    assert [audience.name for audience in snapshot.audiences] == ["VIP"]


@pytest.mark.parametrize("counts", [True, False])
def test_people_of_segments_are_counted_where_asked(counts: bool) -> None:
    asked: list[str | None] = []

    def answer(request: httpx.Request) -> httpx.Response:
        if request.url.path == "/segments":
            asked.append(request.url.params.get("include_count"))
        return lists(request)

    workspace(answer).survey(counts=counts)
    assert set(asked) == {"true" if counts else None}


@pytest.mark.parametrize(("what", "path"), READS.items())
def test_a_list_that_is_forbidden_is_named_and_the_rest_is_read(what: str, path: str) -> None:
    survey = workspace(lambda request: FORBIDDEN if request.url.path == path else lists(request)).survey()
    (unread,) = survey.unread
    assert (unread.what, unread.call, unread.reason) == (
        what,
        f"GET {path}",
        "Intercom refused the token: Not permitted",
    )
    assert survey.is_unread(what)
    sizes = {
        "attributes": len(survey.snapshot.attributes),
        "events": len(survey.snapshot.events),
        "segments": len(survey.snapshot.segments),
        "tags": len(survey.snapshot.tags),
        "audiences": len(survey.snapshot.audiences),
    }
    assert sizes == {name: int(name != what) for name in READS}


def test_a_token_that_is_refused_altogether_is_an_error() -> None:
    refused = httpx.Response(401, json={"type": "error.list", "errors": [{"code": "unauthorized"}]})
    with pytest.raises(Unauthorized):
        workspace(lambda request: refused if request.url.path == "/tags" else lists(request)).survey()
    with pytest.raises(Unauthorized):
        workspace(lambda request: FORBIDDEN if request.url.path == "/me" else lists(request)).survey()


def test_a_list_whose_pager_repeats_is_an_error_in_words() -> None:
    endless = {**LISTS["/tags"], "pages": {"next": {"starting_after": "again"}}}
    with pytest.raises(UnexpectedResponse, match="GET /tags does not get past its page"):
        workspace(
            lambda request: (
                httpx.Response(200, json=endless) if request.url.path == "/tags" else lists(request)
            )
        ).survey()


# --- sample -------------------------------------------------------------------------------------------------


def people(total: int) -> Answer:
    """Pages of contacts and companies; everybody has one event."""

    def answer(request: httpx.Request) -> httpx.Response:
        path = request.url.path
        if path == "/contacts/search":
            asked = json.loads(request.content)["pagination"]
            begin = int(asked.get("starting_after", 0))
            end = min(begin + asked["per_page"], total)
            pages = {"next": {"starting_after": str(end)}} if end < total else {}
            found = [person(number) for number in range(begin, end)]
            return httpx.Response(200, json={"data": found, "pages": pages, "total_count": total})
        if path == "/companies/list":
            page, size = int(request.url.params["page"]), int(request.url.params["per_page"])
            found = [{"id": f"c{n}"} for n in range((page - 1) * size, min(page * size, total))]
            last = -(-total // size)
            return httpx.Response(
                200, json={"data": found, "pages": {"total_pages": last}, "total_count": total}
            )
        if request.url.params.get("summary") == "true":
            return httpx.Response(200, json={"events": [{"name": "paid", "count": 1}]})
        occurrence = {"event_name": "paid", "created_at": 1_700_000_000, "metadata": {"total": 3}}
        return httpx.Response(200, json={"events": [occurrence]})

    return answer


@pytest.mark.parametrize("total", [0, 1, 149, 150, 151, 2_000])
def test_a_sample_is_as_large_as_asked_and_takes_no_more_calls_than_it_says(total: int) -> None:
    request = SampleRequest(contacts=400, companies=130, summaries=7, occurrences=5)
    live = workspace(people(total))
    told: list[None] = []
    sample = live.sample(request, lambda: told.append(None))
    assert len(sample.contacts) == min(total, 400)
    assert len(sample.companies) == min(total, 130)
    assert sample.contact_total == total
    assert sample.company_total == total
    assert len(sample.summaries) == min(total, 7)
    assert len(sample.events) == min(total + 1, 5)
    assert len(told) == live.calls <= request.calls


def test_the_people_whose_events_are_read_are_spread_over_the_sample() -> None:
    sample = workspace(people(100)).sample(SampleRequest(contacts=100, summaries=4))
    assert list(sample.summaries) == ["p0", "p25", "p50", "p75"]


def test_the_registrar_is_nobody() -> None:
    registrar = person(1, external_id=REGISTRAR_EXTERNAL_ID)
    page = {"data": [registrar, person(2)], "total_count": 2}
    sample = workspace(lambda _: httpx.Response(200, json=page)).sample(SampleRequest(contacts=10))
    assert [contact["id"] for contact in sample.contacts] == ["p2"]


@pytest.mark.parametrize("cursors", [["x"], ["x", "y"], ["x", "y", "z"]])
def test_a_cursor_that_repeats_ends_the_sample_with_each_person_once(cursors: list[str]) -> None:
    calls = 0

    def answer(_: httpx.Request) -> httpx.Response:
        nonlocal calls
        calls += 1
        at = calls % len(cursors)
        found = [person(at * 150 + number) for number in range(150)]
        return httpx.Response(200, json={"data": found, "pages": {"next": {"starting_after": cursors[at]}}})

    sample = workspace(answer).sample(SampleRequest(contacts=100_000))
    assert len(sample.contacts) == 150 * len(cursors)
    assert len({contact["id"] for contact in sample.contacts}) == len(sample.contacts)
    assert calls == len(cursors) + 1


def test_companies_whose_pages_repeat_end_the_sample() -> None:
    page = {"data": [{"id": "c1"}], "pages": {"total_pages": 1_000_000}}
    live = workspace(lambda _: httpx.Response(200, json=page))
    assert len(live.sample(SampleRequest(companies=6_000)).companies) == 1
    assert live.calls == 2


def test_pages_larger_than_asked_for_are_cut() -> None:
    page = {"data": [person(number) for number in range(50)]}
    sample = workspace(lambda _: httpx.Response(200, json=page)).sample(SampleRequest(contacts=10))
    assert len(sample.contacts) == 10


@pytest.mark.parametrize(
    ("path", "what"),
    [("/contacts/search", "contacts"), ("/companies/list", "companies"), ("/events", "events")],
)
def test_a_sample_without_a_permission_names_it_and_has_the_rest(path: str, what: str) -> None:
    whole = people(10)
    sample = workspace(lambda request: FORBIDDEN if request.url.path == path else whole(request)).sample(
        SampleRequest(contacts=10, companies=10, summaries=2)
    )
    (unread,) = sample.unread
    assert unread.what == what
    assert (len(sample.contacts), len(sample.companies), len(sample.summaries)) == {
        "contacts": (0, 10, 0),
        "companies": (10, 0, 2),
        "events": (10, 10, 0),
    }[what]


@pytest.mark.parametrize("path", ["/contacts/search", "/companies/list", "/events"])
def test_a_token_that_is_refused_amid_a_sample_is_an_error(path: str) -> None:
    refused = httpx.Response(401, json={"type": "error.list", "errors": [{"code": "unauthorized"}]})
    whole = people(10)
    with pytest.raises(Unauthorized):
        workspace(lambda request: refused if request.url.path == path else whole(request)).sample(
            SampleRequest(contacts=10, companies=10, summaries=2)
        )


@pytest.mark.parametrize(
    ("last", "seconds"),
    [
        (1_700_000_000, 1_700_000_000),
        ("1700000000", 1_700_000_000),
        ("2023-11-14T22:13:20Z", 1_700_000_000),
        ("2023-11-14T22:13:20", 1_700_000_000),
        ("some day", None),
        ("9" * 5_000, None),
        (True, None),
        (None, None),
    ],
)
@pytest.mark.parametrize("admin", ["7", 7, None, "", True])
def test_moments_and_people_in_any_form(last: Any, seconds: int | None, admin: Any) -> None:
    [attribute] = LISTS["/data_attributes"]["data"]
    data = {"data": [{**attribute, "created_at": last, "admin_id": admin}]}
    [live] = (
        workspace(
            lambda request: (
                httpx.Response(200, json=data) if request.url.path == "/data_attributes" else lists(request)
            )
        )
        .survey()
        .snapshot.attributes
    )
    assert live.history.created_at == seconds
    assert live.history.admin_id == ("7" if admin in ("7", 7) and admin is not True else None)


def test_whoever_is_gone_when_the_events_are_read_has_none() -> None:
    whole = people(2)
    sample = workspace(
        lambda request: (
            httpx.Response(404, json={"type": "error.list", "errors": []})
            if request.url.path == "/events"
            else whole(request)
        )
    ).sample(SampleRequest(contacts=2, summaries=2, occurrences=2))
    assert sample.summaries == {"p0": (), "p1": ()}
    assert sample.events == ()


# --- both ---------------------------------------------------------------------------------------------------


def test_what_does_not_wait_for_an_answer_is_asked_at_once() -> None:
    """The workspace itself, its lists, and the first people and companies; then everybody's events."""
    first = Barrier(len(LISTS) + 2, timeout=20)
    events_of_people = Barrier(10, timeout=20)
    asked: set[str] = set()
    whole = people(160)

    def answer(request: httpx.Request) -> httpx.Response:
        path = request.url.path
        if "intercom_user_id" in request.url.params:
            events_of_people.wait()
            return whole(request)
        if path not in asked:
            asked.add(path)
            first.wait()
        is_list = path in LISTS and (path != "/events" or "summary" in request.url.params)
        return lists(request) if is_list else whole(request)

    client = Client(TARGET, transport=httpx.MockTransport(answer), sleep=lambda _: None, parallelism=16)
    live = HttpWorkspace(TARGET, client)
    sample = live.start_sample(SampleRequest(contacts=160, companies=60, summaries=6, occurrences=5))
    assert live.survey().unread == ()
    assert (len(sample.result().contacts), len(sample.result().summaries)) == (160, 6)


@pytest.mark.parametrize("occurrences", [False, True], ids=["audit", "import"])
def test_a_thousand_people_of_a_workspace_at_its_cap_take_thirty_calls(*, occurrences: bool) -> None:
    [attribute] = LISTS["/data_attributes"]["data"]
    full = {"data": [{**attribute, "id": number, "name": f"a{number}"} for number in range(250)]}
    whole = people(2_000)

    def answer(request: httpx.Request) -> httpx.Response:
        path = request.url.path
        if path == "/data_attributes":
            return httpx.Response(200, json=full)
        is_list = path in LISTS and (path != "/events" or "summary" in request.url.params)
        return lists(request) if is_list else whole(request)

    live = workspace(answer)
    sampled = live.start_sample(sample_request(1_000, occurrences=occurrences))
    assert len(live.survey(counts=True).snapshot.attributes) == 250
    assert len(sampled.result().contacts) == 1_000
    assert live.calls <= LIST_CALLS + sample_request(1_000, occurrences=occurrences).calls <= BUDGET == 30


def test_nothing_is_read_of_another_workspace_than_the_one_that_is_named() -> None:
    asked: set[str] = set()

    def answer(request: httpx.Request) -> httpx.Response:
        asked.add(request.url.path)
        return lists(request)

    target = replace(TARGET, app_id="other")
    live = HttpWorkspace(target, Client(target, transport=httpx.MockTransport(answer)))
    with pytest.raises(WrongWorkspace):
        live.survey()
    with pytest.raises(WrongWorkspace):
        live.start_sample(SampleRequest(contacts=10)).result()
    assert asked == {"/me"}


# --- counts -------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("answer", "count"), [({"data": [person(1)], "total_count": 42}, 42), ({"data": [person(1)]}, 1)]
)
def test_contacts_are_counted_in_one_call(answer: dict[str, Any], count: int) -> None:
    bodies: list[Any] = []

    def reply(request: httpx.Request) -> httpx.Response:
        bodies.append(json.loads(request.content))
        return httpx.Response(200, json=answer)

    query = {"field": "tag_id", "operator": "=", "value": "t1"}
    assert workspace(reply).count_contacts(query) == count
    assert bodies == [{"query": query, "pagination": {"per_page": 1}}]
