"""One call about one contact, company or event."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import field
from typing import Any, Literal

from intercom_iac.lazy_dataclass import dataclass

WrittenRecord = Literal["contact", "company", "event"]
WriteAction = Literal["create", "update", "upsert", "send", "tag", "untag"]
"""`create` and `update` are of contacts by their id, `upsert` of companies by their `company_id`, `send` of events,
`tag` and `untag` of contacts and companies."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Write:
    """What one call is to do.

    `number` counts the writes of a run from 0, in the order in which they begin. `key_name` and `key` name the record
    as its source does (`external_id`, `u1`); `live_id` is Intercom's id, None where it is not known yet. `body` is
    what is sent, as Intercom takes it: the properties that differ, an event, `{"id": ..., "name": ...}` of a tag.
    `before` is what the workspace had of these keys when the write was planned, in the same form. `row` is the row of
    the source, counted from 1, where there is one. `after` is the number of an earlier write, without whose success
    this one is not made. `fingerprint` is what whoever planned the write keeps of it when it is done. `only_new`: a
    contact that was to be created and is there already is left as it is, and the write fails; else it gets what it
    lacks.
    """

    number: int
    action: WriteAction
    record: WrittenRecord
    key_name: str
    key: str
    live_id: str | None = None
    body: Mapping[str, Any]
    before: Mapping[str, Any] = field(default_factory=dict[str, Any])
    row: int | None = None
    after: int | None = None
    fingerprint: str | None = None
    only_new: bool = False
