"""Calls of Intercom's API: headers, the rate gate, retries of what is safe to retry, errors in our words."""

from __future__ import annotations

import json
import threading
from collections.abc import Callable, Mapping
from http import HTTPStatus
from typing import Any, cast

import httpx

from intercom_iac.diagnostics import (
    Conflict,
    NotFound,
    RateLimited,
    Unauthorized,
    UnexpectedResponse,
    Unreachable,
    WorkspaceError,
    printable,
)

from .rate import RateGate
from .target import Target
from .transport import TIMEOUT, open_transport

API_VERSION = "2.16"
TRIES = 4
_FIRST_LINE = 120
_NEVER_SENT = (
    httpx.ConnectError,
    httpx.ConnectTimeout,
    httpx.PoolTimeout,
    httpx.ProxyError,
    httpx.UnsupportedProtocol,
)
_NOT_KNOWN = "whether the change was made is not known: run `plan` to see where the workspace stands"
_NOT_INTERCOM = "a proxy, or a `base_url` that is not Intercom's, answers like this"
_IN_TROUBLE = "Intercom, or a proxy on the way, is in trouble: try again later"


class Client:
    """One workspace's API. Thread-safe; counts its calls.

    A read is tried again after a dropped connection, a time-out or a 5xx. A write is tried again only when
    Intercom cannot have done it: it was never sent, or it was answered with 429.
    """

    def __init__(
        self,
        target: Target,
        *,
        transport: httpx.BaseTransport | None = None,
        sleep: Callable[[float], object] | None = None,
    ) -> None:
        """Makes no call. Raises `Unauthorized` for a token, and `Unreachable` for an address, of no use."""
        self.calls = 0
        self._lock = threading.Lock()
        self._closed = threading.Event()
        # Closing ends every wait at once: a call under way in another thread is not tried again.
        self._sleep = sleep or self._closed.wait
        self._gate = RateGate(sleep=self._sleep)
        self._http = _open(target, transport)

    def close(self) -> None:
        self._closed.set()
        self._http.close()

    def get(self, path: str, **query: str) -> dict[str, Any]:
        """The JSON object a GET answers with. Raises a `WorkspaceError`."""
        return self._json(self._send("GET", path, query, None))

    def post(self, path: str, body: Mapping[str, Any]) -> dict[str, Any]:
        """The JSON object a POST answers with; an empty answer (202, 204) is an empty object."""
        return self._json(self._send("POST", path, {}, body))

    def put(self, path: str, body: Mapping[str, Any]) -> dict[str, Any]:
        """The JSON object a PUT answers with."""
        return self._json(self._send("PUT", path, {}, body))

    def delete(self, path: str) -> None:
        """Deletes; the answer's body says nothing of use."""
        self._send("DELETE", path, {}, None)

    def _send(
        self, method: str, path: str, query: Mapping[str, str], body: Mapping[str, Any] | None
    ) -> httpx.Response:
        attempt = 0
        while True:
            attempt += 1
            self._gate.wait()
            with self._lock:
                self.calls += 1
            try:
                answer = self._http.request(method, path, params=dict(query) or None, json=body)
            except (httpx.RequestError, httpx.InvalidURL) as error:
                if attempt == TRIES or not (method == "GET" or isinstance(error, _NEVER_SENT)):
                    raise self._lost(method, path, error) from error
                self._sleep(_backoff(attempt))
                continue
            self._gate.learn(answer.headers)
            if answer.is_success:
                return answer
            if attempt == TRIES or not _again(method, answer.status_code):
                raise _error(answer)
            self._sleep(_backoff(attempt))

    def _lost(self, method: str, path: str, error: Exception) -> WorkspaceError:
        """For a call without an answer that can be read."""
        maybe_done = method != "GET" and not isinstance(error, _NEVER_SENT)
        if isinstance(error, (httpx.DecodingError, httpx.InvalidURL)):
            return UnexpectedResponse(
                f"the answer to {method} {path} cannot be read ({type(error).__name__})",
                hint=_NOT_KNOWN if maybe_done else _NOT_INTERCOM,
                maybe_done=maybe_done,
            )
        host = self._http.base_url.host
        what = "cannot be reached" if isinstance(error, _NEVER_SENT) else f"did not answer {method} {path}"
        hint = "check the network, its proxy, and the `base_url` or `region` of the project file"
        return Unreachable(
            f"`{host}` {what} ({type(error).__name__})",
            hint=_NOT_KNOWN if maybe_done else hint,
            maybe_done=maybe_done,
        )

    @staticmethod
    def _json(answer: httpx.Response) -> dict[str, Any]:
        if not answer.content:
            return {}
        try:
            data: Any = json.loads(answer.content)
        except (ValueError, RecursionError) as error:
            raise _unexpected(answer, "is not JSON") from error
        if not isinstance(data, dict):
            raise _unexpected(answer, "is no JSON object")
        return cast("dict[str, Any]", data)


def _again(method: str, status: int) -> bool:
    return status == HTTPStatus.TOO_MANY_REQUESTS or (method == "GET" and status >= 500)


def _backoff(attempt: int) -> float:
    return 0.25 * 2 ** (attempt - 1)


def _open(target: Target, transport: httpx.BaseTransport | None) -> httpx.Client:
    if not target.token.is_plausible:
        raise Unauthorized(
            f"the token of `{target.name}` holds characters that no token has",
            hint="set the variable that `token_env` names again, without spaces, line breaks or curly quotes",
        )
    try:
        url = httpx.URL(target.base_url)
        # The port and every label of the host's name, as the network takes them.
        usable = url.scheme in ("http", "https") and url.host != "" and (url.port or 1) in range(1, 65_536)
        url.raw_host.decode("ascii").encode("idna")
    except (httpx.InvalidURL, UnicodeError):
        usable = False
    if not usable:
        raise Unreachable(
            f"the address of `{target.name}` is not one that can be called",
            hint="check `base_url` in the project file: it is like `https://api.intercom.io`",
        )
    try:
        return httpx.Client(
            base_url=target.base_url,
            transport=transport or open_transport(target),
            timeout=TIMEOUT,
            follow_redirects=False,
            # A proxy of the environment has no business between this process and the embedded workspace.
            trust_env=target.sandbox is None,
            headers={
                "Accept": "application/json",
                "Authorization": target.token.header(),
                "Intercom-Version": API_VERSION,
                "User-Agent": "intercom-iac",
            },
        )
    except (httpx.InvalidURL, ValueError, ImportError) as error:
        # The target is usable, so it is what the environment says of proxies: a bad address, or a kind not spoken.
        raise Unreachable(
            "the environment names a proxy that cannot be used",
            hint="check the variables `HTTPS_PROXY`, `HTTP_PROXY`, `ALL_PROXY` and `NO_PROXY`; a proxy is "
            "like `http://proxy.example.com:3128`",
        ) from error
    except OSError as error:
        raise Unreachable(
            "the certificates that the environment names cannot be read",
            hint="check the variables `SSL_CERT_FILE` and `SSL_CERT_DIR`",
        ) from error


def _error(answer: httpx.Response) -> WorkspaceError:
    """An answer of 3xx, 4xx or 5xx as an exception with Intercom's own message."""
    status = answer.status_code
    message, request_id = _said(answer)
    if status in (401, 403):
        hint = "check the variable that `token_env` names, and the permissions of the token's app"
        message = f"Intercom refused the token: {message}"
        return Unauthorized(message, hint=hint, request_id=request_id, status=status)
    if status == HTTPStatus.NOT_FOUND:
        return NotFound(f"Intercom does not know it: {message}", request_id=request_id, status=status)
    if status == HTTPStatus.TOO_MANY_REQUESTS:
        hint = "try again later: another program may be using up the workspace's limit"
        message = f"Intercom's rate limit held: {message}"
        return RateLimited(message, hint=hint, request_id=request_id, status=status)
    if 400 <= status < 500:
        refused = "request" if answer.request.method == "GET" else "change"
        return Conflict(f"Intercom refused the {refused}: {message}", request_id=request_id, status=status)
    if status >= 500:
        # It failed in the middle: whether a change was made before that is not known.
        write = answer.request.method != "GET"
        return UnexpectedResponse(
            f"Intercom failed to answer {answer.request.method} {answer.request.url.path}: {message}",
            hint=_NOT_KNOWN if write else _IN_TROUBLE,
            request_id=request_id,
            status=status,
            maybe_done=write,
        )
    return _unexpected(answer, "is none of Intercom's")


def _said(answer: httpx.Response) -> tuple[str, str | None]:
    """The messages of an `error.list` and its request id; else the status and the first line."""
    status, request_id = f"status {answer.status_code}", answer.headers.get("x-request-id")
    try:
        data = json.loads(answer.content)
        messages = [str(each["message"]) for each in data["errors"]]
        named = data.get("request_id")
    except (ValueError, KeyError, TypeError, AttributeError, RecursionError):
        return f"{status}, {_first_line(answer)}", request_id
    return printable("; ".join(messages)) or status, named if isinstance(named, str) else request_id


def _unexpected(answer: httpx.Response, what: str) -> UnexpectedResponse:
    """For an answer that neither does what was asked nor says in Intercom's words why not."""
    request = answer.request
    # A redirect changes nothing; a success may have.
    maybe_done = request.method != "GET" and answer.is_success
    return UnexpectedResponse(
        f"the answer to {request.method} {request.url.path} {what}: status {answer.status_code}, "
        f"{_first_line(answer)}",
        hint=_NOT_KNOWN if maybe_done else _NOT_INTERCOM,
        request_id=answer.headers.get("x-request-id"),
        status=answer.status_code,
        maybe_done=maybe_done,
    )


def _first_line(answer: httpx.Response) -> str:
    # Not `answer.text`, which decodes as the answer asks to be.
    lines = answer.content.decode("utf-8", errors="replace").strip().splitlines()
    return f"first line `{printable(lines[0][:_FIRST_LINE])}`" if lines else "an empty body"
