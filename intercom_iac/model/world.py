"""The world that a proof about rules is over: its days, their time zone, and what is taken for granted of people."""

from __future__ import annotations

from datetime import date
from enum import StrEnum

from intercom_iac.lazy_dataclass import dataclass


class Assumption(StrEnum):
    """What is taken for granted of every person, and no rule says. Each can be turned off.

    `rules.meaning` asks for none of them: they are facts about Intercom, or about data that keeps to the specs.
    """

    DECLARED_OPTIONS = "declared_options"
    """A value of an attribute of type options is one of the declared ones (Intercom refuses others)."""
    PAST_TIMESTAMPS = "past_timestamps"
    """Intercom's own timestamps that lie in the past (`model.standard.is_never_future`) and days of events are not in
    the future."""
    WHOLE_NUMBERS = "whole_numbers"
    """An attribute of type integer holds whole numbers."""
    COUNTS_NOT_NEGATIVE = "counts_not_negative"
    """Intercom's own counts of a company, its people, its sessions and its size, are not negative
    (`model.standard.is_count`)."""
    SHORT_TEXTS = "short_texts"
    """A text has at most 255 characters (`model.limits`)."""
    KNOWN_ROLE = "known_role"
    """Every contact has a role, `user` or `lead`."""


@dataclass(frozen=True, slots=True)
class World:
    """The days that a proof is about, from `first` on; up to `last`, where that is said, else for ever.

    `zone` is the name of the time zone of days, such as `Europe/Dublin`; `without` are the assumptions that are
    turned off.
    """

    first: date
    last: date | None = None
    zone: str = "UTC"
    without: frozenset[Assumption] = frozenset()

    def assumes(self, assumption: Assumption) -> bool:
        return assumption not in self.without
