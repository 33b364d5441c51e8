"""A stand-in for the Messenger: what `Intercom('trackEvent', name, metadata)` does to a workspace."""

from dataclasses import replace

from ...calls.call import Call
from ...wire.errors import ApiError
from ...wire.json_values import JsonObject, as_object
from ...wire.messages import Response, json_response
from .. import events
from ..event_names import find_tracked_keys
from .identity import read_identity


def track(call: Call) -> Response:
    """POST /sandbox/messenger/trackEvent, with the identity of the person, `event_name` and `metadata` as the body.

    The event happens now, to a person who is there already. `values_ignored` (`metadata.x`) reports what a browser is
    not told: values that do not fit, and keys past the number that is tracked for each event.
    """
    identity = read_identity(call.body)
    sent = as_object(call.body.get("metadata"))
    metadata = {key: value for key, value in (sent or {}).items() if _is_accepted(call, key, value)}
    body = {
        "user_id": identity.user_id,
        "email": identity.email,
        "event_name": call.body.get("event_name"),
        "created_at": call.now,
        "metadata": metadata,
    }
    events.submit(replace(call, body=body))
    tracked = {key.casefold() for key in find_tracked_keys(call.store, str(body["event_name"]))}
    stored = {key for key in metadata if key.casefold() in tracked}
    ignored = [f"metadata.{key}" for key in sent or {} if key not in stored]
    if sent is None and call.body.get("metadata") is not None:
        ignored = ["metadata"]
    answer: JsonObject = {
        "type": "sandbox.messenger",
        "event_name": body["event_name"],
        "values_ignored": ignored,
    }
    return json_response(answer)


def _is_accepted(call: Call, key: str, value: object) -> bool:
    """Whether a value fits; a null is ignored."""
    try:
        return key in events.read_metadata(call, {key: value})
    except ApiError:
        return False
