"""The codes of assertions, priorities and tests of segments: how they are written, and whether they hold."""

from __future__ import annotations

from ..registry import Code, Example, spec

_PEOPLE = (
    "version: 1\nattributes:\n  contact:\n    plan_type: {type: options, options: [free, trial, pro]}\n"
    "    trial_end_date: {type: date}\n"
)
_SEGMENTS = (
    f"{_PEOPLE}segments:\n  trial_users: {{name: On trial, rule: plan_type = trial}}\n"
    "  paid_users: {name: Paying, rule: plan_type = pro}\n"
)


def _asserting(claim: str) -> Example:
    return spec(f"{_SEGMENTS}assertions:\n  apart: {{{claim}}}\n")


def _testing(test: str) -> Example:
    return spec(
        f"{_PEOPLE}segments:\n  trial_ending_soon:\n    name: Trial ends soon\n"
        "    rule: plan_type = trial and trial_end_date within next 3 days\n"
        f"    tests:\n      - {{{test}}}\n"
    )


# --- SPEC19x: how they are written --------------------------------------------------------------------------

ONE_CLAIM = Code(
    "SPEC195",
    "an assertion that does not claim just one thing",
    "An assertion has one of `disjoint`, `covers`, `implies`, `equivalent`, `nonempty` and `never`, with rules to "
    "claim it of: two at least where they are compared with each other.",
    wrong=_asserting("disjoint: [trial_users], reason: nobody pays for a trial"),
    right=_asserting("disjoint: [trial_users, paid_users], reason: nobody pays for a trial"),
)
TEST_VALUE = Code(
    "SPEC196",
    "a value in a test that its attribute cannot have",
    "The person of a test has values of the types that the specs declare. A date is a day: `today`, `today + 2 "
    "days`, `3 days ago` or one of the calendar.",
    wrong=_testing("contact: {plan_type: trail, trial_end_date: today + 2 days}, member: true"),
    right=_testing("contact: {plan_type: trial, trial_end_date: today + 2 days}, member: true"),
)
PRIORITIES_TWICE = Code(
    "SPEC197",
    "priorities in two files",
    "`priorities` is one order of segments, and two lists do not make one.",
    wrong=Example(
        {
            "specs/billing.yaml": f"{_SEGMENTS}priorities: [trial_users]\n",
            "specs/product.yaml": "version: 1\npriorities: [paid_users]\n",
        }
    ),
    right=spec(f"{_SEGMENTS}priorities: [trial_users, paid_users]\n"),
)

# --- PROOF105x: tests of segments ---------------------------------------------------------------------------

TEST_FAILED = Code(
    "PROOF1050",
    "a test of a segment that fails",
    "The person of the test is a member by the rule and not by the test, or the other way round. The message names "
    "the clauses that decided it.",
    wrong=_testing("contact: {plan_type: trial, trial_end_date: today + 5 days}, member: true"),
    right=_testing("contact: {plan_type: trial, trial_end_date: today + 5 days}, member: false"),
)
TEST_UNDECIDED = Code(
    "PROOF1051",
    "a test of a segment whose rule nobody knows",
    "The rule asks for a segment that a person built in Intercom, whose API does not tell its rule. No test can say "
    "who is in it.",
    wrong=spec(
        "version: 1\nsegments:\n  built: {name: Built, built_in_intercom: true}\n"
        "  hot:\n    name: Hot\n    rule: segment built\n    tests:\n      - {member: false}\n"
    ),
    right=spec(
        "version: 1\nsegments:\n  hot:\n    name: Hot\n    rule: role = user\n"
        "    tests:\n      - {contact: {role: lead}, member: false}\n"
    ),
)
