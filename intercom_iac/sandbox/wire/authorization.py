"""Whether a request has a token."""

import base64
import binascii

from .messages import Request


def has_token(request: Request) -> bool:
    """Whether a request has a token that is not empty; any such token opens the workspace.

    It is a bearer token, or the user name of Basic authentication, as older clients of Intercom send it.
    """
    scheme, _, credentials = request.headers.get("authorization", "").partition(" ")
    if scheme.lower() == "bearer":
        return bool(credentials.strip())
    if scheme.lower() != "basic":
        return False
    try:
        user, colon, _ = base64.b64decode(credentials.strip(), validate=True).partition(b":")
    except (binascii.Error, ValueError):
        return False
    return bool(colon and user.strip())
