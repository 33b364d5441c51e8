"""How rules stand to everybody and to each other: what is proved of a rule, of two, of the segments of the specs."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date
from typing import TYPE_CHECKING
from zoneinfo import ZoneInfo

from intercom_iac.diagnostics import Diagnostic, InvalidSpecs, Misuse
from intercom_iac.lazy_dataclass import dataclass
from intercom_iac.prover import NamedRule, RelatedPair, RelatedRule, RelatedSegments

from ..session import Session
from .proof_world import proof_world
from .reading import TypedRule, read_rule
from .segments import choose_segments

if TYPE_CHECKING:
    from intercom_iac.model import Predicate
    from intercom_iac.model.world import World


@dataclass(frozen=True, slots=True)
class ProofRequest:
    """The world that proofs are to be about: one day alone, a time zone, assumptions that are turned off.

    Without `on_day` they are about every day from the session's on; without `zone`, in that of the project file, else
    UTC. No workspace is asked.
    """

    on_day: date | None = None
    zone: ZoneInfo | None = None
    without: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Related:
    """What is proved, and the warnings about the rules that were read for it."""

    proved: RelatedRule | RelatedPair | RelatedSegments
    warnings: tuple[Diagnostic, ...] = ()


def relate_texts(session: Session, texts: Sequence[str], request: ProofRequest) -> Related:
    """How the rule of one text stands to everybody, or those of two to each other.

    Raises `InvalidSpecs` with every mistake in the rules or in the specs, and `Misuse` for any other number of texts.
    """
    if len(texts) not in (1, 2):
        raise Misuse(
            "`rule relate` takes one rule or two",
            hint="`segment relate` compares any number of declared segments",
        )
    names = ("the rule",) if len(texts) == 1 else ("the first rule", "the second rule")
    files = ("<rule>",) if len(texts) == 1 else ("<first rule>", "<second rule>")
    typed = _read_rules(session, dict(zip(files, texts, strict=True)))
    warnings = tuple(warning for rule in typed for warning in rule.warnings)
    rules = [NamedRule(name, rule.predicate) for name, rule in zip(names, typed, strict=True)]
    return Related(relate_predicates(session, rules, request), warnings)


def relate_predicates(
    session: Session, rules: Sequence[NamedRule], request: ProofRequest
) -> RelatedRule | RelatedPair:
    """How one rule stands to everybody, or two to each other. Raises `InvalidSpecs` for errors in the specs."""
    from intercom_iac.prover import RequiredKeys, relate_rule, relate_rules

    world = _world(session, request)
    complete = RequiredKeys(session.schema().events.values(), [subject.rule for subject in rules])
    if len(rules) == 1:
        (subject,) = rules
        return RelatedRule(subject, complete.rule(relate_rule(subject.rule, world)), world)
    first, second = rules
    return RelatedPair(first, second, complete.pair(relate_rules(first.rule, second.rule, world)), world)


def _read_rules(session: Session, texts: Mapping[str, str]) -> list[TypedRule]:
    """The rules of texts, by what stands for their files. Raises `InvalidSpecs` with every mistake in any of them."""
    session.schema()
    rules: list[TypedRule] = []
    mistakes: list[Diagnostic] = []
    for file, text in texts.items():
        try:
            rules.append(read_rule(session, text, file))
        except InvalidSpecs as error:
            mistakes += error.diagnostics
    if mistakes:
        raise InvalidSpecs(mistakes)
    return rules


def relate_segments(session: Session, keys: Sequence[str], request: ProofRequest) -> Related:
    """How the segment of one key stands to everybody, those of two to each other, or all of several to each other:
    for no key, all that are not archived.

    Raises `InvalidSpecs` for errors in the specs, and `Misuse` for a key there is not or one that is given twice.
    """
    from intercom_iac.prover import RequiredKeys, relate_all

    if repeated := next((key for at, key in enumerate(keys) if key in keys[:at]), None):
        raise Misuse(f"`{repeated}` is given twice", hint="a segment is equivalent to itself")
    rules: dict[str, Predicate] = {
        segment.key: segment.typed_rule for segment in choose_segments(session.schema(), keys)
    }
    named = [NamedRule(f"`{key}`", rule) for key, rule in rules.items()]
    if keys and len(named) <= 2:
        return Related(relate_predicates(session, named, request))
    world = _world(session, request)
    complete = RequiredKeys(session.schema().events.values(), rules.values())
    return Related(RelatedSegments(rules, complete.matrix(relate_all(rules, world), rules), world))


def _world(session: Session, request: ProofRequest) -> World:
    from intercom_iac.model.world import Assumption

    without = map(Assumption, request.without)
    return proof_world(session, on_day=request.on_day, zone=request.zone, without=without)
