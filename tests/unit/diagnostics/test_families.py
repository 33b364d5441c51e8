"""Codes belong to families, and codes of changes have levels."""

from __future__ import annotations

import pytest

from intercom_iac.diagnostics import (
    SEVERITY_OF_LEVEL,
    Code,
    Diagnostic,
    Family,
    all_codes,
    codes_of,
    family_of,
    level_of,
)


@pytest.mark.parametrize("family", Family)
def test_the_codes_of_a_family_are_those_that_begin_with_its_letters(family: Family) -> None:
    codes = codes_of(family)
    assert codes == {code.id: code for code in all_codes().values() if code.id.startswith(family)}
    assert {code.family for code in codes.values()} == {family}


def test_a_text_that_is_no_code_has_no_family() -> None:
    assert family_of("TYPE301") is Family.TYPE
    assert [family_of(text) for text in ("", "TYPE", "TYPE31", "NONE301", "xTYPE301", "TYPE301x")] == [
        None
    ] * 6
    assert Diagnostic("BACK701", "x").family is Family.BACK


@pytest.mark.parametrize("code", codes_of(Family.BACK).values(), ids=lambda code: code.id)
def test_a_change_is_as_grave_as_its_level(code: Code) -> None:
    """What is about the comparison, BACK78x and BACK79x, has no level."""
    assert (code.level is None) == (code.id >= "BACK780")
    assert code.level is None or code.severity == SEVERITY_OF_LEVEL[code.level]
    assert level_of(code.id) == code.level


def test_other_codes_have_no_level() -> None:
    assert {code.level for code in all_codes().values() if code.family is not Family.BACK} == {None}
    assert [level_of(code) for code in ("SPEC101", "BACK999", "nonsense")] == [None] * 3
