"""What rules mean: whether anybody can satisfy one, how two stand to each other, and who shows it.

Sound: "nobody" is said where it is proved, "somebody" with a person whom `rules.meaning` was asked about, and
otherwise "unknown", with the clause that is the reason. Imports `compilers` and what is below it; knows predicates
and the schema, nothing of YAML or the workspace.
"""

from typing import TYPE_CHECKING

from intercom_iac.lazy import lazy_names

if TYPE_CHECKING:
    from .deciding import decide, depth_reason, relate_rule, relate_rules
    from .matrix import relate_all
    from .relations.places import clause_span, clause_text
    from .relations.related import NamedRule, RelatedPair, RelatedRule, RelatedSegments
    from .relations.schema import relate_schema
    from .verdicts import Matrix, PairRelation, RuleRelation, Satisfiable, Unknown, Unsatisfiable, Verdict
    from .witness import Witness
    from .witnesses.building import build_witness
    from .witnesses.choice import ChosenPerson, ChosenSubject
    from .witnesses.describing import describe_witness
    from .witnesses.encoding import decode_witness, encode_witness
    from .witnesses.evaluated import EvaluatedWitness
    from .witnesses.other_identity import with_other_identity
    from .witnesses.required_keys import RequiredKeys

__all__ = [
    "ChosenPerson",
    "ChosenSubject",
    "EvaluatedWitness",
    "Matrix",
    "NamedRule",
    "PairRelation",
    "RelatedPair",
    "RelatedRule",
    "RelatedSegments",
    "RequiredKeys",
    "RuleRelation",
    "Satisfiable",
    "Unknown",
    "Unsatisfiable",
    "Verdict",
    "Witness",
    "build_witness",
    "clause_span",
    "clause_text",
    "decide",
    "decode_witness",
    "depth_reason",
    "describe_witness",
    "encode_witness",
    "relate_all",
    "relate_rule",
    "relate_rules",
    "relate_schema",
    "with_other_identity",
]

__getattr__ = lazy_names(
    __name__,
    {
        "relations.places": ["clause_span", "clause_text"],
        "relations.related": ["NamedRule", "RelatedPair", "RelatedRule", "RelatedSegments"],
        "relations.schema": ["relate_schema"],
        "deciding": ["decide", "depth_reason", "relate_rule", "relate_rules"],
        "matrix": ["relate_all"],
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
        "witnesses.other_identity": ["with_other_identity"],
        "witnesses.required_keys": ["RequiredKeys"],
        "witnesses.evaluated": ["EvaluatedWitness"],
    },
)
