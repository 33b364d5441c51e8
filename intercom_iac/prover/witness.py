"""The person who shows what a proof says, with the day on which."""

from __future__ import annotations

from datetime import date

from intercom_iac.lazy_dataclass import dataclass
from intercom_iac.model import Person


@dataclass(frozen=True, slots=True)
class Witness:
    """A person in the shapes of Intercom's API, the day that is today for it, and the time zone of days."""

    today: date
    zone: str
    person: Person
