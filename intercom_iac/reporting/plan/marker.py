"""The first line of what stands under a pull request, by which whoever posts it finds the one before."""

from __future__ import annotations

from urllib.parse import quote


def marker(workspace: str | None) -> str:
    """A comment that no one sees, the same for every plan of a workspace and for what stands there without one."""
    where = "" if workspace is None else f" {quote(workspace, safe='')[:400]}"
    return f"<!-- intercom-iac plan{where} -->"
