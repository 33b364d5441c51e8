"""What is proved of rules, for a terminal."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence

from intercom_iac.model import Predicate, reads_days
from intercom_iac.model.world import World
from intercom_iac.prover import (
    RelatedPair,
    RelatedRule,
    RelatedSegments,
    Unknown,
    clause_span,
)
from intercom_iac.text import columns, printable

from ..kit.columns import pad, wrap_text
from ..kit.styles import style
from .grid_text import grid_lines
from .structure import Structure, structure_of
from .underlined import underlined_clauses
from .witness_lines import Side, pair_sides, rule_sides
from .words import days_sentence, pair_sentence, relation_label, rule_sentence

_COLOURS: Mapping[str, str] = {
    "never": "red",
    "always": "yellow",
    "sometimes": "green",
    "unknown": "yellow",
    "equivalent": "cyan",
    "narrower": "cyan",
    "wider": "cyan",
    "overlapping": "green",
    "disjoint": "green",
}


def related_text(related: RelatedRule | RelatedPair | RelatedSegments, width: int) -> str:
    """The relation, a sentence, and who shows it; of many segments, the grid and what is told of whom."""
    if isinstance(related, RelatedRule):
        return "\n".join(_rule_lines(related, width))
    if isinstance(related, RelatedPair):
        return "\n".join(_pair_lines(related, width))
    return "\n".join(_segments_lines(related, width))


def _rule_lines(related: RelatedRule, width: int) -> Iterator[str]:
    relation, subject = related.relation, related.subject
    sentence = rule_sentence(relation, subject.name)
    yield from _headline(relation.name, relation_label(relation), sentence, width)
    inside, outside = sides = rule_sides(relation, subject.rule)
    yield from _side_lines(sides, width, sentence)
    if inside.conflict:
        one = "this clause leaves nobody"
        yield from _conflict_lines(inside, one, "these clauses together leave nobody")
    if outside.conflict and not inside.conflict:
        yield from _conflict_lines(
            outside, "everybody passes this clause", "everybody passes one of these clauses"
        )
    yield from _unknown_lines(sides)
    yield from _days_lines([subject.rule], related.world)


def _pair_lines(related: RelatedPair, width: int) -> Iterator[str]:
    relation, first, second = related.relation, related.first, related.second
    sentence = pair_sentence(relation, first.name, second.name)
    yield from _headline(relation.name, relation_label(relation), sentence, width)
    rules = (first.rule, second.rule)
    sides = pair_sides(relation, rules, first.name, second.name)
    yield from _side_lines(sides, width, sentence)
    for side in filter(lambda side: side.conflict, sides):
        nobody = f"nobody is {side.label}, by"
        yield from _conflict_lines(side, f"{nobody} this clause", f"{nobody} these clauses")
    yield from _unknown_lines(sides)
    yield from _days_lines(rules, related.world)


def _headline(name: str, label: str, sentence: str, width: int) -> Iterator[str]:
    first, *rest = wrap_text(printable(f"{label}: {sentence}"), width)
    yield f"{style(label, fg=_COLOURS[name], bold=True)}{first.removeprefix(label)}"
    yield from rest
    yield ""


def _side_lines(sides: Sequence[Side], width: int, sentence: str) -> Iterator[str]:
    """A line for each; why something is not known only where the sentence does not say it."""
    widest = max(columns(printable(side.label)) for side in sides)
    for side in sides:
        verdict = side.verdict
        told = isinstance(verdict, Unknown) and sentence.endswith(verdict.reason)
        text = "not known" if told else printable(side.text)
        first, *rest = wrap_text(text, max(width - widest - 4, 30))
        yield f"  {style(pad(printable(side.label), widest), bold=True)}  {first}"
        yield from (f"  {' ' * widest}  {line}" for line in rest)


def _conflict_lines(side: Side, one: str, several: str) -> Iterator[str]:
    yield ""
    yield f"{printable(one if len(side.conflict) == 1 else several)}"
    yield from underlined_clauses(side.conflict)


def _unknown_lines(sides: Iterable[Side]) -> Iterator[str]:
    """The clauses for which something is not known, each once."""
    clauses = {
        clause_span(clause) or id(clause): clause
        for side in sides
        if isinstance(side.verdict, Unknown) and (clause := side.verdict.clause) is not None
    }
    if clauses:
        yield ""
        yield f"what is not known comes from {'this clause' if len(clauses) == 1 else 'these clauses'}"
        yield from underlined_clauses(clauses.values())


def _days_lines(rules: Iterable[Predicate], world: World) -> Iterator[str]:
    """For which days it is proved, where a rule reads days."""
    if any(map(reads_days, rules)):
        yield ""
        yield style(f"proved for {days_sentence(world)}", dim=True)


# --- segments -----------------------------------------------------------------------------------------------


def _segments_lines(related: RelatedSegments, width: int) -> Iterator[str]:
    structure = structure_of(related)
    yield style(structure.count_sentence(), bold=True)
    if grid := list(grid_lines(structure, width)):
        yield ""
        yield from grid
    yield from _findings(structure, related, width)
    yield from _days_lines(related.rules.values(), related.world)
    yield ""
    yield style("`segment relate A B` shows the people who tell two of them apart", dim=True)


def _findings(structure: Structure, related: RelatedSegments, width: int) -> Iterator[str]:
    never = [
        f"{key}{relation_label(related.matrix.rules[key]).removeprefix('never')}" for key in structure.nobody
    ]
    yield from _list("Nobody can be in", never, width, red=True)
    yield from _list("Everybody is in", structure.everybody, width)
    yield from _list("Equivalent", [" = ".join(keys) for keys in structure.equal_keys()], width)
    yield from _list("One inside another", [" < ".join(chain) for chain in structure.chains()], width)
    families = [" | ".join(keys) for keys in structure.exclusive_families()]
    yield from _list("Nobody in two of them", families, width)
    unknown = {
        relation.reason: None
        for pair in related.matrix.pairs.values()
        if pair.name == "unknown"
        for relation in (pair.both, pair.first_only, pair.second_only)
        if isinstance(relation, Unknown)
    }
    yield from _list("Not known, since", list(unknown), width)


def _list(title: str, lines: Sequence[str], width: int, *, red: bool = False) -> Iterator[str]:
    if not lines:
        return
    yield ""
    yield style(title, bold=True, fg="red" if red else None)
    for line in lines:
        first, *rest = wrap_text(printable(line), width - 2)
        yield f"  {first}"
        yield from (f"    {more}" for more in rest)
