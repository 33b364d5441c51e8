"""Whether there is a text of which some tests are true and others are not: the search finds what a list of all short
texts does."""

from __future__ import annotations

import random
from itertools import product

from intercom_iac.compilers.smt.texts import Impossible, TextLiteral, TextTest, find_text, spell_otherwise

OPERATORS = ("is", "contains", "contains word", "starts with", "ends with")
SHORT_TEXTS = ["".join(signs) for length in range(6) for signs in product("ab- z#", repeat=length)]
BUDGET = 60_000


def literals(draw: random.Random) -> list[TextLiteral]:
    def part() -> str:
        return "".join(draw.choice("ab-") for _ in range(draw.randrange(4)))

    tests = {TextTest(draw.choice(OPERATORS), part()) for _ in range(draw.randrange(1, 6))}
    return [(test, draw.random() < 0.5) for test in sorted(tests, key=repr)]


def passes(text: str, conjunction: tuple[TextLiteral, ...] | list[TextLiteral]) -> bool:
    return all(test.holds(text) is holds for test, holds in conjunction)


def test_a_text_is_found_where_one_is_and_a_conflict_where_none_is() -> None:
    draw, impossible = random.Random(1), 0
    for _ in range(120):
        asked = literals(draw)
        found = find_text(asked, 255, BUDGET)
        if isinstance(found, Impossible):
            impossible += 1
            assert set(found.conflict) <= set(asked)
            assert not any(passes(text, found.conflict) for text in SHORT_TEXTS)
            for left_out in found.conflict:
                fewer = [literal for literal in found.conflict if literal != left_out]
                assert isinstance(find_text(fewer, 255, BUDGET), str)  # as few as can be, but for its length
        else:
            assert found is not None
            assert passes(found, asked)
    assert 20 < impossible < 100


def test_a_text_is_at_most_so_long() -> None:
    parts: list[TextLiteral] = [(TextTest("contains", part), True) for part in ("abc", "cde")]
    assert find_text(parts, 5, BUDGET) == "abcde"
    assert isinstance(find_text(parts, 4, BUDGET), Impossible)
    many: list[TextLiteral] = [(TextTest("contains", f"part {number}"), True) for number in range(100)]
    found = find_text(many, 255, BUDGET)
    assert isinstance(found, Impossible)
    assert len(found.conflict) < 60


def test_many_parts_take_no_search() -> None:
    parts: list[TextLiteral] = [(TextTest("contains", f"part {number}."), True) for number in range(200)]
    assert isinstance(find_text(parts, None, 1), str)


def test_a_folded_text_has_other_spellings_only_where_a_sign_has_a_case() -> None:
    assert spell_otherwise("trial", frozenset({"trial"})) == "triaL"
    assert spell_otherwise("k", frozenset({"k", "K"})) == "\u212a"  # the sign of kelvin
    assert spell_otherwise("2026", frozenset({"2026"})) is None
    assert spell_otherwise("2026", frozenset()) == "2026"
