"""What is said of rules with mistakes, and of the numbers and days in those without, to the letter.

UPDATE_GOLDENS=1 writes the file anew; read the diff.
"""

from __future__ import annotations

import json
import os
from pathlib import Path
from typing import Any

from intercom_iac.compilers import to_english, to_screen_steps
from intercom_iac.diagnostics import Diagnostic
from intercom_iac.model import Attribute, DataType, Event, MetadataKey, ModelName, Schema, Status
from intercom_iac.rules import compile_rule, format_rule, outline, parse, tokens
from intercom_iac.text import Excerpt, SourceFile, Span

GOLDEN = Path(__file__).parent / "words" / "rules.json"
DECLARED = SourceFile(
    "specs/all.yaml", "plan score uses vip since seats bought sold left pages shared legacy retired"
)


def place(name: str) -> Span:
    start = DECLARED.text.index(name)
    return Span(DECLARED, start, start + len(name))


TYPES: dict[tuple[ModelName, str], DataType] = {
    ("contact", "plan"): DataType.OPTIONS,
    ("contact", "score"): DataType.FLOAT,
    ("contact", "uses"): DataType.INTEGER,
    ("contact", "vip"): DataType.BOOLEAN,
    ("contact", "since"): DataType.DATE,
    ("company", "seats"): DataType.INTEGER,
}
STATUSES: dict[str, Status] = {"legacy": "deprecated", "retired": "archived"}
SCHEMA = Schema(
    {
        (model, name): Attribute(
            model, name, kind, ("free", "pro") if name == "plan" else (), span=place(name)
        )
        for (model, name), kind in TYPES.items()
    }
    | {
        ("contact", name): Attribute("contact", name, DataType.STRING, status=status, span=place(name))
        for name, status in STATUSES.items()
    },
    {
        each.name: each
        for each in (
            Event(
                "bought",
                metadata=(
                    MetadataKey("pages", DataType.INTEGER, span=place("pages")),
                    MetadataKey("shared", DataType.BOOLEAN),
                ),
                span=place("bought"),
            ),
            Event("sold", status="deprecated", span=place("sold")),
            Event("left", status="archived", span=place("left")),
            Event("bare"),
            Event("bare_gone", status="archived"),
            Event("bare_old", status="deprecated"),
        )
    },
)
DIGITS = "9" * 60
RULES = [
    *(
        "event bare",
        "event bare_gone",
        "event bare_old",
        "event left",
        "event sold",
        "event seld",
        "event nothing_like",
    ),
    *(
        "event bare where x = 1",
        "event bought where x = 1",
        "event bought where page = 1",
        "event bought where pages = x",
    ),
    *(
        "event bought count >= 0 within next 2 days",
        "event bought last within next 2 days",
        "event bought first != 2026-01-02",
    ),
    *(
        "event bought where (pages = x) and event bought count > 1",
        "event bought where pages = x last within last 3 days",
    ),
    *(
        "event bought count < 1",
        "event bought count <= 1",
        "event bought count = 1",
        "event bought count >= 0",
        "event bought count >= 1",
        f"uses = {2**63 - 1}",
        f"uses = -{2**63 - 1}",
        "event bought first contains x",
        "event bought first on x",
        "event bought count = 2",
        "event bought count >= 1.5",
    ),
    *(
        "not event bought count >= 2",
        "not event bought count > 2 within last 1 day",
        "event bought count < 3 within last 2 weeks",
    ),
    *(
        "not event bought where pages > 3",
        "not event bought last within last 2 days",
        "event bought first before 2026-01-02",
    ),
    *(
        "event bought count is 3",
        "event bought count greater than 3",
        "event bought count less than 3",
        "event bought count = 0",
    ),
    *(
        "event bought last more than 3 days ago",
        "event bought last exactly 1 day ago",
        "event bought last at least 0 days ago",
    ),
    *(
        "since at least 1 day ago",
        "since at most 0 days ago",
        "since within last 1 day",
        "since more than 1 day from now",
    ),
    *(
        "since >= 2026-03-01",
        "since <= 2026-02-28",
        "since != 2026-02-28",
        "since > 2026-02-28",
        "since = 2026-02-30",
    ),
    *(
        f"since within last {DIGITS} days",
        "since within last 1.5 days",
        "since within last -1 days",
        "since < 99999999 days ago",
    ),
    *(
        "score = 00.50",
        "score = -0.0",
        "score = -00",
        "score = 100",
        "score = 0100.010",
        "score = -1.50",
        "score = x",
    ),
    *(
        "score >= 1.5",
        "score <= 1",
        "uses >= 3",
        "uses <= 3",
        "uses > 1.5",
        "uses > 1.0",
        f"uses > {DIGITS}",
        f"score > {'9' * 400}",
    ),
    *(
        f"uses = {2**53}",
        "uses = 9007199254740991",
        "uses = -9007199254740991",
        f"uses = {2**63}",
        f"uses = -{2**63 + 1}",
    ),
    *(
        "plan = fre",
        "plan = nothing_like",
        f"plan = {'x' * 41}",
        f"plan = {'x' * 40}",
        "plan in (free, prow)",
        "plan > 3",
    ),
    *(
        "vip = 1",
        "vip = yes",
        "vip is TRUE",
        "vip > 3",
        "not not vip",
        "not (not (vip))",
        "vip = 'true'",
        "not vip is false",
    ),
    *(
        "seats > 3",
        "company.plan = free",
        "company(plan = free)",
        "company.seat > 3",
        "company(seats > 3)",
        "company.nothing_like",
    ),
    *(
        "event bought where (tag x)",
        "event bought where (company tag x)",
        "event bought where company.seats > 1",
        "event bought where (segment x)",
        "event bought where (event bare)",
        "event bought where shared = x",
    ),
    *(
        "company(company(seats > 1))",
        "company(company.seats > 1)",
        "company(segment x)",
        "not not company(seats = x)",
        "company(event bare)",
        "segment x",
    ),
    *(
        "plan = x and event bought within 3 days",
        "event bought where pages = x and event bought within 3 days",
        "event bought last is unknown",
        "event bought is not 3 days ago",
        "event bought first is not 2026-01-31",
    ),
    *(
        "since within last 36500 days",
        "since within last 36501 days",
        "since > 5214 weeks ago",
        "since > 5215 weeks ago",
        f"event bought count > {'9' * 18}",
        f"event bought count > 1{'0' * 18}",
    ),
    *(
        "uses before 3",
        "uses after 3",
        "score on 3",
        "vip after true",
        "plan before free",
        "uses contains 3",
        "uses not contains 3",
        "uses within last 3 days",
        "vip in (true)",
        "since in (2026-01-31)",
    ),
    *(
        "uses = 1 day ago",
        "score = 2026-01-31",
        "vip = 3 days ago",
        "plan contains 3 days ago",
        "plan contains 2026-01-31",
        "plan contains 3",
        "plan contains ''",
        "uses in (1, x, 2.5)",
        "since on x",
        "since > 3",
        "since before 3",
        "since on 1 week ago",
        "since exactly 2026-01-31",
    ),
    *(
        "legacy = x",
        "retired = x",
        "plan starts with x",
        "plan starts with re",
        "plan starts with FR",
        "plan ends with re",
        "plan ends with ee",
        "plan not ends with x",
        "plan contains re",
        "since less than 0 days from now",
        "vip and not not (plan = free and score = 1) and uses = 1",
        "vip or not not (plan = free or score = 1) or uses = 1",
    ),
    *(
        "plan = free # all\nand vip",
        "vip = 1 and score = x and event left",
        "role = user and plan is not free or vip",
    ),
]


def told(each: Diagnostic) -> dict[str, Any]:
    return {
        "code": each.code,
        "severity": each.severity,
        "at": None if each.span is None else f"{each.span.start}: {each.span.text}",
        "message": each.message,
        "hint": each.hint,
        "related": [f"{other.span.text}: {other.label}" for other in each.related],
    }


def words() -> dict[str, Any]:
    made: dict[str, Any] = {}
    for text in RULES:
        rule, found = compile_rule(Excerpt.from_text(text, "<rule>"), SCHEMA)
        said: dict[str, Any] = {"told": [told(each) for each in found]} if found else {}
        if rule is not None:
            said |= {
                "rule": format_rule(rule),
                "english": to_english(rule),
                "steps": list(to_screen_steps(rule)),
            }
        made[text] = said
    return made


def test_every_rule_is_told_in_just_these_words() -> None:
    text = json.dumps(words(), indent=1, ensure_ascii=False) + "\n"
    if os.environ.get("UPDATE_GOLDENS"):
        GOLDEN.write_text(text, "utf-8")
    assert json.loads(text) == json.loads(GOLDEN.read_text("utf-8"))


def test_a_comment_that_yaml_folds_into_the_next_line_is_told_at_its_first_letter() -> None:
    file = SourceFile("specs/all.yaml", "plan = free # a\n and vip # b")
    rule = Excerpt(file, "plan = free # a and vip # b", [*range(16), *range(17, 29)])
    syntax, found = parse(rule)
    assert syntax is None
    assert [told(each) for each in found] == [
        {
            "code": "PARSE207",
            "severity": "error",
            "at": "12: #",
            "message": "the comment runs on over the lines below, which YAML folds into one",
            "hint": "write the rule under `rule: |`, where lines stay lines",
            "related": [],
        }
    ]


def test_the_outline_of_a_rule_as_written_has_its_values_without_a_name() -> None:
    syntax, _ = parse(Excerpt.from_text("plan in (free, 'é')", "<rule>"))
    assert syntax is not None
    assert outline(syntax.root).splitlines() == [
        "Test",
        '  field: Name text="plan" company=false',
        "  clause: Membership negated=false",
        '    Constant kind="word" text="free" company=false',
        '    Constant kind="text" text="é" company=false',
    ]


def test_the_outline_of_names_that_are_no_attributes() -> None:
    syntax, _ = parse(Excerpt.from_text("segment x and (tag y or company.z)", "<rule>"))
    assert syntax is not None
    assert outline(syntax.root).splitlines() == [
        "Conjunction",
        "  SegmentReference",
        '    key: Name text="x" company=false',
        "  Disjunction",
        "    HasTag",
        '      tag: Name text="y" company=false',
        "    Test clause=null",
        '      field: Name text="z" company=true',
    ]


def test_an_outline_has_a_line_for_each_node_and_what_it_holds() -> None:
    rule, _ = compile_rule(
        Excerpt.from_text(
            "plan in (free, pro) and not company(seats > 3) and event bought where pages > 3 last before 2026-01-02",
            "<rule>",
        ),
        SCHEMA,
    )
    assert rule is not None
    assert outline(rule).splitlines() == [
        "And",
        '  OneOf field=contact.plan (options) values=["free", "pro"]',
        "  Not",
        "    part: SomeCompany",
        '      rule: Compares field=company.seats (integer) comparison=">" value=3',
        '  OccurrenceDay event="bought" which="last"',
        '    test: Calendar comparison="<" day="2026-01-02"',
        '    where: Compares field=event.pages (integer) comparison=">" value=3',
    ]


def test_the_words_of_a_rule_are_told_with_their_kind_up_to_a_mistake() -> None:
    text = "plan in (free) and `vip` = 'é' and since < 3 days ago"
    rule = Excerpt.from_text(text, "<rule>")
    found = tokens(rule)
    assert [f"{kind} {span.text}" for kind, span in found] == [
        *("name plan", "in in", "lpar (", "name free", "rpar )", "and and", "backticked `vip`", "sign ="),
        *("quoted 'é'", "and and", "name since", "sign <", "number 3", "unit days", "hence ago"),
    ]
    assert [text[span.start : span.end] for _, span in found] == [span.text for _, span in found]
