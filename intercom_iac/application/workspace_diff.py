"""Two live workspaces compared with each other, without specs."""

from __future__ import annotations

from collections.abc import Sequence

from intercom_iac.changes import ComparedWorkspace, WorkspaceDiff, live_differences
from intercom_iac.diagnostics import Misuse
from intercom_iac.model.address_patterns import any_pattern_covers, pattern_covers
from intercom_iac.text import quoted_names
from intercom_iac.workspace import PARALLELISM

from .notices import Notify, ignore_notice
from .session import Session
from .two_workspaces import read_two


def diff_workspaces(
    session: Session,
    workspaces: Sequence[str],
    *,
    only: Sequence[str] = (),
    parallelism: int = PARALLELISM,
    notify: Notify = ignore_notice,
) -> WorkspaceDiff:
    """What differs between two workspaces of the project, by their names there.

    `only` are patterns of addresses, none for everything. Raises `Misuse`, for a pattern that means nothing in either
    as well, and `WorkspaceError`, which names the workspace.
    """
    if len(workspaces) != 2:
        count = "none is" if not workspaces else f"{len(workspaces)} are" if len(workspaces) > 1 else "one is"
        names = quoted_names(session.project.settings.workspaces)
        raise Misuse(
            f"two workspaces are compared, and {count} given", hint=f"pass -w twice; the project has {names}"
        )
    first, second = workspaces
    one, other = read_two(session, first, second, parallelism=parallelism, notify=notify)
    differences = live_differences(one, other, lambda address: any_pattern_covers(only, address))
    for pattern in only:
        if not any(pattern_covers(pattern, address) for address in differences.addresses):
            raise Misuse(
                f"neither `{first}` nor `{second}` has anything at `{pattern}`",
                hint="a pattern is like attribute.contact.plan_*, or a kind such as segment",
            )
    return WorkspaceDiff(
        first=ComparedWorkspace(name=first, identity=one.identity),
        second=ComparedWorkspace(name=second, identity=other.identity),
        differences=differences,
    )
