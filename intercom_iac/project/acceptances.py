"""What the project file says to `breaking`: the changes it accepts, and the release."""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import date
from functools import cache

from intercom_iac.diagnostics import Diagnostic, Family, Related, codes_of, family_of
from intercom_iac.diagnostics.codes import spec as codes
from intercom_iac.diagnostics.codes.breaking import acceptances, revisions
from intercom_iac.text import SourceFile, Span, did_you_mean
from intercom_iac.yaml.builder import build
from intercom_iac.yaml.nodes import Document, Mapping

from .settings import RELEASE, AcceptedChange, ProjectSettings

# What it is accepted of, which is no entry of the specs.
_ALL_SPECS = "specs"
_DAY = re.compile(r"\d{4}-\d{2}-\d{2}")


def check_gate(document: Document, settings: ProjectSettings) -> Iterator[Diagnostic]:
    """What is wrong with acceptances and release as they are written."""
    if settings.release is not None and not re.fullmatch(RELEASE, settings.release):
        yield codes.BAD_VALUE.at(
            document.span(("release",)),
            "`release` is no version of three numbers",
            hint="write one such as `2.3.0`, without a `v` before it and without a suffix",
        )
    first: dict[tuple[str, str], int] = {}
    for index, each in enumerate(settings.accept):
        yield from _check(document, index, each)
        earlier = first.setdefault((each.address, each.code), index)
        if earlier != index:
            yield acceptances.ACCEPTS_NOTHING.at(
                document.span(("accept", index, "address")),
                f"{each.code} at `{each.address}` is accepted already",
                hint="keep one of the two entries",
                related=(
                    Related(document.span(("accept", earlier, "address")), "the first one stands here"),
                ),
            )


def _check(document: Document, index: int, accepted_change: AcceptedChange) -> Iterator[Diagnostic]:
    if accepted_change.code not in _acceptable_codes():
        yield acceptances.ACCEPTS_NOTHING.at(
            document.span(("accept", index, "code")),
            f"`{accepted_change.code}` is not the code of a breaking change",
            hint=_instead(accepted_change.code),
        )
    if accepted_change.code == revisions.NOT_COMPARABLE.id and accepted_change.address != _ALL_SPECS:
        yield acceptances.ACCEPTS_NOTHING.at(
            document.span(("accept", index, "address")),
            f"{accepted_change.code} is about the old specs as a whole, not about `{accepted_change.address}`",
            hint=f"write `address: {_ALL_SPECS}`",
        )
    if day_of(accepted_change.expires) is None:
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


def _instead(code: str) -> str:
    if family_of(code) is Family.BACK:
        return "`breaking` prints the codes; what is risky or safe goes through without being accepted"
    return did_you_mean(code, _acceptable_codes()) or "`breaking` prints the codes, such as BACK703"


def day_of(text: str) -> date | None:
    """The day that a text such as 2027-01-31 names; None where it names none."""
    if not _DAY.fullmatch(text):
        return None
    try:
        return date.fromisoformat(text)
    except ValueError:
        return None


def gate_places(file: SourceFile, settings: ProjectSettings) -> tuple[list[Span], Span | None]:
    """Where each acceptance stands in the project file, by its address, and where the release does."""
    root, _ = build(file)
    if not isinstance(root, Mapping):
        return [], None
    document = Document(file, root)
    places = [document.span(("accept", index, "address")) for index in range(len(settings.accept))]
    return places, document.span(("release",)) if "release" in root.entries else None
