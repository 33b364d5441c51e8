"""The columns of a table as places in a record: a dot in a name nests, and a declared name alone is enough."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from functools import lru_cache
from typing import Any, cast

from intercom_iac.diagnostics import Misuse
from intercom_iac.lazy_dataclass import dataclass
from intercom_iac.model.payload import PayloadField, PayloadKind, RecordShape, key_address, shown_name
from intercom_iac.text import Span

from ..shapes import RecordShapes, kind_of

# Keys under which a record has an object, whatever its kind.
CONTAINERS = ("custom_attributes", "metadata", "company")
_DEEPEST = 4
"""A record has nothing that stands deeper: `metadata.price.amount`."""
_REMEMBERED = 1024
"""For so many names of events it is remembered which event is meant."""


@dataclass(frozen=True, slots=True)
class Place:
    """Where the value of a column stands in a record, and the field it is of; None where the specs have none.
    `address` is what a summary counts it under."""

    path: tuple[str, ...]
    field: PayloadField | None = None
    address: str | None = None

    @property
    def declared_at(self) -> Span | None:
        """Where the field is declared."""
        if self.field is None or self.field.declared is None:
            return None
        return self.field.declared.span

    def put(self, record: dict[str, Any], value: Any) -> None:
        """Puts a value there, into objects that are made where there are none."""
        *outer, last = self.path
        for key in outer:
            inner = record.get(key)
            if isinstance(inner, dict):
                record = cast("dict[str, Any]", inner)
            else:
                record[key] = record = {}
        record[last] = value


class Columns:
    """The places of named columns, by what a row is a record of; `kind` None leaves it to the row to say it."""

    def __init__(self, names: Iterable[str], shapes: RecordShapes, kind: PayloadKind | None) -> None:
        self.names = tuple(names)
        self._shapes, self._kind = shapes, kind
        self._telling = [at for at, name in enumerate(self.names) if name in ("type", "event_name")]
        self._event_shape = lru_cache(_REMEMBERED)(shapes.event)
        self._places: dict[int, tuple[Place, ...]] = {}

    def places(self, values: Sequence[Any]) -> tuple[Place, ...]:
        """The place of each column for a row of these values."""
        shape = self._shape(values)
        # The same shape is the same object as long as the shapes live.
        places = self._places.get(id(shape))
        if places is None:
            places = self._places[id(shape)] = self.places_in(shape)
        return places

    def places_in(self, shape: RecordShape | None) -> tuple[Place, ...]:
        """The place of each column in a record of a shape. Raises `Misuse` where two overlap."""
        places = tuple(_place(name, shape) for name in self.names)
        by_path: dict[tuple[str, ...], str] = {}
        for place, name in zip(places, self.names, strict=True):
            other = by_path.setdefault(place.path, name)
            if other != name:
                raise Misuse(
                    f"the columns `{shown_name(other)}` and `{shown_name(name)}` both hold "
                    f"`{shown_name('.'.join(place.path))}`",
                    hint="rename or remove one of them",
                )
        for path, name in by_path.items():
            outer = (path[:end] for end in range(1, min(len(path), _DEEPEST)))
            whole = next((by_path[place] for place in outer if place in by_path), None)
            if whole is not None:
                raise Misuse(
                    f"the column `{shown_name(name)}` holds a part of what the column `{shown_name(whole)}` holds",
                    hint="rename or remove one of them",
                )
        return places

    def _shape(self, values: Sequence[Any]) -> RecordShape | None:
        """The shape of a row; None where it does not say what it is."""
        said = {self.names[at]: values[at] for at in self._telling if values[at] not in (None, "")}
        match self._kind or kind_of(said):
            case "event":
                name = said.get("event_name")
                return self._event_shape(name) if isinstance(name, str) else self._shapes.undeclared
            case "contact":
                return self._shapes.contact
            case "company":
                return self._shapes.company
            case "boot":
                return self._shapes.boot
            case _:
                return None


def _place(name: str, shape: RecordShape | None) -> Place:
    """A name that stands at the top of such a record stands there; any other one is that of a custom attribute or of
    metadata, where the record keeps these apart."""
    path = tuple(name.split("."))
    if shape is None:
        return Place(path)
    if len(path) == 1:
        if name in shape.fields:
            return _field_place(path, shape, shape.fields[name], nested=False)
        at_top = name in shape.settings or name == shape.nested_key
        if at_top or name in shape.objects or name in shape.lists or shape.nested_key is None:
            return Place(path)
        path = (shape.nested_key, name)
    first, second, *deeper = path
    if deeper:
        return Place(path)
    if first == shape.nested_key:
        return _field_place(path, shape, shape.nested.get(second), nested=True)
    inner = shape.objects.get(first)
    return Place(path) if inner is None else _field_place(path, inner, inner.fields.get(second), nested=False)


def _field_place(
    path: tuple[str, ...], shape: RecordShape, field: PayloadField | None, *, nested: bool
) -> Place:
    return Place(path, field, key_address(shape, path[-1], nested=nested))
