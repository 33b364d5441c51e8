"""What is wrong with the specs for several workspaces, each mistake told once."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping
from dataclasses import replace

from intercom_iac.diagnostics import Diagnostic, in_order
from intercom_iac.diagnostics.codes import policy as codes
from intercom_iac.yaml.validation import listed


def less_unused(
    diagnostics: Iterable[Diagnostic], everywhere: Collection[Diagnostic] = ()
) -> tuple[Diagnostic, ...]:
    """Without those that call a silence unused, but for silences that are unused everywhere.

    What is silenced may be found for one workspace and not for another.
    """
    return tuple(
        diagnostic
        for diagnostic in diagnostics
        if diagnostic.code != codes.UNUSED_SILENCE.id or diagnostic in everywhere
    )


def merge_diagnostics(found: Mapping[str, Iterable[Diagnostic]]) -> list[Diagnostic]:
    """The diagnostics of several workspaces, by their names; one that does not hold for all says for which.

    Two are the same that say the same at one place; which hint is given is that of the first.
    """
    first: dict[Diagnostic, Diagnostic] = {}
    holders: dict[Diagnostic, list[str]] = {}
    for name, diagnostics in found.items():
        said = {replace(diagnostic, hint=None, related=()): diagnostic for diagnostic in diagnostics}
        for key, each in said.items():
            first.setdefault(key, each)
            holders.setdefault(key, []).append(name)
    return in_order(
        each
        if len(holders[key]) == len(found)
        else replace(each, message=f"in {listed(holders[key])}: {each.message}")
        for key, each in first.items()
    )
