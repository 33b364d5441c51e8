"""A person as rules see one: a contact with what belongs to it."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from intercom_iac.lazy_dataclass import dataclass

from .folding import fold

Json = Mapping[str, Any]


@dataclass(frozen=True, slots=True)
class Person:
    """A contact with what belongs to it, each as Intercom's API returns it.

    `contact` is the contact object; `companies` are the company objects of the companies it belongs to; `events`
    are `{event_name, created_at (unix seconds), metadata}`, in any order.
    """

    contact: Json
    companies: Sequence[Json] = ()
    events: Sequence[Json] = ()


def event_key(name: str) -> str:
    """What an event's name is to Intercom: any case is one, and `.` and `$` are stored as `-` (API reference)."""
    return fold(name).replace(".", "-").replace("$", "-")
