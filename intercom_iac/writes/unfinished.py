"""What a run that was cut off left: its writes, and how far they came."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

from intercom_iac.lazy_dataclass import dataclass
from intercom_iac.workspace import Records

from .journal import JournalHeader, WriteJournal, WriteStates, read_header, read_states, writes_journal_path
from .making import Maker
from .spool import Spool, open_spool, spool_path


@dataclass(frozen=True, slots=True, kw_only=True)
class UnfinishedRun:
    """The writes of a run that did not come to its end, and how far it came.

    `workspace` is its name in the project file, `process` the id of the process, `at` when it began in unix seconds.
    """

    spool: Spool
    states: WriteStates
    workspace: str
    process: int
    at: int

    @property
    def not_tried(self) -> int:
        states = self.states
        return self.spool.count - states.done - states.failed - states.held_back - states.in_flight


def read_unfinished(root: Path, app_id: str) -> UnfinishedRun | None:
    """What the last run to a workspace left; None where it came to its end, or had begun no write.

    Raises `IntercomIacError` for files that cannot be read. Whoever asks holds the lock (`workspace_lock`).
    """
    spool = open_spool(spool_path(root, app_id))
    if spool is None:
        return None
    journal = writes_journal_path(root, app_id)
    states = read_states(journal, spool)
    header = read_header(journal) or JournalHeader(workspace="", process=0, at=0)
    if states is None or spool.count == 0:
        return None
    return UnfinishedRun(
        spool=spool, states=states, workspace=header.workspace, process=header.process, at=header.at
    )


def settle(
    spool: Spool,
    records: Records,
    journal: WriteJournal,
    *,
    on_look: Callable[[], object] = lambda: None,
) -> None:
    """Finds out of each write that began and has no end whether it was made, by reading its record by id; nothing is
    sent. The end of one that was made is added to the journal; any other is left to be planned anew.

    Raises a `WorkspaceError` where the workspace cannot be read.
    """
    if not journal.states.in_flight:
        return
    maker = Maker(records)
    left = journal.states.in_flight
    for write in spool:
        if not journal.states.is_in_flight(write.number):
            continue
        end = maker.find_end(write)
        on_look()
        if end is not None:
            journal.write([], [end])
            journal.states.end(end)
        left -= 1
        if not left:
            return


def forget_run(root: Path, app_id: str) -> None:
    """Removes what a run left, once it is reported and what is done is acknowledged.

    The journal goes first: a spool without one has begun nothing.
    """
    writes_journal_path(root, app_id).unlink(missing_ok=True)
    spool_path(root, app_id).unlink(missing_ok=True)
