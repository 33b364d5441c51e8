"""Rules of which it is known whether anybody satisfies them, some for each form of the rule language."""

from __future__ import annotations

import sys
from dataclasses import dataclass
from datetime import date

from intercom_iac.model import Attribute, DataType, Event, MetadataKey, ModelName, Predicate, Schema
from intercom_iac.model.world import World
from intercom_iac.rules import compile_rule
from intercom_iac.text import Excerpt

TODAY = date(2026, 3, 14)
WORLD = World(TODAY, zone="Europe/Dublin")


def _declared(model: ModelName, **types: str) -> dict[tuple[ModelName, str], Attribute]:
    return {(model, name): Attribute(model, name, DataType(type_)) for name, type_ in types.items()}


PLAN = Attribute("contact", "plan", DataType.OPTIONS, options=("free", "trial", "pro"))
SCHEMA = Schema(
    {("contact", "plan"): PLAN}
    | _declared("contact", usage="integer", limit="integer", score="float", goal="float", vip="boolean")
    | _declared("contact", ends="date", began="date", note="string")
    | _declared("company", tier="string", seats="integer", used="integer", renewed="date", joined="date"),
    {
        "order.paid": Event("order.paid", metadata=(MetadataKey("total", DataType.INTEGER),)),
        "login": Event("login"),
    },
)


def compiled(text: str) -> Predicate:
    rule, diagnostics = compile_rule(Excerpt.from_text(text, "<rule>"), SCHEMA)
    assert rule is not None, diagnostics
    return rule


@dataclass(frozen=True)
class Nobody:
    """A rule that nobody satisfies, by as few tests as these, on this day for the last time."""

    rule: str
    conflict: tuple[str, ...]
    last_day: date | None = None


def _all_in_conflict(*tests: str, last_day: date | None = None) -> Nobody:
    return Nobody(" and ".join(tests), tests, last_day)


NOBODY = [
    # options, booleans, presence
    _all_in_conflict("plan = free", "plan = pro"),
    _all_in_conflict("plan != free", "plan not in (trial, pro)", "plan has any value"),
    _all_in_conflict("plan in (free, trial)", "plan contains pro"),
    Nobody("(plan = free or plan = trial) and plan = pro", ("plan = free", "plan = trial", "plan = pro")),
    Nobody(
        "plan = pro and (vip or usage > 1) and (not vip or usage > 2) and usage = 0 and plan is known",
        ("vip", "usage > 1", "not vip", "usage > 2", "usage = 0"),
    ),
    _all_in_conflict("vip", "vip = false"),
    _all_in_conflict("vip", "vip is unknown"),
    _all_in_conflict("role != user", "role != lead"),
    _all_in_conflict("role is unknown"),
    # numbers
    _all_in_conflict("usage > 3", "usage < 4"),
    _all_in_conflict("usage >= 3", "usage < 3"),
    _all_in_conflict("usage between 1 and 2", "usage != 1", "usage != 2"),
    _all_in_conflict("score <= 1.5", "score >= 1.5", "score != 1.5"),
    _all_in_conflict("usage > limit", "limit > 5", "usage < 7"),
    _all_in_conflict("score > goal", "goal > usage", "usage > score"),
    _all_in_conflict("score >= goal", "goal >= score", "score != goal"),
    # texts
    _all_in_conflict("note = a", "note = b"),
    _all_in_conflict("note = abc", "note not contains B"),
    _all_in_conflict("note starts with ab", "note starts with b"),
    _all_in_conflict("email contains '@acme.com'", "email not contains acme"),
    # days
    _all_in_conflict("ends before today", "ends within next 3 days"),
    _all_in_conflict("ends > 3 days ago", "ends at most 3 days ago"),
    _all_in_conflict("ends after 2026-05-01", "ends before 2026-05-02"),
    _all_in_conflict("signed_up_at after today"),
    _all_in_conflict(
        "signed_up_at before 2026-01-01", "signed_up_at within last 30 days", last_day=date(2026, 1, 30)
    ),
    _all_in_conflict("ends on 2026-03-01", "ends exactly 3 days from now", last_day=date(2026, 2, 26)),
    _all_in_conflict("ends between 2026-01-01 and today", "ends < 2026-01-01"),
    _all_in_conflict("began before ends", "ends before began"),
    _all_in_conflict("began more than 3 days after ends", "began within 3 days after ends"),
    _all_in_conflict(
        *("began more than 3 days after ends", "ends within next 5 days", "began before 2026-03-18"),
        last_day=date(2026, 3, 13),
    ),
    Nobody(
        "ends before 2026-05-01 and ends is unknown and (ends within last 3 days or vip)",
        ("ends before 2026-05-01", "ends is unknown"),
    ),
    # companies and tags
    _all_in_conflict("company.tier = gold", "company.tier != gold"),
    _all_in_conflict("company.tier = gold", "company.tier is unknown"),
    Nobody(
        "company(tier = gold and seats > 5 and used > 1 and used < 0)", ("company(used > 1 and used < 0)",)
    ),
    Nobody(
        "company(tier = gold and seats > 5) and not company(seats > 3)",
        ("company(seats > 5)", "not company(seats > 3)"),
    ),
    Nobody(
        "event order.paid where (total > 5 and total < 3 and total != 9)",
        ("event order.paid where (total > 5 and total < 3)",),
    ),
    _all_in_conflict("company(tier = gold and tier = silver)"),
    _all_in_conflict("company(used > seats and seats > used)"),
    _all_in_conflict(
        "company(joined before 2026-01-01 and joined within last 9 days)", last_day=date(2026, 1, 9)
    ),
    _all_in_conflict("tag 'vip'", "not tag 'vip'"),
    # events
    _all_in_conflict("event login", "not event login"),
    _all_in_conflict(
        "event login count >= 3 within last 7 days", "event login count < 3 within last 30 days"
    ),
    _all_in_conflict("event order.paid where total > 5", "not event order.paid where total > 3"),
    _all_in_conflict("event login last > 30 days ago", "event login within last 3 days"),
    _all_in_conflict("event login after ends", "ends after began", "not event login after began"),
    _all_in_conflict("event login then event order.paid within 3 days", "not event order.paid"),
    _all_in_conflict("event login on at least 3 days within last 1 day"),
]
# Which tags a contact has or has not: of each group one holds.
_CLAUSES = """
-d c e
a -c -b
e -d -a
e -d a
c a -e
c -e -d
-e d c
e -d -c
-c -a b
-d -c -e
a e -b
d c b
-d -b a
b -c -e
-c d -b
d e c
b e c
-a -d c
"""
_TAGS = " and ".join(
    f"({' or '.join(f'not tag {tag[1:]}' if tag[0] == '-' else f'tag {tag}' for tag in clause.split())})"
    for clause in _CLAUSES.strip().splitlines()
)
# The largest float; an integer can be larger.
LARGEST = f"{sys.float_info.max:.0f}"
SOMEBODY = [
    *("plan != free or plan != pro", "plan = pro", "plan not in (free, pro)", "plan is unknown"),
    *("plan contains r and plan != trial and plan starts with F", "vip = false", "not vip", "role = lead"),
    *(
        "usage > 3 and usage < 5",
        "usage != 1 and usage != 2 and usage between 1 and 3",
        "score > 1 and score < 1.0001",
    ),
    *(
        "usage > limit and limit > 5 and usage < 8",
        "score > goal and goal > 1 and score < 1.5",
        "usage != limit",
    ),
    *(f"score > {LARGEST} and score > goal", f"score < -{LARGEST} and score < goal"),
    *(
        "note contains a and note not contains ab and note ends with b",
        "note contains word pro and note != pro",
    ),
    *(
        "ends within next 3 days and ends > 2 days from now",
        "ends at least 3 days ago and ends at most 3 days ago",
    ),
    *("ends after 2026-05-01 and ends within last 3 days", "signed_up_at after 2026-05-01"),
    *(
        "ends between 2026-03-01 and 2 days from now",
        "not (began before ends) and not (ends before began) and ends < today",
    ),
    *("began within 3 days of ends and began < ends", "began > 7 days after ends and ends after 2026-04-01"),
    *("company.tier = gold and company.tier = silver", "company(tier != gold) and company.tier = gold"),
    *("company(used > seats) and company(seats > used)", "not company(seats > 3) and company.tier = gold"),
    *("company(tier is unknown)", "tag 'a' and not tag 'b'"),
    *("event login count = 2 within last 7 days and event login count < 4", "event order.paid count < 1"),
    *(
        "event login first before 2026-01-01 and event login within last 3 days",
        "event order.paid sum of total >= 10",
    ),
    *("event login within 3 days after signed_up_at and signed_up_at > 30 days ago",),
    # each rests on a dead end that must not teach too much
    "began before ends and ends before signed_up_at and (signed_up_at before began or vip)",
    "(note contains ab or note contains c) and note not contains b",
    "event login count >= 3 within last 7 days and (event login count < 3 within last 30 days or vip)",
    _TAGS,
    "(vip or plan = pro) and (not vip or usage > 3) and (plan != pro or usage < 3)",
    "not (began before ends or began on ends or began after ends) and began has any value"
    " and event login within 7 days after began",
]
