"""A proposal with less in it: what was not asked for is left out, what the specs refuse is told as not mapped."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace
from typing import Any

from intercom_iac.model.address import audience_address, metadata_address, segment_address
from intercom_iac.model.address_patterns import any_pattern_covers

from .proposal import NotMapped, Proposal, ProposedEntry


def select(proposal: Proposal, *, only: Sequence[str] = (), except_: Sequence[str] = ()) -> Proposal:
    """The entries that some pattern of `only` means, all where there is none, but for those that `except_` means.

    What is not mapped has no address, and is told where everything is asked for.
    """
    entries = tuple(
        proposed
        for proposed in proposal.entries
        if _is_meant(only, proposed) and not (except_ and _is_meant(except_, proposed))
    )
    return replace(proposal, entries=entries, not_mapped=() if only else proposal.not_mapped)


def _is_meant(patterns: Sequence[str], proposed: ProposedEntry) -> bool:
    """Whether a pattern means the entry: by its address, or by the one that a plan gives to what has no entry, with
    the name that people read, `audience.Big spenders`."""
    addresses = [proposed.address]
    if proposed.entry.section == ("segments",):
        name = str(proposed.entry.data.get("name", proposed.entry.name))
        addresses += (segment_address(name), audience_address(name))
    return any(any_pattern_covers(patterns, address) for address in addresses)


def without(proposal: Proposal, reasons: Mapping[str, str]) -> Proposal:
    """The proposal without the entries at these addresses, which may be those of metadata keys, told with why."""
    entries: list[ProposedEntry] = []
    not_mapped = list(proposal.not_mapped)
    for proposed in proposal.entries:
        if proposed.address in reasons:
            why = reasons[proposed.address]
            not_mapped.append(NotMapped(what=f"`{proposed.address}`", why=why, place=proposed.place))
            continue
        metadata: Mapping[str, Any] = proposed.entry.data.get("metadata") or {}
        addresses = {key: metadata_address(proposed.entry.name, key) for key in metadata}
        refused = {key: reasons[address] for key, address in addresses.items() if address in reasons}
        if refused:
            left = {key: data for key, data in metadata.items() if key not in refused}
            data = {**proposed.entry.data, "metadata": left}
            if not left:
                del data["metadata"]
            proposed = replace(proposed, entry=replace(proposed.entry, data=data))
            not_mapped += (
                NotMapped(what=f"`{addresses[key]}`", why=why, place=proposed.place)
                for key, why in refused.items()
            )
        entries.append(proposed)
    return replace(proposal, entries=tuple(entries), not_mapped=tuple(not_mapped))
