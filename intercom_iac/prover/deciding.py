"""The questions that a proof answers."""

from __future__ import annotations

from itertools import product
from zoneinfo import ZoneInfo

from intercom_iac.model import Predicate
from intercom_iac.model.predicate import (
    And,
    InIntercomSegment,
    Not,
    intercom_segments_of,
    levels_of,
    reads_days,
)
from intercom_iac.model.world import World
from intercom_iac.rules.meaning import satisfies
from intercom_iac.rules.normal import chain, normal_form

from .conflicts import Outline, last_day
from .solver.clauses import Budget
from .solver.models import Model
from .solver.procedure import Refutation, Undecided, find_model_or_refutation
from .solver.space import Space
from .unknown_segments import answer_segments
from .verdicts import PairRelation, RuleRelation, Satisfiable, Unknown, Unsatisfiable, Verdict
from .witness import Witness
from .witnesses.building import build_witness
from .witnesses.own_address import with_own_address

# Steps of the search that a question may take; a step is some microseconds. Where z3 is installed it is asked about
# what takes more than the fewer ones beside a step for each clause, since it searches faster.
STEPS, _FEWER_STEPS = 100_000, 4_000
# So many levels a rule may have; what is proved of one takes time for each of them.
MOST_LEVELS = 160
# And the search for the smallest conflict; more where the proof took more.
_EXPLAINING_STEPS = 4_000
# And for the last day on which a rule could hold, without which a message says less than is known.
_DATING_STEPS = 30_000
# So many segments of Intercom's are tried in each way they can be.
_MOST_SEGMENTS = 4


def decide(rule: Predicate, world: World, *, explain: bool = True, tells_last_day: bool = True) -> Verdict:
    """Whether anybody satisfies the rule on any day of the world.

    `explain`: where nobody does, the tests that clash, and with `tells_last_day` the last day before the world on
    which somebody could. What the procedure does not decide is asked of z3, where that is installed.
    """
    if (depth := depth_reason(rule)) is not None:
        return Unknown(depth)
    if intercom_segments_of(rule):
        return _decide_with_segments(rule, world, explain=explain)
    space = Space([rule], world)
    outline = Outline(rule, space) if explain else None
    parts = [space.clauses(space.formula(rule))] if outline is None else outline.clauses()
    budget = Budget(_FEWER_STEPS + sum(part.size for part in parts))
    outcome = find_model_or_refutation(space, parts, budget)
    verdict = _verdict(rule, world, outcome)
    if isinstance(verdict, Unknown):
        verdict = _asked_again(rule, world, verdict, explain=explain)
    if isinstance(verdict, Unknown):
        budget = Budget(STEPS)
        outcome = find_model_or_refutation(space, parts, budget)
        verdict = _verdict(rule, world, outcome, otherwise=verdict)
    if outline is None or not isinstance(verdict, Unsatisfiable) or verdict.conflict:
        return verdict
    refutation = outcome if isinstance(outcome, Refutation) else Refutation(frozenset(range(len(parts))))
    steps = max(_EXPLAINING_STEPS, budget.spent)
    if not tells_last_day:
        return Unsatisfiable(outline.conflict(refutation, Budget(steps)))
    return _explain_refutation(rule, world, outline, refutation, steps)


def depth_reason(rule: Predicate) -> str | None:
    """Why nothing is proved of a rule that refers to others through very many; None of one that does not."""
    levels = levels_of(rule)
    if levels <= MOST_LEVELS:
        return None
    return f"with the segments it refers to it has {levels:,} levels, and proofs follow {MOST_LEVELS}"


def _verdict(
    rule: Predicate,
    world: World,
    outcome: Model | Undecided | Refutation,
    *,
    otherwise: Unknown | None = None,
) -> Verdict:
    match outcome:
        case Refutation():
            return Unsatisfiable()
        case Undecided(reason=reason, clause=clause):
            return otherwise or Unknown(reason, clause)
        case Model():
            witness = witness_of(outcome, world)
            if is_satisfied(rule, witness):
                return Satisfiable(with_own_address(witness, lambda other: is_satisfied(rule, other)))
            return Unknown("the person who was found does not satisfy it")


def _explain_refutation(
    rule: Predicate, world: World, outline: Outline, refutation: Refutation, steps: int
) -> Unsatisfiable:
    conflict = outline.conflict(refutation, Budget(steps))
    return Unsatisfiable(
        conflict, last_day(rule, world, _DATING_STEPS) if any(map(reads_days, conflict)) else None
    )


def _asked_again(rule: Predicate, world: World, verdict: Unknown, *, explain: bool) -> Verdict:
    """What z3 says of a rule; what was not decided before stays so where it does not decide it either."""
    from .smt import decide_with_smt

    answer = decide_with_smt(rule, world, explain=explain)
    if not isinstance(answer, Unknown):
        return answer
    return Unknown(f"{verdict.reason}; {answer.reason}", verdict.clause or answer.clause)


def _decide_with_segments(rule: Predicate, world: World, *, explain: bool) -> Verdict:
    """The same for a rule that asks for segments of Intercom's, whose rules nobody knows.

    Nobody satisfies it where nobody does, whoever is in these. Somebody does who satisfies it in them or not.
    """
    space = Space([rule], world)
    outline, budget = Outline(rule, space), Budget(STEPS)
    outcome = find_model_or_refutation(space, outline.clauses(), budget)
    if isinstance(outcome, Refutation):
        if not explain:
            return Unsatisfiable()
        return _explain_refutation(rule, world, outline, outcome, max(_EXPLAINING_STEPS, budget.spent))
    opened = normal_form(rule)
    whoever = answer_segments(opened, _fails)
    if not isinstance(whoever, bool) and isinstance(
        verdict := decide(whoever, world, explain=False), Satisfiable
    ):
        return verdict
    if isinstance(outcome, Model) and _holds_for_all_members(opened, witness := witness_of(outcome, world)):
        return Satisfiable(witness)
    segment = intercom_segments_of(rule)[0]
    return Unknown(f"only Intercom knows who is in the segment `{segment.name}`", segment)


def _fails(_segment: InIntercomSegment, _holds: bool) -> bool:
    return False


def _holds_for_all_members(rule: Predicate, witness: Witness) -> bool:
    """Whether the person satisfies the rule, whichever of Intercom's segments it is in."""
    names = sorted({segment.name for segment in intercom_segments_of(rule)})
    if len(names) > _MOST_SEGMENTS:
        return False
    for members in product((False, True), repeat=len(names)):
        is_in = dict(zip(names, members, strict=True))
        answer = answer_segments(rule, lambda segment, holds, is_in=is_in: is_in[segment.name] is holds)
        if not (answer if isinstance(answer, bool) else is_satisfied(answer, witness)):
            return False
    return True


def witness_of(model: Model, world: World) -> Witness:
    """The person of a model in the shapes of Intercom's API."""
    return build_witness(model.person, today=model.today, zone=world.zone)


def is_satisfied(rule: Predicate, witness: Witness) -> bool:
    """Whether `rules.meaning` says that the person satisfies the rule; the procedure is not trusted with that."""
    return satisfies(witness.person, rule, today=witness.today, zone=ZoneInfo(witness.zone))


def relate_rule(rule: Predicate, world: World, *, explain: bool = True) -> RuleRelation:
    """How a rule stands to everybody."""
    return RuleRelation(
        inside=decide(rule, world, explain=explain), outside=decide(Not(rule), world, explain=explain)
    )


def relate_rules(first: Predicate, second: Predicate, world: World, *, explain: bool = True) -> PairRelation:
    """How two rules stand to each other."""
    return PairRelation(
        both=decide(chain(And, (first, second)), world, explain=explain),
        first_only=decide(chain(And, (first, Not(second))), world, explain=explain),
        second_only=decide(chain(And, (second, Not(first))), world, explain=explain),
    )
