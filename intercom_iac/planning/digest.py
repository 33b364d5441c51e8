"""What a plan rests on, as digests: the definitions in a workspace, never its people or their number."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Mapping
from dataclasses import asdict, fields
from typing import Any

from intercom_iac.model import LiveAttribute, LiveAudience, LiveSegment, Snapshot
from intercom_iac.model.address import event_address

_SHORT = 16


def definition_digests(snapshot: Snapshot) -> dict[str, str]:
    """Each definition of the workspace -> a short digest of it.

    Custom attributes, registered events, segments and audiences count, whether the specs know them or not.
    Tags do not: people make them all day, and to make one that exists changes nothing.
    """
    definitions: dict[str, Any] = {"workspace": [snapshot.identity.app_id, snapshot.identity.timezone]}
    definitions |= {attribute.address: _definition(attribute) for attribute in snapshot.attributes}
    definitions |= {event_address(event): True for event in snapshot.events}
    definitions |= {
        f"segment `{segment.name}` ({segment.id})": _definition(segment) for segment in snapshot.segments
    }
    definitions |= {
        audience_key(audience.name, audience.id): _definition(audience) for audience in snapshot.audiences
    }
    return {key: _digest(value)[:_SHORT] for key, value in sorted(definitions.items())}


def audience_key(name: str, audience_id: str | None) -> str:
    """What an audience is known by: names need not be unique."""
    return f"audience `{name}` ({audience_id})"


def audience_digest(audience: LiveAudience) -> str:
    """The digest of an audience in `definition_digests`."""
    return _digest(_definition(audience))[:_SHORT]


def _definition(thing: LiveAttribute | LiveSegment | LiveAudience) -> dict[str, Any]:
    """All that it is: what two of them are compared by, so neither its history nor how many people it has."""
    compared = {field.name for field in fields(thing) if field.compare}
    return {name: value for name, value in asdict(thing).items() if name in compared}


def live_digest(points: Mapping[str, str]) -> str:
    """One digest of them all."""
    return f"sha256:{_digest(dict(points))}"


def definition_changes(before: Mapping[str, str], now: Mapping[str, str]) -> dict[str, str]:
    """Each definition that is new, gone or changed, with a line that says so."""
    lines: dict[str, str] = {}
    for key in sorted(before.keys() | now.keys()):
        if key not in before:
            lines[key] = f"{key} is new"
        elif key not in now:
            lines[key] = f"{key} is gone"
        elif before[key] != now[key]:
            lines[key] = f"{key} has changed"
    return lines


def _digest(value: Any) -> str:
    text = json.dumps(value, sort_keys=True, separators=(",", ":"))
    return hashlib.sha256(text.encode()).hexdigest()
