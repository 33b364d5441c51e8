"""What the schema lacks because a file or an entry could not be read, and which mistakes follow from that alone.

A rule that names an attribute whose declaration has a mistake is not reported: the declaration is. Other mistakes of
the rule are.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from intercom_iac.diagnostics import Diagnostic
from intercom_iac.diagnostics.codes import ref
from intercom_iac.lazy_dataclass import dataclass
from intercom_iac.lazy_pattern import lazy_pattern
from intercom_iac.model.address import (
    Address,
    attribute_address,
    event_address,
    metadata_address,
    segment_address,
)
from intercom_iac.yaml.nodes import Document, Mapping, Node, Path, Scalar, Sequence

# How many steps lead to an entry of each section.
_ENTRY_DEPTHS = {"attributes": 3, "events": 2, "segments": 2, "assertions": 2}
# Sections whose entries no rule names.
_UNNAMED = frozenset({"assertions"})

# Possessive, so that the search stays linear on whatever a file holds.
_KEY = lazy_pattern(
    r"""(?m)(?:^|[{,\[])[ \t]*+(?:[-?][ \t]++)*+(?:"(?P<double>[^"\n]*+)"[ \t]*+|'(?P<single>[^'\n]*+)'[ \t]*+"""
    r"""|(?P<plain>[^\s"'{}\[\],:#][^:\n{}\[\],#]*+)):(?=\s|$)"""
)
_UNDECLARED = {code.id for code in (ref.UNKNOWN_FIELD, ref.UNKNOWN_EVENT, ref.UNKNOWN_SEGMENT)}


def entry_of(path: Path) -> Path:
    """The path of the entry that a path leads into; the path itself where it leads into none."""
    return path[: _ENTRY_DEPTHS.get(str(path[0]), 0) or None] if path else path


@dataclass(frozen=True, slots=True)
class Unresolved:
    """What could not be read, or was left out for a mistake.

    `dropped` are the paths of declarations that were left out; `keys` stand in what could not be understood, and each
    may be a declaration. `unread`: a file is not YAML. `unseen`: there is text that nobody has seen.
    """

    dropped: frozenset[Path] = frozenset()
    keys: frozenset[str] = frozenset()
    unread: bool = False
    unseen: bool = False

    @property
    def is_complete(self) -> bool:
        """Whether every file, and every folder of them, could be read."""
        return not (self.unseen or self.unread)

    def explains(self, diagnostic: Diagnostic) -> bool:
        """Whether a rule's name is unknown only because its declaration has a mistake that is told already."""
        subject = diagnostic.subject
        if subject is None:
            return False
        if diagnostic.code == ref.UNKNOWN_KEY.id:
            # The event is declared, and only its own entry says which keys it has.
            return any(_is_metadata(path, subject) for path in self.dropped)
        if diagnostic.code == ref.OTHER_MODEL.id:
            # An attribute of that name was declared where the rule looks for it.
            return any(_address(path) == subject for path in self.dropped)
        address = Address.parse(subject)
        if diagnostic.code not in _UNDECLARED or address is None:
            return False
        return self.unseen or address.name in self.keys or self._dropped_an_entry(address.name)

    def _dropped_an_entry(self, name: str) -> bool:
        return any(
            len(path) == _ENTRY_DEPTHS[str(path[0])] and path[-1] == name and path[0] not in _UNNAMED
            for path in self.dropped
        )


def merge_unresolved(parts: Iterable[Unresolved]) -> Unresolved:
    """What any of these could not resolve."""
    parts = list(parts)
    return Unresolved(
        dropped=frozenset[Path]().union(*(part.dropped for part in parts)),
        keys=frozenset[str]().union(*(part.keys for part in parts)),
        unread=any(part.unread for part in parts),
        unseen=any(part.unseen for part in parts),
    )


def unread_text(text: str) -> Unresolved:
    """A file that is not YAML; without any text one that could not be opened."""
    keys = (str(match[match.lastgroup or 0]).strip() for match in _KEY.finditer(text))
    return Unresolved(keys=frozenset(keys), unread=True, unseen=not text)


def left_out(document: Document, paths: Iterable[Path]) -> Unresolved:
    """Parts of a file that were left out, by the paths to them: values, entries, sections; () is the file."""
    dropped: set[Path] = set()
    keys: set[str] = set()
    for path in paths:
        depth = _ENTRY_DEPTHS.get(str(path[0]), 0) if path else 0
        if depth and len(path) >= depth:
            dropped.add(path)
        else:
            # What a section was meant to declare is anyone's guess.
            keys.update(_names(document.node(path)))
    return Unresolved(dropped=frozenset(dropped), keys=frozenset(keys))


def _names(node: Node | None) -> Iterator[str]:
    """Every key at or below a node, and the texts that are items of a list."""
    if isinstance(node, Mapping):
        for key, (_, _, value) in node.entries.items():
            yield key
            yield from _names(value)
    elif isinstance(node, Sequence):
        for item in node.items:
            if isinstance(item, Scalar):
                yield item.text
            yield from _names(item)


def _address(path: Path) -> str | None:
    """The address of the entry that a path leads to; None where it leads to none, or into one."""
    match path:
        case ("attributes", "contact" | "company" as owner, str(name)):
            return attribute_address(owner, name)
        case ("events", str(name)):
            return event_address(name)
        case ("segments", str(key)):
            return segment_address(key)
        case _:
            return None


def _is_metadata(path: Path, address: str) -> bool:
    """Whether a path leads to the metadata key of this address, or to all the metadata of its event."""
    match path:
        case ("events", str(event), "metadata", str(key)):
            return metadata_address(event, key) == address
        case ("events", str(event), "metadata"):
            return address.startswith(metadata_address(event, ""))
        case _:
            return False
