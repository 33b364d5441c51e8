"""`creation_source`: what companies made by a call carry, a custom attribute that nobody declared."""

from datetime import date

from intercom_iac.sandbox import seed

NAME = "custom_attributes.creation_source"


def creation_source_attributes(client):
    data = client.get("/data_attributes", model="company").body["data"]
    return [attribute for attribute in data if attribute["full_name"] == NAME]


def test_a_company_made_by_a_call_carries_it(client):
    assert creation_source_attributes(client) == []
    own = client.attribute("seats", "integer", model="company")
    company = client.create("/companies", {"company_id": "1", "custom_attributes": {"seats": 5}})
    assert company["custom_attributes"] == {"creation_source": "api", "seats": 5}
    (attribute,) = creation_source_attributes(client)
    assert (attribute["name"], attribute["label"], attribute["data_type"]) == (
        "creation_source",
        "creation_source",
        "string",
    )
    assert (attribute["custom"], "admin_id" in attribute, "admin_id" in own) == (True, False, True)
    client.create("/companies", {"company_id": "2"})
    assert len(creation_source_attributes(client)) == 1
    renewed = client.create("/companies", {"company_id": "1", "name": "N"})
    assert renewed["custom_attributes"] == company["custom_attributes"]


def test_its_name_is_taken(client):
    client.create("/companies", {"company_id": "1"})
    for model in ("contact", "company"):
        body = {"name": "creation_source", "model": model, "data_type": "string"}
        assert client.post("/data_attributes", body).error[0] == 400


def test_a_name_that_means_something_else_is_left_alone(client):
    client.attribute("creation_source", "integer", model="company")
    assert client.create("/companies", {"company_id": "1"})["custom_attributes"] == {}


def test_other_companies_do_without(client):
    client.create("/sandbox/messenger/boot", {"user_id": "1", "company": {"company_id": "c", "name": "C"}})
    seed(client.sandbox, today=date(2026, 9, 21), people=10)
    assert creation_source_attributes(client) == []
