"""The lines of the package's `__init__.py`."""

from __future__ import annotations

from collections.abc import Iterable

from .contents import Contents
from .events import event_lines
from .records import record_lines

# What the package hands on of its runtime module.
_HANDED_ON = (
    "UNSET",
    "Event",
    "IntercomError",
    "InvalidValue",
    "Money",
    "NotFound",
    "RateLimited",
    "Refused",
    "RichLink",
    "Unauthorized",
    "UnexpectedAnswer",
    "Unreachable",
    "Unset",
)
_DECLARED = ("AsyncIntercomData", "CompanyAttributes", "ContactAttributes", "IntercomData")


def module_lines(contents: Contents) -> list[str]:
    """Imports, the types of options, the records, a function for each event, and the two clients."""
    exported = [
        *(field.alias for field in contents.fields if field.alias is not None),
        *(event.identifier for event in contents.events),
    ]
    blocks = [
        [*_head_lines(contents), "", *_export_lines(exported)],
        *(field.alias_lines for field in contents.fields if field.alias is not None),
        record_lines("contact", contents.contact, contents.successors),
        record_lines("company", contents.company, contents.successors),
        *(event_lines(event) for event in contents.events),
        _client_lines("IntercomData", "Client", "Sends data to one workspace of Intercom."),
        _client_lines(
            "AsyncIntercomData", "AsyncClient", "Sends data to one workspace of Intercom, with `await`."
        ),
    ]
    return [line for block in blocks for line in [*block, "", ""]][:-2]


def _head_lines(contents: Contents) -> list[str]:
    """The docstring and the imports, of which a type checker wants each to be used."""
    overloads = any(field.field.status == "deprecated" for field in (*contents.contact, *contents.company))
    deprecated = overloads or any(event.event.status == "deprecated" for event in contents.events)
    typing = (
        ["TYPE_CHECKING", "Literal", "Never", "get_args", "overload"]
        if overloads
        else ["Literal", "get_args"]
    )
    runtime = [
        *(*_HANDED_ON, "AsyncClient", "Attributes", "Client", "attribute"),
        *(["deprecated"] if deprecated else []),
        *(["event"] if contents.events else []),
        *(["metadata"] if any(event.fields for event in contents.events) else []),
    ]
    return [
        '"""Typed code that sends the data of this project\'s specs to Intercom."""',
        "",
        "from __future__ import annotations",
        "",
        "from dataclasses import dataclass",
        "from datetime import date, datetime",
        f"from typing import {', '.join(typing)}",
        "",
        "from .runtime import (",
        *(f"    {name}," for name in sorted(runtime, key=_import_order)),
        ")",
    ]


def _export_lines(names: Iterable[str]) -> list[str]:
    exported = sorted({*_HANDED_ON, *_DECLARED, *names}, key=_import_order)
    return ["__all__ = [", *(f'    "{name}",' for name in exported), "]"]


def _import_order(name: str) -> tuple[int, str]:
    """Constants, classes, functions."""
    return (0 if name.isupper() else 1 if name[0].isupper() else 2), name


def _client_lines(name: str, base: str, text: str) -> list[str]:
    return [f"class {name}({base}[ContactAttributes, CompanyAttributes]):", f'    """{text}"""']
