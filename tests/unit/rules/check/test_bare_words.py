"""Words that say something else to a person than a text: mistakes with a fix, on every type of field."""

from __future__ import annotations

import re
from collections.abc import Callable
from datetime import UTC, date, datetime
from itertools import product
from typing import Any

import pytest

from intercom_iac.model import Attribute, DataType, Person, Schema, walk
from intercom_iac.model.predicate import Equals, IsKnown, Not, OneOf
from intercom_iac.rules import compile_rule, format_rule, format_syntax, parse, satisfies
from intercom_iac.rules.syntax.special_words import ABSENT, DAYS, PRESENT, TRUTHS
from intercom_iac.text import Excerpt

# A field of every type, of a contact and of a company.
FIELDS = ["note", "plan", "feature_usage", "score", "vip", "trial_end_date"]
FIELDS += ["company.tier", "company.seats", "company.industry"]


def fix_in(hint: str | None) -> str:
    """The rule text that a hint gives."""
    found = re.search(r"write `([^`]+)`", hint or "")
    assert found is not None, hint
    return found[1]


@pytest.mark.parametrize("field", FIELDS)
@pytest.mark.parametrize("word", sorted(ABSENT | PRESENT))
def test_a_word_for_presence_is_a_mistake_whose_fix_asks_for_presence(
    compiled: Callable[[str], Any], word: str, field: str
) -> None:
    for operator, spelled in product(["=", "!="], [word, word.upper(), word.title()]):
        asks_for_presence(compiled, word, field, operator, spelled)


@pytest.mark.parametrize("field", FIELDS)
@pytest.mark.parametrize("word", sorted(ABSENT | PRESENT))
def test_a_word_for_presence_behind_is_asks_for_it(
    compiled: Callable[[str], Any], word: str, field: str
) -> None:
    asks = {True: compiled(f"{field} has any value"), False: compiled(f"{field} is unknown")}
    for spelled in (word, word.upper(), word.title()):
        assert compiled(f"{field} is {spelled}") == asks[word in PRESENT]
        assert compiled(f"{field} is not {spelled}") == asks[word not in PRESENT]


def asks_for_presence(
    compiled: Callable[[str], Any], word: str, field: str, operator: str, spelled: str
) -> None:
    rule, told = compiled(f"{field} {operator} {spelled}")
    assert rule is None
    (mistake,) = told
    assert mistake.code == "TYPE307"
    assert mistake.span.text == spelled
    fixed, left = compiled(fix_in(mistake.hint))
    assert left == []
    known = (word in PRESENT) == (operator == "=")
    assert fixed == compiled(f"{field} {'has any value' if known else 'is unknown'}")[0]


@pytest.mark.parametrize("key", ["format", "pages", "shared"])
@pytest.mark.parametrize("word", ["null", "known", "Empty"])
def test_so_it_is_in_metadata(compiled: Callable[[str], Any], word: str, key: str) -> None:
    for written in (f"{key} = {word}", f"({key} != {word})"):
        rule, (mistake,) = compiled(f"event report_exported where {written}")
        assert (rule, mistake.code) == (None, "TYPE307")
        fixed, left = compiled(f"event report_exported where {fix_in(mistake.hint)}")
        assert fixed is not None
        assert left == []


@pytest.mark.parametrize("field", ["note", "feature_usage", "score"])
def test_so_it_is_in_a_list(compiled: Callable[[str], Any], field: str) -> None:
    value = "1" if field != "note" else "a"
    for written, meant in (
        (f"{field} in (null, {value})", f"{field} is unknown or {field} = {value}"),
        (f"{field} in ({value}, none, {value})", f"{field} is unknown or {field} in ({value}, {value})"),
        (f"{field} not in ({value}, NULL)", f"{field} has any value and {field} != {value}"),
        (f"{field} in (empty)", f"{field} is unknown"),
        (f"{field} not in (unknown)", f"{field} has any value"),
    ):
        rule, (mistake,) = compiled(written)
        assert (rule, mistake.code) == (None, "TYPE307")
        assert compiled(fix_in(mistake.hint))[0] == compiled(meant)[0]
        _, (mistake,) = compiled(f"not {written}")
        assert compiled(f"not {fix_in(mistake.hint)}")[0] == compiled(f"not ({meant})")[0]


@pytest.mark.parametrize("word", sorted({*ABSENT, *PRESENT, *TRUTHS, *DAYS}))
def test_quoted_it_is_a_text_and_stays_quoted(compiled: Callable[[str], Any], word: str) -> None:
    for written in (f"note = '{word}'", f'note is "{word}"', f"note in (a, '{word}')"):
        rule, told = compiled(written)
        assert told == []
        assert any(
            word in (each.values if isinstance(each, OneOf) else (each.value,))
            for each in walk(rule)
            if isinstance(each, (Equals, OneOf))
        )
        assert compiled(format_rule(rule)) == (rule, [])
        syntax, _ = parse(Excerpt.from_text(written, "<rule>"))
        assert syntax is not None
        assert compiled(format_syntax(syntax)) == (rule, [])


@pytest.mark.parametrize("word", ["now", "today", "yesterday", "tomorrow", "true", "FALSE", "Today"])
def test_a_day_or_a_truth_on_a_text_is_a_mistake(compiled: Callable[[str], Any], word: str) -> None:
    rule, (mistake,) = compiled(f"note = {word}")
    assert (rule, mistake.code) == (None, "TYPE307")
    assert f"`'{word}'`" in mistake.hint
    # In quotes it would be no option either.
    rule, (mistake,) = compiled(f"plan is not {word}")
    assert (rule, mistake.code, mistake.fix) == (None, "TYPE307", None)
    assert "`plan` has the options `free`, `trial`" in mistake.hint


@pytest.mark.parametrize("word", sorted(DAYS))
@pytest.mark.parametrize(
    "operator", ["=", "!=", "is", "is not", "on", "before", "after", "<", "<=", ">", ">="]
)
def test_a_day_by_its_name_is_that_day(compiled: Callable[[str], Any], word: str, operator: str) -> None:
    today = date(2026, 3, 14)
    named = date.fromordinal(today.toordinal() + DAYS[word])
    rule, told = compiled(f"trial_end_date {operator} {word}")
    if word == "now":
        assert [each.code for each in told] == ["TYPE307"]
        rule, told = compiled(fix_in(told[0].hint))
    assert told == []
    meant, _ = compiled(f"trial_end_date {operator} {named.isoformat()}")
    for away in [*range(-4, 5), None]:
        given = {}
        if away is not None:
            day = date.fromordinal(today.toordinal() + away)
            given = {
                "trial_end_date": int(datetime(day.year, day.month, day.day, 12, tzinfo=UTC).timestamp())
            }
        person = Person({"custom_attributes": given})
        assert satisfies(person, rule, today=today, zone=UTC) == satisfies(
            person, meant, today=today, zone=UTC
        )


def test_an_option_of_that_name_is_the_option_with_a_remark() -> None:
    options = ("none", "unknown", "set", "free")
    schema = Schema({("contact", "plan"): Attribute("contact", "plan", DataType.OPTIONS, options)})

    def compiled(text: str) -> Any:
        return compile_rule(Excerpt.from_text(text, "<rule>"), schema)

    for written, option in (("plan is none", "none"), ("plan = unknown", "unknown"), ("plan = set", "set")):
        rule, told = compiled(written)
        assert isinstance(rule, Equals)
        assert rule.value == option
        assert [(each.code, each.severity) for each in told] == [("LINT541", "info")]
        assert compiled(f"plan = '{option}'") == (rule, [])
        assert compiled(format_rule(rule)) == (rule, [])
    rule, told = compiled("plan is unknown")
    assert isinstance(rule, Not)
    assert isinstance(rule.part, IsKnown)
    assert [each.code for each in told] == ["LINT541"]
    assert compiled(fix_in(told[0].hint))[0] == compiled("plan = unknown")[0]
    for written, meant in (
        ("plan is not none", "plan != 'none'"),
        ("plan is not set", "plan != 'set'"),
        ("plan is free or plan is none", "plan = free or plan = 'none'"),
    ):
        rule, told = compiled(written)
        assert [each.code for each in told] == ["LINT541"]
        assert compiled(meant) == (rule, [])
    rule, (remark,) = compiled("plan is None")
    assert rule == compiled("plan has no value")[0]
    assert (remark.code, remark.fix.edits[0].text) == ("LINT541", "= 'none'")


def test_what_is_text_to_everybody_stays_text(compiled: Callable[[str], Any]) -> None:
    assert compiled("note contains null")[1] == []
    assert compiled("note starts with none")[1] == []
    assert [each.code for each in compiled("note = yes")[1]] == ["LINT541"]
    assert [each.code for each in compiled("note in (no, 'yes')")[1]] == ["LINT541"]


def test_a_text_that_is_an_attribute_s_name_is_told_unless_quoted(compiled: Callable[[str], Any]) -> None:
    for written, quoted in (
        ("note = plan", "note = 'plan'"),
        ("note in (a, email)", "note in (a, 'email')"),
        ("company.industry != tier", "company.industry != 'tier'"),
        ("event report_exported where format = pages", "event report_exported where format = 'pages'"),
    ):
        rule, told = compiled(written)
        assert [each.code for each in told] == ["LINT542"]
        assert compiled(quoted) == (rule, [])
        syntax, _ = parse(Excerpt.from_text(quoted, "<rule>"))
        assert syntax is not None
        assert format_syntax(syntax) == quoted
    assert compiled("plan = free")[1] == []


@pytest.mark.parametrize("word", ["not_set", "Not-Set", "NOT_NULL", "non_blank", "is_null", "isset"])
def test_a_joint_inside_a_word_says_nothing(compiled: Callable[[str], Any], word: str) -> None:
    rule, (mistake,) = compiled(f"note = {word}")
    assert (rule, mistake.code) == (None, "TYPE307")
    rule, told = compiled(f"note = '{word}'")
    assert told == []
    assert compiled(format_rule(rule)) == (rule, [])


def test_a_list_with_words_for_both_asks_for_both(compiled: Callable[[str], Any]) -> None:
    _, (mistake,) = compiled("note in (null, any, a)")
    meant = "note is unknown or note has any value or note = a"
    assert compiled(fix_in(mistake.hint))[0] == compiled(meant)[0]


@pytest.mark.parametrize("word", sorted(ABSENT | PRESENT))
@pytest.mark.parametrize("kind", ["tag", "company tag"])
def test_a_tag_is_not_called_by_a_word_for_none(compiled: Callable[[str], Any], kind: str, word: str) -> None:
    meant, told = compiled(f"{kind} '{word}'")
    assert told == []
    assert compiled(format_rule(meant)) == (meant, [])
    for written in (f"{kind} {word}", f"{kind} is {word}"):
        rule, (mistake,) = compiled(written)
        assert (rule, mistake.code) == (None, "TYPE307")
        assert compiled(fix_in(mistake.hint)) == (meant, [])


@pytest.mark.parametrize(
    ("written", "known"),
    [
        ("note = ''", False),
        ('note is ""', False),
        ("note in ('', a)", False),
        ("note != ''", True),
        ("note is not ''", True),
        ("note not in (a, '')", True),
        ("company.industry = ''", False),
    ],
)
def test_an_empty_text_is_told_from_no_value(
    compiled: Callable[[str], Any], written: str, known: bool
) -> None:
    rule, (told,) = compiled(written)
    assert rule is not None
    assert (told.code, told.severity) == ("LINT545", "warning")
    field = written.split()[0]
    assert fix_in(told.hint) == f"{field} {'has any value' if known else 'is unknown'}"


@pytest.mark.parametrize(
    "text", ["note = company.tier", "note in (a, company.seats)", "note != Company.tier"]
)
def test_a_text_that_is_the_name_of_a_company_s_attribute(compiled: Callable[[str], Any], text: str) -> None:
    assert [told.code for told in compiled(text)[1]] == ["LINT542"]


@pytest.mark.parametrize("operator", ["=", "!=", "is", "is not", "before", "after", "on", "<", ">="])
@pytest.mark.parametrize("word", sorted(DAYS))
@pytest.mark.parametrize("event", ["event report_exported last", "event report_exported where shared first"])
def test_the_day_of_an_occurrence_by_its_name(
    compiled: Callable[[str], Any], event: str, word: str, operator: str
) -> None:
    written = f"{event} {operator} {word}"
    rule, told = compiled(written)
    for code in ["TYPE307"] * (word == "now") + ["TYPE301"] * (operator in ("!=", "is not")):
        assert (rule, [each.code for each in told]) == (None, [code])
        edit = told[0].fix.edits[0]
        written = written[: edit.span.start] + edit.text + written[edit.span.end :]
        rule, told = compiled(written)
    assert isinstance(rule, Not) == (operator in ("!=", "is not"))
    assert not [each for each in told if each.is_error]


@pytest.mark.parametrize(
    ("written", "right"),
    [
        ("note like 'tr%'", "note starts with tr"),
        ("note LIKE '%tr'", "note ends with tr"),
        ("note ilike '%new york%'", "note contains 'new york'"),
        ("note not like '%tr%'", "note not contains tr"),
        ("note is like tr%", "note starts with tr"),
        ("note is not like tr", "note not contains tr"),
        ("note like 'null%'", "note starts with 'null'"),
    ],
)
def test_a_pattern_of_sql_has_a_fix_that_compiles(
    compiled: Callable[[str], Any], written: str, right: str
) -> None:
    rule, (mistake,) = compiled(written)
    assert (rule, fix_in(mistake.hint)) == (None, right)
    assert compiled(right)[1] == []


@pytest.mark.parametrize("text", ["note like 'a%b'", "note like 'a_b'", "note like '%'", "note like ''"])
def test_other_patterns_have_none(compiled: Callable[[str], Any], text: str) -> None:
    assert "write" not in (compiled(text)[1][0].hint or "")


@pytest.mark.parametrize(
    "text",
    [
        *("event report_exported exists", "tag vip exists", "event report_exported not set"),
        *("company exists", "company is null", "company does not exist", "company has no value"),
    ],
)
def test_what_is_no_field_has_no_fix_of_one(compiled: Callable[[str], Any], text: str) -> None:
    rule, (mistake, *_) = compiled(text)
    assert rule is None
    for fix in re.findall(r"`([^`]+)`", mistake.hint or ""):
        assert "any value" not in fix
        assert not fix.startswith(("report_exported", "vip", "company is", "company has"))


def test_an_attribute_of_a_company_without_its_dot(compiled: Callable[[str], Any]) -> None:
    for written in ("company tier = gold", "company tier is gold", "company seats more than 3"):
        assert f"`company.{written.split()[1]} " in compiled(written)[1][0].hint
