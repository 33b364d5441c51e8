"""Tags that segments publish, found by their names in any case."""

from __future__ import annotations

from collections.abc import Iterator

from intercom_iac.model import Schema, Snapshot

from ..finding import Finding
from .claiming import active_names, claim, in_claiming_order, old_name
from .findings import absence, declared_rename, presence


def tag_drift(schema: Schema, snapshot: Snapshot) -> Iterator[Finding]:
    """Findings of the tags that segments publish. Others are no matter of the specs: people tag conversations."""
    live = {name.casefold(): name for name in snapshot.tags}
    names = active_names(schema)
    for segment in in_claiming_order(schema):
        if not segment.has_tag:
            continue
        name = claim(live, segment.name.casefold(), old_name(segment, names).casefold())
        if segment.status == "archived":
            if name is not None and not segment.adopt:
                yield presence(segment, "tag", None)
        elif name is None:
            yield absence(segment, "tag")
        elif name.casefold() != segment.name.casefold():
            yield declared_rename(segment, "tag", None, name)
