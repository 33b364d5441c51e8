"""A selection of what a source has: by patterns, and by how often an event was seen."""

from __future__ import annotations

from collections.abc import Sequence
from fnmatch import fnmatchcase

from intercom_iac.lazy_dataclass import dataclass
from intercom_iac.model.address_patterns import pattern_covers, pattern_kind


@dataclass(frozen=True, slots=True, kw_only=True)
class Selection:
    """`only` and `except_` are patterns of addresses, or of names where no kind stands in front: in specs, or in the
    source. What was seen less often than `min_volume` is left out."""

    only: tuple[str, ...] = ()
    except_: tuple[str, ...] = ()
    min_volume: int | None = None

    @property
    def patterns(self) -> tuple[tuple[str, str], ...]:
        """All patterns, each with its option."""
        return (
            *(("--only", pattern) for pattern in self.only),
            *(("--except", pattern) for pattern in self.except_),
        )

    def refusal(self, address: str, names: Sequence[str], volume: int | None) -> str | None:
        """The option that leaves something out; None where it is taken."""
        if self.only and not any(matches(pattern, address, names) for pattern in self.only):
            return "--only"
        if any(matches(pattern, address, names) for pattern in self.except_):
            return "--except"
        if self.min_volume is not None and volume is not None and volume < self.min_volume:
            return "--min-volume"
        return None


def matches(pattern: str, address: str, names: Sequence[str]) -> bool:
    """Whether a pattern is for the address, or, where it names no kind, for one of the names."""
    if pattern_covers(pattern, address):
        return True
    return pattern_kind(pattern) is None and any(fnmatchcase(name, pattern) for name in names)
