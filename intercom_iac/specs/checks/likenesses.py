"""Names that look the same and differ for Intercom, such as those with invisible characters or look-alike letters."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from functools import partial
from typing import TypeVar

from intercom_iac.diagnostics import Diagnostic, Related
from intercom_iac.diagnostics.codes import spec as codes
from intercom_iac.lazy_pattern import lazy_pattern
from intercom_iac.model import event_key
from intercom_iac.model.names import NameKind, corrected_name, name_mistakes
from intercom_iac.text import Span
from intercom_iac.text.likeness import ascii_text, likeness

from ..load.declarations import Declaration, Declarations
from ..load.entries import AttributeEntry, EventEntry, MetadataEntry, SegmentEntry

E = TypeVar("E", AttributeEntry, EventEntry, SegmentEntry)

_Named = tuple[str, Callable[[], Span]]

# Nothing else looks like a name of these alone, and most names are: the others are asked.
_PLAIN = lazy_pattern(r"[A-Za-z0-9_-]+")


def check_likenesses(declared: Declarations) -> Iterator[Diagnostic]:
    """An error for each name that looks like an earlier one of its kind and is not it.

    One that is archived may stand beside another: there is no other way to be rid of it, and no rule may read it.
    """
    yield from _check_alike("attribute", _names(declared.attributes))
    yield from _check_alike("event", _names(declared.events), event_key)
    yield from _check_alike("segment", _names(declared.segments))
    named = (
        (segment.entry.name, partial(segment.value, "name"))
        for segment in _live(declared.segments)
        if segment.entry.name
    )
    # Tags of any case are one.
    yield from _check_alike("tag", named, str.casefold)
    for attribute in declared.attributes:
        yield from _check_options(attribute, (), attribute.entry)
    for event in declared.events:
        metadata = event.entry.metadata or {}
        yield from _check_alike(
            "metadata key", ((key, partial(event.at, "metadata", key)) for key in metadata), str.casefold
        )
        for key, entry in metadata.items():
            yield from _check_options(event, ("metadata", key), entry)


def _names(declarations: Iterable[Declaration[E]]) -> Iterator[_Named]:
    return ((declaration.name, declaration.at) for declaration in _live(declarations))


def _live(declarations: Iterable[Declaration[E]]) -> Iterator[Declaration[E]]:
    return (declaration for declaration in declarations if declaration.entry.status != "archived")


def _check_options(
    declaration: Declaration[E], below: tuple[str, ...], entry: AttributeEntry | MetadataEntry
) -> Iterator[Diagnostic]:
    options = enumerate(entry.options or ())
    yield from _check_alike(
        "option",
        ((option, partial(declaration.value, *below, "options", index)) for index, option in options),
    )


def _check_alike(
    kind: NameKind, names: Iterable[_Named], key: Callable[[str], str] = str
) -> Iterator[Diagnostic]:
    """`key` gives names that are one in Intercom the same text: those are told elsewhere."""
    first: dict[str, _Named] = {}
    for name, place in names:
        if _PLAIN.fullmatch(name):
            continue
        other, other_place = first.setdefault(likeness(key(name)), (name, place))
        if key(other) == key(name) or name_mistakes(kind, name) or name_mistakes(kind, other):
            continue
        yield codes.LOOK_ALIKE.at(
            place(),
            f"two names that look the same are two {kind}s in Intercom: {ascii_text(name)} and {ascii_text(other)}",
            hint=f"keep one of them, written as {ascii_text(corrected_name(kind, name))}",
            related=(Related(other_place(), "the other one stands here"),),
        )
