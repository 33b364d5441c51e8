"""Chosen values -> a person in the shapes of Intercom's API (2.16 description, contact, company and event).

What was chosen is all that it holds, besides what tells one person or company from another: an id, an email, a name.
What a rule reads and has no value stays out, an email too.
"""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date, datetime, time
from typing import Any
from zoneinfo import ZoneInfo

from intercom_iac.model import STANDARD, Field, Person
from intercom_iac.model.person import Json

from ..domains.believable_texts import suggested_texts
from ..witness import Witness
from .choice import ChosenPerson, ChosenSubject, ChosenValue

_CONTACT_ID = "65f2c0a47b1d9e0012a4c3d1"
_COMPANY_ID = "65f2c0a47b1d9e0012a4c4{:02x}"
_TYPES_WITHIN = {"location": "location", "plan": "plan", "avatar": "avatar"}


def build_witness(chosen: ChosenPerson, *, today: date, zone: str) -> Witness:
    """The person with the chosen values. Days are at noon in the time zone, where no change of clocks falls."""
    time_zone = ZoneInfo(zone)
    companies = tuple(_company(company, number, time_zone) for number, company in enumerate(chosen.companies))
    contact = _contact(chosen.contact, companies, time_zone)
    events = tuple(_event(occurrence, contact) for occurrence in chosen.occurrences)
    return Witness(today=today, zone=zone, person=Person(contact, companies, events))


def noon(day: date, zone: ZoneInfo) -> int:
    """The noon of a day in the time zone, in unix seconds."""
    return int(datetime.combine(day, time(12), zone).timestamp())


def tag_list(names: tuple[str, ...]) -> dict[str, Any]:
    """A contact's tags, each with its name, which the API leaves out of a contact."""
    tags = [{"type": "tag", "id": str(7501 + number), "name": name} for number, name in enumerate(names)]
    return {"type": "list", "data": tags}


def _contact(chosen: ChosenSubject, companies: tuple[Json, ...], zone: ZoneInfo) -> dict[str, Any]:
    values = {"id": _CONTACT_ID, "role": "user", **_email(chosen.values)}
    contact = {"type": "contact", **_object("contact", values, chosen.values, zone)}
    if companies:
        listed = [{"type": "company", "id": company["id"]} for company in companies if "id" in company]
        contact["companies"] = {"type": "list", "data": listed}
    if chosen.tags:
        contact["tags"] = tag_list(chosen.tags)
    return contact


def _email(values: Mapping[Field, ChosenValue]) -> Mapping[str, str]:
    """An address in the domain that was chosen; none where it was chosen that there is no domain."""
    domain = next(
        (value for field, value in values.items() if _is_standard(field, "contact", "email_domain")),
        "example.com",
    )
    return {"email": f"ada@{domain}"} if domain else {}


def _company(chosen: ChosenSubject, number: int, zone: ZoneInfo) -> dict[str, Any]:
    names = suggested_texts(STANDARD["company", "name"].field())
    values = {"id": _COMPANY_ID.format(number), "name": names[number % len(names)]}
    company = {"type": "company", **_object("company", values, chosen.values, zone)}
    if chosen.tags:
        company["tags"] = {"type": "tag.list", "tags": tag_list(chosen.tags)["data"]}
    return company


def _object(
    owner: str, identity: Mapping[str, str], values: Mapping[Field, ChosenValue], zone: ZoneInfo
) -> dict[str, Any]:
    """The values where the API has them, and of what identifies the object, that for which none was chosen."""
    chosen = {field.name for field in values if not field.custom and field.owner == owner}
    found: dict[str, Any] = {key: value for key, value in identity.items() if key not in chosen}
    for field, value in values.items():
        if value is None:
            continue
        *path, key = field.path
        holder = found
        for outer in path:
            holder = holder.setdefault(
                outer, {"type": _TYPES_WITHIN[outer]} if outer in _TYPES_WITHIN else {}
            )
        holder[key] = noon(value, zone) if isinstance(value, date) else value
    return found


def _is_standard(field: Field, owner: str, name: str) -> bool:
    return not field.custom and (field.owner, field.name) == (owner, name)


def _event(occurrence: Json, contact: Json) -> dict[str, Any]:
    whose = {"intercom_user_id": contact["id"]} if "id" in contact else {}
    return {"type": "event", **whose, **occurrence}
