"""What keeps the token in one place: the header of a request, while it is sent.

Whoever answers may repeat the request. So may the exceptions of the HTTP library, in their text and in the variables
of the frames they came through: the client tells what they say in its own words and leaves them behind.
"""

from __future__ import annotations

import json
import ssl
from collections.abc import Generator
from dataclasses import replace

import httpx

from ..target import Token
from .answers import Answer

# A shorter one is a stand-in of some test, and might be a word of the workspace. Intercom's have some 60 characters.
_SECRET_IN_DATA = 12
_SECRET_IN_ERRORS = 4
_MASK = b"***"


class Bearer(httpx.Auth):
    """Puts the token on each request as it is sent: no client and no list of default headers holds it before."""

    def __init__(self, token: Token) -> None:
        self._token = token

    def auth_flow(self, request: httpx.Request) -> Generator[httpx.Request, httpx.Response, None]:
        request.headers["Authorization"] = self._token.header()
        yield request


def without_token(answer: Answer, token: Token) -> Answer:
    """The answer, without the token where it repeats it: as it is, or in JSON's escapes, in headers or body."""
    secret = token.header().removeprefix("Bearer ")
    if len(secret) < (_SECRET_IN_DATA if answer.is_success else _SECRET_IN_ERRORS):
        return answer
    raw = httpx.Headers(answer.headers).raw
    headers = httpx.Headers([(name, value.replace(secret.encode(), _MASK)) for name, value in raw])
    return replace(answer, headers=headers, content=_body_without(answer.content, secret))


def _body_without(content: bytes, secret: str) -> bytes:
    content = content.replace(secret.encode(), _MASK)
    if b"\\" in content:
        # JSON can spell any letter in another way: `\/` and `\u003d` are common.
        try:
            plain = json.dumps(json.loads(content))
        except (ValueError, RecursionError):
            return content
        escaped = json.dumps(secret)[1:-1]
        if escaped in plain:
            return plain.encode().replace(escaped.encode(), _MASK)
    return content


def bare_error(error: Exception) -> Exception:
    """An exception of the same kind, without the text, the frames and the causes of this one."""
    return type(error)(type(error).__name__)


def certificate_refusal(error: BaseException | None) -> str | None:
    """Why the other side's certificate is not trusted, where that is what went wrong."""
    while error is not None:
        if isinstance(error, ssl.SSLCertVerificationError):
            return error.verify_message or "it cannot be verified"
        error = error.__cause__ or error.__context__
    return None
