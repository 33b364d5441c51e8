"""What goes wrong: an answer Intercom would give, or a file that is no workspace."""

from collections.abc import Mapping
from dataclasses import replace
from pathlib import Path

from .messages import JsonObject, Response, json_response, new_uuid


class SandboxFileError(Exception):
    """The file at `path` cannot serve as a workspace; `reason` says why, in lowercase words."""

    def __init__(self, path: Path, reason: str) -> None:
        super().__init__(f"`{path}` cannot serve as a sandbox workspace: {reason}")
        self.path = path
        self.reason = reason


class SandboxBusyError(SandboxFileError):
    """Another process held the file's write lock for longer than this one waits."""

    def __init__(self, path: Path) -> None:
        super().__init__(path, "another process is writing to it")


class SandboxDiskError(SandboxFileError):
    """The system failed to read or write the file, as a full disk does; nothing of the transaction is done."""


class ApiError(Exception):
    """An error answer in the making: HTTP `status`, Intercom's `code`, its `message` and further `headers`."""

    def __init__(
        self, status: int, code: str, message: str, *, headers: Mapping[str, str] | None = None
    ) -> None:
        super().__init__(message)
        self.status = status
        self.code = code
        self.message = message
        self.headers = headers or {}


def error_response(error: ApiError) -> Response:
    """The error as Intercom's `error.list` (API description, schema `error`)."""
    # A message may quote half a character that the request held.
    message = error.message.encode(errors="replace").decode()
    request_id = new_uuid()
    body: JsonObject = {
        "type": "error.list",
        "request_id": request_id,
        "errors": [{"code": error.code, "message": message}],
    }
    response = json_response(body, status=error.status)
    return replace(response, headers={**response.headers, "x-request-id": request_id, **error.headers})


def invalid(message: str) -> ApiError:
    """400 `parameter_invalid`, the code of most rejected values."""
    return ApiError(400, "parameter_invalid", message)


def missing(message: str) -> ApiError:
    """400 `parameter_not_found`, the code of an absent required value."""
    return ApiError(400, "parameter_not_found", message)


def resource_not_found() -> ApiError:
    """404 of tags, segments and audiences."""
    return ApiError(404, "not_found", "Resource Not Found")


def user_not_found() -> ApiError:
    """404 of a person in the tags, segments, companies and events calls."""
    return ApiError(404, "not_found", "User Not Found")


def company_not_found() -> ApiError:
    """404 of a company wherever one is named."""
    return ApiError(404, "company_not_found", "Company Not Found")
