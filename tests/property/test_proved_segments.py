"""What `check` proves of segments is what a list of everybody says: all of it, and nothing else."""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import UTC, date, datetime, time, timedelta
from itertools import product
from pathlib import Path
from random import Random

import pytest

from intercom_iac.model import Person, Predicate
from intercom_iac.model.world import World
from intercom_iac.project import Project, find_project
from intercom_iac.rules.meaning import satisfies
from intercom_iac.specs import load_specs
from intercom_iac.specs.fixing import splice_fixes
from intercom_iac.specs.proofs.proving import prove_specs

TODAY = date(2026, 3, 14)
SPECS = """version: 1
attributes:
  contact:
    plan: {type: options, options: [free, trial, pro]}
    seats: {type: integer}
    admin: {type: boolean}
    ends: {type: date}
segments:
"""
SEGMENTS = 25


def clause(draw: Random, depth: int) -> str:
    forms = [
        f"plan = {draw.choice(('free', 'trial', 'pro'))}",
        f"plan in ({', '.join(draw.sample(('free', 'trial', 'pro'), 2))})",
        f"seats {draw.choice(('<', '<=', '=', '>=', '>'))} {draw.randrange(1, 4)}",
        f"seats between {draw.randrange(1, 3)} and {draw.randrange(2, 4)}",
        draw.choice(("admin", "seats is unknown", "plan has any value")),
        f"ends within {draw.choice(('last', 'next'))} {draw.choice((2, 5))} days",
    ]
    if depth and draw.random() < 0.5:
        word = draw.choice((" and ", " or "))
        inner = word.join(clause(draw, depth - 1) for _ in range(draw.choice((2, 2, 3))))
        return f"{draw.choice(('', 'not '))}({inner})"
    return f"{draw.choice(('', '', '', 'not '))}{draw.choice(forms)}"


def everybody() -> Iterator[Person]:
    """One of each who the rules above can tell apart."""
    days = (None, -9, -4, -1, 0, 1, 4, 9)
    for plan, seats, admin, day in product(
        (None, "free", "trial", "pro"), (None, *range(5)), (None, True, False), days
    ):
        noon = datetime.combine(TODAY, time(12), UTC)
        values = {
            "plan": plan,
            "seats": seats,
            "admin": admin,
            "ends": None if day is None else int((noon + timedelta(days=day)).timestamp()),
        }
        known = {name: value for name, value in values.items() if value is not None}
        yield Person({"type": "contact", "role": "user", "custom_attributes": known})


PEOPLE = tuple(everybody())


def members(rule: Predicate) -> frozenset[int]:
    return frozenset(at for at, person in enumerate(PEOPLE) if satisfies(person, rule, today=TODAY, zone=UTC))


def project_of(folder: Path, text: str) -> Project:
    (folder / "specs").mkdir(exist_ok=True)
    (folder / "intercom-iac.yaml").write_text("version: 1\n")
    (folder / "specs" / "all.yaml").write_text(text)
    return find_project(folder)


@pytest.mark.parametrize("seed", range(4))
def test_it_is_what_a_list_of_everybody_says(seed: int, tmp_path: Path) -> None:
    draw = Random(seed)
    rules = (
        draw.choice((" and ", " or ")).join(clause(draw, 2) for _ in range(draw.choice((1, 2, 3))))
        for _ in range(SEGMENTS)
    )
    text = SPECS + "".join(f'  s{number}: {{rule: "{rule}"}}\n' for number, rule in enumerate(rules))
    project = project_of(tmp_path, text)
    loaded = prove_specs(project, load_specs(project), World(TODAY))
    assert not loaded.errors
    of = {key: members(segment.typed_rule) for key, segment in loaded.schema.segments.items()}
    told: dict[str, set[str]] = {}
    for finding in loaded.diagnostics:
        key = (finding.subject or "").removeprefix("segment.")
        told.setdefault(finding.code, set()).add(key)
        for other in re.findall(r"`(s\d+)`", finding.message):
            if finding.code == "PROOF1004":
                assert of[key] == of[other], finding
            if finding.code == "PROOF1005":
                assert of[key] <= of[other], finding
        if finding.fix is not None and finding.fix.is_safe:
            folder = tmp_path / "fixed"
            folder.mkdir(exist_ok=True)
            assert finding.span is not None
            fixed = project_of(folder, splice_fixes(finding.span.file, [finding.fix]))
            after = load_specs(fixed).schema.segments
            assert members(after[key].typed_rule) == of[key], finding
    ordinary = {key: who for key, who in of.items() if 0 < len(who) < len(PEOPLE)}
    assert told.get("PROOF1001", set()) == {key for key, who in of.items() if not who}
    assert told.get("PROOF1002", set()) == {key for key, who in of.items() if len(who) == len(PEOPLE)}
    first = {who: key for key, who in reversed(ordinary.items())}
    assert told.get("PROOF1004", set()) == {key for key, who in ordinary.items() if first[who] != key}
    inside = {key for key in first.values() if any(of[key] < who for who in ordinary.values())}
    assert told.get("PROOF1005", set()) == inside
    assert "PROOF1008" not in told
