"""The access token: from an open file descriptor, or from the environment. There is no other way in."""

from __future__ import annotations

import os
import stat
from collections.abc import Sequence
from typing import TYPE_CHECKING

from intercom_iac.diagnostics import Misuse, Unauthorized
from intercom_iac.text import quoted_names

if TYPE_CHECKING:
    from intercom_iac.workspace import Token

    from .session import Session

DESCRIPTOR = "INTERCOM_IAC_TOKEN_FD"
_LONGEST = 4096


def access_token(session: Session) -> Token:
    """The token for the session's workspace: from the descriptor that `INTERCOM_IAC_TOKEN_FD` names, else from the
    variable of its `token_env`.

    Raises `Misuse` for a descriptor that cannot be read, `Unauthorized` where there is no token.
    """
    from intercom_iac.workspace import Token

    # The environment is never a variable of a frame here: what prints those would print the tokens in it.
    workspace, variable = session.workspace.name, session.workspace.settings.token_env
    if names_descriptor(session):
        token = _read(session.project.environment[DESCRIPTOR].strip())
        if not token:
            raise Unauthorized(
                f"no token for `{workspace}`: the file descriptor that `{DESCRIPTOR}` names holds nothing",
                hint="pass the token on it once for each run of the program",
            )
        return Token(token)
    token = session.project.environment.get(variable, "").strip()
    if not token:
        raise Unauthorized(
            f"no token for `{workspace}`: the variable `{variable}` is not set",
            hint=f"export {variable}=... with an access token of Intercom's Developer Hub, "
            "or choose another workspace with -w",
        )
    return Token(token)


def names_descriptor(session: Session) -> bool:
    """Whether the environment names a descriptor to read a token from, which is read once."""
    return bool(session.project.environment.get(DESCRIPTOR, "").strip())


def refuse_one_token_for_several(session: Session, remote: Sequence[str], *, hint: str) -> None:
    """Raises `Misuse` where one descriptor would have to hold the tokens of several workspaces, the `remote` ones."""
    if len(remote) > 1 and names_descriptor(session):
        raise Misuse(f"`{DESCRIPTOR}` holds one token, and {quoted_names(remote)} need one each", hint=hint)


def _read(number: str) -> str:
    """What stands on a descriptor, up to its end; it is closed, so that no other process inherits it."""
    hint = f"{DESCRIPTOR}=3 intercom-iac plan 3< token-file"
    # Not its text: whoever mistakes the variable for that of the token has put the token there.
    if not (number.isascii() and number.isdigit() and len(number) < 6):
        raise Misuse(f"`{DESCRIPTOR}` is no number of a file descriptor", hint=hint)
    descriptor = int(number)
    try:
        if descriptor in (1, 2) or not _readable(descriptor):
            raise Misuse(f"the file descriptor {descriptor} is none a token is read from", hint=hint)
        with os.fdopen(descriptor, "rb") as stream:
            content = stream.read(_LONGEST + 1)
    except OSError as error:
        why = (error.strerror or "unreadable").lower()
        raise Misuse(f"the file descriptor {descriptor} cannot be read: {why}", hint=hint) from error
    if len(content) > _LONGEST:
        raise Misuse(f"the file descriptor {descriptor} holds more than a token", hint=hint)
    # A byte that is no ASCII makes a token that is refused, as one from the environment is.
    return content.decode("ascii", errors="replace").strip()


def _readable(descriptor: int) -> bool:
    mode = os.fstat(descriptor).st_mode
    return stat.S_ISREG(mode) or stat.S_ISFIFO(mode) or stat.S_ISSOCK(mode)
