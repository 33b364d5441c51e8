"""Fixes of rules: a part of the text written otherwise.

A rule's text may stand in quotes or in a block of YAML: what reads it from a file writes the edits as they have to
stand there.
"""

from __future__ import annotations

import re
from collections.abc import Sequence

from intercom_iac.diagnostics import Edit, Fix, safe_fix, unsafe_fix
from intercom_iac.text import Span

from .print.text import field_text, quote, stands_bare
from .syntax import tree as s


def replacement_fix(span: Span | None, text: str, *, safe: bool) -> Fix | None:
    """What stands at a place becomes this text; None where a comment would go, or a variable."""
    if span is None or not _is_plain(span.text):
        return None
    edit = apart(span, text)
    return safe_fix(edit) if safe else unsafe_fix(edit)


def apart(span: Span, text: str) -> Edit:
    """The text in place of a span, with a space where it would grow together with the word beside it."""
    whole = span.file.text
    before, behind = whole[span.start - 1 : span.start], whole[span.end : span.end + 1]
    first, last = _is_joined(before, text[:1]), _is_joined(text[-1:], behind)
    return Edit(span, f"{' ' * first}{text}{' ' * last}")


def _is_joined(left: str, right: str) -> bool:
    return re.fullmatch(r"\w\w", left + right) is not None


def insertion_fix(span: Span | None, before: str, text: str) -> Fix | None:
    """The text, put behind the word `before` of a place, where it is first. It keeps the meaning."""
    found = None if span is None else re.search(rf"\b{before}\b", span.text, re.IGNORECASE)
    if span is None or found is None or not _is_plain(span.text[: found.end()]):
        return None
    at = span.start + found.end()
    return safe_fix(Edit(Span(span.file, at, at), text))


def rename_fix(name: s.Name, found: str | None, *, safe: bool = False) -> Fix | None:
    """The declared name that was found near one that is not declared: a guess, but where it says that it is safe."""
    if found is None:
        return None
    return replacement_fix(name.span, field_text(s.Name(found, company=name.company)), safe=safe)


def as_company_field(name: s.Name, *, safe: bool = False) -> Fix | None:
    """An attribute of a company, named as such. By itself a guess: a rule may ask it of one company or of any."""
    return replacement_fix(name.span, field_text(s.Name(name.text, company=True)), safe=safe)


def without_company(name: s.Name, *, safe: bool) -> Fix | None:
    """The name without the `company.` before it."""
    return replacement_fix(name.span, field_text(s.Name(name.text)), safe=safe)


def as_text(constant: s.Operand) -> Fix | None:
    """A number or a day where a text is asked for, in quotes."""
    return (
        replacement_fix(constant.span, quote(constant.text), safe=True)
        if isinstance(constant, s.Constant)
        else None
    )


def near_option(constant: s.Constant, options: Sequence[str], found: str | None) -> Fix | None:
    """The option that was found near one that there is not: safe where they differ in case alone, else a guess."""
    alike = [option for option in options if option.casefold() == constant.text.casefold()]
    found = alike[0] if len(alike) == 1 else found
    if found is None:
        return None
    written = found if constant.kind == "word" and stands_bare(found) else quote(found)
    return replacement_fix(constant.span, written, safe=len(alike) == 1)


def _is_plain(text: str) -> bool:
    """Whether a text holds no comment and no variable, and both of each pair of parentheses."""
    return "#" not in text and "$" not in text and text.count("(") == text.count(")")
