"""The progress of an apply that nobody watches."""

from __future__ import annotations

from typing import Any


class SilentProgress:
    def change_started(self, *_: Any) -> None: ...

    def change_done(self, *_: Any) -> None: ...

    def change_failed(self, *_: Any) -> None: ...
