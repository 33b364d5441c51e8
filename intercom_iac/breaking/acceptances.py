"""Breaking changes that were agreed on: which entries of the project file accept which changes, on a day."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import date

from intercom_iac.diagnostics import Diagnostic
from intercom_iac.diagnostics.codes.breaking import acceptances as codes
from intercom_iac.project import Acceptance
from intercom_iac.text import did_you_mean

from .change import SchemaChange


def acceptance_of(change: SchemaChange, acceptances: Sequence[Acceptance], today: date) -> Acceptance | None:
    """The entry that accepts a breaking change on this day."""
    return next(
        (acceptance for acceptance in acceptances if _is_for(acceptance, change) and acceptance.holds(today)),
        None,
    )


def check_acceptances(
    acceptances: Sequence[Acceptance], changes: Sequence[SchemaChange], today: date, against: str
) -> Iterator[Diagnostic]:
    """The entries that have expired while their change is there, and those whose change is not there."""
    for acceptance in acceptances:
        if not any(_is_for(acceptance, change) for change in changes):
            yield codes.ACCEPTANCE_UNUSED.at(
                acceptance.span,
                f"there is no {acceptance.code} at `{acceptance.address}` against `{against}`",
                hint=_suggestion(acceptance, changes)
                or "remove the entry: the change is merged, or was taken back",
            )
        elif not acceptance.holds(today):
            yield expiry_diagnostic(acceptance)


def expiry_diagnostic(acceptance: Acceptance) -> Diagnostic:
    """An error for an entry whose last day is over."""
    return codes.ACCEPTANCE_EXPIRED.at(
        acceptance.span,
        f"{acceptance.code} at `{acceptance.address}` was accepted until {acceptance.expires.isoformat()}",
        hint="take the change back, or agree on another day",
    )


def _is_for(acceptance: Acceptance, change: SchemaChange) -> bool:
    return change.level == "breaking" and (acceptance.address, acceptance.code) == (
        change.address,
        change.code,
    )


def _suggestion(acceptance: Acceptance, changes: Sequence[SchemaChange]) -> str | None:
    """A hint with what the entry may have been meant for."""
    breaking = [change for change in changes if change.level == "breaking"]
    here = [change.code for change in breaking if change.address == acceptance.address]
    if here:
        return f"what breaks there is {', '.join(dict.fromkeys(here))}"
    return did_you_mean(
        acceptance.address, [change.address for change in breaking if change.code == acceptance.code]
    )
