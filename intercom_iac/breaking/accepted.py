"""Breaking changes that were agreed on: which entries of the project file accept which changes, on a day."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date

from intercom_iac.diagnostics import Diagnostic
from intercom_iac.diagnostics.codes import back_gate as codes
from intercom_iac.text import Span, did_you_mean

from .change import SchemaChange


@dataclass(frozen=True, slots=True)
class Acceptance:
    """An entry of `accept`. `expires` is the last day on which it holds."""

    address: str
    code: str
    reason: str
    expires: date
    span: Span | None = None

    def holds(self, today: date) -> bool:
        return today <= self.expires

    @property
    def in_words(self) -> str:
        return f"accepted until {self.expires.isoformat()}: {self.reason}"


def acceptance_of(change: SchemaChange, acceptances: Sequence[Acceptance], today: date) -> Acceptance | None:
    """The entry that accepts a breaking change on this day."""
    return next((each for each in acceptances if _meant(each, change) and each.holds(today)), None)


def check_acceptances(
    acceptances: Sequence[Acceptance], changes: Sequence[SchemaChange], today: date, against: str
) -> Iterator[Diagnostic]:
    """The entries that have expired while their change is there, and those whose change is not there."""
    for each in acceptances:
        found = [change for change in changes if _meant(each, change)]
        if not found:
            yield codes.ACCEPTANCE_UNUSED.at(
                each.span,
                f"there is no {each.code} at `{each.address}` against `{against}`",
                hint=_instead(each, changes) or "remove the entry: the change is merged, or was taken back",
            )
        elif not each.holds(today):
            yield expired(each)


def expired(acceptance: Acceptance) -> Diagnostic:
    """That an entry was for an earlier day than this."""
    return codes.ACCEPTANCE_EXPIRED.at(
        acceptance.span,
        f"{acceptance.code} at `{acceptance.address}` was accepted until {acceptance.expires.isoformat()}",
        hint="take the change back, or agree on another day",
    )


def _meant(each: Acceptance, change: SchemaChange) -> bool:
    return change.level == "breaking" and (each.address, each.code) == (change.address, change.code)


def _instead(each: Acceptance, changes: Sequence[SchemaChange]) -> str | None:
    """What the entry may have been meant for."""
    breaking = [change for change in changes if change.level == "breaking"]
    here = [change.code for change in breaking if change.address == each.address]
    if here:
        return f"what breaks there is {', '.join(dict.fromkeys(here))}"
    return did_you_mean(each.address, [change.address for change in breaking if change.code == each.code])
