"""Which records are certainly right, found without a look at each of their values in Python."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from typing import Any, TypeVar, cast

import msgspec
from msgspec import UNSET, Struct

from intercom_iac.model.payload import PayloadKind

from .record_types import struct_of, union_of
from .shapes import RecordShapes, kind_of

_REFUSED = (msgspec.MsgspecError, ValueError, RecursionError, OverflowError)
# A value that is no object, or an event that no type is for.
_UNFIT = (*_REFUSED, KeyError, TypeError)
_ESCAPED_COLON = b"\\u003"

_Record = TypeVar("_Record")
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

    def refused_texts(self, texts: Sequence[bytes], joined: bytes | None = None) -> list[int]:
        """The positions of the texts that are not taken, in order. `joined` has all of them one after the other."""
        if self._kind is not None:
            return self._refused_texts(texts, range(len(texts)), self._kind, joined)
        return self._by_kind(texts, self._kind_of_text, self._refused_texts)

    def refused_values(self, records: Sequence[Any]) -> list[int]:
        """The positions of the records, read already, that are not taken, in order."""
        return self._by_kind(records, _kind_of_value, self._refused_values)

    def _by_kind(
        self,
        records: Sequence[_Record],
        kind_of_record: Callable[[_Record], PayloadKind | None],
        refused_of: Callable[[Sequence[_Record], Sequence[int], PayloadKind], list[int]],
    ) -> list[int]:
        """What is refused of records of one kind, or of those of each kind."""
        if self._kind is not None:
            return refused_of(records, range(len(records)), self._kind)
        refused: list[int] = []
        positions: dict[PayloadKind, list[int]] = {}
        for at, record in enumerate(records):
            kind = kind_of_record(record)
            if kind is None:
                refused.append(at)
            else:
                positions.setdefault(kind, []).append(at)
        for kind, of_kind in positions.items():
            refused += refused_of([records[at] for at in of_kind], of_kind, kind)
        return sorted(refused)

    def _refused_values(
        self, records: Sequence[Any], positions: Sequence[int], kind: PayloadKind
    ) -> list[int]:
        structs, convert = self._structs_of(kind), msgspec.convert
        struct = structs.get("")
        refused: list[int] = []
        taken: list[Struct] = []
        for at, record in zip(positions, records, strict=True):
            try:
                taken.append(convert(record, struct or structs[record["event_name"]]))
            except _UNFIT:
                refused.append(at)
        if _all_identified(taken, kind):
            return refused
        left = frozenset(refused)
        of_taken = (at for at in positions if at not in left)
        return sorted(
            [
                *refused,
                *(
                    at
                    for at, record in zip(of_taken, taken, strict=True)
                    if not _all_identified([record], kind)
                ),
            ]
        )

    def _refused_texts(
        self,
        texts: Sequence[bytes],
        positions: Sequence[int],
        kind: PayloadKind,
        joined: bytes | None = None,
    ) -> list[int]:
        decode = self._decoder_of(kind)
        if decode is None:
            return list(positions)
        refused: list[int] = []
        left: list[bytes] = []
        taken: list[Struct] = []
        for at, text in zip(positions, texts, strict=True):
            try:
                taken.append(decode(text))
            except _REFUSED:
                refused.append(at)
                left.append(text)
        if self._confirms(joined or b"".join(texts), left, taken, kind):
            return refused
        # Some text among them is not what it was taken for: each is confirmed by itself.
        others = frozenset(refused)
        return [
            at
            for at, text in zip(positions, texts, strict=True)
            if at in others or not self._confirms(text, [], [decode(text)], kind)
        ]

    def _confirms(
        self, joined: bytes, left: Sequence[bytes], taken: Sequence[Struct], kind: PayloadKind
    ) -> bool:
        """Whether the joined texts, but for those that are `left`, say what was taken from them and nothing more.

        Of a key that stands twice msgspec takes the last value. Written again, the records have each key once, and
        with it a colon less: a text has one for each of its keys, and those in its values, which are the same.
        """
        if _ESCAPED_COLON in joined:
            return False
        colons = joined.count(b":") - sum(text.count(b":") for text in left)
        return colons == self._encode(taken).count(b":") and _all_identified(taken, kind)

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


def _kind_of_value(record: Any) -> PayloadKind | None:
    return kind_of(cast("dict[str, Any]", record)) if isinstance(record, dict) else None


def _all_identified(taken: Sequence[Any], kind: PayloadKind) -> bool:
    """Whether each of the records says whom it is about."""
    match kind:
        case "boot":
            return True
        case "company":
            return not any(record.i0 is UNSET and record.i1 is UNSET for record in taken)
        case _:
            return not any(
                record.i0 is UNSET and record.i1 is UNSET and record.i2 is UNSET for record in taken
            )
