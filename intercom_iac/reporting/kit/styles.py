"""Styles of text on a terminal, one colour for each meaning. Whoever prints the text takes them out where they do not
belong."""

from __future__ import annotations

from collections.abc import Mapping

from intercom_iac.diagnostics import Severity

SEVERITY_COLOURS: Mapping[Severity, str] = {"error": "red", "warning": "yellow", "info": "cyan"}
_COLOURS: Mapping[str, int] = {"red": 31, "green": 32, "yellow": 33, "cyan": 36}
_RESET = "\x1b[0m"


def style(text: str, *, fg: str | None = None, bold: bool = False, dim: bool = False) -> str:
    """The text in a colour (red, green, yellow or cyan), bold or dim, which end with it."""
    codes = [
        *([_COLOURS[fg]] if fg is not None else ()),
        *([1] if bold else ()),
        *([2] if dim else ()),
    ]
    begin = "".join(f"\x1b[{code}m" for code in codes)
    return f"{begin}{text}{_RESET}"


def severity_label(severity: Severity, code: str | None = None) -> str:
    """`error[PLAN604]`, or `error` for what has no code."""
    return style(f"{severity}[{code}]" if code else severity, fg=SEVERITY_COLOURS[severity], bold=True)


def hint_label() -> str:
    return style("help", dim=True)
