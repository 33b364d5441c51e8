"""What attributes, events and segments have in common: they come and go, have a status, an owner, a description."""

from __future__ import annotations

import json
import re
from collections import Counter
from collections.abc import Callable, Hashable, Iterable, Iterator, Mapping, Sequence
from typing import Any, TypeVar

from intercom_iac.diagnostics import Code
from intercom_iac.diagnostics.codes.breaking import entries as entries_codes
from intercom_iac.model import Attribute, Event, Segment
from intercom_iac.text import near
from intercom_iac.text.likeness import told_apart

from ..change import Kind, SchemaChange, change

Entry = Attribute | Event | Segment
E = TypeVar("E", Attribute, Event, Segment)

_PUT_BACK = "put it back with `status: archived`; once that is applied everywhere the entry can go"
_RETIRE_FIRST = "take it out of those rules first, in a change of its own, and archive it then"
# What YAML readers take for something else than a text.
_NO_TEXTS = frozenset(("true", "false", "yes", "no", "on", "off", "null", "y", "n"))
# What a status comes to: out of use, or back in it.
_KINDS: dict[str, Kind] = {
    entries_codes.ARCHIVED_IN_USE.id: "removed",
    entries_codes.ARCHIVED.id: "removed",
    entries_codes.RESTORED.id: "added",
}


def added(new: Entry, after: Mapping[str, Any]) -> SchemaChange:
    """An entry that the old specs do not have."""
    shown = {key: value for key, value in after.items() if value not in (None, [], {})}
    return change(entries_codes.ADDED, new.address, "added", kind="added", after=shown, source=new.span)


def gone(
    old: Entry, before: Mapping[str, Any], affected: tuple[str, ...], code: Code, hint: str = _PUT_BACK
) -> SchemaChange:
    """An entry that the new specs do not have; `code` is for one that was not archived."""
    if old.status == "archived":
        message = "no longer declared, after it was archived"
        return change(entries_codes.ARCHIVED_GONE, old.address, message, kind="removed", was=old.span)
    shown = {key: value for key, value in before.items() if value not in (None, [], {})}
    message = "gone, and was not archived before"
    return change(
        code,
        old.address,
        message,
        kind="removed",
        hint=hint,
        before=shown,
        affected=affected,
        was=old.span,
    )


def hints_of_gone(
    gone: Sequence[E], come: Iterable[E], name: Callable[[E], str], essence: Callable[[E], Hashable]
) -> Iterator[tuple[E, str]]:
    """Each entry that is gone with its hint: to put it back or, where one came that may be the same, to say so.

    `gone` and `come` are all those of their kind; `essence` is what an entry keeps when only its name changes.
    """
    left = Counter(map(essence, gone))
    alike: dict[Hashable, list[str]] = {}
    for each in come:
        if each.renamed_from is None and each.status != "archived":
            alike.setdefault(essence(each), []).append(name(each))
    for old in gone:
        key = essence(old)
        names = alike.get(key, [])
        found = near(name(old), names)
        if found is None and len(names) == left[key] == 1:
            found = names[0]
        rename = f"if it is called `{found}` now, add `renamed_from: {as_yaml(name(old))}` to that; else "
        yield old, f"{rename if found else ''}{_PUT_BACK}"


def as_yaml(text: str) -> str:
    """A text as it can stand in a spec file, whatever is in it: a JSON string is YAML, and `${` names a variable."""
    if re.fullmatch(r"[A-Za-z_][\w-]*", text, re.ASCII) and text.casefold() not in _NO_TEXTS:
        return text
    return json.dumps(text.replace("${", "$${"), ensure_ascii=False)


def status(old: Entry, new: Entry, affected: tuple[str, ...], publishes: str = "") -> Iterator[SchemaChange]:
    """Another status. `affected` are the segments that read it, `publishes` what it publishes, in words."""
    if old.status == new.status:
        return
    code, message, hint = _status(old, new, affected, publishes)
    yield change(
        code,
        new.address,
        message,
        kind=_KINDS.get(code.id, "changed"),
        hint=hint,
        before=old.status,
        after=new.status,
        affected=affected,
        source=new.span,
        was=old.span,
    )


def renamed(
    old: Attribute | Event, new: Attribute | Event, affected: tuple[str, ...], stays: str
) -> SchemaChange:
    """Another name, of something that Intercom cannot rename: `stays` says what is left under the old one."""
    return change(
        entries_codes.RENAMED,
        old.address,
        f"renamed to `{told_apart(old.name, new.name)[1]}`: {stays} under `{told_apart(old.name, new.name)[0]}`",
        hint=f"keep `{old.name}`, and archive it when nothing sends it any more",
        before=old.name,
        after=new.name,
        affected=affected,
        source=new.span,
        was=old.span,
    )


def _status(
    old: Entry, new: Entry, affected: tuple[str, ...], publishes: str
) -> tuple[Code, str, str | None]:
    if new.status == "archived":
        if affected:
            names = ", ".join(f"`{reader}`" for reader in affected)
            verb = "reads" if len(affected) == 1 else "read"
            return entries_codes.ARCHIVED_IN_USE, f"archived while {names} {verb} it", _RETIRE_FIRST
        if publishes:
            hint = "make sure that nothing in Intercom uses it: apply deletes an audience, and a person a tag"
            return entries_codes.ARCHIVED_IN_USE, f"archived while it publishes {publishes}", hint
        return entries_codes.ARCHIVED, "archived; no rule of the specs reads it", None
    if new.status == "deprecated" and old.status == "active":
        return entries_codes.DEPRECATED, "deprecated", None
    return entries_codes.RESTORED, f"no longer {old.status}", None


def words(old: Entry, new: Entry) -> Iterator[SchemaChange]:
    """What is said of an entry and changes nothing in what it is: description and owner."""
    for code, message, before, after in (
        (entries_codes.DESCRIPTION_CHANGED, "the description changed", old.description, new.description),
        (entries_codes.OWNER_CHANGED, "the owner changed", old.owner, new.owner),
    ):
        if before != after:
            yield _said(code, old, new, message, before, after)


def renamed_from(old: Entry, new: Entry) -> Iterator[SchemaChange]:
    """The line alone, where no name changed with it."""
    if old.renamed_from != new.renamed_from:
        yield _said(
            entries_codes.RENAMED_FROM_CHANGED,
            old,
            new,
            "`renamed_from` changed, and no name did",
            old.renamed_from,
            new.renamed_from,
        )


def archived(old: Entry, new: Entry, differing: list[str]) -> Iterator[SchemaChange]:
    """Whatever else differs of an entry that is archived."""
    if differing:
        listed = ", ".join(f"`{field}`" for field in differing)
        yield change(
            entries_codes.ARCHIVED_CHANGED,
            new.address,
            f"archived, and its {listed} changed",
            source=new.span,
            was=old.span,
        )


def _said(
    code: Code, old: Entry, new: Entry, message: str, before: str | None, after: str | None
) -> SchemaChange:
    return change(code, new.address, message, before=before, after=after, source=new.span, was=old.span)
