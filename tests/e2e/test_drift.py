"""`drift`: what somebody changes by hand is found and named, and adopted or put back."""

from __future__ import annotations

import subprocess
from collections.abc import Callable
from pathlib import Path
from typing import Any

import jsonschema
import pytest

from intercom_iac.diagnostics import Unauthorized
from intercom_iac.drift import drift_schema
from intercom_iac.model import Sample, UnreadList
from intercom_iac.workspace import HttpWorkspace
from support.git_repositories import commit, git
from support.hand_edits import call, create_attribute, edit_attribute, embedded, save_segment

SPECS = """\
attributes:
  contact:
    # What they pay for.
    tier: {type: options, options: [free, pro], description: What they pay for}
    seats_used: {type: integer}
    old_score: {type: float, status: archived}
events:
  signed_up: {}
segments:
  free_riders:
    name: Free riders
    rule: tier = free
    publish: [audience, tag]
  users:
    name: Users
    rule: role = user
"""


@pytest.fixture
def conforming(scratch):
    """A project whose workspace is as the specs say, all of it committed."""
    project = scratch.spec(SPECS)
    create_attribute(project.root, "old_score", type="float")
    project.run("sandbox segment add Users")
    project.apply("--allow-destructive")
    commit(project.root, "intercom-iac.yaml", "specs")
    return project


def drift(project, *more: str) -> Any:
    """The report as JSON, held to its JSON Schema and to the exit code."""
    result = project.run("drift --format json", *more)
    assert result.code in (0, 1, 2), result
    report = result.json
    jsonschema.validate(report, drift_schema())
    assert result.code == (1 if report["not_adopted"] else 2 if report["findings"] else 0)
    return report


def kinds(report: Any) -> list[tuple[str, str, str]]:
    return [(each["address"], each["thing"], each["kind"]) for each in report["findings"]]


def delete_audience(root: Path) -> None:
    with embedded(root) as workspace:
        [audience] = workspace.snapshot().audiences
        workspace.delete_audience(audience.id)


def edit_audience(root: Path) -> None:
    with embedded(root) as workspace:
        [audience] = workspace.snapshot().audiences
        fields = {"attribute": "custom_attributes.tier", "type": "string", "comparison": "eq", "value": "pro"}
        workspace.update_audience(audience.id, {"predicates": [fields]})


def delete_tag(root: Path) -> None:
    with embedded(root) as workspace:
        [tag_id] = workspace.snapshot().tags.values()
    call(root, "delete", f"/tags/{tag_id}")


def create_audience(root: Path) -> None:
    with embedded(root) as workspace:
        test = {"attribute": "custom_attributes.tier", "type": "string", "comparison": "eq", "value": "pro"}
        workspace.create_audience("Payers", [test], [])


EDITS: dict[str, tuple[Callable[[Path], object], tuple[str, str, str]]] = {
    "description": (
        lambda root: edit_attribute(root, "tier", description="By # hand: \"x\"\n\t${Y} \u202e\u001b[31m"),
        ("attribute.contact.tier", "attribute", "changed"),
    ),
    "options": (
        lambda root: edit_attribute(root, "tier", options=["free", "gold"]),
        ("attribute.contact.tier", "attribute", "changed"),
    ),
    "messenger": (
        lambda root: edit_attribute(root, "seats_used", messenger_writable=True),
        ("attribute.contact.seats_used", "attribute", "changed"),
    ),
    "archived": (
        lambda root: edit_attribute(root, "seats_used", archived=True),
        ("attribute.contact.seats_used", "attribute", "archived"),
    ),
    "restored": (
        lambda root: edit_attribute(root, "old_score", archived=False, description="Back"),
        ("attribute.contact.old_score", "attribute", "restored"),
    ),
    "unmanaged": (
        lambda root: create_attribute(root, "größe 名", "company", description="a: b"),
        ("attribute.company.größe 名", "attribute", "unmanaged"),
    ),
    "event": (
        lambda root: call(
            root, "post", "/events",
            {"event_name": "rogue", "created_at": 1_790_000_000, "user_id": "intercom-iac-registrar"},
        ),
        ("event.rogue", "event", "unmanaged"),
    ),
    "audience": (edit_audience, ("segment.free_riders", "audience", "edited")),
    "new audience": (create_audience, ("audience.Payers", "audience", "unmanaged")),
}  # fmt: skip


@pytest.mark.parametrize("edit", EDITS)
def test_an_edit_by_hand_is_found_named_and_adopted(conforming, edit: str) -> None:
    make, expected = EDITS[edit]
    specs = conforming.root / "specs"
    before = {file: file.read_text("utf-8") for file in specs.iterdir()}
    assert drift(conforming)["findings"] == []
    make(conforming.root)
    report = drift(conforming)
    assert kinds(report) == [expected]
    assert report["findings"][0]["confidence"] == "certain"
    adopted = drift(conforming, "--adopt", expected[0])
    assert adopted["findings"] == []
    assert adopted["against"] == "files"
    [entry] = adopted["adopted"]
    assert entry["address"] == expected[0]
    path = conforming.root / entry["file"]
    assert len(path.read_text("utf-8").splitlines()) >= entry["line"]
    assert "# What they pay for." in path.read_text("utf-8") or entry["file"] != "specs/example.yaml"
    # What is adopted is no drift once it is committed, and a plan has nothing to do.
    assert conforming.run("check").code == 0
    assert kinds(drift(conforming)) == [expected]
    commit(conforming.root, "specs")
    assert drift(conforming)["findings"] == []
    assert conforming.run("plan --detailed-exitcode").code == 0
    assert before != {file: file.read_text("utf-8") for file in specs.iterdir()}


@pytest.mark.parametrize(("edit", "thing"), [(delete_audience, "audience"), (delete_tag, "tag")])
def test_what_is_gone_is_missing_and_nothing_to_adopt(
    conforming, edit: Callable[[Path], None], thing: str
) -> None:
    edit(conforming.root)
    assert kinds(drift(conforming)) == [("segment.free_riders", thing, "missing")]
    before = (conforming.root / "specs" / "example.yaml").read_bytes()
    refused = drift(conforming, "--adopt", "segment.free_riders")
    [one] = refused["not_adopted"]
    assert f"no such {thing}" in one["why"]
    assert (conforming.root / "specs" / "example.yaml").read_bytes() == before
    conforming.apply("--target", "segment.free_riders")
    assert drift(conforming)["findings"] == []


def test_apply_puts_the_value_of_the_specs_back(conforming) -> None:
    edit_attribute(conforming.root, "tier", description="By hand")
    result = conforming.run("drift")
    assert result.code == 2
    assert "apply --target" in result.out
    conforming.apply("--target", "attribute.contact.tier")
    assert drift(conforming)["findings"] == []


def test_an_edit_of_the_files_that_is_not_committed_is_no_drift(conforming) -> None:
    conforming.spec(SPECS.replace("What they pay for}", "Their plan}").replace("seats_used", "seats_taken"))
    report = drift(conforming)
    assert report["findings"] == []
    assert report["against"] == "HEAD"
    assert report["revision"] == git(conforming.root, "rev-parse", "HEAD")
    assert sorted(kinds(drift(conforming, "--against", "."))) == [
        ("attribute.contact.seats_taken", "attribute", "missing"),
        ("attribute.contact.seats_used", "attribute", "unmanaged"),
        ("attribute.contact.tier", "attribute", "changed"),
    ]
    commit(conforming.root, "specs")
    assert len(drift(conforming)["findings"]) == 3
    assert drift(conforming, "--against", "HEAD~1")["findings"] == []


def test_unmanaged_is_new_or_was_there_before_the_revision(scratch) -> None:
    project = scratch.spec("")
    create_attribute(project.root, "older")
    later = {"GIT_COMMITTER_DATE": "2099-01-01T00:00:00Z"}
    commit(project.root, "intercom-iac.yaml", "specs")
    new = drift(project)["findings"]
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr("support.git_repositories._NOBODY", later | _nobody())
        commit(project.root, "intercom-iac.yaml")
    assert [each["since"] for each in new] in (["new"], ["before"])
    [old] = drift(project)["findings"]
    assert old["since"] == "before"
    assert "before `HEAD`" in old["reason"]


def _nobody() -> dict[str, str]:
    from support import git_repositories

    return git_repositories._NOBODY


# --- what is compared with ----------------------------------------------------------------------------------


def test_without_a_repository_or_a_commit_the_files_are_compared_with(scratch) -> None:
    project = scratch.spec(SPECS)
    for reason in ("the project is in no git repository", "the repository has no commit"):
        result = project.run("drift --format json")
        assert reason in result.err
        assert result.json["against"] == "files"
        assert result.json["revision"] is None
        if not (project.root / ".git").exists():
            subprocess.run(["git", "init", "-q", "-b", "main"], cwd=project.root, check=True)
    (project.root / "other").write_text("")
    commit(project.root, "other")
    result = project.run("drift --format json")
    assert "the project is not in the last commit" in result.err
    assert result.json["against"] == "files"


@pytest.mark.parametrize(
    ("arguments", "message"),
    [
        ("--against nowhere", "`nowhere` is no revision here"),
        ('--against ""', "it is empty"),
        ("attribute.contact.tier", "takes no addresses by themselves"),
        ("--adopt attribute.contact.teir", "nothing drifted at `attribute.contact.teir`"),
        ("--adopt attribute.contact.tier --against HEAD", "`--against` names a revision"),
        ("--sample -1", "-1"),
        ("-w nowhere", "no workspace `nowhere`"),
    ],
)
def test_wrong_arguments_end_with_3(conforming, arguments: str, message: str) -> None:
    result = conforming.run(f"drift {arguments}")
    assert result.code == 3, result
    assert message in result.err
    assert result.out == ""


def test_a_workspace_that_the_revision_does_not_have(conforming) -> None:
    conforming.write(
        {"intercom-iac.yaml": "version: 1\nworkspaces: {a: {sandbox: a.db}, b: {sandbox: b.db}}\n"}
    )
    result = conforming.run("drift -w b")
    assert result.code == 3
    assert "`HEAD` has no workspace `b`" in result.err
    assert conforming.run("drift -w b --against .").code == 2


def test_what_is_as_the_workspace_has_it_is_adopted_already(conforming) -> None:
    report = drift(conforming, "--adopt", "attribute.contact.tier")
    assert report["adopted"] == []


def test_an_adoption_tells_which_other_workspaces_the_entry_is_for(conforming) -> None:
    settings = "version: 1\ndefault_workspace: sandbox\nworkspaces:\n"
    for name in ("sandbox", "staging"):
        settings += f"  {name}: {{sandbox: .intercom-iac/{name}.db}}\n"
    conforming.write({"intercom-iac.yaml": settings})
    with embedded(conforming.root) as workspace:
        client: Any = workspace._client
        client.post("/data_attributes", {"name": "hs_owner", "model": "contact", "data_type": "string"})
    [adopted] = drift(conforming, "--adopt", "attribute.contact.hs_owner")["adopted"]
    assert adopted["also_for"] == ["staging"]


def test_what_would_make_the_specs_invalid_is_not_adopted(conforming) -> None:
    with embedded(conforming.root) as workspace:
        [audience] = workspace.snapshot().audiences
        workspace.delete_audience(audience.id)
    edit_attribute(conforming.root, "tier", archived=True)
    edit_attribute(conforming.root, "seats_used", messenger_writable=True)
    report = drift(conforming, "--adopt", "attribute.contact.*")
    assert [each["address"] for each in report["adopted"]] == ["attribute.contact.seats_used"]
    [refused] = report["not_adopted"]
    assert refused["address"] == "attribute.contact.tier"
    assert "the specs would be invalid" in refused["why"]
    assert conforming.run("check").code == 0


def test_what_cannot_be_adopted_is_found_in_few_readings_of_the_specs(
    conforming, monkeypatch: pytest.MonkeyPatch
) -> None:
    from intercom_iac.specs import SpecsLoader

    for number in range(30):
        create_attribute(conforming.root, f"made_{number}")
    with embedded(conforming.root) as workspace:
        [audience] = workspace.snapshot().audiences
        workspace.delete_audience(audience.id)
    edit_attribute(conforming.root, "tier", archived=True)
    readings: list[SpecsLoader] = []
    load = SpecsLoader.load_every_workspace

    def counted(self: SpecsLoader) -> Any:
        readings.append(self)
        return load(self)

    monkeypatch.setattr(SpecsLoader, "load_every_workspace", counted)
    report = drift(conforming, "--adopt", "attribute.contact.*")
    assert len(report["adopted"]) == 30
    assert [refused["address"] for refused in report["not_adopted"]] == ["attribute.contact.tier"]
    assert len(readings) < 16


def test_files_are_all_adopted_into_or_none(conforming, monkeypatch: pytest.MonkeyPatch) -> None:
    second = conforming.root / "specs" / "second.yaml"
    second.write_text("version: 1\nattributes:\n  company:\n    seats: {type: integer, description: Seats}\n")
    conforming.apply()
    edit_attribute(conforming.root, "tier", description="by hand")
    edit_attribute(conforming.root, "seats", description="by hand")
    before = {path: path.read_bytes() for path in second.parent.iterdir()}
    replaced: list[Path] = []
    replace_file = Path.replace

    def stopped_at_the_second(path: Path, target: Path) -> Path:
        replaced.append(path)
        if len(replaced) == 2:
            raise KeyboardInterrupt
        return replace_file(path, target)

    with monkeypatch.context() as patched:
        patched.setattr(Path, "replace", stopped_at_the_second)
        conforming.run("drift --adopt attribute.contact.tier attribute.company.seats")
    assert len(replaced) > 2
    assert {path: path.read_bytes() for path in second.parent.iterdir()} == before


# --- segments that a person builds --------------------------------------------------------------------------


def contacts(project, *roles: str) -> None:
    for number, role in enumerate(roles):
        call(project.root, "post", "/contacts", {"role": role, "email": f"{number}@example.com"})


def rebuild_users(project, query: dict[str, Any] | None) -> None:
    from intercom_iac.application import SegmentQuery, add_sandbox_segment

    database = project.root / ".intercom-iac" / "sandbox.db"
    import sqlite3
    from contextlib import closing

    with closing(sqlite3.connect(database)) as opened, opened:
        opened.execute("delete from segments where name = 'Users'")
    add_sandbox_segment(database, "Users", None if query is None else SegmentQuery(query, exact=True))


USERS = {"field": "role", "operator": "=", "value": "user"}


def test_a_segment_with_as_many_people_as_its_rule_finds_has_not_drifted(conforming) -> None:
    contacts(conforming, "user", "user", "lead")
    rebuild_users(conforming, USERS)
    assert drift(conforming)["findings"] == []
    save_segment(conforming.root, "Users", seconds_later=10_000)
    assert drift(conforming)["findings"] == []


def test_a_segment_that_was_edited_is_likely_so_by_its_people(conforming) -> None:
    contacts(conforming, "user", "user", "lead")
    rebuild_users(conforming, {**USERS, "value": "lead"})
    [finding] = drift(conforming)["findings"]
    assert (finding["address"], finding["kind"], finding["confidence"]) == (
        "segment.users",
        "edited",
        "likely",
    )
    # The registrar contact is a user, too.
    assert finding["counts"] == {"segment": 1, "search": 3, "exact": True}
    assert "counts can lag" in finding["reason"]
    refused = drift(conforming, "--adopt", "segment.users")["not_adopted"]
    assert "Intercom tells the rule of a segment to nobody" in refused[0]["why"]


def test_a_segment_that_was_saved_since_may_have_been_edited(conforming) -> None:
    conforming.spec(SPECS.replace("rule: role = user", "rule: event signed_up"))
    commit(conforming.root, "specs")
    assert drift(conforming)["findings"] == []
    save_segment(conforming.root, "Users", seconds_later=10_000)
    [finding] = drift(conforming)["findings"]
    assert (finding["kind"], finding["confidence"]) == ("edited", "unknown")
    assert finding["counts"]["exact"] is False
    assert "after the specs last changed it" in finding["reason"]


def test_a_segment_that_is_gone_may_have_another_name(conforming) -> None:
    contacts(conforming, "user", "lead")
    rebuild_users(conforming, USERS)
    later = 4_000_000_000
    save_segment(conforming.root, "Users", seconds_later=later, new_name="All users")
    report = drift(conforming, "--against", ".")
    assert [(each["address"], each["kind"]) for each in report["findings"]] == [
        ("segment.users", "missing"),
        ("segment.All users", "unmanaged"),
    ]
    assert "`All users`" in report["findings"][0]["hint"]
    [refused] = drift(conforming, "--adopt", "segment.users")["not_adopted"]
    assert "`plan --target segment.users` has the steps" in refused["hint"]
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(
            "support.git_repositories._NOBODY",
            _nobody() | {"GIT_COMMITTER_DATE": "2090-01-01T00:00:00Z"},
        )
        commit(conforming.root, "specs")
    [finding] = drift(conforming)["findings"]
    assert (finding["kind"], finding["confidence"]) == ("changed", "likely")
    assert finding["fields"] == [{"path": "name", "specs": "Users", "workspace": "All users"}]


# --- people -------------------------------------------------------------------------------------------------


def test_an_event_that_nobody_declared_is_seen_in_a_sample(conforming) -> None:
    contacts(conforming, "user", "user")
    occurrence = {"event_name": "rogue", "created_at": 1_790_000_000, "email": "0@example.com"}
    call(conforming.root, "post", "/events", occurrence)
    report = drift(conforming)
    assert report["findings"] == []
    assert report["sampled"] is None
    assert {"what": "what people did", "why": "people are read with `--sample N` only"} in report[
        "unverified"
    ]
    result = conforming.run("drift --sample 10 --format json")
    assert "calls of the API" in result.err
    [finding] = result.json["findings"]
    assert finding["kind"] == "undeclared"
    assert result.json["sampled"]["contacts"] == 2
    adopted = drift(conforming, "--sample", "10", "--adopt", finding["address"])
    assert adopted["findings"] == []
    commit(conforming.root, "specs")
    assert drift(conforming)["findings"] == []
    assert conforming.run("plan --detailed-exitcode").code == 0


def test_a_rename_under_way_is_measured(conforming) -> None:
    plan = "    plan: {type: options, options: [free, pro], renamed_from: tier}\n    seats_used:"
    specs = SPECS.replace("    seats_used:", plan).replace(
        "they pay for}", "they pay for, status: deprecated}"
    )
    conforming.spec(specs)
    conforming.apply()
    commit(conforming.root, "specs")
    contacts(conforming, "user", "user", "user")
    with embedded(conforming.root) as workspace:
        client: Any = workspace._client
        people = client.post("/contacts/search", {"query": USERS})["data"]
        people = [each for each in people if each.get("email")]
        for number, person in enumerate(people):
            values = {"tier": "pro"} | ({"plan": "pro"} if number == 0 else {})
            client.put(f"/contacts/{person['id']}", {"custom_attributes": values})
    [copy] = drift(conforming, "--sample", "10")["copies"]
    assert (copy["address"], copy["replaces"]) == ("attribute.contact.plan", "tier")
    assert (copy["copied"]["filled"], copy["copied"]["of"]) == (1, 3)
    assert copy["copied"]["low"] < 1 / 3 < copy["copied"]["high"]
    assert "copied for 1 of 3" in " ".join(conforming.run("drift --sample 10").out.split())


# --- what is ignored, what cannot be read -------------------------------------------------------------------


def ignoring(project, *entries: str) -> None:
    lines = "".join(f"    - {entry}\n" for entry in entries)
    settings = "version: 1\nworkspaces:\n  sandbox: {sandbox: .intercom-iac/sandbox.db}\n"
    project.write({"intercom-iac.yaml": f"{settings}drift:\n  ignore:\n{lines}"})


def test_ignored_drift_is_counted_and_told(conforming) -> None:
    for name in ("hs_owner", "hs_stage"):
        create_attribute(conforming.root, name)
    edit_attribute(conforming.root, "tier", description="By hand")
    ignoring(
        conforming,
        "{address: attribute.contact.hs_o*, reason: The HubSpot app, until: 2099-01-01}",
        "{address: hs_s*, reason: By its bare name}",
        "{address: tier, reason: Over, until: 2020-01-01}",
        "{address: attribute.company.none, reason: Never}",
    )
    result = conforming.run("drift --format json")
    report = result.json
    assert [each["address"] for each in report["findings"]] == ["attribute.contact.tier"]
    assert [(each["pattern"], each["until"]) for each in report["ignored"]] == [
        ("attribute.contact.hs_o*", "2099-01-01"),
        ("hs_s*", None),
    ]
    assert [each["code"] for each in report["diagnostics"]] == ["SPEC182", "SPEC183"]
    assert "SPEC183" in result.err
    assert "2 ignored" in conforming.run("drift").out
    assert drift(conforming, "--adopt", "attribute.contact.hs_owner")["ignored"][0]["pattern"] == "hs_s*"


def test_a_pattern_that_ignores_everything_is_warned_about(conforming) -> None:
    edit_attribute(conforming.root, "tier", description="By hand")
    ignoring(conforming, "{address: '*', reason: All}")
    result = conforming.run("drift")
    assert result.code == 0
    assert "warning[SPEC181]" in result.err
    assert "1 ignored" in result.out


@pytest.mark.parametrize(
    ("entry", "message"),
    [
        ("{address: a, reason: b, until: soon}", "`soon` is no day of the calendar"),
        ("{address: ' ', reason: b}", "`address` of ignored drift is empty"),
        ("{address: a, reason: ' '}", "`reason` of ignored drift is empty"),
        ("{address: a}", "reason"),
        ("{address: a, reason: b, untill: 2026-01-01}", "untill"),
    ],
)
def test_a_wrong_entry_is_a_mistake_of_the_project_file(scratch, entry: str, message: str) -> None:
    ignoring(scratch, entry)
    result = scratch.run("check")
    assert result.code == 3
    assert message in result.out


def test_what_may_not_be_read_is_told_and_is_no_finding(conforming, monkeypatch: pytest.MonkeyPatch) -> None:
    def refuse(*_: object, **__: object) -> None:
        raise Unauthorized("the token may not read it", status=403)

    edit_attribute(conforming.root, "tier", description="By hand")
    monkeypatch.setattr(HttpWorkspace, "_audiences", refuse)
    monkeypatch.setattr(HttpWorkspace, "count_contacts", refuse)
    again = Sample(unread=(UnreadList("audiences", "GET /audiences", "the token may not read it"),))
    monkeypatch.setattr(HttpWorkspace, "sample", lambda *_, **__: again)
    report = drift(conforming, "--sample", "5")
    assert kinds(report) == [("attribute.contact.tier", "attribute", "changed")]
    assert [each["call"] for each in report["unread"]] == ["GET /audiences", "POST /contacts/search"]
    assert "Not read, so not compared" in conforming.run("drift").out
    assert "Not read, so not compared" in conforming.run("drift --format markdown").out


def test_a_cap_that_is_near_is_a_finding(conforming) -> None:
    with embedded(conforming.root) as workspace:
        for number in range(198):
            workspace.create_attribute("contact", f"more_{number}", {"type": "string"})
    ignoring(conforming, "{address: attribute.contact.more_*, reason: Many}")
    [finding] = drift(conforming)["findings"]
    assert (finding["address"], finding["kind"]) == ("attributes", "near_cap")
    assert "200 active custom attributes of the 250" in finding["reason"]
    assert drift(conforming, "--adopt", "attributes")["not_adopted"] != []


def test_markdown_is_for_an_issue(conforming) -> None:
    edit_attribute(conforming.root, "tier", description="@team <b>x</b> | [y](z)\n# no")
    out = conforming.run("drift --format markdown").out
    assert out.startswith("<!-- intercom-iac drift sandbox -->\n### Drift of `sandbox`: 1 changed\n")
    assert "@team" not in out
    assert "<b>" not in out
    assert "\n# no" not in out
