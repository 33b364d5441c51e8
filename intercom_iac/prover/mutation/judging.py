"""Which small mistakes in a rule its tests notice, and who would notice the others."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from typing import Literal

from intercom_iac.lazy_dataclass import dataclass
from intercom_iac.model import Predicate
from intercom_iac.model.world import World
from intercom_iac.rules.mutants import Mutant

from ..verdicts import Satisfiable, Unknown
from ..witness import Witness
from .differences import decide_any, differing_rules, first_meeting

MutantOutcome = Literal["killed", "survived", "equivalent", "unknown", "not tried"]


@dataclass(frozen=True, slots=True)
class JudgedMutant:
    """What became of a changed rule.

    `killed`: a test has another outcome under it. `survived`: none has, and `witness` would. `equivalent`: it is
    proved to say the same, so that nobody can notice. `unknown`: neither was decided, for the `reason`.
    """

    mutant: Mutant
    outcome: MutantOutcome
    witness: Witness | None = None
    reason: str | None = None


def judge_mutants(
    rule: Predicate,
    mutants: Iterable[Mutant],
    people: Sequence[Witness],
    world: World,
    *,
    may_go_on: Callable[[], bool] = lambda: True,
) -> tuple[JudgedMutant, ...]:
    """Asks of each changed rule whether the people of the tests notice it.

    A person who would notice one of them is asked about the others first, so that few people stand for many. Once it
    may not go on, what no test notices is not tried.
    """
    found: list[Witness] = []
    judged: list[JudgedMutant] = []
    for mutant in mutants:
        questions = differing_rules(rule, mutant.rule, None)
        if first_meeting(people, questions) is not None:
            judged.append(JudgedMutant(mutant, "killed"))
        elif (witness := first_meeting(found, questions)) is not None:
            judged.append(JudgedMutant(mutant, "survived", witness))
        elif not may_go_on():
            judged.append(JudgedMutant(mutant, "not tried"))
        else:
            match decide_any(questions, world):
                case Satisfiable(witness):
                    found.append(witness)
                    judged.append(JudgedMutant(mutant, "survived", witness))
                case Unknown(reason=reason):
                    judged.append(JudgedMutant(mutant, "unknown", reason=reason))
                case _:
                    judged.append(JudgedMutant(mutant, "equivalent"))
    return tuple(judged)
