"""The metadata keys of an event against those it had."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from intercom_iac.diagnostics.codes.breaking import entries as entries_codes
from intercom_iac.diagnostics.codes.breaking import events as events_codes
from intercom_iac.model import DataType, Event, MetadataKey
from intercom_iac.model.address import metadata_address

from ..change import SchemaChange, change
from ..readers import Readers
from .options import compare_options

_SENT_FIRST = "leave it optional until everything that sends the event sends it"


def compare_metadata(was: Event, now: Event, readers: Readers) -> Iterator[SchemaChange]:
    """What differs, a key at a time. The case of a key says nothing to Intercom."""
    before = {each.name.casefold(): each for each in was.metadata}
    after = {each.name.casefold(): each for each in now.metadata}
    for folded, key in after.items():
        if folded in before:
            yield from _changed(was, now, before[folded], key, readers)
        else:
            yield _added(now, key)
    for folded, key in before.items():
        if folded not in after:
            yield change(
                events_codes.METADATA_KEY_GONE,
                metadata_address(now.name, key.name),
                "gone from the event's metadata",
                kind="removed",
                hint="put it back, optional where it is no longer sent",
                before=metadata_facts(key),
                affected=readers.of_field((metadata_address(was.name, key.name),)),
                source=now.span,
                was=key.span,
            )


def _added(now: Event, key: MetadataKey) -> SchemaChange:
    address = metadata_address(now.name, key.name)
    if key.required:
        return change(
            events_codes.METADATA_KEY_REQUIRED,
            address,
            "added as required: what is sent today lacks it",
            kind="added",
            hint=_SENT_FIRST,
            after=metadata_facts(key),
            source=key.span,
        )
    return change(
        events_codes.METADATA_KEY_ADDED,
        address,
        "an optional key is added",
        kind="added",
        after=metadata_facts(key),
        source=key.span,
    )


def _changed(
    was: Event, now: Event, old: MetadataKey, new: MetadataKey, readers: Readers
) -> Iterator[SchemaChange]:
    address = metadata_address(now.name, new.name)
    addresses = metadata_address(was.name, old.name), address
    affected = readers.of_field(addresses)
    common: dict[str, Any] = {"source": new.span, "was": old.span}
    if old.type != new.type:
        yield change(
            events_codes.METADATA_KEY_RETYPED,
            address,
            "the type changed",
            hint="add a key of another name, and leave this one as it is",
            before=old.type.value,
            after=new.type.value,
            affected=affected,
            **common,
        )
    elif new.type is DataType.OPTIONS:
        places = old.span, new.span
        yield from compare_options(
            addresses, old.options, new.options, readers, places, events_codes.METADATA_KEY_RETYPED
        )
    if new.required and not old.required:
        message = "required from now on: what is sent today may lack it"
        yield change(
            events_codes.METADATA_KEY_REQUIRED,
            address,
            message,
            hint=_SENT_FIRST,
            before=False,
            after=True,
            **common,
        )
    elif old.required and not new.required:
        message = "no longer required"
        yield change(events_codes.REQUIRED_RELAXED, address, message, before=True, after=False, **common)
    if old.description != new.description:
        yield change(
            entries_codes.DESCRIPTION_CHANGED,
            address,
            "the description changed",
            before=old.description,
            after=new.description,
            **common,
        )
    if old.name != new.name:
        yield change(
            events_codes.RESPELLED,
            address,
            "the name is spelled otherwise, and is the same to Intercom",
            before=old.name,
            after=new.name,
            **common,
        )


def metadata_facts(key: MetadataKey) -> dict[str, Any]:
    """All that a key says but its name and place, as plain data without what is left out."""
    said = {
        "type": key.type.value,
        "options": sorted(key.options),
        "required": key.required,
        "description": key.description,
    }
    return {name: value for name, value in said.items() if value}
