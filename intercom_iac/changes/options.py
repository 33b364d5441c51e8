"""The options of an attribute or a metadata key, which are a set: their order says nothing."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from typing import Any

from intercom_iac.diagnostics import Code
from intercom_iac.diagnostics.codes.breaking import entries as codes
from intercom_iac.model import Attribute, MetadataKey
from intercom_iac.text import quoted_names
from intercom_iac.text.likeness import distinguish

from .row import FieldRow, Impact, flag_impacts

Options = list[str] | None


OPEN_OPTIONS: FieldRow[Attribute | MetadataKey, Any] = FieldRow(
    key="open_options",
    declared=lambda entry: entry.open_options,
    shown=lambda entry: entry.open_options or None,
    impacts=flag_impacts(
        set_=Impact(
            code=codes.OPTIONS_OPENED,
            names_values=True,
            message="what sends it may send values that are not listed",
        ),
        cleared=Impact(
            code=codes.OPTIONS_CLOSED,
            names_values=True,
            message="values that are not listed are wrong from now on",
            hint="list first what is sent today",
        ),
    ),
)


def sorted_options(options: Any) -> list[str]:
    """Options in the order of the alphabet, none as the empty list."""
    return sorted(set(options or ()))


def option_impacts(removed_code: Code) -> Callable[[Options, Options], Iterable[Impact]]:
    """The impacts of other options, where the type stayed; `removed_code` is for those that are removed."""

    def impacts(before: Options, after: Options) -> Iterable[Impact]:
        old, new = before or [], after or []
        removed = [option for option in old if option not in new]
        added = [option for option in new if option not in old]
        if removed:
            yield Impact(
                code=removed_code,
                message=f"{_subject(distinguish(removed, added)[0])} removed",
                kind="removed",
                hint="keep it until nothing sends it and no rule names it"
                if len(removed) == 1
                else "keep them until nothing sends them and no rule names them",
                removed_items=tuple(removed),
            )
        if added:
            message = f"{_subject(distinguish(removed, added)[1])} added"
            yield Impact(code=codes.OPTION_ADDED, message=message, kind="added")

    return impacts


def _subject(options: list[str]) -> str:
    names = quoted_names(options)
    return f"the option {names} is" if len(options) == 1 else f"the options {names} are"
