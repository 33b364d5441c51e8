"""What can be drawn of many relations: which segments are the same, lie inside others, or exclude each other."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from collections.abc import Set as AbstractSet
from functools import cached_property

from intercom_iac.lazy_dataclass import dataclass
from intercom_iac.model import Predicate
from intercom_iac.model.predicate import Tagged, events_of, fields_of, walk
from intercom_iac.prover import RelatedSegments
from intercom_iac.prover.verdicts import PairRelationName, RuleRelationName

_SEEDS = 8
_MIRRORED: Mapping[PairRelationName, PairRelationName] = {"narrower": "wider", "wider": "narrower"}


@dataclass(frozen=True, slots=True)
class Shape:
    """Segments that are equivalent, most often one. `container` is the tightest of the shapes they lie inside of,
    `also_inside` are others of those, of which none lies inside another."""

    keys: tuple[str, ...]
    container: str | None = None
    also_inside: tuple[str, ...] = ()

    @property
    def key(self) -> str:
        """The first of them, by which the shape is known."""
        return self.keys[0]


class Structure:
    """The relations of segments, by key. `nobody` can be in some, `everybody` is in others; the rest are `shapes`, a
    container before what is inside it."""

    def __init__(
        self,
        rules: Mapping[str, RuleRelationName],
        pairs: Mapping[tuple[str, str], PairRelationName],
        reads: Mapping[str, AbstractSet[str]] | None = None,
    ) -> None:
        """`reads` has what each reads; None where they are all about the same."""
        self._names: dict[tuple[str, str], PairRelationName] = dict(pairs)
        self._names |= {(second, first): _MIRRORED.get(name, name) for (first, second), name in pairs.items()}
        self.keys = tuple(rules)
        self.nobody = tuple(key for key, name in rules.items() if name == "never")
        self.everybody = tuple(key for key, name in rules.items() if name == "always")
        self._counts = Counter(pairs.values())
        self._reads = reads

    def between(self, first: str, second: str) -> PairRelationName:
        """How the first stands to the second; a segment is equivalent to itself."""
        return "equivalent" if first == second else self._names[first, second]

    def common_reads(self, key: str, others: Iterable[str]) -> int:
        """How much of what a segment reads is read by some of the others too."""
        if self._reads is None:
            return 1
        return len(self._reads[key] & set[str]().union(*(self._reads[other] for other in others)))

    @cached_property
    def shapes(self) -> tuple[Shape, ...]:
        left = [key for key in self.keys if key not in self.nobody and key not in self.everybody]
        groups: list[list[str]] = []
        for key in left:
            same = next((group for group in groups if self.between(group[0], key) == "equivalent"), None)
            if same is None:
                groups.append([key])
            else:
                same.append(key)
        heads = [group[0] for group in groups]
        containers = self._containers(heads)
        shapes = [
            _shape(
                tuple(group),
                containers[group[0]],
                {head: len(containers[head]) for head in heads},
                containers,
            )
            for group in groups
        ]
        return tuple(_in_order(shapes))

    def contents(self, container: str | None) -> list[Shape]:
        """The shapes right inside one; those inside none for None."""
        return self._contents.get(container, [])

    @cached_property
    def _contents(self) -> dict[str | None, list[Shape]]:
        contents: dict[str | None, list[Shape]] = {}
        for shape in self.shapes:
            contents.setdefault(shape.container, []).append(shape)
        return contents

    def equal_keys(self) -> list[tuple[str, ...]]:
        """Segments that are equivalent, where there are several; but for those that are so since nobody, or
        everybody, is in them."""
        return [shape.keys for shape in self.shapes if len(shape.keys) > 1]

    def chains(self) -> Iterator[tuple[str, ...]]:
        """The innermost shapes, each with those around it, from the inside out."""
        by_key = {shape.key: shape for shape in self.shapes}
        around = {shape.container for shape in self.shapes}
        for shape in self.shapes:
            if shape.container is not None and shape.key not in around:
                chain = [shape]
                while (container := chain[-1].container) is not None:
                    chain.append(by_key[container])
                yield tuple(link.key for link in chain)
            for other in shape.also_inside:
                yield shape.key, other

    def exclusive_families(self) -> list[tuple[str, ...]]:
        """Outermost shapes of which no two have anybody in common: each shape in one family, the largest first."""
        return [family for family in self.families(self.contents(None)) if len(family) > 1]

    def families(self, shapes: Iterable[Shape]) -> list[tuple[str, ...]]:
        """The shapes, by key, in families whose members exclude each other; many stand alone in theirs.

        Each is the largest of a few that begin with one of those that exclude the most.
        """
        left: list[str] = [shape.key for shape in shapes]
        excluded = {key: sum(self.between(key, other) == "disjoint" for other in left) for key in left}
        found: list[tuple[str, ...]] = []
        while left:
            seeds = sorted(left, key=lambda key: -excluded[key])[:_SEEDS]
            family: set[str] = max((self._family(key, left) for key in seeds), key=len)
            found.append(tuple(key for key in left if key in family))
            left = [key for key in left if key not in family]
        return found

    def count_sentence(self) -> str:
        """`4 segments, 6 pairs: 1 equivalent, 2 one inside the other, 3 overlapping`."""
        counts = Counter(self._counts)
        inside = counts.pop("narrower", 0) + counts.pop("wider", 0)
        words = {
            "equivalent": counts["equivalent"],
            "one inside the other": inside,
            "disjoint": counts["disjoint"],
            "overlapping": counts["overlapping"],
            "not known": counts["unknown"],
        }
        pairs = sum(words.values())
        told = ", ".join(f"{count:,} {word}" for word, count in words.items() if count)
        segments = f"{len(self.keys):,} segment{'' if len(self.keys) == 1 else 's'}"
        return f"{segments}, {pairs:,} pair{'' if pairs == 1 else 's'}: {told}" if pairs else segments

    def _family(self, key: str, candidates: Sequence[str]) -> set[str]:
        family = {key}
        for other in candidates:
            if all(self.between(other, member) == "disjoint" for member in family):
                family.add(other)
        return family

    def _containers(self, heads: Sequence[str]) -> dict[str, set[str]]:
        """All the shapes that each lies inside of, what follows from two of them included."""
        found = {key: {other for other in heads if self.between(key, other) == "narrower"} for key in heads}
        for between in heads:
            for containers in found.values():
                if between in containers:
                    containers |= found[between]
        return found


def _shape(
    keys: tuple[str, ...],
    containers: set[str],
    depths: Mapping[str, int],
    all_containers: Mapping[str, set[str]],
) -> Shape:
    """The shape; of its containers those that contain no other, the deepest first."""
    tightest = [key for key in all_containers if key in containers]
    tightest = [key for key in tightest if not any(key in all_containers[other] for other in tightest)]
    tightest.sort(key=lambda key: -depths[key])
    return Shape(keys, tightest[0] if tightest else None, tuple(tightest[1:]))


def _in_order(shapes: Iterable[Shape]) -> Iterator[Shape]:
    """A container before what is inside it, and that before the next container."""
    inside: dict[str | None, list[Shape]] = {}
    for shape in shapes:
        inside.setdefault(shape.container, []).append(shape)
    left = inside.get(None, [])[::-1]
    while left:
        shape = left.pop()
        yield shape
        left += inside.get(shape.key, [])[::-1]


def structure_of(related: RelatedSegments) -> Structure:
    """The structure of relations that are proved."""
    return Structure(
        {key: relation.name for key, relation in related.matrix.rules.items()},
        {keys: relation.name for keys, relation in related.matrix.pairs.items()},
        {key: _reads(rule) for key, rule in related.rules.items()},
    )


def _reads(rule: Predicate) -> set[str]:
    """Addresses of attributes and of events, and tags."""
    tags = {node.tag for node in walk(rule) if isinstance(node, Tagged)}
    return {*(field.address for field in fields_of(rule)), *events_of(rule), *tags}
