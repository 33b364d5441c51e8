"""Comparisons beside a comparison: with its bound taken in or left out."""

from __future__ import annotations

from collections.abc import Mapping
from typing import cast

from intercom_iac.model.predicate import AnyComparison

_NEAR: Mapping[str, str] = {"<": "<=", "<=": "<", ">": ">=", ">=": ">"}


def nearby_comparison(comparison: AnyComparison) -> AnyComparison:
    """The comparison that differs in its bound alone; `=` and `!=` have none and stay."""
    return cast("AnyComparison", _NEAR.get(comparison, comparison))


def strictness(comparison: AnyComparison) -> tuple[AnyComparison, ...]:
    """What may be written for a comparison by mistake in its bound; for `=`, that more or less is enough too."""
    if comparison in _NEAR:
        return (nearby_comparison(comparison),)
    return cast("tuple[AnyComparison, ...]", (">=", "<=") if comparison == "=" else ())


def loosening_step(comparison: str) -> int:
    """The step of the bound by which a comparison of whole numbers comes to say what no other operator says: `> 5` is
    `>= 6`, so that 6 in `> 6` is the step."""
    return 1 if comparison in (">", "<=") else -1
