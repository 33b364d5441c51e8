"""The codes of what `check` proves about the rules of segments."""

from __future__ import annotations

from ..registry import Code, Example, spec

_ATTRIBUTES = (
    "version: 1\nattributes:\n  contact:\n"
    "    plan_type: {type: options, options: [free, trial, pro, enterprise]}\n"
    "    seats: {type: integer}\n"
    "    trial_end_date: {type: date}\n"
)
_TODAY = "check --today 2026-03-14"


def _rules(**rules: str) -> Example:
    """A project with these segments, by their keys."""
    lines = (f"  {key}:\n    name: {key.capitalize()}\n    rule: {rule}\n" for key, rule in rules.items())
    return spec(f"{_ATTRIBUTES}segments:\n{''.join(lines)}", _TODAY)


# --- PROOF1001-1029: what is proved of each rule, and of two -----------------------------------------------------

NEVER_MATCHES = Code(
    "PROOF1001",
    "a rule that matches nobody",
    "No person satisfies the rule, on any day from today on: the tests that are underlined, as few as possible, hold "
    "together for nobody. Mostly one of the values is wrong, or `or` was meant. Where somebody could match once, the "
    "message names the day from which on nobody does.",
    wrong=_rules(trials="plan_type = trial and seats > 10 and plan_type = pro"),
    right=_rules(trials="plan_type = trial and seats > 10"),
    severity="warning",
)
ALWAYS_MATCHES = Code(
    "PROOF1002",
    "a rule that matches everybody",
    "Every person satisfies the rule, on every day from today on. Mostly the operator is the wrong one: who differs "
    "from one of two values is everybody, and who is to differ from both is asked for with `not in` or `and`.",
    wrong=_rules(customers="plan_type != free or plan_type != trial or seats > 10"),
    right=_rules(customers="plan_type not in (free, trial) or seats > 10"),
    severity="warning",
)
NO_EFFECT = Code(
    "PROOF1003",
    "a clause that changes nothing",
    "Without the clause the rule selects the same people: another clause implies it, or it can hold for nobody where "
    "it stands. A reader takes it for a condition. The fix drops it.",
    wrong=_rules(large="plan_type = pro and seats > 50 and seats > 10"),
    right=_rules(large="plan_type = pro and seats > 50"),
    severity="warning",
)
EQUIVALENT_SEGMENTS = Code(
    "PROOF1004",
    "two segments of the same people",
    "The rules of the two segments select the same people on every day, however they are written. One of them can "
    "refer to the other, or go.",
    wrong=_rules(
        customers="plan_type in (pro, enterprise)", paying="plan_type = enterprise or plan_type = pro"
    ),
    right=_rules(customers="plan_type in (pro, enterprise)", paying="plan_type in (trial, pro)"),
    severity="warning",
)
INSIDE_SEGMENT = Code(
    "PROOF1005",
    "a segment inside another",
    "Each member of the one segment is a member of the other, on every day, and its rule does not refer to it. That "
    "may be meant; where it is, `segment` in the rule says so.",
    wrong=_rules(customers="plan_type in (pro, enterprise)", large="plan_type = pro and seats > 50"),
    right=_rules(customers="plan_type in (pro, enterprise)", large="segment customers and seats > 50"),
    severity="info",
)
SPLIT_COMPANIES = Code(
    "PROOF1006",
    "tests that two different companies meet",
    "Each `company.` test asks for some company of the contact, and one can pass the first test and another the "
    "second. The message shows a person of whom that is true. `company( ... )` asks for a single company that passes "
    "all of them.",
    wrong=_rules(large="company.plan = pro and company.size > 50"),
    right=_rules(large="company(plan = pro and size > 50)"),
    severity="warning",
)
SEARCHABLE = Code(
    "PROOF1007",
    "a test that contact search decides when it is written otherwise",
    "Intercom's contact search does not know this test, so that more contacts come back than belong to the segment, "
    "and the rest is decided afterwards. The rule in the hint selects the same people, which is proved, and search "
    "decides it alone.",
    wrong=_rules(others="plan_type not starts with tr"),
    right=_rules(others="plan_type != trial"),
    severity="info",
)
UNDECIDED = Code(
    "PROOF1008",
    "a rule of which something was not decided",
    "Whether the rule matches nobody or everybody is not known: it asks what no proof is made of, such as a segment "
    "that was built in Intercom, or it is too large. docs/proofs.md says what is decided.",
    wrong=spec(
        "version: 1\nsegments:\n  beta: {name: Beta, rule: unknown, built_in_intercom: true}\n"
        "  testers: {name: Testers, rule: segment beta}\n",
        _TODAY,
    ),
    right=spec(
        "version: 1\nsegments:\n  beta: {name: Beta, rule: unknown, built_in_intercom: true}\n"
        "  testers: {name: Testers, rule: role = user}\n",
        _TODAY,
    ),
    severity="info",
)
