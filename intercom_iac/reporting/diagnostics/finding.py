"""What diagnostics and the remarks of a plan have in common, for those who print either."""

from __future__ import annotations

from typing import Protocol

from intercom_iac.diagnostics import IntercomIacError, Severity, WorkspaceError


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


def error_code(error: IntercomIacError) -> str | None:
    """The code that explains an error; those of the live side have one."""
    return error.code if isinstance(error, WorkspaceError) else None
