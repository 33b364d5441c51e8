"""Diagnostics and remarks as items of a list in GitHub-flavoured Markdown; all is escaped."""

from __future__ import annotations

from ..kit.markdown import code, plain, prose
from .finding import Finding


def finding_item(finding: Finding, place: object | None, *, within: str = "") -> str:
    """How grave it is, its code, what is wrong, where it stands and what to do, in one item. `within` begins its
    message, and is Markdown."""
    where = f" · {code(str(place))}" if place is not None else ""
    hint = f"<br>{prose(finding.hint)}" if finding.hint else ""
    label = f"**{plain(finding.severity)} {plain(finding.code)}**"
    return f"- {label} {within}{prose(finding.message)}{where}{hint}"


def short_finding_item(finding: Finding, longest: int) -> str:
    """Its code and the beginning of its message."""
    return f"- **{plain(finding.code)}** {prose(finding.message, longest)}"
