"""What belongs to a contact: all of it, a page at a time, and nothing of one that is gone."""

from __future__ import annotations

import time
from collections.abc import Mapping
from typing import Any

import httpx
import pytest

from intercom_iac.diagnostics import Conflict, UnexpectedResponse, WrongWorkspace
from intercom_iac.workspace import Client, HttpWorkspace, Target
from intercom_iac.workspace.intercom.belongings import Belongings
from support.deliveries import TARGET, Observed, open_client

LIVE = Target("live", base_url="https://api.intercom.io")


class Pages:
    """Answers in turn, and what was asked for them; the last one again, a few times."""

    def __init__(self, *answers: Mapping[str, Any], status: int = 200) -> None:
        self.asked: list[httpx.URL] = []
        self._answers = answers
        self._status = status

    def __call__(self, request: httpx.Request) -> httpx.Response:
        self.asked.append(request.url)
        assert len(self.asked) < 10, "it asks without an end"
        answer = self._answers[min(len(self.asked), len(self._answers)) - 1]
        return httpx.Response(self._status, json=answer)

    @property
    def belongings(self) -> Belongings:
        client = Client(LIVE, transport=httpx.MockTransport(self), sleep=lambda _: None)
        return HttpWorkspace(LIVE, client).belongings()


def test_companies_tags_and_events_of_a_contact() -> None:
    """As many as do not fit on one page of the workspace."""
    now = int(time.time())
    with Observed() as sandbox:
        client = open_client(sandbox)
        ann = str(client.post("/contacts", {"external_id": "ann"})["id"])
        bob = str(client.post("/contacts", {"external_id": "bob"})["id"])
        for at in range(60):
            company = client.post("/companies", {"company_id": f"c{at}"})["id"]
            client.post(f"/contacts/{ann}/companies", {"id": company})
        for at in range(12):
            tag = client.post("/tags", {"name": f"t{at}"})["id"]
            client.post(f"/contacts/{ann}/tags", {"id": tag})
        for at in range(160):
            client.post("/events", {"event_name": "paid", "created_at": now - 1_000 + at, "id": ann})
        belongings = HttpWorkspace(TARGET, client).belongings()
        companies = {company["company_id"] for company in belongings.companies(ann)}
        assert companies == {f"c{at}" for at in range(60)}
        assert {tag["name"] for tag in belongings.tags(ann)} == {f"t{at}" for at in range(12)}
        moments = [event["created_at"] for event in belongings.events(ann)]
        assert moments == [now - 1_000 + at for at in reversed(range(160))], "newest first, each once"
        for read in (belongings.companies, belongings.tags, belongings.events):
            assert read(bob) == []


def test_of_a_contact_that_is_gone_there_is_nothing() -> None:
    with Observed() as sandbox:
        belongings = HttpWorkspace(TARGET, open_client(sandbox)).belongings()
        for read in (belongings.companies, belongings.tags, belongings.events):
            assert read("6a0000000000000000000000") == []
        assert len(sandbox.asked) == 3


def test_an_identifier_is_one_element_of_a_path() -> None:
    pages = Pages({"data": []})
    pages.belongings.tags("6a/../7")
    assert pages.asked[0].raw_path == b"/contacts/6a%2F..%2F7/tags"


def test_another_refusal_is_not_taken_for_nothing() -> None:
    belongings = Pages({"errors": [{"message": "no"}]}, status=400).belongings
    for read in (belongings.companies, belongings.tags, belongings.events):
        with pytest.raises(Conflict, match="no"):
            read("6a")


def event_page(*names: str, following: object = None) -> dict[str, Any]:
    return {"events": [{"event_name": name} for name in names], "pages": {"next": following}}


def test_events_are_asked_for_from_where_a_page_ended() -> None:
    link = "https://api.intercom.io/events?type=user&before=17"
    pages = Pages(event_page("a", following=link), event_page("b"))
    assert [event["event_name"] for event in pages.belongings.events("6a")] == ["a", "b"]
    asked = [dict(url.params) for url in pages.asked]
    first = {"type": "user", "intercom_user_id": "6a", "per_page": "150"}
    assert asked == [first, {**first, "before": "17"}]


@pytest.mark.parametrize("last", [{"events": []}, event_page(following="/events?before=16")])
def test_an_empty_page_of_events_is_the_last(last: Mapping[str, Any]) -> None:
    pages = Pages(event_page("a", following="/events?before=17"), last)
    assert [event["event_name"] for event in pages.belongings.events("6a")] == ["a"]
    assert len(pages.asked) == 2


@pytest.mark.parametrize(("link", "calls"), [("/events?before=17", 2), ("/events?page=2", 1)])
def test_events_that_do_not_get_past_a_page(link: str, calls: int) -> None:
    pages = Pages(event_page("a", following=link))
    with pytest.raises(UnexpectedResponse, match="GET /events does not get past a page"):
        pages.belongings.events("6a")
    assert len(pages.asked) == calls


def test_nothing_that_belongs_to_contacts_of_another_workspace_is_read() -> None:
    target = Target("live", base_url="https://api.intercom.io", app_id="abc12345")
    pages = Pages({"app": {"id_code": "other", "name": "Other", "timezone": "UTC"}})
    with pytest.raises(WrongWorkspace):
        HttpWorkspace(target, Client(target, transport=httpx.MockTransport(pages))).belongings()
    assert [url.path for url in pages.asked] == ["/me"]
