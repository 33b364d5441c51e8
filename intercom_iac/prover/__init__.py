"""What rules mean: whether anybody can satisfy one, how two stand to each other, and who shows it.

Sound: "nobody" is said where it is proved, "somebody" with a person whom `rules.meaning` was asked about, and
otherwise "unknown", with the clause that is the reason. Imports `compilers` and what is below it; knows predicates
and the schema, nothing of YAML or the workspace.
"""

from typing import TYPE_CHECKING

from intercom_iac.lazy import lazy_names

if TYPE_CHECKING:
    from .deciding import decide, relate_all, relate_rule, relate_rules
    from .verdicts import Matrix, PairRelation, RuleRelation, Satisfiable, Unknown, Unsatisfiable, Verdict
    from .witness import Witness
    from .witnesses.building import build_witness
    from .witnesses.choice import ChosenPerson, ChosenSubject
    from .witnesses.describing import describe_witness
    from .witnesses.encoding import decode_witness, encode_witness
    from .witnesses.evaluated import EvaluatedWitness

__all__ = [
    "ChosenPerson",
    "ChosenSubject",
    "EvaluatedWitness",
    "Matrix",
    "PairRelation",
    "RuleRelation",
    "Satisfiable",
    "Unknown",
    "Unsatisfiable",
    "Verdict",
    "Witness",
    "build_witness",
    "decide",
    "decode_witness",
    "describe_witness",
    "encode_witness",
    "relate_all",
    "relate_rule",
    "relate_rules",
]

__getattr__ = lazy_names(
    __name__,
    {
        "deciding": ["decide", "relate_all", "relate_rule", "relate_rules"],
        "verdicts": [
            "Matrix",
            "PairRelation",
            "RuleRelation",
            "Satisfiable",
            "Unknown",
            "Unsatisfiable",
            "Verdict",
        ],
        "witness": ["Witness"],
        "witnesses.building": ["build_witness"],
        "witnesses.choice": ["ChosenPerson", "ChosenSubject"],
        "witnesses.describing": ["describe_witness"],
        "witnesses.encoding": ["decode_witness", "encode_witness"],
        "witnesses.evaluated": ["EvaluatedWitness"],
    },
)
