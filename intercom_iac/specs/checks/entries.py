"""Checks of entries, alone and together: options, metadata, caps, renames, names that clash.

One function for each subject. An archived entry has to be well-formed; its name stays taken where Intercom keeps it,
as it does for attributes and events.
"""

from __future__ import annotations

from collections.abc import Callable, Hashable, Iterator, Sequence
from typing import Any

from intercom_iac.diagnostics import Code, Diagnostic, Related
from intercom_iac.diagnostics.codes import lint, ref
from intercom_iac.diagnostics.codes import spec as codes
from intercom_iac.model import MODELS, STANDARD, event_key
from intercom_iac.model.limits import (
    MAX_ATTRIBUTES,
    MAX_EVENTS,
    MAX_METADATA_KEYS,
    MIN_OPTIONS,
    PREDEFINED_SEGMENTS,
    is_near_cap,
)

from ..load.declarations import Declaration, Declarations, E
from ..load.entries import AttributeEntry, EventEntry, MetadataEntry, SegmentEntry
from .built_in_intercom import check_built_in_intercom, remark_on_unknown_rules
from .confusable import check_confusable
from .likenesses import check_likenesses
from .replacements import check_replacements, deprecation_fix


def check_declarations(declared: Declarations) -> Iterator[Diagnostic]:
    """What is wrong with the entries, in no order."""
    for attribute in declared.attributes:
        yield from _check_options(attribute, (), attribute.entry)
    for event in declared.events:
        yield from _check_metadata(event)
        yield from _check_stored_name(event)
    for segment in declared.segments:
        yield from _check_segment_name(segment)
        yield from _check_publish(segment)
        yield from check_built_in_intercom(segment)
    yield from _check_unique_names(declared)
    yield from _check_renames(declared)
    yield from check_replacements(declared.attributes)
    yield from _check_caps(declared)
    yield from check_likenesses(declared)
    yield from check_confusable(declared)
    yield from remark_on_unknown_rules(declared)


# --- one entry ----------------------------------------------------------------------------------------------


def _check_options(
    declaration: Declaration[Any], below: tuple[str, ...], entry: AttributeEntry | MetadataEntry
) -> Iterator[Diagnostic]:
    options = entry.options
    name = below[-1] if below else declaration.name
    if entry.type != "options":
        if entry.open_options:
            yield codes.OPTIONS_AND_TYPE.at(
                declaration.at(*below, "open_options"),
                f"`{name}` has `open_options` and is of type `{entry.type}`",
                hint="make it `type: options`, or remove `open_options`",
            )
        if options is not None:
            yield codes.OPTIONS_AND_TYPE.at(
                declaration.at(*below, "options"),
                f"`{name}` has options and is of type `{entry.type}`",
                hint="make it `type: options`, or remove the options",
            )
        return
    if options is None:
        yield codes.OPTIONS_AND_TYPE.at(
            declaration.value(*below, "type"),
            f"`{name}` is of type `options` and has none",
            hint="add them, such as `options: [free, pro]`, or make it `type: string`",
        )
        return
    if len(options) < MIN_OPTIONS:
        yield codes.TOO_FEW_OPTIONS.at(
            declaration.at(*below, "options"),
            f"`{name}` has fewer than {MIN_OPTIONS} options",
            hint="add another one; Intercom refuses a list with fewer",
        )
    first: dict[str, int] = {}
    for index, option in enumerate(options):
        place = declaration.value(*below, "options", index)
        if option in first:
            earlier = Related(
                declaration.value(*below, "options", first[option]), "the first one stands here"
            )
            yield codes.DUPLICATE_OPTION.at(
                place,
                f"`{option}` stands twice among the options",
                hint="remove one"
                if len(set(options)) >= MIN_OPTIONS
                else "write another option in its place",
                related=(earlier,),
            )
        first.setdefault(option, index)


def _check_metadata(event: Declaration[EventEntry]) -> Iterator[Diagnostic]:
    metadata = event.entry.metadata or {}
    folded: dict[str, str] = {}
    for index, (key, entry) in enumerate(metadata.items()):
        yield from _check_options(event, ("metadata", key), entry)
        live = event.entry.status != "archived"
        if live and entry.type == "date" and not key.casefold().endswith("_date"):
            yield lint.METADATA_DATE.at(
                event.at("metadata", key),
                f"Intercom reads `{key}` as a number, since its name does not end in `_date`",
                hint=f"call it `{key}_date`, or make it `type: integer`",
            )
        other = folded.setdefault(key.casefold(), key)
        if other != key:
            yield ref.SAME_METADATA_KEY.at(
                event.at("metadata", key),
                f"`{key}` and `{other}` are one key in Intercom",
                hint="give one of them another name",
                related=(Related(event.at("metadata", other), "the other one stands here"),),
            )
        if index == MAX_METADATA_KEYS:
            yield codes.TOO_MANY_METADATA_KEYS.at(
                event.at("metadata", key),
                f"`{event.name}` has {len(metadata)} metadata keys; Intercom keeps {MAX_METADATA_KEYS}",
                hint="remove this one and those below it, or split the event",
            )


def _check_stored_name(event: Declaration[EventEntry]) -> Iterator[Diagnostic]:
    # What its key changes besides case is what Intercom rewrites.
    stored = "".join(
        character if event_key(character) == character.casefold() else event_key(character)
        for character in event.name
    )
    if stored != event.name and event.entry.status != "archived":
        yield lint.REWRITTEN_EVENT.at(
            event.span, f"Intercom stores the event `{event.name}` as `{stored}`", hint=f"call it `{stored}`"
        )


def _check_segment_name(segment: Declaration[SegmentEntry]) -> Iterator[Diagnostic]:
    # As written: an empty name is a mistake, and not the key.
    name = segment.name if segment.entry.name is None else segment.entry.name
    place = segment.span if segment.entry.name is None else segment.value("name")
    meant = segment.entry.has_unknown_rule
    if name in PREDEFINED_SEGMENTS and not segment.entry.publish and not meant:
        yield codes.PREDEFINED_SEGMENT.at(
            place,
            f"`{name}` is a segment of Intercom's own, which the plan would take for `{segment.name}`",
            hint="give it another `name`, and build the segment under that one",
        )


def _check_publish(segment: Declaration[SegmentEntry]) -> Iterator[Diagnostic]:
    publish = segment.entry.publish or ()
    for index, kind in enumerate(publish):
        if kind in publish[:index]:
            place = segment.value("publish", index)
            yield codes.BAD_VALUE.at(place, f"`{kind}` stands twice in `publish`", hint="remove one")


def _displayed_name(segment: Declaration[SegmentEntry]) -> str:
    """The name people read in Intercom."""
    return segment.entry.name or segment.name


# --- all entries together -----------------------------------------------------------------------------------


def _check_unique_names(declared: Declarations) -> Iterator[Diagnostic]:
    yield from _check_clashes(
        declared.attributes,
        lambda attribute: (attribute.model, attribute.name),
        ref.DECLARED_TWICE,
        lambda attribute, _: f"the {attribute.model} attribute `{attribute.name}` is declared twice",
        "keep one of the declarations",
    )
    # A name that is one of Intercom's own is told, and not declared for its model.
    own = [
        attribute
        for attribute in declared.attributes
        if (attribute.model, attribute.name.casefold()) not in STANDARD
    ]
    yield from _check_clashes(
        _first_by_key(own, lambda attribute: (attribute.model, attribute.name)),
        lambda attribute: attribute.name,
        ref.SHARED_NAME,
        lambda attribute, _: (
            f"`{attribute.name}` is declared for contacts and for companies, and Intercom knows one only"
        ),
        "give one of them another name",
    )
    yield from _check_clashes(
        declared.events,
        lambda event: event.name,
        ref.DECLARED_TWICE,
        lambda event, _: f"the event `{event.name}` is declared twice",
        "keep one of the declarations",
    )
    yield from _check_clashes(
        _first_by_key(declared.events, lambda event: event.name),
        lambda event: event_key(event.name),
        ref.SAME_EVENT,
        lambda event, other: f"Intercom reads the events `{event.name}` and `{other.name}` as one",
        "keep one of them: Intercom ignores case and stores `.` and `$` as `-`",
    )
    yield from _check_clashes(
        declared.segments,
        lambda segment: segment.name,
        ref.DECLARED_TWICE,
        lambda segment, _: f"the segment `{segment.name}` is declared twice",
        "keep one of the declarations",
    )
    yield from _check_clashes(
        declared.assertions,
        lambda assertion: assertion.name,
        ref.DECLARED_TWICE,
        lambda assertion, _: f"the assertion `{assertion.name}` is made twice",
        "give one of them another name",
    )
    # An archived segment has in Intercom what others leave, so that its name is free.
    live = [segment for segment in declared.segments if segment.entry.status != "archived"]
    segments = _first_by_key(live, lambda segment: segment.name)
    yield from _check_clashes(
        segments,
        _displayed_name,
        ref.SAME_SEGMENT_NAME,
        lambda segment, other: f"the segments `{segment.name}` and `{other.name}` have one name in Intercom",
        "give one of them another `name`",
    )
    tags = [
        segment for segment in segments if not {"tag", "company tag"}.isdisjoint(segment.entry.publish or ())
    ]
    yield from _check_clashes(
        _first_by_key(tags, _displayed_name),
        lambda segment: _displayed_name(segment).casefold(),
        ref.SAME_TAG,
        lambda segment, other: (
            f"the tags `{_displayed_name(segment)}` and `{_displayed_name(other)}` are one in Intercom"
        ),
        "give one of the segments another `name`: tags of any case are one",
    )


def _first_by_key(
    declarations: Sequence[Declaration[E]], key: Callable[[Declaration[E]], Hashable]
) -> list[Declaration[E]]:
    """The first declaration of each key: further ones have a diagnostic already."""
    first: dict[Hashable, Declaration[E]] = {}
    for declaration in declarations:
        first.setdefault(key(declaration), declaration)
    return [*first.values()]


def _check_clashes(
    declarations: Sequence[Declaration[Any]],
    key: Callable[[Declaration[Any]], Hashable],
    code: Code,
    message: Callable[[Declaration[Any], Declaration[Any]], str],
    hint: str,
) -> Iterator[Diagnostic]:
    """A diagnostic for each declaration whose key an earlier one has."""
    first: dict[Hashable, Declaration[Any]] = {}
    for declaration in declarations:
        other = first.setdefault(key(declaration), declaration)
        if other is not declaration:
            yield code.at(
                declaration.span,
                message(declaration, other),
                hint=hint,
                related=(Related(other.span, "the other one stands here"),),
            )


def _check_renames(declared: Declarations) -> Iterator[Diagnostic]:
    """An old name is one of the workspace: a segment's is the name people read there, never its key."""
    remedy = "give `{}` `status: deprecated`, or `archived` where nothing uses it any more"
    for model in MODELS:
        attributes = [attribute for attribute in declared.attributes if attribute.model == model]
        yield from _check_renames_among(attributes, lambda attribute: attribute.name, str, remedy)
    yield from _check_renames_among(declared.events, lambda event: event.name, event_key, remedy)
    yield from _check_renames_among(
        declared.segments, _displayed_name, str, "remove this line, or the declaration of `{}`"
    )


def _check_renames_among(
    group: Sequence[Declaration[Any]],
    name_of: Callable[[Declaration[Any]], str],
    key: Callable[[str], str],
    remedy: str,
) -> Iterator[Diagnostic]:
    """`key` gives two names that are one in Intercom the same text; `remedy` is the hint where both are in use."""
    live = {
        key(name_of(declaration)): declaration
        for declaration in group
        if declaration.entry.status != "archived"
    }
    taken: dict[str, Declaration[Any]] = {}
    for declaration in group:
        old = declaration.entry.renamed_from
        if old is None or declaration.entry.status == "archived":
            continue
        place = declaration.value("renamed_from")
        still = live.get(key(old))
        earlier = taken.setdefault(key(old), declaration)
        if key(old) == key(name_of(declaration)):
            yield ref.RENAMED_FROM.at(place, f"`{old}` is renamed from itself", hint="remove the line")
        elif still is not None and (still.path[0] == "segments" or still.entry.status == "active"):
            yield ref.RENAMED_FROM.at(
                place,
                f"`{old}` is still declared, and `{declaration.name}` says it was renamed from it",
                hint=remedy.format(old),
                related=(Related(still.span, "still declared here"),),
                fix=deprecation_fix(still) if still.path[0] == "attributes" else None,
            )
        elif earlier is not declaration:
            yield ref.RENAMED_FROM.at(
                place,
                f"`{declaration.name}` and `{earlier.name}` are both renamed from `{old}`",
                hint="keep one of them",
                related=(Related(earlier.value("renamed_from"), "the other one stands here"),),
            )


def _check_caps(declared: Declarations) -> Iterator[Diagnostic]:
    names = {attribute.name for attribute in declared.attributes}
    # A segment that is published as an attribute declares one, unless an entry does.
    implied = [
        segment
        for segment in declared.segments
        if "attribute" in (segment.entry.publish or ()) and segment.name not in names
    ]
    for declarations, cap, code, what, candidates in (
        (
            [*declared.attributes, *implied],
            MAX_ATTRIBUTES,
            codes.TOO_MANY_ATTRIBUTES,
            "attributes",
            "; `intercom-iac audit` names candidates",
        ),
        (declared.events, MAX_EVENTS, codes.TOO_MANY_EVENTS, "events", ""),
    ):
        live = [declaration for declaration in declarations if declaration.entry.status != "archived"]
        hint = f"archive those nobody uses, `status: archived`{candidates}"
        if len(live) > cap:
            yield code.at(
                live[cap].span, f"{len(live)} {what} are declared, and a workspace holds {cap}", hint=hint
            )
        elif is_near_cap(len(live), cap):
            yield lint.NEAR_CAP.at(
                live[-1].span,
                f"the specs declare {len(live)} {what}, {100 * len(live) // cap}% of the {cap} a workspace holds",
                hint=hint,
            )
