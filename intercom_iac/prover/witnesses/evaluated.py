"""A witness that a rule was asked of."""

from __future__ import annotations

from intercom_iac.lazy_dataclass import dataclass

from ..witness import Witness


@dataclass(frozen=True, slots=True)
class EvaluatedWitness:
    """A witness of a file, and whether it satisfies a rule.

    `place` are the keys that lead to it in the file, joined by dots; nothing where the file is the witness.
    `description` is the person in a line. `reads_days`: the rule does, so that the day decides.
    """

    place: str
    witness: Witness
    holds: bool
    description: str
    reads_days: bool

    @property
    def id(self) -> str:
        """The id of the contact, or its email where it has none."""
        contact = self.witness.person.contact
        return str(contact.get("id") or contact.get("email") or "")
