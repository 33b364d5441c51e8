"""Questions about the tests of many rules: what is looked up instead of looked for."""

from __future__ import annotations

from itertools import combinations
from typing import Any

from intercom_iac.prover.conjunctions import choices_within


class CountedChoices(dict[frozenset[object], int]):
    """Choices that count how many of them are looked at."""

    looked_at = 0

    def get(self, key: frozenset[object], default: Any = None, /) -> Any:
        self.looked_at += 1
        return super().get(key, default)


def test_choices_that_read_nothing_else_are_found_however_many_there_are() -> None:
    pairs = list(combinations(range(12), 2))
    choices: dict[frozenset[object], int] = {frozenset(pair): 1 << at for at, pair in enumerate(pairs)}
    for size in range(7):
        for read in combinations(range(0, 12, 2), size):
            expected = sum(rules for choice, rules in choices.items() if choice <= set(read))
            assert sum(choices_within(choices, set(read))) == expected
    counted = CountedChoices(choices)
    assert sum(choices_within(counted, {0, 1, 2})) == choices[frozenset({0, 1})] + sum(
        choices[frozenset(pair)] for pair in ((0, 2), (1, 2))
    )
    assert counted.looked_at == 7
