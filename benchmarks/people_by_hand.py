"""The rules of `audience.py` over people in NDJSON: what a person who knows DuckDB writes.

    python benchmarks/people_by_hand.py FOLDER [--events]

prints how many contacts there are and how many each rule has. Every file is read once, by columns of structs with
nothing but what the rules read. It takes the files to be right: a number that stands as a text is a number to it,
and a contact that stands twice is two.
"""

from __future__ import annotations

import argparse
from pathlib import Path

import duckdb

NOW = 1780272000  # as in `audience.py`, which is not imported: this is a program that is measured
DAY = 86400

RULES = (
    "plan = 'trial'",
    "plan = 'free' and usage > 50",
    "plan in ('pro', 'enterprise') and onboarded is not true",
    f"plan = 'trial' and trial_ends >= {NOW} and trial_ends < {NOW + 4 * DAY}",
    f"last_active < {NOW - 14 * DAY}",
    f"last_active >= {NOW - 7 * DAY} and last_active < {NOW + DAY} and usage >= 10",
    "contains(lower(email), 'example')",
    "ends_with(lower(email), 'org') and plan is distinct from 'free'",
    "score > 0.9",
    "score < 0.1 or score is null",
    "usage = 0 and onboarded",
    "(plan in ('free', 'trial')) is not true",
    "country in ('France', 'Spain', 'Italy')",
    "trial_ends < 1779235200 and plan = 'trial'",
    "onboarded and usage > 100 and score > 0.5",
    "plan is null",
    f"k1 and last_active < {NOW - 14 * DAY}",
    "k2",
    "k3",
    "k4 is not true and plan = 'pro'",
)
COMPANY_FACTS = (
    "co.plan = 'enterprise'",
    "co.seats > 400",
    "co.seats > 100 and co.industry = 'Education'",
    "co.industry = 'Retail'",
)
EVENT_RULES = ("e1 > 0", "e2 >= 2", "(e3 > 0) is not true and plan = 'trial'", "e4 > 0")
EVENT_FACTS = (
    "event_name = 'report_exported'",
    f"event_name = 'report_exported' and created_at >= {NOW - 30 * DAY} and created_at < {NOW + DAY}",
    f"event_name = 'invite_sent' and created_at >= {NOW - 14 * DAY} and created_at < {NOW + DAY}",
    f"event_name = 'upgrade_started' and created_at >= {NOW - 7 * DAY} and created_at < {NOW + DAY}",
)

CONTACTS = """
    select id, email, custom_attributes.plan as plan, custom_attributes.usage as usage,
        custom_attributes.score as score, custom_attributes.onboarded as onboarded,
        custom_attributes.trial_ends as trial_ends, custom_attributes.last_active as last_active,
        location.country as country, list_transform(companies.data, lambda company: company.id) as company_ids
    from read_ndjson('{folder}/contacts.ndjson', columns = {{
        id: 'varchar', email: 'varchar', location: 'struct(country varchar)',
        custom_attributes: 'struct(plan varchar, usage bigint, score double, onboarded boolean,
            trial_ends bigint, last_active bigint)',
        companies: 'struct(data struct(id varchar)[])'}})
"""
COMPANIES = """
    select id, plan.name as plan, industry, custom_attributes.seats as seats
    from read_ndjson('{folder}/companies.ndjson', columns = {{
        id: 'varchar', plan: 'struct(name varchar)', industry: 'varchar',
        custom_attributes: 'struct(seats bigint)'}})
"""
EVENTS = """
    select intercom_user_id as contact_id, {facts}
    from read_ndjson('{folder}/events.ndjson', columns = {{
        intercom_user_id: 'varchar', event_name: 'varchar', created_at: 'bigint'}})
    where event_name in ('report_exported', 'invite_sent', 'upgrade_started') group by contact_id
"""


def counts(folder: Path, *, with_events: bool) -> str:
    company_facts = ", ".join(f"bool_or({fact}) as k{at}" for at, fact in enumerate(COMPANY_FACTS, 1))
    matter = " or ".join(f"({fact})" for fact in COMPANY_FACTS)
    facts = [
        "company_facts as (select l.contact_id, "
        f"{company_facts} from contact_companies l join companies co on co.id = l.company_id "
        f"where {matter} group by l.contact_id)"
    ]
    joins = ["left join company_facts on company_facts.contact_id = contacts.id"]
    if with_events:
        event_facts = ", ".join(
            f"sum(case when {fact} then 1 else 0 end) as e{at}" for at, fact in enumerate(EVENT_FACTS, 1)
        )
        facts.append(f"event_facts as ({EVENTS.format(folder=folder, facts=event_facts)})")
        joins.append("left join event_facts on event_facts.contact_id = contacts.id")
    rules = (*RULES, *EVENT_RULES) if with_events else RULES
    columns = ", ".join(f"sum(case when {rule} then 1 else 0 end)" for rule in rules)
    return f"with {', '.join(facts)} select count(*), {columns} from contacts {' '.join(joins)}"


def main() -> None:
    arguments = argparse.ArgumentParser(description=__doc__)
    arguments.add_argument("folder", type=Path)
    arguments.add_argument("--events", action="store_true")
    options = arguments.parse_args()
    with duckdb.connect() as connection:
        connection.execute(f"create temp table contacts as {CONTACTS.format(folder=options.folder)}")
        connection.execute(f"create temp table companies as {COMPANIES.format(folder=options.folder)}")
        connection.execute(
            "create view contact_companies as "
            "select id as contact_id, unnest(company_ids) as company_id from contacts"
        )
        row = connection.execute(counts(options.folder, with_events=options.events)).fetchone()
    print(*map(int, row or ()))


if __name__ == "__main__":
    main()
