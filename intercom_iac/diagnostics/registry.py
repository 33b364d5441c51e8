"""Every code the tool can print, each with a wrong and a right example that a test runs.

A stage registers its codes in `codes/<stage>.py`; `explain CODE` prints what stands there.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import cache

from intercom_iac.text.source import Span

from .diagnostic import Diagnostic, Related, Severity


@dataclass(frozen=True, slots=True)
class Example:
    """A small project and the command that shows the code, or shows it gone.

    `files` are written into an empty folder, paths relative to it. A folder without a project file gets the
    plainest one, and one without any file a spec file that declares nothing. `committed` are those in the only commit
    of a git repository; without any there is no repository. `before` are commands run first, then `run`; each without
    the program's name, split as a shell would. `environment` adds variables for all of them. With `answers`, a server
    on loopback gives every request this status and body, and `{url}` in the files is its address.
    """

    files: Mapping[str, str]
    run: str = "check"
    before: tuple[str, ...] = ()
    environment: Mapping[str, str] = field(default_factory=dict[str, str])
    committed: tuple[str, ...] = ()
    answers: tuple[int, str] | None = None


@dataclass(frozen=True, slots=True)
class Code:
    """A kind of diagnostic. `title` is a line; `about` says what it means and why it matters."""

    id: str
    title: str
    about: str
    wrong: Example
    right: Example
    severity: Severity = "error"

    def at(
        self,
        span: Span | None,
        message: str,
        *,
        hint: str | None = None,
        related: tuple[Related, ...] = (),
    ) -> Diagnostic:
        """A diagnostic of this kind."""
        return Diagnostic(self.id, message, span, hint, self.severity, related)


def spec(text: str, run: str = "check") -> Example:
    """The example that is one spec file."""
    return Example({"specs/example.yaml": text}, run)


@cache
def registered() -> dict[str, Code]:
    """All codes by id, in order. Imports every stage's file: for `explain`, not for the way there."""
    from . import codes

    found = [code for stage in codes.stages() for code in vars(stage).values() if isinstance(code, Code)]
    return {each.id: each for each in sorted(found, key=lambda each: each.id)}
