"""A delivery in a process of its own, which may be killed."""

from __future__ import annotations

from pathlib import Path


def deliver(url: str, spool: str, journal: str, parallelism: str) -> int:
    """Makes the writes of a spool, or what is left of them; 0 where all are done."""
    from intercom_iac.workspace import Target, open_workspace
    from intercom_iac.writes import WriteJournal, open_spool
    from intercom_iac.writes import deliver as make_writes

    writes = open_spool(Path(spool))
    assert writes is not None
    workspace = open_workspace(Target("live", base_url=url), parallelism=int(parallelism))
    with WriteJournal(Path(journal), writes, "live") as file:
        outcome = make_writes(writes, workspace.records(), file, parallelism=int(parallelism))
    workspace.close()
    print(outcome)
    return 0 if outcome.complete else 1
