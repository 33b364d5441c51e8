"""One write, where Intercom answers otherwise than the plan had it: nothing twice, nothing on somebody else."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

from intercom_iac.sandbox import Dropped, Request, Response, Sandbox, Switches
from intercom_iac.workspace import Client, HttpWorkspace, Records
from intercom_iac.writes import Write
from support.deliveries import TARGET, Delivering, Observed, create, event, open_client, update


def add(client: Client, sandbox: Observed, **body: Any) -> str:
    made = str(client.post("/contacts", {"role": "user", **body})["id"])
    sandbox.asked.clear()
    return made


def contacts(client: Client) -> list[Any]:
    return client.get("/contacts")["data"]


def error_of(outcome: Any) -> str:
    (failure,) = outcome.failures
    return failure.error.message


def once(method: str, path: str) -> Any:
    """A test of requests that holds for the first such one."""
    hits: list[Request] = []

    def test(request: Request) -> bool:
        if (request.method, request.path) != (method, path) or hits:
            return False
        hits.append(request)
        return True

    return test


def test_a_create_that_is_refused_is_repaired_by_the_id_in_its_message(
    sandbox: Observed, client: Client, records: Records, delivered: Delivering
) -> None:
    there = add(client, sandbox, external_id="u0", name="Ann")
    assert delivered(create(0, "u0", "pro")).done == 1
    assert sandbox.asked == [
        ("POST", "/contacts"),
        ("GET", f"/contacts/{there}"),
        ("PUT", f"/contacts/{there}"),
    ]
    (contact,) = contacts(client)
    assert (contact["name"], contact["custom_attributes"]["plan"]) == ("Ann", "pro")
    assert delivered(create(0, "u0", "pro")).done == 1
    assert sandbox.count("PUT") == 1, "it has all"


def test_who_is_there_already_is_left_alone_where_only_new_people_are_meant(
    sandbox: Observed, client: Client, delivered: Delivering
) -> None:
    there = add(client, sandbox, external_id="u0")
    outcome = delivered(replace(create(0, "u0"), only_new=True))
    assert error_of(outcome) == f"the contact `{there}` has this external id already, and is left as it is"
    assert sandbox.count("PUT") == 0


def test_an_archived_contact_in_the_way(sandbox: Observed, client: Client, delivered: Delivering) -> None:
    there = add(client, sandbox, external_id="u0")
    client.post(f"/contacts/{there}/archive", {})
    outcome = delivered(create(0, "u0"))
    assert error_of(outcome) == f"the archived contact `{there}` has the same external id"
    assert outcome.failures[0].error.hint is not None


def test_an_address_that_is_another_persons(sandbox: Observed, client: Client, delivered: Delivering) -> None:
    there = add(client, sandbox, external_id="u1", email="ann@example.com")
    sandbox.intervene = lambda request: (
        Response(
            409,
            {"content-type": "application/json"},
            (
                '{"errors": [{"message": "A contact matching those details already exists with id='
                f'{there}"}}]}}'
            ).encode(),
        )
        if request.method == "POST"
        else None
    )
    outcome = delivered(create(0, "u0", email="ann@example.com"))
    assert error_of(outcome) == f"the contact `{there}` has the same email and another external id"
    assert sandbox.count("PUT") == 0


def test_somebody_known_by_address_alone_gets_the_external_id(
    sandbox: Observed, client: Client, delivered: Delivering
) -> None:
    add(client, sandbox, email="Ann@example.com")
    assert delivered(create(0, "u0", email="ann@example.com")).done == 1
    (contact,) = contacts(client)
    assert (contact["external_id"], contact["custom_attributes"]["plan"]) == ("u0", "pro")


@pytest.mark.parametrize("email", [None, "ann@example.com"])
def test_a_create_whose_answer_is_lost_is_not_made_twice(
    sandbox: Observed, client: Client, delivered: Delivering, email: str | None
) -> None:
    sandbox.drop_answer = once("POST", "/contacts")
    assert delivered(create(0, "u0", email=email)).done == 1
    assert len(contacts(client)) == 1
    assert sandbox.count("POST", "/contacts") == 1, "it was found by its external id"


def test_a_create_by_address_whose_answer_is_lost(
    sandbox: Observed, client: Client, delivered: Delivering
) -> None:
    sandbox.drop_answer = once("POST", "/contacts")
    write = Write(
        number=0,
        action="create",
        record="contact",
        key_name="email",
        key="ann@example.com",
        body={"role": "user", "email": "ann@example.com", "custom_attributes": {"plan": "pro"}},
    )
    assert delivered(write).done == 1
    assert len(contacts(client)) == 1
    assert sandbox.count("PUT") == 0


def test_a_create_that_is_refused_for_something_else(
    sandbox: Observed, client: Client, delivered: Delivering
) -> None:
    write = create(0, "u0")
    outcome = delivered(
        Write(
            number=0,
            action="create",
            record="contact",
            key_name="external_id",
            key="u0",
            body={**write.body, "custom_attributes": {"shoe": 1}},
        )
    )
    assert error_of(outcome).startswith("Intercom refused the change: Custom attribute 'shoe' does not exist")


def test_search_lag_makes_nobody_twice(tmp_path: Path) -> None:
    """A search does not find people for a minute: whoever looked there plans to create them again."""
    now = [1_700_000_000.0]
    with Sandbox(None, switches=Switches(search_lag=60), clock=lambda: now[0]) as sandbox:
        client = open_client(sandbox)
        client.post("/data_attributes", {"name": "plan", "model": "contact", "data_type": "string"})
        records = HttpWorkspace(TARGET, client).records()
        delivered = Delivering(tmp_path, records)
        assert delivered(*(create(at, f"u{at}", "free") for at in range(20))).done == 20
        assert records.contacts_with("external_id", ["u1"]) == []
        assert delivered(*(create(at, f"u{at}", "pro") for at in range(20))).done == 20
        now[0] += 62
        found = records.contacts_with("external_id", [f"u{at}" for at in range(20)])
        assert len(found) == 20
        assert {contact["custom_attributes"]["plan"] for contact in found} == {"pro"}


def test_a_contact_that_was_merged_or_archived_meanwhile(
    sandbox: Observed, client: Client, delivered: Delivering
) -> None:
    lead = str(client.post("/contacts", {"role": "lead", "email": "ann@example.com"})["id"])
    user = add(client, sandbox, external_id="u0", email="ann@example.com")
    archived = add(client, sandbox, external_id="u1")
    client.post("/contacts/merge", {"from": lead, "into": user})
    client.post(f"/contacts/{archived}/archive", {})
    outcome = delivered(update(0, lead, "pro", key_name="id", key=lead), update(1, archived, "pro"))
    assert {failure.write.number: failure.error.message for failure in outcome.failures} == {
        0: f"the contact `{lead}` was merged into another one since the plan was made",
        1: f"the contact `{archived}` was archived or deleted since the plan was made",
    }


def test_a_read_of_a_merged_contact_says_so_where_a_write_does(
    sandbox: Observed, client: Client, delivered: Delivering
) -> None:
    """Intercom answers 410 to calls about a merged contact (API 2.16 description)."""
    there = add(client, sandbox, external_id="u0")
    gone = Response(410, {"content-type": "application/json"}, b'{"errors": [{"message": "merged"}]}')
    sandbox.intervene = lambda request: gone if there in request.path else None
    outcome = delivered(update(0, there, "pro"))
    assert error_of(outcome) == f"the contact `{there}` was merged into another one since the plan was made"


def test_an_address_that_changed_hands_gives_nobody_the_values_of_another(
    sandbox: Observed, client: Client, records: Records, delivered: Delivering
) -> None:
    there = add(client, sandbox, external_id="u0", email="ann@example.com")
    client.put(f"/contacts/{there}", {"email": "new@example.com", "custom_attributes": {"plan": "free"}})
    before = {"custom_attributes": {"plan": "free"}}
    outcome = delivered(update(0, there, "pro", "ann@example.com", key_name="email", before=before))
    assert error_of(outcome) == f"the contact `{there}` has another email since the plan was made"
    live = records.contact(there)
    assert live is not None
    assert live["custom_attributes"]["plan"] == "free"
    outcome = delivered(
        update(0, there, "pro", "ann@example.com", key_name="email", before=before), look_first=True
    )
    assert outcome.failed == 1
    same = update(0, there, "pro", "NEW@example.com", key_name="email", before=before)
    assert delivered(same).done == 1


def test_what_somebody_else_changed_meanwhile_is_not_overwritten(
    sandbox: Observed, client: Client, records: Records, delivered: Delivering
) -> None:
    there = add(client, sandbox, external_id="u0", custom_attributes={"plan": "enterprise"})
    write = update(0, there, "pro", before={"custom_attributes": {"plan": "free"}})
    outcome = delivered(write, look_first=True)
    assert error_of(outcome) == f"somebody changed `plan` of the contact `{there}` since the plan was made"
    assert sandbox.count("PUT") == 0
    assert outcome.failures[0].error.code == "API807"
    client.put(f"/contacts/{there}", {"custom_attributes": {"plan": "pro"}})
    assert delivered(write, look_first=True).done == 1
    client.put(f"/contacts/{there}", {"custom_attributes": {"plan": "free"}})
    assert delivered(write, look_first=True).done == 1


def test_a_contact_that_is_known_by_its_key_alone(
    sandbox: Observed, client: Client, records: Records, delivered: Delivering
) -> None:
    there = add(client, sandbox, external_id="u0", email="ann@example.com")
    assert delivered(update(0, None, "pro")).done == 1
    assert delivered(update(0, None, "free", "ann@example.com", key_name="email")).done == 1
    assert (records.contact(there) or {})["custom_attributes"]["plan"] == "free"
    outcome = delivered(update(0, None, "pro", "u9"))
    assert error_of(outcome) == "the contact of this row was archived or deleted since the plan was made"


def test_a_company_is_looked_at_before_it_is_sent_again(
    sandbox: Observed, client: Client, delivered: Delivering
) -> None:
    write = Write(
        number=0,
        action="upsert",
        record="company",
        key_name="company_id",
        key="acme",
        body={"company_id": "acme", "name": "Acme", "plan": "gold", "custom_attributes": {"tier": "one"}},
    )
    assert delivered(write, look_first=True).done == 1
    assert delivered(write, look_first=True).done == 1
    assert sandbox.count("POST", "/companies") == 1


def test_what_somebody_else_changed_of_a_company_is_not_overwritten(
    sandbox: Observed, client: Client, delivered: Delivering
) -> None:
    client.post("/companies", {"company_id": "acme", "name": "Mine"})
    write = Write(
        number=0,
        action="upsert",
        record="company",
        key_name="company_id",
        key="acme",
        body={"company_id": "acme", "name": "Acme"},
        before={"name": "Old"},
    )
    assert error_of(delivered(write, look_first=True)).startswith("somebody changed `name` of the company")
    assert sandbox.count("POST", "/companies") == 1


def test_an_event_of_a_person_who_was_made_just_now(
    sandbox: Observed, client: Client, delivered: Delivering
) -> None:
    answers = iter([True, True, False])

    def nobody_yet(request: Request) -> Response | None:
        if request.path == "/events" and next(answers):
            return Response(404, {"content-type": "application/json"}, b"{}")
        return None

    sandbox.intervene = nobody_yet
    assert delivered(create(0, "u0"), event(1, "u0", after=0)).done == 2
    sandbox.intervene = lambda _: None
    outcome = delivered(event(0, "u9"))
    assert error_of(outcome).startswith("Intercom found nothing for POST /events")
    assert (outcome.failures[0].error.hint or "").startswith("nobody has this external id")


@pytest.mark.parametrize("record", ["contact", "company"])
@pytest.mark.parametrize("known", [True, False])
def test_tags(
    sandbox: Observed, client: Client, records: Records, delivered: Delivering, record: Any, known: bool
) -> None:
    tag = str(client.post("/tags", {"name": "vip"})["id"])
    if record == "contact":
        live_id, key_name, key = add(client, sandbox, external_id="u0"), "external_id", "u0"
    else:
        live_id, key_name, key = (
            str(client.post("/companies", {"company_id": "acme"})["id"]),
            "company_id",
            "acme",
        )

    def write(action: Any, key: str = key) -> Write:
        return Write(
            number=0,
            action=action,
            record=record,
            key_name=key_name,
            key=key,
            live_id=live_id if known else None,
            body={"id": tag, "name": "vip"},
        )

    def worn() -> int:
        live = records.contact(live_id) if record == "contact" else records.company("acme")
        assert live is not None
        return len(live["tags"]["data" if record == "contact" else "tags"])

    assert delivered(write("tag")).done == 1
    assert worn() == 1
    assert delivered(write("untag")).done == 1
    assert delivered(write("untag")).done == 1
    assert worn() == 0
    if not known:
        assert delivered(write("untag", "nobody")).done == 1, "whoever is gone has no tag"
        assert delivered(write("tag", "nobody")).failed == 1


def test_a_contact_that_is_known_by_intercoms_own_id(
    sandbox: Observed, client: Client, delivered: Delivering
) -> None:
    there = add(client, sandbox, external_id="u0")
    assert delivered(update(0, None, "pro", there, key_name="id")).done == 1


def test_a_refusal_that_names_a_contact_who_is_gone_by_then(
    sandbox: Observed, client: Client, delivered: Delivering
) -> None:
    refusal = b'{"errors": [{"message": "A contact matching those details already exists with id=000"}]}'
    conflict = Response(409, {"content-type": "application/json"}, refusal)
    sandbox.intervene = lambda request: conflict if request.method == "POST" else None
    assert error_of(delivered(create(0, "u0"))).startswith("Intercom refused the change: A contact matching")


def test_a_lost_create_that_was_not_carried_out(
    sandbox: Observed, client: Client, delivered: Delivering
) -> None:
    first = once("POST", "/contacts")

    def drop(request: Request) -> None:
        if first(request):
            raise Dropped("drop-before-accept")

    sandbox.intervene = drop
    assert delivered(create(0, "u0")).done == 1
    assert len(contacts(client)) == 1


def test_a_tag_that_is_gone(sandbox: Observed, client: Client, delivered: Delivering) -> None:
    there = add(client, sandbox, external_id="u0")
    write = Write(
        number=0,
        action="tag",
        record="contact",
        key_name="external_id",
        key="u0",
        live_id=there,
        body={"id": "999"},
    )
    assert delivered(write).failed == 1
