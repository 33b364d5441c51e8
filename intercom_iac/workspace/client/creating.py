"""Making what must not be made twice, where the answer may get lost.

A connection that drops after Intercom has taken a create leaves it unknown whether the thing was made. Sending it
again blindly makes a second one; so the workspace is read first.

A list may lag behind what was made: where a second one would be another thing, it is looked for again after longer
pauses before anything is sent.
"""

from __future__ import annotations

from collections.abc import Callable

import httpx

from intercom_iac.diagnostics import Conflict, WorkspaceError

from .answers import NOT_KNOWN
from .client import TRIES

LATER_LOOKS = (4, 5)
"""Pauses before looking again, as numbers of tries: 2 and 4 s, and up to a half more."""


def create_once(
    send: Callable[[], object],
    is_there: Callable[[], bool],
    back_off: Callable[[int], None],
    *,
    unique: bool = True,
) -> None:
    """Sends a create until it is known to have been done: by its answer, or since `is_there` finds the thing.

    `unique`: Intercom itself refuses or joins a second one of the name, so that a create which only seems lost, and
    is done later, does no harm. Where it does not, a create that timed out is never sent again.
    Raises what `send` does; `maybe_done` where it is still not known.
    """
    looks = () if unique else LATER_LOOKS
    lost: WorkspaceError | None = None
    for attempt in range(1, TRIES + 1):
        try:
            send()
        except Conflict as error:
            if lost is None:
                raise
            # Refused since the lost one was done after all? A list that lags does not tell.
            if any(_is_there_after(pause, is_there, lost, back_off) for pause in (0, *LATER_LOOKS)):
                return
            raise Conflict(
                error.message,
                hint=NOT_KNOWN,
                request_id=error.request_id,
                status=error.status,
                maybe_done=True,
            ) from error
        except WorkspaceError as error:
            if not error.maybe_done:
                if lost is None:
                    raise
                # This one was never sent, or held off; the earlier one may have been done all the same.
                raise lost from error
            lost = error
        else:
            return
        if any(_is_there_after(pause, is_there, lost, back_off) for pause in (attempt, *looks)):
            return
        if not unique and isinstance(lost.__cause__, httpx.TimeoutException):
            break
    assert lost is not None
    raise lost


def _is_there_after(
    pause: int, is_there: Callable[[], bool], lost: WorkspaceError, back_off: Callable[[int], None]
) -> bool:
    """Raises the lost call's error where the workspace cannot be read: it stays unknown."""
    if pause:
        back_off(pause)
    try:
        return is_there()
    except WorkspaceError as error:
        raise lost from error
