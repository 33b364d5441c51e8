"""What the specs declare and no code uses."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping

from intercom_iac.diagnostics import Diagnostic
from intercom_iac.diagnostics.codes import usages as codes
from intercom_iac.model import Attribute, Event, Schema
from intercom_iac.text import Span, printable
from intercom_iac.text.lists import brief_list


def unused_entries(schema: Schema, used: Collection[str]) -> list[Attribute | Event]:
    """The attributes and events that are not archived and whose addresses are not among the used ones."""
    entries = (*schema.attributes.values(), *schema.events.values())
    return [entry for entry in entries if entry.status != "archived" and entry.address not in used]


def unused_findings(
    entries: Collection[Attribute | Event],
    needed_by: Mapping[str, Collection[str]],
    texts: Mapping[str, Span],
) -> Iterator[Diagnostic]:
    """A finding of each entry that no code uses. `needed_by` has the segments that read an address; `texts`, where
    names are sent that are not known, the places where code has a name as a text."""
    for entry in entries:
        what = f"the {'event' if isinstance(entry, Event) else 'attribute'} `{printable(entry.name)}`"
        segments = needed_by.get(entry.address, ())
        text = texts.get(entry.name)
        if text is not None:
            message = f"{what} is sent nowhere by its name, and may be by the text at {text}"
            yield codes.NEVER_SENT.at(entry.span, message, subject=entry.address)
        elif segments:
            names = brief_list([printable(address) for address in segments])
            reads = "reads" if len(segments) == 1 else "read"
            message = f"{what} is used by no code that was read; {names} {reads} it"
            yield codes.NEVER_SENT.at(entry.span, message, subject=entry.address)
        else:
            yield codes.UNUSED.at(
                entry.span,
                f"{what} is used by no code that was read, and by no rule",
                hint="`status: archived` makes room, if nothing else sends it",
                subject=entry.address,
            )


def archive_candidates(
    entries: Collection[Attribute | Event],
    needed_by: Mapping[str, Collection[str]],
    texts: Mapping[str, Span],
) -> tuple[str, ...]:
    """The addresses of those that are used by no code and by no rule."""
    return tuple(
        entry.address for entry in entries if entry.address not in needed_by and entry.name not in texts
    )
