"""Operators that say the same: signs, amounts such as `more than`, and sides of a day such as `after`."""

from __future__ import annotations

from collections.abc import Mapping
from types import MappingProxyType
from typing import Literal

from intercom_iac.model.predicate import Amount, OrderComparison

_WORDS: dict[OrderComparison, Amount] = {
    "=": "exactly",
    "<": "less than",
    "<=": "at most",
    ">": "more than",
    ">=": "at least",
}
_SIDES: dict[OrderComparison, Literal["before", "on", "after"]] = {"<": "before", "=": "on", ">": "after"}

SIGNS: Mapping[str, OrderComparison] = MappingProxyType(
    {**{sign: sign for sign in _WORDS}, **{amount: sign for sign, amount in _WORDS.items()}}
)
"""What signs and amounts say, as a sign."""
AMOUNTS: Mapping[str, Amount] = MappingProxyType({operator: _WORDS[sign] for operator, sign in SIGNS.items()})
"""What signs and amounts say of a number of days, in words."""
SIDES: Mapping[str, Literal["before", "on", "after"]] = MappingProxyType(
    {operator: _SIDES[sign] for operator, sign in SIGNS.items() if sign in _SIDES}
)
"""What they say of a day, in words; `<=` and `>=` have none."""
