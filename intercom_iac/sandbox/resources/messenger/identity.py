"""Whom data of the Messenger is about."""

import base64
import binascii
import json
from dataclasses import dataclass

from ...wire.errors import missing_parameter
from ...wire.json_values import JsonObject, as_object


@dataclass(frozen=True, slots=True)
class Identity:
    """The `user_id` and the `email` that data has; one of them at least."""

    user_id: str | None
    email: str | None


def read_identity(data: JsonObject) -> Identity:
    """The identity in the data, or else in its `intercom_user_jwt`, whose signature is not verified.

    Raises `ApiError` where there is none: visitors are not simulated.
    """
    token = data.get("intercom_user_jwt")
    for source in (data, _read_claims(token) if isinstance(token, str) else {}):
        identity = Identity(user_id=_read_text(source, "user_id"), email=_read_text(source, "email"))
        if identity.user_id is not None or identity.email is not None:
            return identity
    raise missing_parameter("one of user_id, email is required")


def _read_claims(token: str) -> JsonObject:
    """The claims of a JSON Web Token (RFC 7519); none where it is no token."""
    parts = token.split(".")
    if len(parts) != 3:
        return {}
    try:
        text = base64.urlsafe_b64decode(parts[1] + "=" * (-len(parts[1]) % 4))
        return as_object(json.loads(text)) or {}
    except (binascii.Error, ValueError, RecursionError):
        return {}


def _read_text(data: JsonObject, key: str) -> str | None:
    value = data.get(key)
    return value if isinstance(value, str) and value else None
