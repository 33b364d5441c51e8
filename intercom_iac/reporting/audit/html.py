"""An audit as one HTML file that needs nothing else: no script, no request, light and dark, ready for paper."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Mapping
from functools import cache
from typing import TYPE_CHECKING, Any, cast

from intercom_iac.auditing import Audit, CapUse, day_text
from intercom_iac.diagnostics import require_extra
from intercom_iac.text import printable

from ..kit.html_page import page_style, page_template
from .groups import (
    cap_sentence,
    count_sentence,
    finding_groups,
    is_read,
    sample_sentence,
    severity_counts,
)

if TYPE_CHECKING:
    from jinja2 import Template

_TITLES = {"error": "Errors", "warning": "Warnings", "info": "Remarks"}
_LEADS = {
    "error": "What is wrong now",
    "warning": "What costs accuracy, room or trust",
    "info": "Worth knowing",
}
_OPEN = 12
"""A kind of at most so many findings stands open."""


def audit_html(audit: Audit) -> str:
    """The report. Whatever comes from the workspace is escaped by the template engine, without being asked.

    Raises `MissingExtra` where the template engine is not installed.
    """
    require_extra("html", "the HTML report")
    groups = finding_groups(audit)
    counts = Counter(finding.severity for finding in audit.findings)
    return _template().render(
        audit=audit,
        total=severity_counts(audit),
        sampled=sample_sentence(audit),
        counted=count_sentence(audit),
        tiles=[(severity, title, counts[severity], _LEADS[severity]) for severity, title in _TITLES.items()],
        caps=[(cap, cap_sentence(cap, audit)) for cap in audit.caps if is_read(cap, audit)],
        sections=[
            (
                severity,
                title,
                counts[severity],
                [group for group in groups if group.kind.severity == severity],
            )
            for severity, title in _TITLES.items()
            if counts[severity]
        ],
        most_open=_OPEN,
        attributes=sorted(
            audit.attributes, key=lambda values: (values.attribute.model, -values.fill.rate, values.address)
        ),
        day=day_text,
        **page_style("plan.css", "audit.css"),
    )


@cache
def _template() -> Template:
    filters: dict[str, Callable[..., Any]] = {
        "evidence": _evidence,
        "nearness": _nearness,
        "percent": _percent,
    }
    return page_template("audit.html", filters)


def _percent(share: float) -> str:
    return f"{100 * share:.1f}%" if 0 < share < 0.1 else f"{100 * share:.0f}%"


def _nearness(cap: CapUse) -> str:
    return "over" if cap.share > 0.95 else "near" if cap.share >= 0.8 else "roomy"


def _evidence(evidence: Mapping[str, Any]) -> list[tuple[str, str]]:
    """The numbers of a finding, a label and a text each; what is empty is left out."""
    return [
        (key.replace("_", " "), _evidence_text(key, value))
        for key, value in evidence.items()
        if value not in (None, [], {}, "")
    ]


def _evidence_text(key: str, value: Any) -> str:
    if isinstance(value, dict):
        named = cast("Mapping[str, Any]", value)
        return ", ".join(f"{name}: {_evidence_text(key, inner)}" for name, inner in named.items())
    if key == "interval":
        return f"{_percent(value[0])} to {_percent(value[1])}"
    if isinstance(value, list):
        return ", ".join(_evidence_text(key, inner) for inner in cast("list[Any]", value))
    if key in ("rate", "share"):
        return _percent(value)
    if isinstance(value, bool):
        return "yes" if value else "no"
    return f"{value:,}" if isinstance(value, (int, float)) else printable(str(value))
