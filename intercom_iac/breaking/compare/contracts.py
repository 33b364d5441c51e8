"""Assertions and priorities of one revision against those of another."""

from __future__ import annotations

from collections.abc import Callable, Hashable, Iterator, Mapping
from dataclasses import replace
from typing import Any

from intercom_iac.diagnostics.codes.breaking import contracts as codes
from intercom_iac.model import Predicate, Schema
from intercom_iac.model.assertions import AssertedRule, Assertion, Claim, Covers, Implies, Never
from intercom_iac.model.predicate import InSegment, Not
from intercom_iac.rules.normal import normal_form, spell_out

from ..change import SchemaChange, schema_change
from ..meaning import semantic_key
from .segments import same_segments

_PUT_BACK = "say in the pull request why, or put it back"


def compare_contracts(old: Schema, new: Schema) -> Iterator[SchemaChange]:
    """What is asserted otherwise, in the order of the new specs, then what is no longer asserted."""
    if not (old.assertions or new.assertions or old.priorities or new.priorities):
        return
    keys = {before.key: after.key for before, after in same_segments(old, new)}
    for name, after in new.assertions.items():
        before = old.assertions.get(name)
        if before is None:
            yield schema_change(
                codes.ASSERTION_ADDED,
                f"assertion.{name}",
                "asserted from now on",
                kind="added",
                after=_values(after),
                source=after.span,
            )
        elif _key(before, keys) != _key(after, {}):
            yield schema_change(
                codes.ASSERTION_CHANGED,
                f"assertion.{name}",
                "it claims something else",
                before=_values(before),
                after=_values(after),
                source=after.span,
                old_source=before.span,
            )
    for name, before in old.assertions.items():
        if name not in new.assertions:
            yield schema_change(
                codes.ASSERTION_GONE,
                f"assertion.{name}",
                "no longer asserted",
                kind="removed",
                hint=_PUT_BACK,
                before=_values(before),
                old_source=before.span,
            )
    yield from _compare_priorities(old, new, keys)


def compare_tests(old: Schema, new: Schema) -> Iterator[SchemaChange]:
    """The segments that have fewer tests than before."""
    for before, after in same_segments(old, new) if old.tests else ():
        count, now = len(old.tests.get(before.key, ())), len(new.tests.get(after.key, ()))
        if now < count and after.status != "archived":
            yield schema_change(
                codes.TESTS_GONE,
                after.address,
                f"{count - now} of its {count} tests are gone" if count > 1 else "its test is gone",
                hint=_PUT_BACK,
                before=count,
                after=now,
                names_values=True,
                source=after.span,
                old_source=before.span,
            )


def _compare_priorities(old: Schema, new: Schema, keys: Mapping[str, str]) -> Iterator[SchemaChange]:
    before = [keys.get(key, key) for key in old.priorities or ()]
    after = [*(new.priorities or ())]
    # A segment that is new in the order, wherever it stands, changes nothing of the others.
    if [key for key in before if key in after] == [key for key in after if key in before] and all(
        key in after for key in before
    ):
        return
    yield schema_change(
        codes.PRIORITIES_CHANGED,
        "priorities",
        "another order of segments decides",
        before=[*(old.priorities or ())],
        after=after,
        source=None if new.priorities is None else new.priorities.span,
        old_source=None if old.priorities is None else old.priorities.span,
    )


def _values(assertion: Assertion) -> dict[str, Any]:
    """What is claimed, as it is written."""
    claim = assertion.claim
    kind = type(claim).__name__.lower()
    match claim:
        case Covers(rules, of):
            value: Any = {"all": [rule.text for rule in rules], "of": of.text}
        case Implies(if_, then):
            value = {"if": if_.text, "then": then.text}
        case Never(rule):
            value = rule.text
        case _:
            value = [rule.text for rule in claim.rules]
    return {kind: value, **({"allow_unknown": True} if assertion.allow_unknown else {})}


def _key(assertion: Assertion, keys: Mapping[str, str]) -> Any:
    """Equal for assertions that claim the same; `keys` are those that old segments have now.

    A segment that a rule refers to counts by its key: what its own rule says is told of the segment.
    """

    def renamed(test: Predicate) -> Predicate:
        match test:
            case InSegment(segment=segment):
                return replace(test, segment=keys.get(segment, segment))
            case Not(part=InSegment() as part):
                return replace(test, part=renamed(part))
            case _:
                return test

    def rule_key(rule: AssertedRule) -> Any:
        if rule.segment is not None:
            return "segment", keys.get(rule.segment, rule.segment)
        closed = normal_form(rule.rule, open_segments=False)
        return semantic_key(spell_out(closed, renamed), open_segments=False)

    claim = assertion.claim
    return type(claim), assertion.allow_unknown, _rule_keys(claim, rule_key)


def _rule_keys(claim: Claim, rule_key: Callable[[AssertedRule], Hashable]) -> Hashable:
    match claim:
        case Covers(rules, of):
            return frozenset(map(rule_key, rules)), rule_key(of)
        case Implies(if_, then):
            return rule_key(if_), rule_key(then)
        case Never(rule):
            return rule_key(rule)
        case _:
            return frozenset(map(rule_key, claim.rules))
