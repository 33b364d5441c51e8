"""A package that is not installed: the command that needs it says how to install it."""

from __future__ import annotations

import sys

import pytest

from intercom_iac.diagnostics import APART, EXTRAS, MissingExtra, require_extra


@pytest.mark.parametrize("extra", EXTRAS)
def test_what_is_not_installed_is_told_with_how_to_install_it(
    extra: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    if extra not in APART:
        require_extra(extra, "this")
    monkeypatch.setitem(sys.modules, EXTRAS[extra][-1], None)
    with pytest.raises(MissingExtra) as caught:
        require_extra(extra, "the report")
    assert caught.value.message == "the report needs packages that are not installed"
    assert caught.value.hint == f"install them: `pip install 'intercom-iac[{extra}]'`"
    assert caught.value.exit_code == 3
