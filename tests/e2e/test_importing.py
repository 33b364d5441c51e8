"""`import` and `init --from-workspace`: what is written, what is printed, and what the commands end with."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import jsonschema
import pytest

from intercom_iac.adopting import import_schema
from intercom_iac.application.files import write_together
from intercom_iac.model import (
    AudiencePredicate,
    DataType,
    EventSummary,
    LiveAttribute,
    LiveAudience,
    LiveSegment,
    Sample,
    SampledEvent,
    Survey,
    UnreadList,
)
from intercom_iac.workspace import HttpWorkspace
from support.generators.workspaces import GeneratedWorkspace

PLAN = {"name": "plan", "model": "contact", "data_type": "string", "description": "a: b"}
SEATS = {"name": "seats", "model": "company", "data_type": "integer"}
IS_PRO = {"attribute": "custom_attributes.plan", "type": "string", "comparison": "eq", "value": "pro"}
WORKSPACE = GeneratedWorkspace(
    attributes=[PLAN, SEATS, {**PLAN, "name": "gone"}],
    archived=["gone"],
    calls=[("/audiences", {"name": "Pros", "predicates": [IS_PRO]}), ("/tags", {"name": "hot"})],
    segments=["By hand"],
)
ADDRESSES = {
    "attribute.contact.plan",
    "attribute.contact.gone",
    "attribute.company.seats",
    "segment.pros",
    "segment.by_hand",
}


@pytest.fixture
def filled(scratch):
    """An empty project whose embedded workspace has something."""
    (scratch.root / ".intercom-iac").mkdir()
    WORKSPACE.fill(scratch.root / ".intercom-iac" / "sandbox.db")
    return scratch


def state(root: Path) -> dict[str, tuple[bytes, int]]:
    return {
        str(path): (path.read_bytes(), path.stat().st_mtime_ns)
        for path in (root / "specs").rglob("*")
        if path.is_file()
    }


def test_an_import_leaves_nothing_to_plan_and_nothing_to_import(filled) -> None:
    result = filled.run("import --format json")
    assert result.code == 0
    jsonschema.validate(result.json, import_schema())
    assert {entry["address"] for entry in result.json["written"]} == ADDRESSES
    assert [missing["what"] for missing in result.json["not_mapped"]] == ["the tag `hot`"]
    assert "reading `sandbox`" in result.err
    assert filled.run("check").code == 0
    assert filled.run("plan --detailed-exitcode").code == 0
    assert filled.run("fmt --check").code == 0
    before = state(filled.root)
    again = filled.run("import --format json").json
    assert (again["written"], again["differs"], set(again["kept"])) == ([], [], ADDRESSES)
    assert state(filled.root) == before


def test_a_dry_run_prints_a_diff_and_writes_nothing(filled) -> None:
    before = state(filled.root)
    result = filled.run("import --dry-run --only attribute.company")
    assert result.code == 0
    assert result.out == (
        "--- a/specs/attributes.company.yaml\n+++ b/specs/attributes.company.yaml\n@@ -0,0 +1,5 @@\n"
        "+version: 1\n+attributes:\n+  company:\n+    seats:\n+      type: integer\n"
    )
    assert "1 entry would be written" in result.err
    assert filled.run("import --dry-run --format json").json["dry_run"] is True
    assert state(filled.root) == before


def test_patterns_and_a_folder_choose_what_goes_where(filled) -> None:
    result = filled.run(
        "import --only plan --only attribute.company --except seats --into specs/new --format json"
    )
    assert result.json["written"] == [
        {"address": "attribute.contact.plan", "file": "specs/new/attributes.contact.yaml"}
    ]
    for wrong in ("--into elsewhere", "--prefix a", "plan.json"):
        assert filled.run(f"import {wrong}").code == 3
    assert filled.run("import -w nowhere").code == 3


def test_what_differs_is_listed_and_updated_on_request(filled) -> None:
    filled.spec("attributes:\n  contact:\n    plan: {type: string, description: ours}  # why\n")
    result = filled.run("import --only plan")
    assert "description: ours in the specs, a: b in the source" in result.out
    assert "1 that differs" in result.out
    assert filled.run("import --only plan --update").code == 0
    text = (filled.root / "specs/example.yaml").read_text()
    assert text.endswith('plan: {type: string, description: "a: b"}  # why\n')


def test_specs_with_errors_are_not_added_to(filled) -> None:
    filled.spec("attributes:\n  contact:\n    plan: {type: strin}\n")
    before = state(filled.root)
    assert filled.run("import").code == 3
    assert state(filled.root) == before


def test_specs_of_which_no_file_can_be_read_are_not_added_to(filled) -> None:
    for path in (filled.root / "specs").iterdir():
        path.rename(filled.root / path.name)
    (filled.root / "specs/linked.yaml").symlink_to("../example.yaml")
    before = state(filled.root)
    result = filled.run("import")
    assert (result.code, "SPEC108" in result.out + result.err) == (3, True)
    assert state(filled.root) == before


def test_a_source_that_cannot_be_read_ends_with_3(scratch) -> None:
    assert scratch.run("import --from nothing.json").code == 3
    scratch.write({"cut.json": '{"rules": ['})
    assert scratch.run("import --from cut.json").code == 3


def test_a_tracking_plan_is_written_and_a_second_time_nothing(scratch) -> None:
    schema = {"title": "Order Placed", "type": "object", "properties": {"total": {"type": "number"}}}
    scratch.write(
        {"order.json": json.dumps({"$schema": "http://json-schema.org/draft-07/schema#", **schema})}
    )
    first = scratch.run("import --from order.json --format json")
    assert first.code == 0, first
    jsonschema.validate(first.json, import_schema())
    assert first.json["written"]
    before = state(scratch.root)
    assert scratch.run("import --from order.json --format json").json["written"] == []
    assert state(scratch.root) == before


def test_specs_over_a_cap_can_be_added_to(scratch) -> None:
    def plan(count: int) -> str:
        return json.dumps(
            {"rules": [{"key": f"event {number}", "jsonSchema": {}} for number in range(count)]}
        )

    scratch.write({"plan.json": plan(121), "more.json": plan(122)})
    assert len(scratch.run("import --from plan.json --format json").json["written"]) == 121
    before = state(scratch.root)
    again = scratch.run("import --from plan.json --format json")
    assert (again.code, again.json["written"]) == (0, [])
    assert state(scratch.root) == before
    more = scratch.run("import --from more.json --format json").json
    assert [entry["address"] for entry in more["written"]] == ["event.event 121"]
    assert [one["code"] for one in more["diagnostics"]] == ["SPEC138"]


def test_what_is_alike_is_told_together_and_each_in_json(scratch) -> None:
    keys = {f"key{number}": {"type": "string"} for number in range(11)}
    rules = [
        {"key": f"event {number}", "jsonSchema": {"properties": {"items": {"type": "array"}, **keys}}}
        for number in range(20)
    ]
    scratch.write({"plan.json": json.dumps({"rules": rules})})
    lines = scratch.run("import --from plan.json --dry-run").err.splitlines()
    assert "    `items` of event `event 0`, and of 19 more (" in "\n".join(lines)
    assert sum(line.startswith("  warning[FIT103]: `event.event ") for line in lines) == 8
    assert "    and 12 more of FIT103" in lines
    told = scratch.run("import --from plan.json --dry-run --format json").json
    assert len(told["not_mapped"]) == 40
    assert sum(one["code"] == "FIT103" for one in told["fit"]["findings"]) == 20


# --- what no embedded workspace has ------------------------------------------------------------------------


def test_any_name_is_written_or_told_with_why(scratch, monkeypatch) -> None:
    odd = ["tab\there", "line\nbreak", "\x00", "\u200b", " space ", "`tick`", "a.b", "name"]
    odd += ["${X}", '"q"', "#x", "😀"]
    attributes = [LiveAttribute(number, "contact", name, DataType.STRING) for number, name in enumerate(odd)]
    attributes += [
        LiveAttribute(90, "contact", "one_option", DataType.OPTIONS, ("a",)),
        LiveAttribute(91, "contact", "many", DataType.OPTIONS, tuple(f"v{number}" for number in range(1000))),
        LiveAttribute(92, "contact", "twice", DataType.STRING),
        LiveAttribute(93, "company", "twice", DataType.STRING),
        LiveAttribute(94, "contact", "x" * 255, DataType.STRING, description="a\n\tb: # '\"${Y}😀\x07\n"),
    ]
    audience = LiveAudience("5", "odd\x00", (AudiencePredicate("email", "string", "eq", "a"),))
    segments = tuple(LiveSegment(str(number), name) for number, name in enumerate(odd))
    summaries = {"1": tuple(EventSummary(name, 1) for name in odd)}
    price = {"amount": 100, "currency": "usd"}
    events = (SampledEvent("paid", 1, {"bad.key": 1, "good": True, "Good": True, "price": price}),)

    # The registrar's events and the sample's are one list of Intercom.
    registrar = UnreadList("events", "GET /events", "no permission")

    def survey(self: HttpWorkspace, *, counts: bool = False) -> Survey:
        snapshot = self.snapshot()
        unread = (UnreadList("tags", "GET /tags", "no permission"), registrar)
        from dataclasses import replace

        return Survey(
            replace(snapshot, attributes=tuple(attributes), audiences=(audience,), segments=segments), unread
        )

    def sample(self: HttpWorkspace, *_: Any) -> Sample:
        return Sample(summaries=summaries, events=events, unread=(registrar,))

    monkeypatch.setattr(HttpWorkspace, "survey", survey)
    monkeypatch.setattr(HttpWorkspace, "sample", sample)
    result = scratch.run("import --format json")
    assert result.code == 0, result.err
    assert scratch.run("check").code == 0
    told = result.json["not_mapped"]
    assert all(missing["why"] and missing["place"] for missing in told)
    assert {"what": "tags", "why": "the token may not read it: no permission", "place": "GET /tags"} in told
    assert [missing["place"] for missing in told].count("GET /events") == 1
    written = {entry["address"] for entry in result.json["written"]}
    assert {"attribute.contact.many", "attribute.company.twice", f"attribute.contact.{'x' * 255}"} <= written
    things = [
        *(attribute.address for attribute in attributes),
        *(f"event.{name}" for name in (*odd, "paid")),
    ]
    text = "\n".join(missing["what"] for missing in told)
    assert [address for address in things if address not in written and f"`{address}`" not in text] == []
    assert scratch.run("import --format json").json["written"] == []


# --- files -------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("error", [KeyboardInterrupt, OSError(28, "No space left on device")])
@pytest.mark.parametrize("at", range(3))
def test_files_are_all_new_or_all_as_they_were(
    at: int, error: Any, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    paths = [tmp_path / name for name in ("a.yaml", "b.yaml", "new/c.yaml")]
    for path in paths[:2]:
        path.write_text("before")
    replaced: list[Path] = []
    replace_file = Path.replace

    def replace(self: Path, target: Path) -> Path:
        if len(replaced) == at:
            replaced.append(target)
            raise error
        replaced.append(target)
        return replace_file(self, target)

    monkeypatch.setattr(Path, "replace", replace)
    with pytest.raises((KeyboardInterrupt, Exception)):
        write_together(dict.fromkeys(paths, b"after"))
    assert [path.read_text() for path in paths[:2]] == ["before", "before"]
    assert {path.name for path in tmp_path.rglob("*") if path.is_file()} == {"a.yaml", "b.yaml"}


def test_a_file_that_changed_meanwhile_is_not_written_over(filled, monkeypatch) -> None:
    filled.spec("attributes:\n  contact:\n    mine: {type: string, status: archived}\n")
    path = filled.root / "specs/example.yaml"
    survey = HttpWorkspace.survey

    def edited(self: HttpWorkspace, *, counts: bool = False) -> Survey:
        path.write_text(path.read_text() + "# by hand\n")
        return survey(self, counts=counts)

    monkeypatch.setattr(HttpWorkspace, "survey", edited)
    result = filled.run("import")
    assert result.code == 3
    assert "changed while" in result.err
    assert path.read_text().endswith("# by hand\n")


# --- init --------------------------------------------------------------------------------------------------


def test_init_takes_the_specs_of_a_workspace(filled, monkeypatch) -> None:
    made = filled.run("init new --from-workspace --sandbox .intercom-iac/sandbox.db")
    assert made.code == 0, made.err
    assert "wrote new/intercom-iac.yaml" in made.out
    assert "wrote new/specs/attributes.contact.yaml" in made.out
    monkeypatch.chdir(filled.root / "new")
    assert not (filled.root / "new/specs/lifecycle.yaml").exists()
    assert filled.run("check").code == 0
    assert filled.run("plan --detailed-exitcode").code == 0
    again = filled.run("init --from-workspace")
    assert (again.code, again.out) == (0, "nothing to write: the files are there already\n")
    assert filled.run("init --from-workspace --region eu").code == 3


def test_init_names_an_embedded_workspace_outside_of_the_folder_by_its_whole_path(
    filled, monkeypatch
) -> None:
    (filled.root / "new").mkdir()
    monkeypatch.chdir(filled.root / "new")
    made = filled.run("init --from-workspace --sandbox ../.intercom-iac/sandbox.db")
    assert made.code == 0, made.err
    file = (filled.root / "new/intercom-iac.yaml").read_text()
    assert f"sandbox: {filled.root / '.intercom-iac/sandbox.db'}\n" in file
    assert file.endswith("\n")
    assert filled.run("plan --detailed-exitcode").code == 0


def test_init_without_a_token_writes_nothing(scratch) -> None:
    assert scratch.run("init new --from-workspace --region eu").code == 4
    assert not (scratch.root / "new").exists()
