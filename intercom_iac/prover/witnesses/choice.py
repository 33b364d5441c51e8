"""The values that a search for a person has chosen, before they are a person of Intercom's."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import field
from datetime import date

from intercom_iac.lazy_dataclass import dataclass
from intercom_iac.model import Field
from intercom_iac.model.person import Json
from intercom_iac.model.predicate import Value

ChosenValue = Value | date | None


@dataclass(frozen=True, slots=True)
class ChosenSubject:
    """The values of a contact or a company, by field, None for no value, and the names of its tags.

    A date is its day. A field that is not there is left to whoever builds the person.
    """

    values: Mapping[Field, ChosenValue] = field(default_factory=dict[Field, ChosenValue])
    tags: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class ChosenPerson:
    """A contact, its companies, and occurrences of events, as Intercom's API has these."""

    contact: ChosenSubject = field(default_factory=ChosenSubject)
    companies: tuple[ChosenSubject, ...] = ()
    occurrences: tuple[Json, ...] = ()
