"""Chains of names and calls: `client.contacts.update(...)`, `UserAttributes.Builder().withName(...).build()`."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from intercom_iac.lazy_dataclass import dataclass

if TYPE_CHECKING:
    from tree_sitter import Node

# A chain that is longer is looked at from its end; no call of an SDK needs more.
MAX_LINKS = 64


@dataclass(frozen=True, slots=True)
class Argument:
    """What a call is given; `name` where it is given by name, and `name_node` where that is written. `rest`: more
    arguments than are written here, `**data`."""

    node: Node
    name: str | None = None
    name_node: Node | None = None
    rest: bool = False


@dataclass(frozen=True, slots=True)
class Link:
    """One name of a chain, as the wire would have it. `arguments` None: it is no call. `receiver` is what it is a
    member of, None at the root."""

    name: str
    node: Node
    receiver: Node | None = None
    arguments: tuple[Argument, ...] | None = None


Chain = Sequence[Link]
