"""Twenty rules over people in Parquet, whole programs: `segment preview`, and what a person who knows DuckDB writes.

    python benchmarks/preview.py [--contacts N] [--many N] [--rounds N]

The floor is one pass of `sum(case when ...)` over the same files. Its peers, over most contacts, are `count(*) filter
(where ...)` in one statement and in a query for each rule; the statement of `segment compile --counts` is held to the
floor too. A preview includes overlaps and start-up. The ids of members as JSON are held to the same as text.
"""

from __future__ import annotations

import argparse
import subprocess
import sys
import tempfile
from collections.abc import Iterable, Sequence
from pathlib import Path

from measuring import SCRIPT, installed_environment, peak, ratios, report, run, run_in_turn
from people_in_lines import refuse_unequal

HERE = Path(__file__).parent
NOW = 1780272000  # the beginning of 2026-06-01

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


def by_hand(column: str, rules: Iterable[str] = RULES.values()) -> str:
    """One pass over contacts; each company's facts are found once, and carried over to its contacts."""
    facts = ", ".join(f"bool_or({fact}) as k{at}" for at, fact in enumerate(COMPANY_FACTS, 1))
    matter = " or ".join(f"({fact})" for fact in COMPANY_FACTS)
    columns = ", ".join(column.format(f"({rule})") for rule in rules)
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
        by_hand(count, [rule]) if rule[0] == "k" else f"select 0, {count.format(rule)} from contacts"
        for rule in RULES.values()
    ]


def write_people(folder: Path, contacts: int) -> None:
    """The project and the files, made by a program of its own."""
    run([sys.executable, str(HERE / "audience.py"), str(folder), "--contacts", str(contacts), "--parquet"])


def hand_written(folder: Path, name: str, queries: Sequence[str]) -> list[str]:
    """The program that asks these queries."""
    path = folder / f"{name}.sql"
    path.write_text(";\n".join(queries))
    return [sys.executable, str(HERE / "counts_by_hand.py"), str(folder), str(path)]


def preview_command(folder: Path, *options: str, project: Path | None = None) -> list[str]:
    files = ("--contacts", str(folder / "contacts.parquet"), "--companies", str(folder / "companies.parquet"))
    where = str(project or folder / "project")
    return [SCRIPT, "segment", "preview", "--project", where, *files, "--today", "2026-06-01", *options]


def counts_alone(project: Path) -> str:
    """The statement that `segment compile --counts` makes of a project."""
    asked = ["--to", "sql", "--dialect", "duckdb", "--counts", "--today", "2026-06-01", "--timezone", "UTC"]
    command = [SCRIPT, "segment", "compile", "--project", str(project), *asked]
    return subprocess.run(command, capture_output=True, text=True, check=True).stdout


def count(row: str, folder: Path, contacts: int, rounds: int, *, with_peers: bool) -> None:
    """Preview against the floor; with its peers, preview against them too, and the compiled statement alone."""
    write_people(folder, contacts)
    programs = {
        "floor": hand_written(folder, "floor", [by_hand("sum(case when {} then 1 else 0 end)")]),
        "preview": preview_command(folder),
    }
    refuse_unequal(programs["floor"], programs["preview"])
    if with_peers:
        programs |= {
            "filter": hand_written(folder, "filter", [by_hand("count(*) filter (where {})")]),
            "a query each": hand_written(folder, "each", a_query_each()),
            "counts": hand_written(folder, "counts", [counts_alone(folder / "project")]),
        }
    found = run_in_turn(programs, rounds, environment=installed_environment())
    preview = found["preview"]
    report(row, ratios=ratios(preview, found["floor"]), memory=peak(preview), seconds=preview[0].processor)
    if with_peers:
        report("filter", ratios=ratios(preview, found["filter"]))
        report("a query each", ratios=ratios(preview, found["a query each"]))
        report("counts", ratios=ratios(found["counts"], found["floor"]), memory=peak(found["counts"]))


def list_ids(folder: Path, rounds: int) -> None:
    programs = {
        "text": preview_command(folder, "--ids"),
        "json": preview_command(folder, "--ids", "--format", "json"),
    }
    found = run_in_turn(programs, rounds, environment=installed_environment())
    report("ids", ratios=ratios(found["json"], found["text"]), memory=peak(found["json"]))


def main() -> None:
    arguments = argparse.ArgumentParser(description=__doc__)
    arguments.add_argument("--contacts", type=int, default=1_000_000)
    arguments.add_argument("--many", type=int, default=5_000_000)
    arguments.add_argument("--rounds", type=int, default=3)
    options = arguments.parse_args()
    with tempfile.TemporaryDirectory() as name:
        some, many = Path(name, "some"), Path(name, "many")
        count("parquet", some, options.contacts, options.rounds, with_peers=False)
        list_ids(some, min(options.rounds, 2))
        count("many parquet", many, options.many, options.rounds, with_peers=True)


if __name__ == "__main__":
    main()
