"""What is said of an entry that is gone while one like it came: it may have been renamed, and does not say so."""

from __future__ import annotations

import pytest

A = "attributes: {{contact: {{kept: {{type: date}}, {}}}}}\n"
E = "events: {{kept: {{metadata: {{z_date: {{type: date}}}}}}, {}}}\n"
S = "segments: {{kept: {{rule: role = lead}}, {}}}\n"
SUM = "{metadata: {sum: {type: float}}}"
BIG = "{name: Big ones, rule: role = user}"


@pytest.mark.parametrize(
    ("section", "old", "new", "line"),
    [
        (A, "plan_tier: {type: string}", "plan_tiers: {type: string}", "renamed_from: plan_tier"),
        # Of one kind, one gone and one come, however they are called.
        (A, "seats: {type: integer}", "places: {type: integer}", "renamed_from: seats"),
        (A, "the seats: {type: integer}", "the_seats: {type: integer}", 'renamed_from: "the seats"'),
        (A, "'yes': {type: integer}", "agreed: {type: integer}", 'renamed_from: "yes"'),
        (A, "seats: {type: integer}", "seats2: {type: float}", None),
        (A, "seats: {type: integer}", "places: {type: integer}, rooms: {type: integer}", None),
        (A, "seats: {type: integer}", "seat: {type: integer}, rooms: {type: integer}", "renamed_from: seats"),
        (A, "seats: {type: integer}", "seat: {type: integer, status: archived}", None),
        (
            E,
            "order_paid: {metadata: {sum: {type: float}}}",
            "paid: {metadata: {sum: {type: float}}}",
            "renamed_from: order_paid",
        ),
        (E, "order_paid: {metadata: {sum: {type: float}}}", "paid: {}", None),
        (
            S,
            "big: {name: Big ones, rule: role = user}",
            "large: {name: Large, rule: role = user}",
            'renamed_from: "Big ones"',
        ),
        (S, "big: {name: Big ones, rule: role = user}", "large: {name: Large, rule: email is unknown}", None),
    ],
)
def test_the_hint_has_the_line_that_says_so(
    between, section: str, old: str, new: str, line: str | None
) -> None:
    found = between(section.format(old), section.format(new))
    (gone,) = (change for change in found if change.code in ("BACK701", "BACK705", "BACK710"))
    assert "put it back" in str(gone.hint)
    assert ("renamed_from" in str(gone.hint)) == (line is not None)
    assert line is None or f"add `{line}` to that" in str(gone.hint)


@pytest.mark.parametrize(
    ("section", "old", "new"),
    [
        (A, "plan_tier: {type: string}", "tier: {type: string, renamed_from: plan_tier}"),
        (E, "order_paid: {}", "paid: {renamed_from: order_paid}"),
    ],
)
def test_with_the_line_it_is_renamed(between, section: str, old: str, new: str) -> None:
    assert [change.code for change in between(section.format(old), section.format(new))] == ["BACK714"]
