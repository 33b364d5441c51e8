"""What Intercom answered: its JSON, or the exception that says in Intercom's own words why not."""

from __future__ import annotations

import json
from collections.abc import Mapping
from http import HTTPStatus
from typing import Any, cast

from intercom_iac.diagnostics import (
    Conflict,
    NotFound,
    RateLimited,
    Unauthorized,
    UnexpectedResponse,
    WorkspaceError,
)
from intercom_iac.lazy_dataclass import dataclass
from intercom_iac.model import host_of
from intercom_iac.text import printable

NOT_KNOWN = "whether the change was made is not known: run `plan` to see where the workspace stands"
NOT_INTERCOM = "a proxy, or a `base_url` that is not Intercom's, answers like this"
_IN_TROUBLE = "Intercom, or a proxy on the way, is in trouble: try again later"
_FIRST_LINE = 120
# Calls that read, although they have a body.
_SEARCHES = frozenset({"/contacts/search", "/companies/list"})


def may_change(method: str, path: str) -> bool:
    """Whether a call may change something; a search does not."""
    return method != "GET" and (method != "POST" or path.partition("?")[0] not in _SEARCHES)


class Body(dict[str, Any]):
    """The JSON object of an answer, which came as so many bytes."""

    size = 0


@dataclass(frozen=True, slots=True)
class Answer:
    """One answer, read to its end; `unread` is why its content is not, as the end of a sentence.

    The names of `headers` are found in any case.
    """

    method: str
    path: str
    status: int
    headers: Mapping[str, str]
    content: bytes
    unread: str | None = None

    @property
    def is_success(self) -> bool:
        return 200 <= self.status < 300

    def json(self) -> dict[str, Any]:
        """The JSON object of a success, empty for an empty answer. Raises a `WorkspaceError` for anything else."""
        if not self.is_success:
            raise _refusal(self)
        if self.unread is not None:
            raise _unexpected_response(self, f"cannot be read: it {self.unread}")
        if not self.content:
            return {}
        data: Any = None
        what = "is no JSON object"
        try:
            data = json.loads(self.content)
        except (ValueError, RecursionError):
            what = "is not JSON"
        if not isinstance(data, dict):
            raise _unexpected_response(self, what)
        body = Body(cast("dict[str, Any]", data))
        body.size = len(self.content)
        return body


def _refusal(answer: Answer) -> WorkspaceError:
    """An answer of 3xx, 4xx or 5xx as an exception with Intercom's own message."""
    status = answer.status
    message, request_id = _error_messages(answer)
    if status in (401, 403):
        hint = "check the variable that `token_env` names, and the permissions of the token's app"
        message = f"Intercom refused the token: {message}"
        return Unauthorized(message, hint=hint, request_id=request_id, status=status)
    if status == HTTPStatus.NOT_FOUND:
        return NotFound(
            f"Intercom found nothing for {answer.method} {answer.path}: {message}",
            request_id=request_id,
            status=status,
        )
    if status == HTTPStatus.TOO_MANY_REQUESTS:
        hint = "try again later: another program may be using up the workspace's limit"
        message = f"Intercom's rate limit held: {message}"
        return RateLimited(message, hint=hint, request_id=request_id, status=status)
    if 400 <= status < 500:
        refused = "change" if may_change(answer.method, answer.path) else "request"
        return Conflict(f"Intercom refused the {refused}: {message}", request_id=request_id, status=status)
    if status >= 500:
        # It failed in the middle: whether a change was made before that is not known.
        write = may_change(answer.method, answer.path)
        return UnexpectedResponse(
            f"Intercom failed to answer {answer.method} {answer.path}: {message}",
            hint=NOT_KNOWN if write else _IN_TROUBLE,
            request_id=request_id,
            status=status,
            maybe_done=write,
        )
    location = answer.headers.get("location")
    if location is not None:
        return UnexpectedResponse(
            f"the answer to {answer.method} {answer.path} sends elsewhere, to "
            f"`{printable(host_of(location) or location[:_FIRST_LINE])}`: status {status}",
            hint="no redirect is followed, so that the token goes nowhere else; check `base_url`",
            request_id=request_id,
            status=status,
        )
    return _unexpected_response(answer, "is none of Intercom's")


def _error_messages(answer: Answer) -> tuple[str, str | None]:
    """The messages of an `error.list` and its request id; else the status and the first line."""
    status, request_id = f"status {answer.status}", answer.headers.get("x-request-id")
    try:
        data = json.loads(answer.content)
        messages = [str(load["message"]) for load in data["errors"]]
        named = data.get("request_id")
    except (ValueError, KeyError, TypeError, AttributeError, RecursionError):
        return f"{status}, {_first_line(answer)}", request_id
    return printable("; ".join(messages)) or status, named if isinstance(named, str) else request_id


def _unexpected_response(answer: Answer, what: str) -> UnexpectedResponse:
    """For an answer that neither does what was asked nor says in Intercom's words why not."""
    # A redirect changes nothing; a success may have.
    maybe_done = may_change(answer.method, answer.path) and answer.is_success
    told = "" if answer.unread is not None else f", {_first_line(answer)}"
    return UnexpectedResponse(
        f"the answer to {answer.method} {answer.path} {what}: status {answer.status}{told}",
        hint=NOT_KNOWN if maybe_done else NOT_INTERCOM,
        request_id=answer.headers.get("x-request-id"),
        status=answer.status,
        maybe_done=maybe_done,
    )


def _first_line(answer: Answer) -> str:
    if answer.unread is not None:
        return f"its body {answer.unread}"
    # Not `answer.text`, which decodes as the answer asks to be.
    lines = answer.content.decode("utf-8", errors="replace").strip().splitlines()
    return f"first line `{printable(lines[0][:_FIRST_LINE])}`" if lines else "an empty body"
