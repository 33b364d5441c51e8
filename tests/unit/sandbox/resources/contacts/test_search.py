"""POST /contacts/search: what each operator means, what is refused, order and pages."""

import base64
import json
from datetime import date, datetime
from zoneinfo import ZoneInfo

import pytest


@pytest.fixture
def people(client):
    """Six contacts; `f` has no custom value at all."""
    client.attribute("plan", "options", "free", "Pro"), client.attribute("city")
    (
        client.attribute("seats", "integer"),
        client.attribute("score", "float"),
        client.attribute("beta", "boolean"),
    )
    client.person("a", plan="free", city="New York", seats=1, score=0.5, beta=True)
    client.person("b", plan="Pro", city="York", seats=5, score=2, beta=False)
    client.person("c", plan="pro", city="new delhi", seats=10)
    client.person("d", plan="free", score=-3.25, beta=True)
    client.person("e", city="ÉVREUX", seats=5)
    client.person("f")
    return client


def search_ids(client, query, **body):
    answer = client.post("/contacts/search", {"query": query} | body)
    assert answer.status == 200, answer
    return "".join(sorted(contact["external_id"] for contact in answer.body["data"]))


def query(field, operator, value):
    return {"field": field, "operator": operator, "value": value}


@pytest.mark.parametrize(
    ("field", "operator", "value", "expected"),
    [
        ("plan", "=", "Pro", "b"),
        ("plan", "!=", "Pro", "acdef"),
        ("plan", "IN", ["Pro", "pro"], "bc"),
        ("plan", "NIN", ["Pro", "pro"], "adef"),
        ("city", "~", "YORK", "ab"),
        ("city", "!~", "york", "cdef"),
        ("city", "^", "new", "ac"),
        ("city", "^", "é", "e"),
        ("city", "$", "york", "ab"),
        ("city", "~", "%", ""),
        ("seats", "=", 5, "be"),
        ("seats", "!=", 5, "acdf"),
        ("seats", "IN", [1, 10], "ac"),
        ("seats", "NIN", [1, 10], "bdef"),
        ("seats", "<", 5, "a"),
        ("seats", "<=", 5, "abe"),
        ("seats", ">", 5, "c"),
        ("seats", ">=", 5, "bce"),
        ("score", ">", 0, "ab"),
        ("score", "<", 1, "ad"),
        ("score", "=", 2, "b"),
        ("beta", "=", True, "ad"),
        ("beta", "!=", True, "bcef"),
        ("beta", "IN", [True, False], "abd"),
        ("beta", "NIN", [True], "bcef"),
        ("plan", "=", None, "ef"),
        ("plan", "!=", None, "abcd"),
        ("seats", "=", None, "df"),
        ("beta", "!=", None, "abd"),
    ],
)
def test_operators_on_custom_attributes(people, field, operator, value, expected):
    assert search_ids(people, query(f"custom_attributes.{field}", operator, value)) == expected


@pytest.mark.parametrize(
    ("field", "operator", "value", "expected"),
    [
        ("role", "=", "lead", "L"),
        ("role", "!=", "lead", "m"),
        ("name", "~", "ADA", "m"),
        ("name", "=", None, "L"),
        ("email", "=", "ada@x.example", "m"),
        ("email_domain", "=", "x.example", "m"),
        ("name", "=", "ada", ""),
        ("phone", "=", "+15550001", "m"),
        ("formatted_phone", "$", "0001", "m"),
        ("external_id", "IN", ["m", "zz"], "m"),
        ("owner_id", "=", "1", "m"),
        ("avatar", "!=", None, "m"),
        ("unsubscribed_from_emails", "=", True, "m"),
        ("unsubscribed_from_emails", "=", False, "L"),
        ("has_hard_bounced", "=", False, "Lm"),
        ("location.country", "=", None, "Lm"),
    ],
)
def test_standard_fields(client, field, operator, value, expected):
    ada = {"name": "Ada", "email": "ada@x.example", "phone": "+15550001", "owner_id": "1", "external_id": "m"}
    client.create("/contacts", ada | {"avatar": "https://x.example", "unsubscribed_from_emails": True})
    lead = client.create("/contacts", {"role": "lead"})
    names = search_ids(client, query(field, operator, value)).replace(lead["external_id"], "L")
    assert "".join(sorted(names)) == expected


def test_a_contact_is_found_by_its_id(people):
    contact = people.get("/contacts/find_by_external_id/c").body
    assert search_ids(people, query("id", "=", contact["id"])) == "c"


def test_and_or_and_two_levels(people):
    free, york = query("custom_attributes.plan", "=", "free"), query("custom_attributes.city", "~", "york")
    seats = query("custom_attributes.seats", ">", 4)
    assert search_ids(people, {"operator": "AND", "value": [free, york]}) == "a"
    assert search_ids(people, {"operator": "OR", "value": [free, york]}) == "abd"
    groups = [{"operator": "OR", "value": [free, york]}, {"operator": "AND", "value": [seats]}]
    assert search_ids(people, {"operator": "AND", "value": groups}) == "b"
    assert search_ids(people, {"operator": "OR", "value": groups}) == "abcde"


def test_tags(people):
    tag = people.create("/tags", {"name": "vip"})
    for name in "bd":
        contact = people.get(f"/contacts/find_by_external_id/{name}").body
        people.create(f"/contacts/{contact['id']}/tags", {"id": tag["id"]})
    assert search_ids(people, query("tag_id", "=", tag["id"])) == "bd"
    assert search_ids(people, query("tag_id", "!=", tag["id"])) == "acef"
    assert search_ids(people, query("tag_id", "=", "77")) == ""


def test_archived_contacts_are_never_found(people):
    contact = people.get("/contacts/find_by_external_id/a").body
    people.post(f"/contacts/{contact['id']}/archive")
    assert search_ids(people, query("role", "=", "user")) == "bcdef"


def moment_in(zone, *moment):
    return int(datetime(*moment, tzinfo=ZoneInfo(zone)).timestamp())


NEW_YORK, SYDNEY, HAVANA = "America/New_York", "Australia/Sydney", "America/Havana"


@pytest.mark.parametrize(
    ("zone", "day", "hours"),
    [
        (NEW_YORK, (2026, 9, 21), 24),
        (NEW_YORK, (2026, 3, 8), 23),  # clocks go forward
        (NEW_YORK, (2026, 11, 1), 25),  # clocks go back
        (SYDNEY, (2026, 10, 4), 23),
        (HAVANA, (2026, 3, 8), 23),  # midnight does not exist
        (HAVANA, (2026, 11, 1), 25),  # midnight comes twice
        ("UTC", (2026, 12, 31), 24),
        ("Asia/Kathmandu", (2026, 1, 1), 24),
    ],
)
def test_dates_go_by_calendar_days_of_the_workspace(client_with, zone, day, hours):
    client = client_with(timezone=zone)
    client.attribute("trial_end", "date")
    noon = moment_in(zone, *day, 12)
    # The day's ends, told by local dates alone.
    start, end = noon, noon
    while datetime.fromtimestamp(start - 1, ZoneInfo(zone)).date() == date(*day):
        start -= 1
    while datetime.fromtimestamp(end, ZoneInfo(zone)).date() == date(*day):
        end += 1
    assert end - start == hours * 3600
    for name, moment in {"a": start - 1, "b": start, "c": noon, "d": end - 1, "e": end}.items():
        client.person(name, trial_end=moment)
    client.person("f")
    for asked in (start, noon, end - 1, str(noon)):
        assert search_ids(client, query("custom_attributes.trial_end", "=", asked)) == "bcd"
        assert search_ids(client, query("custom_attributes.trial_end", "<", asked)) == "a"
        assert search_ids(client, query("custom_attributes.trial_end", ">", asked)) == "e"
    assert search_ids(client, query("custom_attributes.trial_end", "=", None)) == "f"


def test_a_change_of_time_zone_changes_the_days(client, sandbox):
    client.create("/contacts", {"external_id": "a", "signed_up_at": moment_in("UTC", 2026, 5, 2, 1)})
    asked = query("signed_up_at", "=", moment_in("UTC", 2026, 5, 2, 12))
    assert search_ids(client, asked) == ""
    sandbox.timezone = "UTC"
    assert search_ids(client, asked) == "a"
    assert client.get("/me").body["app"]["timezone"] == "UTC"


FILTER = query("role", "=", "user")
SEATS, SCORE = "custom_attributes.seats", "custom_attributes.score"


@pytest.mark.parametrize(
    "field", ["nope", "company.name", "custom_attributes.nope", "custom_attributes.old", None, 5]
)
def test_fields_that_cannot_be_searched(people, field):
    old = people.attribute("old")
    people.put(f"/data_attributes/{old['id']}", {"archived": True})
    answer = people.post("/contacts/search", {"query": query(field, "=", "x")})
    assert answer.error == (400, "invalid_field", f"{field} is not a valid search field")


@pytest.mark.parametrize(
    ("field", "operators"),
    [
        ("name", ["<", "<=", ">", ">=", "==", "AND", None, ["="]]),
        ("has_hard_bounced", ["<", ">", "~", "^"]),
        (SEATS, ["~", "!~", "^", "$"]),
        (SCORE, ["~", "!~", "^", "$"]),
        ("created_at", ["!=", "<=", ">=", "IN", "NIN", "~"]),
        ("tag_id", ["IN", "NIN", "~", "<"]),
        ("segment_id", ["IN", "~"]),
    ],
)
def test_operators_a_field_does_not_take(people, field, operators):
    for operator in operators:
        for value in (1, None, "x", [1]):
            answer = people.post("/contacts/search", {"query": query(field, operator, value)})
            message = f"operator '{operator}' is not supported for {field}"
            assert answer.error == (422, "invalid_operator", message)


def test_the_switch_for_operators(client_with):
    older = client_with(operators_unprocessable=False)
    message = "operator '!=' is not supported for created_at"
    answer = older.post("/contacts/search", {"query": query("created_at", "!=", 1)})
    assert answer.error == (400, "parameter_invalid", message)


@pytest.mark.parametrize(
    ("field", "kind", "values"),
    [
        ("name", "string", [5, True, ["x"], {}]),
        ("has_hard_bounced", "boolean", ["true", 1]),
        (SEATS, "integer", ["5", True, 5.0, [5]]),
        (SCORE, "integer", [0.5, "0.5"]),  # the description knows no value with a fraction
        ("created_at", "date", ["foorbar", "2026-01-31", "1.", "1e9", True, 10**18, "9" * 400]),
    ],
)
def test_values_are_of_the_fields_type(people, field, kind, values):
    for value in values:
        answer = people.post("/contacts/search", {"query": query(field, "=", value)})
        assert answer.error == (400, "parameter_invalid", f"the value for {field} must be of type {kind}")


GROUP = "a group's value must be a list of filters"


@pytest.mark.parametrize(
    ("query", "message"),
    [
        ("text", "query must be an object"),
        (None, "query must be an object"),
        (query("name", "IN", "x"), "operator 'IN' needs a list of values for name"),
        (query("name", "IN", [None]), "the value for name must be of type string"),
        (query("name", "IN", None), "operator 'IN' needs a value for name"),
        (query("name", "~", None), "operator '~' needs a value for name"),
        (query("created_at", "<", None), "operator '<' needs a value for created_at"),
        (query("tag_id", "=", None), "the value for tag_id must be an id"),
        ({}, "a group's operator must be one of: AND, OR"),
        ({"operator": "NOT", "value": [FILTER]}, "a group's operator must be one of: AND, OR"),
        ({"operator": ["AND"], "value": [FILTER]}, "a group's operator must be one of: AND, OR"),
        ({"operator": "AND", "value": []}, GROUP),
        ({"operator": "AND", "value": FILTER}, GROUP),
        ({"operator": "AND"}, GROUP),
        ({"operator": "AND", "value": ["x"]}, "a filter must be an object"),
        ({"operator": "AND", "value": [FILTER] * 16}, "a group may have at most 15 filters"),
        (
            {
                "operator": "AND",
                "value": [{"operator": "OR", "value": [{"operator": "AND", "value": [FILTER]}]}],
            },
            "groups may be nested at most 2 deep",
        ),
    ],
)
def test_queries_that_make_no_sense(people, query, message):
    assert people.post("/contacts/search", {"query": query}).error == (400, "parameter_invalid", message)


def test_fifteen_groups_of_fifteen_filters_fit(people):
    group = {"operator": "AND", "value": [FILTER] * 15}
    assert search_ids(people, {"operator": "OR", "value": [group] * 15}) == "abcdef"


def test_a_query_is_required(client):
    assert client.post("/contacts/search", {}).error == (400, "parameter_not_found", "query is required")


def sorted_ids(client, **sort):
    answer = client.post("/contacts/search", {"query": FILTER, "sort": sort} if sort else {"query": FILTER})
    return "".join(contact["external_id"] for contact in answer.body["data"])


def test_sorting(client, clock):
    client.attribute("seats", "integer"), client.attribute("city")
    for name, seats, city in (("a", 5, "York"), ("b", 1, None), ("c", None, "Bonn"), ("d", 9, "Aix")):
        clock.now += 1
        client.person(name, seats=seats, city=city)
    assert sorted_ids(client) == "abcd"
    assert sorted_ids(client, field="created_at") == "dcba"
    assert sorted_ids(client, order="ascending") == "abcd"
    assert sorted_ids(client, field="custom_attributes.seats", order="ascending") == "badc"
    assert sorted_ids(client, field="custom_attributes.seats", order="descending") == "dabc"
    assert sorted_ids(client, field="custom_attributes.city", order="ascending") == "dcab"
    assert sorted_ids(client, field="external_id") == "dcba"


@pytest.mark.parametrize(
    ("sort", "code", "message"),
    [
        (
            {"order": "desc"},
            "invalid_sort_order",
            "Invalid sort order 'desc'. Must be one of: ascending, descending",
        ),
        ({"field": "nope"}, "invalid_field", "nope is not a valid search field"),
        ({"field": "tag_id"}, "invalid_field", "tag_id is not a valid sort field"),
        ("created_at", "parameter_invalid", "sort must be an object"),
    ],
)
def test_what_a_sort_is_refused_for(client, sort, code, message):
    assert client.post("/contacts/search", {"query": FILTER, "sort": sort}).error == (400, code, message)


@pytest.mark.parametrize("direction", ["ascending", "descending"])
@pytest.mark.parametrize(
    "field", ["created_at", "custom_attributes.seats", "custom_attributes.city", "has_hard_bounced"]
)
def test_pages_hold_every_contact_once_in_the_order_of_the_whole(client, clock, field, direction):
    client.attribute("seats", "integer"), client.attribute("city")
    for number in range(11):
        clock.now += number % 3 == 0
        client.person(str(number), seats=number % 3 or None, city=("x", None, "y", "x")[number % 4])
    body = {"query": FILTER, "sort": {"field": field, "order": direction}}
    whole = client.create("/contacts/search", body)
    assert whole["total_count"] == 11
    assert whole["pages"] == {"type": "pages", "page": 1, "per_page": 50, "total_pages": 1}
    seen, pagination = [], {"per_page": 3}
    for page in (1, 2, 3, 4):
        answer = client.create("/contacts/search", body | {"pagination": pagination})
        assert {key: answer["pages"][key] for key in ("page", "per_page", "total_pages")} == {
            "page": page,
            "per_page": 3,
            "total_pages": 4,
        }
        seen += answer["data"]
        if page < 4:
            pagination = {"per_page": 3, "starting_after": answer["pages"]["next"]["starting_after"]}
    assert "next" not in answer["pages"]
    assert seen == whole["data"]


def test_a_cursor_holds_when_its_contact_is_gone(client, clock):
    for name in "abcd":
        clock.now += 1
        client.person(name)
    first = client.create("/contacts/search", {"query": FILTER, "pagination": {"per_page": 2}})
    client.delete(f"/contacts/{first['data'][1]['id']}")
    after = first["pages"]["next"]["starting_after"]
    second = client.create(
        "/contacts/search", {"query": FILTER, "pagination": {"per_page": 2, "starting_after": after}}
    )
    assert [contact["external_id"] for contact in second["data"]] == ["c", "d"]


def test_a_page_follows_one_that_ends_with_a_number_of_more_than_64_bits(client):
    client.create("/data_attributes", {"name": "seats", "model": "contact", "data_type": "integer"})
    for name, seats in {"a": -(2**64), "b": 2**64, "c": 2**64 + 1}.items():
        client.person(name, seats=seats)
    body = {"query": FILTER, "sort": {"field": "custom_attributes.seats", "order": "ascending"}}
    seen, pagination = [], {"per_page": 1}
    for _ in range(3):
        page = client.create("/contacts/search", body | {"pagination": pagination})
        seen += [contact["external_id"] for contact in page["data"]]
        pagination = {"per_page": 1, "starting_after": page["pages"].get("next", {}).get("starting_after")}
    assert seen == ["a", "b", "c"]


def test_searches_by_other_fields_after_the_last_contact_is_gone(client):
    client.person("a")
    last = client.person("b")
    assert search_ids(client, query("external_id", "!~", "z")) == "ab"
    client.delete(f"/contacts/{last['id']}")
    assert search_ids(client, query("name", "!~", "z")) == "a"
    client.person("c")
    assert search_ids(client, query("name", "!~", "z")) == "ac"


def encode_cursor(value):
    return base64.b64encode(json.dumps(value).encode()).decode()


@pytest.mark.parametrize(
    "cursor",
    [
        "nonsense",
        "e30=",
        5,
        "é",
        encode_cursor([1, "x"]),
        encode_cursor([1, 2, 3]),
        encode_cursor(["text", "x", 2]),
        encode_cursor([[], "x", 2]),
        encode_cursor([1, "x", 0]),
        encode_cursor([1, "x", -1]),
    ],
)
def test_a_bad_cursor(people, cursor):
    body = {"query": FILTER, "pagination": {"starting_after": cursor}}
    assert people.post("/contacts/search", body).error == (
        400,
        "client_error",
        "Invalid starting_after param. Please try again using a starting_after value from a paginated response",
    )


@pytest.mark.parametrize("pagination", ["x", [1], [], False, "", 0])
def test_pagination_is_an_object(people, pagination):
    answer = people.post("/contacts/search", {"query": FILTER, "pagination": pagination})
    assert answer.error == (400, "parameter_invalid", "pagination must be an object")
