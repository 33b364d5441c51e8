"""Where the parts of a YAML file stand, down to the colon, the dash and the comma.

A node knows where its value stands. To change a file, one also asks where an entry begins, which line it ends on,
whether a comma follows, and what an alias looks like where it stands: its node is the one it refers to.
"""

from __future__ import annotations

from bisect import bisect_left

from intercom_iac.lazy_dataclass import dataclass
from intercom_iac.lazy_pattern import lazy_pattern
from intercom_iac.text import SourceFile

from ..nodes import Mapping, Node, Scalar, Sequence
from ..pyyaml import yaml
from ..tokens import tokens_of

# What stands before the lines of a block scalar.
BLOCK_HEADER = lazy_pattern(r"[|>][-+0-9]*")


@dataclass(frozen=True, slots=True)
class Extent:
    """An entry of a mapping or an item of a list, as offsets into the file.

    `start` is where the key or the dash stands, and between brackets the item. `head_end` is just behind the colon or
    the dash; None for a key without a colon (`{a}`) and for an item between brackets. An empty value ends where it
    starts.
    """

    start: int
    key_end: int
    head_end: int | None
    value_start: int
    value_end: int
    is_alias: bool


@dataclass(frozen=True, slots=True)
class Token:
    """An anchor, an alias or a text, and where it stands."""

    value: str
    start: int
    end: int


class Extents:
    """The extents of a file's entries and items. The file has no mistakes in its YAML."""

    def __init__(self, file: SourceFile) -> None:
        self.text = file.text
        # The marks of empty tokens, such as the end of a block, say nothing about the text.
        self._tokens = [
            token for token in tokens_of(file.text) if token.start_mark.index < token.end_mark.index
        ]
        self._starts: list[int] = [token.start_mark.index for token in self._tokens]
        self.anchors = self._of_kind(yaml.AnchorToken)
        self.aliases = self._of_kind(yaml.AliasToken)

    def _of_kind(self, kind: type[yaml.AnchorToken | yaml.AliasToken]) -> list[Token]:
        return [
            Token(token.value, token.start_mark.index, token.end_mark.index)
            for token in self._tokens
            if isinstance(token, kind)
        ]

    # --- entries and items ----------------------------------------------------------------------------------

    def entry(self, mapping: Mapping, key: str) -> Extent:
        """The extent of an entry, from its key to the end of its value."""
        start, key_end, node = mapping.entries[key]
        index = self._index_at(key_end)
        colon = self._tokens[index] if index < len(self._tokens) else None
        if not isinstance(colon, yaml.ValueToken):
            return Extent(start, key_end, None, key_end, key_end, is_alias=False)
        head_end: int = colon.end_mark.index
        value_start, value_end, is_alias = self._value(node, head_end, index + 1)
        return Extent(start, key_end, head_end, value_start, value_end, is_alias)

    def items(self, sequence: Sequence) -> list[Extent]:
        """The extents of the items of a list."""
        extents: list[Extent] = []
        separator = yaml.FlowEntryToken if sequence.flow else yaml.BlockEntryToken
        index = self._opener_index(sequence) if sequence.flow else self._index_at(sequence.start)
        for node in sequence.items:
            while extents and not isinstance(self._tokens[index], separator):
                index += 1
            while not sequence.flow and not isinstance(self._tokens[index], yaml.BlockEntryToken):
                index += 1
            token = self._tokens[index]
            head_end: int = token.end_mark.index
            value_start, value_end, is_alias = self._value(node, head_end, index + 1)
            if sequence.flow:
                extents.append(Extent(value_start, value_start, None, value_start, value_end, is_alias))
            else:
                start: int = token.start_mark.index
                extents.append(Extent(start, head_end, head_end, value_start, value_end, is_alias))
            index = self._index_at(value_end)
        return extents

    def children(self, node: Mapping | Sequence) -> list[Extent]:
        """The extents of all entries or items."""
        if isinstance(node, Sequence):
            return self.items(node)
        return [self.entry(node, key) for key in node.entries]

    def end_of(self, node: Node) -> int:
        """Where the text of a node ends that stands where it is, and is no alias. The line end is not part of it."""
        if isinstance(node, Scalar):
            return block_scalar_end(self.text, node) if node.style in ("|", ">") else node.end
        if node.flow:
            return node.end
        if isinstance(node, Sequence):
            return self.items(node)[-1].value_end
        return self.entry(node, next(reversed(node.entries))).value_end

    def _value(self, node: Node, head_end: int, index: int) -> tuple[int, int, bool]:
        """Where a value stands whose colon or dash ends at `head_end`, and whether it is an alias."""
        token = self._tokens[index] if index < len(self._tokens) else None
        if isinstance(token, yaml.AliasToken) and node.start != token.start_mark.index:
            return token.start_mark.index, token.end_mark.index, True
        if node.start == node.end:
            return head_end, head_end, False
        return node.start, self.end_of(node), False

    # --- what stands around them ----------------------------------------------------------------------------

    def content_start(self, node: Mapping | Sequence) -> int | None:
        """Just behind the bracket that opens a flow collection; None for the `a: b` of `[a: b]`, which has none."""
        index = self._opener_index(node)
        token = self._tokens[index]
        is_opener = isinstance(token, (yaml.FlowMappingStartToken, yaml.FlowSequenceStartToken))
        return token.end_mark.index if is_opener else None

    def comma_after(self, at: int) -> int | None:
        """Just behind the comma that follows a value that ends at `at`; None where something else follows."""
        index = self._index_at(at)
        token = self._tokens[index] if index < len(self._tokens) else None
        return token.end_mark.index if isinstance(token, yaml.FlowEntryToken) else None

    def comma_before(self, at: int) -> int | None:
        """Where the comma stands before a value that starts at `at`; None where something else stands before it."""
        index = bisect_left(self._starts, at) - 1
        return self._starts[index] if isinstance(self._tokens[index], yaml.FlowEntryToken) else None

    def next_start(self, at: int) -> int:
        """Where the first thing stands at or behind a place that is neither white space nor a comment."""
        index = self._index_at(at)
        return self._starts[index] if index < len(self._starts) else len(self.text)

    def block_scalar_before(self, at: int) -> Token | None:
        """What stands last before a place, where that is a text under `|` or `>`; else None."""
        index = bisect_left(self._starts, at) - 1
        token = self._tokens[index] if index >= 0 else None
        if not isinstance(token, yaml.ScalarToken) or token.style not in ("|", ">"):
            return None
        return Token(token.value, token.start_mark.index, token.end_mark.index)

    def last_anchor_end(self, start: int, end: int) -> int:
        """Just behind the last anchor between two places; `start` where there is none."""
        return max((anchor.end for anchor in self.anchors if start <= anchor.start < end), default=start)

    def _opener_index(self, node: Mapping | Sequence) -> int:
        index = self._index_at(node.start)
        return index + 1 if isinstance(self._tokens[index], yaml.AnchorToken) else index

    def _index_at(self, at: int) -> int:
        return bisect_left(self._starts, at)


def block_scalar_end(text: str, node: Scalar) -> int:
    """Where the text of a block scalar ends, its last line end left out; one that keeps its empty lines has them."""
    written = text[node.start : node.end]
    if keeps_line_ends(written):
        kept = written.removesuffix("\n").removesuffix("\r")
        return node.start + len(kept)
    return node.start + len(written.rstrip("\r\n"))


def keeps_line_ends(written: str) -> bool:
    """Whether a block scalar that is written so keeps the empty lines behind it: `|+`."""
    return "+" in written.split("\n", 1)[0].split("#", 1)[0]
