"""People from newline-delimited JSON, as Intercom's API returns contacts, companies and events."""

from __future__ import annotations

import json
from collections import defaultdict
from collections.abc import Iterator
from pathlib import Path
from typing import Any, cast

from intercom_iac.diagnostics import Misuse
from intercom_iac.model import Person

Json = dict[str, Any]


def people(contacts: Path, companies: Path | None, events: Path | None) -> Iterator[Person]:
    """Each contact with its companies and events, in the order of the contacts file.

    A contact's companies are those whose `id` its `companies.data[].id` names; its events those whose
    `intercom_user_id` is its `id`. Raises `Misuse` at the first line that is no JSON object.
    """
    by_id = {str(each["id"]): each for each in _objects(companies) if "id" in each}
    by_contact: defaultdict[str, list[Json]] = defaultdict(list)
    for each in _objects(events):
        if "intercom_user_id" in each:
            by_contact[str(each["intercom_user_id"])].append(each)
    for contact in _objects(contacts):
        linked = [by_id[each] for each in _company_ids(contact) if each in by_id]
        yield Person(contact, linked, by_contact.get(str(contact["id"]), []) if "id" in contact else [])


def _company_ids(contact: Json) -> list[str]:
    held = contact.get("companies")
    data = cast("Json", held).get("data") if isinstance(held, dict) else None
    found = cast("list[Any]", data) if isinstance(data, list) else []
    return [str(cast("Json", each).get("id")) for each in found if isinstance(each, dict)]


def _objects(path: Path | None) -> Iterator[Json]:
    if path is None:
        return
    number = 0
    try:
        with path.open(encoding="utf-8-sig") as lines:
            for line in lines:
                number += 1
                if not line.strip():
                    continue
                data: Any = json.loads(line)
                if not isinstance(data, dict):
                    raise ValueError
                yield cast("Json", data)
    except UnicodeDecodeError as error:
        raise Misuse(f"`{path}` is not UTF-8 text") from error
    except (ValueError, RecursionError) as error:
        raise Misuse(
            f"{path}:{number}: the line is no JSON object", hint="a file of objects, one on each line"
        ) from error
    except OSError as error:
        raise Misuse(f"cannot read `{path}`: {(error.strerror or 'unreadable').lower()}") from error
