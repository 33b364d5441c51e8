"""What people read of a change of the specs: text, Markdown, changelog, JSON; a change of every level, hostile texts.

UPDATE_GOLDENS=1 writes the files anew; read the diff.
"""

from __future__ import annotations

import json
import os
import re
from dataclasses import replace
from datetime import date
from pathlib import Path

import jsonschema
import pytest

from intercom_iac.breaking import (
    MemberCount,
    MemberCounts,
    Report,
    breaking_schema,
    build_report,
    compare_schemas,
    encode_report,
)
from intercom_iac.model import Schema
from intercom_iac.model.world import World
from intercom_iac.project import Acceptance, find_project
from intercom_iac.reporting import (
    breaking_markdown,
    breaking_summary,
    breaking_text,
    changelog_json,
    changelog_markdown,
)
from intercom_iac.specs import load_specs
from intercom_iac.text import SourceFile, Span
from support import github_markdown

GOLDEN = Path(__file__).parent / "breaking"
OLD = """\
version: 1
attributes:
  contact:
    plan_type: {type: options, options: [free, trial, pro], owner: growth}
    seats: {type: integer}
    legacy: {type: string}
    score: {type: integer, description: What it was}
    region: {type: string, messenger_writable: true}
    gone_for_good: {type: date, status: archived}
events:
  exported:
    metadata: {format: {type: string}, pages: {type: integer, required: true}}
segments:
  on_trial: {name: On trial, rule: plan_type = trial, publish: [tag]}
  large: {name: Large, rule: seats > 10}
  large_on_trial: {name: Large on trial, rule: segment on_trial and segment large}
  left_alone: {name: Left alone, rule: role = lead}
"""
NEW = """\
version: 1
attributes:
  contact:
    plan_type: {type: options, options: [free, pro, business], owner: billing}
    seats: {type: integer}
    legacy: {type: string, status: archived}
    score: {type: integer, description: "<b>@all</b> | `x` \\e[31m](http://a.example) ::error::"}
    region: {type: string}
    name_in_full: {type: string, description: New}
events:
  exported:
    metadata: {format: {type: string, required: true}}
segments:
  on_trial: {name: On trial, rule: plan_type = free}
  large: {name: Large, rule: seats > 50 or seats is unknown}
  large_on_trial: {name: Large on trial, rule: segment large and segment on_trial}
"""
ACCEPTED = (
    Acceptance(
        "attribute.contact.plan_type", "BACK703", "nobody is on *trial* | any more", date(2027, 1, 31)
    ),
    Acceptance(
        "segment.left_alone",
        "BACK710",
        "built by mistake",
        date(2026, 11, 23),
        Span(SourceFile("intercom-iac.yaml", "release: 1.3.0\n"), 9, 14),
    ),
)


def schema(folder: Path, text: str) -> Schema:
    (folder / "specs").mkdir(parents=True)
    (folder / "intercom-iac.yaml").write_text("version: 1\n")
    (folder / "specs" / "all.yaml").write_text(text)
    return load_specs(find_project(folder)).or_raise()


@pytest.fixture
def report(tmp_path: Path) -> Report:
    old, new = schema(tmp_path / "old", OLD), schema(tmp_path / "new", NEW)
    found = compare_schemas(old, new, World(first=date(2026, 11, 24)), ["large"])
    report = build_report(
        [each.with_revision_name("v1.2.0:") for each in found],
        against="v1.2.0",
        acceptances=ACCEPTED,
        today=date(2026, 11, 24),
        releases=((1, 2, 0), (1, 3, 0)),
        release_span=ACCEPTED[1].span,
    )
    # As the people of files are counted, and as a search finds them.
    exact, bounds = (
        [MemberCount(count, exact=exact) for count in (1200, 1800, 650, 50)] for exact in (True, False)
    )
    counts = [
        MemberCounts(before=before, after=after, enter=enter, leave=leave)
        for before, after, enter, leave in (exact, bounds)
    ]
    return report.with_counts(dict(zip(report.changed_rules, counts, strict=False)), 25)


@pytest.fixture
def nothing() -> Report:
    return build_report([], against="main", acceptances=[], today=date(2026, 11, 24), releases=(None, None))


def golden(name: str, text: str) -> None:
    path = GOLDEN / name
    if os.environ.get("UPDATE_GOLDENS"):
        path.parent.mkdir(exist_ok=True)
        path.write_text(text, "utf-8")
    assert text == path.read_text("utf-8")


def plain(text: str) -> str:
    import click

    return click.unstyle(text) + "\n"


def test_text(report: Report, nothing: Report) -> None:
    for name, each in (("everything", report), ("nothing", nothing)):
        golden(f"{name}.txt", plain(f"{breaking_text(each)}\n\n{breaking_summary(each)}"))


def test_markdown(report: Report, nothing: Report) -> None:
    golden("everything.md", breaking_markdown(report))
    golden("nothing.md", breaking_markdown(nothing))


def test_changelog(report: Report, nothing: Report) -> None:
    golden("changelog.md", changelog_markdown(report))
    golden("changelog_of_nothing.md", changelog_markdown(nothing))
    golden("changelog.json", json.dumps(changelog_json(report), indent=1, ensure_ascii=False) + "\n")


def test_json(report: Report, nothing: Report) -> None:
    for each in (report, nothing):
        jsonschema.validate(encode_report(each), breaking_schema(), jsonschema.Draft202012Validator)
    golden("everything.json", json.dumps(encode_report(report), indent=1, ensure_ascii=False) + "\n")


def test_nothing_of_the_specs_steers_a_terminal_or_a_comment(report: Report) -> None:
    text = plain(breaking_text(report))
    assert "\x1b" not in text
    markdown = breaking_markdown(report) + changelog_markdown(report)
    assert "\x1b" not in markdown
    github_markdown.inert(github_markdown.rendered(markdown), tables=True)


def test_a_comment_of_many_changes_fits_and_leaves_out_nothing_that_breaks(tmp_path: Path) -> None:
    entries = [f"attribute_{n}: {{type: string, description: '{'x' * 200}'}}" for n in range(240)]
    old = "version: 1\nattributes:\n  contact:\n" + "".join(f"    {each}\n" for each in entries)
    new = "version: 1\nattributes:\n  contact:\n    kept: {type: string}\n" + "".join(
        f"    {each}\n".replace("x'", "y'") for each in entries[200:]
    )
    found = compare_schemas(schema(tmp_path / "old", old), schema(tmp_path / "new", new))
    report = build_report(
        found, against="main", acceptances=[], today=date(2026, 1, 1), releases=(None, None)
    )
    text = breaking_markdown(report)
    assert len(text) < 40_000
    assert "200 breaking, 41 safe" in text
    for number in range(200):
        assert f"attribute\\_{number} BACK701" in text
    # More than a comment holds are counted.
    changed = [replace(found[0], address=f"attribute.contact.attribute_{number}") for number in range(3_000)]
    many = build_report(
        changed, against="main", acceptances=[], today=date(2026, 1, 1), releases=(None, None)
    )
    listed = breaking_markdown(many)
    more = re.search(r"… and (\d+) more", listed)
    assert more is not None
    assert listed.count(" BACK701\n") + int(more[1]) == 3_000
    assert len(listed) < 40_000
    # More than a comment holds are counted.
    changed = [replace(found[0], address=f"attribute.contact.attribute_{number}") for number in range(3_000)]
    many = build_report(
        changed, against="main", acceptances=[], today=date(2026, 1, 1), releases=(None, None)
    )
    listed = breaking_markdown(many)
    more = re.search(r"… and (\d+) more", listed)
    assert more is not None
    assert listed.count(" BACK701\n") + int(more[1]) == 3_000
    assert len(listed) < 40_000
    # On a terminal, what is safe takes a screen at most.
    assert sum("[BACK713]" in line for line in plain(breaking_text(report)).splitlines()) < 12
