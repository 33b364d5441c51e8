"""The answers of rules that refer to others through many: each is asked of the columns of those before it.

A rule that is written out holds all that it refers to. In a chain of segments the last one would hold every other,
and so many conditions inside each other take an engine more than twice the time for twice the chain.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence

from intercom_iac.model import Predicate
from intercom_iac.model.predicate import (
    And,
    InSegment,
    Not,
    Or,
    children,
    in_order_of_references,
    referenced_rules,
)

# So many references after each other are written out in one layer.
_LINKS = 8


class Layers:
    """The rules and all that they refer to, by how far a chain of references goes on from each."""

    def __init__(self, rules: Iterable[Predicate]) -> None:
        # With the rule itself: while it is there, no other has its identity.
        self._links: dict[int, tuple[Predicate, int]] = {}
        for rule in rules:
            for asked in in_order_of_references(rule, self._links):
                links = max((self._links[id(part)][1] + 1 for part in referenced_rules(asked)), default=0)
                self._links[id(asked)] = asked, links

    @property
    def are_needed(self) -> bool:
        """Whether a chain is longer than what is well written out."""
        return any(links >= _LINKS for _, links in self._links.values())

    def query(
        self,
        condition: Callable[[Predicate], str],
        base: Callable[[Sequence[str]], str],
    ) -> tuple[str, dict[int, str]]:
        """A query with a column of 1 and 0 for each of the rules, and its name by the identity of the rule.

        `condition` is that of a rule without references on a row of the contacts, `base` a query of them with such
        columns.
        """
        tests: dict[str, str] = {}
        names = {identity: f"r{at}" for at, identity in enumerate(self._links)}
        layers: dict[int, list[str]] = {}
        for identity, (rule, links) in self._links.items():
            answer = self._answer(rule, links // _LINKS, names, lambda test: _name_of(condition(test), tests))
            column = f"case when {answer} then 1 else 0 end as {names[identity]}"
            layers.setdefault(links // _LINKS, []).append(column)
        query = base([f"case when {test} then 1 else 0 end as {name}" for test, name in tests.items()])
        for _, columns in sorted(layers.items()):
            query = f"select b.*, {', '.join(columns)}\nfrom (\n{query}\n) b"
        return query, names

    def _answer(
        self, node: Predicate, layer: int, names: dict[int, str], name_of_test: Callable[[Predicate], str]
    ) -> str:
        if isinstance(node, InSegment):
            if self._links[id(node.rule)][1] // _LINKS < layer:
                return f"{names[id(node.rule)]} = 1"
            return self._answer(node.rule, layer, names, name_of_test)
        if not referenced_rules(node):
            return f"{name_of_test(node)} = 1"
        parts = [self._answer(part, layer, names, name_of_test) for part in children(node)]
        match node:
            case And():
                return f"({' and '.join(parts)})"
            case Or():
                return f"({' or '.join(parts)})"
            case _:
                assert isinstance(node, Not)
                return f"not ({parts[0]})"


def _name_of(condition: str, tests: dict[str, str]) -> str:
    return tests.setdefault(condition, f"t{len(tests)}")
