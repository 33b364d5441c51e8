"""Companies: upserting by `company_id`, the plan's two forms, lists and the scroll."""

from datetime import date

import pytest

from intercom_iac.sandbox import reset, seed

NO_TAGS = {"type": "tag.list", "tags": []}


def test_posting_creates_and_then_updates_the_company_of_that_id(client, clock):
    client.attribute("tier", model="company")
    body = {
        "company_id": "remote",
        "name": "my company",
        "plan": "Pro",
        "size": 85,
        "website": "https://x.example",
        "industry": "Manufacturing",
        "remote_created_at": 1_394_531_169,
        "monthly_spend": 155.98,
        "custom_attributes": {"tier": "gold"},
    }
    created = client.create("/companies", body)
    assert created["type"] == "company"
    assert (created["company_id"], created["name"], created["monthly_spend"]) == ("remote", "my company", 155)
    assert created["plan"] == {"type": "plan", "id": created["plan"]["id"], "name": "Pro"}
    assert (created["size"], created["industry"], created["website"]) == (
        85,
        "Manufacturing",
        "https://x.example",
    )
    assert created["remote_created_at"] == 1_394_531_169
    assert (created["user_count"], created["session_count"]) == (0, 0)
    assert created["segments"] == {"type": "segment.list", "segments": []}
    assert created["custom_attributes"] == {"creation_source": "api", "tier": "gold"}
    assert created["app_id"] == client.sandbox.app_id
    clock.now += 7
    updated = client.create("/companies", {"company_id": "remote", "name": "renamed", "plan": None})
    assert updated == created | {"name": "renamed", "plan": {}, "updated_at": clock.now}
    assert client.get(f"/companies/{created['id']}").body == updated


def test_what_is_not_set_is_absent_and_no_plan_is_an_empty_object(client):
    company = client.create("/companies", {"company_id": "1"})
    assert company["plan"] == {}
    assert (
        not {"name", "size", "website", "industry", "remote_created_at", "last_request_at"} & company.keys()
    )


def test_put_updates_by_intercoms_id_and_never_the_company_id(client, clock):
    company = client.create("/companies", {"company_id": "1"})
    path = f"/companies/{company['id']}"
    updated = client.put(path, {"name": "n", "update_last_request_at": True}).body
    assert (updated["name"], updated["last_request_at"]) == ("n", clock.now)
    assert client.put(path, {"company_id": "2"}).error == (400, "bad_request", "bad 'company_id' parameter")


@pytest.mark.parametrize(
    ("body", "error"),
    [
        ({"test": "invalid"}, (400, "bad_request", "bad 'test' parameter")),
        ({"name": "no id"}, (400, "parameter_not_found", "company_id is required")),
        (
            {"company_id": "1", "custom_attributes": {"nope": 1}},
            (400, "parameter_invalid", "Custom attribute 'nope' does not exist"),
        ),
        ({"company_id": "1", "size": "many"}, (400, "parameter_invalid", "size must be an integer")),
        (
            {"company_id": "1", "monthly_spend": "9"},
            (400, "parameter_invalid", "monthly_spend must be a number"),
        ),
        (
            {"company_id": "1", "monthly_spend": 2**31},
            (400, "parameter_invalid", "monthly_spend must be at most 2147483647"),
        ),
        ({"company_id": "1", "plan": {"name": "x"}}, (400, "parameter_invalid", "plan must be a string")),
    ],
)
def test_what_a_company_is_refused_for(client, body, error):
    assert client.post("/companies", body).error == error
    assert client.get("/companies", company_id="1").status == 404


def test_the_largest_spend_is_taken(client):
    assert (
        client.create("/companies", {"company_id": "1", "monthly_spend": 2**31 - 0.5})["monthly_spend"]
        == 2**31 - 1
    )


@pytest.mark.parametrize("query", [{"company_id": "b"}, {"name": "Beta"}])
def test_one_company_is_looked_up_in_a_list_of_one(client, query):
    client.create("/companies", {"company_id": "a", "name": "Alpha"})
    company = client.create("/companies", {"company_id": "b", "name": "Beta"})
    body = client.get("/companies", **query).body
    assert (body["data"], body["total_count"]) == ([company], 1)


@pytest.mark.parametrize(
    "call", [("GET", "/companies/77"), ("PUT", "/companies/77"), ("DELETE", "/companies/77")]
)
def test_an_unknown_company(client, call):
    error = (404, "company_not_found", "Company Not Found")
    assert client.call(*call).error == error
    assert client.get("/companies", company_id="77").error == error
    assert client.get("/companies/77/contacts").error == error
    assert client.get("/companies/77/segments").error == error


def create_with_people(client, count):
    """Companies 1 to `count` with a person each, the later the more recently seen, and one empty one."""
    person = client.person("1")
    for number in range(1, count + 1):
        client.sandbox.clock.now += 1
        body = {"company_id": str(number), "update_last_request_at": True}
        company = client.create("/companies", body)
        client.create(f"/contacts/{person['id']}/companies", {"id": company["id"]})
    client.create("/companies", {"company_id": "empty"})
    return person


def company_ids(answer):
    return [company["company_id"] for company in answer.body["data"]]


def test_lists_go_by_last_request_and_leave_out_companies_without_people(client):
    create_with_people(client, 17)
    newest_first = [str(number) for number in range(17, 0, -1)]
    first = client.post("/companies/list")
    assert company_ids(first) == newest_first[:15]
    assert (
        first.body["total_count"],
        first.body["pages"]["per_page"],
        first.body["pages"]["total_pages"],
    ) == (17, 15, 2)
    assert "page=2" in first.body["pages"]["next"]
    second = client.post("/companies/list", None, page="2")
    assert company_ids(second) == newest_first[15:]
    assert second.body["pages"]["next"] is None
    assert company_ids(client.post("/companies/list", None, page="3")) == []
    assert company_ids(client.post("/companies/list", None, order="asc", per_page="3")) == ["1", "2", "3"]
    assert company_ids(client.get("/companies")) == newest_first[:15]
    assert client.post("/companies/list", None, order="up").status == 400


def test_companies_of_a_tag(client):
    create_with_people(client, 3)
    tag = client.create("/tags", {"name": "big", "companies": [{"company_id": "2"}]})
    assert company_ids(client.get("/companies", tag_id=tag["id"])) == ["2"]
    basic = {"type": "tag", "id": tag["id"], "name": "big"}
    tagged = {company["company_id"]: company["tags"] for company in client.get("/companies").body["data"]}
    assert tagged == {"1": NO_TAGS, "2": {"type": "tag.list", "tags": [basic]}, "3": NO_TAGS}
    assert company_ids(client.get("/companies", segment_id="x")) == []


def test_people_of_a_company(client):
    person = create_with_people(client, 1)
    company = client.get("/companies", company_id="1").body["data"][0]
    body = client.get(f"/companies/{company['id']}/contacts").body
    assert [contact["id"] for contact in body["data"]] == [person["id"]]
    assert (body["total_count"], body["pages"]["total_pages"]) == (1, 1)
    assert client.get(f"/companies/{company['id']}/segments").body == {"type": "list", "data": []}


def test_deleting_detaches_people_and_frees_the_company_id(client):
    person = create_with_people(client, 1)
    company = client.get("/companies", company_id="1").body["data"][0]
    path = f"/companies/{company['id']}"
    assert client.delete(path).body == {"id": company["id"], "object": "company", "deleted": True}
    assert client.get(f"/contacts/{person['id']}").body["companies"]["total_count"] == 0
    assert client.create("/companies", {"company_id": "1"})["id"] != company["id"]


def test_the_scroll_goes_over_all_companies_by_hundreds_and_ends_empty(client):
    create_with_people(client, 120)
    first = client.get("/companies/scroll")
    assert (len(company_ids(first)), first.body["pages"], first.body["total_count"]) == (100, None, None)
    parameter = first.body["scroll_param"]
    second = client.get("/companies/scroll", scroll_param=parameter)
    assert second.body["scroll_param"] == parameter
    assert sorted(company_ids(first) + company_ids(second), key=int) == [
        str(number) for number in range(1, 121)
    ]
    assert company_ids(client.get("/companies/scroll", scroll_param=parameter)) == []
    assert client.get("/companies/scroll", scroll_param=parameter).status == 404
    assert client.get("/companies/scroll").status == 200


def test_one_scroll_at_a_time_until_it_has_rested_a_minute(client, clock):
    create_with_people(client, 1)
    parameter = client.get("/companies/scroll").body["scroll_param"]
    clock.now += 60
    assert client.get("/companies/scroll").error[:2] == (400, "scroll_exists")
    clock.now += 1
    assert client.get("/companies/scroll", scroll_param=parameter).error[:2] == (404, "not_found")
    assert client.get("/companies/scroll").status == 200


def test_how_many_companies_have_people_is_kept(client, sandbox):
    """The same as counting them, whatever links and unlinks people."""

    def check(expected):
        counted = (
            "select count(*) from companies where exists (select 1 from memberships where company = seq)"
        )
        with sandbox.store(writes=False) as store:
            assert store.number(counted) == expected
        assert client.post("/companies/list", {}).body["total_count"] == expected

    check(0)
    people = [client.person(name)["id"] for name in "abc"]
    companies = [client.create("/companies", {"company_id": name})["id"] for name in "xyz"]
    check(0)
    for person, company, expected in ((0, 0, 1), (1, 0, 1), (1, 1, 2), (1, 1, 2), (2, 2, 3)):
        client.create(f"/contacts/{people[person]}/companies", {"id": companies[company]})
        check(expected)
    client.delete(f"/contacts/{people[0]}/companies/{companies[0]}")
    check(3)
    client.delete(f"/contacts/{people[1]}")
    check(1)
    client.delete(f"/companies/{companies[2]}")
    check(0)
    seed(sandbox, today=date(2026, 1, 31), people=20)
    check(client.post("/companies/list", {}).body["total_count"])
    reset(sandbox)
    check(0)
    seed(sandbox, today=date(2026, 1, 31), people=20)
    check(client.post("/companies/list", {}).body["total_count"])
