"""What the project file says to `breaking`: the changes it accepts, and the release, as values."""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import date
from functools import cache

from intercom_iac.diagnostics import Diagnostic, Family, Fix, Related, codes_of, family_of
from intercom_iac.diagnostics.codes import spec as codes
from intercom_iac.diagnostics.codes.breaking import acceptances, revisions
from intercom_iac.lazy_dataclass import dataclass
from intercom_iac.text import Span, did_you_mean
from intercom_iac.yaml.corrections import another_word, near_word
from intercom_iac.yaml.nodes import Document

from .days import parse_day
from .settings import RELEASE, AcceptedChange, ProjectSettings

# What it is accepted of, which is no entry of the specs.
_ALL_SPECS = "specs"

Version = tuple[int, int, int]


@dataclass(frozen=True, slots=True)
class Acceptance:
    """A breaking change that was agreed on. `expires` is the last day on which it is accepted; `span` is where its
    address stands in the project file."""

    address: str
    code: str
    reason: str
    expires: date
    span: Span | None = None

    def holds(self, today: date) -> bool:
        return today <= self.expires

    @property
    def text(self) -> str:
        """The entry as reports tell it."""
        return f"accepted until {self.expires.isoformat()}: {self.reason}"


def parse_acceptances(
    document: Document, settings: ProjectSettings
) -> tuple[tuple[Acceptance, ...], list[Diagnostic]]:
    """The accepted changes of a project file, those with a date, and what is wrong with them as they are written."""
    acceptances: list[Acceptance] = []
    diagnostics: list[Diagnostic] = []
    first: dict[tuple[str, str], int] = {}
    for index, accepted_change in enumerate(settings.accept):
        span = document.span(("accept", index, "address"))
        diagnostics += _check(document, index, accepted_change)
        earlier = first.setdefault((accepted_change.address, accepted_change.code), index)
        if earlier != index:
            diagnostics.append(_accepted_twice(document, accepted_change, span, earlier))
        if (expires := parse_day(accepted_change.expires)) is not None:
            acceptances.append(
                Acceptance(
                    address=accepted_change.address,
                    code=accepted_change.code,
                    reason=accepted_change.reason,
                    expires=expires,
                    span=span,
                )
            )
    return tuple(acceptances), diagnostics


def parse_release(document: Document, settings: ProjectSettings) -> tuple[Version | None, list[Diagnostic]]:
    """The release of a project file, None where it names none, and what is wrong with it as it is written."""
    if settings.release is None:
        return None, []
    release = parse_version(settings.release)
    if release is not None:
        return release, []
    return None, [
        codes.BAD_VALUE.at(
            document.span(("release",)),
            "`release` is no version of three numbers",
            hint="write one such as `2.3.0`, without a `v` before it and without a suffix",
            fix=_without_v(document, settings.release),
        )
    ]


def _without_v(document: Document, release: str) -> Fix | None:
    """The release without the `v` that tags have before it."""
    version = release[1:]
    if release[:1] not in ("v", "V") or parse_version(version) is None:
        return None
    return another_word(document.span(("release",)), release, version)


def parse_version(text: str) -> Version | None:
    """`2.3.0` as numbers; None for what is no version of three numbers."""
    match = re.fullmatch(RELEASE, text)
    try:
        return None if match is None else (int(match[1]), int(match[2]), int(match[3]))
    except ValueError:
        # Thousands of digits, which Python does not read.
        return None


def _accepted_twice(
    document: Document, accepted_change: AcceptedChange, span: Span, earlier: int
) -> Diagnostic:
    return acceptances.ACCEPTS_NOTHING.at(
        span,
        f"{accepted_change.code} at `{accepted_change.address}` is accepted already",
        hint="keep one of the two entries",
        related=(Related(document.span(("accept", earlier, "address")), "the first one stands here"),),
    )


def _check(document: Document, index: int, accepted_change: AcceptedChange) -> Iterator[Diagnostic]:
    if accepted_change.code not in _acceptable_codes():
        yield acceptances.ACCEPTS_NOTHING.at(
            document.span(("accept", index, "code")),
            f"`{accepted_change.code}` is not the code of a breaking change",
            hint=_acceptable_hint(accepted_change.code),
            fix=None
            if family_of(accepted_change.code) is Family.BACK
            else near_word(
                document.span(("accept", index, "code")), accepted_change.code, _acceptable_codes()
            ),
        )
    if accepted_change.code == revisions.NOT_COMPARABLE.id and accepted_change.address != _ALL_SPECS:
        yield acceptances.ACCEPTS_NOTHING.at(
            document.span(("accept", index, "address")),
            f"{accepted_change.code} is about the old specs as a whole, not about `{accepted_change.address}`",
            hint=f"write `address: {_ALL_SPECS}`",
            fix=another_word(
                document.span(("accept", index, "address")), accepted_change.address, _ALL_SPECS
            ),
        )
    if parse_day(accepted_change.expires) is None:
        yield codes.BAD_VALUE.at(
            document.span(("accept", index, "expires")),
            f"`{accepted_change.expires}` is no day of the calendar",
            hint="write the last day on which the change is accepted, such as 2027-01-31",
        )
    for key in ("address", "reason"):
        if not getattr(accepted_change, key).strip():
            yield codes.BAD_VALUE.at(
                document.span(("accept", index, key)),
                f"`{key}` of an accepted change is empty",
                hint="write the address that `breaking` prints" if key == "address" else "say why it may be",
            )


@cache
def _acceptable_codes() -> list[str]:
    """Those of breaking changes, which alone need to be accepted, and that of old specs that cannot be read."""
    breaking = [code.id for code in codes_of(Family.BACK).values() if code.level == "breaking"]
    return sorted([*breaking, revisions.NOT_COMPARABLE.id])


def _acceptable_hint(code: str) -> str:
    if family_of(code) is Family.BACK:
        return "`breaking` prints the codes; what is risky or safe goes through without being accepted"
    return did_you_mean(code, _acceptable_codes()) or "`breaking` prints the codes, such as BACK703"
