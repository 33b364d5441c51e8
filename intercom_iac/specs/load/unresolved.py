"""What the schema lacks since a file or an entry could not be read, and which mistakes follow from that alone.

A rule that names an attribute whose declaration has a mistake has none itself: the mistake is told once, where it
is. Whatever a rule gets wrong besides is told.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from intercom_iac.diagnostics import Diagnostic
from intercom_iac.diagnostics.codes import ref
from intercom_iac.model.address import (
    Address,
    attribute_address,
    event_address,
    metadata_address,
    segment_address,
)
from intercom_iac.yaml.nodes import Document, Mapping, Node, Path, Scalar, Sequence

# How many steps lead to an entry of each section.
_ENTRY_DEPTHS = {"attributes": 3, "events": 2, "segments": 2}

# Possessive, so that the search stays linear on whatever a file holds.
_KEY = re.compile(
    r"""(?m)(?:^|[{,\[])[ \t]*+(?:[-?][ \t]++)*+(?:"(?P<double>[^"\n]*+)"[ \t]*+|'(?P<single>[^'\n]*+)'[ \t]*+"""
    r"""|(?P<plain>[^\s"'{}\[\],:#][^:\n{}\[\],#]*+)):(?=\s|$)"""
)
_UNDECLARED = {each.id for each in (ref.UNKNOWN_FIELD, ref.UNKNOWN_EVENT, ref.UNKNOWN_SEGMENT)}


def entry_of(path: Path) -> Path:
    """The path of the entry that a path leads into; the path itself where it leads into none."""
    return path[: _ENTRY_DEPTHS.get(str(path[0]), 0) or None] if path else path


class Missing:
    """Grows while the files are read; `explains` is asked when all of them are."""

    def __init__(self) -> None:
        # Declarations that were left out, by the path to them; keys in what could not be understood, each of which
        # may be one; and whether there is text that nobody has seen.
        self._dropped: set[Path] = set()
        self._keys: set[str] = set()
        self.unseen = False
        self._unread = False

    def copy(self) -> Missing:
        """Another one that knows the same and grows by itself."""
        other = Missing()
        other._dropped, other._keys = {*self._dropped}, {*self._keys}
        other.unseen, other._unread = self.unseen, self._unread
        return other

    @property
    def incomplete(self) -> bool:
        """Whether a file, or a folder of them, could not be read."""
        return self.unseen or self._unread

    def text(self, text: str) -> None:
        """A file that is not YAML; without any text one that could not be opened."""
        self._keys |= {str(match[match.lastgroup or 0]).strip() for match in _KEY.finditer(text)}
        self._unread = True
        self.unseen = self.unseen or not text

    def place(self, document: Document, path: Path) -> None:
        """A part of a file that was left out: a value, an entry, a section; () is the file."""
        depth = _ENTRY_DEPTHS.get(str(path[0]), 0) if path else 0
        if depth and len(path) >= depth:
            self._dropped.add(path)
        else:
            # What a section was meant to declare is anyone's guess.
            self._keys |= set(_names(document.node(path)))

    def explains(self, diagnostic: Diagnostic) -> bool:
        """Whether a rule's name is unknown only because its declaration has a mistake that is told already."""
        subject = diagnostic.subject
        if subject is None:
            return False
        if diagnostic.code == ref.UNKNOWN_KEY.id:
            # The event is declared, and only its own entry says which keys it has.
            return any(_is_metadata(path, subject) for path in self._dropped)
        if diagnostic.code == ref.OTHER_MODEL.id:
            # An attribute of that name was declared where the rule looks for it.
            return any(_address(path) == subject for path in self._dropped)
        address = Address.parse(subject)
        if diagnostic.code not in _UNDECLARED or address is None:
            return False
        return self.unseen or address.name in self._keys or self._dropped_an_entry(address.name)

    def _dropped_an_entry(self, name: str) -> bool:
        return any(len(path) == _ENTRY_DEPTHS[str(path[0])] and path[-1] == name for path in self._dropped)


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
