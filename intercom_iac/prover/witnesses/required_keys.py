"""Occurrences of a witness with the metadata that their event requires, whatever rules ask of them.

A proof knows the keys that its rules read, and no others. A key that no rule reads can have any value.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import replace
from typing import Any

from intercom_iac.model import DataType, Event, Field, Predicate
from intercom_iac.model.person import Json, event_key
from intercom_iac.model.predicate import own_fields, walk

from ..domains.believable_texts import suggested_texts
from ..verdicts import Matrix, PairRelation, RuleRelation, Satisfiable, Verdict
from ..witness import Witness
from .believable_values import believable_number


class RequiredKeys:
    """Gives witnesses a value for each key that is required of their occurrences and that no rule reads."""

    def __init__(self, events: Iterable[Event], rules: Iterable[Predicate]) -> None:
        self._events = {event_key(event.name): event for event in events if _requires_keys(event)}
        self._read = frozenset[str]().union(*map(_keys_read, rules if self._events else ()))
        # Many verdicts show one witness.
        self._completed: dict[tuple[int, frozenset[str]], tuple[Satisfiable, Satisfiable]] = {}

    def witness(self, witness: Witness, read: frozenset[str] | None = None) -> Witness:
        """The witness itself where nothing is missing; `read`: the keys that its own rules read."""
        if not self._events or not witness.person.events:
            return witness
        occurrences = tuple(
            _with_keys(occurrence, self._events, self._read if read is None else read)
            for occurrence in witness.person.events
        )
        return replace(witness, person=replace(witness.person, events=occurrences))

    def verdict(self, verdict: Verdict, read: frozenset[str] | None = None) -> Verdict:
        if not isinstance(verdict, Satisfiable):
            return verdict
        read = self._read if read is None else read
        key = id(verdict), read
        if key not in self._completed:
            self._completed[key] = verdict, Satisfiable(self.witness(verdict.witness, read))
        return self._completed[key][1]

    def rule(self, relation: RuleRelation, read: frozenset[str] | None = None) -> RuleRelation:
        return RuleRelation(self.verdict(relation.inside, read), self.verdict(relation.outside, read))

    def pair(self, relation: PairRelation, read: frozenset[str] | None = None) -> PairRelation:
        return PairRelation(
            both=self.verdict(relation.both, read),
            first_only=self.verdict(relation.first_only, read),
            second_only=self.verdict(relation.second_only, read),
        )

    def matrix(self, matrix: Matrix, rules: Mapping[str, Predicate]) -> Matrix:
        """The matrix of these rules: what others of them read, a witness of one or two gets as well."""
        if not self._events:
            return matrix
        read = {key: _keys_read(rule) for key, rule in rules.items()}
        return Matrix(
            rules={key: self.rule(relation, read[key]) for key, relation in matrix.rules.items()},
            pairs={
                (first, second): self.pair(relation, read[first] | read[second])
                for (first, second), relation in matrix.pairs.items()
            },
        )


def _keys_read(rule: Predicate) -> frozenset[str]:
    """The names of the metadata keys that a rule reads."""
    return frozenset(
        field.name for part in walk(rule) for field in own_fields(part) if field.owner == "event"
    )


def _requires_keys(event: Event) -> bool:
    return any(key.required for key in event.metadata)


def _with_keys(occurrence: Json, declared: Mapping[str, Event], read: frozenset[str]) -> Json:
    event = declared.get(event_key(occurrence["event_name"]))
    metadata: dict[str, Any] = dict(occurrence.get("metadata") or {})
    for key in () if event is None else event.metadata:
        field = None if event is None else event.field(key.name)
        if key.required and key.name not in metadata and key.name not in read and field is not None:
            metadata[key.name] = _value(field, occurrence)
    return {**occurrence, "metadata": metadata} if metadata else occurrence


def _value(field: Field, occurrence: Json) -> Any:
    match field.type:
        case DataType.OPTIONS:
            return field.options[0] if field.options else suggested_texts(field)[0]
        case DataType.STRING:
            return suggested_texts(field)[0]
        case DataType.BOOLEAN:
            return True
        case DataType.DATE:
            return occurrence["created_at"]
        case DataType.INTEGER | DataType.FLOAT:
            return believable_number(None, None, whole=field.type is DataType.INTEGER)
