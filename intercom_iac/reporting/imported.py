"""What an import comes to, for people: what is written where, what was there, what differs, what has no place."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from intercom_iac.adopting import Imported
from intercom_iac.text import printable, value_text

from .kit.columns import wrap_text
from .kit.styles import style

_WIDTH = 100
_MOST = 20
"""Names of one kind that are listed; the JSON has all of them."""


def import_text(imported: Imported, *, dry_run: bool, updated: bool = False) -> str:
    """The report with terminal styles; whoever prints it strips them where they do not belong.

    `updated`: entries that differ were given the values of the source where that was possible.
    """
    return "".join(f"{line}\n" for line in _lines(imported, dry_run=dry_run, updated=updated))


def _lines(imported: Imported, *, dry_run: bool, updated: bool) -> Iterator[str]:
    yield from _written(imported)
    yield from _differing(imported, updated=updated)
    yield from _not_mapped(imported)
    if imported.fit.findings:
        yield style("Fit", bold=True)
        for finding in imported.fit.findings:
            yield from _wrapped(f"{finding.code}: {finding.message}", 2)
    if imported.mistakes:
        yield style("Errors that the specs have then", bold=True)
        for mistake in imported.mistakes[:_MOST]:
            yield from _wrapped(f"{mistake.code}: {mistake.message}", 2)
        if len(imported.mistakes) > _MOST:
            yield f"  and {len(imported.mistakes) - _MOST} more; `check` tells them"
    yield printable(_summary(imported, dry_run=dry_run))


def _written(imported: Imported) -> Iterator[str]:
    by_file: dict[str, list[str]] = {}
    for entry in imported.written:
        by_file.setdefault(entry.file, []).append(entry.address)
    for file, addresses in by_file.items():
        count = f"{len(addresses)} {'entry' if len(addresses) == 1 else 'entries'}"
        yield style(printable(f"{file}: {count}"), bold=True)
        yield from (f"  + {printable(address)}" for address in _bounded(addresses))


def _differing(imported: Imported, *, updated: bool) -> Iterator[str]:
    if imported.differs:
        yield style("Differs, and was left as it is", bold=True)
        for entry in imported.differs[:_MOST]:
            yield f"  ~ {printable(entry.address)}"
            for field in entry.fields:
                specs, source = value_text(field.specs), value_text(field.source)
                yield from _wrapped(f"{field.path}: {specs} in the specs, {source} in the source", 6)
        if len(imported.differs) > _MOST:
            yield f"  and {len(imported.differs) - _MOST} more"
        if not updated:
            yield "  --update takes the values of the source"


def _not_mapped(imported: Imported) -> Iterator[str]:
    if imported.not_mapped:
        yield style("Not in the specs", bold=True)
        reasons: dict[str, list[str]] = {}
        for missing in imported.not_mapped:
            place = f" ({missing.place})" if missing.place else ""
            reasons.setdefault(missing.why, []).append(f"{missing.what}{place}")
        for why, things in reasons.items():
            yield from _wrapped(f"{why}:", 2)
            yield from (f"    {printable(thing)}" for thing in _bounded(things))


def _summary(imported: Imported, *, dry_run: bool) -> str:
    written = len(imported.written)
    what = f"{written} {'entry' if written == 1 else 'entries'}"
    verb = "would be written" if dry_run else "written"
    first = f"{what} {verb}" if written else "nothing to write"
    rest = (
        (len(imported.kept), "there already"),
        (len(imported.differs), "that differ"),
        (len(imported.not_mapped), "not mapped"),
    )
    return ", ".join([first, *(f"{count} {words}" for count, words in rest if count)])


def _bounded(names: list[str]) -> Iterable[str]:
    if len(names) <= _MOST:
        return names
    return [*names[:_MOST], f"and {len(names) - _MOST} more"]


def _wrapped(text: str, indent: int) -> Iterator[str]:
    margin = " " * indent
    for number, line in enumerate(wrap_text(printable(text), _WIDTH - indent - 2)):
        yield f"{margin}{'  ' if number else ''}{line}"
