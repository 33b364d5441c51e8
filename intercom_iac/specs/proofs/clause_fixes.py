"""The fix that drops a clause of a chain: the clause and one `and` or `or` go, comments stay."""

from __future__ import annotations

import re

from intercom_iac.diagnostics import Edit, Fix, safe_fix
from intercom_iac.lazy_pattern import lazy_pattern
from intercom_iac.model import Predicate
from intercom_iac.model.predicate import And, Or
from intercom_iac.prover import clause_span
from intercom_iac.text import Span

_COMMENT = lazy_pattern(r"#[^\n]*")
_JOINT = lazy_pattern(r"\s*(?P<word>\b(?:and|or)\b|&&|\|\|)\s*", re.IGNORECASE)


def dropping_fix(node: And | Or, part: Predicate) -> Fix | None:
    """A fix of the rule's text that drops a part of a chain; None where its text is not as plain as that takes."""
    places = [clause_span(other) for other in node.parts]
    index = next(at for at, other in enumerate(node.parts) if other is part)
    spans = [None if place is None else _with_parentheses(place) for place in places]
    own = spans[index]
    beside = spans[index - 1] if index else spans[1]
    if own is None or beside is None or "$" in own.text or "#" in own.text:
        return None
    first, last = (beside, own) if index else (own, beside)
    gap = Span(own.file, first.end, last.start)
    if own.file.path != beside.file.path or gap.start > gap.end:
        return None
    # Comments are no part of the rule, and may hold the word that joins.
    masked = _COMMENT.sub(lambda comment: " " * len(comment[0]), gap.text)
    joint = _JOINT.fullmatch(masked)
    if joint is None:
        return None
    if masked == gap.text:
        start, end = (gap.start, own.end) if index else (own.start, gap.end)
        return safe_fix(Edit(Span(own.file, start, end), ""))
    word = Span(own.file, gap.start + joint.start("word"), gap.start + joint.end("word"))
    edits = [Edit(_with_spaces_behind(own), ""), Edit(_with_spaces_behind(word), "")]
    return safe_fix(*sorted(edits, key=lambda edit: edit.span.start))


def _with_spaces_behind(span: Span) -> Span:
    text = span.file.text
    return Span(span.file, span.start, len(text) - len(text[span.end :].lstrip(" ")))


def _with_parentheses(span: Span) -> Span:
    """A clause with the parentheses that hold it alone."""
    text = span.file.text
    start, end = span.start, span.end
    while True:
        before = len(text[:start].rstrip())
        behind = len(text) - len(text[end:].lstrip())
        if (
            text[before - 1 : before] != "("
            or text[behind : behind + 1] != ")"
            or _is_called(text, before - 1)
        ):
            return Span(span.file, start, end)
        start, end = before - 1, behind + 1


def _is_called(text: str, at: int) -> bool:
    """Whether a parenthesis belongs to the word before it, as in `company(...)`."""
    word = re.search(r"(\w+)\s*$", text[max(0, at - 40) : at])
    return word is not None and word[1].casefold() not in ("and", "or", "not", "rule")
