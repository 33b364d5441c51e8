"""Fixes and subjects as plain data, and what becomes of them where workspaces differ."""

from __future__ import annotations

from intercom_iac.diagnostics import Diagnostic, Edit, safe_fix, unsafe_fix
from intercom_iac.specs import merge_diagnostics
from intercom_iac.text import SourceFile, Span

FILE = SourceFile("specs/a.yaml", "plan: fre\nseats: 3\n")
EDIT = Edit(Span(FILE, 6, 9), "free")


def test_a_fix_is_plain_data() -> None:
    found = Diagnostic("SPEC101", "x", Span(FILE, 6, 9), subject="segment.vip", fix=safe_fix(EDIT)).as_json()
    assert found["subject"] == "segment.vip"
    place = {"file": "specs/a.yaml", "line": 1, "column": 7, "end_line": 1, "end_column": 10}
    assert found["fix"] == {"applicability": "safe", "edits": [{**place, "text": "free"}]}
    assert Diagnostic("SPEC101", "x").as_json()["fix"] is None


def test_a_fix_for_some_workspaces_is_a_guess() -> None:
    wrong = Diagnostic("SPEC101", "x", Span(FILE, 6, 9), fix=safe_fix(EDIT))
    [everywhere] = merge_diagnostics({"a": [wrong], "b": [wrong]})
    assert everywhere == wrong
    [somewhere] = merge_diagnostics({"a": [wrong], "b": []})
    assert somewhere.fix == unsafe_fix(EDIT)


def test_workspaces_that_ask_for_different_edits_get_none() -> None:
    one = Diagnostic("SPEC101", "x", Span(FILE, 6, 9), fix=safe_fix(EDIT))
    other = Diagnostic("SPEC101", "x", Span(FILE, 6, 9), fix=safe_fix(Edit(EDIT.span, "pro")))
    [merged] = merge_diagnostics({"a": [one], "b": [other]})
    assert merged.fix is None
