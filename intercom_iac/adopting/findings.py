"""A finding of a code of the family FIT."""

from __future__ import annotations

from intercom_iac.diagnostics import Code

from .proposal import FitFinding


def finding(code: Code, message: str, *addresses: str) -> FitFinding:
    """What of a proposal does not fit; `addresses` are the entries it is about."""
    return FitFinding(code=code.id, message=message, addresses=addresses)
