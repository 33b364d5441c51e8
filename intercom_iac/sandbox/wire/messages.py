"""One HTTP request and one response, free of any server or client library."""

import json
import os
from collections.abc import Mapping
from dataclasses import dataclass, field

from .json_values import JsonObject


@dataclass(frozen=True, slots=True)
class Request:
    """One call.

    `path` is as on the wire: percent-encoded, without the query (`/contacts/find_by_external_id/a%2Fb`).
    `query` holds decoded pairs. `headers` has lowercase names.
    """

    method: str
    path: str
    query: Mapping[str, str] = field(default_factory=dict[str, str])
    headers: Mapping[str, str] = field(default_factory=dict[str, str])
    body: bytes = b""


@dataclass(frozen=True, slots=True)
class Response:
    """One answer; `headers` has lowercase names, `body` is UTF-8 JSON or empty."""

    status: int
    headers: Mapping[str, str]
    body: bytes


def json_response(body: JsonObject, *, status: int = 200) -> Response:
    """`body` as JSON; raises UnicodeEncodeError where a text holds a lone surrogate."""
    payload = json.dumps(body, ensure_ascii=False, separators=(",", ":")).encode()
    return Response(status, {"content-type": "application/json; charset=utf-8"}, payload)


def empty_response(status: int) -> Response:
    """An answer without a body."""
    return Response(status, {}, b"")


def new_uuid() -> str:
    """A random UUID, the form of request ids and scroll parameters."""
    # As `uuid.uuid4` makes it, whose module is a fifth of this package's import time.
    digits = bytearray(os.urandom(16))
    digits[6] = digits[6] & 0x0F | 0x40
    digits[8] = digits[8] & 0x3F | 0x80
    text = digits.hex()
    return "-".join((text[:8], text[8:12], text[12:16], text[16:20], text[20:]))
