"""Twenty rules over five million contacts with companies: the compiled SQL and the whole of `segment preview`.

    python benchmarks/preview.py [--contacts N] [--rounds N]

The floor is what a person who knows DuckDB writes: one pass of `sum(case when ...)` over the same Parquet files. Its
peers are `count(*) filter (where ...)` in one statement, and in a query for each rule. Goals: at most 1.10x of the
floor, under 0.80x of the peers.
"""

from __future__ import annotations

import argparse
import statistics
import tempfile
import time
from collections.abc import Callable, Iterable
from datetime import date
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo

import duckdb

from intercom_iac.compilers import sql
from intercom_iac.model import Attribute, DataType, Schema
from intercom_iac.preview import Files, preview
from intercom_iac.rules import compile_rule
from intercom_iac.text import Excerpt

TODAY, ZONE = date(2026, 6, 1), ZoneInfo("UTC")
NOW = 1780272000  # the beginning of that day

SCHEMA = Schema(
    {
        (model, name): Attribute(model, name, DataType(kind), options)
        for model, name, kind, options in (
            ("contact", "plan", "options", ("free", "trial", "pro", "enterprise")),
            ("contact", "usage", "integer", ()),
            ("contact", "score", "float", ()),
            ("contact", "onboarded", "boolean", ()),
            ("contact", "trial_ends", "date", ()),
            ("contact", "last_active", "date", ()),
            ("company", "seats", "integer", ()),
        )
    }
)

# Each rule, and what a person writes for it; `k1` to `k4` are the facts of a contact's companies.
RULES = {
    "plan = trial": "plan = 'trial'",
    "plan = free and usage > 50": "plan = 'free' and usage > 50",
    "plan in (pro, enterprise) and not onboarded": "plan in ('pro', 'enterprise') and onboarded is not true",
    "plan = trial and trial_ends within next 3 days": (
        f"plan = 'trial' and trial_ends >= {NOW} and trial_ends < {NOW + 4 * 86400}"
    ),
    "last_active more than 14 days ago": f"last_active < {NOW - 14 * 86400}",
    "last_active within last 7 days and usage >= 10": (
        f"last_active >= {NOW - 7 * 86400} and last_active < {NOW + 86400} and usage >= 10"
    ),
    "email contains example": "contains(lower(email), 'example')",
    "email ends with org and plan != free": "ends_with(lower(email), 'org') and plan is distinct from 'free'",
    "score > 0.9": "score > 0.9",
    "score < 0.1 or score is unknown": "(score < 0.1 or score is null)",
    "usage = 0 and onboarded": "usage = 0 and onboarded",
    "not (plan = free or plan = trial)": "(plan in ('free', 'trial')) is not true",
    "location.country in (France, Spain, Italy)": "location__country in ('France', 'Spain', 'Italy')",
    "trial_ends before 2026-05-20 and plan = trial": "trial_ends < 1779235200 and plan = 'trial'",
    "onboarded and usage > 100 and score > 0.5": "onboarded and usage > 100 and score > 0.5",
    "plan is unknown": "plan is null",
    "company.plan = enterprise and last_active > 14 days ago": f"k1 and last_active < {NOW - 14 * 86400}",
    "company.seats > 400": "k2",
    "company(seats > 100 and industry = Education)": "k3",
    "not company.industry = Retail and plan = pro": "k4 is not true and plan = 'pro'",
}
COMPANY_FACTS = (
    "co.plan = 'enterprise'",
    "co.seats > 400",
    "co.seats > 100 and co.industry = 'Education'",
    "co.industry = 'Retail'",
)


def made(folder: Path, contacts: int) -> Files:
    """The files: a contact in twenty has two companies, one in eleven none; one in ten has no plan."""
    connection = duckdb.connect()
    connection.execute("select setseed(0.5)")
    companies = contacts // 50
    connection.execute(
        f"""copy (select 'k' || range as id,
            ['free', 'pro', 'enterprise'][1 + (range % 3)] as plan,
            ['Education', 'Retail', 'Software', 'Travel', 'Media'][1 + (range * 7 % 5)] as industry,
            (range * 13 % 500)::integer as seats
        from range({companies})) to '{folder}/companies.parquet'"""
    )
    connection.execute(
        f"""copy (select 'c' || range as id,
            case when range % 10 > 0 then ['free', 'trial', 'pro', 'enterprise'][1 + (random() * 4)::integer % 4] end
                as plan,
            (random() * 150)::integer as usage,
            case when range % 7 > 0 then random() end as score,
            random() < 0.4 as onboarded,
            {NOW} + ((random() - 0.5) * 60 * 86400)::bigint as trial_ends,
            {NOW} - (random() * 90 * 86400)::bigint as last_active,
            'person' || range || ['@example.com', '@mail.org', '@corp.io'][1 + range % 3] as email,
            ['France', 'Spain', 'Italy', 'Japan', 'Peru', 'Chad'][1 + range % 6] as location__country,
            case when range % 11 = 0 then [] when range % 20 = 1
                then ['k' || range % {companies}, 'k' || (range * 3) % {companies}]
                else ['k' || range % {companies}] end as company_ids
        from range({contacts})) to '{folder}/contacts.parquet'"""
    )
    return Files(folder / "contacts.parquet", folder / "companies.parquet")


def by_hand(column: str, rules: Iterable[str] = RULES.values()) -> str:
    """One pass over contacts; each company's facts are found once, and carried over to its contacts."""
    facts = ", ".join(f"bool_or({each}) as k{at}" for at, each in enumerate(COMPANY_FACTS, 1))
    matter = " or ".join(f"({each})" for each in COMPANY_FACTS)
    columns = ", ".join(column.format(f"({each})") for each in rules)
    return f"""
        with facts as (
            select l.contact_id, {facts} from contact_companies l join companies co on co.id = l.company_id
            where {matter} group by l.contact_id
        )
        select count(*), {columns} from contacts left join facts on facts.contact_id = contacts.id"""


def a_query_each() -> list[str]:
    """A query a rule; the companies are joined only where the rule asks for them."""
    count = "count(*) filter (where {})"
    return [
        by_hand(count, [each]) if "k" in each[:1] else f"select 0, {count.format(each)} from contacts"
        for each in RULES.values()
    ]


def lay_by_hand(connection: duckdb.DuckDBPyConnection, files: Files) -> None:
    """The tables as views of the files, for the queries by hand and the compiled one alike."""
    connection.execute(f"create view contacts as from read_parquet('{files.contacts}')")
    connection.execute(f"create view companies as from read_parquet('{files.companies}')")
    connection.execute(
        "create view contact_companies as select id as contact_id, unnest(company_ids) as company_id from contacts"
    )


def timed(work: Callable[[], Any]) -> tuple[float, Any]:
    begin = time.perf_counter()
    found = work()
    return time.perf_counter() - begin, found


def main() -> None:
    arguments = argparse.ArgumentParser(description=__doc__)
    arguments.add_argument("--contacts", type=int, default=5_000_000)
    arguments.add_argument("--rounds", type=int, default=5)
    options = arguments.parse_args()
    rules = {}
    for text in RULES:
        rules[text], diagnostics = compile_rule(Excerpt.from_text(text, "<rule>"), SCHEMA)
        assert rules[text] is not None, diagnostics
    with tempfile.TemporaryDirectory() as folder:
        files = made(Path(folder), options.contacts)
        connection = duckdb.connect()
        lay_by_hand(connection, files)
        compiled = sql.counts(rules, sql.DIALECTS["duckdb"], today=TODAY, zone=ZONE)
        contestants: dict[str, Callable[[], Any]] = {
            "by hand, sum(case when)": lambda: connection.execute(
                by_hand("sum(case when {} then 1 else 0 end)")
            ).fetchone(),
            "by hand, count(*) filter": lambda: connection.execute(
                by_hand("count(*) filter (where {})")
            ).fetchone(),
            "by hand, a query each": lambda: (
                options.contacts,
                *(connection.execute(each).fetchone()[1] for each in a_query_each()),
            ),
            "compiled counts": lambda: connection.execute(compiled).fetchone(),
            "whole preview, overlaps too": lambda: preview(rules, files, today=TODAY, zone=ZONE),
        }
        times: dict[str, list[float]] = {name: [] for name in contestants}
        answers: dict[str, Any] = {}
        for number in range(options.rounds + 1):
            for name, work in contestants.items():
                taken, answers[name] = timed(work)
                if number:  # the first round warms the files up
                    times[name].append(taken)
    found = answers.pop("whole preview, overlaps too")
    assert len({tuple(map(int, each)) for each in answers.values()}) == 1, answers
    assert [each.count for each in found.sizes] == list(map(int, answers["compiled counts"][1:]))
    medians = {name: statistics.median(each) for name, each in times.items()}
    floor = medians["by hand, sum(case when)"]
    one, each = medians["by hand, count(*) filter"], medians["by hand, a query each"]
    print(f"20 rules over {options.contacts:,} contacts with companies, median of {options.rounds}")
    print(f"  {'':<28} {'':8} of the floor  of count(*) filter  of a query each")
    for name, median in medians.items():
        print(
            f"  {name:<28} {median:6.2f} s {median / floor:12.2f}x {median / one:17.2f}x {median / each:15.2f}x"
        )


if __name__ == "__main__":
    main()
