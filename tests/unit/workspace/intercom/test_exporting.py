"""Everybody in an embedded workspace comes out, page after page, each once."""

from __future__ import annotations

import time
from collections.abc import Mapping
from datetime import date
from pathlib import Path
from typing import Any

from intercom_iac.model.limits import REGISTRAR_EXTERNAL_ID
from intercom_iac.sandbox import Sandbox, seed
from intercom_iac.workspace import Client, Target
from intercom_iac.workspace.intercom.exporting import export_people


def read_people(path: Path) -> dict[str, list[Mapping[str, Any]]]:
    return {kind: [*records] for kind, records in export_people(path)}


def test_every_page_is_read_to_its_end(tmp_path: Path) -> None:
    path = tmp_path / "sandbox.db"
    with Sandbox(path) as sandbox:
        made = seed(sandbox, people=330, seed=1, today=date.today())  # noqa: DTZ011
    found = read_people(path)
    assert list(found) == ["contacts", "companies", "events", "tags"]
    contacts = [each["id"] for each in found["contacts"]]
    assert len(contacts) == len(set(contacts)) == made.people == 330
    companies = [each["id"] for each in found["companies"]]
    assert len(companies) == len(set(companies))
    linked = {each["id"] for contact in found["contacts"] for each in contact["companies"]["data"]}
    assert linked == set(companies)
    assert {each["intercom_user_id"] for each in found["events"]} <= set(contacts)
    assert 0 < len(found["events"]) <= made.events


def test_more_events_than_a_page_holds(tmp_path: Path) -> None:
    path = tmp_path / "sandbox.db"
    client = Client(Target("sandbox", sandbox=path))
    client.post("/contacts", {"external_id": "u", "role": "user"})
    now = int(time.time())
    for second in range(151):
        client.post("/events", {"event_name": "paid", "created_at": now - second, "user_id": "u"})
    client.close()
    events = read_people(path)["events"]
    assert sorted(each["created_at"] for each in events) == list(range(now - 150, now + 1))


def test_the_contact_that_registers_events_is_left_out_with_what_it_sent(tmp_path: Path) -> None:
    path = tmp_path / "sandbox.db"
    client = Client(Target("sandbox", sandbox=path))
    for external_id in ("u", REGISTRAR_EXTERNAL_ID):
        client.post("/contacts", {"external_id": external_id, "role": "user"})
        now = int(time.time())
        client.post("/events", {"event_name": "paid", "created_at": now, "user_id": external_id})
    client.close()
    found = read_people(path)
    (person,) = found["contacts"]
    assert person["external_id"] == "u"
    assert [event["intercom_user_id"] for event in found["events"]] == [person["id"]]


def test_nobody(tmp_path: Path) -> None:
    assert read_people(tmp_path / "sandbox.db") == {
        "contacts": [],
        "companies": [],
        "events": [],
        "tags": [],
    }


def test_a_contacts_tags_are_ids_and_the_tags_say_their_names(tmp_path: Path) -> None:
    path = tmp_path / "sandbox.db"
    client = Client(Target("sandbox", sandbox=path))
    contact = client.post("/contacts", {"external_id": "u", "role": "user"})
    tag = client.post("/tags", {"name": "VIP"})
    client.post(f"/contacts/{contact['id']}/tags", {"id": tag["id"]})
    client.close()
    found = read_people(path)
    (worn,) = found["contacts"][0]["tags"]["data"]
    assert worn == {"type": "tag", "id": tag["id"], "url": f"/tags/{tag['id']}"}
    assert found["tags"] == [{"type": "tag", "id": tag["id"], "name": "VIP"}]


def test_one_that_was_cut_off_does_not_stop_the_next(tmp_path: Path) -> None:
    path = tmp_path / "sandbox.db"
    client = Client(Target("sandbox", sandbox=path))
    client.get("/companies/scroll")
    client.close()
    assert read_people(path)["companies"] == []
