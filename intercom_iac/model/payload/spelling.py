"""Names that differ by case and separators alone: `plan_type`, `planType` and `Plan-Type`."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from intercom_iac.lazy_pattern import lazy_pattern

# Letters and digits of any script are words, as where generated code puts them together in camel case.
_SEPARATORS = lazy_pattern(r"[\W_]+")


def fold_name(name: str) -> str:
    """A name without case and without what separates its words; one that has no words as it is."""
    return _SEPARATORS.sub("", name).casefold() or name


def by_folded_name(names: Iterable[str]) -> Mapping[str, str]:
    """Folded name -> the name; of several alike the first."""
    folded: dict[str, str] = {}
    for name in names:
        folded.setdefault(fold_name(name), name)
    return folded
