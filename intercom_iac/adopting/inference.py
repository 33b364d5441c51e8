"""The metadata of an event, as its occurrences have it."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable, Mapping
from typing import Any, cast

from intercom_iac.lazy_dataclass import dataclass
from intercom_iac.model import DataType, MetadataKey
from intercom_iac.model.limits import MAX_METADATA_KEYS
from intercom_iac.text import quoted_names

from .proposal import NotMapped


@dataclass(frozen=True, slots=True, kw_only=True)
class InferredMetadata:
    """The keys that occurrences have, with the types of their values, and what of them has no type in the specs."""

    keys: tuple[MetadataKey, ...] = ()
    not_mapped: tuple[NotMapped, ...] = ()


def infer_metadata(
    event: str,
    occurrences: Iterable[Mapping[str, Any]],
    mask: Callable[[str], str | None] = lambda _: None,
) -> InferredMetadata:
    """The metadata of an event by that of its occurrences, at most as many keys as Intercom keeps.

    Those that most occurrences have come first to mind where there are too many; they stand in the order in which
    they were first seen. A key that `mask` gives a text for is a person's, told by that text and never written.
    """
    values: dict[str, list[Any]] = {}
    personal: dict[str, None] = {}
    for metadata in occurrences:
        for key, value in metadata.items():
            if (masked := mask(key)) is not None:
                personal[masked] = None
            elif value is not None:
                values.setdefault(key, []).append(value)
    keys: list[MetadataKey] = []
    not_mapped = [
        NotMapped(
            what=f"metadata keys such as `{masked}` of the event `{event}`",
            why="they look like personal data, which belongs in values: the name of a key is seen by everybody",
        )
        for masked in personal
    ]
    seen = Counter({key: len(of_key) for key, of_key in values.items()})
    kept = {key for key, _ in seen.most_common(MAX_METADATA_KEYS)}
    place = f"sampled occurrences of `{event}`"
    for key, of_key in values.items():
        what = f"the metadata key `{key}` of the event `{event}`"
        type_ = _type_of(key, of_key)
        if key not in kept:
            why = f"Intercom keeps {MAX_METADATA_KEYS} keys of an event, and more occurrences have the others"
            not_mapped.append(NotMapped(what=what, why=why, place=place))
        elif isinstance(type_, DataType):
            keys.append(MetadataKey(key, type_))
        else:
            not_mapped.append(NotMapped(what=what, why=type_, place=place))
    return InferredMetadata(keys=tuple(keys), not_mapped=tuple(not_mapped))


_TYPES = frozenset(DataType)


def _type_of(key: str, values: Iterable[Any]) -> DataType | str:
    """The one type that all values have; else why there is none."""
    kinds = {_kind_of(value) for value in values}
    if kinds == {"integer", "float"}:
        return DataType.FLOAT
    if len(kinds) > 1:
        return f"its values are of several types: {quoted_names(sorted(kinds))}"
    kind = kinds.pop()
    if kind == "integer" and key.casefold().endswith("_date"):
        # Intercom reads such a key as a date (help centre, custom events).
        return DataType.DATE
    if kind in _TYPES:
        return DataType(kind)
    return f"its values are each {kind}, for which the specs have no type"


def _kind_of(value: Any) -> str:
    match value:
        case bool():
            return "boolean"
        case int():
            return "integer"
        case float():
            return "float"
        case str():
            return "string"
        case {"amount": _, "currency": _}:
            return "an amount of money"
        case {"url": _, "value": _}:
            return "a link with a text"
        case list():
            return "a list"
        case _:
            return "an object" if isinstance(cast("object", value), Mapping) else "of an unknown kind"
