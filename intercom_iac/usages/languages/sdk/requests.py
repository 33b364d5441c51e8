"""Requests to the address of the API: `requests.post("https://api.intercom.io/contacts", json={...})`."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final

from ...mentions import Mention
from ...values import Constant, Record
from ..api_calls import url_call
from .chain import Argument
from .code import Code
from .wire_records import api_mentions, entry_value

REQUESTS: Final = frozenset({"post", "put", "patch", "request", "fetch", "send", "call", "post_json"})
_BODIES: Final = ("json", "data", "body", "params", "payload", "form")
# An address stands first, or behind the method.
_FIRST: Final = 2


def request_mentions(code: Code, arguments: Sequence[Argument]) -> list[Mention]:
    """What a request sends, by its address; nothing where the body is not written out."""
    kind = None
    for argument in arguments[:_FIRST]:
        text = _text(code, argument)
        call = None if text is None else url_call(text)
        if call is not None:
            kind = call.kind
            break
    if kind is None:
        return []
    for argument in arguments:
        if argument.rest or not (argument.name is None or argument.name in _BODIES):
            continue
        body = code.value(argument.node)
        if isinstance(body, Record):
            return list(api_mentions(kind, _unwrap(body)))
    return []


def _text(code: Code, argument: Argument) -> str | None:
    """An address, what is put in left as it is written."""
    value = code.value(argument.node)
    if isinstance(value, Constant):
        return value.value if isinstance(value.value, str) else None
    span = code.span(argument.node)
    return span.file.text[span.start : min(span.end, span.start + 200)].strip("\"'`)")


def _unwrap(record: Record) -> Record:
    """The body among the options of a request."""
    for name in _BODIES:
        inner = entry_value(record, name)
        if isinstance(inner, Record):
            return inner
    return record
