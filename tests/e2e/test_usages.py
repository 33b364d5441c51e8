"""`usages`: code held to the specs, by the command: places, exit codes, formats, which files are read."""

from __future__ import annotations

import importlib.util
from typing import Any

import jsonschema
import pytest

from intercom_iac.usages import usages_schema
from support.git_repositories import commit, git

SPECS = """\
attributes:
  contact:
    plan_type: {type: options, options: [free, pro], messenger_writable: true}
    trial_end_date: {type: date, messenger_writable: true}
    asked_for: {type: string}
    forgotten: {type: string}
    old: {type: string, status: archived}
events:
  signed_up: {}
  exported: {metadata: {format: {type: string, required: true}}}
segments:
  asked: {name: Asked, rule: asked_for = x}
"""
RIGHT = "Intercom('update', { plan_type: 'pro' });\n"
WRONG = "Intercom('update', {\n  plan_typ: 'pro',\n  trial_end_date: Date.now(),\n});\n"


def scan(project: Any, command: str = "usages", code: int = 0) -> Any:
    result = project.run(f"{command} --format json")
    assert result.code == code, result
    jsonschema.validate(result.json, usages_schema())
    return result.json


def places(report: Any) -> list[tuple[str, str, int, int]]:
    return [
        (finding["code"], finding["file"], finding["line"], finding["column"])
        for finding in report["findings"]
    ]


def test_each_mistake_has_its_place_and_what_it_is_about(scratch) -> None:
    report = scan(scratch.spec(SPECS).write({"src/app.ts": RIGHT, "src/more.ts": WRONG}), code=1)
    assert report["files"] == 2
    assert report["summary"]["error"] == 2
    assert places(report)[:3] == [
        ("USE101", "specs/example.yaml", 6, 5),
        ("USE102", "specs/example.yaml", 7, 5),
        ("USE102", "specs/example.yaml", 10, 3),
    ]
    unknown, milliseconds = report["findings"][-2:]
    assert (unknown["code"], unknown["file"], unknown["line"], unknown["column"]) == (
        "PAYL901",
        "src/more.ts",
        2,
        3,
    )
    assert unknown["hint"] == "did you mean `plan_type`?"
    assert (milliseconds["code"], milliseconds["address"]) == ("PAYL910", "attribute.contact.trial_end_date")
    assert milliseconds["declared"] == {"file": "specs/example.yaml", "line": 5, "column": 5}


def test_what_is_used_and_what_is_not(scratch) -> None:
    code = (
        RIGHT
        + "Intercom('trackEvent', 'signed_up');\n/* intercom */ x(contact.custom_attributes.plan_type);\n"
    )
    report = scan(scratch.spec(SPECS).write({"app.js": code}))
    assert report["uses"] == [
        {"address": "attribute.contact.plan_type", "file": "app.js", "line": 1, "column": 22, "kind": "send"},
        {"address": "event.signed_up", "file": "app.js", "line": 2, "column": 25, "kind": "send"},
        {"address": "attribute.contact.plan_type", "file": "app.js", "line": 3, "column": 44, "kind": "read"},
    ]
    assert report["unused"] == [
        "attribute.contact.trial_end_date",
        "attribute.contact.forgotten",
        "event.exported",
    ]


def test_for_people_uses_stand_by_name_and_mistakes_with_their_line(scratch) -> None:
    result = scratch.spec(SPECS).write({"app.js": RIGHT * 7 + WRONG}).run("usages")
    assert result.code == 1
    assert "attribute.contact.plan_type\n  send  app.js:1:22\n" in result.out
    assert "  and at 2 more" in result.out
    assert "error[PAYL910]" in result.out
    assert "trial_end_date: Date.now(),\n" in result.out
    assert "specs/example.yaml:7:5   warning[USE102]" in result.out
    assert result.out.endswith("8 uses of 2 names in 1 file: 2 errors, 3 warnings, 1 remark\n")


def test_code_scanning_gets_each_finding_at_its_place(scratch) -> None:
    result = scratch.spec(SPECS).write({"src/app.ts": WRONG}).run("usages --format sarif")
    assert result.code == 1
    [run] = result.json["runs"]
    [found] = [result for result in run["results"] if result["ruleId"] == "PAYL910"]
    place = found["locations"][0]["physicalLocation"]
    assert place["artifactLocation"]["uri"] == "src/app.ts"
    assert (place["region"]["startLine"], place["region"]["startColumn"]) == (3, 19)
    assert run["automationDetails"]["id"].startswith("intercom-iac/usages/")


@pytest.mark.parametrize("output", ["github", "gitlab", "junit"])
def test_other_formats(scratch, output: str) -> None:
    result = scratch.spec(SPECS).write({"src/app.ts": WRONG}).run(f"usages --format {output}")
    assert result.code == 1
    assert "src/app.ts" in result.out
    assert "PAYL910" in result.out


def test_names_that_may_be_sent_by_what_is_not_known_are_no_candidates(scratch) -> None:
    code = "export function track(name) { window.Intercom('trackEvent', name); }\n"
    page = "import { track } from './app.js';\ntrack('exported');\n"
    report = scan(scratch.spec(SPECS).write({"app.js": code, "page.js": page}))
    [unknown] = [finding for finding in report["findings"] if finding["code"] == "USE103"]
    assert (unknown["severity"], unknown["line"], unknown["column"]) == ("info", 1, 61)
    assert "event.exported" not in report["unused"]
    assert "event.signed_up" in report["unused"]
    [named] = [finding for finding in report["findings"] if finding["address"] == "event.exported"]
    assert (named["code"], named["message"]) == (
        "USE101",
        "the event `exported` is sent nowhere by its name, and may be by the text at page.js:2:8",
    )


def test_what_a_workspace_alone_has_is_known(scratch) -> None:
    scratch.write(
        {
            "intercom-iac.yaml": "version: 1\ndefault_workspace: a\nworkspaces:\n"
            "  a: {sandbox: .intercom-iac/a.db}\n  b: {sandbox: .intercom-iac/b.db}\n"
        }
    )
    entry = "{type: string, messenger_writable: true, only: [b]}"
    report = scan(
        scratch.spec(f"attributes: {{contact: {{beta: {entry}}}}}\n").write(
            {"app.js": "Intercom('update', { beta: 'x' });\n"}
        )
    )
    assert [use["address"] for use in report["uses"]] == ["attribute.contact.beta"]


# --- which files are read -------------------------------------------------------------------------------------


def read_files(report: Any) -> set[str]:
    return {use["file"] for use in report["uses"]}


def test_what_git_ignores_is_not_read(scratch) -> None:
    files = {
        ".gitignore": "dist/\n",
        "app.js": RIGHT,
        "dist/app.js": RIGHT,
        "new.js": RIGHT,
        "node_modules/x/index.js": RIGHT,
        "web/vendor/x.js": RIGHT,
        "web/app.min.js": RIGHT,
    }
    scratch.spec(SPECS).write(files)
    commit(scratch.root, ".gitignore", "app.js", "node_modules")
    report = scan(scratch)
    assert read_files(report) == {"app.js", "new.js"}
    assert {skipped["path"]: skipped["reason"] for skipped in report["skipped"]} == {
        "node_modules/": "code of others",
        "web/vendor/": "code of others",
        "web/app.min.js": "minified",
    }
    assert read_files(scan(scratch, "usages dist")) == {"dist/app.js"}


def test_a_repository_in_another_lists_its_own_files(scratch) -> None:
    scratch.spec(SPECS).write({"inner/app.js": RIGHT, "inner/out.js": RIGHT, "inner/.gitignore": "out.js\n"})
    git(scratch.root / "inner", "init", "-q")
    git(scratch.root, "init", "-q")
    assert read_files(scan(scratch)) == {"inner/app.js"}


def test_without_git_folders_of_others_are_left_out(scratch) -> None:
    files = dict.fromkeys(
        ("app.js", "node_modules/x.js", "vendor/x.js", ".cache/x.js", "env/x.js", "lib/deep/app.tsx"), RIGHT
    )
    report = scan(scratch.spec(SPECS).write(files | {"env/pyvenv.cfg": ""}))
    assert read_files(report) == {"app.js", "lib/deep/app.tsx"}


def test_git_that_cannot_be_asked_is_told(scratch) -> None:
    scratch.spec(SPECS).write({".git": "gitdir: nowhere\n", "app.js": RIGHT})
    report = scan(scratch)
    assert read_files(report) == {"app.js"}
    [note] = report["notes"]
    assert note.startswith("`.gitignore` is not respected: ")


def test_generated_code_is_used_and_not_read(scratch) -> None:
    header = "// Generated by `intercom-iac generate typescript`. Do not edit.\n"
    files = {
        "web/out/index.ts": f"{header}{WRONG}",
        "web/app.ts": "import { update } from './out';\nupdate({ planType: 'pro' });\n",
    }
    report = scan(scratch.spec(SPECS).write(files))
    assert [(use["address"], use["file"]) for use in report["uses"]] == [
        ("attribute.contact.plan_type", "web/app.ts")
    ]
    assert report["skipped"] == [{"path": "web/out/index.ts", "reason": "generated by `generate`"}]
    assert report["files"] == 1


def test_of_generated_code_alone_nothing_is_said(scratch) -> None:
    header = "// Generated by `intercom-iac generate typescript`. Do not edit.\n"
    report = scan(scratch.spec(SPECS).write({"out/index.ts": header}))
    assert (report["files"], report["unused"]) == (0, [])
    assert report["notes"] == ["no file of a language that is read was found"]


def test_paths_name_files_and_folders(scratch) -> None:
    scratch.spec(SPECS).write({"a/app.js": RIGHT, "b/app.js": RIGHT, "c.txt": RIGHT})
    assert read_files(scan(scratch, "usages a b/app.js ./a/app.js")) == {"a/app.js", "b/app.js"}
    report = scan(scratch, "usages c.txt")
    assert report["files"] == 0
    assert report["skipped"] == [{"path": "c.txt", "reason": "in no language that is read"}]
    missing = scratch.run("usages nowhere")
    assert missing.code == 3
    assert "`nowhere` is no file and no folder" in missing.err


def test_code_of_another_project_has_its_whole_path(
    scratch, tmp_path_factory: pytest.TempPathFactory
) -> None:
    other = tmp_path_factory.mktemp("other")
    (other / "app.js").write_text(RIGHT)
    report = scan(scratch.spec(SPECS), f"usages {other}")
    assert read_files(report) == {(other / "app.js").as_posix()}


def test_where_no_code_is_nothing_is_unused(scratch) -> None:
    report = scan(scratch.spec(SPECS))
    assert (report["files"], report["unused"]) == (0, [])
    assert report["notes"] == ["no file of a language that is read was found"]


def test_what_is_not_read_is_told(scratch) -> None:
    scratch.spec(SPECS).write({"broken.js": f"{RIGHT}function ( {{", "bytes.js": f"/* \udcff */ {RIGHT}"})
    (scratch.root / "wide.js").write_bytes(RIGHT.encode("utf-16"))
    (scratch.root / "marked.js").write_bytes(b"\xef\xbb\xbf" + RIGHT.encode())
    (scratch.root / "large.js").write_text(RIGHT + "x();\n" * 500_000)
    (scratch.root / "binary.js").write_text(f"intercom\0{RIGHT}")
    report = scan(scratch)
    assert read_files(report) == {"broken.js", "bytes.js", "wide.js", "marked.js"}
    told = {
        finding["file"]: finding["message"] for finding in report["findings"] if finding["code"] == "USE104"
    }
    assert told.keys() == {"broken.js", "bytes.js", "large.js", "binary.js"}
    assert told["bytes.js"] == "line 1 is not UTF-8"


def test_errors_in_the_specs_end_it(scratch) -> None:
    result = (
        scratch.spec("attributes: {contact: {a: {type: nothing}}}\n").write({"app.js": RIGHT}).run("usages")
    )
    assert result.code == 3


def test_the_extra_is_named_where_it_is_missing(scratch, monkeypatch: pytest.MonkeyPatch) -> None:
    find_spec = importlib.util.find_spec
    monkeypatch.setattr(
        "importlib.util.find_spec",
        lambda name: None if name == "tree_sitter" else find_spec(name),
    )
    result = scratch.spec(SPECS).write({"app.js": RIGHT}).run("usages")
    assert result.code != 0
    assert "generate" in result.err


def test_what_the_messenger_may_not_write_is_held_to_its_type_all_the_same(scratch) -> None:
    scratch.spec("attributes: {contact: {trial_end_date: {type: date, description: Last day}}}\n")
    scratch.write({"a.ts": "Intercom('update', { trial_end_date: Date.now() });\n"})
    findings = scratch.run("usages --format json").json["findings"]
    assert [finding["code"] for finding in findings if finding["severity"] == "error"] == [
        "PAYL919",
        "PAYL910",
    ]
