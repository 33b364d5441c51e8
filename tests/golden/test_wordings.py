"""What people write first, and what becomes of it, wording by wording: `rules/wordings.md` says what is expected."""

from __future__ import annotations

import re
from functools import cache
from itertools import chain
from pathlib import Path
from typing import NamedTuple

import pytest

from intercom_iac.diagnostics import Diagnostic, Edit
from intercom_iac.model import Schema
from intercom_iac.project import find_project
from intercom_iac.rules import canonical_text, compile_rule, parse, settle_words
from intercom_iac.specs import load_specs
from intercom_iac.text import Excerpt

ROOT = Path(__file__).parents[2]
PAGE = Path(__file__).parent / "rules" / "wordings.md"
LINE = re.compile(r"(?P<written>.+?) (?P<arrow>==>|~~>|\?\?>|!!>) (?P<expected>.+)")
LEAST = 800


class Wording(NamedTuple):
    written: str
    arrow: str
    expected: str


def wordings() -> list[Wording]:
    blocks = re.findall(r"^```wordings\n(.*?)^```$", PAGE.read_text("utf-8"), re.DOTALL | re.MULTILINE)
    lines = [line for block in blocks for line in block.splitlines() if line.strip()]
    found = [LINE.fullmatch(line) for line in lines]
    assert all(found), [line for line, match in zip(lines, found, strict=True) if match is None]
    return [Wording(**match.groupdict()) for match in found if match is not None]


@cache
def schema() -> Schema:
    return load_specs(find_project(ROOT)).or_raise()


def canonical(text: str) -> str:
    """The text that `fmt` writes; no option and no attribute of `specs/` is called like a word of rules."""
    syntax, diagnostics = parse(Excerpt.from_text(text, "<rule>"))
    assert syntax is not None, diagnostics
    return canonical_text(settle_words(syntax, frozenset))


def errors_of(text: str) -> list[Diagnostic]:
    return [
        diagnostic
        for diagnostic in compile_rule(Excerpt.from_text(text, "<rule>"), schema())[1]
        if diagnostic.is_error
    ]


def with_fixes(text: str, diagnostics: list[Diagnostic]) -> str:
    """The text after the fixes, from its end to its beginning; of two that overlap, the first."""
    fixes = [diagnostic.fix for diagnostic in diagnostics if diagnostic.fix is not None]
    edits: list[Edit] = sorted(
        chain.from_iterable(fix.edits for fix in fixes), key=lambda edit: -edit.span.start
    )
    begin = len(text) + 1
    for edit in edits:
        if edit.span.end <= begin:
            text = text[: edit.span.start] + edit.text + text[edit.span.end :]
            begin = edit.span.start
    return text


def outcome(wording: Wording) -> str:
    """The wording with what becomes of it, as the page has it."""
    errors = errors_of(wording.written)
    if not errors:
        return f"{wording.written} ==> {canonical(wording.written)}"
    said = [f"{error.message}; {error.hint}" for error in errors]
    if wording.arrow == "??>" and any(f"`{wording.expected}`" in (error.hint or "") for error in errors):
        return " ".join(wording)
    if wording.arrow == "!!>" and any(wording.expected in text for text in said):
        return " ".join(wording)
    fixed = with_fixes(wording.written, errors)
    if fixed != wording.written and not errors_of(fixed):
        return f"{wording.written} ~~> {canonical(fixed)}"
    return f"{wording.written} !!> {'; '.join(said)}"


def test_there_are_enough_and_none_twice() -> None:
    written = [wording.written for wording in wordings()]
    assert len(written) >= LEAST
    assert len(set(written)) == len(written)


@pytest.mark.parametrize("wording", wordings(), ids=lambda wording: wording.written)
def test_a_wording_becomes_what_the_page_says(wording: Wording) -> None:
    assert outcome(wording) == " ".join(wording)
    if wording.arrow == "!!>":
        return
    rule, diagnostics = compile_rule(Excerpt.from_text(wording.expected, "<rule>"), schema())
    assert rule is not None, diagnostics
    if wording.arrow == "==>":
        assert compile_rule(Excerpt.from_text(wording.written, "<rule>"), schema())[0] == rule
