"""Countries, languages and domains of emails: remarks that offer the value which Intercom has."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest

# What is written, and the rule that the remark offers.
OTHERWISE = [
    ("location.country = US", "location.country = 'United States'"),
    ("location.country is 'usa'", "location.country is 'United States'"),
    ("location.country != 'united states'", "location.country != 'United States'"),
    ("location.country = UK", "location.country = 'United Kingdom'"),
    ("location.country = ireland", "location.country = Ireland"),
    ("location.country = Irelnd", "location.country = Ireland"),
    ("location.country in (Ireland, DE)", "location.country in (Ireland, Germany)"),
    ("location.country not in ('FRA', Spain)", "location.country not in (France, Spain)"),
    ("language_override = French", "language_override = fr"),
    ("language_override = FR", "language_override = fr"),
    ("browser_language is 'Deutsch'", "browser_language is de"),
    ("browser_language in (english, fr)", "browser_language in (en, fr)"),
    ("email not ends with '@example.com'", "email_domain != example.com"),
    ("not email ends with '@Example.com'", "email_domain != Example.com"),
]
AS_IT_IS = [
    "location.country = Ireland",
    "location.country = 'United States'",
    "location.country in (Turkey, 'Türkiye', 'Hong Kong', Czechia, 'Czech Republic')",
    "location.country = Atlantis",
    "location.country contains united",
    "location.region = US",
    "location.country is unknown",
    "language_override = fr",
    "language_override = 'pt-BR'",
    "browser_language = 'en-us'",
    "browser_language starts with en",
    "name = French",
    "email ends with '@example.com'",
    "email not ends with 'example.com'",
    "email not ends with '@'",
    "email not ends with 'a@example.com'",
    "email not contains '@example.com'",
    "company.name not ends with '@example.com'",
    "email_domain != example.com",
]


@pytest.mark.parametrize(("text", "right"), OTHERWISE)
def test_a_value_that_intercom_spells_otherwise(
    compiled: Callable[[str], Any], text: str, right: str
) -> None:
    rule, (remark,) = compiled(text)
    assert rule is not None
    assert remark.code in ("LINT548", "LINT549")
    assert remark.fix.applicability == "unsafe"
    (edit,) = remark.fix.edits
    assert text[: edit.span.start] + edit.text + text[edit.span.end :] == right
    assert f"`{edit.text}`" in remark.hint
    assert compiled(right)[1] == []


@pytest.mark.parametrize("text", AS_IT_IS)
def test_a_value_that_may_be_meant(compiled: Callable[[str], Any], text: str) -> None:
    rule, told = compiled(text)
    assert (rule is None, told) == (False, [])


def test_a_declared_attribute_is_nobody_else_s(compiled: Callable[[str], Any]) -> None:
    assert compiled("note = US")[1] == []
