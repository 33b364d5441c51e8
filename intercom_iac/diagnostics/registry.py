"""Every code the tool can print, each with a wrong and a right example that a test runs.

A stage registers its codes in `codes/<stage>.py`; `explain CODE` prints what stands there.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import field
from functools import cache
from types import ModuleType
from typing import Literal

from intercom_iac.lazy_dataclass import dataclass
from intercom_iac.text.source import Span

from .diagnostic import Diagnostic, Related, Severity
from .family import Family, family_of
from .fix import Fix

Level = Literal["breaking", "risky", "safe"]
LEVELS: tuple[Level, ...] = ("breaking", "risky", "safe")
SEVERITY_OF_LEVEL: Mapping[Level, Severity] = {"breaking": "error", "risky": "warning", "safe": "info"}


@dataclass(frozen=True, slots=True)
class Example:
    """A small project and the command that shows the code, or shows it gone.

    `files` are written into an empty folder, paths relative to it. A folder without a project file gets the
    plainest one, and one without any file a spec file that declares nothing. `committed` are those in the only commit
    of a git repository; without any there is no repository. `before` are commands run first, then `run`; each without
    the program's name, split as a shell would. `environment` adds variables for all of them. With `answers`, a server
    on loopback gives every request this status and body, and `{url}` in the files is its address; requests of the
    paths in `forbidden` get a 403. `workspace` are lines that say what that answer is of, for people.
    """

    files: Mapping[str, str]
    run: str = "check"
    before: tuple[str, ...] = ()
    environment: Mapping[str, str] = field(default_factory=dict[str, str])
    committed: tuple[str, ...] = ()
    answers: tuple[int, str] | None = None
    forbidden: tuple[str, ...] = ()
    workspace: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Code:
    """A kind of diagnostic. `title` is a line; `about` says what it means and why it matters.

    `level` is that of a change between two revisions of the specs; None for a code that is not about such a change.
    """

    id: str
    title: str
    about: str
    wrong: Example
    right: Example
    severity: Severity = "error"
    level: Level | None = None

    @property
    def family(self) -> Family:
        """The stage that finds it."""
        family = family_of(self.id)
        assert family is not None, self.id
        return family

    def at(
        self,
        span: Span | None,
        message: str,
        *,
        hint: str | None = None,
        related: tuple[Related, ...] = (),
        subject: str | None = None,
        fix: Fix | None = None,
    ) -> Diagnostic:
        """A diagnostic of this kind."""
        return Diagnostic(self.id, message, span, hint, self.severity, related, subject, fix)


def spec(text: str, run: str = "check") -> Example:
    """The example that is one spec file."""
    return Example({"specs/example.yaml": text}, run)


@cache
def all_codes() -> dict[str, Code]:
    """All codes by id, in order. Imports the codes of every stage, which only `explain` and its like need."""
    from . import codes

    return _by_id(codes.stages())


@cache
def codes_of(family: Family) -> dict[str, Code]:
    """The codes of one family by id, in order. Imports the files that hold them, and no others."""
    from . import codes

    return _by_id(codes.stages(family), family)


def level_of(code: str) -> Level | None:
    """The level of the change that a code is about; None for any other code, and for one that is not known."""
    family = family_of(code)
    kind = codes_of(family).get(code) if family is Family.BACK else None
    return None if kind is None else kind.level


def _by_id(stages: Iterable[ModuleType], family: Family | None = None) -> dict[str, Code]:
    codes = [value for stage in stages for value in vars(stage).values() if isinstance(value, Code)]
    ordered = sorted(codes, key=lambda code: code.id)
    return {code.id: code for code in ordered if family is None or code.family is family}
