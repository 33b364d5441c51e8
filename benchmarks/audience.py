"""A project with segments, and files of as many people as asked for: what benchmarks of people count.

    python benchmarks/audience.py FOLDER --contacts N [--segments N] [--shape lean|api] [--events N] [--parquet]

writes FOLDER/project and FOLDER/contacts, companies and events, as .ndjson or .parquet. A benchmark runs it as a
program of its own, so that the memory it takes is not the benchmark's.
"""

from __future__ import annotations

import argparse
from pathlib import Path

import duckdb

NOW = 1780272000
"""The beginning of 2026-06-01 in UTC, the day that benchmarks count from."""

PROJECT = """\
version: 1
specs: specs
timezone: UTC
default_workspace: sandbox
workspaces: {sandbox: {sandbox: .intercom-iac/sandbox.db}}
"""
ATTRIBUTES = """\
version: 1
attributes:
  contact:
    plan: {type: options, options: [free, trial, pro, enterprise], description: Plan}
    usage: {type: integer, description: Uses}
    score: {type: float, description: Score}
    onboarded: {type: boolean, description: Onboarded}
    trial_ends: {type: date, description: End of the trial}
    last_active: {type: date, description: Last day of use}
  company:
    seats: {type: integer, description: Seats}
events:
  report_exported: {description: A report left, metadata: {pages: {type: integer, description: Pages}}}
  invite_sent: {description: An invitation went out}
  upgrade_started: {description: The pricing page was left by its button}
segments:
"""
RULES = (
    "plan = trial",
    "plan = free and usage > 50",
    "plan in (pro, enterprise) and not onboarded",
    "plan = trial and trial_ends within next 3 days",
    "last_active more than 14 days ago",
    "last_active within last 7 days and usage >= 10",
    "email contains example",
    "email ends with org and plan != free",
    "score > 0.9",
    "score < 0.1 or score is unknown",
    "usage = 0 and onboarded",
    "not (plan = free or plan = trial)",
    "location.country in (France, Spain, Italy)",
    "trial_ends before 2026-05-20 and plan = trial",
    "onboarded and usage > 100 and score > 0.5",
    "plan is unknown",
    "company.plan = enterprise and last_active > 14 days ago",
    "company.seats > 400",
    "company(seats > 100 and industry = Education)",
    "not company.industry = Retail and plan = pro",
)
EVENT_RULES = (
    "event report_exported",
    "event report_exported at least 2 times within last 30 days",
    "not event invite_sent within last 14 days and plan = trial",
    "event upgrade_started within last 7 days",
)


def segment_rules(count: int) -> list[str]:
    """The rules of RULES, then variants of them, each of its own."""
    rules = list(RULES[:count])
    while len(rules) < count:
        at = len(rules)
        rules.append(
            f"{RULES[at % 6]} and usage >= {at % 140} or score > 0.{50 + at % 49} and usage < {at % 90}"
        )
    return rules


def write_project(folder: Path, rules: list[str]) -> None:
    (folder / "specs").mkdir(parents=True)
    (folder / "intercom-iac.yaml").write_text(PROJECT)
    segments = "".join(f"  s{at}: {{name: Segment {at}, rule: '{rule}'}}\n" for at, rule in enumerate(rules))
    (folder / "specs" / "all.yaml").write_text(ATTRIBUTES + segments)


# The values of a contact: one in twenty has two companies, one in eleven none; one in ten has no plan.
_CONTACT = """
    'c' || range as id,
    case when range % 10 > 0 then ['free', 'trial', 'pro', 'enterprise'][1 + (hash(range) % 4)::integer] end as plan,
    (hash(range + 1) % 151)::integer as usage,
    case when range % 7 > 0 then (hash(range + 2) % 1000000) / 1000000.0 end as score,
    hash(range + 3) % 5 < 2 as onboarded,
    {now} - 2592000 + (hash(range + 4) % 5184000)::bigint as trial_ends,
    {now} - (hash(range + 5) % 7776000)::bigint as last_active,
    'person' || range || ['@example.com', '@mail.org', '@corp.io'][1 + range % 3] as email,
    ['France', 'Spain', 'Italy', 'Japan', 'Peru', 'Chad'][1 + range % 6] as country,
    case when range % 11 = 0 then [] when range % 20 = 1
        then ['k' || range % {companies}, 'k' || (range * 3 + 1) % {companies}]
        else ['k' || range % {companies}] end as company_ids
"""
_COMPANY = """
    'k' || range as id, ['free', 'pro', 'enterprise'][1 + (range % 3)] as plan,
    ['Education', 'Retail', 'Software', 'Travel', 'Media'][1 + (range * 7 % 5)] as industry,
    (range * 13 % 500)::integer as seats
"""
_CUSTOM = (
    "{'plan': plan, 'usage': usage, 'score': score, 'onboarded': onboarded, 'trial_ends': trial_ends, "
    "'last_active': last_active} as custom_attributes"
)
_LEAN = f"""
    id, 'user' as role, 'u' || id as external_id, email, 'Ada ' || id as name, '+35312345678' as phone,
    last_active - 8640000 as created_at, last_active as updated_at, last_active as last_seen_at,
    false as unsubscribed_from_emails, false as has_hard_bounced, 'chrome' as browser, 'Windows 10' as os,
    {_CUSTOM}, {{'country': country}} as location,
    {{'data': [{{'id': k}} for k in company_ids]}} as companies
"""
_API = f"""
    'contact' as type, id, 'wsp4ce01' as workspace_id, 'u' || id as external_id, 'user' as role, email,
    '+35312345678' as phone, 'Ada ' || id as name, null::varchar as avatar, null::bigint as owner_id,
    {{'type': 'social_profile.list', 'data': []::varchar[]}} as social_profiles,
    false as has_hard_bounced, false as marked_email_as_spam, false as unsubscribed_from_emails,
    last_active - 8640000 as created_at, last_active as updated_at, last_active - 8640000 as signed_up_at,
    last_active as last_seen_at, null::bigint as last_replied_at, null::bigint as last_contacted_at,
    null::bigint as last_email_opened_at, null::bigint as last_email_clicked_at, null::varchar as language_override,
    'chrome' as browser, '131.0.0.0' as browser_version, 'en' as browser_language, 'Windows 10' as os,
    {{'type': 'location', 'country': country, 'region': 'Region', 'city': 'City', 'country_code': 'XXX',
      'continent_code': 'EU'}} as location,
    null::varchar as android_app_name, null::varchar as android_app_version, null::varchar as android_device,
    null::varchar as android_os_version, null::varchar as android_sdk_version, null::bigint as android_last_seen_at,
    null::varchar as ios_app_name, null::varchar as ios_app_version, null::varchar as ios_device,
    null::varchar as ios_os_version, null::varchar as ios_sdk_version, null::bigint as ios_last_seen_at,
    {_CUSTOM},
    {{'type': 'list', 'data': [{{'type': 'tag', 'id': (range % 40)::varchar, 'url': '/tags/' || range % 40}}],
      'url': '/contacts/' || id || '/tags', 'total_count': 1, 'has_more': false}} as tags,
    {{'type': 'list', 'data': []::varchar[], 'url': '/contacts/' || id || '/notes', 'total_count': 0,
      'has_more': false}} as notes,
    {{'type': 'list', 'data': [{{'type': 'company', 'id': k,
      'url': '/companies/' || k}} for k in company_ids],
      'url': '/contacts/' || id || '/companies', 'total_count': len(company_ids), 'has_more': false}} as companies,
    {{'type': 'list', 'data': []::varchar[], 'url': '/contacts/' || id || '/subscriptions', 'total_count': 0,
      'has_more': false}} as opted_out_subscription_types,
    {{'type': 'list', 'data': []::varchar[], 'url': '/contacts/' || id || '/subscriptions', 'total_count': 0,
      'has_more': false}} as opted_in_subscription_types,
    null::varchar as utm_campaign, null::varchar as utm_content, null::varchar as utm_medium,
    null::varchar as utm_source, null::varchar as utm_term, null::varchar as referrer, false as sms_consent,
    false as unsubscribed_from_sms
"""
_EVENTS = """
    'event' as type, 'e' || range as id, 'c' || (hash(range) % {contacts})::bigint as intercom_user_id,
    ['report_exported', 'invite_sent', 'upgrade_started', 'page_read', 'login', 'search_run'][1 + range % 6]
        as event_name,
    {now} - (hash(range + 7) % 7776000)::bigint as created_at,
    {{'pages': (range % 30)::integer, 'from': 'menu'}} as metadata
"""


def write_people(
    folder: Path, contacts: int, *, shape: str = "lean", events: int = 0, parquet: bool = False
) -> None:
    companies = max(contacts // 50, 2)
    bounds = {"now": NOW, "companies": companies, "contacts": contacts}
    ending, written_as = ("parquet", "parquet") if parquet else ("ndjson", "json")
    rows = f"(select range, {_CONTACT.format(**bounds)} from range({contacts}))"
    company_columns = (
        "*"
        if parquet
        else (
            "'company' as type, id, id as company_id, {'name': plan} as plan, industry, "
            "{'seats': seats} as custom_attributes"
        )
    )
    columns = {
        "lean": _LEAN,
        "api": _API,
        "parquet": "* exclude (range, country), country as location__country",
    }["parquet" if parquet else shape]
    with duckdb.connect(config={"preserve_insertion_order": True}) as connection:

        def write(name: str, query: str) -> None:
            connection.execute(f"copy ({query}) to '{folder}/{name}.{ending}' (format {written_as})")

        write("contacts", f"select {columns} from {rows}")
        write("companies", f"select {company_columns} from (select {_COMPANY} from range({companies}))")
        if events:
            event_columns = (
                "* exclude (type, id, intercom_user_id), intercom_user_id as contact_id" if parquet else "*"
            )
            write(
                "events",
                f"select {event_columns} from (select {_EVENTS.format(**bounds)} from range({events}))",
            )


def main() -> None:
    arguments = argparse.ArgumentParser(description=__doc__)
    arguments.add_argument("folder", type=Path)
    arguments.add_argument("--contacts", type=int, required=True)
    arguments.add_argument("--segments", type=int, default=20)
    arguments.add_argument("--shape", choices=("lean", "api"), default="lean")
    arguments.add_argument("--events", type=int, default=0)
    arguments.add_argument("--parquet", action="store_true")
    options = arguments.parse_args()
    options.folder.mkdir(parents=True, exist_ok=True)
    rules = segment_rules(options.segments) + (list(EVENT_RULES) if options.events else [])
    write_project(options.folder / "project", rules)
    write_people(
        options.folder, options.contacts, shape=options.shape, events=options.events, parquet=options.parquet
    )


if __name__ == "__main__":
    main()
