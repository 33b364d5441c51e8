"""What entries of every kind have in common: they are added, removed, renamed, archived and restored."""

from __future__ import annotations

import json
import re
from collections import Counter
from collections.abc import Callable, Hashable, Iterable, Iterator, Mapping, Sequence
from typing import Any, TypeVar

from intercom_iac.changes.entry_keys import Entry
from intercom_iac.changes.row import Kind
from intercom_iac.diagnostics import Code
from intercom_iac.diagnostics.codes.breaking import entries as codes
from intercom_iac.model import Attribute, Event, Segment
from intercom_iac.text import nearest_name, quoted_names
from intercom_iac.text.likeness import distinguish

from ..change import SchemaChange, schema_change

E = TypeVar("E", Attribute, Event, Segment)

_PUT_BACK = "put it back with `status: archived`; once that is applied everywhere the entry can go"
_RETIRE_FIRST = "take it out of those rules first, in a change of its own, and archive it then"
# What YAML readers take for something else than a text.
_NO_TEXTS = frozenset(("true", "false", "yes", "no", "on", "off", "null", "y", "n"))
# What a status comes to: out of use, or back in it.
_KINDS: dict[str, Kind] = {
    codes.ARCHIVED_IN_USE.id: "removed",
    codes.ARCHIVED.id: "removed",
    codes.RESTORED.id: "added",
}


def addition(entry: Entry, values: Mapping[str, Any]) -> SchemaChange:
    """An entry that the old specs do not have."""
    return schema_change(
        codes.ADDED, entry.address, "added", kind="added", after=dict(values), source=entry.span
    )


def removal(
    entry: Entry, values: Mapping[str, Any], readers: tuple[str, ...], code: Code, hint: str
) -> SchemaChange:
    """An entry that the new specs do not have; `code` is for one that was not archived."""
    if entry.status == "archived":
        message = "no longer declared, after it was archived"
        return schema_change(
            codes.ARCHIVED_GONE, entry.address, message, kind="removed", old_source=entry.span
        )
    return schema_change(
        code,
        entry.address,
        "gone, and was not archived before",
        kind="removed",
        hint=hint,
        before=dict(values),
        affected=readers,
        old_source=entry.span,
    )


def removal_hints(
    removed: Sequence[E],
    added: Iterable[E],
    name: Callable[[E], str],
    kept_by_a_rename: Callable[[E], Hashable],
) -> Iterator[tuple[E, str]]:
    """Each removed entry with its hint: to put it back or, where an added one may be the same, to say so.

    `removed` and `added` are all those of their kind.
    """
    unnamed = Counter(map(kept_by_a_rename, removed))
    candidates: dict[Hashable, list[str]] = {}
    for entry in added:
        if entry.renamed_from is None and entry.status != "archived":
            candidates.setdefault(kept_by_a_rename(entry), []).append(name(entry))
    for entry in removed:
        key = kept_by_a_rename(entry)
        names = candidates.get(key, [])
        new_name = nearest_name(name(entry), names)
        if new_name is None and len(names) == unnamed[key] == 1:
            new_name = names[0]
        rename = (
            f"if it is called `{new_name}` now, add `renamed_from: {as_yaml(name(entry))}` to that; else "
        )
        yield entry, f"{rename if new_name else ''}{_PUT_BACK}"


def as_yaml(text: str) -> str:
    """A text as it can stand in a spec file, whatever is in it: a JSON string is YAML, and `${` names a variable."""
    if re.fullmatch(r"[A-Za-z_][\w-]*", text, re.ASCII) and text.casefold() not in _NO_TEXTS:
        return text
    return json.dumps(text.replace("${", "$${"), ensure_ascii=False)


def status_changes(
    old: Entry, new: Entry, readers: tuple[str, ...], publications: str = ""
) -> Iterator[SchemaChange]:
    """Another status. `readers` are the segments that read it, `publications` what it publishes, in words."""
    if old.status == new.status:
        return
    code, message, hint = _status_impact(old, new, readers, publications)
    yield schema_change(
        code,
        new.address,
        message,
        kind=_KINDS.get(code.id, "changed"),
        hint=hint,
        before=old.status,
        after=new.status,
        names_values=code is codes.DEPRECATED,
        affected=readers,
        source=new.span,
        old_source=old.span,
    )


def rename_change(
    old: Attribute | Event, new: Attribute | Event, readers: tuple[str, ...], left_behind: str
) -> SchemaChange:
    """Another name, of something that Intercom cannot rename: `left_behind` says what is left under the old one."""
    old_name, new_name = distinguish(old.name, new.name)
    return schema_change(
        codes.RENAMED,
        old.address,
        f"renamed to `{new_name}`: {left_behind} under `{old_name}`",
        hint=f"keep `{old.name}`, and archive it when nothing sends it any more",
        before=old.name,
        after=new.name,
        names_values=True,
        affected=readers,
        source=new.span,
        old_source=old.span,
    )


def _status_impact(
    old: Entry, new: Entry, readers: tuple[str, ...], publications: str
) -> tuple[Code, str, str | None]:
    if new.status == "archived":
        if readers:
            verb = "reads" if len(readers) == 1 else "read"
            return codes.ARCHIVED_IN_USE, f"archived while {quoted_names(readers)} {verb} it", _RETIRE_FIRST
        if publications:
            hint = (
                "make sure that nothing in Intercom uses it: apply deletes an audience and archives an attribute, "
                "a person deletes a tag"
            )
            return codes.ARCHIVED_IN_USE, f"archived while it publishes {publications}", hint
        return codes.ARCHIVED, "archived; no rule of the specs reads it", None
    if new.status == "deprecated" and old.status == "active":
        return codes.DEPRECATED, "deprecated", None
    return codes.RESTORED, f"no longer {old.status}", None


def archived_changes(old: Entry, new: Entry, keys: Sequence[str]) -> Iterator[SchemaChange]:
    """All else that differs of an entry that is archived, as one change that names the keys."""
    if keys:
        yield schema_change(
            codes.ARCHIVED_CHANGED,
            new.address,
            f"archived, and its {quoted_names(keys)} changed",
            names_values=True,
            source=new.span,
            old_source=old.span,
        )
