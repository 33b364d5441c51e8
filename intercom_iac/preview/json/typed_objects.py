"""Lines of JSON -> objects with the keys that are read and no others, many lines at once.

What may not be what `parse_json` makes of it is left to that: a line that is no JSON object, a key that stands twice
in an object (here the last would count, there the first does), a key that is spelled with an escape. That a key
stands once is known by counting: as often as its text stands in the lines, so many objects have the key.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Sequence
from itertools import chain, compress, repeat
from operator import contains, itemgetter
from typing import Any, TypedDict, cast

import msgspec
from msgspec import Raw, Struct

from ..read_keys import Keys
from .lines import Json, parse_json

# The rest of a key from an escape on. What only looks like one is looked at in vain.
_ESCAPED_KEY = re.compile(rb'\\.(?:[^"\\]|\\.)*"(?=\s*:)')

_FIRST, _LAST_BUT_ONE = itemgetter(0), itemgetter(-2)
_OPENING, _CLOSING = {ord("{")}, {ord("}")}


class TypedObjects:
    """Reads objects with these keys. `identifier` is the one that says whose an object is, a text; objects within may
    have it, too. `names`: of events, those that are read."""

    def __init__(
        self, keys: Keys, *, identifier: str | None = None, names: NamedEvents | None = None
    ) -> None:
        self._level = _Level(keys)
        self._decode = msgspec.json.Decoder(self._level.type).decode_lines
        self._keys = keys.names()
        self._identifier = identifier
        self._names = names

    def read(self, lines: Sequence[bytes], text: bytes) -> list[Json] | None:
        """The objects of lines, whose whole text is given, one of each, events of other names left out; None where
        that is not certain."""
        if b"\r" in text or not text.endswith(b"\n"):
            lines = [line.rstrip(b"\r\n") + b"\n" for line in lines]
            text = b"".join(lines)
        # No object goes on where a line ends with `}` and the next one begins with `{`: it would need a comma or a
        # colon in between. As many objects as lines are one on each line, then.
        if {*map(_FIRST, lines)} != _OPENING or {*map(_LAST_BUT_ONE, lines)} != _CLOSING:
            return None
        if not _is_utf_8(text) or (b"\\" in text and self._may_hide_key(text)):
            return None
        try:
            if self._names is not None:
                selected = self._names.select(text, lines)
                if not selected:
                    return None if selected is None else []
                lines, text = selected, b"".join(selected)
            objects = self._decode(text)
            if len(objects) != len(lines) or not self._level.is_certain(
                text, objects, but=self._known_identifier(lines, objects)
            ):
                return None
            self._level.fill(objects)
        except _REFUSED:
            return None
        return objects

    def _known_identifier(self, lines: Sequence[bytes], objects: Sequence[Json]) -> str | None:
        """The identifier, where the first that stands in each line is the one that was decoded.

        Each line has to begin as the first one does, to the value of the identifier.
        """
        if self._identifier is None:
            return None
        start = re.match(rb'\{[^{}\\]*?"%b"\s*:\s*"' % re.escape(self._identifier.encode()), lines[0])
        identifiers = [value.get(self._identifier) for value in objects]
        if start is None or not all(map(isinstance, identifiers, repeat(str))):
            return None
        glue = start[0].decode()
        heads = (glue + f'"\n{glue}'.join(cast("list[str]", identifiers)) + '"').encode().split(b"\n")
        if len(heads) != len(lines) or b"\\" in b"".join(heads):
            return None
        return self._identifier if all(map(bytes.startswith, lines, heads)) else None

    def _may_hide_key(self, text: bytes) -> bool:
        """Whether a key that is read may be spelled with an escape."""
        for rest in set(_ESCAPED_KEY.findall(text)):
            try:
                end = cast("str", parse_json(f'"{rest.decode()}'))
            except ValueError:
                return True
            if any(name.endswith(end) for name in self._keys):
                return True
        return False


class NamedEvents:
    """Finds the lines of events whose name is read, by `is_read`."""

    def __init__(self, is_read: Callable[[object], bool]) -> None:
        self._decode = msgspec.json.Decoder(_Named).decode_lines
        self._is_read = is_read

    def select(self, text: bytes, lines: Sequence[bytes]) -> list[bytes] | None:
        """Those of the lines; None where it is not certain which they are."""
        names = [event.event_name for event in self._decode(text)]
        if len(names) != len(lines) or text.count(b'"event_name"') != len(names) - names.count(""):
            return None
        read = {name for name in set(names) if self._is_read(name)}
        return list(compress(lines, map(read.__contains__, names)))


class _Named(Struct, gc=False):
    event_name: str = ""


class _Level:
    """The keys of one level of nesting."""

    def __init__(self, keys: Keys) -> None:
        objects = {name: _Nested(nested, listed=False) for name, nested in keys.objects.items()}
        lists = {name: _Nested(nested, listed=True) for name, nested in keys.lists.items()}
        self._nested = objects | lists
        types: dict[str, Any] = dict.fromkeys(keys.values, Any) | dict.fromkeys(self._nested, Raw)
        self.type: Any = cast("Any", TypedDict)("Read", types, total=False)
        self._texts = {name: f'"{name}"'.encode() for name in types}

    def is_certain(self, text: bytes, objects: Sequence[Json], but: str | None = None) -> bool:
        """Whether each of the keys stands once at most in each of the objects, which are all that the text holds.

        `but`: a key of which that is known.
        """
        return all(
            text.count(spelled) == sum(map(contains, objects, repeat(name)))
            for name, spelled in self._texts.items()
            if name != but
        )

    def fill(self, objects: Sequence[Json]) -> None:
        """Puts objects and lists in the place of their text."""
        for name, nested in self._nested.items():
            owners = [owner for owner in objects if name in owner]
            for owner, value in zip(owners, nested.read([owner[name] for owner in owners]), strict=True):
                owner[name] = value


class _Nested:
    """What stands under a key: an object or null, or a list of objects. Raises `ValueError` where it is no JSON."""

    def __init__(self, keys: Keys, *, listed: bool) -> None:
        self._level = _Level(keys)
        self._listed = listed
        type_: Any = list[self._level.type] if listed else self._level.type | None
        self._decode = msgspec.json.Decoder(type_).decode_lines

    def read(self, texts: Sequence[Raw]) -> Iterable[object]:
        values = self._read(b"\n".join(texts))
        return map(self._read_one, map(bytes, texts)) if values is None else values

    def _read_one(self, text: bytes) -> object:
        values = self._read(text)
        return parse_json(text.decode()) if values is None else values[0]

    def _read(self, text: bytes) -> Sequence[object] | None:
        """The values in a text, one on each line; None where they are not certain."""
        try:
            values = self._decode(text)
        except _REFUSED:
            return None
        objects = (
            list(chain.from_iterable(values)) if self._listed else [one for one in values if one is not None]
        )
        if not self._level.is_certain(text, objects):
            return None
        self._level.fill(objects)
        return values


_REFUSED = (msgspec.MsgspecError, ValueError, RecursionError)


def _is_utf_8(text: bytes) -> bool:
    if text.isascii():
        return True
    try:
        text.decode()
    except UnicodeDecodeError:
        return False
    return True
