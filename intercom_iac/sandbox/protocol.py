"""uvicorn's connection, with a way for the application to close it."""

import asyncio
from typing import Any

from uvicorn.protocols.http.h11_impl import H11Protocol

from intercom_iac.sandbox.server import CLOSE


class ClosingProtocol(H11Protocol):
    """Hands the application `CLOSE`, an extension of the scope: closing is no part of ASGI."""

    def __init__(self, *arguments: Any, **keywords: Any) -> None:
        super().__init__(*arguments, **keywords)
        inner = self.app

        async def app(scope: Any, receive: Any, send: Any) -> None:
            transport: asyncio.Transport = self.transport
            await inner({**scope, "extensions": {CLOSE: transport.close}}, receive, send)

        self.app = app
