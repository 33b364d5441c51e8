"""What an import comes to, for people: what is written where, what was there, what differs, what has no place."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence

from intercom_iac.adopting import Imported, NotMapped
from intercom_iac.diagnostics import Family, Severity, codes_of
from intercom_iac.text import printable, value_text

from .kit.columns import wrap_text
from .kit.styles import severity_label, style

_WIDTH = 100
_MOST = 20
"""Names of one kind that are listed; the JSON has all of them."""
_MOST_ALIKE = 8
"""Findings of one code that are listed."""


def import_text(imported: Imported, *, dry_run: bool, updated: bool = False) -> str:
    """The report with terminal styles; whoever prints it strips them where they do not belong.

    `updated`: entries that differ were given the values of the source where that was possible.
    """
    return "".join(f"{line}\n" for line in _lines(imported, dry_run=dry_run, updated=updated))


def _lines(imported: Imported, *, dry_run: bool, updated: bool) -> Iterator[str]:
    yield from _written_lines(imported)
    yield from _differing(imported, updated=updated)
    yield from _not_mapped(imported)
    yield from _fit(imported)
    if imported.mistakes:
        yield style("Errors that the specs have then", bold=True)
        for mistake in imported.mistakes[:_MOST]:
            yield from _finding_lines(mistake.severity, mistake.code, mistake.message)
        if len(imported.mistakes) > _MOST:
            yield f"  and {len(imported.mistakes) - _MOST} more; `check` tells them"
    yield printable(_summary(imported, dry_run=dry_run))


def _written_lines(imported: Imported) -> Iterator[str]:
    by_file: dict[str, list[str]] = {}
    for entry in imported.written:
        by_file.setdefault(entry.file, []).append(entry.address)
    for file, addresses in by_file.items():
        count = f"{len(addresses)} {'entry' if len(addresses) == 1 else 'entries'}"
        yield style(printable(f"{file}: {count}"), bold=True)
        yield from (f"  + {printable(address)}" for address in _first_names(addresses))


def _differing(imported: Imported, *, updated: bool) -> Iterator[str]:
    if imported.differs:
        yield style("Differs, and was left as it is", bold=True)
        for entry in imported.differs[:_MOST]:
            yield f"  ~ {printable(entry.address)}"
            for field in entry.fields:
                specs, source = value_text(field.specs), value_text(field.source)
                yield from _wrapped_lines(f"{field.path}: {specs} in the specs, {source} in the source", 6)
        if len(imported.differs) > _MOST:
            yield f"  and {len(imported.differs) - _MOST} more"
        if not updated:
            yield "  --update takes the values of the source"


def _not_mapped(imported: Imported) -> Iterator[str]:
    if imported.not_mapped:
        yield style("Not in the specs", bold=True)
        reasons: dict[str, dict[str, list[NotMapped]]] = {}
        for missing in imported.not_mapped:
            reasons.setdefault(missing.why, {}).setdefault(missing.alike, []).append(missing)
        for why, groups in reasons.items():
            yield from _wrapped_lines(f"{why}:", 2)
            things = [_thing(alike) for alike in groups.values()]
            yield from (f"    {printable(thing)}" for thing in _first_names(things))


def _thing(alike: Sequence[NotMapped]) -> str:
    """What is not mapped: the first of things that are alike, and how many others there are."""
    first = alike[0]
    others = f", and of {len(alike) - 1} more" if len(alike) > 1 else ""
    return f"{first.what}{others}{f' ({first.place})' if first.place else ''}"


def _fit(imported: Imported) -> Iterator[str]:
    if not imported.fit.findings:
        return
    codes = codes_of(Family.FIT)
    by_code: dict[str, list[str]] = {}
    for finding in imported.fit.findings:
        by_code.setdefault(finding.code, []).append(finding.message)
    yield style("Fit", bold=True)
    for code, messages in by_code.items():
        for message in messages[:_MOST_ALIKE]:
            yield from _finding_lines(codes[code].severity, code, message)
        if len(messages) > _MOST_ALIKE:
            yield f"    and {len(messages) - _MOST_ALIKE} more of {code}"


def _summary(imported: Imported, *, dry_run: bool) -> str:
    written = len(imported.written)
    what = f"{written} {'entry' if written == 1 else 'entries'}"
    verb = "would be written" if dry_run else "written"
    first = f"{what} {verb}" if written else "nothing to write"
    rest = (
        (len(imported.kept), "there already"),
        (len(imported.differs), "that differs" if len(imported.differs) == 1 else "that differ"),
        (len(imported.not_mapped), "not mapped"),
    )
    return ", ".join([first, *(f"{count} {words}" for count, words in rest if count)])


def _first_names(names: list[str]) -> Iterable[str]:
    if len(names) <= _MOST:
        return names
    return [*names[:_MOST], f"and {len(names) - _MOST} more"]


def _finding_lines(severity: Severity, code: str, message: str) -> Iterator[str]:
    """A message in lines, of which the first begins with its severity and code."""
    plain = f"{severity}[{code}]"
    for line in _wrapped_lines(f"{plain}: {message}", 2):
        yield line.replace(plain, severity_label(severity, code), 1)


def _wrapped_lines(text: str, indent: int) -> Iterator[str]:
    margin = " " * indent
    for number, line in enumerate(wrap_text(printable(text), _WIDTH - indent - 2)):
        yield f"{margin}{'  ' if number else ''}{line}"
