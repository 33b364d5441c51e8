"""Events with more metadata, and attributes with more options, than anybody reads."""

from __future__ import annotations

import pytest

from intercom_iac.model import DataType, Event, MetadataKey, Schema, any_matches, matches
from intercom_iac.rules import compile_rule
from intercom_iac.text import Excerpt


def test_the_hint_of_an_unknown_key_lists_as_many_as_anybody_reads() -> None:
    metadata = tuple(MetadataKey(f"key_{number}", DataType.STRING) for number in range(70))
    schema = Schema(attributes={}, events={"e": Event("e", metadata=metadata)}, segments={})
    _, (mistake,) = compile_rule(Excerpt.from_text("event e where zzz = a", "<rule>"), schema)
    assert mistake.code == "REF404"
    assert "`key_49` and 20 more" in str(mistake.hint)
    assert "key_50" not in str(mistake.hint)


@pytest.mark.parametrize("operator", ["contains", "starts with", "ends with"])
def test_one_of_many_texts_matches_where_a_look_at_each_finds_it(operator: str) -> None:
    texts = ("Alpha", "beta\0x", "ΣΑΣ", "İx", "")
    for part in ("al", "ALPHA", "a", "ta", "beta", "σας", "Σ", "ix", "zz", "\0", "ha\0b", "x"):
        expected = any(matches(operator, text, part) for text in texts)  # pyright: ignore[reportArgumentType]
        assert any_matches(operator, texts[:], part) == expected, part  # pyright: ignore[reportArgumentType]
