"""Relations as JSON, `format_version` "1.0"; relate.schema.json, beside the proofs, describes it."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from textwrap import indent
from typing import Any

from intercom_iac.model import Predicate
from intercom_iac.model.world import World
from intercom_iac.prover import (
    PairRelation,
    RelatedPair,
    RelatedRule,
    RelatedSegments,
    RuleRelation,
    Satisfiable,
    Unknown,
    Unsatisfiable,
    Verdict,
    clause_span,
    clause_text,
    encode_witness,
)
from intercom_iac.text import json_text


def related_json_parts(related: RelatedRule | RelatedPair | RelatedSegments) -> Iterator[str]:
    """The text of `related_json` in parts, for a file: of hundreds of segments it is too large for the memory."""
    if not isinstance(related, RelatedSegments):
        yield f"{json_text(related_json(related))}\n"
        return
    begin = json_text(_head(related.world)).removesuffix("\n}")
    yield f'{begin},\n  "segments": ['
    yield from _list_parts(_segments(related))
    yield '],\n  "pairs": ['
    yield from _list_parts(_pairs(related))
    yield "]\n}\n"


def _list_parts(items: Iterable[Mapping[str, Any]]) -> Iterator[str]:
    """The inside of a list, indented."""
    some = False
    for item in items:
        yield f"{',' if some else ''}\n{indent(json_text(item), '    ')}"
        some = True
    yield "\n  " if some else ""


def related_json(related: RelatedRule | RelatedPair | RelatedSegments) -> dict[str, Any]:
    """How one rule stands to everybody, two to each other, or segments to everybody and each to those after it."""
    if isinstance(related, RelatedRule):
        return {**_head(related.world), **_rule_relation(related.relation)}
    if isinstance(related, RelatedPair):
        return {**_head(related.world), **_pair_relation(related.relation)}
    return {
        **_head(related.world),
        "segments": list(_segments(related)),
        "pairs": list(_pairs(related)),
    }


def _segments(related: RelatedSegments) -> Iterator[dict[str, Any]]:
    for key, relation in related.matrix.rules.items():
        yield {"key": key, **_rule_relation(relation)}


def _pairs(related: RelatedSegments) -> Iterator[dict[str, Any]]:
    for (first, second), relation in related.matrix.pairs.items():
        yield {"first": first, "second": second, **_pair_relation(relation)}


def _head(world: World) -> dict[str, Any]:
    return {
        "format_version": "1.0",
        "today": world.first.isoformat(),
        "on_day": None if world.last is None else world.last.isoformat(),
        "timezone": world.zone,
        "without": sorted(world.without),
    }


def _rule_relation(relation: RuleRelation) -> dict[str, Any]:
    since = relation.inside.never_from if isinstance(relation.inside, Unsatisfiable) else None
    return {
        "relation": relation.name,
        "witnesses": {"in": _witness(relation.inside), "out": _witness(relation.outside)},
        "conflict": _conflict(relation.inside),
        "never_from": None if since is None else since.isoformat(),
        **_reason_data((relation.inside, relation.outside)),
    }


def _pair_relation(relation: PairRelation) -> dict[str, Any]:
    verdicts = {
        "both": relation.both,
        "first_only": relation.first_only,
        "second_only": relation.second_only,
    }
    return {
        "relation": relation.name,
        "witnesses": {side: _witness(verdict) for side, verdict in verdicts.items()},
        "conflicts": {side: _conflict(verdict) for side, verdict in verdicts.items()},
        **_reason_data(verdicts.values()),
    }


def _witness(verdict: Verdict) -> dict[str, Any] | None:
    return encode_witness(verdict.witness) if isinstance(verdict, Satisfiable) else None


def _conflict(verdict: Verdict) -> list[dict[str, Any]]:
    return [_place(clause) for clause in verdict.clauses] if isinstance(verdict, Unsatisfiable) else []


def _reason_data(verdicts: Iterable[Verdict]) -> dict[str, Any]:
    """Why something is not known, and the clause that is the reason; the first such where there are several."""
    unknown = next((verdict for verdict in verdicts if isinstance(verdict, Unknown)), None)
    if unknown is None:
        return {"reason": None, "clause": None}
    return {
        "reason": unknown.reason,
        "clause": None if unknown.clause is None else _place(unknown.clause),
    }


def _place(clause: Predicate) -> dict[str, Any]:
    span = clause_span(clause)
    place = {"file": None, "line": None, "column": None}
    if span is not None:
        place = {"file": span.file.path, "line": span.line, "column": span.column}
    return {"text": clause_text(clause), **place}
