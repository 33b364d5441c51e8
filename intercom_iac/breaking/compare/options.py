"""The options of an attribute or a metadata key, which are sets: their order says nothing."""

from __future__ import annotations

from collections.abc import Iterator

from intercom_iac.diagnostics import Code
from intercom_iac.diagnostics.codes.breaking import entries as entries_codes
from intercom_iac.text import Span
from intercom_iac.text.likeness import told_apart

from ..change import SchemaChange, change
from ..readers import Readers

Options = tuple[str, ...]


def compare_options(
    addresses: tuple[str, str],
    old: Options,
    new: Options,
    readers: Readers,
    places: tuple[Span | None, Span | None],
    removed: Code,
) -> Iterator[SchemaChange]:
    """`addresses` and `places` are the old and the new one of the entry; `removed` is the code of an option that is
    gone."""
    was, source = places
    address = addresses[1]
    gone = [each for each in old if each not in new]
    added = [each for each in new if each not in old]
    if gone:
        named = readers.of_field(addresses, gone)
        yield change(
            removed,
            address,
            f"{_listed(told_apart(gone, added)[0])} removed, {_named_by(named)}",
            kind="removed",
            hint="keep it until nothing sends it and no rule names it"
            if len(gone) == 1
            else "keep them until nothing sends them and no rule names them",
            before=list(old),
            after=list(new),
            affected=named,
            source=source,
            was=was,
        )
    if added:
        yield change(
            entries_codes.OPTION_ADDED,
            address,
            f"{_listed(told_apart(gone, added)[1])} added",
            kind="added",
            before=list(old),
            after=list(new),
            affected=readers.of_field(addresses),
            source=source,
            was=was,
        )


def _listed(options: list[str]) -> str:
    names = ", ".join(f"`{option}`" for option in options)
    return f"the option {names} is" if len(options) == 1 else f"the options {names} are"


def _named_by(segments: tuple[str, ...]) -> str:
    if not segments:
        return "which no segment names"
    names = ", ".join(f"`{segment}`" for segment in segments)
    return f"which {names} {'names' if len(segments) == 1 else 'name'}"
