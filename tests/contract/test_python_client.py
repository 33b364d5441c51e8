"""Intercom's official Python client against the workspace, over HTTP.

The client is generated from the API's description 2.14 and speaks 2.16 where told to. The same tests run against a
real workspace (see conftest.py); that has not been done yet, as it takes a token.
"""

from __future__ import annotations

import socket
import time
from collections.abc import Iterator

import httpx
import pytest
from intercom import Intercom
from intercom.core.api_error import ApiError
from intercom.errors import (
    BadRequestError,
    NotFoundError,
    UnauthorizedError,
    UnprocessableEntityError,
)
from pytest_socket import SocketConnectBlockedError

from support.api_description import DESCRIPTION
from support.description_judge import judge_response

VERSION = {"Intercom-Version": "2.16"}
EVENT = "iac-contract-checked"
"""One name for all runs: an event's name stays in its workspace for good."""


@pytest.fixture
def http(workspace_url_and_token) -> Iterator[httpx.Client]:
    """What carries the client's calls, and has every answer judged by the official description where that lies here.

    Closed afterwards, which the client has no method for.
    """
    place, mistakes = workspace_url_and_token, []

    def judge(response: httpx.Response) -> None:
        request, kind = response.request, response.headers.get("content-type", "")
        found = judge_response(request.method, request.url.path, response.status_code, kind, response.read())
        mistakes.extend(f"{request.method} {request.url}: {each}" for each in found)

    hooks = {"response": [judge] if DESCRIPTION.exists() else []}
    headers = {"Authorization": f"Bearer {place.token}", **VERSION}
    with httpx.Client(
        base_url=place.url, headers=headers, timeout=30, trust_env=place.is_real, event_hooks=hooks
    ) as http:
        yield http
    assert mistakes == []


@pytest.fixture
def intercom(workspace_url_and_token, http: httpx.Client) -> Intercom:
    place = workspace_url_and_token
    return Intercom(token=place.token, base_url=place.url, headers=VERSION, httpx_client=http)


@pytest.fixture
def contact(intercom: Intercom, made, run: str):
    """Makes users, each with the run's name, and removes them again."""

    def make(number: int = 0, **more):
        details = {"role": "user", "external_id": f"{run} {number}", "name": f"{run} {number}"} | more
        person = intercom.contacts.create(request=details)
        made.add(f"contact {person.id}", lambda: intercom.contacts.delete(person.id))
        return person

    return make


@pytest.fixture
def attribute(intercom: Intercom, made):
    """Makes attributes and archives them again: Intercom deletes none."""

    def make(name: str, **more):
        request = {"name": name, "model": "contact", "data_type": "string"} | more
        attribute = intercom.data_attributes.create(request=request)
        made.add(
            f"attribute {name}",
            lambda: intercom.data_attributes.update(attribute.id, request={"archived": True}),
        )
        return attribute

    return make


def error_of(error: ApiError) -> tuple[str | None, str | None]:
    """Code and message, whether the client knows the status' body as a type or not."""
    body = error.body
    first = body["errors"][0] if isinstance(body, dict) else body.errors[0]
    return (first["code"], first["message"]) if isinstance(first, dict) else (first.code, first.message)


def test_the_network_is_open_to_a_real_workspace_only(workspace_url_and_token, request) -> None:
    opened = request.node.get_closest_marker("enable_socket") is not None
    assert opened == workspace_url_and_token.is_real
    if not opened:
        with pytest.warns(UserWarning, match="tried to use"), pytest.raises(SocketConnectBlockedError):
            socket.create_connection(("192.0.2.1", 80), timeout=1)


def test_me(intercom: Intercom) -> None:
    me = intercom.admins.identify()
    assert me is not None
    assert me.app is not None
    assert (me.type, me.app.type) == ("admin", "app")
    assert me.app.id_code
    assert me.app.timezone
    assert isinstance(me.has_inbox_seat, bool)


def test_attributes_from_create_to_archive(intercom: Intercom, attribute, run: str) -> None:
    created = attribute(run, description="first", messenger_writable=True)
    assert (created.type, created.name, created.label) == ("data_attribute", run, run)
    assert (created.full_name, created.model) == (f"custom_attributes.{run}", "contact")
    assert (created.data_type, created.description) == ("string", "first")
    assert (created.custom, created.archived, created.messenger_writable) == (True, False, True)
    assert created.created_at is not None

    listed = intercom.data_attributes.list(model="contact")
    assert listed.type == "list"
    assert created.id in {each.id for each in listed.data or []}
    assert {each.model for each in listed.data or []} == {"contact"}
    assert created.id not in {each.id for each in intercom.data_attributes.list(model="company").data or []}

    changes = {"description": "second", "messenger_writable": False}
    changed = intercom.data_attributes.update(created.id, request=changes)
    assert (changed.id, changed.description, changed.messenger_writable) == (created.id, "second", False)

    archived = intercom.data_attributes.update(created.id, request={"archived": True})
    assert archived.archived is True
    assert archived.description == "second"
    assert created.id not in {each.id for each in intercom.data_attributes.list().data or []}
    kept = {each.id: each for each in intercom.data_attributes.list(include_archived=True).data or []}
    assert kept[created.id].archived is True

    restored = intercom.data_attributes.update(created.id, request={"archived": False})
    assert restored.archived is False
    assert created.id in {each.id for each in intercom.data_attributes.list().data or []}


def test_an_attribute_with_options(intercom: Intercom, attribute, run: str) -> None:
    options = [{"value": "free"}, {"value": "pro"}]
    created = attribute(run, model="company", data_type="options", options=options)
    assert (created.model, created.data_type, created.options) == ("company", "string", ["free", "pro"])
    changed = intercom.data_attributes.update(
        created.id, request={"options": [*options, {"value": "enterprise"}]}
    )
    assert changed.options == ["free", "pro", "enterprise"]


def test_contacts_from_create_to_delete(intercom: Intercom, contact, attribute, run: str) -> None:
    attribute(run)
    created = contact(custom_attributes={run: "blue"}, unsubscribed_from_emails=True)
    assert (created.type, created.role, created.name) == ("contact", "user", f"{run} 0")
    assert created.custom_attributes[run] == "blue"
    assert created.unsubscribed_from_emails is True
    assert intercom.contacts.find(created.id).external_id == created.external_id
    assert intercom.contacts.show_contact_by_external_id(created.external_id).id == created.id

    changed = intercom.contacts.update(created.id, name=f"{run} renamed", custom_attributes={run: "green"})
    assert (changed.id, changed.name) == (created.id, f"{run} renamed")
    assert changed.custom_attributes[run] == "green"

    assert intercom.contacts.archive(created.id).archived is True
    assert intercom.contacts.unarchive(created.id).archived is False

    deleted = intercom.contacts.delete(created.id)
    assert (deleted.id, deleted.deleted) == (created.id, True)
    with pytest.raises(ApiError) as caught:
        intercom.contacts.find(created.id)
    assert caught.value.status_code == 404


def test_a_lead_merged_into_a_user(intercom: Intercom, contact, run: str) -> None:
    email = f"{run.replace(' ', '.')}@example.com"
    user = contact(email=email)
    lead = contact(1, role="lead", external_id=None, email=email)
    merged = intercom.contacts.merge_lead_in_user(lead_id=lead.id, contact_id=user.id)
    assert (merged.id, merged.role) == (user.id, "user")
    # The client, being of 2.14, has no name for the 410.
    with pytest.raises(ApiError) as caught:
        intercom.contacts.find(lead.id)
    assert caught.value.status_code == 410


def test_the_list_of_contacts_ends(intercom: Intercom, contact, some, workspace_url_and_token) -> None:
    made = {contact(number).id for number in range(5)}
    listed = [each.id for each in some(intercom.contacts.list(per_page=2))]
    assert len(listed) == len(set(listed))
    # Of a real workspace's people only the first are read, and their order is not established.
    assert workspace_url_and_token.is_real or made <= set(listed)


def test_a_search_paged_by_hand(intercom: Intercom, contact, eventually, run: str) -> None:
    """The client's own pager of searches asks for the same page for ever (5.0.1, contacts/raw_client.py)."""
    made = {contact(number).id for number in range(5)}
    query = {"field": "name", "operator": "^", "value": run}

    def search(starting_after: str | None = None):
        place = {} if starting_after is None else {"starting_after": starting_after}
        return intercom.contacts.search(query=query, pagination={"per_page": 2, **place}).response

    first = eventually(search, lambda page: page.total_count == 5)
    assert (first.type, first.pages.per_page, first.pages.total_pages) == ("list", 2, 3)
    found, sizes, page = [], [], first
    while True:
        found += [each.id for each in page.data]
        sizes.append(len(page.data))
        if page.pages.next is None:
            break
        assert len(sizes) < 4, "the pages do not end"
        page = search(page.pages.next.starting_after)
    assert sizes == [2, 2, 1]
    assert len(found) == len(set(found))
    assert set(found) == made


def test_a_search_in_groups(intercom: Intercom, contact, attribute, eventually, run: str) -> None:
    attribute(run, data_type="integer")
    people = {number: contact(number, custom_attributes={run: number}).id for number in range(4)}
    field = f"custom_attributes.{run}"
    query = {
        "operator": "AND",
        "value": [
            {"field": "name", "operator": "^", "value": run},
            {"field": field, "operator": ">", "value": 0},
            {"field": field, "operator": "!=", "value": 2},
        ],
    }
    found = eventually(
        lambda: {each.id for each in intercom.contacts.search(query=query).response.data},
        lambda ids: len(ids) == 2,
    )
    assert found == {people[1], people[3]}


def test_events(intercom: Intercom, contact, eventually) -> None:
    person = contact()
    now = int(time.time())
    for seconds in (0, 60):
        sent = {
            "event_name": EVENT,
            "created_at": now - seconds,
            "user_id": person.external_id,
            "metadata": {"part": "events"},
        }
        assert intercom.events.create(request=sent) is None

    # The client knows the summary's shape only, and keeps what it does not know as it came.
    listed = eventually(
        lambda: intercom.events.list(type="user", user_id=person.external_id),
        lambda answer: len(answer.events or []) == 2,
    )
    assert listed.type == "event.list"
    summary = intercom.events.list(type="user", user_id=person.external_id, summary=True)
    assert summary.type == "event.summary"
    (only,) = summary.events or []
    assert only is not None
    assert (only.name, only.count) == (EVENT, 2)


def test_tags(intercom: Intercom, contact, made, run: str) -> None:
    tag = intercom.tags.create(request={"name": run})
    made.add(f"tag {tag.id}", lambda: intercom.tags.delete(tag.id))
    assert (tag.type, tag.name) == ("tag", run)
    assert tag.id in {each.id for each in intercom.tags.list().data}
    assert intercom.tags.find(tag.id).name == run
    assert intercom.tags.create(request={"id": tag.id, "name": f"{run} renamed"}).id == tag.id
    assert intercom.tags.find(tag.id).name == f"{run} renamed"

    person = contact()
    assert intercom.tags.tag_contact(person.id, tag_id=tag.id).id == tag.id
    assert [each.id for each in intercom.contacts.list_attached_tags(person.id).data] == [tag.id]
    assert intercom.tags.untag_contact(person.id, tag.id).id == tag.id
    assert intercom.contacts.list_attached_tags(person.id).data == []

    intercom.tags.delete(tag.id)
    with pytest.raises(NotFoundError):
        intercom.tags.find(tag.id)


@pytest.fixture
def company(intercom: Intercom, made, run: str):
    def make(number: int = 0, **more):
        request = {"company_id": f"{run} {number}", "name": f"{run} {number}"} | more
        made_one = intercom.companies.create_or_update(request=request)
        made.add(f"company {made_one.id}", lambda: intercom.companies.delete(made_one.id))
        return made_one

    return make


def test_companies_from_create_to_delete(intercom: Intercom, company, contact, run: str) -> None:
    created = company(plan="pro", size=12, monthly_spend=49)
    assert (created.type, created.company_id, created.name) == ("company", f"{run} 0", f"{run} 0")
    assert (created.size, created.monthly_spend) == (12, 49)
    assert created.plan is not None
    assert created.plan.name == "pro"
    assert company(name=f"{run} again").id == created.id
    assert intercom.companies.find(created.id).name == f"{run} again"
    assert intercom.companies.update(created.id, request={"website": "https://x.example"}).id == created.id
    assert intercom.companies.find(created.id).website == "https://x.example"

    person = contact()
    assert intercom.companies.attach_contact(person.id, company_id=created.id).id == created.id
    assert [each.id for each in intercom.companies.list_attached_contacts(created.id).data] == [person.id]
    # The description's example has `data` and its schema `companies`, which is where the client looks in vain.
    attached = intercom.contacts.list_attached_companies(person.id).response
    assert [each["id"] for each in attached.data] == [created.id]
    assert intercom.companies.list_attached_segments(created.id).data == []
    assert intercom.companies.detach_contact(person.id, created.id).id == created.id
    assert intercom.companies.list_attached_contacts(created.id).data == []

    deleted = intercom.companies.delete(created.id)
    assert (deleted.id, deleted.deleted) == (created.id, True)
    with pytest.raises(NotFoundError):
        intercom.companies.find(created.id)


def test_the_lists_of_companies_end(intercom: Intercom, company, contact, embedded) -> None:
    """The client's pager asks for page after page until one is empty."""
    person = contact()
    made = {company(number).id for number in range(5)}
    for each in made:
        intercom.companies.attach_contact(person.id, company_id=each)
    listed = [each.id for each in intercom.companies.list(per_page=2)]
    assert len(listed) == len(set(listed))
    assert made <= set(listed)
    assert made <= {each.id for each in intercom.companies.scroll()}


def test_segments(intercom: Intercom, contact) -> None:
    listed = intercom.segments.list(include_count=True)
    assert listed.type == "segment.list"
    for segment in listed.segments:
        assert (segment.type, isinstance(segment.count, int)) == ("segment", True)
        assert segment.person_type in ("contact", "user")
    for segment in listed.segments[:3]:
        assert intercom.segments.find(segment.id).name == segment.name
    assert {each.type for each in intercom.contacts.list_attached_segments(contact().id).data} <= {"segment"}


def test_400_for_a_name_that_is_taken(intercom: Intercom, attribute, run: str) -> None:
    attribute(run)
    with pytest.raises(BadRequestError) as caught:
        intercom.data_attributes.create(request={"name": run, "model": "company", "data_type": "string"})
    code, message = error_of(caught.value)
    assert code == "parameter_invalid"
    assert message == (
        f"You already have '{run}' in your people data. To save this as new company data, use a different name."
    )


def test_401_for_a_token_that_opens_nothing(intercom: Intercom) -> None:
    """Any token opens the embedded workspace; a scheme that is none of Intercom's opens neither."""
    with pytest.raises(UnauthorizedError) as caught:
        intercom.tags.list(request_options={"additional_headers": {"Authorization": "Basic x"}})
    assert error_of(caught.value)[0] == "unauthorized"


NOWHERE = "000000000000000000000000"


@pytest.mark.parametrize(
    ("resource", "call"),
    [
        ("segments", lambda intercom: intercom.segments.find(NOWHERE)),
        ("companies", lambda intercom: intercom.companies.find(NOWHERE)),
        ("tags", lambda intercom: intercom.tags.find("999999999999")),
        ("tags of a contact", lambda intercom: intercom.contacts.list_attached_tags(NOWHERE)),
        ("attributes", lambda intercom: intercom.data_attributes.update(999_999_999, request={})),
    ],
)
def test_404_for_what_is_not_there(intercom: Intercom, resource: str, call) -> None:
    with pytest.raises(NotFoundError) as caught:
        call(intercom)
    code, message = error_of(caught.value)
    assert (code or "").endswith("not_found")
    assert message


def test_404_that_the_client_does_not_list(intercom: Intercom) -> None:
    with pytest.raises(ApiError) as caught:
        intercom.contacts.find(NOWHERE)
    assert (caught.value.status_code, error_of(caught.value)[0]) == (404, "not_found")


def test_events_about_someone_unknown(intercom: Intercom, run: str) -> None:
    sent = {"event_name": EVENT, "created_at": int(time.time()), "user_id": f"{run} nobody"}
    with pytest.raises(ApiError) as caught:
        intercom.events.create(request=sent)
    assert caught.value.status_code == 404


def test_409_for_a_person_who_exists(intercom: Intercom, contact) -> None:
    person = contact()
    with pytest.raises(ApiError) as caught:
        contact()
    assert caught.value.status_code == 409
    code, message = error_of(caught.value)
    assert code == "conflict"
    assert person.id in (message or "")


def test_422_for_an_attribute_in_use(
    intercom: Intercom, http: httpx.Client, attribute, made, run: str, embedded
) -> None:
    """That an audience is what an attribute may not be archived under is an assumption; the client has none."""
    used = attribute(run)
    predicate = {
        "attribute": f"custom_attributes.{run}",
        "type": "string",
        "comparison": "eq",
        "value": "x",
    }
    audience = (
        http.post("/audiences", json={"name": run, "predicates": [predicate]}).raise_for_status().json()
    )
    made.add("audience", lambda: http.delete(f"/audiences/{audience['id']}").raise_for_status())
    with pytest.raises(UnprocessableEntityError) as caught:
        intercom.data_attributes.update(used.id, request={"archived": True})
    assert error_of(caught.value)[0] == "data_invalid"


def test_422_that_the_client_does_not_list(intercom: Intercom) -> None:
    with pytest.raises(ApiError) as caught:
        intercom.data_attributes.list(model="conversation")
    assert caught.value.status_code == 422
    assert error_of(caught.value)[0] == "parameter_invalid"
