"""Conversation attributes: types, names, archiving, and the options of lists."""

import pytest

PATH = "/conversations/attributes"
TYPES = "string, integer, list, decimal, boolean, datetime, relationship, files"
NO_ATTRIBUTE = (404, "conversation_attribute_not_found", "Conversation attribute not found")
NO_OPTION = (404, "conversation_attribute_not_found", "List option not found")


def invalid_parameter(message):
    return 422, "parameter_invalid", message


def create_list(client, *labels, name="priority"):
    options = [{"label": label} for label in labels or ("low", "high")]
    return client.create(PATH, {"name": name, "data_type": "list", "options": options})


def option_labels(attribute):
    return [(option["label"], option["archived"]) for option in attribute["options"]]


def test_a_text(client, clock):
    created = client.create(PATH, {"name": "topic", "data_type": "string", "multiline": True})
    assert created == {
        "type": "conversation_attribute",
        "id": created["id"],
        "name": "topic",
        "description": "",
        "data_type": "string",
        "required": False,
        "visible_to_team_ids": [],
        "archived": False,
        "created_at": clock.now,
        "updated_at": clock.now,
        "admin_id": "1",
        "multiline": True,
    }
    assert client.get(f"{PATH}/{created['id']}").body == created
    clock.now += 1
    change = {"name": "subject", "description": "x", "required": True, "visible_to_team_ids": ["5"]}
    updated = client.put(f"{PATH}/{created['id']}", {**change, "data_type": "integer", "archived": True}).body
    assert updated == created | change | {"updated_at": clock.now}


@pytest.mark.parametrize("data_type", ["integer", "decimal", "boolean", "datetime", "files"])
def test_types_without_a_detail(client, data_type):
    created = client.create(PATH, {"name": "x", "data_type": data_type, "multiline": True})
    assert created["data_type"] == data_type
    assert not {"multiline", "options", "reference"} & created.keys()


def test_a_relationship(client):
    reference = {"type": "many", "object_type_id": "order"}
    created = client.create(PATH, {"name": "x", "data_type": "relationship", "reference": reference})
    assert created["reference"] == reference
    path = f"{PATH}/{created['id']}"
    assert client.put(path, {"description": "y"}).body["reference"] == reference
    assert client.put(path, {"reference": {"type": "one"}}).body["reference"] == {"type": "one"}


@pytest.mark.parametrize(
    ("body", "message"),
    [
        (
            {"name": "x", "data_type": "invalid_type"},
            f"data_type 'invalid_type' is not valid. Allowed types: {TYPES}",
        ),
        ({"name": "x"}, f"data_type '' is not valid. Allowed types: {TYPES}"),
        ({"data_type": "string"}, "name is required"),
        ({"name": " ", "data_type": "string"}, "name must be a string that is not blank"),
        ({"name": "taken", "data_type": "string"}, "name 'taken' is already in use"),
        ({"name": "x", "data_type": "string", "description": 5}, "description must be a string"),
        ({"name": "x", "data_type": "string", "required": "no"}, "required must be a boolean"),
        (
            {"name": "x", "data_type": "string", "visible_to_team_ids": [5]},
            "visible_to_team_ids must be an array of strings",
        ),
        ({"name": "x", "data_type": "list"}, "A list attribute must have at least 2 active options"),
        ({"name": "x", "data_type": "list", "options": "a"}, "options must be an array"),
        ({"name": "x", "data_type": "list", "options": [{}]}, "label is required"),
        ({"name": "x", "data_type": "relationship"}, "reference.type must be one or many"),
        (
            {"name": "x", "data_type": "relationship", "reference": {"type": "one", "object_type_id": 5}},
            "reference.object_type_id must be a string",
        ),
    ],
)
def test_what_is_no_attribute(client, body, message):
    client.create(PATH, {"name": "taken", "data_type": "string"})
    assert client.post(PATH, body).error == invalid_parameter(message)
    assert len(client.get(PATH).body["data"]) == 1


def test_names_may_repeat_by_a_switch(client_with):
    client = client_with(conversation_attribute_names_unique=False)
    for _ in range(2):
        client.create(PATH, {"name": "x", "data_type": "string"})
    assert len(client.get(PATH).body["data"]) == 2


def test_deleting_is_archiving(client):
    kept = client.create(PATH, {"name": "a", "data_type": "string"})
    gone = client.create(PATH, {"name": "b", "data_type": "string"})
    archived = client.delete(f"{PATH}/{gone['id']}").body
    assert archived == gone | {"archived": True}
    assert client.get(PATH).body == {"type": "list", "data": [kept]}
    assert client.get(PATH, include_archived="true").body["data"] == [kept, archived]
    assert client.get(f"{PATH}/{gone['id']}").body == archived


def test_options_are_added_renamed_and_archived(client):
    attribute = create_list(client)
    path = f"{PATH}/{attribute['id']}/options"
    added = client.create(path, {"label": "urgent"})
    assert option_labels(added) == [("low", False), ("high", False), ("urgent", False)]
    ids = [option["id"] for option in added["options"]]
    assert len(set(ids)) == 3
    assert ids[:2] == [option["id"] for option in attribute["options"]]
    assert option_labels(client.put(f"{path}/{ids[1]}", {"label": "normal"}).body)[1] == ("normal", False)
    assert option_labels(client.delete(f"{path}/{ids[0]}").body)[0] == ("low", True)
    few = invalid_parameter("A list attribute must have at least 2 active options")
    assert client.delete(f"{path}/{ids[1]}").error == few
    assert client.delete(f"{path}/{ids[0]}").status == 200
    shown = client.get(f"{PATH}/{attribute['id']}").body
    assert option_labels(shown) == [("low", True), ("normal", False), ("urgent", False)]
    assert len({option["id"] for option in client.create(path, {"label": "x"})["options"]}) == 4


@pytest.mark.parametrize(
    ("body", "message"),
    [
        ({}, "label is required"),
        ({"label": ""}, "label is required"),
        ({"label": 5}, "label must be a string"),
        ({"label": "x", "value": "x"}, "only 'label' is accepted"),
    ],
)
def test_what_is_no_label(client, body, message):
    attribute = create_list(client)
    path = f"{PATH}/{attribute['id']}/options"
    assert client.post(path, body).error == invalid_parameter(message)
    assert client.put(f"{path}/{attribute['options'][0]['id']}", body).error == invalid_parameter(message)
    assert client.get(f"{PATH}/{attribute['id']}").body == attribute


def test_what_is_not_there(client):
    attribute, text = create_list(client), client.create(PATH, {"name": "t", "data_type": "string"})
    for path in (f"{PATH}/77", f"{PATH}/x"):
        assert client.get(path).error == NO_ATTRIBUTE
        assert client.put(path, {"name": "x"}).error == NO_ATTRIBUTE
        assert client.delete(path).error == NO_ATTRIBUTE
        assert client.post(f"{path}/options", {"label": "x"}).error == NO_ATTRIBUTE
    for owner, error in (
        (attribute, NO_OPTION),
        (text, invalid_parameter("Options can only be managed on list attributes")),
    ):
        path = f"{PATH}/{owner['id']}/options/77"
        assert client.put(path, {"label": "x"}).error == error
        assert client.delete(path).error == error


def test_they_are_no_data_attributes(client):
    create_list(client)
    assert not any(attribute["custom"] for attribute in client.get("/data_attributes").body["data"])
