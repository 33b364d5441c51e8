"""Diagnostics, remarks of a plan and errors on a terminal: what is wrong, where it stands, what to do."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping

from intercom_iac.diagnostics import Diagnostic, IntercomIacError, WorkspaceError
from intercom_iac.text import Span, columns, printable

from ..kit.columns import wrap_text
from ..kit.styles import SEVERITY_COLOURS, style
from .finding import Finding, error_code

_WIDEST_EXCERPT = 160

Style = Callable[..., str]


def diagnostics_text(diagnostics: Iterable[Diagnostic], *, styled: bool = False) -> str:
    """Every diagnostic with its source line underlined, an empty line between two; "" for none."""
    styling = style if styled else _no_style
    return "\n\n".join("\n".join(_diagnostic(diagnostic, styling)) for diagnostic in diagnostics)


def finding_lines(
    finding: Finding, place: object | None, *, within: str = "", width: int | None = None
) -> Iterator[str]:
    """A remark whose source text is not at hand, with its place; folded to a width. `within` begins its message."""
    label = f"{finding.severity}[{finding.code}]"
    text = f"{label}: {printable(f'{within}{finding.message}')}"
    first, *rest = [text] if width is None else wrap_text(text, width)
    if first.startswith(f"{label}: "):
        first = f"{_label(finding, style)}{first.removeprefix(label)}"
    yield first
    yield from (f"  {line}" for line in rest)
    if place is not None:
        yield f"  --> {printable(str(place))}"
    if finding.hint:
        hint = printable(finding.hint)
        first, *rest = [hint] if width is None else wrap_text(hint, width - 8)
        yield f"  {style('help', dim=True)}: {first}"
        yield from (f"        {line}" for line in rest)


def error_text(error: IntercomIacError) -> str:
    """An error that ends a command, in the form of a diagnostic."""
    code = error_code(error)
    label = f"error[{code}]" if code else "error"
    first = f"{style(label, fg='red', bold=True)}: {printable(error.message)}"
    return "\n".join((first, *what_to_do(error)))


def what_to_do(error: IntercomIacError) -> Iterator[str]:
    """What to do about an error, and what Intercom's support asks for, a line each."""
    if error.hint:
        yield f"  {style('help', dim=True)}: {printable(error.hint)}"
    if isinstance(error, WorkspaceError) and error.request_id:
        yield f"  {style('request id', dim=True)}: {printable(error.request_id)}"


def _no_style(text: str, **_: object) -> str:
    return text


def _label(finding: Finding, styling: Style) -> str:
    return styling(f"{finding.severity}[{finding.code}]", fg=SEVERITY_COLOURS[finding.severity], bold=True)


def _diagnostic(diagnostic: Diagnostic, styling: Style) -> Iterator[str]:
    yield f"{_label(diagnostic, styling)}: {styling(printable(diagnostic.message), bold=True)}"
    spans = [diagnostic.span, *(note.span for note in diagnostic.related)]
    gutter = " " * max((len(str(span.line)) for span in spans if span), default=0)
    if diagnostic.span is not None:
        marking = {"fg": SEVERITY_COLOURS[diagnostic.severity], "bold": True}
        yield from _excerpt(diagnostic.span, "^", marking, gutter, styling)
    for note in diagnostic.related:
        yield f"  {styling('note', dim=True)}: {printable(note.label)}"
        yield from _excerpt(note.span, "-", {"dim": True}, gutter, styling)
    if diagnostic.hint:
        yield f"  {styling('help', dim=True)}: {printable(diagnostic.hint)}"


def _excerpt(
    span: Span, mark: str, marking: Mapping[str, object], gutter: str, styling: Style
) -> Iterator[str]:
    """The place, and the line that a span begins on with its part of it underlined."""
    yield f"{gutter}{styling('-->', dim=True)} {printable(str(span))}"
    source = span.file.line(span.line)
    if not source:
        return
    begin = span.column - 1
    end = span.end_column - 1 if span.end_line == span.line else len(source)
    # A very long line is cut around the mistake, never wrapped: the underline must stay under it.
    cut = max(0, begin - _WIDEST_EXCERPT // 2)
    visible = source[cut : cut + _WIDEST_EXCERPT]
    before = _visible(visible[: begin - cut])
    marked = _visible(visible[begin - cut : max(end, begin + 1) - cut])
    underline = styling(mark * max(1, columns(marked)), **marking)
    yield styling(f"{gutter} |", dim=True)
    yield f"{styling(f'{span.line:>{len(gutter)}} |', dim=True)} {_visible(visible)}"
    yield f"{styling(f'{gutter} |', dim=True)} {' ' * columns(before)}{underline}"


def _visible(text: str) -> str:
    return printable(text.replace("\t", " "))
