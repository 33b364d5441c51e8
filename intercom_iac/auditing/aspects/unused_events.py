"""Events of the workspace that neither code nor rules use."""

from __future__ import annotations

from collections.abc import Iterator

from intercom_iac.diagnostics.codes import audit as codes
from intercom_iac.model import Sample, Snapshot, event_key
from intercom_iac.model.address import Address

from ..code_use import CodeUse
from ..finding import AuditFinding
from .names import event_uses


def unused_events(snapshot: Snapshot, sample: Sample, code: CodeUse) -> Iterator[AuditFinding]:
    """The declared events that the workspace has, and that neither code nor a rule of the specs names."""
    unused = {event_key(address.name): address for address in _events_in(code)}
    people, times = event_uses(sample)
    for name in dict.fromkeys((*snapshot.events, *people)):
        address = unused.get(event_key(name))
        if address is None:
            continue
        did = people.get(name, 0)
        yield AuditFinding(
            kind=codes.UNUSED_EVENT,
            address=str(address),
            message=f"no code in {code.files_text} sends `{name}`, and no rule of the specs reads it; "
            f"{did:,} of {len(sample.summaries):,} sampled people did it",
            suggestion="archive it (`status: archived` in specs, and in Intercom's settings of events), which makes "
            "room for another; what other programs send and what messages read is not known: look there first",
            evidence={
                "files": code.files,
                "people": did,
                "times": times.get(name, 0),
                "sampled_people": len(sample.summaries),
            },
            weight=20,
        )


def _events_in(code: CodeUse) -> Iterator[Address]:
    for text in sorted(code.unused):
        address = Address.parse(text)
        if address is not None and address.kind == "event":
            yield address
