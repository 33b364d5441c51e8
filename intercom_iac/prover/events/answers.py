"""What is asked about the metadata of an occurrence, and what an answer about occurrences is made of."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from datetime import date
from typing import Any

from intercom_iac.lazy_dataclass import dataclass
from intercom_iac.model.attribute import Field
from intercom_iac.model.person import Json
from intercom_iac.model.predicate import Predicate

from ..verdicts import Unknown

# The metadata of an occurrence that satisfies a rule over its keys on the day that is today; None where it is proved
# that there is none.
DecideMetadata = Callable[[Predicate, date], Mapping[str, Any] | Unknown | None]


@dataclass(frozen=True, slots=True)
class EventsHappen:
    """Occurrences that pass all the tests, as `rules.meaning` has confirmed.

    `today` is the day on which they do, `dates` the days that the contact's dates have for it; None for one that it
    does not have. The occurrences are `{event_name, created_at, metadata}`, as Intercom's API has them.
    """

    today: date
    dates: Mapping[Field, date | None]
    occurrences: tuple[Json, ...]
