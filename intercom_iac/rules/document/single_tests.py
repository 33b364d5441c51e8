"""The tests of a rule one by one, each as the smallest rule of its own that says it."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import replace

from intercom_iac.lazy_dataclass import dataclass
from intercom_iac.model import Predicate
from intercom_iac.model.predicate import EVENT_TESTS, And, EventSequence, Not, Or, SomeCompany

Enclose = Callable[[Predicate], Predicate]


@dataclass(frozen=True, slots=True)
class SingleTest:
    """A test of a rule: the node it is, and the rule of its own; for a test of metadata one of the event.

    `path` is the pointer of the test in the document of that rule. `event` is the test of an event in whose `where`
    it stands. The rule of a test of an event leaves its `where` out.
    """

    node: Predicate
    rule: Predicate
    path: str = ""
    event: Predicate | None = None


def single_tests(rule: Predicate) -> Iterator[SingleTest]:
    """The tests in the order they stand in, a test of an event before those of its metadata."""
    return _tests(rule, lambda test: test, "", None)


def _tests(node: Predicate, enclose: Enclose, path: str, event: Predicate | None) -> Iterator[SingleTest]:
    match node:
        case And(parts=parts) | Or(parts=parts):
            for part in parts:
                yield from _tests(part, enclose, path, event)
        case Not(part=part):
            yield from _tests(part, enclose, path, event)
        case SomeCompany(rule=rule):
            yield from _tests(rule, lambda test: enclose(SomeCompany(test)), f"{path}/rule", event)
        case _ if isinstance(node, EVENT_TESTS):
            bare = replace(node, where=None)
            if isinstance(bare, EventSequence):
                bare = replace(bare, then_where=None)
            yield SingleTest(node, enclose(bare), path, event)
            if node.where is not None:
                yield from _tests(
                    node.where, lambda test: enclose(replace(bare, where=test)), f"{path}/where", node
                )
            if isinstance(node, EventSequence) and node.then_where is not None:
                yield from _tests(
                    node.then_where,
                    lambda test: enclose(replace(bare, then_where=test)),
                    f"{path}/then_where",
                    node,
                )
        case _:
            yield SingleTest(node, enclose(node), path, event)
