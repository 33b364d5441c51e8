"""uvicorn's connection, which the application can close, with limits of time and number."""

import asyncio
from typing import Any, cast

import h11
from uvicorn.protocols.http.h11_impl import H11Protocol

from ..wire.errors import ApiError, error_response
from ..wire.messages import Response
from .application import CLOSE_EXTENSION

SENDING_SECONDS = 30.0
"""How long a request may take to arrive, its body included, from when its connection is ready for it."""

CONNECTION_LIMIT = 500
"""How many connections are open at once, below the files that a process may have open by default."""

ARRIVING_STATES = (h11.IDLE, h11.SEND_BODY)


class Connection(H11Protocol):
    """A connection that gives the application `CLOSE_EXTENSION`.

    A request that has not arrived after `SENDING_SECONDS` gets a 408, a connection beyond `CONNECTION_LIMIT` a 503;
    and what is no HTTP is answered with Intercom's JSON, not with plain text.
    """

    def __init__(self, *arguments: Any, **keywords: Any) -> None:
        super().__init__(*arguments, **keywords)
        self._deadline: asyncio.TimerHandle | None = None
        inner = self.app

        async def app(scope: Any, receive: Any, send: Any) -> None:
            transport: asyncio.Transport = self.transport
            await inner({**scope, "extensions": {CLOSE_EXTENSION: transport.close}}, receive, send)

        self.app = app

    def connection_made(self, transport: asyncio.BaseTransport) -> None:
        """Starts the deadline; a connection beyond `CONNECTION_LIMIT` is answered and closed."""
        super().connection_made(cast("asyncio.Transport", transport))
        if len(self.connections) > CONNECTION_LIMIT:
            message = f"The server has {CONNECTION_LIMIT} open connections; close some, or try again later"
            self._refuse(ApiError(503, "service_unavailable", message))
            return
        self._update_deadline()

    def connection_lost(self, exc: Exception | None) -> None:
        """Cancels the deadline."""
        self._cancel_deadline()
        super().connection_lost(exc)

    def data_received(self, data: bytes) -> None:
        """Cancels the deadline once the request has arrived: answering it may take as long as it likes."""
        super().data_received(data)
        self._update_deadline()

    def send_400_response(self, msg: str) -> None:
        """Answers a request that is no HTTP, or whose line and headers are too long."""
        self._refuse(ApiError(400, "bad_request", msg))

    def _update_deadline(self) -> None:
        """Starts the deadline while a request is arriving, cancels it otherwise."""
        if self.transport.is_closing() or self.conn.their_state not in ARRIVING_STATES:
            self._cancel_deadline()
        elif self._deadline is None:
            self._deadline = self.loop.call_later(SENDING_SECONDS, self._expire)

    def _cancel_deadline(self) -> None:
        if self._deadline is not None:
            self._deadline.cancel()
            self._deadline = None

    def _expire(self) -> None:
        self._deadline = None
        # A connection kept alive after an answer has uvicorn's own deadline, and is closed without an answer.
        if not self.transport.is_closing() and self.conn.their_state in ARRIVING_STATES:
            message = f"The request did not arrive within {SENDING_SECONDS:g} seconds"
            self._refuse(ApiError(408, "request_timeout", message))

    def _refuse(self, error: ApiError) -> None:
        """Sends the error, unless an answer was begun, and closes the connection."""
        if self.conn.our_state in (h11.IDLE, h11.SEND_RESPONSE):
            for event in _response_events(error_response(error)):
                self.transport.write(self.conn.send(event) or b"")
        self.transport.close()


def _response_events(response: Response) -> list[h11.Event]:
    headers = {**response.headers, "content-length": str(len(response.body)), "connection": "close"}
    return [
        h11.Response(status_code=response.status, headers=list(headers.items())),
        h11.Data(data=response.body),
        h11.EndOfMessage(),
    ]
