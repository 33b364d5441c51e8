"""What the project file says to `drift`: the findings that are known and left as they are, as values."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

from intercom_iac.diagnostics import Diagnostic, Related
from intercom_iac.diagnostics.codes import drift as drift_codes
from intercom_iac.diagnostics.codes import spec as codes
from intercom_iac.lazy_dataclass import dataclass
from intercom_iac.text import Span
from intercom_iac.yaml.nodes import Document

from .days import parse_day
from .settings import IgnoredDriftSettings, ProjectSettings


@dataclass(frozen=True, slots=True)
class IgnoredDrift:
    """A pattern of addresses whose drift is left as it is. `until` is the last day of that, None for good; `span` is
    where the pattern stands in the project file."""

    pattern: str
    reason: str
    until: date | None = None
    span: Span | None = None

    def holds(self, today: date) -> bool:
        return self.until is None or today <= self.until


def parse_ignored_drift(
    document: Document, settings: ProjectSettings
) -> tuple[tuple[IgnoredDrift, ...], list[Diagnostic]]:
    """The ignored drift of a project file, and what is wrong with it as it is written."""
    ignored: list[IgnoredDrift] = []
    diagnostics: list[Diagnostic] = []
    first: dict[str, int] = {}
    for index, entry in enumerate(settings.drift.ignore):
        span = document.span(("drift", "ignore", index, "address"))
        diagnostics += _check(document, index, entry)
        earlier = first.setdefault(entry.address, index)
        if earlier != index:
            at = document.span(("drift", "ignore", earlier, "address"))
            diagnostics.append(
                drift_codes.IGNORED_TWICE.at(
                    span,
                    f"`{entry.address}` is ignored already",
                    hint="keep one of the two entries",
                    related=(Related(at, "the first one stands here"),),
                )
            )
        until = None if entry.until is None else parse_day(entry.until)
        if entry.until is None or until is not None:
            ignored.append(IgnoredDrift(entry.address, entry.reason, until, span))
    return tuple(ignored), diagnostics


def _check(document: Document, index: int, entry: IgnoredDriftSettings) -> Iterator[Diagnostic]:
    path = ("drift", "ignore", index)
    if entry.until is not None and parse_day(entry.until) is None:
        yield codes.BAD_VALUE.at(
            document.span((*path, "until")),
            f"`{entry.until}` is no day of the calendar",
            hint="write the last day on which it is ignored, such as 2027-06-30",
        )
    for key in ("address", "reason"):
        if not getattr(entry, key).strip():
            yield codes.BAD_VALUE.at(
                document.span((*path, key)),
                f"`{key}` of ignored drift is empty",
                hint="write the address that `drift` prints" if key == "address" else "say why it may be",
            )
