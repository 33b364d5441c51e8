"""Diagnostics in the formats that other programs read, for every command that has findings."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from .console import counted, echo, print_json

if TYPE_CHECKING:
    from intercom_iac.diagnostics import Diagnostic

# What `print_findings` knows; commands add those of their own.
FINDING_FORMATS = ("sarif", "github")


def print_findings(diagnostics: Sequence[Diagnostic], output: str, base: str) -> None:
    """The findings on standard output, in one of `FINDING_FORMATS`.

    Paths are relative to the project; `base` is its folder from where the command runs, to which those that other
    programs read are relative.
    """
    from intercom_iac import __version__
    from intercom_iac.reporting import github, sarif

    if output == "sarif":
        print_json(sarif(diagnostics, __version__, base))
    else:
        echo(github(diagnostics, base), nl=False, commands=True)
        echo(counted(diagnostics) or "nothing wrong", err=True)
