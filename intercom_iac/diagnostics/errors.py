"""The exceptions, drawn once:

    IntercomIacError
    ├── InvalidSpecs            exit 3   the specs, a rule or the project file are wrong; holds the diagnostics
    ├── Misuse                  exit 3   arguments that do not fit the project, files that are not what is asked for
    │   ├── EditRefused         exit 3   a file whose text cannot be edited in place
    │   └── UndecidedRule       exit 3   a rule that asks what only Intercom knows
    ├── MissingExtra            exit 3   a command that needs packages which are not installed
    ├── PlanError
    │   ├── UnsafePlan          exit 6   destructive, over a threshold or a cap of Intercom, too old
    │   └── StalePlan           exit 6   the workspace is not what a saved plan rests on
    ├── WorkspaceError
    │   ├── Unauthorized        exit 4   no token, or one that Intercom refuses
    │   ├── WrongWorkspace      exit 4   the token opens another workspace than the one named
    │   ├── NotFound            exit 1   Intercom does not know the object
    │   ├── Conflict            exit 1   Intercom refuses the change as it stands
    │   ├── RateLimited         exit 5   refused for its rate, and waiting did not help
    │   ├── Unreachable         exit 5   no answer
    │   ├── UnexpectedResponse  exit 1   an answer that Intercom's description does not have
    │   ├── ChangedMeanwhile    exit 6   somebody changed what was about to be overwritten
    │   └── Unsettled           exit 1   a list that moves while it is read
    └── ApplyInterrupted        exit 1   stopped by the person who started it

A user's mistakes travel as `Diagnostic` values and are raised once, at the edge, as `InvalidSpecs`.
No message holds a token.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import ClassVar

from intercom_iac.text import Span

from .diagnostic import Diagnostic, sort_diagnostics


class IntercomIacError(Exception):
    """The root. `hint` says what to do about it; `exit_code` is what the command line ends with."""

    exit_code: ClassVar[int] = 1

    def __init__(self, message: str, *, hint: str | None = None) -> None:
        super().__init__(message)
        self.message = message
        self.hint = hint


class InvalidSpecs(IntercomIacError):
    """The specs, a rule or the arguments are wrong. A traceback ends with the errors."""

    exit_code = 3

    def __init__(self, diagnostics: Sequence[Diagnostic]) -> None:
        self.diagnostics = sort_diagnostics(diagnostics)
        errors = [diagnostic for diagnostic in self.diagnostics if diagnostic.is_error]
        super().__init__(f"{len(errors)} error{'' if len(errors) == 1 else 's'}")
        for diagnostic in errors:
            self.add_note(f"{diagnostic.code}: {diagnostic.message}")


class Misuse(IntercomIacError):
    """Arguments that do not fit the project, or name files that are not what is asked for."""

    exit_code = 3


class EditRefused(Misuse):
    """An edit that a file's text does not allow; `span` is where what stands in its way does."""

    def __init__(self, message: str, *, hint: str, span: Span) -> None:
        super().__init__(message, hint=hint)
        self.span = span


class UndecidedRule(Misuse):
    """A rule that asks what only Intercom knows, to be decided elsewhere; `segments` are the names of those in it."""

    def __init__(self, segments: Sequence[str]) -> None:
        names = " and ".join(f"`{name}`" for name in segments)
        who = "a segment that was" if len(segments) == 1 else "segments that were"
        super().__init__(
            f"the rule asks for {names}, {who} built in Intercom, which tells the rule to nobody",
            hint="only Intercom can decide it: `--to search` makes a query for it",
        )
        self.segments = tuple(segments)


class MissingExtra(IntercomIacError):
    """A command needs packages that come with an extra of this program, which is not installed."""

    exit_code = 3

    def __init__(self, purpose: str, extra: str) -> None:
        super().__init__(
            f"{purpose} needs packages that are not installed",
            hint=f"install them: `pip install 'intercom-iac[{extra}]'`",
        )


class PlanError(IntercomIacError):
    """A plan that may not be applied as it stands; `diagnostics` say why, each with its code."""

    exit_code = 6

    def __init__(
        self, message: str, *, hint: str | None = None, diagnostics: Sequence[Diagnostic] = ()
    ) -> None:
        super().__init__(message, hint=hint)
        self.diagnostics = tuple(diagnostics)


class UnsafePlan(PlanError):
    """Destructive without leave, over a threshold, or over a cap of Intercom."""


class StalePlan(PlanError):
    """The workspace is no longer what the plan rests on."""


class WorkspaceError(IntercomIacError):
    """The live side refused or failed. `code` is the diagnostic code that explains it.

    `status` is that of the answer which says so, None where there was none. `maybe_done`: the change may have been
    made: its answer never came or could not be read.
    """

    code: ClassVar[str] = "API805"

    def __init__(
        self,
        message: str,
        *,
        hint: str | None = None,
        request_id: str | None = None,
        status: int | None = None,
        maybe_done: bool = False,
    ) -> None:
        super().__init__(message, hint=hint)
        self.request_id = request_id
        self.status = status
        self.maybe_done = maybe_done


class Unauthorized(WorkspaceError):
    """No token, or one that Intercom refuses."""

    exit_code = 4
    code = "API801"


class WrongWorkspace(WorkspaceError):
    """The token opens another workspace than the project names."""

    exit_code = 4
    code = "API802"


class NotFound(WorkspaceError):
    """Intercom does not know the object."""

    code = "API803"


class Conflict(WorkspaceError):
    """Intercom refuses the change as it stands: a name taken, an attribute in use, a bad value."""

    code = "API803"


class RateLimited(WorkspaceError):
    """Refused for its rate, and waiting did not help."""

    exit_code = 5
    code = "API804"


class UnexpectedResponse(WorkspaceError):
    """An answer that Intercom's description does not have."""

    code = "API805"


class ChangedMeanwhile(WorkspaceError):
    """Somebody changed, since the plan was made, what was about to be overwritten; it was left as it is."""

    exit_code = 6
    code = "API807"


class Unsettled(WorkspaceError):
    """A list that moves while it is read, or gives another number of things than it says."""

    code = "API808"


class Unreachable(WorkspaceError):
    """No answer: a name that does not resolve, a refused connection, a time-out."""

    exit_code = 5
    code = "API806"


class ApplyInterrupted(IntercomIacError):
    """Stopped by the person who started it, between two calls."""
