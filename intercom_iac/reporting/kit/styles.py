"""The terminal's colours, one for each meaning."""

from __future__ import annotations

from collections.abc import Mapping

from click import style

from intercom_iac.diagnostics import Severity

SEVERITY_COLOURS: Mapping[Severity, str] = {"error": "red", "warning": "yellow", "info": "cyan"}


def severity_label(severity: Severity, code: str | None = None) -> str:
    """`error[PLAN604]`, or `error` for what has no code."""
    return style(f"{severity}[{code}]" if code else severity, fg=SEVERITY_COLOURS[severity], bold=True)


def hint_label() -> str:
    return style("help", dim=True)
