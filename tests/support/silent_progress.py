"""The progress of an apply that nobody watches."""

from __future__ import annotations

from typing import Any


class SilentProgress:
    def started(self, *_: Any) -> None: ...

    def done(self, *_: Any) -> None: ...

    def failed(self, *_: Any) -> None: ...
