"""What is proved of rules as one HTML file that needs nothing else: no script, no request, light and dark."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterable, Mapping, Sequence
from functools import cache
from typing import TYPE_CHECKING, Any

from intercom_iac.diagnostics import require_extra
from intercom_iac.lazy_dataclass import dataclass
from intercom_iac.model import Predicate, reads_days
from intercom_iac.prover import (
    NamedRule,
    RelatedPair,
    RelatedRule,
    RelatedSegments,
    RuleRelation,
    Unsatisfiable,
    Witness,
    clause_text,
    encode_witness,
)
from intercom_iac.rules import format_rule
from intercom_iac.text import json_text, printable

from ..kit.html_page import page_style, page_template
from .euler import Frame, euler_frames, frame_sentence, split_lone_shapes
from .grid_text import SIGNS
from .structure import Structure, structure_of
from .witness_lines import Side, pair_sides, rule_sides
from .words import days_sentence, pair_sentence, relation_label, rule_sentence

if TYPE_CHECKING:
    from jinja2 import Template

_MOST_PAIRS = 4_000
"""Of more, only those are told with their people that do not merely overlap or exclude each other."""
_LARGEST_GRID = 200
"""Of more segments there is no grid: nobody could read it."""
_TOLD_ALWAYS = ("equivalent", "narrower", "wider", "unknown")
_GRID_SIGNS = {
    "equivalent": "=",
    "narrower": "⊂",
    "wider": "⊃",
    "overlapping": "○",
    "disjoint": "∅",
    "unknown": "?",
}


@dataclass(frozen=True, slots=True)
class _Segment:
    """A segment of the page: where it is told, its rule, and how it stands to everybody."""

    key: str
    anchor: str
    rule: str
    relation: RuleRelation
    sides: Sequence[Side]


@dataclass(frozen=True, slots=True)
class _Pair:
    """Two segments of the page, and where it is told how they stand to each other."""

    first: str
    second: str
    anchor: str
    name: str
    sentence: str
    sides: Sequence[Side]


@dataclass(frozen=True, slots=True)
class _Cell:
    """A cell of the grid: how the segment of its row stands to that of its column. `anchor` is None where it is not
    told any further."""

    name: str
    sign: str
    title: str
    anchor: str | None


def related_html(related: RelatedRule | RelatedPair | RelatedSegments) -> str:
    """The page. Whatever comes from the specs is escaped by the template engine, without being asked.

    Raises `MissingExtra` where the template engine is not installed.
    """
    require_extra("html", "the HTML report")
    if isinstance(related, RelatedSegments):
        return _render(_segments_page(related))
    if isinstance(related, RelatedRule):
        rules, relation = [related.subject], related.relation
        sentence = rule_sentence(relation, related.subject.name)
        sides = rule_sides(relation, related.subject.rule)
    else:
        rules, relation = [related.first, related.second], related.relation
        first, second = (rule.name for rule in rules)
        sentence = pair_sentence(relation, first, second)
        sides = pair_sides(relation, [rule.rule for rule in rules], first, second)
    return _render(
        {
            "title": " and ".join(map(_title, rules)),
            "relation": relation.name,
            "label": relation_label(relation),
            "lead": sentence,
            "days": _days(related, [rule.rule for rule in rules]),
            "rules": [(_title(rule), format_rule(rule.rule)) for rule in rules],
            "sides": sides,
            "frames": _pair_frames(related) if isinstance(related, RelatedPair) else [],
            "lone": [],
            "structure": None,
            "anchors": defaultdict(str),
        }
    )


def _segments_page(related: RelatedSegments) -> Mapping[str, Any]:
    structure = structure_of(related)
    frames, lone = split_lone_shapes(euler_frames(structure))
    drawn = [key for frame in frames for shape in frame.drawn for key in shape.shape.keys]
    order = [*structure.nobody, *structure.everybody, *drawn, *lone]
    numbers = {key: number for number, key in enumerate(order)}
    pairs = _pairs(related, numbers)
    return {
        "title": "How segments stand to each other",
        "relation": None,
        "label": None,
        "lead": structure.count_sentence(),
        "days": _days(related, related.rules.values()),
        "rules": [],
        "sides": [],
        "frames": frames,
        "lone": lone,
        "structure": structure,
        "anchors": {key: f"s{number}" for key, number in numbers.items()},
        "segments": [_segment(related, key, number) for key, number in numbers.items()],
        "rows": _rows(structure, numbers, pairs) if len(order) <= _LARGEST_GRID else [],
        "pairs": list(pairs.values()),
        "all_told": len(pairs) == len(related.matrix.pairs),
        "legend": _legend(structure),
    }


def _segment(related: RelatedSegments, key: str, number: int) -> _Segment:
    relation, rule = related.matrix.rules[key], related.rules[key]
    return _Segment(key, f"s{number}", format_rule(rule), relation, rule_sides(relation, rule))


def _pairs(related: RelatedSegments, numbers: Mapping[str, int]) -> dict[tuple[str, str], _Pair]:
    """What is told of pairs, in the order of the grid."""
    few = len(related.matrix.pairs) <= _MOST_PAIRS
    told: dict[tuple[str, str], _Pair] = {}
    for first, second in related.matrix.pairs:
        pair = related.pair(first, second)
        if few or pair.relation.name in _TOLD_ALWAYS:
            told[first, second] = _Pair(
                first=first,
                second=second,
                anchor=f"p{numbers[first]}-{numbers[second]}",
                name=pair.relation.name,
                sentence=pair_sentence(pair.relation, pair.first.name, pair.second.name),
                sides=pair_sides(
                    pair.relation, (pair.first.rule, pair.second.rule), pair.first.name, pair.second.name
                ),
            )
    return told


def _rows(
    structure: Structure, numbers: Mapping[str, int], pairs: Mapping[tuple[str, str], _Pair]
) -> list[tuple[str, list[_Cell | None]]]:
    """The grid: a key, and its cells in the order of the page."""
    return [(key, [_cell(structure, key, other, pairs) for other in numbers]) for key in numbers]


def _cell(
    structure: Structure,
    row: str,
    column: str,
    pairs: Mapping[tuple[str, str], _Pair],
) -> _Cell | None:
    """None for a segment and itself."""
    if row == column:
        return None
    name = structure.between(row, column)
    told = pairs.get((row, column)) or pairs.get((column, row))
    title = f"{row} and {column}: {SIGNS[name][1].replace('that of the column', column)}"
    return _Cell(name, _GRID_SIGNS[name], title, None if told is None else told.anchor)


def _legend(structure: Structure) -> list[tuple[str, str, str]]:
    """The relations that occur, with their signs and what they say of a row and a column."""
    words = {
        "equivalent": "the same people",
        "narrower": "the row is inside the column",
        "wider": "the row is around the column",
        "overlapping": "some people in common, and some in each alone",
        "disjoint": "nobody in common",
        "unknown": "not known",
    }
    occurring = {
        structure.between(row, column) for row in structure.keys for column in structure.keys if row != column
    }
    return [(name, _GRID_SIGNS[name], text) for name, text in words.items() if name in occurring]


def _pair_frames(related: RelatedPair) -> list[Frame]:
    """A picture of two rules, where it is known how they stand to each other, and somebody is in each."""
    name = related.relation.name
    if name == "unknown" or (name != "disjoint" and isinstance(related.relation.both, Unsatisfiable)):
        return []
    names = (related.first.name.strip("`"), related.second.name.strip("`"))
    return euler_frames(Structure(dict.fromkeys(names, "sometimes"), {names: name}))


def _days(related: RelatedRule | RelatedPair | RelatedSegments, rules: Iterable[Predicate]) -> str | None:
    return days_sentence(related.world) if any(map(reads_days, rules)) else None


def _render(page: Mapping[str, Any]) -> str:
    return _template().render(
        page,
        **page_style("plan.css", "relate.css"),
    )


@cache
def _template() -> Template:
    filters: dict[str, Callable[..., Any]] = {
        "clause": clause_text,
        "json": _witness_json,
        "label": relation_label,
        "described": frame_sentence,
        "seen_lines": _visible_lines,
    }
    return page_template("relate.html", filters)


def _witness_json(witness: Witness) -> str:
    return json_text(encode_witness(witness))


def _visible_lines(text: str) -> str:
    return "\n".join(map(printable, text.splitlines()))


def _title(rule: NamedRule) -> str:
    """The key of a segment; of a rule that has none, what it is called: "The first rule"."""
    if rule.name.startswith("`"):
        return rule.name.strip("`")
    return rule.name.capitalize()
