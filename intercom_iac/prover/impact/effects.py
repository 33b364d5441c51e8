"""A supposed change of an attribute -> what becomes of each segment that reads it, itself or through another.

A segment stops compiling where its own rule is no longer right, or refers to one that stops. Whom it would select is
told all the same, as if what its rule asks for had no value any more: that is whom it loses or gains until somebody
mends the rule, and what the mended rule should be held to.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Literal

from intercom_iac.lazy_dataclass import dataclass
from intercom_iac.model import Attribute, DataType, Predicate, Schema, Segment, segment_address
from intercom_iac.model.predicate import (
    And,
    in_order_of_references,
    negation,
    referenced_rules,
)
from intercom_iac.model.reading import AddressesRead
from intercom_iac.model.world import World
from intercom_iac.rules.check.check import check
from intercom_iac.rules.normal import chain
from intercom_iac.rules.syntax.parse import parse_partly
from intercom_iac.text import Excerpt, printable
from intercom_iac.text.lists import brief_list

from ..deciding import decide, depth_reason
from ..verdicts import Satisfiable, Unknown, Unsatisfiable, Verdict
from ..witness import Witness
from ..witnesses.describing import describe_witness
from .clearing import Clearing, LostValues
from .supposition import Archival, OptionRemoval, Removal, Retyping, Supposition, suppose
from .text_tests import TextTests

# What becomes of the people whom a segment selects: nobody is left, everybody is one, some leave, some come, both, it
# is the same people, or it was not decided.
Outcome = Literal["nobody", "everybody", "shrinks", "grows", "changes", "same", "unknown"]


@dataclass(frozen=True, slots=True)
class SegmentEffect:
    """What becomes of one segment.

    `words` say it in a line, safe to print. `stops_compiling`: its rule is an error then, `why` in the words of the
    first one; `through` is the key of the segment by which, where its own rule is right. `outcome` is what becomes of
    its people; `leaves` and `enters` are one of them each. `reason`: why it is unknown.
    """

    segment: str
    stops_compiling: bool
    outcome: Outcome
    words: str
    why: str | None = None
    through: str | None = None
    leaves: Witness | None = None
    enters: Witness | None = None
    reason: str | None = None

    @property
    def is_none(self) -> bool:
        return not self.stops_compiling and self.outcome == "same"


class BlastRadius:
    """The effects of changes on the segments of a schema, in its order; those for which nothing changes are left out.

    Each question looks at the segments that read the attribute alone.
    """

    def __init__(self, schema: Schema, world: World) -> None:
        self._schema = schema
        self._world = world
        self._trees = {key: segment.predicate for key, segment in schema.segments.items()}
        self._archived = {
            key: segment.span for key, segment in schema.segments.items() if segment.status == "archived"
        }
        # The addresses of what each rule reads, itself or through a segment, and which read an address.
        self._reads = AddressesRead()
        self._readers: dict[str, list[Segment]] = {}
        self._tests: dict[tuple[int, str], TextTests] = {}
        for segment in schema.segments.values():
            if segment.status != "archived":
                for address in self._reads.addresses_of(segment.typed_rule):
                    self._readers.setdefault(address, []).append(segment)

    def effects_of(self, supposition: Supposition) -> tuple[SegmentEffect, ...]:
        readers = self._readers.get(supposition.attribute.address, [])
        if isinstance(supposition, OptionRemoval):
            readers = self._noticing(readers, supposition)
        mistakes = dict(self._mistakes(suppose(self._schema, supposition), readers)) if readers else {}
        lost = _lost_values(supposition)
        clearing = None if lost is None else Clearing(lost)
        effects: list[SegmentEffect] = []
        for segment in readers:
            rule = segment.typed_rule
            cleared = rule if clearing is None else clearing.without_values(rule)
            change = _Change(rule, cleared, self._world)
            through = self._broken_reference(segment, mistakes)
            effects.append(_effect(segment, supposition, change, mistakes.get(segment.key), through))
        return tuple(effect for effect in effects if not effect.is_none)

    def notices(self, supposition: OptionRemoval) -> bool:
        """Whether a rule treats somebody with one of the options otherwise than somebody without a value. No proof is
        made for it."""
        return bool(self._noticing(self._readers.get(supposition.attribute.address, []), supposition))

    def _noticing(self, readers: list[Segment], supposition: OptionRemoval) -> list[Segment]:
        noticing: dict[int, bool] = {}
        for segment in readers:
            for rule in in_order_of_references(segment.typed_rule, noticing):
                noticing[id(rule)] = any(
                    map(self._tests_of(rule, supposition.attribute).any_passes, supposition.options)
                ) or any(noticing[id(referred)] for referred in referenced_rules(rule))
        return [segment for segment in readers if noticing[id(segment.typed_rule)]]

    def _tests_of(self, rule: Predicate, attribute: Attribute) -> TextTests:
        place = (id(rule), attribute.address)
        if place not in self._tests:
            self._tests[place] = TextTests.of_field(rule, attribute.field())
        return self._tests[place]

    def _broken_reference(self, segment: Segment, mistakes: dict[str, str]) -> str | None:
        """The first segment with a mistake that a segment refers to, itself or through others."""
        broken = {segment_address(key): key for key in mistakes}
        return next(
            (
                broken[address]
                for address in self._reads.addresses_of(segment.typed_rule)
                if address in broken
            ),
            None,
        )

    def _mistakes(self, schema: Schema, readers: list[Segment]) -> Iterator[tuple[str, str]]:
        """The segments whose own rules are no longer right, each with the first mistake in words."""
        for segment in readers:
            syntax, _ = parse_partly(Excerpt.from_text(segment.rule, "<rule>"))
            if syntax is not None:
                _, found = check(syntax.root, schema, self._trees, self._archived)
                errors = [diagnostic.message for diagnostic in found if diagnostic.is_error]
                if errors:
                    yield segment.key, errors[0]


def _effect(
    segment: Segment, supposition: Supposition, change: _Change, why: str | None, through: str | None
) -> SegmentEffect:
    stops = why is not None or through is not None
    return SegmentEffect(
        segment=segment.address,
        stops_compiling=stops,
        outcome=change.outcome,
        words="; ".join(
            [
                *_mistake_words(why, through),
                *_outcome_words(change, segment.typed_rule, supposition, stops=stops),
            ]
        ),
        why=why,
        through=None if why else through,
        leaves=_person(change.leaves),
        enters=_person(change.enters),
        reason=change.reason,
    )


def _mistake_words(why: str | None, through: str | None) -> Iterator[str]:
    if why is not None:
        yield printable(f"stops compiling: {why}")
    elif through is not None:
        yield printable(f"stops compiling, since `segment.{through}` does")


def _outcome_words(
    change: _Change, rule: Predicate, supposition: Supposition, *, stops: bool
) -> Iterator[str]:
    """Whom it selects then, with a person whom it loses and one whom it gains."""
    if change.outcome == "same" and stops:
        return
    state = {
        "nobody": "is left with nobody",
        "everybody": "has everybody in it",
        "shrinks": "has fewer people",
        "grows": "has more people",
        "changes": "has other people",
        "same": "keeps its people",
        "unknown": f"may have other people, which is not decided ({change.reason})",
    }[change.outcome]
    people = [
        f"it {verb} {describe_witness(verdict.witness, [rule])}"
        for verdict, verb in ((change.leaves, "loses"), (change.enters, "gains"))
        if isinstance(verdict, Satisfiable)
    ]
    words = f"{_condition(supposition)}, it {state}"
    yield printable(f"{words}: {' and '.join(people)}" if people else words)


def _condition(supposition: Supposition) -> str:
    """When that comes to pass: what is taken out of specs does not leave people by itself."""
    match supposition:
        case OptionRemoval(options=options):
            return f"once nobody has {brief_list(options, 'or')}"
        case Retyping():
            return "while values have the old type"
        case _:
            return "once nobody has a value"


def _lost_values(supposition: Supposition) -> LostValues | None:
    """The values that count as none after the change; None where all of them still count."""
    field = supposition.attribute.field()
    match supposition:
        case Archival() | Removal():
            return LostValues(field)
        case OptionRemoval(options=options):
            return LostValues(field, texts=options)
        case Retyping(type=type_) if _json_type(type_) != _json_type(field.type):
            return LostValues(field)
        case Retyping():  # a text that is no option stays on whoever has it
            return None


def _json_type(type_: DataType) -> str:
    """What a value is in Intercom's JSON, by which it counts as one of the type (`rules.meaning`)."""
    if type_.is_text:
        return "text"
    return "boolean" if type_ is DataType.BOOLEAN else "number"


class _Change:
    """Whom a rule selects against whom it selected before."""

    def __init__(self, before: Predicate, after: Predicate, world: World) -> None:
        self.leaves: Verdict = Unsatisfiable()
        self.enters: Verdict = Unsatisfiable()
        self.outcome: Outcome = "same"
        self.reason: str | None = None
        if before is after:  # what is cleared is the rule itself where nothing is lost: quicker than a proof
            return
        self.reason = depth_reason(before) or depth_reason(after)
        if self.reason is not None:
            self.leaves = self.enters = Unknown(self.reason)
            self.outcome = "unknown"
            return
        self.leaves = _decide(before, negation(after), world)
        self.enters = _decide(after, negation(before), world)
        verdicts = [self.leaves, self.enters]
        self.outcome = self._outcome(before, after, world)
        unknown = (verdict.reason for verdict in verdicts if isinstance(verdict, Unknown))
        self.reason = next(unknown, None) if self.outcome == "unknown" else None

    def _outcome(self, before: Predicate, after: Predicate, world: World) -> Outcome:
        left, came = (not isinstance(verdict, Unsatisfiable) for verdict in (self.leaves, self.enters))
        if not left and not came:
            return "same"
        if left and isinstance(decide(after, world, explain=False), Unsatisfiable):
            return "nobody"
        if came and isinstance(decide(negation(after), world, explain=False), Unsatisfiable):
            return "everybody"
        if isinstance(self.leaves, Unknown) or isinstance(self.enters, Unknown):
            return "unknown"
        if left and came:
            return "changes"
        return "shrinks" if left else "grows"


def _decide(first: Predicate, second: Predicate, world: World) -> Verdict:
    return decide(chain(And, (first, second)), world, explain=False)


def _person(verdict: Verdict) -> Witness | None:
    return verdict.witness if isinstance(verdict, Satisfiable) else None
