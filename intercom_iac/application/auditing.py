"""What a workspace has and what is wrong with it. Specs are not needed; where there are some, their rules count."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from intercom_iac.model import attribute_address

from .files import read_bytes
from .notices import Notify, SpecsNotRead, ignore_notice
from .surveying import read_survey, sample_request

if TYPE_CHECKING:
    from intercom_iac.auditing import Audit

    from .session import Session


def audit(
    session: Session,
    people: int,
    *,
    with_specs: bool = True,
    usages: Path | None = None,
    notify: Notify = ignore_notice,
) -> Audit:
    """The audit of the session's workspace, with a sample of so many people. Nothing is written.

    `with_specs`: what the project's rules read is among what would break. Specs with errors are not read, which is
    told. `usages` is a file of what `usages --format json` prints. Raises `WorkspaceError`, and `Misuse` for another
    file.
    """
    from intercom_iac.auditing import audit_workspace, decode_code_use

    code = None if usages is None else decode_code_use(read_bytes(usages), str(usages))
    read_by = _read_by(session, notify) if with_specs else None
    surveyed = read_survey(session, sample_request(people), counts=True, notify=notify)
    return audit_workspace(
        surveyed.survey,
        surveyed.sample,
        today=session.day_in(),
        target=session.workspace.name,
        calls=surveyed.calls,
        read_by=read_by,
        code=code,
    )


def _read_by(session: Session, notify: Notify) -> dict[str, list[str]] | None:
    """What of the specs reads each address; None where there are none, or they are wrong."""
    specs = session.for_workspace(session.workspace.name).specs()
    if specs.is_empty:
        return None
    if specs.errors:
        notify(SpecsNotRead(len(specs.errors)))
        return None
    readers = specs.schema.needed_by()
    for segment in specs.schema.segments.values():
        if "attribute" in segment.publish and segment.status != "archived":
            # Few people may have it, and whoever uses the segment reads it.
            readers.setdefault(attribute_address("contact", segment.key), []).append(segment.address)
    return readers
