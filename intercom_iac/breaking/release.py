"""Which version the changes ask for, by semver, and whether the project file gives it."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Literal

from intercom_iac.diagnostics import Diagnostic
from intercom_iac.diagnostics.codes.breaking import releases as codes
from intercom_iac.lazy_dataclass import dataclass
from intercom_iac.project import Version
from intercom_iac.text import Span

from .change import SchemaChange

Bump = Literal["major", "minor", "patch", "none"]


@dataclass(frozen=True, slots=True)
class Release:
    """`before` and `after` are the releases of the old and the new specs, None where they name none.

    `bump` is the step that the changes ask for.
    """

    before: Version | None
    after: Version | None
    bump: Bump
    span: Span | None = None

    @property
    def least(self) -> Version | None:
        """The lowest release that is as large a step as is asked for; None where the old specs name none."""
        if self.before is None:
            return None
        major, minor, patch = self.before
        match self.bump:
            case "major":
                return major + 1, 0, 0
            case "minor":
                return major, minor + 1, 0
            case "patch":
                return major, minor, patch + 1
            case "none":
                return self.before

    def check(self, against: str) -> Iterator[Diagnostic]:
        """What is wrong with the new release: lower than the old one, or too small a step."""
        if self.before is None or self.least is None:
            return
        if self.after is None:
            yield codes.RELEASE_GONE.at(
                None,
                f"the project file has no `release`, which is {version_text(self.before)} in `{against}`",
                hint=f"put it back: `release: {version_text(self.least)}` or more",
            )
            return
        old, new, least = map(version_text, (self.before, self.after, self.least))
        if self.after < self.before:
            yield codes.RELEASE_BACKWARDS.at(
                self.span,
                f"the release went from {old} in `{against}` back to {new}",
                hint=f"write {least} or more",
            )
        elif self.after < self.least:
            step = f"goes from {old} to {new}" if self.after != self.before else f"stays {old}"
            yield codes.BUMP_TOO_SMALL.at(
                self.span,
                f"the changes against `{against}` ask for a {self.bump} version, and the release {step}",
                hint=f"write {least} or more",
            )


def required_bump(changes: Sequence[SchemaChange], before: Version | None) -> Bump:
    """The step that the changes ask for, accepted or not. Before 1.0.0 each counts one step less, and none for less
    than a patch."""
    if not changes:
        return "none"
    young = before is not None and before < (1, 0, 0)
    if any(change.level == "breaking" for change in changes):
        return "minor" if young else "major"
    if not young and any(change.level == "risky" or change.kind == "added" for change in changes):
        return "minor"
    return "patch"


def version_text(version: Version) -> str:
    return ".".join(map(str, version))
