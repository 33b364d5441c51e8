"""Levels: the severity that a project gives to the diagnostics of a code."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import replace
from functools import cache

from intercom_iac.diagnostics import Diagnostic, Family, all_codes, codes_of, family_of
from intercom_iac.diagnostics.codes import lint
from intercom_iac.diagnostics.codes import policy as codes
from intercom_iac.text import NearNames, did_you_mean

from .settings import Level

# What a project decides how grave it is: remarks, and what is proved of rules.
_MATTERS_OF_TASTE = (Family.LINT, Family.PROOF)
# What is found in a rule that somebody compiles, never in spec files.
_OF_RULES_GIVEN = frozenset({lint.NOT_SEARCHED.id})
# What is said of silences is not silenced.
_OF_SILENCES = frozenset({codes.UNUSED_SILENCE.id, codes.BAD_SILENCE.id})


def with_levels(diagnostics: Iterable[Diagnostic], levels: Mapping[str, Level]) -> list[Diagnostic]:
    """The diagnostics as grave as the project has them, without those that are off."""
    judged: list[Diagnostic] = []
    for diagnostic in diagnostics:
        level = levels.get(diagnostic.code)
        if level != "off":
            judged.append(diagnostic if level is None else replace(diagnostic, severity=level))
    return judged


def why_no_level(code: str) -> tuple[str, str | None] | None:
    """Why a code can have no level, and what to do; None where it can."""
    return _why_not(code, "its level cannot be set", frozenset())


def why_no_silence(code: str) -> tuple[str, str | None] | None:
    """Why a code cannot be silenced, and what to do; None where it can."""
    return _why_not(code, "it cannot be silenced", _OF_SILENCES)


@cache
def lint_codes() -> NearNames:
    """The codes whose level can be set, or that can be silenced."""
    codes = (code for family in _MATTERS_OF_TASTE for code in codes_of(family))
    return NearNames(code for code in codes if code not in _OF_RULES_GIVEN)


@cache
def _possible_codes(besides: frozenset[str]) -> NearNames:
    possible = (kind.id for kind in all_codes().values() if kind.family in _MATTERS_OF_TASTE)
    return NearNames(code for code in possible if code not in besides)


def _why_not(code: str, therefore: str, besides: frozenset[str]) -> tuple[str, str | None] | None:
    known = all_codes()
    if code not in known:
        near = did_you_mean(code, _possible_codes(besides))
        return f"`{code}` is not a code", near or "`intercom-iac check` prints them"
    if family_of(code) not in _MATTERS_OF_TASTE:
        hint = "the codes that begin with `LINT` or `PROOF` are for that"
        return f"`{code}` is no matter of taste: {therefore}", hint
    if code in _OF_RULES_GIVEN:
        return f"`{code}` is found in rules that are compiled, never in spec files: {therefore}", "remove it"
    if code in besides:
        return f"`{code}` is about silences: {therefore}", "remove it, or set its level in the project file"
    return None
