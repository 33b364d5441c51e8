"""The segments of two revisions whose people may be others, each with how its two rules stand to each other."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import field, replace

from intercom_iac.lazy_dataclass import dataclass
from intercom_iac.model import Predicate, Schema, Segment, fields_of, segments_of
from intercom_iac.model.predicate import And, Not, SameRules
from intercom_iac.model.world import World
from intercom_iac.prover import Satisfiable, Unknown, Unsatisfiable, Verdict
from intercom_iac.rules.moved import rule_on_successors
from intercom_iac.rules.normal import chain
from intercom_iac.text import quoted_names

from ..meaning import semantic_key, written_key
from ..moved_rules import Successors, is_moved, value_successors
from .added_options import added_options
from .common_fields import FieldsApart, on_common_fields
from .member_change import Cause, MemberChange, Rules

_NOBODY = Unsatisfiable()
_SAME_PEOPLE = MemberChange(enters=_NOBODY, leaves=_NOBODY, stays=_NOBODY)


def compare_members(
    pairs: Iterable[tuple[Segment, Segment]], old: Schema, new: Schema, world: World
) -> dict[str, tuple[MemberChange, ...]]:
    """Key of a new segment -> how its people change, for those whose people may not be the same; one for its rule, or
    what it refers to, and one for options that are new.

    `pairs` are the segments of both revisions. Rules that say the same are not proved. A segment whose rule was not
    rewritten is left out where its people are the same.
    """
    revisions = _Revisions(old, new, value_successors(old, new), world)
    changes = {after.key: tuple(_member_changes(before, after, revisions)) for before, after in pairs}
    return {key: found for key, found in changes.items() if found}


@dataclass(frozen=True, slots=True)
class _Revisions:
    """The specs of both revisions; `successors` are the attributes that the new ones put in the place of others."""

    old: Schema
    new: Schema
    successors: Successors
    world: World
    same_rules: SameRules = field(default_factory=SameRules)


def _member_changes(before: Segment, after: Segment, revisions: _Revisions) -> Iterator[MemberChange]:
    world = revisions.world
    if after.status == "archived":
        return
    now = after.typed_rule
    if before.status == "archived":
        yield _describe_change(now, enters=_decide(now, world), cause="restored")
        # The rule of an archived segment may be past reading.
        if before.predicate is not None and written_key(before.predicate) != written_key(now):
            yield _change_of_rules((before.predicate, now), revisions, "rule")
        return
    if before.source != after.source:
        yield _undecided_change(_source_reason(after), "source")
    was = before.typed_rule
    if revisions.same_rules.are_same(was, now):
        return
    rewritten = before.rule != after.rule and written_key(was) != written_key(now)
    # Rules may say the same and select other people all the same: by what they read.
    says_the_same = (
        not rewritten
        or semantic_key(was, open_segments=False) == semantic_key(now, open_segments=False)
        or is_moved(was, now, revisions.successors)
    )
    change = _change_of_rules((was, now), revisions, _cause(now) if says_the_same else "rule")
    if change.relation != "equivalent":
        yield replace(change, rules=(was, now))
    if rewritten and (says_the_same or change.relation == "equivalent"):
        yield _SAME_PEOPLE
    if change.relation == "equivalent":
        yield from _changes_by_options(revisions.old, now, world)


def _cause(rule: Predicate) -> Cause:
    """What else changed where a rule says what it said: a segment that it refers to, or the type of a field."""
    return "reference" if segments_of(rule) else "type"


def _change_of_rules(rules: Rules, revisions: _Revisions, cause: Cause) -> MemberChange:
    """How the people change by the rules alone."""
    from intercom_iac.prover import depth_reason, relate_rules

    was, now = rules
    if (reason := depth_reason(was) or depth_reason(now)) is not None:
        return _undecided_change(reason, cause)
    moved = _on_successors(was, now, revisions.successors)
    if isinstance(moved, str):
        return _undecided_change(moved, cause)
    common = on_common_fields(moved, now, (revisions.old, revisions.new))
    if isinstance(common, FieldsApart):
        return _undecided_change(common.reason, "rule" if cause == "rule" else "type")
    if semantic_key(moved) == semantic_key(now):
        return _SAME_PEOPLE
    related = relate_rules(*common, revisions.world, explain=False)
    leaves = related.first_only
    if isinstance(related.second_only, Satisfiable):
        leaves = _another_person(leaves, chain(And, (common[0], Not(common[1]))))
    return _describe_change(
        *common,
        enters=related.second_only,
        leaves=leaves,
        stays=related.both,
        cause=cause,
    )


def _another_person(verdict: Verdict, rule: Predicate) -> Verdict:
    """Whoever leaves is not called as whoever enters is."""
    if not isinstance(verdict, Satisfiable):
        return verdict
    from intercom_iac.prover import with_other_identity

    return Satisfiable(with_other_identity(verdict.witness, rule))


def _on_successors(was: Predicate, now: Predicate, values: Successors) -> Predicate | str:
    """The old rule on the attributes that take the place of those it reads; why not, where values do not convert.

    An attribute that the new rule still reads stays as it is.
    """
    still_read = {(field.owner, field.name) for field in fields_of(now)}
    left = {(field.owner, field.name) for field in fields_of(was)} - still_read
    successors = {key: successor for key, successor in values.items() if key in left}
    if not successors:
        return was
    moved = rule_on_successors(was, successors)
    if moved is None:
        names = quoted_names(successor.name for successor in successors.values())
        return (
            f"what the old rule says of the attributes that {names} replaces cannot be said of the new values"
        )
    return moved


def _changes_by_options(old: Schema, rule: Predicate, world: World) -> Iterator[MemberChange]:
    """Who comes with an option that is new: one of them, or that nobody knows."""
    changes = [
        replace(
            _describe_change(added.rule, enters=verdict, cause="options"),
            option=(added.field.name, added.option),
        )
        for added in added_options(old, rule)
        if not isinstance(verdict := _decide(added.rule, world), Unsatisfiable)
    ]
    yield from sorted(changes, key=lambda change: not isinstance(change.enters, Satisfiable))[:1]


def _decide(rule: Predicate, world: World) -> Verdict:
    from intercom_iac.prover import decide

    return decide(rule, world, explain=False)


def _undecided_change(reason: str, cause: Cause) -> MemberChange:
    return MemberChange(enters=Unknown(reason), leaves=Unknown(reason), stays=Unknown(reason), cause=cause)


def _source_reason(after: Segment) -> str:
    source = after.source
    return (
        "its members are no longer the rows of a source"
        if source is None
        else (f"its members are the rows of `{source}` from now on")
    )


def _describe_change(
    *rules: Predicate,
    enters: Verdict,
    leaves: Verdict = _NOBODY,
    stays: Verdict = _NOBODY,
    cause: Cause,
) -> MemberChange:
    """The change with its witnesses in words: only what the rules read."""
    return MemberChange(
        enters=enters,
        leaves=leaves,
        stays=stays,
        cause=cause,
        entering=_person_text(enters, rules),
        leaving=_person_text(leaves, rules),
    )


def _person_text(verdict: Verdict, rules: tuple[Predicate, ...]) -> str | None:
    if not isinstance(verdict, Satisfiable):
        return None
    from intercom_iac.prover import describe_witness

    return describe_witness(verdict.witness, rules)
