"""Errors of the API: raised as `ApiError`, rendered by `error_response`; and those that several resources share."""

from collections.abc import Mapping
from dataclasses import replace

from .json_values import JsonObject
from .messages import Response, json_response, new_uuid


class ApiError(Exception):
    """An error that is answered: HTTP `status`, Intercom's `code`, its `message` and further `headers`."""

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
    # A message may quote a lone surrogate from the request.
    message = error.message.encode(errors="replace").decode()
    request_id = new_uuid()
    body: JsonObject = {
        "type": "error.list",
        "request_id": request_id,
        "errors": [{"code": error.code, "message": message}],
    }
    response = json_response(body, status=error.status)
    return replace(response, headers={**response.headers, "x-request-id": request_id, **error.headers})


def invalid_parameter(message: str) -> ApiError:
    """400 `parameter_invalid`, the code of most rejected values."""
    return ApiError(400, "parameter_invalid", message)


def missing_parameter(message: str) -> ApiError:
    """400 `parameter_not_found`, the code of an absent required value."""
    return ApiError(400, "parameter_not_found", message)


def resource_not_found() -> ApiError:
    """404 of tags, segments and audiences."""
    return ApiError(404, "not_found", "Resource Not Found")


def user_not_found() -> ApiError:
    """404 of a contact (recorded, API 2.3)."""
    return ApiError(404, "not_found", "User Not Found")


def company_not_found() -> ApiError:
    """404 of a company wherever one is named."""
    return ApiError(404, "company_not_found", "Company Not Found")
