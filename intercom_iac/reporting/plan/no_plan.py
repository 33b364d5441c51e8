"""What stands under a pull request in place of a plan that could not be made: the plan of an earlier push must go."""

from __future__ import annotations

from collections.abc import Iterator

from intercom_iac.diagnostics import IntercomIacError, InvalidSpecs, PlanError, WorkspaceError

from ..diagnostics.markdown import finding_item
from ..kit.markdown import code, length, prose
from .markdown import LIMIT
from .marker import marker

# For the line that says how many are left out.
_ROOM = 100


def no_plan_markdown(workspace: str | None, error: IntercomIacError) -> str:
    """GitHub-flavoured Markdown of at most `LIMIT` characters, which begins as the plan would; all is escaped.

    `workspace` is None where not even its name is known.
    """
    text = f"{marker(workspace)}\n### No plan{f' for {code(workspace, 80)}' if workspace else ''}\n\n"
    lines = list(_lines(error))
    for at, line in enumerate(lines):
        if length(text) + length(line) + _ROOM > LIMIT:
            return f"{text}\n… and {len(lines) - at} more; `intercom-iac check` tells all of them.\n"
        text += f"{line}\n"
    return text


def _lines(error: IntercomIacError) -> Iterator[str]:
    if isinstance(error, (InvalidSpecs, PlanError)) and error.diagnostics:
        # Errors first: warnings did not prevent the plan.
        for diagnostic in sorted(error.diagnostics, key=lambda diagnostic: not diagnostic.is_error):
            yield finding_item(diagnostic, diagnostic.span)
        return
    known = f" {error.code}" if isinstance(error, WorkspaceError) else ""
    yield f"- **error{known}** {prose(error.message)}{_hint(error.hint)}"


def _hint(hint: str | None) -> str:
    return f"<br>{prose(hint)}" if hint else ""
