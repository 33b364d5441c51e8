"""Attributes of one revision against those of another."""

from __future__ import annotations

from collections.abc import Hashable, Iterator
from typing import Any

from intercom_iac.diagnostics.codes.breaking import attributes as attributes_codes
from intercom_iac.model import Attribute, DataType, Schema
from intercom_iac.model.capabilities import type_change

from ..change import SchemaChange, change
from ..readers import Readers
from . import common
from .options import compare_options

_TYPE_CHANGES = {
    "by hand": (
        attributes_codes.TYPE_CHANGED,
        "the type changed",
        "Intercom changes no types: declare another attribute, and archive this one when nothing sends it",
    ),
    "api": (
        attributes_codes.TEXT_TO_LIST,
        "the text becomes a list of options",
        "values that are no option stay on whoever has them, and nobody can choose them again",
    ),
}


def compare_attributes(old: Schema, new: Schema, readers: Readers) -> Iterator[SchemaChange]:
    """What differs, in the order of the new specs, then what is gone."""
    renamed = {
        (attribute.model, attribute.renamed_from): attribute
        for attribute in new.attributes.values()
        if attribute.renamed_from is not None and attribute.status != "archived"
    }
    moved: set[tuple[str, str]] = set()
    for key, was in old.attributes.items():
        now = renamed.get(key)
        if key not in new.attributes and was.status != "archived" and now is not None:
            yield common.renamed(was, now, readers.of(was.address), "the values stay")
            if (now.model, now.name) not in old.attributes:
                moved.add((now.model, now.name))
                yield from _changed(was, now, readers)
    for key, now in new.attributes.items():
        was = old.attributes.get(key)
        if was is not None:
            yield from _changed(was, now, readers)
            if now.status != "archived":
                yield from common.renamed_from(was, now)
        elif key not in moved:
            yield common.added(now, facts(now))
    gone = [
        was
        for key, was in old.attributes.items()
        if key not in new.attributes and (key not in renamed or was.status == "archived")
    ]
    come = [now for key, now in new.attributes.items() if key not in old.attributes and key not in moved]
    for was, hint in common.hints_of_gone(gone, come, lambda each: each.name, _essence):
        yield _gone(was, new, readers, hint)


def _changed(was: Attribute, now: Attribute, readers: Readers) -> Iterator[SchemaChange]:
    affected = readers.of(was.address)
    yield from common.status(was, now, affected)
    if now.status == "archived":
        before, after = facts(was), facts(now)
        differing = [each for each in after if before[each] != after[each] and each != "type"]
        yield from _type(was, now, affected)
        yield from common.archived(was, now, differing)
        return
    if was.type != now.type:
        yield from _type(was, now, affected)
    elif now.type is DataType.OPTIONS:
        places = was.span, now.span
        yield from compare_options(
            (was.address, now.address),
            was.options,
            now.options,
            readers,
            places,
            attributes_codes.OPTION_REMOVED,
        )
    yield from _messenger(was, now, affected)
    yield from common.words(was, now)
    if was.labels != now.labels:
        yield change(
            attributes_codes.LABELS_CHANGED,
            now.address,
            "the labels changed",
            before=_labels(was),
            after=_labels(now),
            affected=affected,
            source=now.span,
            was=was.span,
        )


def _type(was: Attribute, now: Attribute, affected: tuple[str, ...]) -> Iterator[SchemaChange]:
    """Of an archived one too: whoever takes it into use again finds the type that Intercom has."""
    how = type_change(was.type, now.type)
    if how != "none":
        code, message, hint = _TYPE_CHANGES[how]
        yield change(
            code,
            now.address,
            message,
            hint=hint,
            before=was.type.value,
            after=now.type.value,
            affected=affected,
            source=now.span,
            was=was.span,
        )


def _messenger(was: Attribute, now: Attribute, affected: tuple[str, ...]) -> Iterator[SchemaChange]:
    """Intercom ignores what the Messenger sends for an attribute that it may not write, without an error."""
    if was.messenger_writable == now.messenger_writable:
        return
    if now.messenger_writable:
        code, message = (
            attributes_codes.MESSENGER_OPENED,
            "any browser that runs the Messenger may now write it",
        )
        hint = "leave it out unless pages set it; rules that decide about money or access should not read it"
    else:
        code, message = (
            attributes_codes.MESSENGER_CLOSED,
            "what the Messenger sends for it is ignored from now on",
        )
        hint = "send it through the API first, and close it then"
    yield change(
        code,
        now.address,
        message,
        hint=hint,
        before=was.messenger_writable,
        after=now.messenger_writable,
        affected=affected,
        source=now.span,
        was=was.span,
    )


def _essence(attribute: Attribute) -> Hashable:
    """An attribute under another name is of the same model and type."""
    return attribute.model, attribute.type


def _gone(was: Attribute, new: Schema, readers: Readers, hint: str) -> SchemaChange:
    other = "company" if was.model == "contact" else "contact"
    affected = readers.of(was.address)
    if (other, was.name) in new.attributes:
        hint = f"a name serves one of the two: give that of the {other} another, and archive this one"
        return common.gone(was, facts(was), affected, attributes_codes.ATTRIBUTE_GONE, hint)
    return common.gone(was, facts(was), affected, attributes_codes.ATTRIBUTE_GONE, hint)


def _labels(attribute: Attribute) -> dict[str, list[str]]:
    return {key: list(values) for key, values in attribute.labels}


def facts(attribute: Attribute) -> dict[str, Any]:
    """All that an entry says but its name, status and place, as plain data; options in the order of the alphabet."""
    return {
        "type": attribute.type.value,
        "options": sorted(attribute.options),
        "messenger_writable": attribute.messenger_writable or None,
        "description": attribute.description,
        "owner": attribute.owner,
        "labels": _labels(attribute),
        "renamed_from": attribute.renamed_from,
    }
