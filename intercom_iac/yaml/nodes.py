"""What the builder makes of a YAML file: its data as plain Python, and where each piece of it stands."""

from __future__ import annotations

from typing import Any

from intercom_iac.lazy_dataclass import dataclass
from intercom_iac.text import Excerpt, SourceFile, Span

from .excerpts import excerpt_of

# The nodes are written out by hand, with slots: a project has hundreds of thousands of them, and making them
# is what loading costs most.


class Scalar:
    """A value: `data` is text, a number, true, false or None; `text` the characters it was made of.

    `style` is `'`, `"`, `|` or `>`, and None for a plain one. `start` and `end` are offsets into the file,
    counted in characters; they hold the quotes, and an anchor where there is one.
    """

    __slots__ = ("data", "end", "start", "style", "text")

    def __init__(self, data: Any, text: str, style: str | None, start: int, end: int) -> None:
        self.data = data
        self.text = text
        self.style = style
        self.start = start
        self.end = end


class Expanded(Scalar):
    """A text that variables were put into. `text` and `data` are the result, `written` is what the file says.

    `places` has, for each character of the result, where in `written` what it comes from starts and ends: for
    those of a value, the whole `${NAME}`.
    """

    __slots__ = ("places", "written")

    def __init__(self, origin: Scalar, text: str, places: list[tuple[int, int]]) -> None:
        super().__init__(text, text, origin.style, origin.start, origin.end)
        self.written = origin.text
        self.places = places

    def excerpt(self, file: SourceFile) -> Excerpt:
        """The result, each character with its place in the file."""
        written = excerpt_of(file, self.written, self.style, self.start, self.end)
        spans = [written.span(*place) for place in self.places]
        offsets = [*(span.start for span in spans), written.offsets[len(self.written)]]
        return Excerpt(file, self.text, offsets, [span.end for span in spans])


class Sequence:
    """A list. `items` are its nodes, `data` their data."""

    __slots__ = ("data", "end", "flow", "items", "start")

    def __init__(self, start: int, flow: bool) -> None:
        self.data: list[Any] = []
        self.items: list[Node] = []
        self.flow = flow
        self.start = start
        self.end = start


class Mapping:
    """A mapping. `entries` holds, by key, where the key starts and ends, and the node of its value."""

    __slots__ = ("data", "end", "entries", "flow", "start")

    def __init__(self, start: int, flow: bool) -> None:
        self.data: dict[str, Any] = {}
        self.entries: dict[str, tuple[int, int, Node]] = {}
        self.flow = flow
        self.start = start
        self.end = start


Node = Scalar | Sequence | Mapping
Path = tuple[str | int, ...]


def kind_of(node: Node) -> str:
    """The node in YAML's words, with what it says where that is short: "the number 12", "a list"."""
    if isinstance(node, Mapping):
        return "a mapping"
    if isinstance(node, Sequence):
        return "a list"
    if node.data is None:
        return "nothing"
    if isinstance(node.data, bool):
        return "true" if node.data else "false"
    if isinstance(node.data, (int, float)):
        return f"the number {node.text}" if len(node.text) <= 40 else "a number"
    return f"the text `{node.data}`" if len(node.data) <= 40 and "\n" not in node.data else "text"


@dataclass(frozen=True, slots=True)
class Document:
    """A file and the mapping it holds. Paths are keys and list positions from the top."""

    file: SourceFile
    root: Mapping

    def node(self, path: Path) -> Node | None:
        """The node at a path, None where the file has none."""
        node: Node = self.root
        for step in path:
            if isinstance(node, Mapping) and isinstance(step, str) and step in node.entries:
                node = node.entries[step][2]
            elif isinstance(node, Sequence) and isinstance(step, int) and step < len(node.items):
                node = node.items[step]
            else:
                return None
        return node

    def key_span(self, path: Path) -> Span:
        """Where the key at the end of a path stands; a list item has no key, so its value stands for it."""
        parent = self.node(path[:-1]) if path else None
        if isinstance(parent, Mapping) and path[-1] in parent.entries:
            start, end, _ = parent.entries[str(path[-1])]
            return Span(self.file, start, end)
        return self.span(path)

    def span(self, path: Path) -> Span:
        """Where the value at a path stands. An empty value, a block or a path that leads nowhere: its key."""
        node = self.node(path)
        if isinstance(node, Scalar) and node.start < node.end and node.style not in ("|", ">"):
            return Span(self.file, node.start, node.end)
        if isinstance(node, (Sequence, Mapping)) and node.flow:
            return Span(self.file, node.start, node.end)
        if not path:
            return Span(self.file, self.root.start, self.root.start)
        parent = self.node(path[:-1])
        if isinstance(parent, Mapping) and path[-1] in parent.entries:
            return self.key_span(path)
        if node is not None:
            return Span(self.file, node.start, node.start)
        return self.key_span(path[:-1])

    def excerpt(self, path: Path) -> Excerpt:
        """The text at a path, each character with its place. The path leads to a scalar."""
        node = self.node(path)
        assert isinstance(node, Scalar)
        if isinstance(node, Expanded):
            return node.excerpt(self.file)
        return excerpt_of(self.file, node.text, node.style, node.start, node.end)
