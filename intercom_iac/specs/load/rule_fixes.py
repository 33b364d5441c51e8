"""The fixes of rules, written as the texts have to stand in the YAML that holds the rules."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterable, Iterator
from dataclasses import replace

from intercom_iac.diagnostics import Diagnostic, Edit, Fix, safe_fix
from intercom_iac.text import Span
from intercom_iac.yaml.nodes import Document, Mapping, Path, Scalar
from intercom_iac.yaml.scalar_edits import part_edit

from .declarations import Declaration
from .entries import UNKNOWN_RULE, SegmentEntry


def with_yaml_edits(
    diagnostics: Iterable[Diagnostic], segments: Iterable[Declaration[SegmentEntry]]
) -> Iterator[Diagnostic]:
    """The diagnostics of the segments' rules; a fix that cannot be written in its file is left out."""
    return with_edits_in_texts(
        diagnostics, ((segment.document, (*segment.path, "rule")) for segment in segments)
    )


def with_edits_in_texts(
    diagnostics: Iterable[Diagnostic], texts: Iterable[tuple[Document, Path]]
) -> Iterator[Diagnostic]:
    """The diagnostics of rules, whose texts stand at these places; a fix that cannot be written in its file is left
    out."""
    rules = _Rules(texts)
    for diagnostic in diagnostics:
        if diagnostic.fix is None:
            yield diagnostic
            continue
        edits = [rules.edit_in_file(edit) for edit in diagnostic.fix.edits]
        whole = [edit for edit in edits if edit is not None]
        fix = replace(diagnostic.fix, edits=tuple(whole)) if len(whole) == len(edits) else None
        yield replace(diagnostic, fix=fix)


def offer_built_in_intercom(
    diagnostics: Iterable[Diagnostic], segments: Iterable[Declaration[SegmentEntry]]
) -> Iterator[Diagnostic]:
    """The diagnostics, with a line to add where a rule is `unknown` and its entry does not say why."""
    lacking = {
        _place(segment): segment
        for segment in segments
        if segment.entry.rule.strip().casefold() == UNKNOWN_RULE
        and not segment.entry.built_in_intercom
        and not segment.entry.publish
    }
    for diagnostic in diagnostics:
        span = diagnostic.span
        segment = (
            None if span is None or not diagnostic.is_error else lacking.get((span.file.path, span.start))
        )
        if segment is None:
            yield diagnostic
        else:
            hint = "for a segment whose rule only Intercom knows add `built_in_intercom: true`"
            yield replace(diagnostic, hint=hint, fix=_built_in_intercom_fix(segment))


def _place(segment: Declaration[SegmentEntry]) -> tuple[str, int]:
    """The file of a rule, and where its first word stands."""
    rule = segment.excerpt("rule")
    first = rule.span(len(rule.text) - len(rule.text.lstrip()), len(rule.text))
    return first.file.path, first.start


def _built_in_intercom_fix(segment: Declaration[SegmentEntry]) -> Fix | None:
    """The key before `rule`; none where the entry says otherwise."""
    if "built_in_intercom" in segment.entry.given_fields:
        return None
    entry = segment.document.node(segment.path)
    place = segment.at("rule")
    here = Span(place.file, place.start, place.start)
    if isinstance(entry, Mapping) and entry.flow:
        return safe_fix(Edit(here, "built_in_intercom: true, "))
    line_end = "\r\n" if "\r\n" in place.file.text else "\n"
    return safe_fix(Edit(here, f"built_in_intercom: true{line_end}{' ' * (place.column - 1)}"))


class _Rules:
    """Where the texts of rules stand, by file."""

    def __init__(self, texts: Iterable[tuple[Document, Path]]) -> None:
        self._texts = texts
        self._nodes: dict[str, list[Scalar]] | None = None

    def edit_in_file(self, edit: Edit) -> Edit | None:
        """An edit of a rule as an edit of its file."""
        nodes = self._by_file().get(edit.span.file.path, [])
        index = bisect_right(nodes, edit.span.start, key=lambda node: node.start) - 1
        return part_edit(edit.span.file, nodes[index], edit) if index >= 0 else None

    def _by_file(self) -> dict[str, list[Scalar]]:
        if self._nodes is None:
            self._nodes = {}
            for document, path in self._texts:
                node = document.node(path)
                if isinstance(node, Scalar):
                    self._nodes.setdefault(document.file.path, []).append(node)
            for nodes in self._nodes.values():
                nodes.sort(key=lambda node: node.start)
        return self._nodes
