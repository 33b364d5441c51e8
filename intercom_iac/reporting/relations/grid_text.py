"""The relations of segments as a grid of signs, where it fits the width."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from intercom_iac.prover.verdicts import PairRelationName
from intercom_iac.text import columns, printable

from ..kit.columns import pad
from ..kit.styles import style
from .structure import Structure

SIGNS: Mapping[PairRelationName, tuple[str, str]] = {
    "equivalent": ("=", "the same people"),
    "narrower": ("<", "inside that of the column"),
    "wider": (">", "around that of the column"),
    "overlapping": ("o", "some in common"),
    "disjoint": (".", "nobody in common"),
    "unknown": ("?", "not known"),
}


def grid_lines(structure: Structure, width: int) -> Iterator[str]:
    """A row and a column a segment, with a legend of the signs that occur; nothing where it does not fit, and for
    one segment."""
    keys = structure.keys
    digits = len(str(len(keys)))
    names = [printable(key) for key in keys]
    widest = max(map(columns, names), default=0)
    if len(keys) < 2 or digits + 2 + widest + (digits + 1) * len(keys) > width:
        return
    head = " " * (digits + 2 + widest)
    yield style(head + "".join(f" {number:>{digits}}" for number in range(1, len(keys) + 1)), dim=True)
    seen: set[PairRelationName] = set()
    for number, (key, name) in enumerate(zip(keys, names, strict=True), 1):
        cells = ""
        for other in keys:
            if key == other:
                cells += " " * (digits + 1)
                continue
            relation = structure.between(key, other)
            seen.add(relation)
            cells += f" {SIGNS[relation][0]:>{digits}}"
        yield f"{style(f'{number:>{digits}}', dim=True)}  {pad(name, widest)}{cells.rstrip()}"
    legend = "   ".join(f"{sign} {words}" for relation, (sign, words) in SIGNS.items() if relation in seen)
    yield ""
    yield style(f"{head} {legend}" if columns(head) + columns(legend) < width else legend, dim=True)
