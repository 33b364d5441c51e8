"""The codes of assertions, priorities and tests of segments: how they are written, and whether they hold."""

from __future__ import annotations

from ..registry import Code, Example, spec

# Proofs are about the days from this one on.
_RUN = "check --today 2026-03-14"
_PEOPLE = (
    "version: 1\nattributes:\n  contact:\n    plan_type: {type: options, options: [free, trial, pro]}\n"
    "    trial_end_date: {type: date}\n"
)
_SEGMENTS = (
    f"{_PEOPLE}segments:\n  trial_users: {{name: On trial, rule: plan_type = trial}}\n"
    "  paid_users: {name: Paying, rule: plan_type = pro}\n"
)


def _asserting(claim: str, run: str = _RUN) -> Example:
    return spec(f"{_SEGMENTS}assertions:\n  apart: {{{claim}}}\n", run)


# What is said of every segment that was built in Intercom is left out here.
_BUILT_PROJECT = {"intercom-iac.yaml": "version: 1\npolicy:\n  levels: {LINT575: off}\n"}


def _with_built(text: str) -> Example:
    return Example({**_BUILT_PROJECT, "specs/example.yaml": text}, _RUN)


def _about_built(claim: str) -> Example:
    return _with_built(
        "version: 1\nsegments:\n  built: {name: Built, built_in_intercom: true}\n"
        f"assertions:\n  apart: {{{claim}}}\n"
    )


def _prioritizing(order: str, *, built: bool = False) -> Example:
    rule, more = (
        ("segment built", "  built: {name: Built, built_in_intercom: true}\n")
        if built
        else ("role = user", "")
    )
    return _with_built(
        f"{_PEOPLE}segments:\n{more}"
        "  trial_users: {name: On trial, rule: plan_type = trial, publish: [tag]}\n"
        f"  admins: {{name: Admins, rule: {rule}, publish: [tag]}}\npriorities: {order}\n"
    )


def _testing(test: str, run: str = _RUN) -> Example:
    return spec(
        f"{_PEOPLE}segments:\n  trial_ending_soon:\n    name: Trial ends soon\n"
        "    rule: plan_type = trial and trial_end_date within next 3 days\n"
        f"    tests:\n      - {{{test}}}\n",
        run,
    )


# --- SPEC19x: how they are written --------------------------------------------------------------------------

ONE_CLAIM = Code(
    "SPEC195",
    "an assertion that does not claim just one thing",
    "An assertion has one of `disjoint`, `covers`, `implies`, `equivalent`, `nonempty` and `never`, with rules to "
    "claim it of: two at least where they are compared with each other.",
    wrong=_asserting("disjoint: [trial_users], reason: nobody pays for a trial", "check"),
    right=_asserting("disjoint: [trial_users, paid_users], reason: nobody pays for a trial", "check"),
)
TEST_VALUE = Code(
    "SPEC196",
    "a value in a test that its attribute cannot have",
    "The person of a test has values of the types that the specs declare. A date is a day: `today`, `today + 2 "
    "days`, `3 days ago` or one of the calendar.",
    wrong=_testing("contact: {plan_type: trail, trial_end_date: today + 2 days}, member: true", "check"),
    right=_testing("contact: {plan_type: trial, trial_end_date: today + 2 days}, member: true", "check"),
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

# --- PROOF103x: assertions and priorities -------------------------------------------------------------------

ASSERTION_REFUTED = Code(
    "PROOF1030",
    "an assertion that does not hold",
    "What the assertion claims is wrong of some person on some day, who is named; or, of `nonempty`, there is nobody "
    "for whom it would be right. The clauses that decide it are underlined.",
    wrong=_asserting("disjoint: [trial_users, plan_type in (trial, pro)], reason: nobody gets both"),
    right=_asserting("disjoint: [trial_users, paid_users], reason: nobody gets both"),
)
ASSERTION_UNDECIDED = Code(
    "PROOF1031",
    "an assertion that was neither proved nor refuted",
    "An assertion is there to be relied on, so that one which is not decided is an error, with the clause that is "
    "the reason. With `allow_unknown: true` it is a remark.",
    wrong=_about_built("never: segment built and role = lead"),
    right=_about_built("never: segment built and role = lead, allow_unknown: true"),
)
ASSERTION_ALLOWED = Code(
    "PROOF1032",
    "an assertion that was not decided, and need not be",
    "It was neither proved nor refuted, and `allow_unknown: true` says that this is no mistake.",
    wrong=_about_built("never: segment built and role = lead, allow_unknown: true"),
    right=_asserting("never: plan_type = trial and plan_type = pro, allow_unknown: true"),
    severity="info",
)
NO_PRIORITY = Code(
    "PROOF1035",
    "two published segments that select the same person, and no order of them",
    "Where the specs have `priorities`, an order decides for every person whose message comes first: of two segments "
    "that are published and may select the same person both stand in it, unless an assertion says that they are "
    "`disjoint`.",
    wrong=_prioritizing("[trial_users]"),
    right=_prioritizing("[trial_users, admins]"),
)
PRIORITY_UNDECIDED = Code(
    "PROOF1036",
    "two published segments of which it is not known whether they select the same person, and no order of them",
    "As long as it is not proved that nobody is in both, an order has to decide.",
    wrong=_prioritizing("[trial_users]", built=True),
    right=_prioritizing("[trial_users, admins]", built=True),
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
    wrong=_with_built(
        "version: 1\nsegments:\n  built: {name: Built, built_in_intercom: true}\n"
        "  hot:\n    name: Hot\n    rule: segment built\n    tests:\n      - {member: false}\n"
    ),
    right=spec(
        "version: 1\nsegments:\n  hot:\n    name: Hot\n    rule: role = user\n"
        "    tests:\n      - {contact: {role: lead}, member: false}\n",
        _RUN,
    ),
)
TEST_DAY = Code(
    "PROOF1052",
    "a test of a segment that depends on the day it is run on",
    "Its person has a day of the calendar where the rule counts days from today, or the other way round. With its "
    "own `today` a test says the same on every day.",
    wrong=_testing("contact: {plan_type: trial, trial_end_date: 2026-03-16}, member: true"),
    right=_testing(
        "contact: {plan_type: trial, trial_end_date: 2026-03-16}, today: 2026-03-14, member: true"
    ),
    severity="warning",
)
