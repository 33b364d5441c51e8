"""JSON text is what the standard library gives, made faster."""

from __future__ import annotations

import json
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from intercom_iac.text.json_text import indented_json
from support.generators import examples

KEYS = st.text(max_size=4) | st.integers() | st.booleans() | st.none() | st.floats()
SCALARS = st.text() | st.integers() | st.booleans() | st.none() | st.floats()
DATA = st.recursive(
    SCALARS,
    lambda inner: (
        st.lists(inner, max_size=4)
        | st.lists(st.text(), max_size=4)
        | st.tuples(inner, inner)
        | st.dictionaries(KEYS, inner, max_size=4)
    ),
    max_leaves=12,
)


@examples(25)
@given(DATA)
def test_it_is_that_of_the_standard_library(data: Any) -> None:
    assert indented_json(data) == json.dumps(data, indent=2, ensure_ascii=False)


@pytest.mark.parametrize("data", [{("a",): 1}, [object()], {1, 2}])
def test_what_is_no_json_is_refused(data: Any) -> None:
    with pytest.raises(TypeError):
        indented_json(data)
