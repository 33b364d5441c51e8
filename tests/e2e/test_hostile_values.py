"""Names and texts that would steer a terminal, a comment or a build log: shown in every format, and inert in each."""

from __future__ import annotations

import json
from collections.abc import Iterator
from typing import Any

import pytest

from intercom_iac.text import is_visible
from support import github_markdown
from support.http_servers import QuietHandler, serving_requests

BODY = (
    "\x1b[31mred\x9b2J\x1b]0;title\x07 \u202eevil\u2066 z\u200bero \u2028 \u3164 \U000e0041 "
    "|`**<img src=x>[a](https://evil.example) www.evil.example @team #1 $x$ ##[add-path]y %0A"
)
HOSTILE = f"::error::first\n::stop-commands::z {BODY}\r::set-output name=a::b"
# YAML's escapes do not spell a character in two halves, as JSON's do.
ONE_LINE = HOSTILE.replace("\n", " ").replace("\r", " ").replace("\U000e0041", "")
# A name shows all that it holds; signs that comments and logs obey it may hold all the same.
NAME = "".join(each for each in ONE_LINE[:200] if is_visible(each)).strip()


def attribute(number: int, name: str, **more: Any) -> dict[str, Any]:
    return {
        "id": number,
        "model": "contact",
        "name": name,
        "data_type": "string",
        "description": "",
        "messenger_writable": False,
        "archived": False,
        "custom": True,
    } | more


ANSWERS: dict[str, Any] = {
    "/me": {"app": {"id_code": f"abc{HOSTILE}", "name": HOSTILE, "timezone": HOSTILE}},
    "/data_attributes": {
        "data": [
            attribute(1, HOSTILE),
            attribute(2, "seats", description=HOSTILE),
            attribute(3, "tier", options=["a", HOSTILE]),
            attribute(4, "kept", data_type="integer"),
        ]
    },
    "/segments": {"segments": [{"id": "1", "name": HOSTILE}]},
    "/events": {"events": [{"name": HOSTILE}]},
    "/tags": {"data": [{"id": "1", "name": HOSTILE}]},
    "/audiences": {
        "data": [
            {"id": "1", "name": HOSTILE, "predicates": [], "role_predicates": []},
            {
                "id": "2",
                "name": "Big",
                "role_predicates": [],
                "predicates": [
                    {"attribute": HOSTILE, "type": "string", "comparison": HOSTILE, "value": HOSTILE},
                    {"group": HOSTILE},
                ],
            },
        ]
    },
    "/contacts/search": {
        "data": [
            {
                "id": HOSTILE,
                "custom_attributes": {HOSTILE: HOSTILE, "seats": HOSTILE, "tier": HOSTILE, "kept": HOSTILE},
            }
        ]
        * 2
    },
    "/companies/list": {"data": [{"id": HOSTILE}]},
}
SEARCHES = ("/contacts/search", "/companies/list")
SPECS = (
    "version: 1\nattributes:\n  contact:\n"
    "    seats: {{type: string, description: Seats}}\n"
    "    tier: {{type: options, options: [a, b], description: {}}}\n"
    "    kept: {{type: string}}\n"
    "segments:\n"
    "  big: {{name: Big, rule: seats = x, publish: [audience, tag], description: {}, owner: {}}}\n"
    "  hand: {{name: {}, rule: seats = y}}\n"
).format(*(json.dumps("a " + ONE_LINE[:200]),) * 3, json.dumps(f"a {NAME}"))


@pytest.fixture
def url() -> Iterator[str]:
    class Handler(QuietHandler):
        def answer(self) -> None:
            read = self.command == "GET" or self.path.partition("?")[0] in SEARCHES
            error = {"type": "error.list", "request_id": HOSTILE, "errors": [{"message": HOSTILE}]}
            body = json.dumps(ANSWERS[self.path.partition("?")[0]] if read else error).encode()
            self.rfile.read(int(self.headers.get("Content-Length") or 0))
            self.send_response(200 if read else 422)
            self.send_header("Content-Length", str(len(body)))
            self.end_headers()
            self.wfile.write(body)

        do_GET = do_POST = do_PUT = do_DELETE = answer

    with serving_requests(Handler) as url:
        yield url


@pytest.fixture
def live(url: str, scratch, monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setenv("LIVE_TOKEN", "any")
    monkeypatch.setenv("GITHUB_ACTIONS", "true")
    project = f"version: 1\nworkspaces:\n  live: {{base_url: '{url}', token_env: LIVE_TOKEN}}\n"
    return scratch.write({"intercom-iac.yaml": project, "specs/a.yaml": SPECS})


def inert(*texts: str, commands: bool = False) -> None:
    for text in texts:
        assert {each for each in text if each != "\n" and not is_visible(each)} == set()
        assert commands or [line for line in text.split("\n") if line.lstrip().startswith("::")] == []
        assert commands or "##[" not in text


def test_plans_in_every_format(live) -> None:
    for command in ("plan --out p.json", "show p.json"):
        text = live.run(command)
        assert text.code == 0, text
        inert(text.out, text.err)
        markdown = live.run(f"{command} --format markdown")
        inert(markdown.out)
        github_markdown.inert(github_markdown.rendered(markdown.out))
        inert(live.run(f"{command} --format html").out)
        data = live.run(f"{command} --format json")
        inert(data.out, data.err)
        assert data.json["workspace"]["timezone"] == HOSTILE
        assert f"attribute.contact.{HOSTILE}" in data.json["unmanaged"]
    assert all(is_visible(each) for each in (live.root / "p.json").read_text() if each != "\n")


def test_audits_in_every_format(live) -> None:
    text = live.run("audit")
    assert text.code == 0, text
    inert(text.out, text.err)
    markdown = live.run("audit --format markdown").out
    inert(markdown)
    github_markdown.inert(github_markdown.rendered(markdown), tables=True)
    inert(live.run("audit --format html").out)
    data = live.run("audit --format json")
    inert(data.out, data.err)
    assert data.json["workspace"]["timezone"] == HOSTILE
    assert f"attribute.contact.{HOSTILE}" in {found["address"] for found in data.json["attributes"]}


def test_drift_in_every_format(live) -> None:
    for output in ("text", "json", "markdown"):
        result = live.run(f"drift --format {output}")
        assert result.code == 2, result
        inert(result.out, result.err)
        if output == "json":
            assert f"attribute.contact.{HOSTILE}" in [each["address"] for each in result.json["findings"]]
    github_markdown.inert(github_markdown.rendered(result.out), tables=True)
    refused = live.run("drift", "--adopt", f"attribute.contact.{HOSTILE}")
    assert refused.code == 1
    inert(refused.out, refused.err)


def test_usages_in_every_format(live) -> None:
    text = json.dumps(HOSTILE)
    code = (
        f"Intercom('update', {{ {text}: 1, tier: {text}, email: Date.now({text}) }});\n"
        f"Intercom('trackEvent', {text}, {{ {text}: 1 }}); Intercom('update', {{ ...f(`{BODY}`) }});\n"
    )
    live.write({f"src/{ONE_LINE[:40].replace('/', '')}.js": code})
    for output in ("text", "json", "sarif", "github", "gitlab", "junit"):
        result = live.run(f"usages --format {output}")
        assert result.code == 1, result
        inert(result.out, result.err, commands=output == "github")


def test_a_table_that_is_synced(scratch, monkeypatch: pytest.MonkeyPatch) -> None:
    """Columns, keys and values of a table, in the plan, the outcome and the rejected rows."""
    monkeypatch.setenv("GITHUB_ACTIONS", "true")
    scratch.spec(
        "attributes: {contact: {tier: {type: options, options: [a, b]}, note: {type: string}}}\n"
    ).apply()
    rows = [
        {"external_id": HOSTILE, "tier": "a", "note": "before", HOSTILE: 1},
        {"external_id": f"2{HOSTILE}"[:250], "tier": HOSTILE, "note": HOSTILE},
        {"external_id": "u3", "tier": "b", "note": f"={HOSTILE}"[:250], "name": BODY},
    ]
    table = "".join(f"{json.dumps(row)}\n" for row in rows)
    scratch.write(
        {"table.ndjson": table, "next.ndjson": table.replace('"b"', '"a"').replace("before", "after")}
    )
    for output in ("text", "json"):
        for words in ("--dry-run", "--auto-approve --mode upsert", "--out s.plan", "--plan s.plan"):
            source = "" if words.startswith("--plan") else "contacts table.ndjson"
            result = scratch.run(f"sync {source} {words} --show-values --rejects r.csv --format {output}")
            assert result.code in (0, 1), result
            inert(result.out, result.err)
        scratch.write({"table.ndjson": (scratch.root / "next.ndjson").read_text()})
    inert((scratch.root / "r.csv").read_text(), commands=True)


def test_an_apply_that_is_refused(live) -> None:
    for output in ("text", "json"):
        result = live.run(f"apply --auto-approve --allow-destructive --format {output}")
        assert result.code == 1, result
        inert(result.out, result.err)
    assert result.json["failed"]["request_id"] == HOSTILE


def test_another_workspace_than_the_one_named(live, url: str) -> None:
    settings = f"{{base_url: '{url}', token_env: LIVE_TOKEN, app_id: other}}"
    live.write({"intercom-iac.yaml": f"version: 1\nworkspaces:\n  live: {settings}\n"})
    result = live.run("plan")
    assert result.code == 4
    assert "\\u001b[31mred" in result.err
    inert(result.out, result.err)


@pytest.mark.parametrize(
    "command",
    [
        "segment list",
        "segment list --format json",
        "segment compile --to english",
        "segment compile --to tree",
        "segment compile --to dbt --out models",
        "mv attribute.contact.seats chairs --dry-run --format json",
        "explain segment.hand",
        "explain segment.big",
        "explain attribute.contact.tier --format json",
        "rule debug types 'seats = x'",
        "rule compile 'seats = x' --to search",
        "rule eval 'seats is unknown' --contacts c.ndjson",
        "rule relate 'seats = x' 'tier = a'",
        "segment relate",
        "segment relate --format json",
        "segment relate --format html",
        "segment test --generate",
        "segment test --mutation",
        "segment test --mutation --format json",
        "segment preview --contacts c.ndjson --ids",
        "segment preview --contacts c.ndjson --ids --format json",
    ],
)
def test_what_stands_in_the_specs_and_in_files_of_people(live, command: str) -> None:
    live.write({"c.ndjson": json.dumps({"id": HOSTILE, "role": "user", "custom_attributes": {"seats": "y"}})})
    result = live.run(command)
    assert result.code == 0, result
    inert(result.out, result.err)


@pytest.mark.parametrize("output", ["text", "json", "ndjson"])
def test_records_that_are_sent(live, output: str) -> None:
    record = {"external_id": "u1", HOSTILE: 1, "custom_attributes": {HOSTILE: HOSTILE, "tier": HOSTILE}}
    live.write(
        {"r.ndjson": json.dumps(record), "r.csv": f"external_id,tier,{NAME}\nu1,{json.dumps(BODY)},x\n"}
    )
    for file in ("r.ndjson", "r.csv"):
        result = live.run(f"payload check {file} --kind contact --format {output}")
        assert result.code == 1, result
        assert "PAYL901" in result.out
        inert(result.out, result.err)


@pytest.mark.parametrize("output", ["text", "json", "sarif", "github", "gitlab", "junit"])
def test_mistakes_about_hostile_names(live, output: str) -> None:
    name = json.dumps(ONE_LINE)
    live.spec(f"attributes: {{contact: {{{name}: {{type: string}}}}}}\n", name="b.yaml")
    live.spec(
        f"segments: {{other: {{name: x, rule: {json.dumps('seats = z and ' + ONE_LINE)}}}}}\n", name="c.yaml"
    )
    result = live.run(f"check --format {output}")
    assert result.code == 3
    inert(result.out, result.err, commands=output == "github")
    if output == "github":
        lines = result.out.splitlines()
        assert all(
            line.startswith(("::error title=intercom-iac ", "::warning ", "::notice ")) for line in lines
        )
        assert "%0A" not in result.out.replace("%250A", "")


def test_changes_of_hostile_specs(live) -> None:
    """Old and new texts, a name of the old specs, the reason of an acceptance, the revision: in every format."""
    text = json.dumps("a " + ONE_LINE[:200])
    option, event = json.dumps(f"o {NAME}"), json.dumps(f"e {NAME}")
    live.write({"old/intercom-iac.yaml": "version: 1\n"})
    live.write(
        {
            "old/specs/a.yaml": SPECS.replace("[a, b]", f"[a, b, {option}]")
            + f"events: {{{event}: {{owner: x}}}}\n"
        }
    )
    accept = f"  - {{address: segment.big, code: BACK711, reason: {text}, expires: 2999-12-31}}\n"
    accept += f"  - {{address: {text}, code: BACK711, reason: x, expires: 2999-12-31}}\n"
    live.write({"intercom-iac.yaml": f"version: 1\nrelease: 1.0.0\naccept:\n{accept}"})
    changed = SPECS.replace("publish: [audience, tag], ", "").replace("seats = y", "seats = z")
    live.write({"specs/a.yaml": changed.replace("description: Seats", f"description: {text}")})
    for command in ("breaking", "check"):
        for output in ("text", "json", "sarif", "github"):
            result = live.run(f"{command} --against-folder old --format {output}")
            assert result.code == 1, result
            inert(result.out, result.err, commands=output == "github")
            assert "BACK705" in result.out
    for command in ("breaking --against-folder old --format markdown", "changelog --against-folder old"):
        made = live.run(command).out
        inert(made)
        github_markdown.inert(github_markdown.rendered(made), tables=True)
    inert(live.run("changelog --against-folder old --format json").out)
    refused = live.run("breaking", "--against", f"x{HOSTILE}")
    assert refused.code == 3
    inert(refused.err)


def test_sql_for_a_program_is_exact(live) -> None:
    family = "👨\u200d👩"
    result = live.run("rule compile --to sql", f"seats = '{family}'")
    assert family in result.out
    assert live.run("rule compile --to english", f"seats = '{family}'").out.count("\\u200d") == 1
