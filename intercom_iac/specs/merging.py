"""Merges the diagnostics of several workspaces: each mistake is reported once."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import replace

from intercom_iac.diagnostics import Diagnostic, sort_diagnostics
from intercom_iac.diagnostics.codes import policy as codes
from intercom_iac.yaml.validation import bounded_names


def without_unused_silences(
    diagnostics: Iterable[Diagnostic], unused_in_all: Collection[Diagnostic] = ()
) -> tuple[Diagnostic, ...]:
    """The diagnostics without those that call a silence unused, except those in `unused_in_all`.

    A silence may be used by one workspace and not by another.
    """
    return tuple(
        diagnostic
        for diagnostic in diagnostics
        if diagnostic.code != codes.UNUSED_SILENCE.id or diagnostic in unused_in_all
    )


def merge_diagnostics(by_workspace: Mapping[str, Iterable[Diagnostic]]) -> list[Diagnostic]:
    """The diagnostics of several workspaces, by their names; one that does not hold for all says for which.

    Two are the same that say the same at one place; which hint is given is that of the first. A fix that is not that
    of all workspaces is left out, and one of a diagnostic that holds for some of them is a guess.
    """
    first: dict[Diagnostic, Diagnostic] = {}
    holders: dict[Diagnostic, list[str]] = {}
    for name, diagnostics in by_workspace.items():
        by_key = {
            replace(diagnostic, hint=None, related=(), fix=None): diagnostic for diagnostic in diagnostics
        }
        for key, diagnostic in by_key.items():
            known = first.setdefault(key, diagnostic)
            if known.fix != diagnostic.fix:
                first[key] = replace(known, fix=None)
            holders.setdefault(key, []).append(name)
    return sort_diagnostics(
        diagnostic if len(holders[key]) == len(by_workspace) else _for_some(diagnostic, holders[key])
        for key, diagnostic in first.items()
    )


def _for_some(diagnostic: Diagnostic, workspaces: Sequence[str]) -> Diagnostic:
    """One that holds for some workspaces only: the others read the same text, and nothing is wrong with it there."""
    fix = None if diagnostic.fix is None else replace(diagnostic.fix, applicability="unsafe")
    return replace(diagnostic, message=f"in {bounded_names(workspaces)}: {diagnostic.message}", fix=fix)
