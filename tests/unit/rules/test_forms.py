"""Every form of the language: it compiles, its canonical text, what it says in English."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest

from intercom_iac.compilers import to_english
from intercom_iac.model import walk
from intercom_iac.rules import format_rule, format_syntax, parse, tree
from intercom_iac.text import Excerpt

FORMS = [
    # text as people write it, canonical text, English behind "contacts"
    ("plan=trial", "plan = trial", 'whose plan is "trial"'),
    ("plan IS 'pro plus'", "plan = 'pro plus'", 'whose plan is "pro plus"'),
    ('note = "it\'s"', 'note = "it\'s"', 'whose note is "it\'s"'),
    ("note = 'a \"b\" it''s'", "note = 'a \"b\" it''s'", 'whose note is "a ""b"" it\'s"'),
    ("note = 'a \"b\"'", "note = 'a \"b\"'", 'whose note is "a ""b"""'),
    ("note = 'a, b'", "note = 'a, b'", 'whose note is "a, b"'),
    ("note = 'and'", "note = 'and'", 'whose note is "and"'),
    ("note = 'true'", "note = 'true'", 'whose note is "true"'),
    ("plan != trial", "plan != trial", 'whose plan, if known, is not "trial"'),
    ("plan is not trial", "plan != trial", 'whose plan, if known, is not "trial"'),
    ("not plan = trial", "plan != trial", 'whose plan, if known, is not "trial"'),
    ("plan in (free,free)", "plan in (free, free)", 'whose plan is "free"'),
    ("feature_usage in (1, 2, 1)", "feature_usage in (1, 2, 1)", "whose feature_usage is 1 or 2"),
    ("plan in (free,trial)", "plan in (free, trial)", 'whose plan is "free" or "trial"'),
    (
        "feature_usage not in (1, 2, 3)",
        "feature_usage not in (1, 2, 3)",
        "whose feature_usage, if known, is not 1, 2 or 3",
    ),
    ("note contains 'x y'", "note contains 'x y'", 'whose note contains "x y"'),
    ("note not contains x", "note not contains x", 'whose note, if known, does not contain "x"'),
    ("note starts with x-y", "note starts with x-y", 'whose note starts with "x-y"'),
    ("note not ends  with x", "note not ends with x", 'whose note, if known, does not end with "x"'),
    ("feature_usage>50", "feature_usage > 50", "whose feature_usage is more than 50"),
    ("feature_usage >= -5", "feature_usage >= -5", "whose feature_usage is at least -5"),
    ("not feature_usage > 50", "not feature_usage > 50", "whose feature_usage, if known, is at most 50"),
    ("feature_usage is greater than 5", "feature_usage > 5", "whose feature_usage is more than 5"),
    ("score less than 1.50", "score < 1.5", "whose score is less than 1.5"),
    ("score = 2.0", "score = 2", "whose score is 2"),
    ("score = 0.0000001", "score = 0.0000001", "whose score is 0.0000001"),
    ("score < -0.00000025", "score < -0.00000025", "whose score is less than -0.00000025"),
    ("vip", "vip", "whose vip is true"),
    ("not vip", "not vip", "whose vip, if known, is false"),
    ("vip is true", "vip", "whose vip is true"),
    ("vip is False", "vip = false", "whose vip is false"),
    ("vip is not false", "vip != false", "whose vip, if known, is true"),
    ("note is unknown", "note is unknown", "whose note is unknown"),
    ("note is not unknown", "note has any value", "whose note has any value"),
    ("note HAS ANY VALUE", "note has any value", "whose note has any value"),
    (
        "trial_end_date within next 3 days",
        "trial_end_date within next 3 days",
        "whose trial_end_date is within the next 3 days",
    ),
    (
        "trial_end_date is within last 2 weeks",
        "trial_end_date within last 14 days",
        "whose trial_end_date is within the last 14 days",
    ),
    (
        "trial_end_date within last 1 day",
        "trial_end_date within last 1 day",
        "whose trial_end_date is within the last 1 day",
    ),
    *(
        (f"trial_end_date {sign} 14 days {way}", f"trial_end_date {words} 14 days {way}", said)
        for sign, words in [
            ("more than", "more than"),
            (">", "more than"),
            ("less than", "less than"),
            ("<", "less than"),
            ("exactly", "exactly"),
            ("=", "exactly"),
            ("at least", "at least"),
            (">=", "at least"),
            ("at most", "at most"),
            ("<=", "at most"),
        ]
        for way in ("ago", "from now")
        for said in (f"whose trial_end_date is {words} 14 days {way}",)
    ),
    (
        "trial_end_date != 3 days ago",
        "trial_end_date != 3 days ago",
        "whose trial_end_date, if known, is not exactly 3 days ago",
    ),
    (
        "trial_end_date < 2026-01-31",
        "trial_end_date before 2026-01-31",
        "whose trial_end_date is before 2026-01-31",
    ),
    ("trial_end_date on 2026-01-31", "trial_end_date on 2026-01-31", "whose trial_end_date is on 2026-01-31"),
    ("trial_end_date = 2026-01-31", "trial_end_date on 2026-01-31", "whose trial_end_date is on 2026-01-31"),
    (
        "trial_end_date after 2026-01-31",
        "trial_end_date after 2026-01-31",
        "whose trial_end_date is after 2026-01-31",
    ),
    (
        "trial_end_date>=2026-01-31",
        "trial_end_date >= 2026-01-31",
        "whose trial_end_date is on or after 2026-01-31",
    ),
    (
        "trial_end_date <= 2026-01-31",
        "trial_end_date <= 2026-01-31",
        "whose trial_end_date is on or before 2026-01-31",
    ),
    ("Company.plan = pro", "company.plan = pro", 'who have a company whose plan is "pro"'),
    ("company.tier != gold", "company.tier != gold", 'who have no company whose tier is "gold"'),
    ("company.tier is unknown", "company.tier is unknown", "who have no company whose tier has any value"),
    (
        "company(tier != gold and seats > 5)",
        "company(tier != gold and seats > 5)",
        'who have a company (whose tier, if known, is not "gold" and whose seats is more than 5)',
    ),
    ("company(seats > 5)", "company.seats > 5", "who have a company whose seats is more than 5"),
    ("company tag vip", "company tag vip", 'who have a company with the tag "vip"'),
    ("company(tag vip)", "company tag vip", 'who have a company with the tag "vip"'),
    ("event report_exported", "event report_exported", "who did the event report_exported"),
    ("not event `sign up`", "not event `sign up`", "who never did the event `sign up`"),
    (
        "event report_exported count at least 3 within last 30 days",
        "event report_exported count >= 3 within last 30 days",
        "who did the event report_exported at least 3 times within the last 30 days",
    ),
    (
        "event report_exported count < 2",
        "event report_exported count < 2",
        "who did the event report_exported less than 2 times",
    ),
    ("event report_exported count >= 1", "event report_exported", "who did the event report_exported"),
    (
        "event report_exported where format = pdf",
        "event report_exported where format = pdf",
        'who did the event report_exported (format is "pdf")',
    ),
    (
        "event report_exported where (format = pdf and not shared) count = 2",
        "event report_exported where (format = pdf and not shared) count = 2",
        'who did the event report_exported (format is "pdf" and shared, if known, is false) exactly 2 times',
    ),
    (
        "event report_exported where (shared) within last 7 days",
        "event report_exported where (shared) within last 7 days",
        "who did the event report_exported (shared is true) within the last 7 days",
    ),
    (
        "event report_exported first > 7 days ago",
        "event report_exported first more than 7 days ago",
        "who did the event report_exported for the first time more than 7 days ago",
    ),
    (
        "event report_exported where pages > 3 last within last 7 days",
        "event report_exported where pages > 3 last within last 7 days",
        "who did the event report_exported (pages is more than 3) for the last time within the last 7 days",
    ),
    (
        "company.tier = gold and note = x",
        "company.tier = gold and note = x",
        'who have a company (whose tier is "gold") and whose note is "x"',
    ),
    (
        "vip and company.tier != gold",
        "vip and company.tier != gold",
        'whose vip is true and who have no company (whose tier is "gold")',
    ),
    (
        "not company tag big or vip",
        "not company tag big or vip",
        'who have no company (with the tag "big") or whose vip is true',
    ),
    (
        "event report_exported where not (shared and format = pdf and pages > 1 and pages < 5)",
        "event report_exported where (not (shared and format = pdf and pages > 1 and pages < 5))",
        'who did the event report_exported (not (shared is true and format is "pdf" and pages is more '
        "than 1 and pages is less than 5))",
    ),
    (
        "event report_exported where (format = pdf and (shared or pages > 3))",
        "event report_exported where (format = pdf and (shared or pages > 3))",
        'who did the event report_exported (format is "pdf" and (shared is true or pages is more than 3))',
    ),
    ("plan is not in (trial)", "plan not in (trial)", 'whose plan, if known, is not "trial"'),
    ("tag 'vip'", "tag vip", 'with the tag "vip"'),
    ("not tag 'big fish'", "not tag 'big fish'", 'without the tag "big fish"'),
    ("role = user", "role = user", 'whose role is "user"'),
    ("location.country = Žilina", "location.country = Žilina", 'whose location.country is "Žilina"'),
    ("`the one ring` = x", "`the one ring` = x", 'whose `the one ring` is "x"'),
    ("count = 'last'", "count = 'last'", 'whose count is "last"'),
    ("`größe` = maße", "größe = maße", 'whose größe is "maße"'),
    (
        "vip AND (plan = trial OR plan = free) And note = x",
        "vip and (plan = trial or plan = free) and note = x",
        'whose vip is true and (whose plan is "trial" or whose plan is "free") and whose note is "x"',
    ),
    (
        "(vip and note = x) or ((plan = trial))",
        "vip and note = x or plan = trial",
        '(whose vip is true and whose note is "x") or whose plan is "trial"',
    ),
    (
        "not (vip and note = x)",
        "not (vip and note = x)",
        'whose vip, if known, is false or whose note, if known, is not "x"',
    ),
    (
        "note = y and not (vip and (note != x or tag z))",
        "note = y and not (vip and (note != x or tag z))",
        'whose note is "y" and (whose vip, if known, is false or (whose note is "x" and without the '
        'tag "z"))',
    ),
    (
        "not (vip and note = x and score = 1 and tag z)",
        "not (vip and note = x and score = 1 and tag z)",
        'who do not match (whose vip is true and whose note is "x" and whose score is 1 and with the '
        'tag "z")',
    ),
    (
        "not (vip and not (note = x and score = 1 and tag z))",
        "not (vip and not (note = x and score = 1 and tag z))",
        'who do not match (whose vip is true and (whose note, if known, is not "x" or whose score, if '
        'known, is not 1 or without the tag "z"))',
    ),
    (
        "company(not (tier = gold or seats > 5))",
        "company(not (tier = gold or seats > 5))",
        'who have a company (whose tier, if known, is not "gold" and whose seats, if known, is at most 5)',
    ),
    (
        "company(not (tier = gold and tag a and tag b and tag c))",
        "company(not (tier = gold and tag a and tag b and tag c))",
        'who have a company that does not match (whose tier is "gold" and with the tag "a" and with '
        'the tag "b" and with the tag "c")',
    ),
    (
        "plan = trial # those who try\nand vip",
        "plan = trial and vip",
        'whose plan is "trial" and whose vip is true',
    ),
]


@pytest.mark.parametrize(("text", "canonical", "said"), FORMS)
def test_a_form_compiles_to_its_canonical_text_and_sentence(
    compiled: Callable[[str], Any], text: str, canonical: str, said: str
) -> None:
    rule, diagnostics = compiled(text)
    assert diagnostics == []
    assert format_rule(rule) == canonical
    assert to_english(rule) == f"contacts {said}"
    assert compiled(canonical) == (rule, [])


@pytest.mark.parametrize("text", [each[0] for each in FORMS])
def test_each_part_of_a_rule_knows_its_place(compiled: Callable[[str], Any], text: str) -> None:
    rule, _ = compiled(text)
    for part in walk(rule):
        assert part.span is not None
        assert part.span.text in text


def syntax(text: str) -> Any:
    found, diagnostics = parse(Excerpt.from_text(text, "<rule>"))
    assert diagnostics == []
    return found


@pytest.mark.parametrize(
    ("text", "canonical"),
    [
        ("a=1 AND((b IS NOT 'x'))", "a = 1 and b != 'x'"),
        ("d within 2 WEEKS and d > 1 days ago", "d within next 2 weeks and d more than 1 day ago"),
        ("x = 007 and y = -0.50 and z greater than 3", "x = 7 and y = -0.5 and z > 3"),
        ("vip is true and note = 'true'", "vip = true and note = 'true'"),
        ("not not vip", "not not vip"),
        ("`a``b` = x or `and` = y", "`a``b` = x or `and` = y"),
        ("`event` = a and not `tag` and `Company` = b", "`event` = a and not `tag` and `Company` = b"),
        (
            "`company.tier` = a or `segment` = b or company.`event` = c",
            "`company.tier` = a or `segment` = b or company.event = c",
        ),
        ("segment `a``b` and event `c``` and tag `d`", "segment `a``b` and event `c``` and tag d"),
        ("d GREATER than 3 days ago", "d more than 3 days ago"),
        (
            "d at least 1 day ago and d <= 2 weeks from now",
            "d at least 1 day ago and d at most 2 weeks from now",
        ),
        ("d greater than 2026-01-31 or d exactly 2026-01-31", "d after 2026-01-31 or d on 2026-01-31"),
        ("d at most 2026-01-31 or d != 2026-01-31", "d <= 2026-01-31 or d != 2026-01-31"),
        ("event e count at least 3 or event e count IS NOT 4", "event e count >= 3 or event e count != 4"),
        ("x at least 3 and y exactly 4 and z before 5", "x >= 3 and y = 4 and z before 5"),
    ],
)
def test_formatting_needs_no_schema(text: str, canonical: str) -> None:
    assert format_syntax(syntax(text)) == canonical
    assert format_syntax(syntax(canonical)) == canonical


def test_a_rule_with_comments_keeps_them() -> None:
    found = syntax("vip  # ours\nand   note='#1'")
    assert found.comments == ((5, 11),)
    assert format_syntax(found) == "vip  # ours\nand note = '#1'"
    assert syntax("note = '#1'").comments == ()


def test_the_guide_s_rules_compile_as_it_writes_them(compiled: Callable[[str], Any]) -> None:
    rule, _ = compiled("plan=trial AND trial_end_date within 3 days")
    assert format_rule(rule) == "plan = trial and trial_end_date within next 3 days"
    rule, _ = compiled("feature_usage > 50 AND plan=free")
    assert format_rule(rule) == "feature_usage > 50 and plan = free"
    rule, _ = compiled("company.plan=enterprise AND trial_end_date > 14 days ago")
    assert format_rule(rule) == "company.plan = enterprise and trial_end_date more than 14 days ago"


def test_a_tree_as_plain_data(compiled: Callable[[str], Any]) -> None:
    rule, _ = compiled("not vip or trial_end_date on 2026-01-31")
    vip = {"owner": "contact", "model": "contact", "name": "vip", "type": "boolean"}
    ends = {"owner": "contact", "model": "contact", "name": "trial_end_date", "type": "date"}
    assert tree(rule) == {
        "node": "Or",
        "parts": [
            {"node": "Not", "part": {"node": "IsTrue", "field": vip}},
            {
                "node": "OnDay",
                "field": ends,
                "test": {"node": "Calendar", "comparison": "=", "day": "2026-01-31"},
            },
        ],
    }
