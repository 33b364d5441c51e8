"""Answers to clauses that are not read: where they stand, how many there are, and when there is none."""

from __future__ import annotations

import re
from pathlib import Path
from typing import Any

import pytest

from intercom_iac.diagnostics import Diagnostic
from intercom_iac.rules import compile_rule, compile_rules
from intercom_iac.rules.repair import repair as repair_module
from intercom_iac.rules.repair.clauses import clauses_of
from intercom_iac.rules.repair.masking import mask
from intercom_iac.rules.repair.repair import MOST_RULES
from intercom_iac.rules.repair.search import INSERTIONS
from intercom_iac.rules.syntax.parse import parse_partly
from intercom_iac.rules.syntax.tables import TERMINALS
from intercom_iac.text import Excerpt, SourceFile
from support.near_misses import near_miss_schema

SCHEMA = near_miss_schema()


def mistakes_of(text: str) -> list[Diagnostic]:
    _, diagnostics = compile_rule(Excerpt.from_text(text, "<rule>"), SCHEMA)
    return [diagnostic for diagnostic in diagnostics if diagnostic.is_error]


def fixed(text: str) -> str:
    """The text with the fix of its only mistake."""
    (mistake,) = mistakes_of(text)
    assert mistake.fix is not None
    for edit in reversed(mistake.fix.edits):
        text = f"{text[: edit.span.start]}{edit.text}{text[edit.span.end :]}"
    return text


@pytest.mark.parametrize(
    ("text", "right"),
    [
        ("5 < score < 10", "score > 5 and score < 10"),
        ("vip or 5 < score < 10", "vip or score > 5 and score < 10"),
        ("not 5 < score < 10", "not (score > 5 and score < 10)"),
        ("tags in (a, b)", "tag a or tag b"),
        ("(tags in (a, b))", "(tag a or tag b)"),
        ("vip and tags in (a, b)", "vip and (tag a or tag b)"),
        ("tags in (a, b) and vip", "(tag a or tag b) and vip"),
        ("vip or tags in (a, b)", "vip or tag a or tag b"),
        ("vip and not tagged x", "vip and not tag x"),
        ("!note.contains('y')", "not note contains 'y'"),
        ("plan trial and vip", "plan = trial and vip"),
        ("(vip or plan trial)", "(vip or plan = trial)"),
        ("company(tier gold)", "company(tier = gold)"),
        ("company(tier is gold or silver) and vip", "company(tier in (gold, silver)) and vip"),
        ("event report_exported where format pdf", "event report_exported where format = pdf"),
        (
            "event report_exported where format = pdf or csv",
            "event report_exported where format in (pdf, csv)",
        ),
        (
            "event report_exported where pages >= 3 and <= 5",
            "event report_exported where (pages >= 3 and pages <= 5)",
        ),
        ("score >= 7 and <= 8 and vip", "score >= 7 and score <= 8 and vip"),
        ("company.seats > 7 and < 9", "company(seats > 7 and seats < 9)"),
        ("vip and plan = free or trial", "vip and plan in (free, trial)"),
        ("score = 1 or 2 or 3", "score in (1, 2, 3)"),
        ("plan in (free) or trial", "plan in (free, trial)"),
        ("note contains a or b and vip", "(note contains a or note contains b) and vip"),
        ("score 5 or more", "score >= 5"),
        ("plan is either free or trial", "plan in (free, trial)"),
        (
            "event report_exported count > 3 and within last 30 days",
            "event report_exported count > 3 within last 30 days",
        ),
        ("plan = trial -- why\nand vip", "plan = trial # why\nand vip"),
        ("! 5 < score < 10", "not (score > 5 and score < 10)"),
        ("vip && note contains any of (a, b)", "vip && (note contains a or note contains b)"),
        ("vip and # x\nnote contains any of (a, b)", "vip and # x\n(note contains a or note contains b)"),
        ("note contains any of (a, b)&& vip", "(note contains a or note contains b)&& vip"),
        ("!note contains any of (a, b)", "not (note contains a or note contains b)"),
        ("not score >= 7 and <= 8", "not (score >= 7 and score <= 8)"),
        ("7 <= company.seats <= 8", "company.seats between 7 and 8"),
        ("7 < company.seats < 8", "company(seats > 7 and seats < 8)"),
        ("not score not in (3, null)", "not (score has any value and score != 3)"),
        ("email is distinct from null", "email has any value"),
        ("not email is not distinct from null", "not email is unknown"),
        ("note contains exactly x", "note contains word x"),
        ("tag x or segment is'power users'", "tag x or segment is power_users"),
        ("vip or trial_end_date < 31/01/2026and vip", "vip or trial_end_date before 2026-01-31 and vip"),
    ],
)
def test_the_answer_stands_where_the_clause_does(text: str, right: str) -> None:
    assert fixed(text) == right
    assert mistakes_of(right) == []


@pytest.mark.parametrize(
    ("text", "is_safe"),
    [
        ("plan = free or trial", True),
        ("note = a or b", False),
        ("plan is not free or trial", False),
        ("plan = free and trial", False),
        ("not plan = free or trial", False),
        ("score >= 7 and <= 8", True),
        ("company.seats >= 7 and <= 8", False),
        ("signed_up_at > 31/01/2026", True),
        ("signed_up_at > 03/04/2026", False),
        ("vip and plan = free or trial", False),
        ("plan = free or trial && vip", False),
        ("vip or plan = free or trial", True),
        ("vip and score >= 7 or <= 3", False),
        ("not score >= 7 and <= 8", False),
        ("note contains any of (a, b)", True),
        ("note contains any of (a and b, c)", False),
        ("note contains any of (a/b, c)", False),
        ("note is no one", False),
        ("email glob 'x*'", True),
        ("trial = plan", False),
        ("did report_exported within 3 days", True),
        ("first did report_exported", False),
        ("did not do report_exported never", False),
        ("plan trial", False),
        ("lower(email) = x", False),
        ("isnull(email)", True),
        ("email like '%x%'", True),
        ("email like x", False),
        ("signed_up_at within last 3 months", False),
        ("note = 'x", False),
        ("score > 1,000", True),
        ("score > $50", False),
    ],
)
def test_a_fix_is_safe_only_where_nothing_else_can_be_meant(text: str, *, is_safe: bool) -> None:
    (mistake,) = mistakes_of(text)
    assert mistake.fix is not None
    assert mistake.fix.is_safe == is_safe


@pytest.mark.parametrize(
    "clause",
    [
        "email like 'a[bc]%'",
        "email is like 'a[bc]%'",
        "email like '100\\%'",
        "email similar to '%(a|b)%'",
        "email glob 'a?*'",
        "email glob '*a_%'",
        "properties.format = email",
        "note inside of it",
        "plan island, trial",
    ],
)
def test_what_may_be_a_pattern_or_a_path_is_no_value(clause: str) -> None:
    assert [mistake.fix for mistake in mistakes_of(clause)] == [None]


# Of the table of near-misses those with a safe fix, with a chain in place of one test first of all.
TABLE = Path(__file__).parents[3] / "golden" / "words" / "repairs.txt"
SAFE = [
    (written, hint)
    for written, hint in re.findall(r"^(\S.*)\n    safe: (.*)$", TABLE.read_text("utf-8"), re.MULTILINE)
    if not re.search("--|//|/[*]", written)
]
CHAINS = [written for written, hint in SAFE if re.search(" and | or ", hint)]
SAFELY_FIXED = [*CHAINS, *(written for written, _ in SAFE[::25])]


@pytest.mark.parametrize(
    ("text", "hint"),
    [
        ("feature_usage like 8", "on an integer use"),
        ("score between 9 and trial_end_date", "numbers are compared with numbers, and dates with dates"),
    ],
)
def test_what_the_type_has_no_test_for_is_not_shown(text: str, hint: str) -> None:
    (mistake,) = mistakes_of(text)
    assert mistake.fix is None
    assert (mistake.hint or "").startswith(hint)


def test_a_keyword_is_not_taken_for_a_name() -> None:
    assert [mistake.fix for mistake in mistakes_of("is not blank")] == [None]


AROUND = [
    "({}) and vip",
    "vip and ({})",
    "vip or ({})",
    "({}) or vip",
    "not ({})",
    "vip and not ({})",
    "not ({}) or vip",
    "vip and ({}) or score > 3",
    "score > 3 or ({}) and vip",
]
GAPS = [("not ", "!"), (" and ", "&&"), (" and ", " and\n # why\n"), (" or ", "||"), (" or ", "\n or\n ")]


@pytest.mark.parametrize("around", AROUND)
@pytest.mark.parametrize(("word", "other"), GAPS)
def test_a_safe_fix_says_in_any_place_what_it_says_in_parentheses(around: str, word: str, other: str) -> None:
    for clause in SAFELY_FIXED:
        bare = around.replace("({})", "{}").replace(word, other).format(clause)
        mistakes = mistakes_of(bare)
        if len(mistakes) == 1 and mistakes[0].fix is not None and mistakes[0].fix.is_safe:
            whole = compile_rule(Excerpt.from_text(around.format(fixed(clause)), "<rule>"), SCHEMA)[0]
            assert compile_rule(Excerpt.from_text(fixed(bare), "<rule>"), SCHEMA)[0] == whole, bare


def test_several_readings_are_shown_and_the_first_is_a_guess() -> None:
    (mistake,) = mistakes_of("signed_up_at > 03/04/2026")
    assert mistake.hint == "write `signed_up_at after 2026-04-03`, or `signed_up_at after 2026-03-04`"
    assert mistake.fix is not None
    assert [edit.text for edit in mistake.fix.edits] == ["signed_up_at after 2026-04-03"]


def test_a_mistake_that_follows_from_another_is_not_told_twice() -> None:
    assert len(mistakes_of("score = 1 or 2 or 3 or 4")) == 1
    assert len(mistakes_of("plan = trial -- why and how or not")) == 1


def test_the_fallback_about_backticks_stands_behind_a_name_that_is_not_declared() -> None:
    (undeclared,) = mistakes_of("zzz foo bar")
    assert undeclared.hint == "names with spaces stand in backticks; `zzz` is not declared"
    (declared,) = mistakes_of("note foo bar")
    assert declared.hint is not None
    assert declared.hint.startswith("on a text use `=`")
    for text in ("score = 5 foo bar 6", "vip and ) foo", "event report_exported foo bar"):
        assert all("backtick" not in (mistake.hint or "") for mistake in mistakes_of(text))


@pytest.mark.parametrize(
    "text",
    [
        "note foo \ue000 'x'",
        "note foo \uf8ff",
        "note foo " + "'x' " * 200,
        "note " + "foo " * 100,
        "note foo",
    ],
)
def test_what_no_candidate_answers_keeps_its_mistake(text: str) -> None:
    assert mistakes_of(text)


@pytest.mark.parametrize(
    ("text", "right"),
    [
        ("vip and", "vip"),
        ("vip or", "vip"),
        ("and vip", "vip"),
        ("vip and and score > 1", "vip and score > 1"),
        ("vip && && score > 1", "vip && score > 1"),
        ("vip or (score > 1 and )", "vip or (score > 1)"),
        ("(or vip) and score > 1", "(vip) and score > 1"),
        ("(vip", "(vip)"),
        ("((vip) and score > 1", "((vip) and score > 1)"),
        ("vip and (score > 1 or score < 0", "vip and (score > 1 or score < 0)"),
        ("vip)", "vip"),
        ("(vip)) and score > 1", "(vip) and score > 1"),
        ("vip, score > 1", "vip and score > 1"),
        ("vip but not score > 1", "vip and not score > 1"),
        ("vip unless score > 1", "vip and not score > 1"),
        ("vip | score > 1", "vip or score > 1"),
        ("vip | score > 1 and plan = free", "(vip or score > 1) and plan = free"),
        (
            "event report_exported where format = pdf, pages 3",
            "event report_exported where (format = pdf and pages = 3)",
        ),
        ("vip -- why", "vip # why"),
        ("vip and plan = free // why", "vip and plan = free # why"),
    ],
)
def test_what_joins_nothing_goes_and_what_is_open_is_closed(text: str, right: str) -> None:
    assert fixed(text) == right
    assert mistakes_of(right) == []


@pytest.mark.parametrize(
    ("text", "right"),
    [
        ("event report_exported where pages 3", "event report_exported where pages = 3"),
        (
            "event report_exported where format = pdf and pages 3",
            "event report_exported where (format = pdf and pages = 3)",
        ),
        (
            "event report_exported where pages 3 and format pdf",
            "event report_exported where (pages = 3 and format = pdf)",
        ),
        (
            "not event report_exported where shared and not pages 3 and vip",
            "not event report_exported where (shared and not pages = 3) and vip",
        ),
    ],
)
def test_metadata_that_does_not_read_belongs_to_its_event(text: str, right: str) -> None:
    assert fixed(text) == right


def test_connectives_that_contradict_each_other_are_left() -> None:
    (mistake,) = mistakes_of("vip and or score > 1")
    assert mistake.fix is None


def test_a_name_that_there_is_not_is_no_value_of_a_text() -> None:
    (mistake,) = mistakes_of("notes = note")
    assert mistake.fix is None or "= notes" not in mistake.fix.edits[0].text
    (metadata,) = mistakes_of("properties.pages = note")
    assert "event report_exported where pages" in str(metadata.hint)


def test_a_comment_and_a_variable_are_not_replaced() -> None:
    (mistake,) = mistakes_of("plan # paying\n trial")
    assert mistake.fix is None
    file = SourceFile("a.yaml", "rule: plan ${x}")
    rule = Excerpt(file, "plan trial", [*range(6, 11), *[11] * 5, 15], [*range(7, 12), *[15] * 5])
    _, (mistake,) = compile_rule(rule, SCHEMA)
    assert mistake.fix is None


def test_a_comment_that_would_take_in_the_next_lines_is_left() -> None:
    file = SourceFile("a.yaml", "plan = trial -- why\nand vip")
    rule = Excerpt(file, file.text.replace("\n", " "), range(len(file.text) + 1))
    _, diagnostics = compile_rule(rule, SCHEMA)
    assert all(found.fix is None or "#" not in found.fix.edits[0].text for found in diagnostics)


def test_the_mistakes_of_many_rules_are_looked_into_up_to_a_bound() -> None:
    rules = {f"s{index}": Excerpt.from_text("plan trial", f"<{index}>") for index in range(MOST_RULES + 5)}
    compiled, diagnostics = compile_rules(rules, SCHEMA)
    assert compiled == {}
    answered = [found for found in diagnostics if found.hint == "write `plan = trial`"]
    assert (len(answered), len(diagnostics)) == (MOST_RULES, MOST_RULES + 5)


def test_a_rule_that_is_read_never_comes_here(monkeypatch: pytest.MonkeyPatch) -> None:
    def refuse(*_: Any) -> Any:
        raise AssertionError

    monkeypatch.setattr(repair_module, "repair_mistakes", refuse)
    assert mistakes_of("plan = trial or not vip") == []


def test_clauses_have_their_place_without_the_spaces_around() -> None:
    text = "vip and  plan ~ x  or company(tier ! ) and event report_exported where pages ~ 3"
    rule = Excerpt.from_text(text, "<rule>")
    syntax, _ = parse_partly(rule)
    assert syntax is not None
    assert [text[clause.start : clause.end] for clause in clauses_of(syntax.root, rule, SCHEMA)] == [
        "vip",
        "plan ~ x",
        "tier !",
        "event report_exported where pages ~ 3",
        "pages ~ 3",
    ]


def test_what_the_search_puts_in_are_terminals_of_the_grammar() -> None:
    assert set(INSERTIONS) <= {name for name, _, _ in TERMINALS}


def test_quoted_texts_are_taken_out_and_put_back() -> None:
    masked = mask("a  = 'it''s' and `b ``c` in (“x”, 'it''s')")
    assert masked is not None
    text, quotes = masked
    assert len(text) < 30
    assert quotes.unmask(text) == "a = \"it's\" and `b ``c` in ('x', \"it's\")"
