"""Fixes on specs that people could have written wrong: they add no error, change nothing else, and have an end."""

from __future__ import annotations

import re
import tempfile
from collections.abc import Sequence
from pathlib import Path

from hypothesis import given
from hypothesis import strategies as st

from intercom_iac.diagnostics import Diagnostic
from intercom_iac.project import find_project
from intercom_iac.specs import load_specs
from intercom_iac.specs.fixing import error_counts
from intercom_iac.specs.fixing_files import fix_project
from support.generators import examples

_KEYS = st.sampled_from(["type", "tpye", "Type", "typ", "typee"])
_TYPES = st.sampled_from(["string", "String", "strin", "int", "number", "'bool'", "date", "12", ""])
_OPTIONS = st.sampled_from(
    ["", ", options: [a, b]", ", options: [1, b]", ", optoins: [a, b]", ", options: a"]
)
_DESCRIPTIONS = st.sampled_from(
    [
        "",
        ", description: x (a, b)",
        ", desciption: 'it''s'",
        ', description: "a\\"b"',
        ", description: 12",
        ", description: a\u200bb",
    ]
)
_TESTS = st.sampled_from(
    [
        "field_0 = a",
        "feild_0 = A",
        "field_1 is null",
        "field_1 == 5",
        "field_1 <> “x”",
        "not not field_1 = x",
        "field_2 within 3 days",
        "field_2 before 3 days ago",
        "tag is vip",
        "field_1 like '%x%'",
        "company.field_0 = a",
        "(field_1 = x",
    ]
)
_STYLES = st.sampled_from(["{}", "'{}'", '"{}"', "|\n      {}", ">-\n      {}"])
_COMMENT = st.sampled_from(["", "  # why: 'é'", " # intercom-iac: ignore LINT501: not at all"])


@st.composite
def specs(draw: st.DrawFn) -> str:
    lines = draw(st.sampled_from([["version: 1"], [], ["version: '1'"], ["# top", "version: 1"]]))
    lines += ["attributes:", "  contact:"]
    for number in range(3):
        entry = f"{draw(_KEYS)}: {draw(_TYPES)}{draw(_OPTIONS)}{draw(_DESCRIPTIONS)}"
        lines.append(f"    field_{number}: {{{entry}}}{draw(_COMMENT)}")
    lines.append("segments:")
    for number in range(draw(st.integers(1, 3))):
        tests = draw(st.lists(_TESTS, min_size=1, max_size=3))
        rule = draw(st.sampled_from([" and ", " && ", " or "])).join(tests)
        style = draw(_STYLES)
        if style == "'{}'":
            rule = rule.replace("'", "''")
        lines += [
            f"  s{number}: {draw(_COMMENT).strip()}",
            f"    name: S{number}",
            f"    rule: {style.format(rule)}",
        ]
    return draw(st.sampled_from(["\n", "\r\n"])).join([*lines, ""])


@examples(15)
@given(specs(), st.booleans())
def test_fixes_add_no_error_and_a_second_time_nothing_changes(text: str, unsafe: bool) -> None:
    with tempfile.TemporaryDirectory() as folder:
        project = Path(folder) / "intercom-iac.yaml"
        file = Path(folder) / "specs" / "a.yaml"
        project.write_text("version: 1\n")
        file.parent.mkdir()
        file.write_bytes(text.encode())
        before = error_counts(diagnostics(project))
        fixed = fix_project(project, {}, unsafe=unsafe)
        for changed in fixed.files:
            assert changed.before == text
            file.write_bytes(changed.after.encode())
            assert comments(changed.after) <= comments(text)
            assert set(re.findall(r"\r?\n", changed.after)) == set(re.findall(r"\r?\n", text))
        assert error_counts(fixed.diagnostics) <= before
        again = fix_project(project, {}, unsafe=unsafe)
        assert again.files == ()
        assert again.diagnostics == fixed.diagnostics


def diagnostics(project: Path) -> Sequence[Diagnostic]:
    return load_specs(find_project(project.parent, project)).diagnostics


def comments(text: str) -> set[str]:
    """The comments that are no silences; those go where they silence nothing."""
    return {comment for comment in re.findall(r"# [^\r\n]*", text) if "ignore" not in comment}
