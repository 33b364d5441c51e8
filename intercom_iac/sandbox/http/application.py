"""The workspace as an ASGI application."""

import asyncio
from collections.abc import Awaitable, Callable, Collection, MutableMapping
from dataclasses import replace
from typing import Any
from urllib.parse import parse_qsl

from ..network.gateway import Answer, Gateway
from ..wire.authorization import has_token
from ..wire.errors import ApiError, error_response
from ..wire.messages import Request, Response
from .access import LARGEST_BODY, body_too_large_error, check_framing, check_sender, path_of_target
from .pages import find_page, page_response

Scope = MutableMapping[str, Any]
Receive = Callable[[], Awaitable[MutableMapping[str, Any]]]
Send = Callable[[MutableMapping[str, Any]], Awaitable[None]]

CLOSE_EXTENSION = "intercom_iac.close"
"""The extension of the scope that closes the connection: closing is no part of ASGI."""

SLOW_PIECES = 20
"""Into how many pieces a body that trickles is cut, at most."""


def application(
    gateway: Gateway, names: Collection[str] = (), origins: Collection[str] = ()
) -> Callable[[Scope, Receive, Send], Awaitable[None]]:
    """The workspace as an ASGI application; its scope needs the extension `CLOSE_EXTENSION`, to drop connections.

    `names`, `origins`: as in `serve`. A request that is refused for its head or lack of a token is answered before
    its body is read.
    """

    async def app(scope: Scope, receive: Receive, send: Send) -> None:
        target = scope["raw_path"].decode("latin-1")
        query = scope["query_string"].decode("latin-1")
        headers = [
            (name.decode("latin-1").lower(), value.decode("latin-1")) for name, value in scope["headers"]
        ]
        path = path_of_target(target)
        page = find_page(path, headers, origins)

        def permit(response: Response) -> Response:
            return response if page is None else page.permit(response)

        try:
            check_sender(target, headers, names, origins)
            check_framing(f"{target}?{query}", headers)
            request = Request(
                method=scope["method"],
                path=path,
                query=dict(parse_qsl(query, keep_blank_values=True)),
                headers=dict(headers),
            )
            if (own := page_response(request, page)) is not None:
                await _send_answer(Answer(permit(_unread_body_response(own, headers))), send, 0)
                return
            authorized = has_token(request)
            if authorized:
                body = await _read_body(receive)
                if body is None:
                    return
                request = replace(request, body=body)
        except ApiError as error:
            await _send_answer(Answer(permit(_unread_body_response(error_response(error), headers))), send, 0)
            return
        if (delay := gateway.delay(request)) > 0:
            await asyncio.sleep(delay)
        # In a thread: a write that waits for another process must not keep everyone else waiting.
        answer = await asyncio.to_thread(gateway.answer, request)
        if answer.response is not None and not authorized:
            answer = replace(answer, response=_unread_body_response(answer.response, headers))
        if answer.response is not None:
            answer = replace(answer, response=permit(answer.response))
            await _send_answer(answer, send, gateway.slow_seconds)
        if answer.response is None or answer.manner == "half":
            scope["extensions"][CLOSE_EXTENSION]()
            # Wait until the connection is gone: a server answers for an application that returns without an answer.
            while (await receive())["type"] != "http.disconnect":
                pass

    return app


async def _read_body(receive: Receive) -> bytes | None:
    """The request's body; None where the client disconnects before its end.

    Raises `ApiError` 413 once it is longer than `LARGEST_BODY`, whatever length was declared.
    """
    pieces: list[bytes] = []
    size, more = 0, True
    while more:
        message = await receive()
        if message["type"] == "http.disconnect":
            return None
        pieces.append(message.get("body", b""))
        size += len(pieces[-1])
        if size > LARGEST_BODY:
            raise body_too_large_error()
        more = message.get("more_body", False)
    return b"".join(pieces)


def _unread_body_response(response: Response, headers: list[tuple[str, str]]) -> Response:
    """The answer to a request whose body was not read.

    It closes the connection where the end of the request is unclear: after `Expect` the client may send the body or
    another request, or the request has two lengths. Otherwise uvicorn skips the body, so that the
    client reads the answer.
    """
    names = {name for name, _ in headers}
    unclear_end = "expect" in names or {"content-length", "transfer-encoding"} <= names
    return replace(response, headers={**response.headers, "connection": "close"}) if unclear_end else response


async def _send_answer(answer: Answer, send: Send, slow_seconds: float) -> None:
    """Sends the answer at its manner: all at once, in pieces over `slow_seconds`, or only half of the body."""
    response = answer.response
    assert response is not None
    headers = [(name.encode("latin-1"), value.encode("latin-1")) for name, value in response.headers.items()]
    body = response.body
    # A 204 has no body, hence no length.
    if response.status != 204:
        headers.append((b"content-length", str(len(body)).encode()))
    await send({"type": "http.response.start", "status": response.status, "headers": headers})
    if answer.manner == "half":
        await send({"type": "http.response.body", "body": body[: len(body) // 2], "more_body": True})
        return
    if answer.manner == "slow":
        size = -(-len(body) // SLOW_PIECES)
        starts = range(0, len(body), size)
        for start in starts:
            await asyncio.sleep(slow_seconds / len(starts))
            piece = body[start : start + size]
            await send({"type": "http.response.body", "body": piece, "more_body": True})
        body = b""
    await send({"type": "http.response.body", "body": body})
