"""Events of one revision against those of another, with their metadata."""

from __future__ import annotations

from collections.abc import Hashable, Iterator
from typing import Any

from intercom_iac.diagnostics.codes.breaking import events as events_codes
from intercom_iac.model import Event, Schema, event_key

from ..change import SchemaChange, change
from ..readers import Readers
from . import common
from .metadata import compare_metadata, metadata_facts


def compare_events(old: Schema, new: Schema, readers: Readers) -> Iterator[SchemaChange]:
    """What differs, in the order of the new specs, then what is gone. Intercom tells names apart by `event_key`."""
    before = {event_key(event.name): event for event in old.events.values()}
    after = {event_key(event.name): event for event in new.events.values()}
    renamed = {
        event_key(event.renamed_from): event
        for event in new.events.values()
        if event.renamed_from is not None and event.status != "archived"
    }
    moved: set[str] = set()
    for key, was in before.items():
        now = renamed.get(key)
        if key not in after and was.status != "archived" and now is not None:
            yield common.renamed(was, now, readers.of(was.address), "what was sent stays")
            if event_key(now.name) not in before:
                moved.add(event_key(now.name))
                yield from _changed(was, now, readers)
    for key, now in after.items():
        was = before.get(key)
        if was is not None:
            yield from _changed(was, now, readers)
            yield from _lines(was, now)
        elif key not in moved:
            yield common.added(now, facts(now))
    gone = [
        was
        for key, was in before.items()
        if key not in after and (key not in renamed or was.status == "archived")
    ]
    come = [now for key, now in after.items() if key not in before and key not in moved]
    for was, hint in common.hints_of_gone(gone, come, lambda each: each.name, _essence):
        yield common.gone(was, facts(was), readers.of(was.address), events_codes.EVENT_GONE, hint)


def _essence(event: Event) -> Hashable:
    """An event under another name has the same keys."""
    return frozenset((key.name.casefold(), key.type) for key in event.metadata)


def _lines(was: Event, now: Event) -> Iterator[SchemaChange]:
    if now.status != "archived":
        yield from common.renamed_from(was, now)
    if was.name != now.name:
        yield change(
            events_codes.RESPELLED,
            now.address,
            "the name is spelled otherwise, and is the same to Intercom",
            before=was.name,
            after=now.name,
            source=now.span,
            was=was.span,
        )


def _changed(was: Event, now: Event, readers: Readers) -> Iterator[SchemaChange]:
    yield from common.status(was, now, readers.of(was.address))
    if now.status == "archived":
        before, after = facts(was), facts(now)
        yield from common.archived(was, now, [each for each in after if before[each] != after[each]])
        return
    yield from compare_metadata(was, now, readers)
    yield from common.words(was, now)


def facts(event: Event) -> dict[str, Any]:
    """All that an entry says but its name, status and place, as plain data."""
    return {
        "metadata": {key.name: metadata_facts(key) for key in event.metadata},
        "description": event.description,
        "owner": event.owner,
        "renamed_from": event.renamed_from,
    }
