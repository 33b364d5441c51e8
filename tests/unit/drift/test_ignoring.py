"""Which findings an entry of the project file ignores, and what is said of the entry."""

from __future__ import annotations

from datetime import date

import pytest

from intercom_iac.drift import Finding, check_ignored, sift
from intercom_iac.model.address_patterns import covers_everything
from intercom_iac.project import IgnoredDrift

TODAY = date(2026, 6, 30)


def finding(address: str) -> Finding:
    return Finding(address=address, kind="unmanaged", thing="attribute", reason="")


FOUND = [finding("attribute.contact.hs_a"), finding("attribute.company.hs_b"), finding("tag.hs_c")]


@pytest.mark.parametrize(
    ("pattern", "count"),
    [
        ("attribute.contact.hs_a", 1),
        ("attribute.contact.*", 1),
        ("attribute", 2),
        ("hs_*", 3),
        ("HS_*", 0),
        ("hs_[ab]", 2),
        ("*", 3),
    ],
)
def test_a_pattern_ignores_what_it_covers(pattern: str, count: int) -> None:
    sifted = sift(FOUND, [IgnoredDrift(pattern, "known")], TODAY)
    assert len(sifted.ignored) == count
    assert len(sifted.reported) == len(FOUND) - count


@pytest.mark.parametrize(("until", "codes"), [(None, []), (TODAY, []), (date(2026, 6, 29), ["SPEC182"])])
def test_the_last_day_is_included(until: date | None, codes: list[str]) -> None:
    entry = IgnoredDrift("tag.hs_c", "known", until)
    assert [each.code for each in check_ignored([entry], FOUND, TODAY)] == codes
    assert len(sift(FOUND, [entry], TODAY).ignored) == (not codes)


def test_an_entry_without_drift_is_told_unless_nobody_looked() -> None:
    unused = [IgnoredDrift("audience.x", "known"), IgnoredDrift("nothing", "known", date(2020, 1, 1))]
    assert [each.code for each in check_ignored(unused, FOUND, TODAY)] == ["SPEC183", "SPEC183"]
    assert len([*check_ignored(unused, FOUND, TODAY, {"audience"})]) == 1


@pytest.mark.parametrize("pattern", ["*", "**", "*.*", "?*", "attribute", "attribute.company", "segment.*"])
def test_what_ignores_everything(pattern: str) -> None:
    assert covers_everything(pattern)
    codes = [each.code for each in check_ignored([IgnoredDrift(pattern, "all")], FOUND, TODAY)]
    assert codes[0] == "SPEC181"


@pytest.mark.parametrize(
    "pattern", ["hs_*", "attribute.contact.a", "attribute.contact.hs_*", "attributes", "?"]
)
def test_what_does_not(pattern: str) -> None:
    assert not covers_everything(pattern)
