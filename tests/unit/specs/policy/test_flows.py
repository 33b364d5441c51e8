"""What segments may not depend on, and the way that leads there."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from intercom_iac.specs import Loaded

Judge = Callable[[str, str], Loaded]

ATTRIBUTES = (
    "attributes:\n"
    "  contact:\n"
    "    health: {type: integer, labels: {pii: sensitive}}\n"
    "    score: {type: integer, labels: {pii: [none, personal], purpose: support}}\n"
    "    news: {type: boolean, labels: {pii: none, purpose: [support, marketing]}}\n"
    "    plain: {type: string}\n"
    "    treated: {type: date, labels: {pii: sensitive}}\n"
    "    seen: {type: date}\n"
    "    steps: {type: integer}\n"
    "  company:\n"
    "    risk: {type: integer, labels: {pii: sensitive}}\n"
    "    limit: {type: integer}\n"
    "events:\n"
    "  paid: {metadata: {health: {type: integer}}}\n"
    "  left: {}\n"
    "segments:\n"
)
SENSITIVE = "{may_not_depend_on: {pii: sensitive}}"


def ways(found: Loaded) -> list[str]:
    assert {each.code for each in found.diagnostics} <= {"LINT566"}
    return [each.message.partition(": segment.")[2] for each in found.diagnostics]


@pytest.mark.parametrize(
    ("flow", "rule", "wanted"),
    [
        (SENSITIVE, "health > 1", ["s -> attribute.contact.health"]),
        (SENSITIVE, "not (plain is unknown or health is unknown)", ["s -> attribute.contact.health"]),
        (SENSITIVE, "health > 1 and health < 9", ["s -> attribute.contact.health"]),
        (SENSITIVE, "company.risk != 3", ["s -> attribute.company.risk"]),
        (SENSITIVE, "company(size > 3 and risk has any value)", ["s -> attribute.company.risk"]),
        (
            SENSITIVE,
            "company.risk > 1 or health > 1",
            ["s -> attribute.company.risk", "s -> attribute.contact.health"],
        ),
        (SENSITIVE, "event paid where health > 3", []),
        (SENSITIVE, "event paid sum of health > 3", []),
        (SENSITIVE, "event paid where health > 3 then event left", []),
        (SENSITIVE, "steps between 1 and 3 and seen before today", []),
        (SENSITIVE, "steps < health", ["s -> attribute.contact.health"]),
        (SENSITIVE, "company.limit >= company.risk", ["s -> attribute.company.risk"]),
        (SENSITIVE, "seen before treated", ["s -> attribute.contact.treated"]),
        (SENSITIVE, "seen within 7 days after treated", ["s -> attribute.contact.treated"]),
        (SENSITIVE, "event paid before treated", ["s -> attribute.contact.treated"]),
        (SENSITIVE, "event paid last within 7 days of treated", ["s -> attribute.contact.treated"]),
        (SENSITIVE, "event paid on at least 3 days after treated", ["s -> attribute.contact.treated"]),
        (SENSITIVE, "event paid sum of health > 3 on treated", ["s -> attribute.contact.treated"]),
        (SENSITIVE, "plain is unknown and tag vip and score > 3", []),
        ("{may_not_depend_on: {pii: personal}}", "score > 1", ["s -> attribute.contact.score"]),
        ("{may_not_depend_on: {pii: none}}", "score > 1", ["s -> attribute.contact.score"]),
        ("{may_not_depend_on: {pii: personal, purpose: marketing}}", "news", ["s -> attribute.contact.news"]),
        ("{may_only_depend_on: {purpose: marketing}}", "news", []),
        ("{may_only_depend_on: {purpose: marketing}}", "score > 1", ["s -> attribute.contact.score"]),
        ("{may_only_depend_on: {purpose: marketing}}", "plain is unknown and health > 1", []),
        ("{may_not_depend_on: {pii: personal}}", "email is unknown", ["s -> attribute.contact.email"]),
        ("{may_not_depend_on: {pii: personal}}", "phone is unknown", []),
    ],
)
def test_what_a_rule_reads_itself(judged: Judge, flow: str, rule: str, wanted: list[str]) -> None:
    policy = f"policy:\n  standard: {{attribute.contact.email: {{pii: personal}}}}\n  flows: [{flow}]\n"
    assert ways(judged(policy, f"{ATTRIBUTES}  s: {{rule: '{rule}', publish: [tag]}}\n")) == wanted


CHAIN = (
    "  a: {rule: segment b and phone is unknown, publish: [tag]}\n"
    "  b: {rule: email is unknown or segment c}\n"
    "  c: {rule: plain is unknown and health > 1}\n"
)


def test_through_segments_of_any_kind(judged: Judge) -> None:
    [finding] = judged(f"policy: {{flows: [{SENSITIVE}]}}\n", ATTRIBUTES + CHAIN).diagnostics
    assert finding.message == (
        "`a` is published and may not depend on `pii: sensitive`: "
        "segment.a -> segment.b -> segment.c -> attribute.contact.health"
    )
    assert finding.span is not None
    assert (finding.span.line, finding.span.text) == (18, "segment b")
    assert [(each.span.line, each.span.text, each.label) for each in finding.related] == [
        (19, "segment c", "`b` refers to `c` here"),
        (20, "health > 1", "`c` reads `health` here"),
        (4, "sensitive", "`health` is labelled `pii: sensitive` here"),
    ]
    assert finding.hint is not None
    assert finding.hint.startswith("take `health` out of the rule of `c`, or do not publish `a`; with ")
    assert finding.is_error


def test_the_shortest_way_is_shown_and_of_two_as_short_the_one_written_first(judged: Judge) -> None:
    found = judged(
        f"policy: {{flows: [{SENSITIVE}]}}\n",
        f"{ATTRIBUTES}  far: {{rule: segment near and email is unknown}}\n"
        "  near: {rule: health > 1}\n"
        "  other: {rule: health > 2}\n"
        "  s: {rule: segment far or segment other or segment near, publish: [tag]}\n"
        "  t: {rule: segment far or health > 3, publish: [tag]}\n",
    )
    assert ways(found) == ["s -> segment.other -> attribute.contact.health", "t -> attribute.contact.health"]


def test_a_label_in_the_project_file_is_shown_there(judged: Judge) -> None:
    [finding] = judged(
        f"policy:\n  standard:\n    attribute.company.name: {{pii: sensitive}}\n  flows: [{SENSITIVE}]\n",
        "segments:\n  s: {rule: company.name is unknown, publish: [tag]}\n",
    ).diagnostics
    (place,) = finding.related
    assert (str(place.span), place.span.text) == ("intercom-iac.yaml:4:35", "sensitive")
    assert place.label == "`company.name` is labelled `pii: sensitive` here"


SELECTED = (
    "  none: {rule: health > 1}\n"
    "  both: {rule: health > 2, publish: [audience, tag]}\n"
    "  tag: {rule: health > 3, publish: [tag]}\n"
    "  fin: {rule: health > 4, publish: [audience]}\n"
    "  old: {rule: health > 5, publish: [tag], status: archived}\n"
)


@pytest.mark.parametrize(
    ("segments", "wanted", "said"),
    [
        ("published", ["both", "tag", "fin"], "is published and may"),
        ("audience", ["both", "fin"], "is published as an audience and may"),
        ("tag", ["both", "tag"], "is published as a tag and may"),
        ("all", ["none", "both", "tag", "fin"], "may"),
    ],
)
def test_the_segments_it_is_for(judged: Judge, segments: str, wanted: list[str], said: str) -> None:
    flow = f"{{segments: {segments}, may_not_depend_on: {{pii: sensitive}}, reason: as agreed}}"
    found = judged(f"policy: {{flows: [{flow}]}}\n", ATTRIBUTES + SELECTED)
    assert [each.partition(" ")[0] for each in ways(found)] == wanted
    for key, each in zip(wanted, found.diagnostics, strict=True):
        assert each.message.startswith(f"`{key}` {said} not depend on `pii: sensitive` (as agreed): ")


def test_each_flow_speaks_for_itself(judged: Judge) -> None:
    flows = f"[{SENSITIVE}, {{segments: all, may_only_depend_on: {{pii: none}}}}]"
    found = judged(
        f"policy: {{flows: {flows}}}\n", f"{ATTRIBUTES}  s: {{rule: health > 1, publish: [tag]}}\n"
    )
    assert [each.message.partition(":")[0] for each in found.diagnostics] == [
        "`s` is published and may not depend on `pii",
        "`s` may only depend on `pii",
    ]
    hint = found.diagnostics[1].hint
    assert hint is not None
    assert hint.startswith("take `health` out of the rule of `s`; with ")


def test_without_flows_nothing_is_forbidden(judged: Judge) -> None:
    assert judged("policy: {}\n", ATTRIBUTES + CHAIN).diagnostics == ()


def test_a_rule_that_does_not_read_is_told_alone(judged: Judge) -> None:
    found = judged(
        f"policy: {{flows: [{SENSITIVE}]}}\n",
        f"{ATTRIBUTES}  s: {{rule: segment b, publish: [tag]}}\n  b: {{rule: health > 1 and}}\n",
    )
    assert [each.code[:5] for each in found.diagnostics] == ["PARSE"]


# --- what is only written -----------------------------------------------------------------------------------


@pytest.mark.parametrize(
    "rule",
    [
        "health > 1 or not health > 1",
        "plain is unknown and (health > 1 or health <= 1 or health is unknown)",
        "plain is unknown and (plain is unknown or health > 1)",
        "plain is unknown and health > 3 and health < 2",
        "company(risk > 1 or not risk > 1)",
        "company(limit > 1 and risk > 1) or company.limit > 1",
    ],
)
def test_what_makes_no_difference_is_a_warning(judged: Judge, rule: str) -> None:
    found = judged(
        f"policy: {{flows: [{SENSITIVE}], levels: {{LINT501: 'off', LINT503: 'off', LINT504: 'off'}}}}\n",
        f"{ATTRIBUTES}  s: {{rule: '{rule}', publish: [tag]}}\n",
    )
    [finding] = [each for each in found.diagnostics if each.code in ("LINT566", "LINT568")]
    assert (finding.code, finding.severity) == ("LINT568", "warning")
    name = "company.risk" if "company" in rule else "health"
    model = "" if "company" in rule else "contact."
    assert finding.message == (
        f"`{name}` makes no difference to who is in `s`, which is published and may not depend on `pii: sensitive`: "
        f"segment.s -> attribute.{model}{name}"
    )
    assert finding.hint == "write the rule of `s` without it; the same people stay in it"


@pytest.mark.parametrize(
    ("rule", "values"),
    [
        ("health > 1 or health <= 1", "no value not"),
        ("health is unknown", "with no value somebody"),
        ("company.risk > 1 or company.risk <= 1", "no value not"),
        ("company(limit > 1 and risk > 1) or company.risk = 0", "somebody is in `s`, with"),
        ("plain = vip or treated before 2026-01-01", "somebody is in `s`, with"),
        ("seen before treated", "somebody is in `s`, with"),
    ],
)
def test_what_makes_a_difference_is_shown(judged: Judge, rule: str, values: str) -> None:
    found = judged(
        f"policy: {{flows: [{SENSITIVE}]}}\n", f"{ATTRIBUTES}  s: {{rule: '{rule}', publish: [tag]}}\n"
    )
    [finding] = [each for each in found.diagnostics if each.code in ("LINT566", "LINT568")]
    assert finding.code == "LINT566"
    assert finding.hint is not None
    assert values in finding.hint


def test_what_a_reference_takes_away_again_makes_no_difference(judged: Judge) -> None:
    found = judged(
        f"policy: {{flows: [{SENSITIVE}]}}\n",
        f"{ATTRIBUTES}  vips: {{rule: health > 1}}\n"
        "  s: {rule: segment vips or not segment vips or plain is unknown, publish: [tag]}\n",
    )
    [finding] = [each for each in found.diagnostics if each.code.startswith("LINT56")]
    assert finding.code == "LINT568"
    assert finding.message.endswith("segment.s -> segment.vips -> attribute.contact.health")


def test_what_was_not_decided_is_a_violation_that_says_so(judged: Judge) -> None:
    found = judged(
        f"policy: {{flows: [{SENSITIVE}]}}\n",
        f"{ATTRIBUTES}  built: {{rule: unknown, built_in_intercom: true}}\n"
        "  s: {rule: segment built and health > 1, publish: []}\n".replace("publish: []", "publish: [tag]"),
    )
    [finding] = [each for each in found.diagnostics if each.code in ("LINT566", "LINT568")]
    assert finding.code == "LINT566"
    assert finding.hint is not None
    assert "whether it makes a difference was not decided: " in finding.hint


def test_a_dependence_that_only_the_past_had_is_one(judged: Judge) -> None:
    found = judged(
        f"policy: {{flows: [{SENSITIVE}]}}\n",
        f"{ATTRIBUTES}  s:\n    rule: seen before 2020-01-01 and seen within last 7 days and health > 1\n"
        "    publish: [tag]\n",
    )
    assert [each.code for each in found.diagnostics if each.code in ("LINT566", "LINT568")] == ["LINT566"]
