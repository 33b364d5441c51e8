"""What the embedded workspace answers, judged by Intercom's official description of API 2.16."""

import json
import re
from collections.abc import Callable, Iterator
from datetime import date
from typing import Any

import pytest

from intercom_iac.sandbox import Request, Sandbox, add_segment, seed
from intercom_iac.sandbox.router import ROUTES
from support.api_description import description, plain, problems, where_described

pytestmark = where_described

Call = Callable[..., tuple[int, Any]]


def response_schema(method: str, path: str, status: int) -> dict[str, Any] | None:
    """The schema of an answer's body, None where the description gives none."""
    response = description()["paths"][path][method.lower()]["responses"][str(status)]
    content = response.get("content")
    return plain(content["application/json"]["schema"]) if content else None


@pytest.fixture
def call() -> Iterator[Call]:
    with Sandbox(None, clock=lambda: 1_790_000_000) as sandbox:

        def call(method: str, path: str, body: Any = None, **query: str) -> tuple[int, Any]:
            raw = b"" if body is None else json.dumps(body).encode()
            response = sandbox.handle(Request(method, path, query, {"authorization": "Bearer x"}, raw))
            return response.status, json.loads(response.body) if response.body else None

        options = [{"value": value} for value in ("free", "trial", "pro", "enterprise")]
        for body in (
            {
                "name": "plan_type",
                "model": "contact",
                "data_type": "options",
                "options": options,
                "description": "x",
            },
            {"name": "trial_end_date", "model": "contact", "data_type": "date"},
            {"name": "region", "model": "company", "data_type": "string"},
        ):
            assert call("POST", "/data_attributes", body)[0] == 200
        seed(sandbox, today=date(2026, 9, 21), people=30)
        add_segment(sandbox, "By hand")
        add_segment(sandbox, "By query", query=QUERY)
        sandbox.timezone = "Europe/Dublin"  # for the log
        yield call


def test_the_judge_finds_mistakes():
    schema = {"$ref": "#/components/schemas/data_attribute"}
    assert problems(schema, {"type": "data_attribute", "data_type": "options"})
    assert problems({"$ref": "#/components/schemas/contact"}, {"companies": {"total_count": "many"}})
    assert problems({"$ref": "#/components/schemas/contact"}, {"name": None}) == []
    assert problems({"$ref": "#/components/schemas/contact"}, {"id": None})


PREDICATE = {
    "attribute": "custom_attributes.plan",
    "type": "string",
    "comparison": "eq",
    "value": "enterprise",
}
QUERY = {"field": "custom_attributes.plan_type", "operator": "=", "value": "trial"}
NEW_ATTRIBUTE = {"name": "Mithril Shirt", "model": "company", "data_type": "string"}
EVENT = {"event_name": "e", "created_at": 1_790_000_000, "user_id": "user-1-00001", "metadata": {"k": "v"}}
NEW_CONTACT = {"email": "joe@x.example", "name": "Joe", "avatar": "https://x.example/a.png", "owner_id": "1"}
NEW_COMPANY = {
    "company_id": "new",
    "name": "New",
    "plan": "pro",
    "monthly_spend": 5,
    "custom_attributes": {"region": "x"},
}

SUMMARY = {
    "user_id": "user-1-00001",
    "event_summaries": {"event_name": "e", "count": 2, "first": 5, "last": 9},
}
CONVERSATION_ATTRIBUTES = [
    {"name": "a", "data_type": "string", "multiline": True, "description": "x", "visible_to_team_ids": ["1"]},
    {"name": "b", "data_type": "list", "options": [{"label": "x"}, {"label": "y"}]},
    {
        "name": "c",
        "data_type": "relationship",
        "required": True,
        "reference": {"type": "many", "object_type_id": "order"},
    },
    *({"name": "d", "data_type": each} for each in ("integer", "decimal", "boolean", "datetime", "files")),
]

EMPTY_LISTS = (
    *("/teams", "/subscription_types", "/conversations", "/conversations/deleted", "/ticket_types"),
    *("/ticket_states", "/articles", "/help_center/collections", "/help_center/help_centers"),
    *("/news/news_items", "/news/newsfeeds"),
)

# method, path of the description, status, body, query
SIMPLE = [
    ("GET", "/me", 200, None, {}),
    ("GET", "/admins", 200, None, {}),
    ("GET", "/admins/activity_logs", 200, None, {"created_at_after": "0"}),
    ("POST", "/admins/activity_logs/search", 200, {"created_at_after": 0}, {}),
    ("GET", "/admins/activity_log_event_types", 200, None, {}),
    ("POST", "/events/summaries", 200, SUMMARY, {}),
    ("GET", "/conversations/attributes", 200, None, {"include_archived": "true"}),
    *(("POST", "/conversations/attributes", 200, body, {}) for body in CONVERSATION_ATTRIBUTES),
    ("POST", "/conversations/attributes", 422, {"name": "a", "data_type": "invalid_type"}, {}),
    ("GET", "/data_attributes", 200, None, {"include_archived": "true"}),
    ("GET", "/data_attributes", 422, None, {"model": "conversation"}),
    ("POST", "/data_attributes", 200, NEW_ATTRIBUTE, {}),
    ("POST", "/data_attributes", 400, NEW_ATTRIBUTE | {"name": "!"}, {}),
    ("POST", "/events", 202, EVENT, {}),
    ("GET", "/events", 200, None, {"type": "user", "user_id": "user-1-00001", "summary": "true"}),
    ("GET", "/segments", 200, None, {"include_count": "true"}),
    ("GET", "/audiences", 200, None, {}),
    ("POST", "/audiences", 201, {"name": "a", "predicates": [PREDICATE], "role_predicates": []}, {}),
    ("POST", "/audiences", 422, {}, {}),
    ("POST", "/contacts", 200, NEW_CONTACT, {}),
    ("POST", "/contacts", 200, {"role": "lead"}, {}),
    ("GET", "/contacts", 200, None, {"per_page": "7"}),
    ("GET", "/contacts", 200, None, {"include_merge_history": "true"}),
    ("POST", "/contacts/search", 200, {"query": QUERY, "pagination": {"per_page": 2}}, {}),
    ("POST", "/contacts/search", 200, {"query": QUERY, "pagination": {"per_page": 150}}, {}),
    ("POST", "/contacts/search", 400, {"query": QUERY, "sort": {"order": "desc"}}, {}),
    ("POST", "/companies", 200, NEW_COMPANY, {}),
    ("POST", "/companies", 200, {"company_id": "bare"}, {}),
    ("POST", "/companies", 400, {"test": "invalid"}, {}),
    ("GET", "/companies", 200, None, {"company_id": "company-1-0001"}),
    ("GET", "/companies", 404, None, {"company_id": "nope"}),
    ("POST", "/companies/list", 200, None, {}),
    ("GET", "/companies/scroll", 200, None, {}),
    ("GET", "/tags", 200, None, {}),
    ("POST", "/tags", 200, {"name": "t", "companies": [{"company_id": "company-1-0001"}]}, {}),
    ("POST", "/tags", 400, {}, {}),
    # What the workspace has none of.
    *(("GET", path, 200, None, {}) for path in EMPTY_LISTS),
    ("POST", "/conversations/search", 200, {"query": QUERY, "pagination": {"per_page": 5}}, {}),
    ("POST", "/tickets/search", 200, {"query": QUERY}, {}),
]


@pytest.mark.parametrize(("method", "path", "status", "body", "query"), SIMPLE)
def test_calls_without_an_id(call: Call, method, path, status, body, query):
    answered, content = call(method, path, body, **query)
    assert answered == status
    schema = response_schema(method, path, status)
    assert (schema is None) == (content is None)
    assert schema is None or problems(schema, content) == []


def test_unauthorized():
    with Sandbox(None) as sandbox:
        response = sandbox.handle(Request("GET", "/tags"))
    assert problems(response_schema("GET", "/tags", 401) or {}, json.loads(response.body)) == []


# method, path of the description, body; {contact}, {company} ... are taken from the workspace
NESTED = [
    ("PUT", "/data_attributes/{data_attribute_id}", {"description": "x", "messenger_writable": True}),
    ("GET", "/segments/{segment_id}", None),
    ("GET", "/audiences/{id}", None),
    ("PUT", "/audiences/{id}", {"name": "b"}),
    ("DELETE", "/audiences/{id}", None),
    ("GET", "/contacts/{contact_id}", None),
    ("PUT", "/contacts/{contact_id}", {"name": "n", "custom_attributes": {"plan_type": "pro"}}),
    ("DELETE", "/contacts/{contact_id}", None),
    ("POST", "/contacts/{contact_id}/block", None),
    ("GET", "/contacts/{id}/merge_history", None),
    ("GET", "/contacts/{contact_id}/notes", None),
    ("POST", "/contacts/{contact_id}/notes", {"body": "Hello"}),
    ("GET", "/companies/{company_id}/notes", None),
    ("POST", "/companies/{company_id}/notes", {"body": "Hello"}),
    ("GET", "/notes/{note_id}", None),
    ("GET", "/admins/{admin_id}", None),
    ("GET", "/conversations/attributes/{id}", None),
    ("PUT", "/conversations/attributes/{id}", {"name": "renamed"}),
    ("DELETE", "/conversations/attributes/{id}", None),
    ("POST", "/conversations/attributes/{id}/options", {"label": "z"}),
    ("PUT", "/conversations/attributes/{id}/options/{option_id}", {"label": "z"}),
    ("DELETE", "/conversations/attributes/{id}/options/{option_id}", None),
    ("GET", "/contacts/find_by_external_id/{external_id}", None),
    ("POST", "/contacts/{contact_id}/archive", None),
    ("POST", "/contacts/{contact_id}/unarchive", None),
    ("GET", "/contacts/{contact_id}/tags", None),
    ("POST", "/contacts/{contact_id}/tags", {"id": "{tag_id}"}),
    ("DELETE", "/contacts/{contact_id}/tags/{tag_id}", None),
    ("GET", "/contacts/{contact_id}/segments", None),
    ("GET", "/contacts/{contact_id}/subscriptions", None),
    ("GET", "/contacts/{contact_id}/companies", None),
    ("POST", "/contacts/{contact_id}/companies", {"id": "{company_id}"}),
    ("DELETE", "/contacts/{contact_id}/companies/{company_id}", None),
    ("GET", "/companies/{company_id}", None),
    ("PUT", "/companies/{company_id}", {"name": "n"}),
    ("DELETE", "/companies/{company_id}", None),
    ("GET", "/companies/{company_id}/contacts", None),
    ("GET", "/companies/{company_id}/segments", None),
    ("GET", "/tags/{tag_id}", None),
    ("DELETE", "/tags/{tag_id}", None),
]
NEVER = [
    ("/teams/{team_id}", "team_not_found", "Team not found"),
    ("/conversations/{conversation_id}", "not_found", "Resource Not Found"),
    ("/tickets/{ticket_id}", "", ""),
]


@pytest.mark.parametrize(("path", "code", "message"), NEVER)
def test_one_of_what_the_workspace_has_none_of(call: Call, path, code, message):
    """The description has no error of a ticket; the others are its examples, letter by letter."""
    status, content = call("GET", re.sub(r"\{\w+\}", "5", path))
    assert status == 404
    assert problems({"$ref": "#/components/schemas/error"}, content) == []
    if code:
        assert content["errors"] == [{"code": code, "message": message}]
        assert content["errors"][0] in list(examples(path, "get", "404"))


@pytest.mark.parametrize("known", [True, False])
@pytest.mark.parametrize(("method", "path", "body"), NESTED)
def test_calls_with_an_id(call: Call, method, path, body, known):
    contact = call("GET", "/contacts/find_by_external_id/user-1-00003")[1]
    company = call("GET", "/companies", company_id="company-1-0001")[1]["data"][0]
    tag = call("POST", "/tags", {"name": "vip", "users": [{"id": contact["id"]}]})[1]
    audience = call("POST", "/audiences", {"name": "a", "predicates": [PREDICATE]})[1]
    note = call("POST", f"/contacts/{contact['id']}/notes", {"body": "x"})[1]
    call("POST", f"/companies/{company['id']}/notes", {"body": "x"})
    options = [{"label": label} for label in "xyz"]
    listed = call(
        "POST", "/conversations/attributes", {"name": "l", "data_type": "list", "options": options}
    )[1]
    merged = call("POST", "/contacts", {"role": "lead"})[1]
    both = {"from": merged["id"], "into": contact["id"], "skip_duplicate_validation": True}
    assert call("POST", "/contacts/merge", both)[0] == 200
    whose = {"/contacts": contact["id"], "/audiences": audience["id"], "/conversations": str(listed["id"])}
    ids = {
        "data_attribute_id": "1",
        "segment_id": call("GET", "/segments")[1]["segments"][0]["id"],
        "id": whose.get(f"/{path.split('/')[1]}", ""),
        "note_id": note["id"],
        "admin_id": "1",
        "option_id": listed["options"][0]["id"],
        "contact_id": contact["id"],
        "external_id": contact["external_id"],
        "tag_id": tag["id"],
        "company_id": company["id"],
    }
    sent = None if body is None else {key: ids.get(str(value)[1:-1], value) for key, value in body.items()}
    status, content = call(method, path.format(**(ids if known else dict.fromkeys(ids, "77"))), sent)
    expected = (
        ((204,) if path.startswith("/audiences") and method == "DELETE" else (200,)) if known else (404,)
    )
    assert status in expected
    if not known:
        assert problems({"$ref": "#/components/schemas/error"}, content) == []
        return
    schema = response_schema(method, path, status)
    assert (schema is None) == (content is None)
    assert schema is None or problems(schema, content) == []


def test_a_list_of_events(call: Call):
    call("POST", "/events", EVENT)
    status, content = call("GET", "/events", type="user", user_id="user-1-00001")
    assert (status, len(content["events"]) > 0) == (200, True)
    # An item may carry numbers and amounts, which the description's table names and its schema forgets.
    events = [
        event for event in content["events"] if all(isinstance(v, str) for v in event["metadata"].values())
    ]
    assert problems({"$ref": "#/components/schemas/data_event_list"}, content | {"events": events}) == []


def test_a_merge(call: Call):
    lead = call("POST", "/contacts", {"role": "lead", "external_id": "lead", "email": "joe@x.example"})[1]
    user = call("POST", "/contacts", NEW_CONTACT)[1]
    other = call("GET", "/contacts/find_by_external_id/user-1-00003")[1]
    for target, status in ((other, 400), (user, 200)):
        both = {"from": lead["id"], "into": target["id"]}
        answered, content = call("POST", "/contacts/merge", both, include_merge_history="true")
        assert answered == status
        assert problems(response_schema("POST", "/contacts/merge", status) or {}, content) == []
    assert len(content["merge_history"]) == 1
    for described, path in (
        ("/contacts/{contact_id}", f"/contacts/{lead['id']}"),
        (
            "/contacts/find_by_external_id/{external_id}",
            f"/contacts/find_by_external_id/{lead['external_id']}",
        ),
    ):
        answered, content = call("GET", path)
        assert answered == 410
        assert problems(response_schema("GET", described, 410) or {}, content) == []
        examples = description()["paths"][described]["get"]["responses"]["410"]["content"]["application/json"]
        assert content["errors"] == examples["examples"]["Contact Merged"]["value"]["errors"]


def test_a_tag_in_use():
    with Sandbox(None) as sandbox:
        headers = {"authorization": "Bearer x"}
        sandbox.handle(Request("POST", "/tags", {}, headers, b'{"name": "t"}'))
        add_segment(sandbox, "Seg 1", query={"field": "tag_id", "operator": "=", "value": "1"})
        response = sandbox.handle(Request("DELETE", "/tags/1", {}, headers))
    content = json.loads(response.body)
    described = description()["paths"]["/tags/{tag_id}"]["delete"]["responses"]["400"]["content"]
    example = described["application/json"]["examples"]["Tag has dependent objects"]["value"]
    assert (response.status, content["errors"]) == (400, example["errors"])


def examples(path: str, method: str, status: str) -> Iterator[Any]:
    content = description()["paths"][path][method]["responses"][status]["content"]["application/json"]
    for example in content["examples"].values():
        yield example["value"]["errors"][0]


@pytest.mark.parametrize("method", ["post", "put", "delete"])
def test_the_errors_of_options_are_the_descriptions(call: Call, method):
    """Each error that an example shows can be had, letter by letter."""
    text, listed = (
        call("POST", "/conversations/attributes", body)[1] for body in CONVERSATION_ATTRIBUTES[:2]
    )
    tail = "" if method == "post" else "/{option_id}"
    path = f"/conversations/attributes/{{id}}/options{tail}"
    option = "" if method == "post" else f"/{listed['options'][0]['id']}"
    here = f"/conversations/attributes/{listed['id']}/options"
    calls = [
        (f"/conversations/attributes/77/options{option}", {"label": "x"}),
        (f"{here}/77", {"label": "x"}),
        (f"/conversations/attributes/{text['id']}/options{option}", {"label": "x"}),
        *((here + option, body) for body in ({}, {"label": 5}, {"label": "x", "y": 1})),
    ]
    seen = [call(method.upper(), url, body)[1].get("errors", [None])[0] for url, body in calls]
    for status in ("404", "422"):
        for expected in examples(path, method, status):
            assert expected in seen


def test_every_route_is_judged():
    """A route without a case above would go unseen."""
    named = {(method, path) for method, path, *_ in [*SIMPLE, *NESTED]} | {("POST", "/contacts/merge")}
    named |= {("GET", path) for path, *_ in NEVER}
    judged = {(method, re.sub(r"\{\w+\}", "{}", path)) for method, path in named}
    assert {(route.method, re.sub(r"\{\w+\}", "{}", route.path)) for route in ROUTES} == judged
