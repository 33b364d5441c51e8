"""Events: submitting, names and their limit, metadata keys, duplicates, lists and summaries."""

from datetime import UTC, datetime
from urllib.parse import parse_qsl, urlsplit

import pytest

DAY = 86_400
NOW = 1_790_000_000


@pytest.fixture
def person(client):
    return client.create("/contacts", {"external_id": "1", "email": "ada@x.example"})


def send_event(client, name="ordered", at=None, who=None, **metadata):
    body = {"event_name": name, "created_at": at or client.sandbox.clock.now} | (who or {"user_id": "1"})
    return client.post("/events", body | ({"metadata": metadata} if metadata else {}))


def list_events(client, **query):
    return client.get("/events", type="user", user_id="1", **query).body


def read_summary(client):
    return {item["name"]: item["count"] for item in list_events(client, summary="true")["events"]}


def test_an_event_is_accepted_without_a_body_and_listed(client, person, clock):
    answer = send_event(client, item="ring", price=3.67)
    assert (answer.status, answer.body) == (202, None)
    (event,) = list_events(client)["events"]
    assert event == {
        "type": "event",
        "id": event["id"],
        "event_name": "ordered",
        "created_at": clock.now,
        "user_id": "1",
        "intercom_user_id": person["id"],
        "email": "ada@x.example",
        "metadata": {"item": "ring", "price": 3.67},
    }


def test_a_person_is_named_by_external_id_id_or_email(client, person):
    for second, who in enumerate(({"user_id": "1"}, {"id": person["id"]}, {"email": "ADA@x.example"}), 1000):
        assert send_event(client, at=client.sandbox.clock.now - second, who=who).status == 202
    for key, value in (("user_id", "1"), ("intercom_user_id", person["id"]), ("email", "ada@x.example")):
        assert len(client.get("/events", type="user", **{key: value}).body["events"]) == 3


def test_a_lead_is_named_by_its_id_alone(client, clock):
    same = {"external_id": "lead", "email": "ada@x.example"}
    lead = client.create("/contacts", same | {"role": "lead"})
    for who in ({"email": "ada@x.example"}, {"user_id": "lead"}):
        assert send_event(client, who=who).error == (404, "not_found", "User Not Found")
        assert client.get("/events", type="user", **who).status == 404
    user = client.create("/contacts", {"external_id": "user", "email": "ada@x.example"})
    # The later one, so that the order they were made in does not decide.
    client.create("/contacts", {"role": "lead", "email": "ada@x.example"})
    assert send_event(client, who={"email": "ada@x.example"}).status == 202
    (event,) = client.get("/events", type="user", email="ada@x.example").body["events"]
    assert event["intercom_user_id"] == user["id"]
    assert send_event(client, who={"id": lead["id"]}).status == 202
    assert len(client.get("/events", type="user", intercom_user_id=lead["id"]).body["events"]) == 1


def test_switch_emails_fold_case(client_with):
    client = client_with(emails_fold_case=False)
    client.create("/contacts", {"email": "ada@x.example"})
    assert send_event(client, who={"email": "ADA@x.example"}).status == 404
    assert client.post("/contacts", {"email": "ADA@x.example"}).status == 200


def test_switch_booleans_in_metadata(client_with):
    client = client_with(booleans_in_metadata=False)
    client.person("1")
    assert send_event(client, paid=True).error == (
        400,
        "parameter_invalid",
        "metadata 'paid' must not be a boolean",
    )


def test_an_event_creates_nobody(client, clock):
    assert send_event(client, who={"user_id": "nobody"}).error == (404, "not_found", "User Not Found")
    assert client.get("/events", type="user", user_id="nobody").error == (404, "not_found", "User Not Found")


@pytest.mark.parametrize(
    ("change", "error"),
    [
        ({"event_name": None}, (400, "parameter_not_found", "event_name is required")),
        ({"event_name": 5}, (400, "parameter_invalid", "event_name must be a string")),
        ({"created_at": None}, (400, "parameter_not_found", "created_at is required")),
        ({"created_at": "today"}, (400, "parameter_invalid", "created_at must be a Unix timestamp")),
        ({"created_at": 10**30}, (400, "parameter_invalid", "created_at must be a Unix timestamp")),
        ({"user_id": None}, (400, "parameter_not_found", "one of user_id, id, email is required")),
        ({"metadata": [1]}, (400, "parameter_invalid", "metadata must be an object")),
        ({"metadata": {"a": {"b": 1}}}, (400, "parameter_invalid", "metadata 'a' must not be nested")),
        ({"metadata": {"a": ["b"]}}, (400, "parameter_invalid", "metadata 'a' must not be nested")),
        *(
            ({"metadata": {"a": {"url": url, "value": value}}}, (400, "parameter_invalid", message))
            for url, value, message in (
                ({"deep": 1}, "x", "metadata 'a' must be a link of texts"),
                ("https://x.example", [1], "metadata 'a' must be a link of texts"),
                ("https://x.example", "x" * 256, "metadata 'a' must be at most 255 characters"),
            )
        ),
        *(
            (
                {"metadata": {"a": {"amount": amount, "currency": currency}}},
                (400, "parameter_invalid", "metadata 'a' must be an amount in cents and a currency"),
            )
            for amount, currency in (("5", "eur"), (True, "eur"), (5, {"code": "eur"}))
        ),
        (
            {"metadata": {"a": "x" * 256}},
            (400, "parameter_invalid", "metadata 'a' must be at most 255 characters"),
        ),
    ],
)
def test_what_an_event_is_refused_for(client, person, change, error):
    body = {"event_name": "ordered", "created_at": client.sandbox.clock.now, "user_id": "1"} | change
    assert client.post("/events", body).error == error
    assert list_events(client)["events"] == []


def test_links_amounts_and_plain_values_are_metadata(client, person):
    metadata = {
        "article": {"url": "https://x.example", "value": "the dude"},
        "price": {"amount": 34_999, "currency": "eur"},
        "contact_date": 1_392_036_272,
        "paid": True,
    }
    assert send_event(client, nothing=None, **metadata).status == 202
    assert list_events(client)["events"][0]["metadata"] == metadata


def test_names_fold_case_and_lose_dots_and_dollars(client, person, clock):
    for second, name in enumerate(
        ("Completed-Order", "completed-order", "Completed.Order", "completed$order")
    ):
        send_event(client, name, at=clock.now - second)
    assert read_summary(client) == {"Completed-Order": 4}


def test_a_duplicate_is_accepted_and_counted_once(client, person, clock):
    for name, at in (("a", clock.now), ("A", clock.now), ("a", clock.now - 1), ("b", clock.now)):
        assert send_event(client, name, at).status == 202
    assert read_summary(client) == {"a": 2, "b": 1}


def test_ten_metadata_keys_are_tracked_per_name_in_the_order_sent(client, person, clock):
    send_event(client, at=clock.now - 9, **{f"k{number}": number for number in range(8)})
    send_event(client, at=clock.now - 8, late=1, K0="same key", later=2, too_late=3)
    newest, first = list_events(client)["events"]
    assert list(first["metadata"]) == [f"k{number}" for number in range(8)]
    assert newest["metadata"] == {"late": 1, "k0": "same key", "later": 2}
    send_event(client, "another", at=clock.now, too_late=3)
    assert list_events(client)["events"][0]["metadata"] == {"too_late": 3}


def test_switch_event_metadata_keys(client_with):
    client = client_with(event_metadata_keys=1)
    client.person("1")
    send_event(client, b=1, a=2)
    assert list_events(client)["events"][0]["metadata"] == {"b": 1}


def test_a_workspace_holds_120_names_by_default(client, person):
    for number in range(120):
        assert send_event(client, f"event {number}").status == 202
    assert send_event(client, "one more").error == (
        422,
        "422",
        "Cannot have more than 120 active event names",
    )
    assert send_event(client, "EVENT 7", at=5).status == 202
    assert "one more" not in read_summary(client)


def test_switch_event_name_limit(client_with):
    client = client_with(event_name_limit=1)
    client.person("1")
    send_event(client, "a")
    assert send_event(client, "b").error == (422, "422", "Cannot have more than 1 active event names")


def test_a_refused_event_uses_up_no_name(client_with):
    client = client_with(event_name_limit=1)
    client.person("1")
    send_event(client, "a", who={"user_id": "nobody"})
    assert send_event(client, "b").status == 202


def test_the_list_ends_after_90_days_and_the_summary_does_not(client, person, clock):
    send_event(client, at=clock.now - 90 * DAY + 1), send_event(client, at=clock.now - 90 * DAY)
    assert len(list_events(client)["events"]) == 1
    assert read_summary(client) == {"ordered": 2}


def test_a_summary_tells_first_last_and_count(client, person, clock):
    for at in (1_389_913_941, clock.now):
        send_event(client, at=at)
    assert list_events(client, summary="true") == {
        "type": "event.summary",
        "user_id": "1",
        "intercom_user_id": person["id"],
        "email": "ada@x.example",
        "events": [
            {
                "name": "ordered",
                "first": "2014-01-16T23:12:21.000+00:00",
                "last": "2026-09-21T14:13:20.000+00:00",
                "count": 2,
            }
        ],
    }


def test_the_list_pages_back_in_time(client, person, clock):
    moments = [clock.now - 10 * number for number in range(35)]
    for at in moments:
        send_event(client, at=at)
    seen, query = [], {"type": "user", "user_id": "1"}
    while query:
        body = client.get("/events", **query).body
        assert body["type"] == "event.list"
        seen += [event["created_at"] for event in body["events"]]
        query = dict(parse_qsl(urlsplit(body["pages"].get("next", "")).query))
    assert seen == moments
    assert len(list_events(client, per_page="20")["events"]) == 20
    newer = dict(parse_qsl(urlsplit(list_events(client)["pages"]["since"]).query))
    assert client.get("/events", **newer).body["events"] == []
    send_event(client, "later", at=clock.now + 5)
    assert [event["event_name"] for event in client.get("/events", **newer).body["events"]] == ["later"]


def test_events_of_one_second_are_never_parted(client, person, clock):
    for name in "abc":
        send_event(client, name), send_event(client, name, at=clock.now - 1)
    body = list_events(client, per_page="2")
    assert [event["event_name"] for event in body["events"]] == ["a", "b", "c"]
    following = dict(parse_qsl(urlsplit(body["pages"]["next"]).query))
    assert {event["created_at"] for event in client.get("/events", **following).body["events"]} == {
        clock.now - 1
    }


@pytest.mark.parametrize(
    ("query", "error"),
    [
        ({"user_id": "1"}, (400, "parameter_invalid", "type must be user")),
        (
            {"type": "user"},
            (400, "parameter_not_found", "one of user_id, email, intercom_user_id is required"),
        ),
        (
            {"type": "user", "user_id": "1", "before": "x"},
            (400, "parameter_invalid", "before must be an integer"),
        ),
    ],
)
def test_what_a_list_is_refused_for(client, person, query, error):
    assert client.get("/events", **query).error == error


SUMMARY = {"event_name": "Invited.Friend", "count": 3, "first": NOW - 500, "last": NOW - 100}


def summary_counts(client):
    events = client.get("/events", type="user", user_id="1", summary="true").body["events"]
    return {event["name"]: (event["count"], event["first"], event["last"]) for event in events}


def iso_text(second):
    return datetime.fromtimestamp(second, UTC).isoformat(timespec="milliseconds")


@pytest.mark.parametrize("add", [True, False])
def test_a_summary_counts_beside_events_or_for_them(client_with, add):
    client = client_with(event_summaries_add=add)
    client.person("1")
    client.post("/events", {"event_name": "other", "created_at": NOW, "user_id": "1"})
    answer = client.post("/events/summaries", {"user_id": "1", "event_summaries": SUMMARY})
    assert (answer.status, answer.body) == (200, None)
    other = (1, iso_text(NOW), iso_text(NOW))
    assert summary_counts(client) == {
        "Invited-Friend": (3, iso_text(NOW - 500), iso_text(NOW - 100)),
        "other": other,
    }
    client.post("/events", {"event_name": "invited-friend", "created_at": NOW, "user_id": "1"})
    last = NOW if add else NOW - 100
    counted = (4 if add else 3, iso_text(NOW - 500), iso_text(last))
    assert summary_counts(client) == {"Invited-Friend": counted, "other": other}
    listed = client.get("/events", type="user", user_id="1").body["events"]
    assert len(listed) == 2
    client.post("/events/summaries", {"user_id": "1", "event_summaries": SUMMARY | {"count": 9}})
    assert summary_counts(client)["Invited-Friend"][0] == (10 if add else 9)


@pytest.mark.parametrize(
    ("change", "error"),
    [
        ({"event_name": None}, (400, "parameter_not_found", "event_name is required")),
        ({"event_name": 5}, (400, "parameter_invalid", "event_name must be a string")),
        ({"first": None}, (400, "parameter_not_found", "first is required")),
        ({"last": "x"}, (400, "parameter_invalid", "last must be a Unix timestamp")),
        ({"first": NOW}, (400, "parameter_invalid", "first must not be after last")),
        ({"count": 0}, (400, "parameter_invalid", "count must be a positive integer")),
        ({"count": 2**63}, (400, "parameter_invalid", "count must be a positive integer")),
    ],
)
def test_what_is_no_summary(client, change, error):
    client.person("1")
    assert (
        client.post("/events/summaries", {"user_id": "1", "event_summaries": SUMMARY | change}).error == error
    )
    assert summary_counts(client) == {}


def test_a_summary_needs_a_user_and_room_for_its_name(client_with):
    client = client_with(event_name_limit=0)
    client.person("1")
    path = "/events/summaries"
    assert client.post(path, {"event_summaries": SUMMARY}).error[2] == "user_id is required"
    assert client.post(path, {"user_id": "1"}).error[2] == "event_summaries must be an object"
    assert client.post(path, {"user_id": "2", "event_summaries": SUMMARY}).error == (
        404,
        "not_found",
        "User Not Found",
    )
    assert client.post(path, {"user_id": "1", "event_summaries": SUMMARY}).error == (
        422,
        "422",
        "Cannot have more than 0 active event names",
    )
