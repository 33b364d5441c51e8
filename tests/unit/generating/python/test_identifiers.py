"""Names of the specs as Python has them."""

from __future__ import annotations

import keyword

import pytest
from hypothesis import given
from hypothesis import strategies as st

from intercom_iac.generating.python.identifiers import MODULE_NAMES, python_identifier
from support.generators import examples


@pytest.mark.parametrize(
    ("name", "identifier"),
    [
        ("plan_type", "plan_type"),
        ("planType", "planType"),
        ("job title", "job_title"),
        ("a-b", "a_b"),
        ("2fa", "_2fa"),
        ("class", "class_"),
        ("None", "None_"),
        ("match", "match"),
        ("constructor", "constructor"),
        ("__proto__", "_proto__"),
        ("__init__", "_init__"),
        ("date", "date_"),
        ("str", "str_"),
        ("self", "self_"),
        ("größe", "größe"),
        ("東京", "東京"),
        ("ﬁrst", "first"),
        ("🎈", "u1f388"),
        ("_", "u5f"),
        ("$", "u24"),
        ("price €", "price__"),
    ],
)
def test_a_name_stays_where_it_can(name: str, identifier: str) -> None:
    assert python_identifier(name) == identifier


@given(st.text(min_size=1, max_size=12))
@examples(80)
def test_any_name_becomes_one_that_python_takes(name: str) -> None:
    identifier = python_identifier(name)
    assert identifier.isidentifier()
    assert not keyword.iskeyword(identifier)
    assert not identifier.startswith("__")
    assert identifier not in MODULE_NAMES
    # Python reads it as it is written.
    namespace: dict[str, int] = {}
    exec(f"{identifier} = 1", namespace)
    assert identifier in namespace
