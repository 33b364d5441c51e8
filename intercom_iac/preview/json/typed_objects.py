"""Lines of JSON -> objects with the keys that are read and no others, many lines at once.

What may not be what `parse_json` makes of it is left to that: a line that is no JSON object, and a key that stands
twice in an object, of which the last would count here and the first does there. That no key stands twice is known by
counting: as many were met in the lines as the objects have. Keys of values are counted by the decoder, which calls a
function for each; keys of objects and lists in the text, where none is spelled with an escape.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable, Sequence
from itertools import chain, compress
from operator import itemgetter
from typing import Any, TypedDict, cast

import msgspec
from msgspec import Raw, Struct

from intercom_iac.lazy_pattern import lazy_pattern

from .keys import Keys
from .lines import Json, parse_json

# The rest of a key from an escape on. What only looks like one is looked at in vain.
_ESCAPED_KEY = lazy_pattern(rb'\\.(?:[^"\\]|\\.)*"(?=\s*:)')

_MOST_NAMES = 10_000  # of events that are remembered
_FIRST, _LAST_BUT_ONE = itemgetter(0), itemgetter(-2)
_OPENING, _CLOSING = {ord("{")}, {ord("}")}


class TypedObjects:
    """Reads objects with these keys. `names`: of events, those that are read."""

    def __init__(self, keys: Keys, *, names: NamedEvents | None = None) -> None:
        self._decoder = _Decoder(keys)
        of_events = set[str]() if names is None else {"event_name"}
        self._counted_in_text = keys.nested_names() | of_events
        self._names = names
        # The decoder does not find keys of other letters, and finds an empty one in their place.
        self._finds_keys = all(map(str.isascii, keys.names()))

    def read(self, lines: Sequence[bytes], text: bytes) -> list[Json] | None:
        """The objects of lines, whose whole text is given, one of each, events of other names left out; None where
        that is not certain."""
        if not self._finds_keys:
            return None
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
            objects = self._decoder.read(text)
        except _REFUSED:
            return None
        return objects if objects is not None and len(objects) == len(lines) else None

    def _may_hide_key(self, text: bytes) -> bool:
        """Whether a key that is counted in the text may be spelled with an escape."""
        for rest in set(_ESCAPED_KEY.findall(text)) if self._counted_in_text else ():
            try:
                end = cast("str", parse_json(f'"{rest.decode()}'))
            except ValueError:
                return True
            if any(name.endswith(end) for name in self._counted_in_text):
                return True
        return False


class NamedEvents:
    """Finds the lines of events whose name is read, by `is_read`."""

    def __init__(self, is_read: Callable[[object], bool]) -> None:
        self._decode = msgspec.json.Decoder(_Named).decode_lines
        self._is_read = _IsRead(is_read)

    def select(self, text: bytes, lines: Sequence[bytes]) -> list[bytes] | None:
        """Those of the lines; None where it is not certain which they are."""
        names = [event.event_name for event in self._decode(text)]
        if len(names) != len(lines) or text.count(b'"event_name"') != len(names) - names.count(""):
            return None
        return list(compress(lines, map(self._is_read.__getitem__, names)))


class _IsRead(dict[str, bool]):
    """Of which names events are read, remembered."""

    def __init__(self, is_read: Callable[[object], bool]) -> None:
        super().__init__()
        self._is_read = is_read

    def __missing__(self, name: str) -> bool:
        if len(self) >= _MOST_NAMES:
            self.clear()
        answer = self[name] = self._is_read(name)
        return answer


class _Named(Struct, gc=False):
    event_name: str = ""


class _Decoder:
    """Decodes objects with such keys, or lists of them, one on each line."""

    def __init__(self, keys: Keys, *, listed: bool = False) -> None:
        self._level = _Level(keys)
        self._listed = listed
        self._met = 0
        type_: Any = list[self._level.type] if listed else self._level.type | None
        self._decode = msgspec.json.Decoder(type_, dec_hook=self._meet).decode_lines

    def read(self, text: bytes) -> list[Any] | None:
        """The values in a text, None for null; None where they are not certain. Raises one of `_REFUSED` where it is
        no JSON, or of other types."""
        self._met = 0
        values = self._decode(text)
        objects = list(chain.from_iterable(values) if self._listed else filter(None, values))
        if self._met + sum(map(text.count, self._level.nested_texts)) != self._level.key_count(objects):
            return None
        self._level.fill(objects)
        return values

    def _meet(self, _: type, value: object) -> object:
        self._met += 1
        return value


class _Level:
    """The keys of one level of nesting."""

    def __init__(self, keys: Keys) -> None:
        self._within: dict[str, _Level] = {
            name: _Level(nested) for name, nested in keys.objects.items() if not nested.has_lists
        }
        # What holds lists is decoded once more, from its text.
        self._apart = {
            name: _Nested(nested, listed=listed)
            for objects, listed in ((keys.objects, False), (keys.lists, True))
            for name, nested in objects.items()
            if name not in self._within
        }
        # What is of the type `object` the decoder hands to the function that counts.
        types: dict[str, Any] = (
            dict.fromkeys(keys.values, object)
            | {name: level.type | None for name, level in self._within.items()}
            | dict.fromkeys(self._apart, Raw)
        )
        self.type: Any = cast("Any", TypedDict)("Read", types, total=False)
        below = (text for level in self._within.values() for text in level.nested_texts)
        self.nested_texts: set[bytes] = {
            *below,
            *(f'"{name}"'.encode() for name in (*self._within, *self._apart)),
        }

    def key_count(self, objects: Collection[Json]) -> int:
        """How many keys the objects have, those of the objects within included."""
        within = (
            level.key_count([below for owner in objects if (below := owner.get(name))])
            for name, level in self._within.items()
        )
        return sum(map(len, objects)) + sum(within)

    def fill(self, objects: Sequence[Json]) -> None:
        """Puts objects and lists in the place of their text."""
        for name, nested in self._apart.items():
            owners = [owner for owner in objects if name in owner]
            for owner, value in zip(owners, nested.read([owner[name] for owner in owners]), strict=True):
                owner[name] = value


class _Nested:
    """What stands under a key: an object or null, or a list of objects. Raises `ValueError` where it is no JSON."""

    def __init__(self, keys: Keys, *, listed: bool) -> None:
        self._decoder = _Decoder(keys, listed=listed)

    def read(self, texts: Sequence[Raw]) -> Iterable[object]:
        values = self._read(b"\n".join(texts))
        return map(self._read_one, map(bytes, texts)) if values is None else values

    def _read_one(self, text: bytes) -> object:
        values = self._read(text)
        return parse_json(text.decode()) if values is None else values[0]

    def _read(self, text: bytes) -> Sequence[object] | None:
        try:
            return self._decoder.read(text)
        except _REFUSED:
            return None


_REFUSED = (msgspec.MsgspecError, ValueError, RecursionError)


def _is_utf_8(text: bytes) -> bool:
    if text.isascii():
        return True
    try:
        text.decode()
    except UnicodeDecodeError:
        return False
    return True
