"""Calls of Intercom's API: headers, the rate gate, retries of what is safe to retry, errors in our words."""

from __future__ import annotations

import random
import threading
import time
from collections.abc import Callable, Mapping
from typing import Any

import httpx

from intercom_iac.diagnostics import (
    RateLimited,
    Unauthorized,
    UnexpectedResponse,
    Unreachable,
    WorkspaceError,
)
from intercom_iac.model import host_of, trusted_host, usable_address
from intercom_iac.text import printable

from ..target import Target
from .answers import NOT_INTERCOM, NOT_KNOWN, Answer, may_change
from .lost_calls import host_and_port, lost_call_message, never_sent
from .rate import RateGate
from .secrecy import Bearer, bare_error, certificate_refusal, without_token
from .slow_calls import SlowCallWatch
from .transport import LONGEST_EXCHANGE, TIMEOUT, open_transport
from .unpacking import ASKED_FOR, Unreadable, unpack_body

API_VERSION = "2.16"
TRIES = 4
PARALLELISM = 5
"""How many calls may be under way at once, where nobody says otherwise: a plan reads five lists."""
_FIRST_PAUSE = 0.25
# Of its own: a retry in a thread leaves the random numbers of the program as they are.
_JITTER = random.Random()  # noqa: S311  no secret
_NOT_FOUND = 404


class Client:
    """One workspace's API. Thread-safe; counts its calls, of which `parallelism` at most are under way at once.

    A call that is refused for its rate, or was never sent, is tried again. So is one without an answer that can be
    read, of 5xx or none at all, where making it twice is the same as making it once: a read, a change of an object by
    its id. Any other call ends with `maybe_done`: whoever makes it has to look before it is made again.
    """

    def __init__(
        self,
        target: Target,
        *,
        transport: httpx.BaseTransport | None = None,
        sleep: Callable[[float], object] | None = None,
        parallelism: int = PARALLELISM,
        on_wait: Callable[[str], None] | None = None,
    ) -> None:
        """Makes no call; `on_wait` is told of those that take long.

        Raises `Unauthorized` for a token, and `Unreachable` for an address, of no use.
        """
        self.calls = 0
        self.parallelism = parallelism
        self._lock = threading.Lock()
        self._slots = threading.Semaphore(parallelism)
        self._closed = threading.Event()
        # Closing ends every wait at once: a call under way in another thread is not tried again.
        self._sleep = sleep or self._closed.wait
        self._rate_gate = RateGate(sleep=self._sleep)
        self._token = target.token
        self._http = _open_http(target, transport)
        self._watch = SlowCallWatch(self._http.base_url.host, on_wait)

    def close(self) -> None:
        self._closed.set()
        self._watch.close()
        self._http.close()

    def get(self, path: str, **query: str) -> dict[str, Any]:
        """The JSON object a GET answers with. Raises a `WorkspaceError`."""
        return self._call("GET", path, query, None, repeatable=True)

    def post(self, path: str, body: Mapping[str, Any], *, repeatable: bool = False) -> dict[str, Any]:
        """The JSON object a POST answers with; an empty answer (202, 204) is an empty object.

        `repeatable`: Intercom takes the same body twice for once.
        """
        return self._call("POST", path, {}, body, repeatable=repeatable)

    def put(self, path: str, body: Mapping[str, Any]) -> dict[str, Any]:
        """The JSON object a PUT answers with."""
        return self._call("PUT", path, {}, body, repeatable=True)

    def delete(self, path: str) -> None:
        """Deletes; the answer's body says nothing of use."""
        self._call("DELETE", path, {}, None, repeatable=True)

    def back_off(self, attempt: int) -> None:
        """Waits before another try, twice as long after each, and never as long as the others that wait."""
        self._sleep(_FIRST_PAUSE * 2 ** (attempt - 1) * _JITTER.uniform(1, 1.5))

    def _call(
        self,
        method: str,
        path: str,
        query: Mapping[str, str],
        body: Mapping[str, Any] | None,
        *,
        repeatable: bool,
    ) -> dict[str, Any]:
        lost = False
        attempt = 0
        patience = time.monotonic() + LONGEST_EXCHANGE
        while True:
            attempt += 1
            distrusted = False
            try:
                answer = self._send(method, path, query, body, attempt)
            except (httpx.RequestError, httpx.InvalidURL) as error:
                failure = self._lost_call(method, path, error)
                failure.__cause__ = bare_error(error)
                distrusted = certificate_refusal(error) is not None
            else:
                if method == "DELETE" and (answer.is_success or (lost and answer.status == _NOT_FOUND)):
                    return {}  # what its body says is of no use; 404 where an earlier try did it
                try:
                    return answer.json()
                except WorkspaceError as error:
                    failure = error
            # Whoever lets a whole minute pass is not waited for again.
            late = isinstance(failure, Unreachable) and time.monotonic() >= patience
            if attempt == TRIES or distrusted or late or not _may_retry(failure, repeatable=repeatable):
                raise failure
            lost = lost or failure.maybe_done
            self.back_off(attempt)

    def _send(
        self, method: str, path: str, query: Mapping[str, str], body: Mapping[str, Any] | None, attempt: int
    ) -> Answer:
        """One call and its whole answer. Raises what httpx does."""
        self._rate_gate.enter()
        headers: Mapping[str, str] | None = None
        try:
            with self._lock:
                self.calls += 1
            with (
                self._slots,
                self._watch.call(attempt),
                self._http.stream(method, path, params=dict(query) or None, json=body) as got,
            ):
                headers = got.headers
                content, unread = _read_body(got)
                return without_token(
                    Answer(method, path, got.status_code, headers, content, unread), self._token
                )
        finally:
            self._rate_gate.leave(headers)

    def _lost_call(self, method: str, path: str, error: Exception) -> WorkspaceError:
        """For a call without an answer that can be read."""
        maybe_done = may_change(method, path) and not never_sent(error)
        if isinstance(error, (httpx.DecodingError, httpx.InvalidURL)):
            return UnexpectedResponse(
                f"the answer to {method} {path} cannot be read: "
                + (
                    "it leads to no address"
                    if isinstance(error, httpx.InvalidURL)
                    else "it cannot be unpacked"
                ),
                hint=NOT_KNOWN if maybe_done else NOT_INTERCOM,
                maybe_done=maybe_done,
            )
        where = host_and_port(self._http.base_url)
        if (why := certificate_refusal(error)) is not None:
            return Unreachable(
                f"`{where}` shows a certificate that is not trusted: {printable(why)}",
                hint="nothing was sent; an authority of one's own is named by `SSL_CERT_FILE`, and nothing turns "
                "this check off",
            )
        hint = "check the network, its proxy, and the `base_url` or `region` of the project file"
        return Unreachable(
            f"`{where}` {lost_call_message(f'{method} {path}', error)}",
            hint=NOT_KNOWN if maybe_done else hint,
            maybe_done=maybe_done,
        )


def _read_body(answer: httpx.Response) -> tuple[bytes, str | None]:
    """The body to its end, or none, and why it cannot be read."""
    if answer.is_stream_consumed:  # handed over whole, as the embedded workspace does
        return answer.content, None
    try:
        return unpack_body(answer.iter_raw(), answer.headers.get("content-encoding", "")), None
    except Unreadable as error:
        return b"", str(error)


def _may_retry(failure: WorkspaceError, *, repeatable: bool) -> bool:
    """Whether the call may be made once more, and that may help: a redirect or a refusal stays what it is."""
    if isinstance(failure, RateLimited):
        return True
    if isinstance(failure, Unreachable):
        return repeatable or not failure.maybe_done
    redirect = failure.status is not None and 300 <= failure.status < 400
    return isinstance(failure, UnexpectedResponse) and repeatable and not redirect


def _open_http(target: Target, transport: httpx.BaseTransport | None) -> httpx.Client:
    if not target.token.is_plausible:
        raise Unauthorized(
            f"the token of `{target.name}` holds characters that no token has",
            hint="set the variable that `token_env` names again, without spaces, line breaks or curly quotes",
        )
    if target.sandbox is None and not usable_address(target.base_url):
        raise Unreachable(
            f"the address of `{target.name}` is not one that can be called",
            hint="check `base_url` in the project file: it is like `https://api.intercom.io`",
        )
    if target.sandbox is None and not trusted_host(target.base_url, target.allow_host):
        host = host_of(target.base_url)
        raise Unreachable(
            f"the host `{host}` of `{target.name}` is not Intercom's, and `allow_host` does not name it",
            hint=f"nothing was sent; if it is to have the token, write `allow_host: {host}` in the project file",
        )
    return httpx.Client(
        base_url=target.base_url,
        transport=transport or open_transport(target),
        timeout=TIMEOUT,
        follow_redirects=False,
        auth=Bearer(target.token),
        # The transport asks the environment, and only where it has a say.
        trust_env=False,
        headers={
            "Accept": "application/json",
            "Accept-Encoding": ASKED_FOR,
            "Intercom-Version": API_VERSION,
            "User-Agent": "intercom-iac",
        },
    )
