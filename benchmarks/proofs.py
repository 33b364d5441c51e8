"""Deciding what rules mean, against z3 asked the same in the same run.

    python benchmarks/proofs.py [--segments N]

z3 is asked for a part of the questions of a matrix, and its time for all of them is that of the part times their
number.
"""

from __future__ import annotations

import argparse
import json
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterator, Mapping
from datetime import date
from pathlib import Path
from random import Random
from statistics import median

sys.path.append(str(Path(__file__).parents[1] / "tests"))

from measuring import installed_environment, own_peak, ratios, report, run_in_turn

from intercom_iac.compilers.smt import Undecided, find_assignment
from intercom_iac.model import Attribute, DataType, Event, MetadataKey, Predicate, Schema
from intercom_iac.model.predicate import And, Not
from intercom_iac.model.world import World
from intercom_iac.prover import Unknown, Verdict, decide, relate_all
from intercom_iac.rules import compile_rule
from intercom_iac.rules.normal import chain
from intercom_iac.text import Excerpt

TODAY = date(2026, 3, 14)
WORLD = World(first=TODAY, zone="Europe/Dublin")
ATOMS, REPORTED_ATOMS, PAIRS = (4, 10, 25), 10, 60
ASKED_OF_Z3 = 400
ROUNDS = 5
PROJECT = "version: 1\nworkspaces:\n  sandbox: {sandbox: .intercom-iac/sandbox.db}\n"
PLANS = ("free", "trial", "starter", "pro", "enterprise")
STAGES = ("lead", "onboarding", "active", "at_risk", "churned")
SCHEMA = Schema(
    {
        (model, name): Attribute(model, name, DataType(kind), options)
        for model, name, kind, options in (
            ("contact", "plan_type", "options", PLANS),
            ("contact", "stage", "options", STAGES),
            ("contact", "feature_usage", "integer", ()),
            ("contact", "invites_sent", "integer", ()),
            ("contact", "health_score", "float", ()),
            ("contact", "trial_end_date", "date", ()),
            ("contact", "last_active", "date", ()),
            ("contact", "renewal_date", "date", ()),
            ("contact", "is_admin", "boolean", ()),
            ("contact", "beta_tester", "boolean", ()),
            ("contact", "job_title", "string", ()),
            ("company", "tier", "options", ("bronze", "silver", "gold")),
            ("company", "seats", "integer", ()),
        )
    },
    {
        "invite_sent": Event("invite_sent", metadata=(MetadataKey("count", DataType.INTEGER),)),
        "report_exported": Event("report_exported"),
    },
)


# --- rules --------------------------------------------------------------------------------------------------


def clauses(draw: Random) -> Iterator[str]:
    """Clauses as lifecycle teams write them, each on an attribute of its own."""
    number = draw.randrange
    forms = [
        f"plan_type in ({', '.join(draw.sample(PLANS, 2))})",
        f"plan_type = {draw.choice(PLANS)}",
        f"stage != {draw.choice(STAGES)}",
        f"feature_usage > {10 * number(10)}",
        f"invites_sent between {number(3)} and {3 + number(9)}",
        f"health_score < {number(10) / 2 + 0.5}",
        f"trial_end_date within next {1 + number(14)} days",
        f"last_active more than {7 * (1 + number(8))} days ago",
        f"last_active within last {1 + number(30)} days",
        f"renewal_date within next {30 * (1 + number(3))} days",
        draw.choice(("is_admin", "not is_admin")),
        "beta_tester is unknown",
        f"job_title contains {draw.choice(('head', 'engineer', 'support', 'ops'))}",
        f"company.tier = {draw.choice(('silver', 'gold'))}",
        f"company.seats > {5 * (1 + number(20))}",
        f"event invite_sent count >= {1 + number(4)} within last {7 * (1 + number(4))} days",
        f"not event report_exported within last {30 * (1 + number(2))} days",
        f"tag '{draw.choice(('vip', 'partner', 'investor'))}'",
    ]
    draw.shuffle(forms)
    yield from forms


def rule_text(draw: Random, atoms: int) -> str:
    """So many clauses, of which two stand under `or`."""
    found: list[str] = []
    while len(found) < atoms:
        found += clauses(draw)
    first, second, *others = found[:atoms]
    return " and ".join([f"({first} or {second})", *others])


def compiled(text: str) -> Predicate:
    predicate, diagnostics = compile_rule(Excerpt.from_text(text, "<rule>"), SCHEMA)
    assert predicate is not None, diagnostics
    return predicate


def segments(count: int) -> dict[str, Predicate]:
    draw = Random(count)
    return {f"segment_{number}": compiled(rule_text(draw, 3 + number % 4)) for number in range(count)}


# --- measuring ----------------------------------------------------------------------------------------------


def seconds(work: Callable[[], object]) -> float:
    """Seconds of the processor, which do not hang on what else a machine does."""
    begin = time.process_time()
    work()
    return time.process_time() - begin


def decide_alone(rule: Predicate, world: World) -> Verdict:
    """Whether anybody satisfies the rule, without the tests that clash, which z3 is not asked for either."""
    return decide(rule, world, explain=False)


def questions(rules: Mapping[str, Predicate]) -> list[Predicate]:
    """All that a matrix answers: of each rule who is inside and outside, of two who is in both, and in one alone."""
    listed = list(rules.values())
    asked: list[Predicate] = [question for rule in listed for question in (rule, Not(rule))]
    for place, first in enumerate(listed):
        for second in listed[place + 1 :]:
            asked += [
                chain(And, (first, second)),
                chain(And, (first, Not(second))),
                chain(And, (second, Not(first))),
            ]
    return asked


def cost(rule: Predicate, decider: Callable[[Predicate, World], object], rounds: int = 1) -> float:
    """Seconds that it takes to decide a rule, the best of some rounds."""
    return min(seconds(lambda: decider(rule, WORLD)) for _ in range(rounds))


def print_by_atoms() -> None:
    print(f"is anybody in both of two rules, processor time, median of {PAIRS} pairs")
    draw = Random(1)
    for atoms in ATOMS:
        pairs = [[compiled(rule_text(draw, atoms)) for _ in range(2)] for _ in range(PAIRS)]
        asked = [chain(And, pair) for pair in pairs]
        own, by_z3 = (
            median(cost(rule, decider) for rule in asked) for decider in (decide_alone, find_assignment)
        )
        print(
            f"  {atoms:>2} clauses each  {1000 * own:8.3f} ms  z3 {1000 * by_z3:7.2f} ms  {by_z3 / own:6.1f}x"
        )
        if atoms == REPORTED_ATOMS:
            report("two rules", ratios=(own / by_z3,), seconds=own, memory=own_peak())


def print_matrix(count: int) -> None:
    rules = segments(count)
    matrix = None

    def relate() -> None:
        nonlocal matrix
        matrix = relate_all(rules, WORLD)

    own = seconds(relate)
    assert matrix is not None
    unknown = sum(relation.name == "unknown" for relation in matrix.pairs.values())
    asked = questions(rules)
    sampled = Random(2).sample(asked, min(ASKED_OF_Z3, len(asked)))
    by_z3 = seconds(lambda: [find_assignment(rule, WORLD) for rule in sampled]) / len(sampled) * len(asked)
    print(f"all pairs of {count} segments, {len(asked):,} questions, {unknown} pairs unknown")
    report("200 segments", ratios=(own / by_z3,), seconds=own, memory=own_peak())


def print_large_matrix(count: int) -> None:
    """In a process of its own, for its memory."""
    command = [sys.executable, __file__, "--segments", str(count)]
    found = json.loads(subprocess.run(command, check=True, capture_output=True).stdout)
    report(
        "500 segments",
        seconds=found["seconds"],
        memory=found["memory"],
        figures=f"{found['for it']:.0f} MB of them for it",
    )


def print_alone(count: int) -> None:
    """Time and memory of a matrix in this process, as JSON."""
    rules = segments(count)
    before = own_peak()
    taken = seconds(lambda: relate_all(rules, WORLD))
    most = own_peak()
    print(json.dumps({"seconds": taken, "memory": most, "for it": most - before}))


def print_hard_rules() -> None:
    from support.proofs.adversarial import (
        hard_rules,  # with all of Hypothesis, which the matrix is measured without
    )

    print("rules that are made to be hard, best of 3")
    of_z3: list[float] = []
    for name, rule in hard_rules():
        undecided = (
            isinstance(decide(rule, WORLD), Unknown),
            isinstance(find_assignment(rule, WORLD), Undecided),
        )
        own, by_z3 = cost(rule, decide_alone, 3), cost(rule, find_assignment, 3)
        said = "".join(
            f", undecided{of}" for of, is_so in zip(("", " by z3"), undecided, strict=True) if is_so
        )
        print(f"  {name:<38} {1000 * own:8.1f} ms  z3 {1000 * by_z3:8.1f} ms  {own / by_z3:5.2f}x{said}")
        of_z3.append(own / by_z3)
    report("hard rules", ratios=(max(of_z3),), memory=own_peak(), figures=f"the best {min(of_z3):.2f}x")


# `check` as a program, and the same with nothing proved.
CHECK = """\
import sys
from intercom_iac.application import checking
if sys.argv.pop(1) == "without":
    checking.prove_every_workspace = lambda project, specs, world: specs
from intercom_iac.__main__ import main
main()
"""


def compare_check(row: str, project: Path) -> None:
    """`check` with and without proofs: the ratio, and the seconds between them. The memory would be that of this
    program at least."""
    arguments = ("check", "--project", str(project), "--today", str(TODAY))
    programs = {how: [sys.executable, "-c", CHECK, how, *arguments] for how in ("without", "with")}
    runs = run_in_turn(programs, ROUNDS, environment=installed_environment())
    without, proved = runs["without"], runs["with"]
    more = median(run.processor for run in proved) - median(run.processor for run in without)
    report(row, ratios=ratios(proved, without), seconds=more)


def compare_checks() -> None:
    with tempfile.TemporaryDirectory() as folder:
        root = Path(folder) / "project"
        compare_check("check here", Path(__file__).parents[1])
        (root / "specs").mkdir(parents=True)
        (root / "intercom-iac.yaml").write_text(PROJECT)
        (root / "specs" / "all.yaml").write_text(specs(500))
        compare_check("check of 500", root)


def specs(count: int) -> str:
    """A spec file with the attributes, the events and so many segments."""
    lines = ["version: 1", "attributes:"]
    for model in ("contact", "company"):
        lines.append(f"  {model}:")
        for attribute in SCHEMA.attributes.values():
            if attribute.model == model:
                options = f", options: [{', '.join(attribute.options)}]" if attribute.options else ""
                lines.append(f"    {attribute.name}: {{type: {attribute.type}{options}}}")
    lines += [
        "events:",
        "  invite_sent: {metadata: {count: {type: integer}}}",
        "  report_exported: {}",
        "segments:",
    ]
    draw = Random(count)
    for number in range(count):
        rule = rule_text(draw, 3 + number % 4)
        lines += [f"  segment_{number}:", f"    name: Segment {number}", f'    rule: "{rule}"']
    return "\n".join(lines) + "\n"


def main() -> None:
    parser = argparse.ArgumentParser()
    parser.add_argument("--segments", type=int)
    count = parser.parse_args().segments
    if count is not None:
        print_alone(count)
        return
    decide(compiled("plan_type = pro"), WORLD)
    find_assignment(compiled("plan_type = pro"), WORLD)
    print_by_atoms()
    print_matrix(200)
    print_large_matrix(500)
    print_hard_rules()
    compare_checks()


if __name__ == "__main__":
    main()
