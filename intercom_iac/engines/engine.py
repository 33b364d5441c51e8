"""What is asked of an engine: to run a statement, and to hand over rows without holding all of them."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any, Protocol

from intercom_iac.compilers.sql import Dialect
from intercom_iac.diagnostics import Misuse


class EngineError(Misuse):
    """What an engine refuses: a source that it cannot read, a statement that fails. Holds no value of a row."""


class SqlEngine(Protocol):
    """An engine with tables by name. `stage` says to people what the next statements are for."""

    stage: str

    @property
    def dialect(self) -> Dialect:
        """The dialect that its statements are in."""
        ...

    def execute(self, statement: str) -> object:
        """Runs a statement to its end."""
        ...

    def rows(self, statement: str) -> Iterator[tuple[Any, ...]]:
        """The rows of a query, a batch at a time. No other statement may run before they are at their end."""
        ...
