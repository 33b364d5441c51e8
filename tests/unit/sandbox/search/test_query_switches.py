"""POST /contacts/search with its switches turned the other way."""


def found(client, query):
    data = client.made("/contacts/search", {"query": query})["data"]
    return "".join(sorted(contact["external_id"] for contact in data))


def where(field, operator, value):
    return {"field": field, "operator": operator, "value": value}


def test_switches_of_case(client_with):
    client = client_with(email_search_folds_case=True)
    client.made("/contacts", {"name": "Ada", "email": "ada@x.example", "external_id": "m"})
    for field, value in (("email", "ADA@x.example"), ("email_domain", "X.example")):
        assert found(client, where(field, "=", value)) == "m"
        assert found(client, where(field, "NIN", [value])) == ""
    client = client_with(text_search_folds_case=False)
    client.made("/contacts", {"name": "Ada", "email": "ada@x.example", "external_id": "m"})
    for field, operator, value in (
        ("email", "=", "ADA@x.example"),
        ("email_domain", "IN", ["X.example"]),
        ("name", "~", "ada"),
        ("name", "^", "a"),
    ):
        assert found(client, where(field, operator, value)) == ""
    assert found(client, where("name", "^", "A")) == "m"


def test_switch_mixed_groups_accepted(client_with):
    user, a = where("role", "=", "user"), where("external_id", "=", "a")
    mixed = {"operator": "AND", "value": [user, {"operator": "OR", "value": [a]}]}
    client = client_with()
    client.person("a")
    assert found(client, mixed) == "a"
    assert client_with(mixed_groups_accepted=False).post("/contacts/search", {"query": mixed}).error == (
        400,
        "parameter_invalid",
        "a group may not hold both filters and groups",
    )
