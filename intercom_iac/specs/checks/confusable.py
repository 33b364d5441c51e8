"""Names that Intercom tells apart and people do not: near options, and attributes near a standard one."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from functools import cache
from types import MappingProxyType
from typing import Any

from intercom_iac.diagnostics import Diagnostic, Related
from intercom_iac.diagnostics.codes import lint
from intercom_iac.lazy_pattern import lazy_pattern
from intercom_iac.model import STANDARD, ModelName, StandardAttribute
from intercom_iac.model.attribute import DataType
from intercom_iac.text.likeness import ascii_text, likeness

from ..load.declarations import Declaration, Declarations
from ..load.entries import AttributeEntry, MetadataEntry

# What people leave out or put in without meaning anything by it.
_JOINTS = lazy_pattern(r"""[\s_'"`‘’“”.-]+""")
# What the names of dates end in.
_DATE_ENDINGS = lazy_pattern(r"(?:_|\s)(?:at|on|date|time|timestamp)$", re.IGNORECASE)
# Shorter names, such as `id` and `plan`, say something else of every product.
_LEAST_LETTERS = 4


def check_confusable(declared: Declarations) -> Iterator[Diagnostic]:
    """A remark for each option near another, and each attribute near one of Intercom's own."""
    for attribute in declared.attributes:
        if attribute.entry.status != "archived":
            yield from _check_options(attribute, (), attribute.entry)
            yield from _check_standard(attribute)
    for event in declared.events:
        if event.entry.status != "archived":
            for key, entry in (event.entry.metadata or {}).items():
                yield from _check_options(event, ("metadata", key), entry)


def _check_options(
    declaration: Declaration[Any], below: tuple[str, ...], entry: AttributeEntry | MetadataEntry
) -> Iterator[Diagnostic]:
    first: dict[str, int] = {}
    options = entry.options or ()
    for index, option in enumerate(options):
        other = first.setdefault(_plain(option), index)
        # Those that look the same to the letter are errors, and told as such.
        if likeness(options[other]) == likeness(option):
            continue
        place = declaration.value(*below, "options", other)
        yield lint.CONFUSABLE_OPTION.at(
            declaration.value(*below, "options", index),
            f"two options of Intercom look like one: {ascii_text(option)} and {ascii_text(options[other])}",
            hint="keep one of them: rules and imports compare options letter by letter",
            related=(Related(place, "the other one stands here"),),
        )


def _check_standard(attribute: Declaration[AttributeEntry]) -> Iterator[Diagnostic]:
    if (attribute.model, attribute.name.casefold()) in STANDARD:
        return
    plain = _without_date(attribute.name)
    standard = _near_names(attribute.model).get(plain) if len(plain) >= _LEAST_LETTERS else None
    if standard is None or not _same_kind(attribute.entry.type, standard.type):
        return
    written = standard.name if standard.model == attribute.model else f"{standard.model}.{standard.name}"
    yield lint.NEAR_STANDARD.at(
        attribute.span,
        f"`{attribute.name}` is nearly Intercom's own `{written}`, labelled {standard.label}",
        hint=f"use `{written}`, which rules may read undeclared, or say in the name what is different",
    )


def _plain(name: str) -> str:
    return _JOINTS.sub("", name).casefold()


def _without_date(name: str) -> str:
    return _plain(_DATE_ENDINGS.sub("", name))


@cache
def _near_names(model: ModelName) -> Mapping[str, StandardAttribute]:
    """Intercom's own attributes by what an attribute of the model may not be called, as `_without_date` has it.

    Those are the names and labels of the model's own, and the other model's labels that say whose they are: a contact
    may well have a `plan`, but its `company_size` is the company's.
    """
    found: dict[str, StandardAttribute] = {}
    for standard in STANDARD.values():
        name, label = _without_date(standard.name), _without_date(standard.label)
        if standard.model == model:
            found.setdefault(name, standard)
        if standard.model == model or label != name:
            found.setdefault(label, standard)
    return MappingProxyType(found)


def _same_kind(declared: str | None, standard: DataType) -> bool:
    """Whether values of the two types could be taken for each other."""
    kinds = {"string": "text", "options": "text", "integer": "number", "float": "number"}
    return kinds.get(str(declared), str(declared)) == kinds.get(str(standard), str(standard))
