"""Events of one revision against those of another, with their metadata."""

from __future__ import annotations

from collections.abc import Hashable, Iterator

from intercom_iac.changes import events as table
from intercom_iac.changes.comparison import compare_revisions, fields_without, shown_values
from intercom_iac.diagnostics.codes.breaking import events as codes
from intercom_iac.model import Event, Schema, event_key

from ..change import SchemaChange
from ..dependents import Dependents
from . import entries
from .fields import EntryPair, field_changes, spelling_changes
from .metadata import compare_metadata


def compare_events(old: Schema, new: Schema, dependents: Dependents) -> Iterator[SchemaChange]:
    """What differs, in the order of the new specs, then what is removed.

    Intercom tells names apart by `event_key`.
    """
    old_events = {event_key(event.name): event for event in old.events.values()}
    new_events = {event_key(event.name): event for event in new.events.values()}
    successors = {
        event_key(event.renamed_from): event
        for event in new.events.values()
        if event.renamed_from is not None and event.status != "archived"
    }
    compared: set[str] = set()
    for key, before in old_events.items():
        after = successors.get(key)
        if key not in new_events and before.status != "archived" and after is not None:
            readers = dependents.segments_reading(before.address)
            yield entries.rename_change(before, after, readers, "what was sent stays")
            if event_key(after.name) not in old_events:
                compared.add(event_key(after.name))
                yield from _compare(before, after, dependents, renamed=True)
    for key, after in new_events.items():
        before = old_events.get(key)
        if before is not None:
            yield from _compare(before, after, dependents, renamed=False)
        elif key not in compared:
            yield entries.addition(after, shown_values(table.FIELDS, declared=after))
    removed = [
        event
        for key, event in old_events.items()
        if key not in new_events and (key not in successors or event.status == "archived")
    ]
    added = [event for key, event in new_events.items() if key not in old_events and key not in compared]
    hints = entries.removal_hints(removed, added, lambda event: event.name, _kept_by_a_rename)
    for event, hint in hints:
        values = shown_values(table.FIELDS, declared=event)
        readers = dependents.segments_reading(event.address)
        yield entries.removal(event, values, readers, codes.EVENT_GONE, hint)


def _kept_by_a_rename(event: Event) -> Hashable:
    """An event under another name has the same keys."""
    return frozenset((key.name.casefold(), key.type) for key in event.metadata)


def _compare(old: Event, new: Event, dependents: Dependents, *, renamed: bool) -> Iterator[SchemaChange]:
    """`renamed`: the two were paired by `renamed_from`, which is told already."""
    pair = EntryPair.of_entries(old, new, dependents)
    yield from entries.status_changes(old, new, pair.readers)
    if new.status == "archived":
        differences = compare_revisions(table.FIELDS, old=old, new=new)
        yield from entries.archived_changes(old, new, [difference.key for difference in differences])
    else:
        yield from compare_metadata(old, new, dependents)
        left_out = ("metadata", "renamed_from") if renamed else ("metadata",)
        fields = fields_without(table.FIELDS, *left_out)
        yield from field_changes(compare_revisions(fields, old=old, new=new), pair)
    if not renamed:
        yield from spelling_changes(old.name, new.name, pair)
