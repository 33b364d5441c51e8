"""Small changes of a rule: those that somebody could make by mistake, and those that show where its clauses begin and
end.

`mutations` are the mistakes that tests should notice; `boundaries` the changes whose difference to the rule is a
person at the edge of a clause. Both change the typed tree, never text.
"""

from typing import TYPE_CHECKING

from intercom_iac.lazy import lazy_names

if TYPE_CHECKING:
    from .mutant import Mutant, MutantKind, clause_text, mutant_text
    from .mutating import boundaries, mutations

__all__ = ["Mutant", "MutantKind", "boundaries", "clause_text", "mutant_text", "mutations"]

__getattr__ = lazy_names(
    __name__,
    {
        "mutant": ["Mutant", "MutantKind", "clause_text", "mutant_text"],
        "mutating": ["boundaries", "mutations"],
    },
)
