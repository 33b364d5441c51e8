"""Records that are or were sent, held to the specs; those that are invalid are set aside where that is asked for."""

from __future__ import annotations

import os
import sys
from collections.abc import Callable
from pathlib import Path
from typing import IO, TYPE_CHECKING

from intercom_iac.diagnostics import Misuse
from intercom_iac.lazy_dataclass import dataclass

from .files import staged_streams

if TYPE_CHECKING:
    from intercom_iac.model.payload import PayloadKind
    from intercom_iac.payloads import OnViolation, PayloadReport

    from .session import Session

_ERRORS_SUFFIX = ".errors.ndjson"


@dataclass(frozen=True, slots=True, kw_only=True)
class PayloadRequest:
    """What to check. `source` is a file, `-` standard input; `kind` None leaves it to the records to say what they
    are. `max_errors`: how many violations are told, None for all. `quarantine` is where invalid records go."""

    source: Path
    kind: PayloadKind | None = None
    max_errors: int | None = None
    quarantine: Path | None = None


def check_payloads(
    session: Session,
    request: PayloadRequest,
    *,
    on_violation: OnViolation | None = None,
    progress: Callable[[str, float], None] | None = None,
) -> PayloadReport:
    """What is wrong with the records. Violations go to `on_violation` as they are found, else into the report.

    The quarantine is written when all records are read, together with the file of mistakes beside it, or not at all.
    Raises `Misuse` for an input that cannot be read, `InvalidSpecs`, and `IntercomIacError` where a file cannot be
    written.
    """
    from intercom_iac.payloads import Quarantine, check_input

    def check(quarantine: Quarantine | None) -> PayloadReport:
        return check_input(
            request.source,
            schema,
            request.kind,
            today=session.day_in(),
            max_errors=request.max_errors,
            on_violation=on_violation,
            quarantine=quarantine,
            progress=progress,
        )

    schema = session.schema()
    if request.quarantine is None:
        return check(None)
    errors = errors_file(request.quarantine)
    for target in (request.quarantine, errors):
        _refuse_target(target, request.source)
    with staged_streams(request.quarantine, errors) as (records_stream, errors_stream):
        return check(Quarantine(records_stream, errors_stream))


def errors_file(quarantine: Path) -> Path:
    """The file beside a quarantine that says what is wrong with each of its records."""
    return quarantine.with_name(f"{quarantine.stem}{_ERRORS_SUFFIX}")


def _refuse_target(target: Path, source: Path) -> None:
    """Raises `Misuse` for a target that is the input, and for one that is there and is no file."""
    if str(target) == "-":
        raise Misuse("invalid records are set aside in a file", hint="name a file that `-` is not")
    try:
        # Where it will be written, which leaves out folders that there are not: `new/../records` is `records`.
        place = target.resolve()
        is_input = place.exists() and _is_input(place, source)
        is_other = place.exists() and not place.is_file()
    except (OSError, ValueError, RuntimeError) as error:
        raise Misuse(f"cannot write `{target}`: no file can have such a name or place") from error
    if is_input:
        raise Misuse(f"`{target}` is the input, which is not overwritten", hint="name another file")
    if is_other:
        raise Misuse(f"cannot write `{target}`: it is a folder, a pipe or a device", hint="name a file")


def _is_input(target: Path, source: Path) -> bool:
    """Whether a file that is there is the one that is read, by whatever name, or as standard input."""
    if str(source) != "-":
        return source.exists() and target.samefile(source)
    standard_input: IO[str] | None = sys.stdin  # None where the program was started with the stream closed
    if standard_input is None:
        return False
    try:
        status = os.fstat(standard_input.fileno())
    except OSError:
        return False
    return os.path.samestat(status, target.stat())
