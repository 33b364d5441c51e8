"""Diagnostics as text: message, place, the source line with the mistake underlined, what to do."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Protocol

from intercom_iac.text.printable import printable
from intercom_iac.text.source import Span
from intercom_iac.text.width import columns

from .diagnostic import Diagnostic, Severity

_STYLE: dict[Severity | str, str] = {
    "error": "\x1b[1;31m",
    "warning": "\x1b[1;33m",
    "info": "\x1b[1;36m",
    "bold": "\x1b[1m",
    "dim": "\x1b[2m",
}
_WIDEST_EXCERPT = 160


def render(diagnostics: Iterable[Diagnostic], *, colour: bool = False) -> str:
    """Every diagnostic with its source line underlined, an empty line between two; "" for none."""
    return "\n\n".join(_render(diagnostic, colour) for diagnostic in diagnostics)


def _render(diagnostic: Diagnostic, colour: bool) -> str:
    def style(text: str, name: str) -> str:
        return f"{_STYLE[name]}{text}\x1b[0m" if colour else text

    level = style(f"{diagnostic.severity}[{diagnostic.code}]", diagnostic.severity)
    lines = [f"{level}: {style(printable(diagnostic.message), 'bold')}"]
    spans = [other.span for other in diagnostic.related]
    gutter = " " * max((len(str(span.line)) for span in [diagnostic.span, *spans] if span), default=0)
    if diagnostic.span is not None:
        lines += _excerpt(diagnostic.span, "^", diagnostic.severity, gutter, style)
    for other in diagnostic.related:
        lines.append(f"  {style('note', 'dim')}: {printable(other.label)}")
        lines += _excerpt(other.span, "-", "dim", gutter, style)
    if diagnostic.hint:
        lines.append(f"  {style('help', 'dim')}: {printable(diagnostic.hint)}")
    return "\n".join(lines)


def _excerpt(span: Span, mark: str, mark_style: str, gutter: str, style: _Style) -> list[str]:
    number = f"{span.line:>{len(gutter)}}"
    lines = [f"{gutter}{style('-->', 'dim')} {printable(str(span))}"]
    source = span.file.line(span.line)
    if not source:
        return lines
    begin = span.column - 1
    end = span.end_column - 1 if span.end_line == span.line else len(source)
    # A very long line is cut around the mistake, never wrapped: the underline must stay under it.
    cut = max(0, begin - _WIDEST_EXCERPT // 2)
    shown = source[cut : cut + _WIDEST_EXCERPT]
    before = _visible(shown[: begin - cut])
    marked = _visible(shown[begin - cut : max(end, begin + 1) - cut])
    underline = style(mark * max(1, columns(marked)), mark_style)
    return [
        *lines,
        f"{style(f'{gutter} |', 'dim')}",
        f"{style(f'{number} |', 'dim')} {_visible(shown)}",
        f"{style(f'{gutter} |', 'dim')} {' ' * columns(before)}{underline}",
    ]


def _visible(text: str) -> str:
    return printable(text.replace("\t", " "))


class _Style(Protocol):
    """The type of the styling function: text and the name of a style."""

    def __call__(self, text: str, name: str) -> str: ...
