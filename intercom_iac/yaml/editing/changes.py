"""Changes of a document as values, so that many are made, and tried, at once."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from collections.abc import Mapping as Entries
from typing import Any, cast

from intercom_iac.lazy_dataclass import dataclass

from ..nodes import Mapping, Node, Path, Scalar
from ..nodes import Sequence as ListNode
from .block import insert_entries, insert_lines, remove_lines
from .edited_text import EditedText, Edits
from .flow import insert_between_brackets, remove_between_brackets
from .values import is_in_block, set_value
from .writing import flow_text, item_lines, key_text, plain_data


@dataclass(frozen=True, slots=True)
class Insertion:
    """New keys with their values in the mapping at a path, before the one at `position`, or at its end."""

    path: Path
    entries: Entries[str, Any]
    position: int | None = None

    @property
    def shared_path(self) -> Path:
        return self.path

    def edits(self, source: EditedText) -> Edits:
        node = source.document.node(self.path)
        for key in self.entries:
            if isinstance(node, Mapping) and key in node.entries:
                raise ValueError(f"the key {key!r} stands there already")
        if not isinstance(node, Mapping):
            _require_empty(node, self.path)
            return set_value(source, self.path, dict(self.entries))
        if not self.entries:
            return ()
        if not node.flow:
            return insert_entries(source, node, self.entries, self.position)
        if not node.entries and self.path and is_in_block(source, self.path):
            return set_value(source, self.path, dict(self.entries))
        pairs = [f"{key_text(key, flow=True)}: {flow_text(value)}" for key, value in self.entries.items()]
        return insert_between_brackets(source, node, pairs, self.position)

    def change(self, data: dict[str, Any] | None) -> Any:
        """What stands at `path`, changed."""
        pairs = list((data or {}).items())
        at = len(pairs) if self.position is None else self.position
        return dict([*pairs[:at], *plain_data(self.entries).items(), *pairs[at:]])


@dataclass(frozen=True, slots=True)
class Replacement:
    """Another value at a path."""

    path: Path
    value: Any

    @property
    def shared_path(self) -> Path:
        return self.path[:-1]

    def edits(self, source: EditedText) -> Edits:
        require(source.document.node(self.path) if self.path else None, self.path)
        return set_value(source, self.path, self.value)

    def change(self, data: Any) -> Any:
        """What stands at `path` from now on, whatever stood there."""
        return plain_data(self.value)


@dataclass(frozen=True, slots=True)
class Removal:
    """A key with its value, or an item of a list, taken out: `step` of what stands at `path`."""

    path: Path
    step: Any

    @property
    def shared_path(self) -> Path:
        return self.path

    def edits(self, source: EditedText) -> Edits:
        document = source.document
        require(document.node((*self.path, self.step)), (*self.path, self.step))
        parent = cast("Mapping | ListNode", document.node(self.path))
        children = source.extents.children(parent)
        index = list(parent.entries).index(self.step) if isinstance(parent, Mapping) else self.step
        if parent.flow:
            return remove_between_brackets(source, children, index)
        if len(children) == 1 and self.path:
            return set_value(source, self.path, {} if isinstance(parent, Mapping) else [])
        return remove_lines(source, children, index)

    def change(self, data: Any) -> Any:
        """What stands at `path`, changed."""
        shorter = data.copy()
        del shorter[self.step]
        return shorter


@dataclass(frozen=True, slots=True)
class Renaming:
    """Another name for a key of the mapping at a path."""

    path: Path
    key: str
    name: str

    @property
    def shared_path(self) -> Path:
        return self.path

    def edits(self, source: EditedText) -> Edits:
        parent = source.document.node(self.path)
        if not isinstance(parent, Mapping) or self.key not in parent.entries:
            raise LookupError(f"no key at {(*self.path, self.key)!r}")
        if self.name in parent.entries:
            raise ValueError(f"the key {self.name!r} stands there already")
        start, end, _ = parent.entries[self.key]
        text = key_text(self.name, flow=parent.flow, style=source.text[start])
        return (source.edit(start, end, text),)

    def change(self, data: dict[str, Any]) -> Any:
        """What stands at `path`, changed."""
        return {self.name if key == self.key else key: item for key, item in data.items()}


@dataclass(frozen=True, slots=True)
class Addition:
    """More items at the end of the list at a path."""

    path: Path
    items: Sequence[Any]

    @property
    def shared_path(self) -> Path:
        return self.path

    def edits(self, source: EditedText) -> Edits:
        node = source.document.node(self.path)
        if not isinstance(node, ListNode):
            _require_empty(node, self.path)
            return set_value(source, self.path, list(self.items))
        if not self.items:
            return ()
        if node.flow:
            return insert_between_brackets(source, node, list(map(flow_text, self.items)), None)
        children = source.extents.items(node)
        column = source.column(children[0].start)
        lines = [line for item in self.items for line in item_lines(item, column)]
        return insert_lines(source, children[-1], lines, column)

    def change(self, data: list[Any] | None) -> Any:
        """What stands at `path`, changed."""
        return [*(data or []), *plain_data(list(self.items))]


Change = Insertion | Replacement | Removal | Renaming | Addition


def changed_data(root: Any, changes: Iterable[Change]) -> Any:
    """The data of a document with the changes made, each of them in what the ones before it leave.

    What no change reaches is shared with `root`, which stays as it is.
    """
    copied: dict[int, Any] = {}

    def own(data: Any) -> Any:
        if id(data) not in copied:
            data = data.copy()
            copied[id(data)] = data
        return data

    top = own({"": root})
    for change in changes:
        container, step = top, ""
        for below in change.path:
            container[step] = own(container[step])
            container, step = container[step], below
        container[step] = change.change(container[step])
    return top[""]


def require(node: Node | None, path: Path) -> None:
    """Raises `LookupError` where nothing stands at a path."""
    if node is None:
        raise LookupError(f"nothing stands at {path!r}")


def _require_empty(node: Node | None, path: Path) -> None:
    if not isinstance(node, Scalar) or node.data is not None:
        raise LookupError(f"no such collection at {path!r}")
