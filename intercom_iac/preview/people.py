"""People from newline-delimited JSON, as Intercom's API returns contacts, companies and events."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterator, Mapping, Sequence
from functools import lru_cache
from itertools import chain
from operator import eq
from pathlib import Path
from typing import TYPE_CHECKING, Any, cast

from intercom_iac.diagnostics import Misuse
from intercom_iac.model import event_key
from intercom_iac.model.limits import REGISTRAR_EXTERNAL_ID

from .files import Files
from .json.keys import Keys
from .json.lines import Json, line_blocks, parse_line
from .needs import ReadKeys
from .tags import TagNames, read_tag_names

_TEXT = {str}

if TYPE_CHECKING:
    from .json.typed_objects import TypedObjects


def people(
    files: Files,
    *,
    with_tags: bool = False,
    keys: ReadKeys | None = None,
    check_memory: Callable[[], None] = lambda: None,
) -> Iterator[tuple[Json, Sequence[Json], Sequence[Json]]]:
    """Each contact with its companies and events, what a `Person` is made of, in the order of the contacts file.

    The contact that registers events is left out. A contact's companies are those whose `id` its
    `companies.data[].id` names; its events those whose `intercom_user_id` is its `id`. `with_tags`: each tag has its
    name. `keys`: what is read of them; the rest may be left out. `check_memory` is called now and then. Raises
    `Misuse` at the first line that is no JSON object, or a contact or company without an id of its own, or with a tag
    whose name is not known.
    """
    names = read_tag_names(files.tags) if with_tags else None
    company_keys, contact_keys = (None, None) if keys is None else (keys.company, keys.contact)
    by_id = dict(objects_with_tag_names(files.companies, "company", names, company_keys, check_memory))
    by_contact = _events_by_contact(files.events, keys, check_memory)
    for first, ids, contacts in _blocks_with_ids(files.contacts, "contact", contact_keys, check_memory):
        for number, (contact_id, contact) in enumerate(zip(ids, contacts, strict=True), first):
            if names is not None:
                contact = names.with_names(contact, f"{files.contacts}:{number}")
            if contact.get("external_id") == REGISTRAR_EXTERNAL_ID:
                continue
            # An address that was taken away reads as an empty text, and a search finds none (recorded, API 2.3).
            known = {**contact, "email": None} if contact.get("email") == "" else contact
            linked = [by_id[link] for link in _company_ids(contact) if link in by_id] if by_id else ()
            yield known, linked, by_contact.get(contact_id, ()) if by_contact else ()


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


def _events_by_contact(
    path: Path | None, keys: ReadKeys | None, check_memory: Callable[[], None]
) -> Mapping[str, Sequence[Json]]:
    """The events of each contact; where keys are given, those that may count for the rule, with these keys alone."""
    moments = None if keys is None else keys.moments
    by_contact: defaultdict[str, list[Json]] = defaultdict(list)
    for _, events in _event_blocks(path, keys, check_memory):
        for event in events:
            if moments is not None and not _lies_between(event.get("created_at"), *moments):
                continue
            contact_id = id_of(event, "intercom_user_id")
            if contact_id is not None:
                by_contact[contact_id].append(event)
    return by_contact


def _lies_between(moment: object, first: float, last: float) -> bool:
    return (type(moment) is int or type(moment) is float) and first <= moment <= last


def _event_blocks(
    path: Path | None, keys: ReadKeys | None, check_memory: Callable[[], None]
) -> Iterator[tuple[int, list[Json]]]:
    """Events; where keys are given, those that the rule names, each with the keys that it reads."""
    if keys is None:
        return _object_blocks(path, check_memory=check_memory)

    @lru_cache(maxsize=10_000)
    def is_asked_for(name: str) -> bool:
        return event_key(name) in keys.events

    def is_read(name: object) -> bool:
        return isinstance(name, str) and is_asked_for(name)

    return _object_blocks(path, keys.event, is_read=is_read, check_memory=check_memory)


def objects_in(path: Path | None) -> Iterator[Json]:
    """The objects of a file. Raises `Misuse` at the first line that is none."""
    return chain.from_iterable(objects for _, objects in _object_blocks(path))


def objects_with_ids(path: Path | None, what: str) -> Iterator[tuple[str, Json]]:
    """The objects of a file with their ids. Raises `Misuse` at one that has none, or that of one before."""
    return chain.from_iterable(
        zip(ids, objects, strict=True) for _, ids, objects in _blocks_with_ids(path, what)
    )


def objects_with_tag_names(
    path: Path | None,
    what: str,
    names: TagNames | None,
    keys: Keys | None = None,
    check_memory: Callable[[], None] = lambda: None,
) -> Iterator[tuple[str, Json]]:
    """The same, each tag with its name where names are given. Raises `Misuse` also at a tag that has none."""
    for first, ids, objects in _blocks_with_ids(path, what, keys, check_memory):
        for number, (found, thing) in enumerate(zip(ids, objects, strict=True), first):
            yield found, thing if names is None else names.with_names(thing, f"{path}:{number}")


def _blocks_with_ids(
    path: Path | None,
    what: str,
    keys: Keys | None = None,
    check_memory: Callable[[], None] = lambda: None,
) -> Iterator[tuple[int, list[str], list[Json]]]:
    """The objects of a file with their ids, of lines that follow each other, with the number of the first line."""
    lines: dict[str, int] = {}
    for first, objects in _object_blocks(path, keys, check_memory=check_memory):
        ids = [thing.get("id") for thing in objects]
        if {*map(type, ids)} == _TEXT:
            numbers, texts = range(first, first + len(ids)), cast("list[str]", ids)
            if all(map(eq, map(lines.setdefault, texts, numbers), numbers)) and "" not in lines:
                yield first, texts, objects
                continue
        for number, thing in enumerate(objects, first):
            if (found := id_of(thing)) is None:
                hint = "objects stand as Intercom's API returns them"
                raise Misuse(f"{path}:{number}: the {what} has no `id`", hint=hint)
            if lines.setdefault(found, number) != number:
                hint = f"the other is in line {lines[found]}; remove one of them"
                raise Misuse(f"{path}:{number}: a second {what} has the `id` `{found}`", hint=hint)
            yield number, [found], [thing]


def _object_blocks(
    path: Path | None,
    keys: Keys | None = None,
    *,
    is_read: Callable[[object], bool] | None = None,
    check_memory: Callable[[], None] = lambda: None,
) -> Iterator[tuple[int, list[Json]]]:
    """The objects of a file, of lines that follow each other, with the number of the first line; none where there is
    no file.

    Where keys are given, an object may have these alone, and of `is_read` only events whose names it is true of need
    be given. Raises `Misuse` at the first line that is no object.
    """
    if path is None:
        return
    typed: TypedObjects | None = None
    for first, lines, text in line_blocks(path):
        check_memory()
        if typed is None and keys is not None and first > 1:
            # What is in one block is read sooner than the library is loaded.
            typed = _typed_objects(keys, is_read)
        objects = typed.read(lines, text) if typed is not None else None
        if objects is not None:
            yield first, objects
            continue
        for number, line in enumerate(lines, first):
            objects = typed.read([line], line) if typed is not None else None
            if objects is None:
                parsed = parse_line(line, path, number)
                objects = (
                    []
                    if parsed is None or not (is_read is None or is_read(parsed.get("event_name")))
                    else [parsed if keys is None else keys.only(parsed)]
                )
            yield number, objects


def _typed_objects(keys: Keys, is_read: Callable[[object], bool] | None) -> TypedObjects | None:
    """A reader of many lines at once; None where the library for it is not installed."""
    try:
        from .json.typed_objects import NamedEvents, TypedObjects
    except ModuleNotFoundError:
        return None
    return TypedObjects(keys, names=None if is_read is None else NamedEvents(is_read))
