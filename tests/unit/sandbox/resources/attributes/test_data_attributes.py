"""Data attributes: every rule and every message of the official description that the workspace knows."""

import pytest


def test_a_created_attribute_is_shown_as_intercom_shows_it(client, clock):
    created = client.post(
        "/data_attributes", {"name": "Mithril Shirt", "model": "company", "data_type": "string"}
    )
    assert created.status == 200
    assert created.body == {
        "id": 1,
        "type": "data_attribute",
        "name": "Mithril Shirt",
        "full_name": "custom_attributes.Mithril Shirt",
        "label": "Mithril Shirt",
        "data_type": "string",
        "api_writable": True,
        "ui_writable": False,
        "messenger_writable": False,
        "custom": True,
        "archived": False,
        "admin_id": "1",
        "created_at": clock.now,
        "updated_at": clock.now,
        "model": "company",
    }


@pytest.mark.parametrize("data_type", ["options", "string"])
def test_a_list_comes_back_as_text_with_plain_options(client, data_type):
    created = client.attribute("plan_type", data_type, "free", "pro")
    assert (created["data_type"], created["options"]) == ("string", ["free", "pro"])


@pytest.mark.parametrize(
    ("sent", "returned"),
    [
        ("integer", "integer"),
        ("float", "float"),
        ("boolean", "boolean"),
        ("date", "date"),
        ("datetime", "date"),
    ],
)
def test_data_types(client, sent, returned):
    assert client.attribute("x", sent)["data_type"] == returned


def test_the_list_holds_standard_attributes_without_ids_and_hides_archived_ones(client):
    kept, gone = client.attribute("kept"), client.attribute("gone", model="company")
    client.put(f"/data_attributes/{gone['id']}", {"archived": True})
    listed = client.get("/data_attributes").body
    assert listed.keys() == {"type", "data"}
    assert [item["name"] for item in listed["data"] if item["custom"]] == ["kept"]
    standard = [item for item in listed["data"] if not item["custom"]]
    assert {"location.city", "plan.name", "external_id"} <= {item["full_name"] for item in standard}
    assert next(item["name"] for item in standard if item["full_name"] == "location.city") == "city"
    assert not any("id" in item or "created_at" in item for item in standard)

    everything = client.get("/data_attributes", include_archived="true").body["data"]
    assert {item["id"]: item["archived"] for item in everything if item["custom"]} == {
        kept["id"]: False,
        gone["id"]: True,
    }


def test_the_list_can_be_of_one_model(client):
    client.attribute("a"), client.attribute("b", model="company")
    for model, name in (("contact", "a"), ("company", "b")):
        data = client.get("/data_attributes", model=model).body["data"]
        assert {item["model"] for item in data} == {model}
        assert [item["name"] for item in data if item["custom"]] == [name]


def test_conversation_attributes_have_moved(client):
    assert client.get("/data_attributes", model="conversation").error == (
        422,
        "parameter_invalid",
        "model=conversation is no longer supported. Use GET /conversations/attributes instead",
    )


BAD_NAME = (
    "Your name for this attribute must only contain alphanumeric characters, currency symbols, and hyphens"
)


@pytest.mark.parametrize(
    ("change", "message"),
    [
        ({"model": "conversation"}, "The Data Attribute model field must be either contact or company"),
        ({"model": None}, "The Data Attribute model field must be either contact or company"),
        ({"data_type": "mithril"}, "Data Type isn't an option"),
        ({"data_type": None}, "Data Type isn't an option"),
        ({"data_type": "options"}, "You must have at least two options on a list type data attribute"),
        ({"options": [{"value": "one"}]}, "You must have at least two options on a list type data attribute"),
        ({"options": {"value": "one"}}, "Options isn't an array"),
        ({"name": "!nv@l!d n@me"}, BAD_NAME),
        ({"name": "a.b"}, BAD_NAME),
        ({"name": "us$"}, BAD_NAME),
        ({"name": "tab\there"}, BAD_NAME),
        ({"name": " "}, BAD_NAME),
        ({"name": None}, BAD_NAME),
        (
            {"name": "Name"},
            "'Name' is one of our standard attributes for your people data."
            " To save this as new people data, use a different name.",
        ),
        (
            {"name": "plan", "model": "company"},
            "'plan' is one of our standard attributes for your company data."
            " To save this as new company data, use a different name.",
        ),
    ],
)
def test_what_a_new_attribute_is_refused_for(client, change, message):
    body = {"name": "fine", "model": "contact", "data_type": "string"} | change
    assert client.post("/data_attributes", body).error == (400, "parameter_invalid", message)
    assert not any(item["custom"] for item in client.get("/data_attributes").body["data"])


@pytest.mark.parametrize("name", ["The One Ring", "job title", "paid_subscriber", "price-€", "café"])
def test_names_that_intercom_takes(client, name):
    assert client.attribute(name)["full_name"] == f"custom_attributes.{name}"


@pytest.mark.parametrize(
    ("first", "second", "taken", "wanted"),
    [
        ("company", "company", "company", "company"),
        ("company", "contact", "company", "people"),
        ("contact", "company", "people", "company"),
        ("contact", "contact", "people", "people"),
    ],
)
def test_names_are_unique_across_contact_and_company(client, first, second, taken, wanted):
    client.attribute("The One Ring", model=first)
    again = client.post("/data_attributes", {"name": "The One Ring", "model": second, "data_type": "integer"})
    assert again.error == (
        400,
        "parameter_invalid",
        f"You already have 'The One Ring' in your {taken} data."
        f" To save this as new {wanted} data, use a different name.",
    )


def test_an_update_changes_what_is_sent_and_only_that(client, clock):
    attribute = client.attribute("The One Ring")
    clock.now += 5
    body = {
        "description": "Just a plain old ring",
        "options": [{"value": "1-10"}, {"value": "11-20"}],
        "messenger_writable": True,
    }
    updated = client.put(f"/data_attributes/{attribute['id']}", body)
    assert updated.status == 200
    assert updated.body == attribute | {
        "description": "Just a plain old ring",
        "options": ["1-10", "11-20"],
        "messenger_writable": True,
        "updated_at": clock.now,
    }
    renamed = client.put(
        f"/data_attributes/{attribute['id']}", {"name": "other", "data_type": "integer"}
    ).body
    assert (renamed["name"], renamed["data_type"]) == ("The One Ring", "string")


@pytest.mark.parametrize(
    ("options", "message"),
    [
        ({"value": "1-10"}, "Options isn't an array"),
        ([{"value": "1-10"}], "You must have at least two options on a list type data attribute"),
    ],
)
def test_options_are_checked_on_update_too(client, options, message):
    attribute = client.attribute("size", "options", "s", "m")
    answer = client.put(f"/data_attributes/{attribute['id']}", {"options": options})
    assert answer.error == (400, "parameter_invalid", message)


@pytest.mark.parametrize("attribute_id", ["77", "name", "9" * 30, "-1"])
def test_an_unknown_attribute_cannot_be_updated(client, attribute_id):
    assert client.put(f"/data_attributes/{attribute_id}", {"archived": True}).error == (
        404,
        "field_not_found",
        "We couldn't find that data attribute to update",
    )


@pytest.mark.parametrize(
    ("model", "name_in_predicate"),
    [
        ("contact", "custom_attributes.tier"),
        ("company", "company.custom_attributes.tier"),
        ("company", "company.tier"),
    ],
)
def test_an_attribute_an_audience_uses_cannot_be_archived(client, model, name_in_predicate):
    attribute = client.attribute("tier", model=model)
    predicate = {"attribute": name_in_predicate, "type": "string", "comparison": "eq", "value": "gold"}
    audience = client.create("/audiences", {"name": "Gold", "predicates": [predicate]})
    path = f"/data_attributes/{attribute['id']}"
    assert client.put(path, {"archived": True}).error == (
        422,
        "data_invalid",
        "The Data Attribute you are trying to archive has a dependant object",
    )
    client.delete(f"/audiences/{audience['id']}")
    assert client.put(path, {"archived": True}).body["archived"] is True
    assert client.put(path, {"archived": False}).body["archived"] is False


LIMIT_REACHED = (422, "custom_data_limit_reached", "Custom data limit reached")
NEW = {"name": "one more", "model": "contact", "data_type": "string"}


def test_a_workspace_holds_250_attributes_by_default(client):
    for number in range(250):
        client.attribute(f"a{number}", model=("contact", "company")[number % 2])
    assert client.post("/data_attributes", NEW).error == LIMIT_REACHED


def test_archiving_makes_room_and_taking_back_needs_it(client_with):
    client = client_with(attribute_limit=1)
    first = client.attribute("first")
    client.put(f"/data_attributes/{first['id']}", {"archived": True})
    client.create("/data_attributes", NEW)
    assert client.put(f"/data_attributes/{first['id']}", {"archived": False}).error == LIMIT_REACHED


def test_switch_archived_attributes_count(client_with):
    client = client_with(attribute_limit=1, archived_attributes_count=True)
    client.put(f"/data_attributes/{client.attribute('first')['id']}", {"archived": True})
    assert client.post("/data_attributes", NEW).error == LIMIT_REACHED


@pytest.mark.parametrize("reserved", [True, False])
def test_switch_archived_names_reserved(client_with, reserved):
    client = client_with(archived_names_reserved=reserved)
    client.put(f"/data_attributes/{client.attribute('first')['id']}", {"archived": True})
    again = client.post("/data_attributes", {"name": "first", "model": "contact", "data_type": "string"})
    assert again.status == (400 if reserved else 200)


@pytest.mark.parametrize("folds", [True, False])
def test_switch_attribute_names_fold_case(client_with, folds):
    client = client_with(attribute_names_fold_case=folds)
    client.attribute("Tier")
    again = client.post("/data_attributes", {"name": "tier", "model": "contact", "data_type": "string"})
    assert again.status == (400 if folds else 200)


def test_switch_dollar_in_attribute_names(client_with):
    client = client_with(dollar_in_attribute_names=True)
    assert client.attribute("us$")["name"] == "us$"


def test_switch_audiences_block_archiving(client_with):
    client = client_with(audiences_block_archiving=False)
    attribute = client.attribute("tier")
    predicate = {"attribute": "custom_attributes.tier", "type": "string", "comparison": "eq", "value": "gold"}
    client.create("/audiences", {"name": "Gold", "predicates": [predicate]})
    assert client.put(f"/data_attributes/{attribute['id']}", {"archived": True}).status == 200


def test_spaces_around_a_name_are_not_stored(client):
    assert client.attribute("  job title ")["name"] == "job title"
    answer = client.post(
        "/data_attributes", {"name": "job title ", "model": "contact", "data_type": "string"}
    )
    assert answer.error[2].startswith("You already have 'job title' in your people data.")


def test_switch_restoring_needs_room(client_with):
    for needed, status in ((True, 422), (False, 200)):
        client = client_with(attribute_limit=1, restoring_needs_room=needed)
        first = client.attribute("a")
        client.put(f"/data_attributes/{first['id']}", {"archived": True})
        client.attribute("b")
        assert client.put(f"/data_attributes/{first['id']}", {"archived": False}).status == status


def test_switch_attributes_in_use(client_with):
    client = client_with(attributes_in_use=frozenset({"plan type"}))
    used, free = client.attribute("plan type"), client.attribute("free")
    assert client.put(f"/data_attributes/{used['id']}", {"archived": True}).error == (
        422,
        "data_invalid",
        "The Data Attribute you are trying to archive has a dependant object",
    )
    assert client.put(f"/data_attributes/{used['id']}", {"description": "d"}).status == 200
    assert client.put(f"/data_attributes/{free['id']}", {"archived": True}).status == 200
