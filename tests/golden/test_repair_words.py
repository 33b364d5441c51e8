"""A table of what people write first and the language does not read, each with the rule that it should be.

`words/repairs.txt` has a wording on a line of its own and below it, indented, what is said: `safe` or `unsafe` as its
fix is, then the hint; `none` where there is no fix. UPDATE_GOLDENS=1 writes the answers anew and leaves out what is
read by now; read the diff.
"""

from __future__ import annotations

import os
import re
from pathlib import Path

import pytest

from intercom_iac.diagnostics import Diagnostic
from intercom_iac.rules import compile_rule
from intercom_iac.text import Excerpt
from support.near_misses import near_miss_schema

GOLDEN = Path(__file__).parent / "words" / "repairs.txt"
SCHEMA = near_miss_schema()
# What the tables cannot know: these have no answer, and say so below.
WITHOUT_ANSWER = 20


def mistakes_of(text: str) -> list[Diagnostic]:
    """The mistakes of a rule; none where it is read."""
    _, diagnostics = compile_rule(Excerpt.from_text(text, "<rule>"), SCHEMA)
    return [diagnostic for diagnostic in diagnostics if diagnostic.is_error]


def answer(mistake: Diagnostic) -> str:
    applicability = "none" if mistake.fix is None else mistake.fix.applicability
    return f"    {applicability}: {mistake.hint}"


def fixed(text: str, mistake: Diagnostic) -> str:
    """The text with the fix of a mistake."""
    assert mistake.fix is not None
    for edit in reversed(mistake.fix.edits):
        text = f"{text[: edit.span.start]}{edit.text}{text[edit.span.end :]}"
    return text


def read_table() -> dict[str, list[str]]:
    """The answers by wording; headings have none."""
    table: dict[str, list[str]] = {}
    wording = ""
    for line in GOLDEN.read_text("utf-8").splitlines():
        if line.startswith("    "):
            table[wording].append(line)
        elif line:
            wording = line
            table.setdefault(wording, [])
    return table


TABLE = read_table()
WORDINGS = [wording for wording in TABLE if not wording.startswith("## ")]


def test_every_wording_has_just_this_answer() -> None:
    found: dict[str, list[str]] = {}
    for wording in TABLE:
        if wording.startswith("## "):
            found[wording] = []
        elif mistakes := mistakes_of(wording):
            found[wording] = [answer(mistake) for mistake in mistakes]
    if os.environ.get("UPDATE_GOLDENS"):
        lines = [
            f"\n{wording}\n" if wording.startswith("## ") else "\n".join([wording, *answers])
            for wording, answers in found.items()
        ]
        GOLDEN.write_text("\n".join(lines).lstrip("\n") + "\n", "utf-8")
    assert found == read_table()


def test_nearly_every_wording_has_one() -> None:
    without = [wording for wording in WORDINGS if any(said.startswith("    none") for said in TABLE[wording])]
    assert len(WORDINGS) > 400
    assert len(without) <= WITHOUT_ANSWER, without


@pytest.mark.parametrize("wording", WORDINGS)
def test_what_a_hint_shows_compiles(wording: str) -> None:
    mistakes = mistakes_of(wording)
    mistake = mistakes[0]
    if len(mistakes) > 1 or mistake.fix is None:
        return
    assert mistakes_of(fixed(wording, mistake)) == []
    edit = mistake.fix.edits[0]
    shown = re.split(r", or (?=`)", str(mistake.hint).removeprefix("write ").split("; ")[0])
    if shown[0] == f"`{edit.text}`":
        for reading in shown:
            text = reading.removeprefix("`").removesuffix("`")
            assert mistakes_of(f"{wording[: edit.span.start]}{text}{wording[edit.span.end :]}") == []
