"""Whatever a client sends, it gets a proper answer: never an exception, never a 500, never half a write."""

import json
from contextlib import closing
from urllib.parse import quote

from hypothesis import given, settings
from hypothesis import strategies as st

from intercom_iac.sandbox import Request, Sandbox
from intercom_iac.sandbox.router import ROUTES, STAND_INS

KEYS = """
    name model data_type options description messenger_writable archived event_name created_at user_id id email
    metadata role external_id owner_id custom_attributes signed_up_at company_id plan size monthly_spend companies
    users untag predicates role_predicates query operator value field sort order pagination per_page starting_after
    page type summary before since scroll_param tag_id x url amount currency from into skip_duplicate_validation
    body admin_id event_summaries count first last label multiline reference required visible_to_team_ids
    created_at_after created_at_before event_types include_merge_history cursor include_archived intercom_user_jwt
"""
WORDS = "contact company options string date lead user name x 1 true ascending segment_id tag_id known"
FIELDS = ["custom_attributes.x", "name", "created_at", "tag_id", "segment_id", "has_hard_bounced", "nope"]
OPERATORS = ["=", "!=", "IN", "NIN", "<", "<=", ">", ">=", "~", "!~", "^", "$", "AND"]

LISTS = (
    *("/contacts", "/companies/list", "/data_attributes", "/audiences", "/tags", "/segments"),
    "/conversations/attributes",
)
NAMES = ("id", "tag_id", "company_id", "external_id", "admin_id", "note_id", "option_id")

texts = st.sampled_from(WORDS.split()) | st.text(st.characters(), max_size=8)
keys = st.sampled_from(KEYS.split())
numbers = st.sampled_from([0, 1, -1, 2**31, 2**63, 10**30, 1.5, 1e300, -0.0]) | st.integers()
values = st.recursive(
    st.none() | st.booleans() | numbers | texts,
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(keys | texts, inner, max_size=4),
    max_leaves=12,
)
scalars = st.none() | st.booleans() | numbers | texts
filters = st.fixed_dictionaries(
    {
        "field": st.sampled_from(FIELDS),
        "operator": st.sampled_from(OPERATORS),
        "value": scalars | st.lists(scalars, max_size=3),
    }
)
groups = st.recursive(
    filters,
    lambda inner: st.fixed_dictionaries(
        {"operator": st.sampled_from(["AND", "OR"]), "value": st.lists(inner, min_size=1, max_size=3)}
    ),
    max_leaves=6,
)
sorts = st.fixed_dictionaries({}, optional={"field": st.sampled_from(FIELDS), "order": texts})
bodies = st.dictionaries(keys, values, max_size=7) | values
queries = st.dictionaries(keys, texts | numbers.map(str), max_size=4)


OPTIONS = [{"label": "a"}, {"label": "b"}]


def send_request(sandbox, method, path, body=None, query=None):
    raw = b"" if body is None else json.dumps(body).encode()
    return sandbox.handle(Request(method, path, query or {}, {"authorization": "Bearer x"}, raw))


def workspace() -> Sandbox:
    sandbox = Sandbox(None)
    for path, body in (
        ("/data_attributes", {"name": "x", "model": "contact", "data_type": "integer"}),
        ("/contacts", {"external_id": "known", "custom_attributes": {"x": 1}}),
        ("/companies", {"company_id": "known"}),
        ("/tags", {"name": "known"}),
        ("/audiences", {"name": "known"}),
        ("/contacts", {"role": "lead", "email": "known@x.example"}),
        ("/conversations/attributes", {"name": "known", "data_type": "string"}),
        ("/conversations/attributes", {"name": "list", "data_type": "list", "options": OPTIONS}),
    ):
        assert send_request(sandbox, "POST", path, body).status in (200, 201)
    return sandbox


def check_response(response) -> None:
    assert response.status < 500
    if response.status >= 400:
        content = json.loads(response.body)
        assert content["type"] == "error.list"
        assert all(error["code"] and error["message"] for error in content["errors"])


@settings(max_examples=100, deadline=None)
@given(route=st.sampled_from((*ROUTES, *STAND_INS)), body=bodies, query=queries, key=texts | st.just("1"))
def test_any_request_is_answered(route, body, query, key):
    with closing(workspace()) as sandbox:
        people = json.loads(send_request(sandbox, "GET", "/contacts").body)["data"]
        for contact_id in (people[0]["id"], key):
            path = route.path
            for name in NAMES:
                path = path.replace(f"{{{name}}}", quote(contact_id.encode("utf-8", "replace"), safe=""))
            check_response(send_request(sandbox, route.method, path, body, query))
        for path in LISTS:
            method = "POST" if path == "/companies/list" else "GET"
            assert send_request(sandbox, method, path).status == 200


@settings(max_examples=100, deadline=None)
@given(query=groups, sort=sorts)
def test_any_search_is_answered(query, sort):
    with closing(workspace()) as sandbox:
        for body in ({"query": query}, {"query": query, "sort": sort}):
            check_response(send_request(sandbox, "POST", "/contacts/search", body))
