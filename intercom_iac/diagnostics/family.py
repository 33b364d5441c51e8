"""Families of codes: the letters of a code name the stage that finds what it is about."""

from __future__ import annotations

from enum import StrEnum

from intercom_iac.lazy_pattern import lazy_pattern

_CODE = lazy_pattern(r"([A-Z]+)[0-9]{3,4}")


class Family(StrEnum):
    """The stage that a code belongs to. A decision asks for the family, never for the spelling of a code."""

    SPEC = "SPEC"
    PARSE = "PARSE"
    TYPE = "TYPE"
    REF = "REF"
    LINT = "LINT"
    PLAN = "PLAN"
    BACK = "BACK"
    API = "API"
    AUDIT = "AUDIT"
    FIT = "FIT"
    PAYL = "PAYL"
    USE = "USE"
    GEN = "GEN"
    SYNC = "SYNC"
    PROOF = "PROOF"


_BY_LETTERS = {str(family): family for family in Family}


def family_of(code: str) -> Family | None:
    """The family of a code such as `TYPE301`; None for a text that is not a code of this program."""
    match = _CODE.fullmatch(code)
    return None if match is None else _BY_LETTERS.get(match[1])
