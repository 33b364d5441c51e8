"""Which records are certainly right, found without a look at each of their values in Python."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from typing import Any

import msgspec
from msgspec import UNSET, Struct

from intercom_iac.model.payload import PayloadKind

from .record_types import struct_of, union_of
from .shapes import RecordShapes, kind_of

_REFUSED = (msgspec.MsgspecError, ValueError, RecursionError, OverflowError)
_ESCAPED_COLON = b"\\u003"

_Decode = Callable[[bytes], Struct]


class _Peek(Struct, gc=False):
    """What a record says that it is."""

    type: Any = UNSET
    event_name: Any = UNSET


class FastPath:
    """Takes records in which nothing is wrong. What it refuses is for the judge, who may still find nothing.

    `future` is the first second that lies in the future. `kind` None: each record says what it is.
    """

    def __init__(self, shapes: RecordShapes, kind: PayloadKind | None, *, future: int) -> None:
        self._kind: PayloadKind | None = kind
        self._shapes = shapes
        self._future = future
        self._structs: dict[PayloadKind, Mapping[str, type[Struct]]] = {}
        self._decoders: dict[PayloadKind, _Decode | None] = {}
        self._peek = msgspec.json.Decoder(_Peek).decode
        self._encode = msgspec.json.Encoder().encode

    def refused_texts(self, texts: Sequence[bytes]) -> list[int]:
        """The positions of the texts that are not taken, in order."""
        if self._kind is not None:
            return self._refused_of_kind(texts, range(len(texts)), self._kind)
        refused: list[int] = []
        by_kind: dict[PayloadKind, list[int]] = {}
        for at, text in enumerate(texts):
            kind = self._kind_of_text(text)
            if kind is None:
                refused.append(at)
            else:
                by_kind.setdefault(kind, []).append(at)
        for kind, positions in by_kind.items():
            refused += self._refused_of_kind([texts[at] for at in positions], positions, kind)
        return sorted(refused)

    def takes(self, record: Mapping[str, Any]) -> bool:
        """Whether a record that is read already is certainly right."""
        kind = self._kind or kind_of(record)
        if kind is None:
            return False
        name = record.get("event_name") if kind == "event" else ""
        struct = self._structs_of(kind).get(name) if isinstance(name, str) else None
        if struct is None:
            return False
        try:
            taken = msgspec.convert(record, struct)
        except _REFUSED:
            return False
        return self._all_identified([taken], kind)

    def _refused_of_kind(
        self, texts: Sequence[bytes], positions: Sequence[int], kind: PayloadKind
    ) -> list[int]:
        decode = self._decoder_of(kind)
        if decode is None:
            return list(positions)
        refused: dict[int, None] = {}
        left: list[bytes] = []
        taken: list[Struct] = []
        for at, text in zip(positions, texts, strict=True):
            try:
                taken.append(decode(text))
            except _REFUSED:
                refused[at] = None
                left.append(text)
        if self._confirms(texts, left, taken, kind):
            return list(refused)
        # Some text among them is not what it was taken for: each is confirmed by itself.
        return [
            at
            for at, text in zip(positions, texts, strict=True)
            if at in refused or not self._confirms([text], [], [decode(text)], kind)
        ]

    def _confirms(
        self, texts: Sequence[bytes], left: Sequence[bytes], taken: Sequence[Struct], kind: PayloadKind
    ) -> bool:
        """Whether the texts but for those that are `left` say what was taken from them and nothing more.

        Of a key that stands twice msgspec takes the last value. Written again, the records have each key once, and
        with it a colon less: a text has one for each of its keys, and those in its values, which are the same.
        """
        joined = b"".join(texts)
        if _ESCAPED_COLON in joined:
            return False
        colons = joined.count(b":") - sum(text.count(b":") for text in left)
        return colons == self._encode(taken).count(b":") and self._all_identified(taken, kind)

    def _all_identified(self, taken: Sequence[Any], kind: PayloadKind) -> bool:
        match kind:
            case "boot":
                return True
            case "company":
                return not any(record.i0 is UNSET and record.i1 is UNSET for record in taken)
            case _:
                return not any(
                    record.i0 is UNSET and record.i1 is UNSET and record.i2 is UNSET for record in taken
                )

    def _kind_of_text(self, text: bytes) -> PayloadKind | None:
        try:
            peek = self._peek(text)
        except _REFUSED:
            return None
        said = {"type": peek.type}
        return kind_of(said if peek.event_name is UNSET else {**said, "event_name": peek.event_name})

    def _structs_of(self, kind: PayloadKind) -> Mapping[str, type[Struct]]:
        """The types of a kind by the name of the event, "" for the other kinds."""
        if kind not in self._structs:
            shapes = self._shapes
            if kind == "event":
                found = {
                    name: struct_of(shape, future=self._future, tag=name)
                    for name, shape in shapes.events.items()
                }
            else:
                shape = {"contact": shapes.contact, "company": shapes.company, "boot": shapes.boot}[kind]
                found = {"": struct_of(shape, future=self._future)}
            self._structs[kind] = {name: struct for name, struct in found.items() if struct is not None}
        return self._structs[kind]

    def _decoder_of(self, kind: PayloadKind) -> _Decode | None:
        if kind not in self._decoders:
            structs = list(self._structs_of(kind).values())
            self._decoders[kind] = msgspec.json.Decoder(union_of(structs)).decode if structs else None
        return self._decoders[kind]
