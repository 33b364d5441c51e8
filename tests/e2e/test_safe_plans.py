"""Plans that lose nothing: what waits for a person, tags that are left, what was verified, what a target means."""

from __future__ import annotations

import json
from html import unescape

import jsonschema
import pytest

from intercom_iac.planning import matrix_schema, plan_schema
from support.git_repositories import commit

REGISTRAR = "intercom-iac-registrar"
FORMATS = ("text", "json", "markdown", "html")
RETYPED = "attribute.contact.seats"


def told(project, arguments: str = "") -> dict[str, str]:
    """What a plan says in each format."""
    return {each: unescape(project.run(f"plan {arguments} --format {each}").out) for each in FORMATS}


@pytest.fixture
def retyped(scratch):
    """A project whose attribute has another type in the workspace, and segments that read it or do not."""
    scratch.spec("attributes: {contact: {seats: {type: string}, tier: {type: string}}}\n").apply()
    return scratch.spec(
        "attributes: {contact: {seats: {type: integer}, tier: {type: string}}}\n"
        "segments:\n"
        "  gold: {name: Gold, rule: tier = gold, publish: [audience]}\n"
        "  large: {name: Large, rule: seats > 5, publish: [audience]}\n"
        "  vip: {name: VIP, rule: segment large and role = user, publish: [audience, tag]}\n"
    )


def test_what_needs_a_step_by_hand_waits_and_the_rest_is_done(retyped) -> None:
    made = retyped.plan()
    jsonschema.validate(made, plan_schema())
    assert {(each["address"], each["object"]): each["waits_for"] for each in made["changes"]} == {
        ("segment.gold", "audience"): [],
        ("segment.large", "audience"): [RETYPED],
        ("segment.vip", "audience"): [RETYPED],
        ("segment.vip", "tag"): [RETYPED],
        (RETYPED, "data_attribute"): [],
    }
    assert (made["summary"]["create"], made["summary"]["manual"], made["summary"]["waiting"]) == (1, 1, 3)
    for output in told(retyped).values():
        assert "waits for" in output.lower() or "waits_for" in output
    assert f"waits for {RETYPED}" in " ".join(retyped.run("plan --full").out.split())
    applied = retyped.apply()
    assert applied.code == 0
    assert "waiting: 3" in applied.out
    assert "Applied: 1 done. Left: 1 by hand, 3 waiting." in applied.out
    again = retyped.run("apply --auto-approve")
    assert (again.code, again.out.splitlines()[-1]) == (0, "Nothing to apply. Left: 1 by hand, 3 waiting.")
    assert retyped.run("plan --detailed-exitcode").code == 2
    assert [each["action"] for each in retyped.plan()["changes"]].count("create") == 3


def test_a_saved_plan_leaves_out_what_waits_too(retyped) -> None:
    assert retyped.run("plan --out plan.json").code == 0
    assert retyped.run("show plan.json").out == retyped.run("show plan.json").out
    outcome = retyped.run("apply plan.json --format json")
    assert outcome.code == 0
    assert [each["address"] for each in outcome.json["done"]] == ["segment.gold"]
    assert [each["waits_for"] for each in outcome.json["waiting"]] == [[RETYPED]] * 3


def test_a_target_waits_as_well_and_brings_what_it_waits_for(retyped) -> None:
    made = retyped.plan("--target", "segment.large")
    assert {each["address"] for each in made["changes"]} == {"segment.large", RETYPED}
    assert made["targets"] == ["segment.large"]
    applied = retyped.run("apply --auto-approve --target segment.large")
    assert (applied.code, "Nothing to apply" in applied.out) == (0, True)


def test_what_rests_on_a_segment_to_build_is_made_when_it_stands(scratch) -> None:
    project = scratch.spec(
        "segments:\n"
        "  built: {name: Built, rule: email has any value}\n"
        "  vip: {name: VIP, rule: segment built and role = user, publish: [tag]}\n"
    )
    assert "waits for segment.built" in project.apply().out
    assert project.run("sandbox segment add Built").code == 0
    assert "Applied: 1 done." in project.apply().out


def test_all_workspaces_say_what_waits(retyped) -> None:
    found = retyped.run("plan --all --format json").json
    jsonschema.Draft202012Validator(matrix_schema()).validate(found)
    waiting = {row["address"]: row.get("waiting") for row in found["matrix"]}
    assert waiting["segment.large"] == {"sandbox": ["create"]}
    assert waiting["segment.gold"] is None
    assert ". create waits" in retyped.run("plan --all").out
    assert "create waits" in retyped.run("plan --all --format markdown").out


def test_an_attribute_and_the_segment_that_reads_it_are_archived_together(scratch) -> None:
    specs = (
        "attributes: {contact: {tier: {type: string, status: STATUS}, kept: {type: string}}}\n"
        "segments: {gold: {name: Gold, rule: tier = gold, publish: [audience], status: STATUS}}\n"
    )
    scratch.spec(specs.replace("STATUS", "active")).apply()
    project = scratch.spec(specs.replace("STATUS", "archived"))
    assert project.run("check").code == 0
    assert [each["action"] for each in project.plan()["changes"]] == ["delete", "archive"]
    assert project.run("apply --auto-approve --allow-destructive").code == 0
    assert project.plan()["changes"] == []
    # Its rule may name what is gone for ever.
    project = scratch.spec(
        "segments: {gold: {name: Gold, rule: tier = gold, publish: [audience], status: archived}}\n"
    )
    assert project.run("check").out == "0 attributes, 0 events, 1 segment in 1 file: nothing wrong\n"
    assert project.run("segment list").out.endswith("its rule names what the specs no longer have\n")
    assert project.run("segment list --format json").json["segments"][0]["english"] is None
    assert project.run("segment compile").code == 0
    assert "is archived, and its rule names what" in project.run("segment compile gold").err
    assert "archived" in project.run("explain segment.gold").out


TAGGED = "segments: {gold: {name: Gold, rule: role = user, publish: [tag]}}\n"


def test_no_tag_is_deleted_and_each_that_stands_is_told(scratch) -> None:
    project = scratch.spec(TAGGED)
    project.apply()
    for output in told(project).values():
        assert "who made it" in output
    archived = scratch.spec(TAGGED.replace("[tag]", "[tag], status: archived"))
    assert [(each["object"], each["action"]) for each in archived.plan()["changes"]] == [("tag", "manual")]
    assert (
        "Nothing to apply. Left: 1 by hand." in archived.run("apply --auto-approve --allow-destructive").out
    )
    assert len(archived.plan()["changes"]) == 1
    gone = scratch.spec("attributes: {contact: {tier: {type: string}}}\n")
    assert gone.plan()["unmanaged"] == ["tag.Gold"]
    renamed = scratch.spec(TAGGED.replace("Gold", "Golden"))
    assert renamed.plan()["unmanaged"] == ["tag.Gold"]
    dropped = scratch.spec(TAGGED.replace("[tag]", "[audience]"))
    for output in told(dropped).values():
        assert "which publishes no tag: it is left as it is" in " ".join(output.split())


def test_what_a_revision_published_and_built_is_told(scratch) -> None:
    specs = (
        "segments:\n"
        "  gold: {name: Gold, rule: role = user, publish: [tag]}\n"
        "  built: {name: Built, rule: email has any value}\n"
        "  above: {name: Above, rule: segment built and role = user}\n"
    )
    project = scratch.spec(specs)
    project.apply()
    for name in ("Built", "Above"):
        project.run(f"sandbox segment add {name}")
    commit(project.root, "intercom-iac.yaml", "specs/example.yaml")
    plan = project.plan("--against", "HEAD")
    assert plan["changes"] == []
    project = scratch.spec(specs.replace("Gold", "Golden").replace("email has", "phone has"))
    # Alone it knows nothing of it, and says so.
    alone = project.run("plan --target segment.built").out
    assert "1 segment built by hand: name verified, filters not: segment.built" in alone
    plan = project.plan("--against", "HEAD")
    by_hand = {each["address"]: each for each in plan["changes"] if each["action"] == "manual"}
    # What it refers to has changed for the second.
    assert set(by_hand) == {"segment.built", "segment.above"}
    assert "add filter: Phone · has any value" in " ".join(by_hand["segment.built"]["steps"])
    left = [each["message"] for each in plan["diagnostics"] if each["code"] == "PLAN620"]
    assert len(left) == 1
    assert "the tag `Gold` was published by `gold` at `HEAD`" in left[0]
    assert project.run("plan --against HEAD --detailed-exitcode").code == 2
    matrix = project.run("plan --all --against HEAD --format json").json
    assert {each["address"] for each in matrix["matrix"]} == {
        "segment.built",
        "segment.above",
        "segment.gold",
    }


def test_nothing_is_said_to_be_as_it_should_that_could_not_be_compared(scratch) -> None:
    project = scratch.spec("segments: {built: {name: Built, rule: email has any value}}\n")
    project.run("sandbox segment add Built")
    for name, output in told(project).items():
        assert "is what the specs say" not in output, name
        assert ("its rule" if name == "json" else "name verified, filters not") in output, name
    assert "Nothing differs in what Intercom's API tells." in project.run("plan --all").out
    assert "name verified, filters not" in project.run("plan --all --format markdown").out
    assert project.run("plan --detailed-exitcode").code == 0


def test_the_registrar_is_in_the_plan_that_makes_it_and_in_no_result(scratch) -> None:
    project = scratch.spec(
        "events: {paid: {metadata: {amount: {type: integer}}}}\nsegments: {all: {rule: role = user}}\n"
    )
    for name, output in told(project).items():
        assert REGISTRAR in output, name
    for output in ("text", "markdown", "json"):
        assert REGISTRAR in project.run(f"plan --all --format {output}").out
    assert project.plan()["registrar"] == {"external_id": REGISTRAR, "action": "create"}
    assert project.plan("--target", "segment")["registrar"] is None
    project.apply()
    assert project.plan()["registrar"] is None
    project.run("sandbox seed --people 20")
    project.run("sandbox export")
    contacts = (project.root / "contacts.ndjson").read_text().splitlines()
    assert len(contacts) == 20
    assert not any(REGISTRAR in each for each in contacts)
    people = {json.loads(each)["id"] for each in contacts}
    events = [json.loads(each) for each in (project.root / "events.ndjson").read_text().splitlines()]
    assert {each["intercom_user_id"] for each in events} <= people
    # Nor where it comes with somebody else's export.
    registrar = json.loads(contacts[0]) | {"id": "registrar", "external_id": REGISTRAR, "role": "user"}
    with (project.root / "contacts.ndjson").open("a") as file:
        file.write(json.dumps(registrar) + "\n")
    files = "--contacts contacts.ndjson --events events.ndjson"
    assert project.run(f"rule eval 'not event paid' {files} --format json").json["count"] <= 20
    members = project.run(f"rule eval 'email is unknown or not email is unknown' {files}").out.split()
    assert (len(members), "registrar" in members) == (20, False)
    preview = project.run(f"segment preview --ids {files} --format json").json
    assert preview["contacts"] == 20
    assert "registrar" not in json.dumps(preview)


@pytest.mark.parametrize(
    ("target", "expected"),
    [
        ("segment.a", ["segment.a"]),
        ("segment.a.b", ["segment.a.b"]),
        ("segment", ["segment.a", "segment.a.b", "segment.ab"]),
        ("event.paid", ["event.paid"]),
        ("event", ["event.paid", "event.paid.now"]),
        ("attribute.contact.x", ["attribute.contact.x"]),
        ("attribute.contact", ["attribute.contact.x", "attribute.contact.xy"]),
        ("attribute.company", ["attribute.company.z"]),
        ("attribute", ["attribute.contact.x", "attribute.contact.xy", "attribute.company.z"]),
    ],
)
def test_a_target_is_an_address_a_kind_or_an_owner(scratch, target: str, expected: list[str]) -> None:
    project = scratch.spec(TARGETS)
    assert sorted(each["address"] for each in project.plan("--target", f"{target}")["changes"]) == sorted(
        expected
    )


TARGETS = (
    "attributes: {contact: {x: {type: string}, xy: {type: string}}, company: {z: {type: string}}}\n"
    "events: {paid: {}, paid.now: {}}\n"
    "segments:\n"
    "  a: {name: A, rule: role = user, publish: [tag]}\n"
    "  a.b: {name: B, rule: role = user, publish: [tag]}\n"
    "  ab: {name: C, rule: role = user, publish: [tag]}\n"
)


@pytest.mark.parametrize("command", ["plan", "plan --all", "apply --auto-approve"])
@pytest.mark.parametrize(
    ("target", "near"),
    [
        ("segment.aa", "did you mean `segment.a"),
        ("segments", "did you mean `segment`?"),
        ("attribute.contacts", "did you mean `attribute.contact`?"),
        ("attribute.contact.xyz", "did you mean `attribute.contact.xy`?"),
        ("event.paid.no", "did you mean `event.paid.now`?"),
        ("segment.", "did you mean `segment.a`?"),
        ("tag.A", "an address is like attribute.contact.plan_type"),
    ],
)
def test_a_target_that_is_none_of_them_is_an_error_that_names_what_is_near(
    scratch, command: str, target: str, near: str
) -> None:
    found = scratch.spec(TARGETS).run(f"{command} --target {target}")
    assert found.code == 3
    assert near in found.err


def test_the_beginning_of_names_with_dots_is_no_target(scratch) -> None:
    project = scratch.spec(
        "segments:\n" + "".join(f"  a.{at}: {{name: N{at}, rule: role = user}}\n" for at in range(6))
    )
    found = project.run("plan --target segment.a")
    assert found.code == 3
    assert "did you mean `segment.a.0`, `segment.a.1`, `segment.a.2`, `segment.a.3` and 2 more?" in found.err
    assert "the specs declare nothing under `event`" in project.run("plan --target event").err


def test_what_lies_outside_of_a_target_is_not_said_to_be_right(scratch) -> None:
    project = scratch.spec(TARGETS)
    project.run("apply --auto-approve --target segment.a")
    for name, output in told(project, "--target segment.a").items():
        assert "is what the specs say" not in output, name
        assert "rest was not looked at" in output or '"targets": [' in output, name
    assert "nothing differs at segment.a" in project.run("plan --all --target segment.a").out.lower()
