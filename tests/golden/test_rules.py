"""One folder a rule in `rules/`: its text, and all that the compilers make of it on one day in one time zone.

`make goldens` writes what they make today, from each `rule.txt` alone; a change is then read as a diff. A new rule is
a new folder with a `rule.txt`. `rules/specs` declares what the rules name.
"""

from __future__ import annotations

import json
import os
import re
from collections.abc import Iterable
from datetime import date
from functools import cache
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo

import pytest

from intercom_iac.compilers import sql, to_audience, to_english, to_screen_steps, to_search
from intercom_iac.diagnostics import Diagnostic
from intercom_iac.model import Predicate, Schema
from intercom_iac.project import find_project
from intercom_iac.rules import compile_rule, encode_rule, format_rule
from intercom_iac.specs import load_specs
from intercom_iac.text import Excerpt

FOLDER = Path(__file__).parent / "rules"
RULES = sorted(each.parent.name for each in FOLDER.glob("*/rule.txt"))
WRITE = bool(os.environ.get("INTERCOM_IAC_WRITE_GOLDENS"))
AT: dict[str, Any] = {"today": date(2026, 3, 28), "zone": ZoneInfo("Europe/Dublin")}  # clocks change tomorrow


@cache
def schema() -> Schema:
    return load_specs(find_project(FOLDER)).or_raise()


def hand_built() -> dict[str, str]:
    """The segments that a person builds, which a filter can name."""
    return {key: segment.name for key, segment in schema().segments.items() if not segment.publish}


def made(text: str) -> dict[str, str]:
    """What the compilers make of a rule, by the name of the golden file."""
    rule, said = compile_rule(Excerpt.from_text(text, "<rule>"), schema())
    assert rule is not None, said
    return {
        "tree.json": as_json(encode_rule(rule)),
        "english.txt": to_english(rule),
        "steps.txt": "\n".join(to_screen_steps(rule, hand_built())),
        "search.json": as_json(search(rule)),
        "audience.json": as_json(audience(rule)),
        **({"lints.txt": "\n".join(told(said))} if said else {}),
        **{f"sql.{name}.sql": sql.members(rule, dialect, **AT) for name, dialect in sql.DIALECTS.items()},
    }


def search(rule: Predicate) -> dict[str, Any]:
    found = to_search(rule, **AT)
    return {
        "query": found.query,
        "exact": found.exact,
        "residual": None if found.residual is None else format_rule(found.residual),
        "requires": list(found.requires),
        "diagnostics": told(found.diagnostics),
    }


def audience(rule: Predicate) -> dict[str, Any]:
    found = to_audience(rule)
    if found.filters is None:
        return {"diagnostics": told(found.diagnostics)}
    return {
        "predicates": [each.as_json() for each in found.filters.predicates],
        "role_predicates": [each.as_json() for each in found.filters.role_predicates],
    }


def told(diagnostics: Iterable[Diagnostic]) -> list[str]:
    """Each with the clause it stands at."""
    lines: list[str] = []
    for each in diagnostics:
        assert each.span is not None
        lines.append(f"{each.span.text}: {each.code}: {each.message}")
    return lines


def as_json(data: Any) -> str:
    return json.dumps(data, indent=2, ensure_ascii=False)


@pytest.mark.parametrize("name", RULES)
def test_a_rule_compiles_to_its_goldens(name: str) -> None:
    folder = FOLDER / name
    files = {file: f"{text}\n" for file, text in made((folder / "rule.txt").read_text("utf-8")).items()}
    if WRITE:
        for file, text in files.items():
            (folder / file).write_text(text, "utf-8")
    held = {each.name: each.read_text("utf-8") for each in folder.iterdir() if each.name != "rule.txt"}
    assert held == files


# Every form of the rule language, as it stands in some golden's text.
FORMS = r"""
 = ; is (?!not|unknown); != ; is not ; in \(; not in \(
 contains ; not contains ; starts with ; not starts with ; ends with
 > \d; >= \d; < \d; less than \d$; <= -
^vip$;^not vip$; is false; is unknown; has any value
 within next 3; within 3 days; within last;^not trial_end_date within
more than 3 days ago; > 14 days ago;less than 3 days ago;exactly 3 days ago;at least 3 days ago;at most 3 days ago
 <= 1 week ago; weeks; >= 1 day from now
more than 3 days from now;less than 3 days from now;exactly 3 days from now
at least 3 days from now;at most 3 days from now
 before 2; after 2; on 2; >= 2026; <= 2026; != 2026
company\.;company\.tier != ;company\.tier is unknown;company\(;company tag
^event \w+$;^not event;^event `sign up` before; count >= 3 within last ; count < 2$
 where format = pdf$; where \(.* and .*\) count ; first more; pdf last within
^tag ;^segment ;^role = ;`the one ring`;größe; or not \(;^#
usage between 3 and;usage not between; between 1.5 and;company.seats between
 between 2026-01-01 and 2026; not between 2026; between 3 and 7 days ago; between 3 and 7 days from now
 between 1 week ago and 3 days from now; between yesterday and tomorrow; between 2026-01-01 and today
 before today; on yesterday; = today; after tomorrow; <= today; >= tomorrow; != today
 contains word ; not contains word
 >= usage_limit; < usage_limit; = usage_limit; != usage_limit;^not feature_usage > usage_limit
seats > company.seats_paid;company\(seats > seats_paid;company\(renewal_date within .* after
where pages > pages_planned;where sent more than .* after due
active before trial_end_date;^not last_active before; on signed_up_at; after trial_end_date$
active <= trial_end_date;active >= trial_end_date;active != trial_end_date
active within .* after ; within .* before ;active within .* of ;^not .* within .* of
 more than .* after ; less than .* before ; exactly .* after ; at least .* before ; at most .* after
exported between 2026; count >= 2 between ;_exported on yesterday;_exported before trial; count < 2 within .* after
 first within .* after ; last between ;^not event .* last before ; count between
 sum of ;^not event .* sum of; sum of pages != ; sum of pages between
 average of ;^not .* average of; minimum of ; maximum of
 on at least 3 days;^not event .* on at least; on less than 2 days; on exactly 1 day
 then event \w+$; then event .* within 7 days; then event .* where ; within 0 days;^not event .* then event
"""


@pytest.mark.parametrize("form", [each for each in re.split(r"[;\n]", FORMS) if each])
def test_every_form_has_a_golden(form: str) -> None:
    assert any(
        re.search(form, (FOLDER / name / "rule.txt").read_text("utf-8"), re.MULTILINE) for name in RULES
    )
