"""Which workspace to reach, and with what. The token is held so that nothing prints it by accident."""

from __future__ import annotations

from dataclasses import field
from pathlib import Path

from intercom_iac.lazy_dataclass import dataclass
from intercom_iac.lazy_pattern import lazy_pattern
from intercom_iac.model import LOOPBACK, host_of

# What a header can carry without meaning something else: visible ASCII.
_VISIBLE = lazy_pattern(r"[!-~]*")


class Token:
    """A secret. `repr`, `str` and formatting show nothing of it; `header()` is the one way out."""

    __slots__ = ("_secret",)

    def __init__(self, secret: str) -> None:
        self._secret = secret

    def header(self) -> str:
        """The value of the `Authorization` header."""
        return f"Bearer {self._secret}"

    @property
    def is_plausible(self) -> bool:
        """Whether it holds visible ASCII alone: a space, a line break or a typographic dash is a slip of copying."""
        return _VISIBLE.fullmatch(self._secret) is not None

    def __repr__(self) -> str:
        return "Token(***)"

    __str__ = __repr__


@dataclass(frozen=True, slots=True)
class Target:
    """A workspace to open: over HTTP at `base_url` with a token, or the embedded one in the file `sandbox`.

    `app_id` is what `GET /me` must answer. Every host but this machine needs one before anything is written
    (`needs_app_id`): a token alone does not say which workspace it opens, nor does a proxy's address. A host that is
    neither Intercom's nor this machine is called only where `allow_host` names it.
    """

    name: str
    base_url: str = "http://sandbox.invalid"
    sandbox: Path | None = None
    app_id: str | None = None
    allow_host: str | None = None
    token: Token = field(default_factory=lambda: Token("any"))

    @property
    def needs_app_id(self) -> bool:
        if self.sandbox is not None:
            return False
        return host_of(self.base_url) not in LOOPBACK
