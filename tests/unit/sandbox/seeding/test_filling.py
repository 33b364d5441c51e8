"""Seeding: believable, the same every time, and careful with what is there."""

from datetime import date, datetime
from zoneinfo import ZoneInfo

import pytest

from intercom_iac.sandbox import SEEDED_DAYS, Sandbox, Seeded, reset, seed

TODAY = date(2026, 9, 21)
PLANS = ("free", "trial", "pro", "enterprise")
GUIDE = {
    "plan_type": "options",
    "signup_date": "date",
    "last_active_date": "date",
    "job_role": "string",
    "onboarding_complete": "boolean",
    "feature_usage_count": "integer",
    "trial_end_date": "date",
    "source": "string",
    "activation_score": "float",
    "nps_response": "integer",
    "primary_use_case": "string",
    "referral_count": "integer",
}


def declare_attributes(client):
    for name, data_type in GUIDE.items():
        client.attribute(name, data_type, *(PLANS if data_type == "options" else ()))
    client.attribute("seats", "integer", model="company")


def list_contacts(client):
    everyone, after = [], {}
    while True:
        body = client.get("/contacts", per_page="150", **after).body
        everyone += body["data"]
        if "next" not in body["pages"]:
            return everyone
        after = {"starting_after": body["pages"]["next"]["starting_after"]}


def read_snapshot(client):
    """Everything a client can read of the seeded workspace, the workspace's own id aside."""
    people = list_contacts(client)
    events = [
        client.get("/events", type="user", intercom_user_id=person["id"], per_page="50").body
        for person in people[:40]
    ]
    companies = client.post("/companies/list", None, per_page="60").body["data"]
    for record in (*people, *companies):
        record.pop("workspace_id", None), record.pop("app_id", None)
    return people, events, companies


def test_the_same_arguments_give_the_same_workspace(client, client_with):
    other = client_with()
    for workspace in (client, other):
        declare_attributes(workspace)
        assert seed(workspace.sandbox, today=TODAY).people == 200
    assert read_snapshot(client) == read_snapshot(other)
    reset(other.sandbox)
    declare_attributes(other)
    seed(other.sandbox, today=TODAY, seed=2)
    assert read_snapshot(client) != read_snapshot(other)


def test_seeding_again_changes_nothing_and_leaves_the_rest_alone(client, clock):
    declare_attributes(client)
    own = client.person("mine", plan_type="pro")
    company = client.create("/companies", {"company_id": "mine"})
    client.create(f"/contacts/{own['id']}/companies", {"id": company["id"]})
    own = client.get(f"/contacts/{own['id']}").body
    first = seed(client.sandbox, today=TODAY, people=60)
    before = read_snapshot(client)
    clock.now += 100
    assert seed(client.sandbox, today=TODAY, people=60) == first
    assert read_snapshot(client) == before
    assert client.get(f"/contacts/{own['id']}").body == own
    assert len(before[0]) == 61


def test_a_person_renewed_is_as_one_written_for_the_first_time(client):
    declare_attributes(client)
    seed(client.sandbox, today=TODAY, people=30)
    before = read_snapshot(client)
    person = next(contact for contact in before[0] if "nps_response" not in contact["custom_attributes"])
    changes = {"name": "Changed", "custom_attributes": {"nps_response": 1, "plan_type": "gold"}}
    client.put(f"/contacts/{person['id']}", changes)
    seed(client.sandbox, today=TODAY, people=30)
    assert read_snapshot(client) == before


def test_values_fit_the_attributes_and_some_are_missing(client):
    declare_attributes(client)
    summary = seed(client.sandbox, today=TODAY, people=400)
    people = list_contacts(client)
    assert summary == Seeded(people=400, companies=67, events=summary.events)
    assert len(people) == 400
    kinds = {
        "options": str,
        "string": str,
        "date": int,
        "integer": int,
        "boolean": bool,
        "float": (int, float),
    }
    for name, data_type in GUIDE.items():
        values = [contact["custom_attributes"].get(name) for contact in people]
        known = [value for value in values if value is not None]
        assert all(isinstance(value, kinds[data_type]) for value in known), name
        assert 0 < len(known) < 400, name
        if name not in ("signup_date", "last_active_date", "trial_end_date", "feature_usage_count"):
            assert 2 <= len(set(known)) <= 102, name
    assert {contact["custom_attributes"].get("plan_type") for contact in people} == {*PLANS, None}
    assert len({contact["email"] for contact in people}) == 400
    counts = [contact["companies"]["total_count"] for contact in people]
    assert (set(counts), counts.count(0) > 10, counts.count(2) > 10) == ({0, 1, 2}, True, True)
    assert all(
        contact["created_at"] <= (contact["last_seen_at"] or contact["created_at"]) for contact in people
    )


def test_trials_end_around_today(client):
    declare_attributes(client)
    seed(client.sandbox, today=TODAY)
    midnight = int(datetime(2026, 9, 21, tzinfo=ZoneInfo("America/New_York")).timestamp())
    people = [contact["custom_attributes"] for contact in list_contacts(client)]
    ends = [
        (values["trial_end_date"] - midnight) // 86_400
        for values in people
        if values.get("plan_type") == "trial" and "trial_end_date" in values
    ]
    assert any(0 <= days <= 3 for days in ends)
    assert any(days < 0 for days in ends)
    assert all(-5 <= days <= 14 for days in ends)


def test_companies_are_complete_and_events_known_by_name(client):
    declare_attributes(client)
    summary = seed(client.sandbox, today=TODAY)
    companies = client.post("/companies/list", None, per_page="60").body
    assert 0 < companies["total_count"] <= summary.companies
    for company in companies["data"]:
        assert {"name", "size", "industry", "website", "monthly_spend", "last_request_at"} <= company.keys()
        assert company["plan"]["name"] in PLANS
        assert company["user_count"] > 0
    assert any("seats" in company["custom_attributes"] for company in companies["data"])
    names, total = set(), 0
    for person in list_contacts(client):
        summarized = client.get("/events", type="user", intercom_user_id=person["id"], summary="true").body
        names |= {item["name"] for item in summarized["events"]}
        total += sum(item["count"] for item in summarized["events"])
    assert names == {"feature_first_used", "upgrade_initiated", "support_ticket_created", "invite_sent"}
    assert total == summary.events


def test_only_what_the_workspace_has_is_filled_by_type_and_option(client):
    client.attribute("plan_type", "integer"), client.attribute("source", "options", "x", "y")
    archived = client.attribute("job_role")
    client.put(f"/data_attributes/{archived['id']}", {"archived": True})
    for name, data_type in (("a", "string"), ("b", "float"), ("c", "boolean"), ("d", "date")):
        client.attribute(name, data_type)
    seed(client.sandbox, today=TODAY, people=50)
    people = [contact["custom_attributes"] for contact in list_contacts(client)]
    assert all(values.keys() <= {"plan_type", "source", "a", "b", "c", "d"} for values in people)
    assert {values.get("source") for values in people} == {"x", "y", None}
    assert {type(value) for values in people for value in values.values()} == {int, str, float, bool}
    assert all(isinstance(values.get("plan_type", 0), int) for values in people)


@pytest.mark.parametrize("people", [0, 1])
def test_small_seedings(client, people):
    assert seed(client.sandbox, today=TODAY, people=people).people == people
    assert client.get("/contacts").body["total_count"] == people


def test_seeded_workspaces_are_files_too(tmp_path, client_of):
    with Sandbox(tmp_path / "a.db") as sandbox:
        seed(sandbox, today=TODAY, people=10)
    with Sandbox(tmp_path / "a.db") as sandbox:
        assert client_of(sandbox).get("/contacts").body["total_count"] == 10


def test_nothing_happens_before_its_time(client):
    seed(client.sandbox, today=TODAY, people=300)
    for person in list_contacts(client):
        summarized = client.get("/events", type="user", intercom_user_id=person["id"], summary="true").body
        for event in summarized["events"]:
            first, last = (datetime.fromisoformat(event[key]).timestamp() for key in ("first", "last"))
            assert person["created_at"] <= first
            assert last <= (person["last_seen_at"] or last)
    for company in client.post("/companies/list", None, per_page="60").body["data"]:
        assert company["created_at"] <= company["last_request_at"] <= company["updated_at"]


def test_companies_are_told_apart_by_name(client):
    seed(client.sandbox, today=TODAY, people=3000)
    with client.sandbox.store(writes=False) as store:
        names = [row["name"] for row in store.all("select name from companies")]
    assert len(set(names)) == len(names) == 500


def test_events_without_room_are_left_out_and_said(client_with):
    client = client_with(event_name_limit=2)
    client.person("1")
    now = int(client.sandbox.clock())
    for name in ("own", "Invite_Sent"):
        assert client.post("/events", {"event_name": name, "created_at": now, "user_id": "1"}).status == 202
    made = seed(client.sandbox, today=TODAY)
    assert made.without_room == ("feature_first_used", "support_ticket_created", "upgrade_initiated")
    with client.sandbox.store(writes=False) as store:
        assert store.number("select count(*) from event_names") == 2
        assert store.number("select count(*) from events where name = 'invite_sent'") == made.events + 1


@pytest.mark.parametrize("today", SEEDED_DAYS)
def test_seeding_at_the_ends_of_the_calendar(client, today):
    declare_attributes(client)
    seed(client.sandbox, today=today, people=300)
    for people in (client.get("/contacts"), client.post("/companies/list")):
        assert people.status == 200
    everyone = list_contacts(client)
    assert len(everyone) == 300
    for person in everyone[:20]:
        assert client.get("/events", type="user", intercom_user_id=person["id"], summary="true").status == 200


@pytest.mark.parametrize("today", [date.min, date(1979, 12, 31), date(9001, 1, 1), date.max])
def test_days_too_near_the_ends_of_the_calendar(client, today):
    with pytest.raises(ValueError, match="today must be from 1980-01-01 to 9000-12-31"):
        seed(client.sandbox, today=today)
    assert client.get("/contacts").body["total_count"] == 0


def test_what_is_new_is_written_once(sandbox):
    """An index is kept for every write of a row."""
    with sandbox.store(writes=True) as store:
        for table in ("contacts", "companies"):
            store.run(
                f"create trigger once_{table} before update on {table}"
                " begin select raise(abort, 'written twice'); end"
            )
    assert seed(sandbox, today=TODAY, people=20).people == 20


def test_of_two_with_one_external_id_the_one_that_is_there_is_renewed(sandbox, client):
    seed(sandbox, today=TODAY, people=2)
    first, second = client.get("/contacts").body["data"]
    client.post(f"/contacts/{first['id']}/archive")
    client.put(f"/contacts/{second['id']}", {"external_id": first["external_id"], "name": "Other"})
    with sandbox.store(writes=False) as store:
        before = tuple(store.first_row("select * from contacts where id = ?", first["id"]))
    seed(sandbox, today=TODAY.replace(year=TODAY.year + 1), people=2)
    with sandbox.store(writes=False) as store:
        assert tuple(store.first_row("select * from contacts where id = ?", first["id"])) == before
    assert client.get(f"/contacts/{second['id']}").body["name"] != "Other"
