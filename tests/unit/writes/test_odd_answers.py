"""Whatever Intercom answers, a write ends, or there is an error in words."""

from __future__ import annotations

import json
from typing import Any

import httpx
import pytest
from hypothesis import given
from hypothesis import strategies as st

from intercom_iac.diagnostics import WorkspaceError
from intercom_iac.workspace import Client, HttpWorkspace, Target
from intercom_iac.writes import Write
from intercom_iac.writes.making import Maker
from support.deliveries import create, event, update
from support.generators import examples

TARGET = Target("live", base_url="https://api.intercom.io")
COMPANY = Write(
    number=0,
    action="upsert",
    record="company",
    key_name="company_id",
    key="acme",
    body={"company_id": "acme", "name": "Acme", "plan": "gold", "custom_attributes": {"tier": "one"}},
)
TAG = Write(
    number=0,
    action="tag",
    record="contact",
    key_name="email",
    key="ann@example.com",
    body={"id": "1", "name": "vip"},
)
WRITES = {
    "create": create(0, "u0", email="ann@example.com"),
    "update": update(0, "6a", "pro"),
    "update by key": update(0, None, "pro"),
    "update by address": update(0, None, "pro", "ann@example.com", key_name="email"),
    "event": event(0, "u0"),
    "company": COMPANY,
    "tag": TAG,
    "tag of a company": Write(
        number=0, action="untag", record="company", key_name="company_id", key="acme", body=TAG.body
    ),
}
scalars = st.none() | st.booleans() | st.integers(-1, 3) | st.sampled_from(("", "6a", "u0", "pro", "id=6a"))
values = st.recursive(
    scalars,
    lambda inner: st.lists(inner, max_size=2) | st.dictionaries(st.text(max_size=3), inner, max_size=2),
)
contacts = st.fixed_dictionaries(
    {
        "id": st.just("6a") | st.just("6a") | values,
        "external_id": st.just("u0") | values,
        "email": st.just("ann@example.com") | values,
    },
    optional={
        "custom_attributes": st.lists(scalars, max_size=1)
        | st.dictionaries(st.sampled_from(("plan", "tier")), values),
        "plan": values,
        "tags": values,
        "pages": values,
        "total_count": values,
    },
)
bodies = contacts | st.fixed_dictionaries({"data": st.lists(contacts, max_size=2) | values}) | values
CONFLICT = {"errors": [{"message": "A contact matching those details already exists with id=6a"}]}
answers = (
    st.tuples(st.just(200), contacts)
    | st.tuples(st.just(409), st.just(CONFLICT))
    | st.tuples(st.sampled_from((200, 202, 404, 410, 400, 500)), bodies)
)


@pytest.mark.parametrize("name", WRITES)
@examples(30)
@given(script=st.lists(answers, min_size=1, max_size=6), maybe_done=st.booleans())
def test_any_answers(name: str, script: list[tuple[int, Any]], maybe_done: bool) -> None:
    left = iter([*script, *[(401, {})] * 40])

    def respond(_: httpx.Request) -> httpx.Response:
        status, body = next(left)
        return httpx.Response(status, content=json.dumps(body).encode())

    client = Client(TARGET, transport=httpx.MockTransport(respond), sleep=lambda _: None)
    maker = Maker(HttpWorkspace(TARGET, client).records())
    try:
        end = maker.make(WRITES[name], maybe_done=maybe_done)
    except WorkspaceError as error:
        assert error.message
    else:
        assert end.number == 0
        assert (end.error is None) == (end.result == "done")
    try:
        maker.find_end(WRITES[name])
    except WorkspaceError as error:
        assert error.message
