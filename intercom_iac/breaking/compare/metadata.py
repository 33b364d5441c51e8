"""The metadata keys of an event against those it had."""

from __future__ import annotations

from collections.abc import Iterator

from intercom_iac.changes import metadata as table
from intercom_iac.changes.comparison import compare_revisions
from intercom_iac.changes.events import metadata_key_values
from intercom_iac.diagnostics.codes.breaking import events as codes
from intercom_iac.model import Event, MetadataKey
from intercom_iac.model.address import metadata_address

from ..change import SchemaChange, schema_change
from ..dependents import Dependents
from .fields import EntryPair, field_changes, spelling_changes


def compare_metadata(old: Event, new: Event, dependents: Dependents) -> Iterator[SchemaChange]:
    """What differs, a key at a time. The case of a key says nothing to Intercom."""
    old_keys = {key.name.casefold(): key for key in old.metadata}
    new_keys = {key.name.casefold(): key for key in new.metadata}
    for folded, key in new_keys.items():
        address = metadata_address(new.name, key.name)
        if folded not in old_keys:
            yield _addition(address, key)
            continue
        before = old_keys[folded]
        pair = EntryPair(
            old_address=metadata_address(old.name, before.name),
            new_address=address,
            old_source=before.span,
            new_source=key.span,
            readers=(),
            dependents=dependents,
        )
        yield from field_changes(compare_revisions(table.FIELDS, old=before, new=key), pair)
        yield from spelling_changes(before.name, key.name, pair)
    for folded, key in old_keys.items():
        if folded not in new_keys:
            yield schema_change(
                codes.METADATA_KEY_GONE,
                metadata_address(new.name, key.name),
                "gone from the event's metadata",
                kind="removed",
                hint="put it back, optional where it is no longer sent",
                before=metadata_key_values(key),
                affected=dependents.segments_testing((metadata_address(old.name, key.name),)),
                source=new.span,
                old_source=key.span,
            )


def _addition(address: str, key: MetadataKey) -> SchemaChange:
    required = key.required
    return schema_change(
        codes.METADATA_KEY_REQUIRED if required else codes.METADATA_KEY_ADDED,
        address,
        "added as required: what is sent today lacks it" if required else "an optional key is added",
        kind="added",
        hint=table.SENT_FIRST if required else None,
        after=metadata_key_values(key),
        source=key.span,
    )
