"""What rules mean: whether anybody can satisfy one, how two stand to each other, and who shows it.

Sound: "nobody" is said where it is proved, "somebody" with a person whom `rules.meaning` was asked about, and
otherwise "unknown", with the clause that is the reason. Imports `compilers` and what is below it; knows predicates
and the schema, nothing of YAML or the workspace.
"""

from typing import TYPE_CHECKING

from intercom_iac.lazy import lazy_names

if TYPE_CHECKING:
    from .deciding import decide, relate_all, relate_rule, relate_rules
    from .relations.codec import encode_related, relate_schema
    from .relations.places import clause_span, clause_text
    from .relations.related import NamedRule, RelatedPair, RelatedRule, RelatedSegments
    from .relations.words import days_sentence, pair_sentence, relation_label, rule_sentence
    from .verdicts import Matrix, PairRelation, RuleRelation, Satisfiable, Unknown, Unsatisfiable, Verdict
    from .witness import Witness

__all__ = [
    "Matrix",
    "NamedRule",
    "PairRelation",
    "RelatedPair",
    "RelatedRule",
    "RelatedSegments",
    "RuleRelation",
    "Satisfiable",
    "Unknown",
    "Unsatisfiable",
    "Verdict",
    "Witness",
    "clause_span",
    "clause_text",
    "days_sentence",
    "decide",
    "encode_related",
    "pair_sentence",
    "relate_all",
    "relate_rule",
    "relate_rules",
    "relate_schema",
    "relation_label",
    "rule_sentence",
]

__getattr__ = lazy_names(
    __name__,
    {
        "deciding": ["decide", "relate_all", "relate_rule", "relate_rules"],
        "relations.codec": ["encode_related", "relate_schema"],
        "relations.places": ["clause_span", "clause_text"],
        "relations.related": ["NamedRule", "RelatedPair", "RelatedRule", "RelatedSegments"],
        "relations.words": ["days_sentence", "pair_sentence", "relation_label", "rule_sentence"],
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
    },
)
