"""What can be wrong with `policy` in the project file, each at its place there."""

from __future__ import annotations

from pathlib import Path

import pytest

from intercom_iac.diagnostics import InvalidSpecs
from intercom_iac.project import find_project

LABELS = "  labels: {pii: [none, sensitive], source: []}\n"


@pytest.mark.parametrize(
    ("policy", "wanted"),
    [
        ('  forbidden_names: [{pattern: ok}, {pattern: "("}]\n', ['3:46 SPEC161 "("']),
        ("  forbidden_names: [{pattern: 'a(?!b)'}]\n", ["3:31 SPEC161 'a(?!b)'"]),
        ("  forbidden_names: [{pattern: ''}]\n", ["3:31 SPEC125 ''"]),
        ("  forbidden_names: [{reason: x}]\n", ["3:21 SPEC122 {reason: x}"]),
        ("  levels: {LINT551: error, LINT550: off}\n", ["3:28 SPEC162 LINT550"]),
        ("  levels: {SPEC101: off}\n", ["3:12 SPEC162 SPEC101"]),
        ("  levels: {LINT510: off}\n", ["3:12 SPEC162 LINT510"]),
        ("  levels: {LINT571: off, LINT572: error, LINT566: warning}\n", []),
        ("  levels: {LINT551: info}\n", ["3:21 SPEC123 info"]),
        ("  standard: {attribute.contact.emial: {pii: none}}\n", ["3:14 SPEC163 attribute.contact.emial"]),
        ("  standard: {attribute.company.size: {pii: none}}\n", []),
        (
            f"{LABELS}  standard: {{attribute.contact.email: {{pii: [none, non]}}}}\n",
            ["4:52 SPEC164 non"],
        ),
        (f"{LABELS}  standard: {{attribute.contact.email: {{ppi: none}}}}\n", ["4:40 SPEC164 ppi"]),
        (f"{LABELS}  flows: [{{may_not_depend_on: {{pii: sensitiv}}}}]\n", ["4:37 SPEC164 sensitiv"]),
        (f"{LABELS}  flows: [{{may_only_depend_on: {{ppi: none}}}}]\n", ["4:33 SPEC164 ppi"]),
        (f"{LABELS}  flows: [{{may_only_depend_on: {{source: survey}}}}]\n", []),
        ("  flows: [{may_only_depend_on: {any: thing}}]\n", []),
        ("  flows: [{segments: tag}]\n", ["3:11 SPEC165 {segments: tag}"]),
        ("  flows: [{may_not_depend_on: {}}]\n", ["3:11 SPEC165 {may_not_depend_on: {}}"]),
        ("  max_length: {name: 0}\n", ["3:22 SPEC125 0"]),
        ("  require: {events: [labels]}\n", ["3:22 SPEC123 labels"]),
        # The vocabulary has a mistake of its own: what it was to hold is not missed.
        ("  labels: {pii: none}\n  flows: [{may_not_depend_on: {pii: none}}]\n", ["3:17 SPEC120 none"]),
    ],
)
def test_mistakes_stand_where_they_are(tmp_path: Path, policy: str, wanted: list[str]) -> None:
    (tmp_path / "intercom-iac.yaml").write_text(f"version: 1\npolicy:\n{policy}")
    lines: list[str] = []
    try:
        find_project(tmp_path)
    except InvalidSpecs as error:
        for diagnostic in error.diagnostics:
            span = diagnostic.span
            assert span is not None
            lines.append(f"{span.line}:{span.column} {diagnostic.code} {span.text}")
    assert lines == wanted


@pytest.mark.parametrize(
    ("policy", "message", "hint"),
    [
        (
            "forbidden_names: [{pattern: '('}]",
            "`(` is not a pattern that works: unclosed group",
            "write a regular expression, without look-around and back-references, such as `^tmp_`",
        ),
        ("levels: {LINNT566: off}", "`LINNT566` is not a code", "did you mean `LINT566`?"),
        ("levels: {lint551: off}", "`lint551` is not a code", "did you mean `LINT551`?"),
        (
            "levels: {REF451: off}",
            "`REF451` is no matter of taste: its level cannot be set",
            "the codes that begin with `LINT` or `PROOF` are for that",
        ),
        (
            "levels: {LINT510: off}",
            "`LINT510` is found in rules that are compiled, never in spec files: its level cannot be set",
            "remove it",
        ),
        (
            "standard: {attribute.contact.emial: {}}",
            "`attribute.contact.emial` is not one of Intercom's own attributes",
            "did you mean `attribute.contact.email`?",
        ),
        (
            "standard: {x: {}}",
            "`x` is not one of Intercom's own attributes",
            "the labels of an attribute that specs declare stand in its entry",
        ),
        (
            "flows: [{reason: x}]",
            "this flow forbids nothing",
            "add `may_not_depend_on` or `may_only_depend_on`, with a label and its value",
        ),
    ],
)
def test_they_say_what_to_do(tmp_path: Path, policy: str, message: str, hint: str) -> None:
    (tmp_path / "intercom-iac.yaml").write_text(f"version: 1\npolicy:\n  {policy}\n")
    with pytest.raises(InvalidSpecs) as raised:
        find_project(tmp_path)
    [found] = raised.value.diagnostics
    assert (found.message, found.hint) == (message, hint)
