"""What is proved of the segments of specs: each finding with the clauses that it underlines."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from pathlib import Path

import pytest

from intercom_iac.diagnostics import Diagnostic, codes_of
from intercom_iac.diagnostics.family import Family
from intercom_iac.model.world import Assumption, World
from intercom_iac.project import find_project
from intercom_iac.specs import load_specs
from intercom_iac.specs.proofs.proving import prove_specs

SPECS = """version: 1
attributes:
  contact:
    plan: {type: options, options: [free, trial, pro, enterprise]}
    seats: {type: integer}
    score: {type: float}
    ends: {type: date}
    nick: {type: string}
    admin: {type: boolean}
events:
  paid: {metadata: {amount: {type: integer}, currency: {type: string}}}
segments:
"""
WORLD = World(date(2026, 3, 14))
Prove = Callable[..., list[Diagnostic]]


@pytest.fixture
def prove(tmp_path: Path) -> Prove:
    """What is found in a project with segments of these rules, by key, or with these specs."""

    def prove_rules(
        text: str = "", *, world: World = WORLD, project: str = "", **rules: str
    ) -> list[Diagnostic]:
        (tmp_path / "specs").mkdir(exist_ok=True)
        (tmp_path / "intercom-iac.yaml").write_text(f"version: 1\n{project}")
        segments = "".join(f"  {key}:\n    rule: {rule}\n" for key, rule in rules.items())
        (tmp_path / "specs" / "all.yaml").write_text(f"{SPECS}{text}{segments}")
        found = find_project(tmp_path)
        return list(prove_specs(found, load_specs(found), world).diagnostics)

    return prove_rules


def shown(finding: Diagnostic) -> tuple[str, str, tuple[str, ...]]:
    """The code, what it underlines, and what stands beside that."""
    assert finding.span is not None
    return finding.code, finding.span.text, tuple(related.span.text for related in finding.related)


RULES = {
    # nobody
    "plan = trial and seats > 3 and plan = pro": [("PROOF1001", "plan = pro", ("plan = trial",))],
    "seats > 10 and (admin or nick = a) and seats < 5": [("PROOF1001", "seats < 5", ("seats > 10",))],
    "not (plan = trial or plan != trial)": [("PROOF1001", "plan != trial", ("plan = trial",))],
    "company(plan = pro and plan = free)": [("PROOF1001", None, ())],
    # nobody in the world of proofs
    "company.size < 0": [("PROOF1001", None, ())],
    f"nick starts with {'a' * 256}": [("PROOF1001", None, ())],
    # everybody
    "plan != trial or plan != pro": [("PROOF1002", "plan != pro", ("plan != trial",))],
    "seats > 3 or admin or seats is unknown or seats < 5": [
        ("PROOF1002", "seats < 5", ("seats > 3", "seats is unknown"))
    ],
    # clauses without effect
    "plan = pro and seats > 50 and seats > 10": [("PROOF1003", "seats > 10", ("seats > 50",))],
    "plan = pro or plan in (pro, trial)": [("PROOF1003", "plan = pro", ("plan in (pro, trial)",))],
    "plan = pro and (admin or seats > 3 and plan = free)": [
        ("PROOF1003", "seats > 3 and plan = free", ("plan = pro",))
    ],
    "not (plan = pro or plan in (pro, trial))": [("PROOF1003", "plan = pro", ("plan in (pro, trial)",))],
    "company(plan = pro and size > 50 and size > 10)": [("PROOF1003", "size > 10", ("size > 50",))],
    "role in (user, lead) and seats > 3": [("PROOF1003", "role in (user, lead)", ())],
    "ends within last 7 days and ends within last 30 days": [
        ("PROOF1003", "ends within last 30 days", ("ends within last 7 days",))
    ],
    # what is right
    "plan = pro and seats > 50": [],
    "plan = pro and seats > 50 and seats < 100": [],
    "plan in (pro, trial) and plan != free": [("PROOF1003", "plan != free", ("plan in (pro, trial)",))],
    "company.plan = pro and seats > 3": [],
    "company(plan = pro and size > 50)": [],
    "event paid count >= 3 within last 30 days": [],
    # companies
    "company.plan = pro and company.size > 50": [("PROOF1006", "company.size > 50", ("company.plan = pro",))],
    "company.plan = pro and admin and not (company.size > 5 and company.plan = free)": [
        ("PROOF1006", "company.plan = free", ("company.size > 5",))
    ],
    # search
    "plan not starts with tr": [("PROOF1007", "plan not starts with tr", ())],
    "not plan ends with o and seats > 3": [("PROOF1007", "not plan ends with o", ())],
}


@pytest.mark.parametrize(("rule", "findings"), RULES.items(), ids=RULES)
def test_a_rule(rule: str, findings: list[tuple[str, str | None, tuple[str, ...]]], prove: Prove) -> None:
    found = [shown(finding) for finding in prove(example=f'"{rule}"')]
    assert [code for code, _, _ in found] == [code for code, _, _ in findings]
    for (_, text, beside), (_, expected, others) in zip(found, findings, strict=True):
        assert expected is None or (text, sorted(beside)) == (expected, sorted(others))


def test_never_from_a_day_on(prove: Prove) -> None:
    (finding,) = prove(example="ends before 2026-01-01 and ends within last 30 days")
    assert finding.message == (
        "`example` matches nobody from 2026-01-31 on: no person passes these tests together"
    )


def test_what_the_project_does_not_assume_is_not_proved(prove: Prove) -> None:
    rule = "role in (user, lead) and seats > 3"
    assert [finding.code for finding in prove(example=rule)] == ["PROOF1003"]
    without = World(WORLD.first, without=frozenset({Assumption.KNOWN_ROLE}))
    assert prove(example=rule, world=without) == []


# --- two segments -------------------------------------------------------------------------------------------


def test_segments_of_the_same_people(prove: Prove) -> None:
    found = prove(
        one="plan in (pro, trial)", other="plan = trial or plan = pro", again="plan in (pro, trial)"
    )
    assert [shown(finding) for finding in found] == [
        ("PROOF1004", "plan = trial or plan = pro", ("plan in (pro, trial)",)),
        ("PROOF1004", "plan in (pro, trial)", ("plan in (pro, trial)",)),
    ]
    assert [finding.subject for finding in found] == ["segment.other", "segment.again"]


def test_a_segment_is_inside_the_nearest_alone(prove: Prove) -> None:
    found = prove(
        small="plan = pro and seats > 50", middle="plan = pro", large="plan in (pro, trial)", apart="admin"
    )
    assert [(finding.code, finding.message) for finding in found] == [
        ("PROOF1005", "`small` is inside `middle`: each of its members is a member there"),
        ("PROOF1005", "`middle` is inside `large`: each of its members is a member there"),
    ]


@pytest.mark.parametrize(
    ("claim", "codes"),
    [
        ("implies: {if: small, then: large}", ["PROOF1004"]),
        ("implies: {if: large, then: small}", ["PROOF1004", "PROOF1005", "PROOF1030"]),
        ("equivalent: [small, same]", ["PROOF1005"]),
        ("disjoint: [large, seats <= 3]", ["PROOF1004", "PROOF1005"]),
    ],
)
def test_what_is_asserted_is_no_remark(claim: str, codes: list[str], prove: Prove) -> None:
    text = "  small: {rule: seats > 9}\n  same: {rule: seats >= 10}\n  large: {rule: seats > 3}\n"
    found = prove(f"{text}assertions:\n  one: {{{claim}}}\n")
    assert sorted(finding.code for finding in found) == codes


def test_a_segment_that_refers_to_the_other_is_meant_to_be_inside(prove: Prove) -> None:
    assert prove(large="plan in (pro, trial)", small="segment large and seats > 50") == []


def test_segments_for_nobody_and_for_everybody_are_not_compared(prove: Prove) -> None:
    found = prove(none="plan = pro and plan = free", all="plan != pro or plan != free", some="plan = pro")
    assert sorted(finding.code for finding in found) == ["PROOF1001", "PROOF1002"]


def test_many_segments_are_compared_by_what_they_read(prove: Prove) -> None:
    """The same findings as by each pair: those that share no attribute cannot be inside one another."""
    bounds = {f"above_{number}": f"seats > {number}" for number in range(1, 30)}
    found = prove(**bounds, nicks="nick = a", both="nick = a and seats > 29")
    inside = {finding.subject: finding.message for finding in found}
    assert len(found) == 29
    assert inside["segment.above_5"].startswith("`above_5` is inside `above_4`:")
    assert inside["segment.both"].startswith("`both` is inside `above_29` and `nicks`:")


@pytest.mark.parametrize(
    ("small", "large"),
    [
        ("ends on signed_up_at and signed_up_at after 2027-01-01", "ends after 2026-12-01"),
        ("event paid within 7 days after ends", "ends before tomorrow"),
        ("event paid then event paid within 1 day and seats > 3", "event paid"),
    ],
)
def test_tests_of_several_things_say_something_of_each(small: str, large: str, prove: Prove) -> None:
    found = prove(small=small, large=large)
    assert ("PROOF1005", "segment.small") in [(finding.code, finding.subject) for finding in found]


@pytest.mark.parametrize(
    ("small", "large"),
    [
        ("not (plan = pro and admin) and seats > 3", "plan != pro or not admin"),
        ("(plan = pro or admin) and seats > 3", "plan in (pro, trial) or admin"),
        ("nick starts with ab and seats > 3", "nick starts with a or admin"),
    ],
)
def test_a_choice_is_inside_a_wider_one(small: str, large: str, prove: Prove) -> None:
    (finding,) = prove(small=small, large=large)
    assert (finding.code, finding.subject) == ("PROOF1005", "segment.small")


# --- what is not proved, and what is silent -----------------------------------------------------------------

BUILT = "  beta: {name: Beta, rule: unknown, built_in_intercom: true}\n"


def test_what_is_not_decided_is_said_with_the_clause(prove: Prove) -> None:
    finding = prove(BUILT, testers="role = user and segment beta")[-1]
    assert shown(finding)[:2] == ("PROOF1008", "segment beta")
    assert finding.message.startswith("whether `testers` matches anybody was not decided: ")


def test_a_conflict_with_a_referenced_segment_is_shown_where_it_is_referred_to(prove: Prove) -> None:
    found = prove(paying="plan in (pro, enterprise)", trials="plan = trial and segment paying")
    assert [shown(finding) for finding in found] == [
        ("PROOF1001", "segment paying", ("plan = trial", "plan in (pro, enterprise)"))
    ]


def test_that_clauses_of_a_long_rule_are_not_looked_at_is_said(prove: Prove) -> None:
    (finding,) = prove(long=" or ".join(f"nick = a{number}" for number in range(201)))
    assert finding.code == "PROOF1008"
    assert "it has 201, and up to 200 are looked at" in finding.message


def test_archived_segments_are_left_alone(prove: Prove) -> None:
    assert prove("  gone: {rule: plan = pro and plan = free, status: archived}\n", here="plan = pro") == []


def test_a_rule_with_a_mistake_is_not_proved(prove: Prove) -> None:
    found = prove(wrong="plan = prp and plan = pro", never="seats > 10 and seats < 5")
    assert [finding.code for finding in found] == ["TYPE303", "PROOF1001"]


NEVER = "ends before 2026-01-01 and ends within last 30 days"


def test_levels_and_silences(prove: Prove) -> None:
    (finding,) = prove(example=NEVER, project="policy: {levels: {PROOF1001: error}}\n")
    assert finding.severity == "error"
    assert prove(example=NEVER, project='policy: {levels: {PROOF1001: "off"}}\n') == []
    assert prove(example=f"{NEVER}  # intercom-iac: ignore PROOF1001: a test of ours") == []
    # Nor does a remark say it in the place of the proof.
    assert prove(example="seats > 3 and seats < 4  # intercom-iac: ignore PROOF1001: a test of ours") == []
    (unused,) = prove(example="plan = pro  # intercom-iac: ignore PROOF1001: a test of ours")
    assert unused.message == "`PROOF1001` is not found on line 14, so nothing is silenced"


def test_a_silence_is_unused_without_segments_too(prove: Prove, tmp_path: Path) -> None:
    (unused,) = prove("  {}  # intercom-iac: ignore PROOF1001: a test of ours\n")
    assert unused.message.startswith("`PROOF1001` is not found")


# --- each thing is said once --------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("rule", "codes"),
    [
        ("seats > 10 and seats < 5", ["PROOF1001"]),
        ("plan != pro or plan != free", ["PROOF1002"]),
        ("plan contains zzz", ["PROOF1001"]),
        ("admin or seats > 10 and seats < 5", ["LINT507"]),
        ("admin and (plan != pro or plan != free)", ["LINT508"]),
        ("plan = pro and plan = pro", ["LINT509"]),
        ("admin or plan contains zzz", ["LINT504"]),
        # One company passes both.
        ("company.plan = pro and company.plan has any value", ["PROOF1003"]),
    ],
)
def test_remarks_stay_on_parts_and_proofs_on_whole_rules(rule: str, codes: list[str], prove: Prove) -> None:
    assert [finding.code for finding in prove(example=rule)] == codes


def test_a_proof_has_the_advice_of_the_remark_it_replaces(prove: Prove) -> None:
    (finding,) = prove(example="plan != pro or plan != free")
    assert finding.hint == "for all of them write `plan not in (pro, free)`"
    assert finding.fix is not None
    assert not finding.fix.is_safe


# --- the codes ----------------------------------------------------------------------------------------------


@pytest.mark.parametrize("code", [f"PROOF{number}" for number in range(1001, 1009)])
def test_the_example_of_a_code_shows_it_alone(code: str, tmp_path: Path) -> None:
    kind = codes_of(Family.PROOF)[code]
    for name, text in {"intercom-iac.yaml": "version: 1\n", **kind.wrong.files}.items():
        (tmp_path / name).parent.mkdir(exist_ok=True)
        (tmp_path / name).write_text(text)
    project = find_project(tmp_path)
    loaded = load_specs(project)
    (finding,) = set(prove_specs(project, loaded, WORLD).diagnostics) - set(loaded.diagnostics)
    assert (finding.code, finding.severity) == (code, kind.severity)
