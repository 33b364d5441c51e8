"""Single contacts, companies and events over the API: every page once, by as few calls as it takes."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import Any

import httpx
import pytest

from intercom_iac.diagnostics import Conflict, UnexpectedResponse, Unreachable, Unsettled, WrongWorkspace
from intercom_iac.model.limits import REGISTRAR_EXTERNAL_ID
from intercom_iac.sandbox import Sandbox, Switches
from intercom_iac.workspace import Client, ExistingContact, HttpWorkspace, Records, Target, existing_contact
from support.deliveries import TARGET, Observed, open_client

EVERYBODY = {"field": "role", "operator": "IN", "value": ["user", "lead"]}
LIVE = Target("live", base_url="https://api.intercom.io", app_id="abc12345")


@pytest.fixture
def sandbox() -> Iterator[Observed]:
    with Observed() as sandbox:
        yield sandbox


@pytest.fixture
def client(sandbox: Observed) -> Client:
    return open_client(sandbox)


@pytest.fixture
def records(client: Client) -> Records:
    return HttpWorkspace(TARGET, client).records()


def answering(answer: Callable[[httpx.Request], dict[str, Any]]) -> Records:
    def respond(request: httpx.Request) -> httpx.Response:
        return httpx.Response(200, json=answer(request))

    transport = httpx.MockTransport(respond)
    target = Target("live", base_url="https://api.intercom.io")
    return HttpWorkspace(target, Client(target, transport=transport, sleep=lambda _: None)).records()


def add_people(sandbox: Observed, client: Client, number: int) -> None:
    for at in range(number):
        client.post("/contacts", {"external_id": f"u{at}", "email": f"U{at}@example.com"})
    client.post("/contacts", {"external_id": REGISTRAR_EXTERNAL_ID})
    sandbox.asked.clear()


def test_every_contact_of_a_search_comes_once(sandbox: Observed, client: Client, records: Records) -> None:
    add_people(sandbox, client, 310)
    pages = list(records.search_contacts(EVERYBODY))
    assert len(pages) == 3
    found = [contact["external_id"] for page in pages for contact in page]
    assert sorted(found) == sorted(f"u{at}" for at in range(310)), "the registrar is not among them"
    assert records.count_contacts(EVERYBODY) == 311
    assert records.calls == client.calls


def test_keys_are_looked_up_150_a_call(sandbox: Observed, client: Client, records: Records) -> None:
    add_people(sandbox, client, 310)
    wanted = [f"u{at}" for at in range(0, 620, 2)]
    found = records.contacts_with("external_id", wanted)
    assert sorted(contact["external_id"] for contact in found) == sorted(wanted[:155])
    assert len(sandbox.asked) == 3
    assert records.contacts_with("external_id", [REGISTRAR_EXTERNAL_ID]) == []
    ids = [contact["id"] for contact in found]
    assert {contact["id"] for contact in records.contacts_with("id", ids)} == set(ids)
    assert records.contacts_with("external_id", []) == []


def test_addresses_are_looked_for_in_lower_case_too(
    sandbox: Observed, client: Client, records: Records
) -> None:
    client.post("/contacts", {"external_id": "u0", "email": "ann@example.com"})
    client.post("/contacts", {"external_id": "u1", "email": "Bob@example.com"})
    sandbox.asked.clear()
    found = records.contacts_with("email", ["Ann@example.com", "Bob@example.com"])
    assert {contact["external_id"] for contact in found} == {"u0", "u1"}
    assert len(sandbox.asked) == 1


def test_a_contact_by_its_ids(client: Client, records: Records) -> None:
    user = str(client.post("/contacts", {"external_id": "a/b c", "email": "ann@example.com"})["id"])
    lead = str(client.post("/contacts", {"role": "lead", "email": "ann@example.com"})["id"])
    registrar = str(client.post("/contacts", {"external_id": REGISTRAR_EXTERNAL_ID})["id"])
    assert (records.contact(user) or {})["id"] == user
    assert (records.contact_with_external_id("a/b c") or {})["id"] == user
    assert records.contact_with_external_id("nobody") is None
    assert records.contact(registrar) is None
    assert records.contact_with_external_id(REGISTRAR_EXTERNAL_ID) is None
    assert records.contact_state(user) == "present"
    client.post("/contacts/merge", {"from": lead, "into": user})
    assert records.contact(lead) is None
    assert records.contact_state(lead) == "merged"
    client.post(f"/contacts/{user}/archive", {})
    assert records.contact(user) is None
    assert records.contact_state(user) == "gone"


def test_other_refusals_of_a_read_are_not_taken_for_an_answer() -> None:
    def respond(request: httpx.Request) -> httpx.Response:
        return httpx.Response(400, json={"errors": [{"message": "no"}]})

    target = Target("live", base_url="https://api.intercom.io")
    client = Client(target, transport=httpx.MockTransport(respond))
    records = HttpWorkspace(target, client).records()
    for read in (records.contact, records.contact_state):
        with pytest.raises(Conflict):
            read("6a")


def test_companies_by_numbered_pages(sandbox: Observed, client: Client, records: Records) -> None:
    person = client.post("/contacts", {"external_id": "u0"})["id"]
    for at in range(65):
        company = client.post("/companies", {"company_id": f"c{at}", "name": f"C {at}"})["id"]
        client.post(f"/contacts/{person}/companies", {"id": company})
    client.post("/companies", {"company_id": "empty"})
    sandbox.asked.clear()
    found = [company["company_id"] for page in records.companies() for company in page]
    assert sorted(found) == sorted(f"c{at}" for at in range(65))
    assert len(sandbox.asked) == 2
    assert (records.company("empty") or {})["company_id"] == "empty", "it has no people"
    assert records.company("none") is None


class Scrolling:
    """More companies than numbered pages reach; another program's scroll is open for so many calls."""

    def __init__(self, companies: int, told: int, busy: int = 0, lose: int = 0) -> None:
        self.companies, self.told, self.busy, self.lose = companies, told, busy, lose
        self.at = 0

    def __call__(self, request: httpx.Request) -> httpx.Response:
        if request.url.path == "/companies/list":
            return httpx.Response(200, json={"data": [{"id": "c0"}], "total_count": self.told, "pages": {}})
        if "scroll_param" not in request.url.params:
            if self.busy:
                self.busy -= 1
                return httpx.Response(400, json={"errors": [{"code": "scroll_exists", "message": "exists"}]})
            self.at = 0
        if self.lose and self.at == 100:
            self.lose -= 1
            self.at += 100
        page = [{"id": f"c{at}"} for at in range(self.at, min(self.at + 100, self.companies))]
        self.at += 100
        return httpx.Response(200, json={"data": page, "scroll_param": "s"})

    @property
    def records(self) -> Records:
        target = Target("live", base_url="https://api.intercom.io")
        client = Client(target, transport=httpx.MockTransport(self), sleep=lambda _: None)
        return HttpWorkspace(target, client).records()


@pytest.mark.parametrize("trouble", [{}, {"busy": 2}, {"lose": 1}])
def test_companies_by_a_scroll(trouble: dict[str, int]) -> None:
    workspace = Scrolling(10_050, told=10_050, **trouble)
    found = [company["id"] for page in workspace.records.companies() for company in page]
    assert len(found) == len(set(found)) == 10_050


def test_a_scroll_that_another_program_keeps_open() -> None:
    with pytest.raises(Conflict, match="exists"):
        list(Scrolling(10_050, told=10_050, busy=9).records.companies())


def test_companies_that_do_not_all_come() -> None:
    with pytest.raises(Unsettled, match="read 3 times, and 10050 of 10060 came"):
        list(Scrolling(10_050, told=10_060).records.companies())


def test_a_company_as_the_object_itself() -> None:
    records = answering(lambda _: {"type": "company", "id": "6a", "company_id": "acme"})
    assert (records.company("acme") or {})["id"] == "6a"
    assert answering(lambda _: {"data": []}).company("acme") is None


@pytest.mark.parametrize(
    "page",
    [
        {"data": [{"id": "1"}], "pages": {"next": {"starting_after": "x"}}},
        {"data": [{"id": "1"}, {"id": 5}]},
        {"data": [{}]},
        {"data": [{"id": "1", "custom_attributes": []}]},
    ],
)
def test_a_wrong_answer_is_named(page: dict[str, Any]) -> None:
    records = answering(lambda _: page)
    with pytest.raises(UnexpectedResponse, match="POST /contacts/search"):
        list(records.search_contacts(EVERYBODY))


def test_a_page_whose_contacts_came_before_is_no_end() -> None:
    """One that moved is on two pages: it comes once."""
    pages = iter(
        [
            {"data": [{"id": "1"}, {"id": "2"}], "pages": {"next": {"starting_after": "a"}}},
            {"data": [{"id": "2"}, {"id": "3"}], "pages": {"next": {"starting_after": "b"}}},
            {"data": [], "pages": {"next": {"starting_after": "c"}}},
        ]
    )
    records = answering(lambda _: next(pages))
    found = [contact["id"] for page in records.search_contacts(EVERYBODY) for contact in page]
    assert found == ["1", "2", "3"]


def test_events_and_companies_are_sent_again_and_creates_are_not() -> None:
    asked: list[str] = []

    def respond(request: httpx.Request) -> httpx.Response:
        asked.append(request.url.path)
        if len(asked) % 2:
            raise httpx.RemoteProtocolError("gone", request=request)
        return httpx.Response(200, json={"id": "6a"})

    target = Target("live", base_url="https://api.intercom.io")
    client = Client(target, transport=httpx.MockTransport(respond), sleep=lambda _: None)
    records = HttpWorkspace(target, client).records()
    records.send_event({})
    records.upsert_company({"company_id": "acme"})
    records.tag_contact("6a", "1")
    records.untag_contact("6a", "1")
    records.tag_company("6a", "vip")
    records.untag_company("6a", "vip")
    assert len(asked) == 12
    with pytest.raises(Unreachable, match="was closed") as lost:
        records.create_contact({"external_id": "u0"})
    assert lost.value.maybe_done


@pytest.mark.parametrize(
    ("message", "found"),
    [
        (
            "Intercom refused the change: A contact matching those details already exists with id=6a9",
            ExistingContact("6a9", archived=False),
        ),
        (
            "An archived contact matching those details already exists with id=6a-9.",
            ExistingContact("6a-9", archived=True),
        ),
        ("You already have 'X' in your company data", None),
    ],
)
def test_the_contact_that_a_refusal_names(message: str, found: ExistingContact | None) -> None:
    assert existing_contact(Conflict(message)) == found


def test_search_lag_does_not_reach_reads_by_id() -> None:
    with Sandbox(None, switches=Switches(search_lag=60), clock=lambda: 1_700_000_000.0) as sandbox:
        records = HttpWorkspace(TARGET, open_client(sandbox)).records()
        made = records.create_contact({"external_id": "u0"})
        assert records.contacts_with("external_id", ["u0"]) == []
        assert (records.contact_with_external_id("u0") or {})["id"] == made["id"]
        assert records.contact(str(made["id"])) is not None


def test_an_update_changes_what_it_names_alone(records: Records) -> None:
    made = records.create_contact({"external_id": "u0", "name": "Ann", "email": "ann@example.com"})
    live_id = str(made["id"])
    assert records.update_contact(live_id, {"name": "Anna"})["name"] == "Anna"
    found = records.contact(live_id) or {}
    assert (found["name"], found["email"]) == ("Anna", "ann@example.com")


def test_each_pause_before_another_try_is_longer() -> None:
    slept: list[float] = []
    target = Target("live", base_url="https://api.intercom.io")
    transport = httpx.MockTransport(lambda _: httpx.Response(500))
    records = HttpWorkspace(target, Client(target, transport=transport, sleep=slept.append)).records()
    for attempt in (1, 3, 5):
        records.back_off(attempt)
    assert 0 < slept[0] < slept[1] < slept[2]
    assert records.calls == 0


def test_nothing_of_another_workspace_is_read() -> None:
    def respond(request: httpx.Request) -> httpx.Response:
        return httpx.Response(200, json={"app": {"id_code": "other", "name": "Other", "timezone": "UTC"}})

    client = Client(LIVE, transport=httpx.MockTransport(respond))
    with pytest.raises(WrongWorkspace):
        HttpWorkspace(LIVE, client).records()


def test_more_batches_than_may_be_under_way(sandbox: Observed, client: Client, records: Records) -> None:
    add_people(sandbox, client, 3)
    wanted = [f"x{at}" for at in range(150 * client.parallelism)]
    found = records.contacts_with("external_id", ["u0", *wanted, "u1"])
    assert {contact["external_id"] for contact in found} == {"u0", "u1"}
    assert len(sandbox.asked) == client.parallelism + 1


def test_numbered_pages_that_end_early() -> None:
    """The list is shorter than it said: a page past its end has nothing."""
    pages = iter(
        [
            {"data": [{"id": "c0"}], "total_count": 2, "pages": {"total_pages": 2}},
            {"data": [], "total_count": 1, "pages": {"total_pages": 1}},
            {"data": [{"id": "c1"}], "total_count": 1, "pages": {"total_pages": 1}},
        ]
    )
    records = answering(lambda _: next(pages))
    assert [company["id"] for page in records.companies() for company in page] == ["c0", "c1"]


def test_a_scroll_that_cannot_go_on() -> None:
    scrolling = {"data": [{"id": "c0"}], "total_count": 10_001, "scroll_param": 5}
    records = answering(lambda _: scrolling)
    with pytest.raises(UnexpectedResponse, match="no text in `scroll_param`"):
        list(records.companies())


def test_no_companies() -> None:
    assert list(answering(lambda _: {"data": []}).companies()) == []
