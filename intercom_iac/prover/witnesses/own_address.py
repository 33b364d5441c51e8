"""A person whose email is an address in the domain that rules ask for, where the two were chosen apart."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace

from ..witness import Witness


def with_own_address(witness: Witness, holds: Callable[[Witness], bool]) -> Witness:
    """The person with an address in its `email_domain`; the witness itself where that holds already, or would not
    hold of what is asked."""
    contact = witness.person.contact
    email, domain = contact.get("email"), contact.get("email_domain")
    if not isinstance(email, str) or not isinstance(domain, str) or not domain:
        return witness
    name, at, own = email.rpartition("@")
    if not at or own == domain:
        return witness
    person = replace(witness.person, contact={**contact, "email": f"{name}@{domain}"})
    moved = replace(witness, person=person)
    return moved if holds(moved) else witness
