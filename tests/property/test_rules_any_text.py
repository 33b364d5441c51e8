"""Any text at all gives a rule or diagnostics inside the text, never an exception, in work linear in its length."""

from __future__ import annotations

import sys
from typing import Any

from hypothesis import event, example, given
from hypothesis import strategies as st
from pytest import MonkeyPatch

from intercom_iac.diagnostics import Diagnostic, Family
from intercom_iac.model import Attribute, DataType, Event, MetadataKey, Schema
from intercom_iac.reporting import diagnostics_text
from intercom_iac.rules import compile_rule, format_rule, format_syntax, parse, settle_words
from intercom_iac.rules.repair import repair, trial
from intercom_iac.rules.syntax import parse as parsing
from intercom_iac.rules.syntax.parse import MAX_LENGTH, parse_partly, stopping_place, tokens
from intercom_iac.text import Excerpt
from support.generators import DAYS, examples, rules, schemas
from support.lark_automaton import LarkAutomaton

TYPES = {"note": "string", "usage": "integer", "vip": "boolean", "ends": "date", "began": "date"}
SCHEMA = Schema(
    {("contact", name): Attribute("contact", name, DataType(type_)) for name, type_ in TYPES.items()}
    | {("contact", "level"): Attribute("contact", "level", DataType.OPTIONS, ("None", "today", "free"))},
    {
        "login": Event("login", metadata=(MetadataKey("via", DataType.STRING),)),
        "paid": Event("paid", metadata=(MetadataKey("total", DataType.FLOAT),)),
    },
)
PIECES = """
note usage vip ends login via company company. company.plan ( ) , and or not = != > >= < <= == && ! within next last 3
-1 2.5 days weeks ago from now more than at least exactly on before 2026-01-31 2026-02-31 ' " ` 'x' `a b` "" # event
where count first tag segment in contains starts with is unknown has any value true false “ ≥ 😀 é . .. - $ role user
between today tomorrow word after of then sum average on once never times since none null exists does isn't doesn’t
the one || ~ level began paid total TODAY NONE
""".split()  # noqa: SIM905
CLAUSES = [
    "note = x",
    "usage > 3",
    "vip",
    "ends within 3 days",
    "ends > 3 days ago",
    "company.plan is unknown",
    "event login where via = web count > 2",
    "note in (a, 'b c')",
    "(vip or not vip)",
    "ends between 3 and 7 days ago",
    "usage between 1 and 3",
    "ends within 3 days after began",
    "note does not contain word x",
    "note is not empty",
    "level is none",
    "level is not NONE",
    "ends < Tomorrow",
    "event login at least 3 times in the last 3 days",
    "event login on at least 2 days before today",
    "event login where via = web then event login within 3 days",
    "event paid sum of total >= 10 since 2026-01-31",
]
SOUP = st.builds(
    lambda pieces, between: between.join(pieces),
    st.lists(
        st.sampled_from([*PIECES, *CLAUSES, *CLAUSES, "and", "or", "and", "or", "\n", "\0"]), max_size=20
    ),
    st.sampled_from([" ", " ", ""]),
)
CHAINS = st.builds(
    lambda clauses, words: (
        " ".join(part for pair in zip(clauses, words, strict=False) for part in pair) + f" {clauses[-1]}"
    ),
    st.lists(st.sampled_from(CLAUSES), min_size=1, max_size=5),
    st.lists(st.sampled_from(["and", "OR", "And not", "or\n", "and (not vip) or", "# why\nand"]), min_size=5),
)


SMALL = st.lists(st.sampled_from([*PIECES, *CLAUSES, "and", "or", "\n", "\0"]), min_size=1, max_size=4)


@st.composite
def edited(draw: st.DrawFn) -> tuple[Schema, str]:
    """A valid rule with a few pieces taken out, put in or moved."""
    schema = draw(schemas())
    text = format_rule(draw(rules(schema, draw(st.sampled_from(DAYS)))))
    for _ in range(draw(st.integers(1, 4))):
        start = draw(st.integers(0, len(text)))
        end = min(len(text), start + draw(st.integers(0, 8)))
        put = draw(
            st.sampled_from(["", " ", *PIECES, *CLAUSES]) | st.characters() | st.just(text[start:end] * 2)
        )
        text = text[:start] + put + text[end:]
    return schema, text


def reads(text: str, schema: Schema) -> None:
    """It gives a rule or diagnostics that lie in it; and a rule survives being written in either way."""
    rule, diagnostics = compile_rule(Excerpt.from_text(text, "<rule>"), schema)
    assert (rule is None) == any(each.is_error for each in diagnostics)
    event("refused" if rule is None else "taken")
    for each in diagnostics:
        assert each.span is not None
        assert 0 <= each.span.start <= each.span.end <= len(text)
    assert bool(diagnostics_text(diagnostics)) == bool(diagnostics)
    mends(text, [each for each in diagnostics if each.is_error], schema)
    if rule is not None:
        again, _ = compile_rule(Excerpt.from_text(format_rule(rule), "<rule>"), schema)
        assert again == rule
        syntax, _ = parse(Excerpt.from_text(text, "<rule>"))
        assert syntax is not None
        for read in (syntax, settle_words(syntax, lambda: declared(schema))):
            formatted = Excerpt.from_text(format_syntax(read), "<rule>")
            assert compile_rule(formatted, schema)[0] == rule
            reread, _ = parse(formatted)
            assert reread is not None
            assert format_syntax(reread) == formatted.text


def declared(schema: Schema) -> frozenset[str]:
    """Names and options in folded case, as `fmt` finds them in the specs."""
    fields = schema.attributes.values()
    return frozenset(word.casefold() for field in fields for word in (field.name, *field.options))


def mends(text: str, mistakes: list[Diagnostic], schema: Schema) -> None:
    """With the fix of its only mistake, a rule that was not read is."""
    if len(mistakes) != 1 or mistakes[0].fix is None or mistakes[0].family is not Family.PARSE:
        return
    event(f"a fix that is {mistakes[0].fix.applicability}")
    for edit in reversed(mistakes[0].fix.edits):
        text = f"{text[: edit.span.start]}{edit.text}{text[edit.span.end :]}"
    assert parse(Excerpt.from_text(text, "<rule>"))[1] == []


@examples(500)
@given(CHAINS | SOUP | st.text())
@example("note = \ud800")
@example("event login where (via ~ x) last != today")
@example("event paid where (total ~ x) and total > 3")
@example("company(plan ~ x) and size > 3")
def test_any_text(text: str) -> None:
    reads(text, SCHEMA)


@examples(200)
@given(edited())
def test_a_valid_rule_with_edits(case: tuple[Schema, str]) -> None:
    schema, text = case
    reads(text, schema)


@examples(200)
@given(CHAINS | SOUP | st.text() | edited().map(lambda case: case[1]))
@example("note = x) and (usage")
@example("ENDS after ſince not ſegment K")
@example("note = x\x1c\u2028and vip\x00")
def test_it_is_read_as_lark_reads_it(text: str) -> None:
    """The same words, trees, places and mistakes, and what could stand where reading stops."""
    rule = Excerpt.from_text(text, "<rule>")

    def reading() -> tuple[object, ...]:
        return parse_partly(rule), tokens(rule), stopping_place(text)

    ours = reading()
    with MonkeyPatch.context() as patch:
        patch.setattr(parsing, "Automaton", LarkAutomaton)
        assert ours == reading()


@examples(10)
@given(SMALL, st.sampled_from(["", " ", " and ", " or ", "\n"]))
@example(["("], "")
@example([")"], "")
@example(["'"], "")
@example(["`"], " ")
@example(["not"], " ")
@example(["# x"], "\n")
@example(["note in (a,", "b,"], "")
@example(["9"], "")
@example(["note"], ".")
@example(["é"], "")
def test_a_text_as_long_as_may_be_and_longer(pieces: list[str], between: str) -> None:
    unit = between.join([*pieces, ""]) or " "
    for length in (MAX_LENGTH, MAX_LENGTH + 1):
        compile_rule(Excerpt.from_text((unit * length)[:length], "<rule>"), SCHEMA)


def work(text: str) -> int:
    """How many calls it takes to compile a text: unlike time, the same on every machine."""
    calls = 0

    def count(frame: Any, event: str, argument: Any) -> None:
        nonlocal calls
        calls += event in ("call", "c_call")

    before = sys.getprofile()
    sys.setprofile(count)
    try:
        compile_rule(Excerpt.from_text(text, "<rule>"), SCHEMA)
    finally:
        sys.setprofile(before)
    return calls


@examples(60)
@given(SMALL, st.sampled_from([" ", " and ", " or ", " and not ", "\n"]))
@example(["vip"], " and ")
@example(["(vip or not vip)"], " and ")
@example(["event login where (via = web or via = x) count > 2"], " or ")
@example([")"], " ")
@example(["zzz = 1"], " or ")
def test_twice_the_text_is_twice_the_work(pieces: list[str], between: str) -> None:
    unit = between.join([*pieces, ""])
    work(unit)  # the grammar is read once
    few, many = (work(unit * times + "vip") for times in (40, 80))
    assert many <= 2.3 * few + 2000


def trials(text: str) -> tuple[int, int]:
    """How many candidates are read for the mistakes of a text, and how many characters they have."""
    read: list[int] = []

    def counted(function: Any, length: Any) -> Any:
        def call(argument: Any) -> Any:
            read.append(length(argument))
            return function(argument)

        return call

    with MonkeyPatch.context() as patch:
        patch.setattr(trial, "parse_partly", counted(trial.parse_partly, lambda rule: len(rule.text)))
        for module in (trial, repair):
            patch.setattr(module, "stopping_place", counted(stopping_place, len))
        compile_rule(Excerpt.from_text(text, "<rule>"), SCHEMA)
    return len(read), sum(read)


@examples(100)
@given(SOUP | CHAINS.map(lambda text: text[: len(text) // 2] + " ~ " + text[len(text) // 2 :]))
@example("note foo bar baz and note foo bar baz and note foo bar baz and note foo bar baz and note a b c")
@example("the the the the the the the the the the the the the the the the the the the the the the = 3")
@example("note =" + " a b" * 60)
@example(" or ".join(["note ~ x"] * 30))
def test_candidates_are_read_within_a_budget(text: str) -> None:
    count, characters = trials(text)
    event("with candidates" if count else "without")
    assert count <= trial.MOST_TRIALS
    assert characters <= trial.MOST_CHARACTERS
