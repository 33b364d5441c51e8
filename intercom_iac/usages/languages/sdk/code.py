"""What the rules that tell Intercom's calls and records ask of the file that is read."""

from __future__ import annotations

from collections.abc import Iterable
from typing import TYPE_CHECKING, Protocol

from intercom_iac.text import Span

from ...values import Record, Value
from .chain import Argument
from .evidence import Evidence

if TYPE_CHECKING:
    from tree_sitter import Node


class Code(Protocol):
    """A file of code; `reader` is what it is in each language."""

    @property
    def evidence(self) -> Evidence: ...
    def value(self, node: Node, depth: int = 0) -> Value: ...
    def items(self, arguments: Iterable[Argument], span: Span) -> Record: ...
    def span(self, node: Node) -> Span: ...
    def empties(self, node: Node) -> bool: ...
