"""What a workspace has and what is wrong with it. Specs are not needed; where there are some, their rules count."""

from __future__ import annotations

from typing import TYPE_CHECKING

from .notices import Notify, SpecsNotRead, ignore_notice
from .surveying import read_survey, sample_request

if TYPE_CHECKING:
    from intercom_iac.auditing import Audit

    from .session import Session


def audit(session: Session, people: int, *, with_specs: bool = True, notify: Notify = ignore_notice) -> Audit:
    """The audit of the session's workspace, with a sample of so many people. Nothing is written.

    `with_specs`: what the project's rules read is among what would break. Specs with errors are not read, which is
    told. Raises `WorkspaceError`.
    """
    from intercom_iac.auditing import audit_workspace

    read_by = _read_by(session, notify) if with_specs else None
    surveyed = read_survey(session, sample_request(people), counts=True, notify=notify)
    return audit_workspace(
        surveyed.survey,
        surveyed.sample,
        today=session.day_in(),
        target=session.workspace.name,
        calls=surveyed.calls,
        read_by=read_by,
    )


def _read_by(session: Session, notify: Notify) -> dict[str, list[str]] | None:
    """What of the specs reads each address; None where there are none, or they are wrong."""
    specs = session.for_workspace(session.workspace.name).specs()
    if specs.is_empty:
        return None
    if specs.errors:
        notify(SpecsNotRead(len(specs.errors)))
        return None
    return specs.schema.needed_by()
