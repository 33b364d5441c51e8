"""Clauses of rules underlined where they stand, those of one line together."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from intercom_iac.model import Predicate
from intercom_iac.prover import clause_span, clause_text
from intercom_iac.text import SourceFile, Span, columns, printable

from ..kit.styles import style

_WIDEST = 160
"""Of a longer line, nothing is drawn: the clauses are listed."""


def underlined_clauses(clauses: Iterable[Predicate]) -> Iterator[str]:
    """The lines on which clauses stand, each with its clauses underlined; those that stand nowhere as they are."""
    clauses = tuple(clauses)
    spans = {id(clause): span for clause in clauses if (span := clause_span(clause)) is not None}
    lines: dict[tuple[str, int], list[Span]] = {}
    for span in sorted(spans.values(), key=lambda span: (span.file.path, span.start)):
        lines.setdefault((span.file.path, span.line), []).append(span)
    gutter = " " * max((len(str(number)) for _, number in lines), default=1)
    for (_, number), marked in lines.items():
        yield f"{gutter}{style('-->', dim=True)} {printable(str(marked[0]))}"
        yield from _line(marked[0].file, number, marked, gutter)
    for clause in clauses:
        if id(clause) not in spans:
            yield f"{gutter} {printable(clause_text(clause))}"


def _line(file: SourceFile, number: int, marked: list[Span], gutter: str) -> Iterator[str]:
    source = file.line(number)
    if len(source) > _WIDEST:
        yield from (f"{gutter} {printable(_clause_line(span))}" for span in marked)
        return
    underline = ""
    for span in marked:
        end = span.end_column - 1 if span.end_line == number else len(source)
        begin = max(span.column - 1, 0)
        before = columns(_visible(source[:begin]))
        if before < len(underline):
            # A clause within one that is underlined already.
            continue
        underline += " " * (before - len(underline)) + "^" * max(1, columns(_visible(source[begin:end])))
    bar = style(f"{gutter} |", dim=True)
    yield bar
    yield f"{style(f'{number:>{len(gutter)}} |', dim=True)} {_visible(source)}"
    yield f"{bar} {style(underline, fg='yellow', bold=True)}"


def _clause_line(span: Span) -> str:
    return " ".join(span.text.split())


def _visible(text: str) -> str:
    return printable(text.replace("\t", " "))
