"""Names of tags, which Intercom lists on people by id alone.

A contact's `tags.data` and a company's `tags.tags` hold `{id, type, url}` (recorded answers of the API; the 2.16
description shows no more), and a rule asks for tags by name. `GET /tags` has both.
"""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping
from dataclasses import field
from pathlib import Path
from typing import Any, cast

from intercom_iac.diagnostics import Misuse
from intercom_iac.lazy_dataclass import dataclass

from .files import refuse_what_is_waited_for

Json = dict[str, Any]

_LARGEST = 64 * 1024 * 1024
"""Characters of the file: far more than a workspace has tags."""


@dataclass(frozen=True, slots=True)
class TagNames:
    """The names of a workspace's tags by id, as a file has them; without a file, none."""

    path: Path | None = None
    names: Mapping[str, str] = field(default_factory=dict[str, str])

    def with_names(self, subject: Json, place: str) -> Json:
        """A contact or company whose tags all have their names. `place` says in which file and line it stands.

        Raises `Misuse` for a tag that has none: whoever has it would be taken for somebody without it.
        """
        lists = subject.get("tags")
        if not isinstance(lists, dict):
            return subject
        held = cast("Json", lists)
        key = "data" if "data" in held else "tags"
        if not isinstance(held.get(key), list):
            return subject
        tags = [self._with_name(tag, place) for tag in cast("list[Any]", held[key])]
        return {**subject, "tags": {**held, key: tags}}

    def _with_name(self, tag: object, place: str) -> object:
        if not isinstance(tag, dict):
            return tag
        found = cast("Json", tag)
        tag_id = found.get("id")
        if isinstance(found.get("name"), str) or type(tag_id) not in (str, int):
            return found
        name = self.names.get(str(tag_id))
        if name is None:
            raise self.unnamed_tag_error(str(tag_id), place)
        return {**found, "name": name}

    def unnamed_tag_error(self, tag_id: str, place: str) -> Misuse:
        """The error for a tag whose name is not known."""
        if self.path is None:
            return Misuse(
                f"{place}: the tag with the id `{tag_id}` has no name, and a rule asks for tags by name",
                hint="pass --tags FILE with the answer of GET /tags: Intercom lists tags on people by id alone",
            )
        return Misuse(
            f"{place}: `{self.path}` has no tag with the id `{tag_id}`",
            hint="take the answer of GET /tags again, at the time of the contacts and from the same workspace",
        )


def read_tag_names(path: Path | None) -> TagNames:
    """The names in a file: the answer of GET /tags, a list of tags, or a tag a line; none where there is no file.

    Raises `Misuse` where the file cannot be read or holds something else.
    """
    if path is None:
        return TagNames()
    names: dict[str, str] = {}
    for tag in _tags(path):
        tag_id, name = tag.get("id"), tag.get("name")
        if type(tag_id) not in (str, int) or not isinstance(name, str):
            raise _not_tags(path)
        names[str(tag_id)] = name
    return TagNames(path, names)


def _tags(path: Path) -> Iterator[Json]:
    refuse_what_is_waited_for(path)
    try:
        with path.open(encoding="utf-8-sig") as stream:
            text = stream.read(_LARGEST + 1)
    except UnicodeDecodeError as error:
        raise Misuse(f"`{path}` is not UTF-8 text") from error
    except OSError as error:
        raise Misuse(f"cannot read `{path}`: {(error.strerror or 'unreadable').lower()}") from error
    if len(text) > _LARGEST:
        raise Misuse(f"cannot read `{path}`: it is larger than {_LARGEST >> 20} MiB")
    try:
        held: object = json.loads(text)
    except (ValueError, RecursionError):
        held = None
    if isinstance(held, dict) and isinstance(cast("Json", held).get("data"), list):
        held = cast("Json", held)["data"]
    if not isinstance(held, list):
        held = [_line(path, line) for line in text.splitlines() if line.strip()]
    for tag in cast("list[Any]", held):
        if not isinstance(tag, dict):
            raise _not_tags(path)
        yield cast("Json", tag)


def _line(path: Path, text: str) -> object:
    try:
        return json.loads(text)
    except (ValueError, RecursionError) as error:
        raise _not_tags(path) from error


def _not_tags(path: Path) -> Misuse:
    return Misuse(
        f"`{path}` does not hold tags, each with its `id` and `name`",
        hint='it should be the answer of GET /tags, such as {"type": "list", "data": [{"id": "17", "name": "VIP"}]}',
    )
