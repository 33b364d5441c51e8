"""Which attributes to archive where a plan passes the cap on them, in words."""

from __future__ import annotations

from intercom_iac.planning import ArchiveProposal, RoomProposals


def room_title(room: RoomProposals) -> str:
    """What is proposed, and from what."""
    count = len(room.proposals)
    if not count:
        return f"Nothing is known that could be archived to make room for {room.needed}, {room.sampled}"
    short = f", {room.needed - count} short of what is needed" if count < room.needed else ""
    return f"To make room, archive {count} that no rule reads{short} ({room.sampled})"


def room_line(proposal: ArchiveProposal) -> str:
    """One attribute, why, and what to do in the specs."""
    where = "not in the specs" if proposal.source is None else f"`status: archived` at {proposal.source}"
    return f"{proposal.address}: {proposal.reason}; {where}"


PASTE = "What the specs do not have, as a spec file that archives it"
