"""Where rules stand in a spec file."""

from __future__ import annotations

from collections.abc import Container, Iterator

from intercom_iac.lazy_pattern import lazy_pattern
from intercom_iac.yaml.nodes import Mapping, Node, Path, Scalar, Sequence

# What may be the key of a segment in the place of a rule; `fmt` leaves it as it is.
_WORDS = lazy_pattern(r"[\w-]+(?: [\w-]+)*")
# Below the name of an assertion: where a rule stands, and where keys of segments or rules do.
_RULES = (("never",), ("covers", "of"), ("implies", "if"), ("implies", "then"))
_LISTS = (("disjoint",), ("covers", "all"), ("equivalent",), ("nonempty",))


def is_rule_place(path: Path) -> bool:
    """Whether a rule stands at a path. What stands in a list of an assertion may be the key of a segment."""
    match path:
        case ("segments", _, "rule"):
            return True
        case ("assertions", _, *below):
            return tuple(below) in _RULES
        case _:
            return False


def is_segment_key(path: Path, text: str, keys: Container[str]) -> bool:
    """Whether a text that stands in the place of a rule is the key of a segment."""
    return may_be_segment_key(path, text) and text.strip() in keys


def may_be_segment_key(path: Path, text: str) -> bool:
    """Whether a text would stand for the segment of that key: in a list any, elsewhere nothing but words."""
    if path[0] != "assertions":
        return False
    return isinstance(path[-1], int) or _WORDS.fullmatch(text.strip()) is not None


def rule_places(root: Mapping) -> Iterator[Path]:
    """The paths of all texts of a file that are rules, or keys of segments in the place of one."""
    for key in _keys(root, "segments"):
        yield from _texts(root, ("segments", key, "rule"))
    for name in _keys(root, "assertions"):
        for below in _RULES:
            yield from _texts(root, ("assertions", name, *below))
        for below in _LISTS:
            node = _node(root, ("assertions", name, *below))
            for index in range(len(node.items) if isinstance(node, Sequence) else 0):
                yield from _texts(root, ("assertions", name, *below, index))


def _keys(root: Mapping, section: str) -> list[str]:
    node = _node(root, (section,))
    return list(node.entries) if isinstance(node, Mapping) else []


def _texts(root: Mapping, path: Path) -> Iterator[Path]:
    node = _node(root, path)
    if isinstance(node, Scalar) and isinstance(node.data, str):
        yield path


def _node(root: Mapping, path: Path) -> Node | None:
    node: Node = root
    for step in path:
        if isinstance(node, Mapping) and isinstance(step, str) and step in node.entries:
            node = node.entries[step][2]
        elif isinstance(node, Sequence) and isinstance(step, int) and step < len(node.items):
            node = node.items[step]
        else:
            return None
    return node
