"""What changes of assertions and priorities of the specs."""

from __future__ import annotations

from ...registry import Code
from .examples import between, segment

_SEGMENTS = segment("name: Large teams, rule: team_size > 10") + (
    "  small_teams: {name: Small teams, rule: team_size <= 10}\n"
)
_ASSERTED = f"{_SEGMENTS}assertions:\n  apart: {{disjoint: [large_teams, small_teams]}}\n"
_SAME = between(_ASSERTED, _ASSERTED)

ASSERTION_GONE = Code(
    "BACK727",
    "an assertion is no longer made",
    "What it claimed was proved by every check until now, and may stop being true without anybody noticing.",
    wrong=between(_ASSERTED, _SEGMENTS),
    right=_SAME,
    severity="warning",
    level="risky",
)
ASSERTION_CHANGED = Code(
    "BACK728",
    "an assertion claims something else",
    "It is about other rules or segments, claims something else of them, or may stay undecided from now on.",
    wrong=between(_ASSERTED, _ASSERTED.replace("disjoint", "nonempty")),
    right=_SAME,
    severity="warning",
    level="risky",
)
PRIORITIES_CHANGED = Code(
    "BACK729",
    "the order of segments changed",
    "Where a person is in several segments, the message of another one may come first.",
    wrong=between(
        f"{_SEGMENTS}priorities: [large_teams, small_teams]\n",
        f"{_SEGMENTS}priorities: [small_teams, large_teams]\n",
    ),
    right=_SAME,
    severity="warning",
    level="risky",
)
ASSERTION_ADDED = Code(
    "BACK751",
    "an assertion is new",
    "Nothing changes in Intercom: from now on checks prove it.",
    wrong=between(_SEGMENTS, _ASSERTED),
    right=_SAME,
    severity="info",
    level="safe",
)
_TESTED = segment("name: Large teams, tests: [{contact: {team_size: 11}, member: true}]")
TESTS_GONE = Code(
    "BACK752",
    "a segment has fewer tests",
    "What they said of the rule is asked by no check any more.",
    wrong=between(_TESTED, segment("name: Large teams")),
    right=between(_TESTED, _TESTED),
    severity="warning",
    level="risky",
)
