"""People from newline-delimited JSON, as Intercom's API returns contacts, companies and events."""

from __future__ import annotations

import json
from collections import defaultdict
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any, cast

from intercom_iac.diagnostics import Misuse
from intercom_iac.model import Person, is_registrar

from .files import Files, refuse_what_is_waited_for
from .tags import TagNames, read_tag_names

Json = dict[str, Any]

_LONGEST_LINE = 16 * 1024 * 1024
"""Characters of a line: DuckDB's own bound on an object."""


def people(files: Files, *, with_tags: bool = False) -> Iterator[Person]:
    """Each contact with its companies and events, in the order of the contacts file.

    The contact that registers events is left out. A contact's companies are those whose `id` its
    `companies.data[].id` names; its events those whose `intercom_user_id` is its `id`. `with_tags`: each tag has its
    name. Raises `Misuse` at the first line that is no JSON object, or a contact or company without an id of its own,
    or with a tag whose name is not known.
    """
    names = read_tag_names(files.tags) if with_tags else None
    by_id = dict(objects_with_tag_names(files.companies, "company", names))
    by_contact: defaultdict[str, list[Json]] = defaultdict(list)
    for _, event in _objects(files.events):
        contact_id = id_of(event, "intercom_user_id")
        if contact_id is not None:
            by_contact[contact_id].append(event)
    for contact_id, contact in objects_with_tag_names(files.contacts, "contact", names):
        if is_registrar(contact):
            continue
        linked = [
            by_id[company_identifier]
            for company_identifier in _company_ids(contact)
            if company_identifier in by_id
        ]
        # An address that was taken away reads as an empty text, and a search finds none (recorded, API 2.3).
        known = {**contact, "email": None} if contact.get("email") == "" else contact
        yield Person(known, linked, by_contact.get(contact_id, []))


def id_of(thing: Json, key: str = "id") -> str | None:
    """An id as text; Intercom's are, and what went through a spreadsheet may be whole numbers."""
    found = thing.get(key)
    return str(found) if type(found) in (str, int) and found != "" else None


def truncated_lists(contact: Mapping[str, Any]) -> tuple[str, ...]:
    """Which of `tags` and `companies` a contact lists the first of only: the API gives ten at most and says so
    (`has_more`, API 2.16 description, contact)."""
    lists = {name: contact.get(name) for name in ("tags", "companies")}
    objects = {name: cast("Json", held) for name, held in lists.items() if isinstance(held, dict)}
    return tuple(name for name, held in objects.items() if held.get("has_more") is True)


def _company_ids(contact: Json) -> list[str]:
    held = contact.get("companies")
    data = cast("Json", held).get("data") if isinstance(held, dict) else None
    found = cast("list[Any]", data) if isinstance(data, list) else []
    ids = [id_of(cast("Json", company)) for company in found if isinstance(company, dict)]
    return [identifier for identifier in ids if identifier is not None]


def objects_in(path: Path) -> Iterator[Json]:
    """The objects of a file. Raises `Misuse` at the first line that is none."""
    return (thing for _, thing in _objects(path))


def objects_with_ids(path: Path | None, what: str) -> Iterator[tuple[str, Json]]:
    """The objects of a file with their ids. Raises `Misuse` at one that has none, or that of one before."""
    return ((found, thing) for _, found, thing in _objects_with_lines(path, what))


def objects_with_tag_names(
    path: Path | None, what: str, names: TagNames | None
) -> Iterator[tuple[str, Json]]:
    """The same, each tag with its name where names are given. Raises `Misuse` also at a tag that has none."""
    for number, found, thing in _objects_with_lines(path, what):
        yield found, thing if names is None else names.with_names(thing, f"{path}:{number}")


def _objects_with_lines(path: Path | None, what: str) -> Iterator[tuple[int, str, Json]]:
    lines: dict[str, int] = {}
    for number, thing in _objects(path):
        found = id_of(thing)
        if found is None:
            hint = "objects stand as Intercom's API returns them"
            raise Misuse(f"{path}:{number}: the {what} has no `id`", hint=hint)
        if lines.setdefault(found, number) != number:
            hint = f"the other is in line {lines[found]}; remove one of them"
            raise Misuse(f"{path}:{number}: a second {what} has the `id` `{found}`", hint=hint)
        yield number, found, thing


def parse_json(text: str) -> object:
    """JSON as DuckDB reads it too: of a key that stands twice the first counts. Raises `ValueError` where it is none,
    as NaN is none."""
    return json.loads(text, parse_constant=_no_json, object_pairs_hook=_first_wins)


def _no_json(constant: str) -> None:
    raise ValueError(constant)


def _first_wins(pairs: list[tuple[str, Any]]) -> Json:
    return dict(reversed(pairs))


def _objects(path: Path | None) -> Iterator[tuple[int, Json]]:
    """The objects of a file with the numbers of their lines; none where there is no file."""
    if path is None:
        return
    refuse_what_is_waited_for(path)
    number = 0
    try:
        with path.open(encoding="utf-8-sig", newline="\n") as lines:
            while line := lines.readline(_LONGEST_LINE + 1):
                number += 1
                if len(line) > _LONGEST_LINE:
                    raise Misuse(
                        f"{path}:{number}: the line is longer than any object is",
                        hint="a file of objects, one on each line",
                    )
                if not line.strip():
                    continue
                data = parse_json(line)
                if not isinstance(data, dict):
                    raise ValueError
                yield number, cast("Json", data)
    except UnicodeDecodeError as error:
        raise Misuse(f"`{path}` is not UTF-8 text") from error
    except (ValueError, RecursionError) as error:
        raise Misuse(
            f"{path}:{number}: the line is no JSON object", hint="a file of objects, one on each line"
        ) from error
    except OSError as error:
        raise Misuse(f"cannot read `{path}`: {(error.strerror or 'unreadable').lower()}") from error
