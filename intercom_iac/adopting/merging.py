"""Things of one name made one: of several sources joined, of one source the first kept; nothing of it in silence."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import replace
from functools import partial
from typing import Any, cast

from intercom_iac.diagnostics.codes import fit as codes
from intercom_iac.lazy_dataclass import dataclass
from intercom_iac.model import event_key
from intercom_iac.text.lists import brief_list

from .findings import finding
from .proposal import FitFinding, NotMapped
from .sources.readings import SourceEvent, SourceField


@dataclass(frozen=True, slots=True, kw_only=True)
class Named:
    """A thing of a source with its name and address in specs. `source` is the number of its reading."""

    name: str
    address: str
    source: int
    thing: SourceEvent | SourceField


@dataclass(frozen=True, slots=True)
class Merged:
    """The things that are left, and what was done to the others."""

    named: tuple[Named, ...]
    not_mapped: tuple[NotMapped, ...] = ()
    findings: tuple[FitFinding, ...] = ()


def merge_events(events: Iterable[Named], key_of: Callable[[str], str]) -> Merged:
    """Events by the name that Intercom stores. `key_of` gives names of properties that are one key the same text."""
    return _merge(events, lambda named: event_key(named.name), partial(_join_events, key_of))


def merge_fields(fields: Iterable[Named]) -> Merged:
    """Attributes, or the keys of one event, by their names in any case."""
    return _merge(fields, lambda named: named.name.casefold(), _join_fields)


@dataclass(frozen=True, slots=True, kw_only=True)
class _Difference:
    """A key that two say differently: what the first says, and the other, and where."""

    path: str
    first: Any
    other: Any
    first_place: str
    other_place: str

    @property
    def sides(self) -> tuple[str, str, str]:
        return self.path, sentence_value(self.first), sentence_value(self.other)


@dataclass(frozen=True, slots=True)
class _Joined:
    """One of two, and where they differ."""

    thing: Any
    differences: tuple[_Difference, ...] = ()


def _merge(
    things: Iterable[Named], key: Callable[[Named], str], join: Callable[[Any, Any], _Joined]
) -> Merged:
    kept: dict[str, Named] = {}
    notes: list[NotMapped] = []
    findings: list[FitFinding] = []
    # A property of many events may differ many times, and alike: that is told once.
    told: set[tuple[str, tuple[str, str, str]]] = set()
    for named in things:
        first = kept.setdefault(key(named), named)
        if first is named:
            continue
        if first.source == named.source and first.thing.name != named.thing.name:
            notes.append(_left_out(first, named))
            findings.append(_collision(first, named))
            continue
        joined = join(first.thing, named.thing)
        kept[key(named)] = replace(first, thing=joined.thing)
        new = [
            difference for difference in joined.differences if (first.address, difference.sides) not in told
        ]
        told |= {(first.address, difference.sides) for difference in new}
        notes += [_conflict(first, difference) for difference in new]
        findings += [_conflicts(first, new)] if new else []
    return Merged(tuple(kept.values()), tuple(notes), tuple(findings))


def _left_out(first: Named, other: Named) -> NotMapped:
    why = f"its name in specs is that of `{first.thing.name}` ({first.thing.place}), which is written"
    return NotMapped(what=f"`{other.thing.name}` ({other.address})", why=why, place=other.thing.place)


def _collision(first: Named, other: Named) -> FitFinding:
    return finding(
        codes.COLLISION,
        f"`{first.thing.name}` and `{other.thing.name}` are one name, `{first.name}`: the first is written "
        f"({first.thing.place}), the second left out ({other.thing.place})",
        first.address,
    )


def _conflict(first: Named, difference: _Difference) -> NotMapped:
    return NotMapped(
        what=f"`{difference.path}` of `{first.address}`: {sentence_value(difference.other)}, "
        f"where {difference.first_place} says {sentence_value(difference.first)}",
        why="sources differ, and what the first says is written",
        place=difference.other_place,
    )


def _conflicts(first: Named, differences: Sequence[_Difference]) -> FitFinding:
    said = "; ".join(
        f"`{difference.path}` is {sentence_value(difference.first)} ({difference.first_place}) "
        f"and {sentence_value(difference.other)} ({difference.other_place})"
        for difference in differences
    )
    message = f"`{first.address}` is described in two ways, of which the first is written: {said}"
    return finding(codes.CONFLICT, message, first.address)


def sentence_value(value: Any) -> str:
    """A value in a sentence."""
    if isinstance(value, tuple):
        return brief_list([str(part) for part in cast("tuple[Any, ...]", value)]) or "none"
    text = str(value).lower() if isinstance(value, bool) else str(value)
    return f"`{text[:60]}…`" if len(text) > 60 else f"`{text}`"


# --- two of one name ----------------------------------------------------------------------------------------


def _join_fields(first: SourceField, other: SourceField) -> _Joined:
    if first.guess is not None and other.guess is None:
        first = replace(first, type=other.type, options=other.options, guess=None)
    differences: list[_Difference] = []
    if other.guess is None:
        differences += _differing(first, other, ("type",))
        if first.type is other.type:
            differences += _differing(first, other, ("options",))
    differences += _differing(first, other, ("required", "status"))
    if first.description is not None and other.description is not None:
        differences += _differing(first, other, ("description",))
    return _Joined(replace(first, description=first.description or other.description), tuple(differences))


def _join_events(key_of: Callable[[str], str], first: SourceEvent, other: SourceEvent) -> _Joined:
    """An event with the properties of both; those that both have are joined, too."""
    fields = list(first.fields)
    positions = {key_of(field.name): at for at, field in reversed([*enumerate(fields)])}
    differences = list(_differing(first, other, ("status",)))
    if first.description is not None and other.description is not None:
        differences += _differing(first, other, ("description",))
    for field in other.fields:
        at = positions.get(key_of(field.name))
        if at is None:
            fields.append(field)
            continue
        joined = _join_fields(fields[at], field)
        fields[at] = joined.thing
        differences += [
            replace(difference, path=f"metadata.{field.name}.{difference.path}")
            for difference in joined.differences
        ]
    joined_event = replace(
        first,
        fields=tuple(fields),
        description=first.description or other.description,
        remarks=tuple(dict.fromkeys((*first.remarks, *other.remarks))),
        intercom_name=first.intercom_name or other.intercom_name,
        not_mapped=(*first.not_mapped, *other.not_mapped),
        nested=(*first.nested, *other.nested),
    )
    return _Joined(joined_event, tuple(differences))


def _differing(first: Any, other: Any, keys: Sequence[str]) -> Iterator[_Difference]:
    for key in keys:
        mine, theirs = getattr(first, key), getattr(other, key)
        if mine != theirs:
            yield _Difference(
                path=key, first=mine, other=theirs, first_place=first.place, other_place=other.place
            )
