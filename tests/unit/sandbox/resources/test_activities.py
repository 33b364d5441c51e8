"""The log of teammates' acts: the one act the embedded workspace knows, and the calls that read it."""

import pytest

PATH = "/admins/activity_logs"


def logged_changes(answer):
    return [entry["activity_description"].rpartition(" ")[2] for entry in answer.body["activity_logs"]]


@pytest.fixture
def log_of_zones(sandbox, clock):
    """Three changes of the time zone, a minute apart; the time of each."""
    times = []
    for zone in ("Europe/Dublin", "UTC", "Asia/Tokyo"):
        clock.now += 60
        sandbox.timezone = zone
        times.append(clock.now)
    return times


def test_a_new_workspace_has_an_empty_log(client):
    assert client.get(PATH, created_at_after="0").body == {
        "type": "activity_log.list",
        "pages": {"type": "pages", "next": None, "page": 1, "per_page": 20, "total_pages": 0},
        "activity_logs": [],
    }


def test_a_change_of_the_time_zone_is_logged(client, log_of_zones):
    answer = client.get(PATH, created_at_after="0")
    assert logged_changes(answer) == ["Asia/Tokyo.", "UTC.", "Europe/Dublin."]
    first = answer.body["activity_logs"][-1]
    assert first["activity_type"] == "app_timezone_change"
    assert first["activity_description"] == (
        "Sandbox Admin changed your app timezone from America/New_York to Europe/Dublin."
    )
    assert (first["created_at"], first["performed_by"]["id"]) == (log_of_zones[0], "1")
    assert len({entry["id"] for entry in answer.body["activity_logs"]}) == 3


def test_the_same_time_zone_again_is_no_change(client, sandbox):
    sandbox.timezone = sandbox.timezone
    assert logged_changes(client.get(PATH, created_at_after="0")) == []


def test_a_span_of_time(client, log_of_zones):
    after, before = str(log_of_zones[1]), str(log_of_zones[1])
    assert logged_changes(client.get(PATH, created_at_after=after)) == ["Asia/Tokyo.", "UTC."]
    assert logged_changes(client.get(PATH, created_at_after=after, created_at_before=before)) == ["UTC."]


def test_the_search(client, log_of_zones):
    path = f"{PATH}/search"
    span = {"created_at_after": 0, "created_at_before": log_of_zones[1]}
    assert logged_changes(client.post(path, span)) == ["UTC.", "Europe/Dublin."]
    assert logged_changes(
        client.post(path, span | {"event_types": ["app_timezone_change", "role_change"]})
    ) == [
        "UTC.",
        "Europe/Dublin.",
    ]
    assert logged_changes(client.post(path, span | {"event_types": ["role_change"]})) == []
    first = client.get(PATH, created_at_after=str(log_of_zones[0]), per_page="2").body["pages"]["next"]
    assert first == f"/admins/activity_logs?created_at_after={log_of_zones[0]}&per_page=2&page=2"
    pages = [client.post(path, span | {"per_page": 1, "page": page}) for page in (1, 2, 3)]
    assert [logged_changes(page) for page in pages] == [["UTC."], ["Europe/Dublin."], []]
    following = [page.body["pages"]["next"] for page in pages]
    assert following == [{"per_page": 1, "starting_after": "2"}, None, None]


@pytest.mark.parametrize(
    ("after", "before"),
    [
        ("2026-09-21", "2026-09-22"),
        ("2026-09-21T00:00:00Z", "2026-09-21T23:59:59+00:00"),
        ("2026-09-21T00:00:00 00:00", "2026-09-22T00:00:00.5"),
        (1_789_948_800, "1790035200"),
        (1_789_948_800.5, "1790035200.25"),
    ],
)
def test_moments_as_programs_write_them(client, sandbox, clock, after, before):
    clock.now = 1_790_000_000  # 2026-09-21, 14:13:20 UTC
    sandbox.timezone = "Europe/Dublin"
    span = {"created_at_after": after, "created_at_before": before}
    assert logged_changes(client.get(PATH, **{key: str(value) for key, value in span.items()})) == [
        "Europe/Dublin."
    ]
    assert logged_changes(client.post(f"{PATH}/search", span)) == ["Europe/Dublin."]
    assert logged_changes(client.post(f"{PATH}/search", {"created_at_after": before})) == []


MOMENT = "created_at_after must be a Unix timestamp or an ISO 8601 date"


@pytest.mark.parametrize(
    ("body", "message"),
    [
        ({}, "created_at_after is required"),
        ({"created_at_after": "soon"}, MOMENT),
        ({"created_at_after": True}, MOMENT),
        ({"created_at_after": 0, "event_types": "x"}, "event_types must be an array of strings"),
        ({"created_at_after": 0, "event_types": [5]}, "event_types must be an array of strings"),
    ],
)
def test_what_is_no_question(client, body, message):
    assert client.post(f"{PATH}/search", body).error[2] == message


def test_the_types_hold_what_is_logged_and_nothing_of_attributes(client):
    types = client.get("/admins/activity_log_event_types").body["event_types"]
    assert "app_timezone_change" in types
    assert not [name for name in types if "attribute" in name or "segment" in name]
