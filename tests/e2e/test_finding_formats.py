"""Findings for machines: each format is what its reader takes, whatever the specs hold."""

from __future__ import annotations

import json
import os
from pathlib import Path
from xml.etree import ElementTree

import pytest
from jsonschema import Draft202012Validator
from junitparser import JUnitXml

from intercom_iac.cli.diagnostic_formats import FINDING_FORMATS
from intercom_iac.diagnostics import Diagnostic, Edit, all_codes, safe_fix, unsafe_fix
from intercom_iac.reporting import Examined, findings
from intercom_iac.reporting.diagnostics import FORMATS
from intercom_iac.text import SourceFile, Span, is_visible
from support.judges import sarif_multitool

NAMING = "version: 1\nnaming: {attributes: snake_case}\n"
GOOD = "attributes: {contact: {tier: {type: string, description: x, owner: y}}}\n"
WRONG = """\
attributes:
  contact:
    badName: {type: string}
    plan: {type: options, options: [free, pro]}
    tier: {typ: string}
segments:
  first: {name: First, rule: plan = trial}
  second: {name: Second, rule: 'plan = trial'}
"""
# No YAML file may hold them, a message and a name of a file may.
NAME = "\x00\x07\x1b[31m\x85\u2028\ufffe\uffff\udcff ]]> <&\"' [[ATTACHMENT|x]] [x](https://evil.example) ::,:%0A"
STRANGE = "\x00\x07\x1b[31m\x85\u2028\ufffe\uffff\ud800 ]]> <&\"' [[ATTACHMENT|/etc/passwd]] [x](https://evil.example)"


def hostile() -> list[Diagnostic]:
    file = SourceFile(f"specs/{NAME}.yaml", f"{STRANGE}\n{STRANGE}\n")
    return [
        Diagnostic("SPEC123", STRANGE, Span(file, 0, 3), STRANGE),
        Diagnostic("LINT999", STRANGE, Span(file, 3, len(file.text)), severity="warning"),
        Diagnostic("SPEC101", STRANGE, None, STRANGE, severity="info"),
    ]


def fixable() -> list[Diagnostic]:
    """A replacement, an insertion and a deletion, in a file of a strange name."""
    file = SourceFile(f"specs/{NAME}.yaml", "a: b\nc: d\n")
    edits = (Edit(Span(file, 0, 1), "x](y)"), Edit(Span(file, 2, 2), "\n"), Edit(Span(file, 3, 6), ""))
    fixes = (safe_fix(*edits), unsafe_fix(edits[0]))
    return [
        Diagnostic("SPEC123", "x", Span(file, 0, 3), STRANGE, subject="segment.\x1b", fix=fix)
        for fix in fixes
    ]


def every_code() -> list[Diagnostic]:
    return [each.at(None, each.title) for each in all_codes().values()]


# The fields that GitLab's documentation lists for a code quality report, all it asks for, and its severities.
CODE_QUALITY = {
    "type": "array",
    "items": {
        "type": "object",
        "required": ["description", "check_name", "fingerprint", "severity", "location"],
        "properties": {
            "description": {"type": "string", "minLength": 1},
            "check_name": {"type": "string", "minLength": 1},
            "fingerprint": {"type": "string", "pattern": "^[0-9a-f]{32,}$"},
            "severity": {"enum": ["info", "minor", "major", "critical", "blocker"]},
            "location": {
                "type": "object",
                "required": ["path", "lines"],
                "properties": {
                    "path": {"type": "string", "pattern": r"^(?!\./|/|\.\./)."},
                    "lines": {
                        "type": "object",
                        "required": ["begin"],
                        "properties": {"begin": {"type": "integer", "minimum": 1}},
                    },
                },
            },
        },
    },
}


def test_every_format_is_an_option() -> None:
    assert sorted(FINDING_FORMATS) == sorted(FORMATS)


# SARIF 2.1.0 ---------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    "diagnostics",
    [[], hostile(), fixable(), every_code()],
    ids=["nothing", "hostile", "fixable", "every code"],
)
def test_sarif_is_what_its_reader_and_github_take(diagnostics: list[Diagnostic], tmp_path: Path) -> None:
    said = sarif_multitool(findings(diagnostics, "sarif", Examined(base="sub folder")), tmp_path)
    # The program has no page of its own to point at.
    assert [each for each in said if "ToolnformationUri" not in each] == []


def test_the_reader_of_sarif_objects(tmp_path: Path) -> None:
    text = findings(hostile(), "sarif", Examined()).replace('"ruleId"', '"rule"')
    assert any("JSON1001" in each for each in sarif_multitool(text, tmp_path))


def test_sarif_of_a_project(scratch) -> None:
    run = scratch.spec(WRONG).run("check --format sarif").json["runs"][0]
    rules = [each["id"] for each in run["tool"]["driver"]["rules"]]
    results = run["results"]
    assert {each["ruleId"] for each in results} == set(rules)
    assert all(rules[each["ruleIndex"]] == each["ruleId"] for each in results)
    assert all(
        "Wrong, in specs/example.yaml:" in each["help"]["text"] for each in run["tool"]["driver"]["rules"]
    )
    [first, second] = [each for each in results if each["ruleId"] == "TYPE303"]
    assert first["relatedLocations"][0]["physicalLocation"]["region"]["startLine"] == 5
    assert first["partialFingerprints"] != second["partialFingerprints"]


def test_sarif_carries_fixes() -> None:
    log = json.loads(findings(fixable(), "sarif", Examined(base="sub")))
    first, second = log["runs"][0]["results"]
    [fix] = first["fixes"]
    [change] = fix["artifactChanges"]
    assert change["artifactLocation"]["uri"].startswith("sub/specs/")
    assert [each.get("insertedContent", {}).get("text") for each in change["replacements"]] == [
        "x](y)",
        "\n",
        None,
    ]
    assert change["replacements"][2]["deletedRegion"] == {
        "startLine": 1,
        "startColumn": 4,
        "endLine": 2,
        "endColumn": 2,
    }
    assert fix["properties"] == {"applicability": "safe"}
    assert second["fixes"][0]["properties"] == {"applicability": "unsafe"}
    assert first["properties"] == {"subject": "segment.\\u001b"}


def test_a_message_is_no_link_in_sarif() -> None:
    text = findings(hostile(), "sarif", Examined())
    assert "](" not in text
    assert "[x] (https://evil.example)" in text


# GitHub --------------------------------------------------------------------------------------------------------


def test_errors_come_first_for_github(scratch) -> None:
    scratch.write({"intercom-iac.yaml": NAMING})
    lines = scratch.spec(WRONG).run("check --format github").out.splitlines()
    levels = [line.partition(" ")[0] for line in lines]
    assert levels == sorted(levels)
    assert {"::error", "::warning"} == set(levels)


def test_a_hostile_annotation_is_one_command() -> None:
    lines = findings(hostile(), "github", Examined()).splitlines()
    assert len(lines) == 3
    for line in lines:
        command, _, rest = line.removeprefix("::").partition("::")
        assert command.split(" ")[0] in ("error", "warning", "notice")
        assert all(map(is_visible, rest))


# GitLab --------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    "diagnostics", [[], hostile(), every_code()], ids=["nothing", "hostile", "every code"]
)
def test_code_quality_is_what_gitlab_documents(diagnostics: list[Diagnostic]) -> None:
    issues = json.loads(findings(diagnostics, "gitlab", Examined()))
    Draft202012Validator(CODE_QUALITY).validate(issues)
    assert len({each["fingerprint"] for each in issues}) == len(diagnostics)


def fingerprints(scratch, text: str) -> list[str]:
    return [each["fingerprint"] for each in scratch.spec(text).run("check --format gitlab").json]


def test_a_fingerprint_outlives_lines_above_it(scratch) -> None:
    before = fingerprints(scratch, WRONG)
    assert fingerprints(scratch, "# one more line\n\n" + WRONG) == before
    moved = WRONG.replace("segments:\n", "segments:\n  zeroth: {name: Zeroth, rule: plan = nothing}\n")
    assert set(before) < set(fingerprints(scratch, moved))


def test_findings_that_are_alike_have_fingerprints_of_their_own(scratch) -> None:
    same = "rule: {rule}, name: N"
    rule = "(plan = trial or plan = trial)"
    text = "attributes: {contact: {plan: {type: options, options: [free, pro]}}}\nsegments:\n"
    marks = fingerprints(scratch, text + f"  s: {{{same.format(rule=rule)}}}\n")
    assert len(marks) >= 2
    assert len(set(marks)) == len(marks)


@pytest.mark.parametrize(
    ("severity", "expected"), [("error", "major"), ("warning", "minor"), ("info", "info")]
)
def test_severities_for_gitlab(severity, expected: str) -> None:
    [issue] = json.loads(findings([Diagnostic("X", "x", severity=severity)], "gitlab", Examined()))
    assert (issue["severity"], issue["location"]) == (
        expected,
        {"path": "intercom-iac.yaml", "lines": {"begin": 1, "end": 1}},
    )


# JUnit ---------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    "diagnostics", [[], hostile(), every_code()], ids=["nothing", "hostile", "every code"]
)
def test_junit_is_what_a_reader_takes(diagnostics: list[Diagnostic]) -> None:
    text = findings(diagnostics, "junit", Examined(files=["specs/a.yaml"]))
    ElementTree.fromstring(text.encode())
    read = JUnitXml.fromstring(text.encode())
    [suite] = list(read)
    cases = list(suite)
    assert suite.tests == read.tests == len(cases) >= 2
    assert suite.failures == sum(not each.is_passed for each in cases)
    assert "[[ATTACHMENT|" not in text


def test_a_file_that_is_right_is_a_case_that_passes(scratch) -> None:
    scratch.spec(GOOD, "good.yaml").spec(WRONG, "wrong.yaml")
    result = scratch.run("check --format junit")
    assert result.code == 3
    [suite] = list(JUnitXml.fromstring(result.out.encode()))
    assert [(each.name, each.is_passed) for each in suite] == [
        ("intercom-iac.yaml", True),
        ("specs/good.yaml", True),
        ("specs/wrong.yaml", False),
    ]
    [failure] = list(suite)[2].result
    assert "(and " in failure.message
    assert "specs/wrong.yaml:8:" in failure.text
    assert (suite.tests, suite.failures) == (3, 1)


def test_a_warning_fails_no_case_and_is_its_output(scratch) -> None:
    scratch.spec("attributes: {contact: {badName: {type: string}}}\n")
    scratch.write({"intercom-iac.yaml": NAMING})
    result = scratch.run("check --format junit")
    assert result.code == 0
    [suite] = list(JUnitXml.fromstring(result.out.encode()))
    assert suite.failures == 0
    assert "warning[LINT" in list(suite)[1].system_out


# Paths ---------------------------------------------------------------------------------------------------------

PATHS = {
    "json": lambda out: json.loads(out)["diagnostics"][0]["file"],
    "sarif": lambda out: json.loads(out)["runs"][0]["results"][0]["locations"][0]["physicalLocation"][
        "artifactLocation"
    ]["uri"],
    "github": lambda out: out.split("file=")[1].split(",")[0],
    "gitlab": lambda out: json.loads(out)[0]["location"]["path"],
    "junit": lambda out: out.split("<failure")[0].rsplit('file="')[-1].split('"')[0],
}


@pytest.mark.parametrize("output", ["sarif", "github", "gitlab", "junit"])
@pytest.mark.parametrize("where", [".", "crm", "crm/specs", "elsewhere"])
def test_paths_are_those_of_the_repository(scratch, monkeypatch, output: str, where: str) -> None:
    (scratch.root / ".git").mkdir()
    (scratch.root / "elsewhere").mkdir()
    (scratch.root / "intercom-iac.yaml").unlink()
    scratch.write({"crm/intercom-iac.yaml": "version: 1\n", "crm/specs/a.yaml": f"version: 1\n{WRONG}"})
    monkeypatch.chdir(scratch.root / where)
    option = [] if where.startswith("crm") else ["--project", os.path.relpath(scratch.root / "crm")]
    assert PATHS[output](scratch.run(f"check --format {output}", *option).out) == "crm/specs/a.yaml"
    scratch.write({"crm/intercom-iac.yaml": "version: 2\n"})
    broken = scratch.run(f"check --format {output}", *option)
    assert broken.code == 3
    assert PATHS[output](broken.out) == "crm/intercom-iac.yaml"


def test_paths_in_json_are_those_of_the_project(scratch) -> None:
    (scratch.root / ".git").mkdir()
    scratch.write({"crm/intercom-iac.yaml": "version: 1\n", "crm/specs/a.yaml": f"version: 1\n{WRONG}"})
    assert PATHS["json"](scratch.run("check --project crm --format json").out) == "specs/a.yaml"


@pytest.mark.parametrize("output", FINDING_FORMATS)
def test_how_many_there_are_is_told_beside_the_report(scratch, output: str) -> None:
    scratch.write({"intercom-iac.yaml": NAMING})
    result = scratch.spec(WRONG).run(f"check --format {output}")
    assert result.code == 3
    assert result.err == "3 errors, 1 warning\n"
    scratch.spec(GOOD)
    result = scratch.run(f"check --format {output}")
    assert (result.code, result.err) == (0, "nothing wrong\n")


@pytest.mark.parametrize("output", FINDING_FORMATS)
@pytest.mark.parametrize("broken", ["specs/example.yaml", "intercom-iac.yaml"])
def test_breaking_reports_specs_that_are_wrong_like_any_finding(scratch, output: str, broken: str) -> None:
    scratch.spec(GOOD)
    (scratch.root / "before").mkdir()
    scratch.write({"before/intercom-iac.yaml": "version: 1\n"}).write({broken: "version: 2\n"})
    result = scratch.run(f"breaking --against-folder before --format {output}")
    assert result.code == 3
    assert PATHS[output](result.out) == broken
    assert result.err == "1 error\n"


@pytest.mark.parametrize("output", FINDING_FORMATS)
def test_what_breaks_is_a_finding_in_every_format(scratch, tmp_path: Path, output: str) -> None:
    scratch.spec("")
    scratch.write({"before/intercom-iac.yaml": "version: 1\n", "before/specs/a.yaml": f"version: 1\n{GOOD}"})
    result = scratch.run(f"breaking --against-folder before --format {output}")
    assert result.code == 1
    assert "BACK7" in result.out
    if output == "sarif":
        assert [
            each for each in sarif_multitool(result.out, tmp_path) if "ToolnformationUri" not in each
        ] == []
