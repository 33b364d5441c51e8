"""The person of a witness under another name, where two of them are shown beside each other."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import replace
from typing import Any, cast
from zoneinfo import ZoneInfo

from intercom_iac.model import Person, Predicate
from intercom_iac.rules.meaning import satisfies

from ..witness import Witness

_NAME, _OTHER_NAME = "ada@", "grace@"


def with_other_identity(witness: Witness, rule: Predicate) -> Witness:
    """The same person, called `grace` in place of `ada`; the witness itself where the rule would not hold then."""
    contact = witness.person.contact
    identity, email = contact.get("id"), contact.get("email")
    others: dict[str, str] = {}
    if isinstance(identity, str) and identity:
        others[identity] = f"{identity[:-1]}{'2' if identity[-1] != '2' else '3'}"
    if isinstance(email, str) and email.startswith(_NAME):
        others[email] = f"{_OTHER_NAME}{email.removeprefix(_NAME)}"
    person = Person(
        _replace_texts(contact, others),
        tuple(_replace_texts(company, others) for company in witness.person.companies),
        tuple(_replace_texts(event, others) for event in witness.person.events),
    )
    holds = satisfies(person, rule, today=witness.today, zone=ZoneInfo(witness.zone))
    return replace(witness, person=person) if holds else witness


def _replace_texts(value: Any, others: Mapping[str, str]) -> Any:
    """JSON with these texts in the place of others, wherever they are a whole value."""
    if isinstance(value, str):
        return others.get(value, value)
    if isinstance(value, Mapping):
        return {key: _replace_texts(inner, others) for key, inner in cast("Mapping[str, Any]", value).items()}
    if isinstance(value, (list, tuple)):
        return [_replace_texts(inner, others) for inner in cast("Iterable[Any]", value)]
    return value
