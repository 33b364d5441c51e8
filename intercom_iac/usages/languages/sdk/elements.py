"""Elements of records that are read by a key: `user["custom_attributes"]`."""

from __future__ import annotations

from typing import TYPE_CHECKING

from ...values import Constant
from .chain import Link
from .names import wire_name

if TYPE_CHECKING:
    from tree_sitter import Node

    from .reader import CodeReader


def element_link(reader: CodeReader, node: Node) -> Link | None:
    """The link of `base["key"]`; None where the key is no text that is written out."""
    indexed = reader.index(node)
    if indexed is None:
        return None
    base, key = indexed
    name = reader.convert(key, 0)
    if not isinstance(name, Constant) or not isinstance(name.value, str):
        return None
    return Link(wire_name(name.value), node, base)
