"""The contact that registers events is in no result of any command: no list of people, no count, no example."""

from __future__ import annotations

import json
from contextlib import closing
from typing import Any

import duckdb
import pytest

from intercom_iac.sandbox import Request, Sandbox

REGISTRAR = "intercom-iac-registrar"
SPECS = (
    "attributes: {contact: {plan: {type: string, description: Plan}}}\n"
    "events: {paid: {description: Paid}}\n"
    "segments:\n"
    "  users: {name: Users, rule: role = user, publish: [tag, attribute]}\n"
    "  named: {name: Named, rule: name has any value}\n"
)
FILES = "--contacts people/contacts.ndjson --events people/events.ndjson"


@pytest.fixture
def project(scratch):
    """Two people, and the registrar: it is in the workspace, in a file of contacts by hand, and in one of Parquet."""
    scratch.spec(SPECS).apply()
    people: list[dict[str, Any]] = []
    with closing(Sandbox(scratch.root / ".intercom-iac" / "sandbox.db")) as sandbox:

        def call(method: str, path: str, body: Any = None) -> Any:
            headers = {"authorization": "Bearer any", "content-type": "application/json"}
            sent = b"" if body is None else json.dumps(body).encode()
            return json.loads(sandbox.handle(Request(method, path, {}, headers, sent)).body)

        for external_id in ("u1", "u2"):
            call("POST", "/contacts", {"role": "user", "external_id": external_id, "name": external_id})
        people += call("GET", "/contacts")["data"]
    assert len(people) == 3
    (registrar,) = (contact for contact in people if contact["external_id"] == REGISTRAR)
    event = {"event_name": "paid", "created_at": 1, "intercom_user_id": registrar["id"], "user_id": REGISTRAR}
    scratch.write(
        {
            "people/contacts.ndjson": "".join(f"{json.dumps(contact)}\n" for contact in people),
            "people/events.ndjson": f"{json.dumps(event)}\n",
            "id": registrar["id"],
        }
    )
    rows = ", ".join(
        f"('{contact['id']}', '{contact['role']}', '{contact['name']}', '{contact['external_id']}'::{kind})"
        for contact in people
        for kind in ("blob",)
    )
    values = f"(values {rows}) as people(id, role, name, external_id)"
    duckdb.sql(f"copy (select * from {values}) to '{scratch.root}/people/contacts.parquet'")
    return scratch


@pytest.mark.parametrize(
    "command",
    [
        f"segment preview --ids {FILES}",
        f"segment preview --ids {FILES} --format json",
        "segment preview users --ids --contacts people/contacts.parquet --format json",
        f"rule eval 'role = user' {FILES}",
        f"rule eval 'event paid' {FILES} --format json",
        f"rule eval 'not plan = pro' {FILES} --format json",
        "segment diff users --between people/contacts.ndjson people/contacts.ndjson --format json",
        "segment diff users --between people/contacts.ndjson workspace",
        "segment publish --dry-run --format json",
        "segment publish --auto-approve --format json",
        "plan --format json",
        "audit --sample 10 --format json",
        "drift --sample 10 --format json",
        "import --format json --dry-run",
        "sandbox export --into exported",
    ],
)
def test_no_command_lists_it(project, command: str) -> None:
    registrar_id = (project.root / "id").read_text()
    result = project.run(command)
    assert result.code in (0, 2), result
    shown = result.out + "".join(path.read_text() for path in (project.root / "exported").glob("*"))
    assert f'"{registrar_id}"' not in shown
    assert registrar_id not in shown.split()
    assert REGISTRAR not in shown


@pytest.mark.parametrize(
    ("command", "path", "count"),
    [
        (f"segment preview {FILES} --format json", ("contacts",), 2),
        (f"segment preview users {FILES} --format json", ("segments", 0, "count"), 2),
        ("segment preview users --contacts people/contacts.parquet --format json", ("contacts",), 2),
        ("segment publish --dry-run --format json", ("segments", 0, "members"), 2),
        ("plan --format json", ("measurements", 0, "of"), 2),
        ("audit --sample 10 --format json", ("sampled", "contacts"), 2),
        ("audit --sample 10 --format json", ("sampled", "contact_total"), 2),
        (
            "segment diff users --between people/contacts.ndjson workspace --format json",
            ("after", "members"),
            2,
        ),
    ],
)
def test_no_count_has_it(project, command: str, path: tuple[str | int, ...], count: int) -> None:
    found: Any = project.run(command).json
    for key in path:
        found = found[key]
    assert found == count
