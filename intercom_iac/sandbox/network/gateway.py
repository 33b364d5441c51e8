"""The workspace behind a network: latency, then the rate limit, then at most one fault."""

import threading
import time
from collections import Counter
from collections.abc import Callable
from dataclasses import dataclass
from typing import Literal

from ..rate_limit import RateLimit
from ..wire.authorization import has_token
from ..wire.errors import ApiError, error_response
from ..wire.messages import Request, Response, json_response
from ..workspace import Sandbox, add_identity_headers
from .faults import Dropped, Faults
from .latency import Latency

COUNTS_PATH = "/sandbox/counts"
"""GET here counts calls and injected faults. It is the sandbox's own path and meets neither limit nor fault."""

SLOW_SECONDS = 5.0
"""How long a body that trickles takes, unless set."""

PROXY_PAGE = """<html>
<head><title>503 Service Temporarily Unavailable</title></head>
<body>
<center><h1>503 Service Temporarily Unavailable</h1></center>
</body>
</html>
"""


@dataclass(frozen=True, slots=True)
class Answer:
    """What a client gets, and how: the `whole` body at once, a `slow` one, or only `half` of it.

    `response` is None where the connection closes without an answer; `fault` is the kind of fault that was injected.
    """

    response: Response | None
    manner: Literal["whole", "slow", "half"] = "whole"
    fault: str = ""


class Gateway:
    """A workspace behind a network that has limits and fails. Thread-safe.

    A call waits for the latency, then counts towards the rate limit if it has a token, then meets at most one fault;
    a call refused with 429 neither meets a fault nor counts for one. Without a `rate_limit`, Intercom's own is
    reported and nothing is refused. `slow_seconds` is how long a body that trickles takes. Only `handle` uses
    `sleep`.
    """

    def __init__(
        self,
        sandbox: Sandbox,
        *,
        faults: Faults | None = None,
        rate_limit: RateLimit | None = None,
        latency: Latency | None = None,
        slow_seconds: float = SLOW_SECONDS,
        sleep: Callable[[float], object] = time.sleep,
    ) -> None:
        self.sandbox = sandbox
        self.slow_seconds = slow_seconds
        self._faults = faults or Faults()
        self._rate_limit = rate_limit or RateLimit.intercom_default()
        self._latency = latency
        self._sleep = sleep
        self._lock = threading.Lock()
        self._calls = 0
        self._injected: Counter[str] = Counter()

    @property
    def calls(self) -> int:
        """How many calls have arrived, refused ones and those without an answer included."""
        return self._calls

    @property
    def injected(self) -> dict[str, int]:
        """How often each kind of fault was injected; refusals of the rate limit count as `429`."""
        with self._lock:
            return dict(self._injected)

    def close(self) -> None:
        """Closes the workspace."""
        self.sandbox.close()

    def handle(self, request: Request) -> Response:
        """Answers one request in process, as `Sandbox.handle` does; raises `Dropped` where the connection closes.

        A body that trickles is returned after the time it would have taken.
        """
        self._sleep(self.delay(request))
        answer = self.answer(request)
        if answer.response is None or answer.manner == "half":
            raise Dropped(answer.fault)
        if answer.manner == "slow":
            self._sleep(self.slow_seconds)
        return answer.response

    def delay(self, request: Request) -> float:
        """Seconds to wait before the request is answered."""
        return self._latency.next() if self._latency is not None and request.path != COUNTS_PATH else 0.0

    def answer(self, request: Request) -> Answer:
        """The answer to a request, without waiting for the latency."""
        if (request.method, request.path) == ("GET", COUNTS_PATH):
            return Answer(json_response({"calls": self.calls, "injected": self.injected}))
        with self._lock:
            self._calls += 1
        if not has_token(request):
            return self._answer_with_fault(request)
        limit = self._rate_limit
        status = limit.count_call(self.sandbox.clock())
        if status.refused:
            self._count("429")
            refusal = error_response(ApiError(429, "rate_limit_exceeded", limit.message))
            answer = Answer(add_identity_headers(request, refusal))
        else:
            answer = self._answer_with_fault(request)
        response = answer.response
        # A proxy's page carries no headers of the limit.
        if response is None or answer.fault == "503-html":
            return answer
        return Answer(status.add_headers(response), answer.manner, answer.fault)

    def _answer_with_fault(self, request: Request) -> Answer:
        kind = self._faults.next(request.method, request.path)
        if kind is None:
            return Answer(self.sandbox.handle(request))
        if kind == "drop-before-accept":
            answer = Answer(None, fault=kind)
        elif kind == "500":
            answer = Answer(add_identity_headers(request, _failure_response()), fault=kind)
        elif kind == "503-html":
            page = Response(503, {"content-type": "text/html; charset=utf-8"}, PROXY_PAGE.encode())
            answer = Answer(page, fault=kind)
        else:
            answer = _apply_fault(kind, request, self.sandbox.handle(request))
        if answer.fault:
            self._count(kind)
        return answer

    def _count(self, kind: str) -> None:
        with self._lock:
            self._injected[kind] += 1


def _failure_response() -> Response:
    return error_response(ApiError(500, "server_error", "A fault injected by the embedded workspace"))


def _apply_fault(kind: str, request: Request, response: Response) -> Answer:
    """The answer to a request that was carried out, with the fault; those about a body leave an empty one alone."""
    if kind == "drop-after-accept":
        return Answer(None, fault=kind)
    if kind == "500-after-accept":
        return Answer(add_identity_headers(request, _failure_response()), fault=kind)
    if not response.body:
        return Answer(response)
    if kind == "truncated-json":
        half = response.body[: len(response.body) // 2]
        return Answer(Response(response.status, response.headers, half), fault=kind)
    if kind == "wrong-content-type":
        headers = {**response.headers, "content-type": "text/html; charset=utf-8"}
        return Answer(Response(response.status, headers, response.body), fault=kind)
    return Answer(response, "slow" if kind == "slow-body" else "half", kind)
