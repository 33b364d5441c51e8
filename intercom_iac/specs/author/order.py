"""Where a key belongs among those of a mapping of the format, as `fmt` puts it."""

from __future__ import annotations

from intercom_iac.yaml.nodes import Mapping, Node, Path
from intercom_iac.yaml.shapes import keys_of
from intercom_iac.yaml.validation import type_at

from ..load.entries import SpecFile


def position_among(parent: Node | None, path: Path, key: str) -> int | None:
    """Behind the last key of the mapping at a path that the format has before this one; None, which is the end, where
    the keys are the author's."""
    order = list(keys_of(type_at(SpecFile, path)))
    if not order:
        return None
    before = set(order[: order.index(key)])
    present = list(parent.entries) if isinstance(parent, Mapping) else []
    return max((index + 1 for index, other in enumerate(present) if other in before), default=0)


def place_in_format(path: Path, key: str) -> int:
    """The place of a key in the format's own order; 0 where the keys are the author's."""
    order = list(keys_of(type_at(SpecFile, path)))
    return order.index(key) if order else 0
