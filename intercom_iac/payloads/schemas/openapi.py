"""Records as the components of an OpenAPI 3.1 document, whose schemas are JSON Schema 2020-12."""

from __future__ import annotations

from typing import Any

from intercom_iac.model import Schema

from .component_names import event_component_names
from .json_schema import JsonSchema, RecordSchemas, live_events

_COMPONENTS = "#/components/schemas/"


def openapi_document(schema: Schema, version: str) -> dict[str, Any]:
    """`Contact`, `Company`, `Event_NAME` for each event, `Event` for any of them, `MessengerSettings` and what these
    refer to. No call is described. `version` says of which specs it is."""
    records = RecordSchemas(schema, _COMPONENTS)
    names = event_component_names(live_events(schema))
    components: dict[str, JsonSchema] = {
        "Contact": records.contact(),
        "Company": records.company(),
        "MessengerSettings": records.boot(),
        **records.common_definitions(),
        **{names[event.name]: records.event(event) for event in live_events(schema)},
    }
    if names:
        components["Event"] = _any_event(names)
    return {
        "openapi": "3.1.0",
        "info": {
            "title": "Records of an Intercom workspace",
            "description": "What the API and the Messenger take of contacts, companies and events, as the specs "
            "declare them. Made by `intercom-iac schema openapi`.",
            "version": version,
        },
        "paths": {},
        "components": {"schemas": components},
    }


def _any_event(names: dict[str, str]) -> JsonSchema:
    places = {name: f"{_COMPONENTS}{component}" for name, component in names.items()}
    return {
        "description": "An occurrence of one of the events that the specs declare",
        "oneOf": [{"$ref": place} for place in places.values()],
        "discriminator": {"propertyName": "event_name", "mapping": places},
    }
