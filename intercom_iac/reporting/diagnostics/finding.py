"""What diagnostics and the remarks of a plan have in common, for those who print either."""

from __future__ import annotations

from typing import Protocol

from intercom_iac.diagnostics import Severity


class Finding(Protocol):
    """A code, how grave it is, what is wrong and what to do."""

    @property
    def code(self) -> str: ...

    @property
    def severity(self) -> Severity: ...

    @property
    def message(self) -> str: ...

    @property
    def hint(self) -> str | None: ...
