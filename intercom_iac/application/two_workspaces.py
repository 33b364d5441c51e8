"""Two workspaces of a project, read side by side."""

from __future__ import annotations

from collections.abc import Mapping
from concurrent.futures import ThreadPoolExecutor
from copy import copy

from intercom_iac.diagnostics import IntercomIacError, Misuse
from intercom_iac.model import Snapshot
from intercom_iac.text import quoted_names

from .live import open_live
from .notices import Notify
from .plans.abandoned import notify_of_other_applies
from .session import Session
from .token import refuse_one_token_for_several


def read_two(
    session: Session, first: str, second: str, *, parallelism: int, notify: Notify
) -> tuple[Snapshot, Snapshot]:
    """What two workspaces of the project hold.

    Raises `Misuse` where the two are one, or one descriptor would have to hold the tokens of both; and the error of
    the first of them that cannot be read, which names each that cannot.
    """
    sessions = two_sessions(session, first, second)
    remote = [name for name, one in sessions.items() if one.workspace.settings.sandbox is None]
    refuse_one_token_for_several(
        session, remote, hint="set the variable that `token_env` of each names, a variable for each"
    )

    def read(name: str) -> Snapshot | IntercomIacError:
        try:
            with open_live(sessions[name], parallelism=parallelism, notify=notify) as live:
                snapshot = live.snapshot()
                notify_of_other_applies(session.project, live, notify)
                return snapshot
        except IntercomIacError as error:
            return error

    with ThreadPoolExecutor(len(sessions)) as pool:
        # Embedded ones are read one after the other: that takes no time, and two of them may be one file.
        pending = {name: pool.submit(read, name) for name in remote}
        answers = {name: pending[name].result() if name in pending else read(name) for name in sessions}
    failures = {name: answer for name, answer in answers.items() if isinstance(answer, IntercomIacError)}
    if failures:
        raise _joined_error(failures)
    one, other = (answer for answer in answers.values() if isinstance(answer, Snapshot))
    if one.identity.app_id == other.identity.app_id:
        raise Misuse(
            f"`{first}` and `{second}` are one workspace: both answer as `{one.identity.app_id}`",
            hint="give each the token of its own workspace by its `token_env`, or a file of its own by `sandbox`",
        )
    return one, other


def two_sessions(session: Session, first: str, second: str) -> dict[str, Session]:
    """A session for each of two workspaces. Raises `Misuse` for one that the project does not have, and for one that
    is named twice."""
    sessions = {
        session.for_workspace(name).workspace.name: session.for_workspace(name) for name in (first, second)
    }
    if len(sessions) == 1:
        others = [name for name in session.project.settings.workspaces if name != first]
        hint = f"the other one is {quoted_names(others)}" if others else "the project file has no other one"
        raise Misuse(f"`{first}` is named twice, and it takes two workspaces", hint=hint)
    return sessions


def _joined_error(failures: Mapping[str, IntercomIacError]) -> IntercomIacError:
    """The first of the errors, which names its workspace and says what the others do."""
    joined = copy(next(iter(failures.values())))
    joined.message = "; ".join(
        error.message if f"`{name}`" in error.message else f"`{name}`: {error.message}"
        for name, error in failures.items()
    )
    joined.args = (joined.message,)
    joined.hint = "; ".join(dict.fromkeys(error.hint for error in failures.values() if error.hint)) or None
    return joined
