"""The JSON Schemas of the records that the specs of a project allow."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Literal, get_args

from intercom_iac.diagnostics import Misuse
from intercom_iac.text import did_you_mean

from .addresses import unknown_address

if TYPE_CHECKING:
    from intercom_iac.model import Event, Schema

    from .session import Session

RecordSchemaName = Literal["contact", "company", "boot", "event", "openapi"]
RECORD_SCHEMA_NAMES: tuple[RecordSchemaName, ...] = get_args(RecordSchemaName)


def record_schema(session: Session, name: RecordSchemaName, event: str | None = None) -> dict[str, Any]:
    """The JSON Schema of a kind of record, for the session's workspace; `openapi`: an OpenAPI document with all.

    `event` names the event whose occurrences are meant; None: those of any event. Raises `InvalidSpecs`, and `Misuse`
    for an event that nobody may send.
    """
    from intercom_iac import payloads

    schema = session.schema()
    if name == "openapi":
        from intercom_iac.specs import digest

        return payloads.openapi_document(schema, digest(schema))
    if name == "event":
        if event is None:
            return payloads.any_event_json_schema(schema)
        return payloads.event_json_schema(schema, _declared_event(schema, event))
    if name == "boot":
        return payloads.boot_json_schema(schema)
    return payloads.contact_json_schema(schema) if name == "contact" else payloads.company_json_schema(schema)


def _declared_event(schema: Schema, name: str) -> Event:
    from intercom_iac.model import event_address

    if event_address(name) in schema.other_workspaces:
        raise unknown_address(schema, event_address(name), ())
    event = schema.events.get(name)
    if event is None:
        hint = (
            did_you_mean(name, schema.events) or "`schema event` without a name has those that are declared"
        )
        raise Misuse(f"the specs have no event `{name}`", hint=hint)
    if event.status == "archived":
        raise Misuse(
            f"the event `{name}` is archived, and no record of it is valid", hint="name another event"
        )
    return event
