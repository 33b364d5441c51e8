"""POST /contacts/search with its switches turned the other way."""


def search_ids(client, query):
    data = client.create("/contacts/search", {"query": query})["data"]
    return "".join(sorted(contact["external_id"] for contact in data))


def query(field, operator, value):
    return {"field": field, "operator": operator, "value": value}


def test_switches_of_case(client_with):
    client = client_with(email_search_folds_case=True)
    client.create("/contacts", {"name": "Ada", "email": "ada@x.example", "external_id": "m"})
    for field, value in (("email", "ADA@x.example"), ("email_domain", "X.example")):
        assert search_ids(client, query(field, "=", value)) == "m"
        assert search_ids(client, query(field, "NIN", [value])) == ""
    client = client_with(text_search_folds_case=False)
    client.create("/contacts", {"name": "Ada", "email": "ada@x.example", "external_id": "m"})
    for field, operator, value in (
        ("email", "=", "ADA@x.example"),
        ("email_domain", "IN", ["X.example"]),
        ("name", "~", "ada"),
        ("name", "^", "a"),
    ):
        assert search_ids(client, query(field, operator, value)) == ""
    assert search_ids(client, query("name", "^", "A")) == "m"


def test_switch_mixed_groups_accepted(client_with):
    user, a = query("role", "=", "user"), query("external_id", "=", "a")
    mixed = {"operator": "AND", "value": [user, {"operator": "OR", "value": [a]}]}
    client = client_with()
    client.person("a")
    assert search_ids(client, mixed) == "a"
    assert client_with(mixed_groups_accepted=False).post("/contacts/search", {"query": mixed}).error == (
        400,
        "parameter_invalid",
        "a group may not hold both filters and groups",
    )
