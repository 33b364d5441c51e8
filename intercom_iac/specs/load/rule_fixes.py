"""The fixes of rules, written as the texts have to stand in the YAML that holds the rules."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterable, Iterator
from dataclasses import replace

from intercom_iac.diagnostics import Diagnostic, Edit
from intercom_iac.yaml.nodes import Scalar
from intercom_iac.yaml.scalar_edits import part_edit

from .declarations import Declaration
from .entries import SegmentEntry


def with_yaml_edits(
    diagnostics: Iterable[Diagnostic], segments: Iterable[Declaration[SegmentEntry]]
) -> Iterator[Diagnostic]:
    """The diagnostics of the segments' rules; a fix that cannot be written in its file is left out."""
    rules = _Rules(segments)
    for diagnostic in diagnostics:
        if diagnostic.fix is None:
            yield diagnostic
            continue
        edits = [rules.edit_in_file(edit) for edit in diagnostic.fix.edits]
        whole = [edit for edit in edits if edit is not None]
        fix = replace(diagnostic.fix, edits=tuple(whole)) if len(whole) == len(edits) else None
        yield replace(diagnostic, fix=fix)


class _Rules:
    """Where the texts of rules stand, by file."""

    def __init__(self, segments: Iterable[Declaration[SegmentEntry]]) -> None:
        self._segments = segments
        self._nodes: dict[str, list[Scalar]] | None = None

    def edit_in_file(self, edit: Edit) -> Edit | None:
        """An edit of a rule as an edit of its file."""
        nodes = self._by_file().get(edit.span.file.path, [])
        index = bisect_right(nodes, edit.span.start, key=lambda node: node.start) - 1
        return part_edit(edit.span.file, nodes[index], edit) if index >= 0 else None

    def _by_file(self) -> dict[str, list[Scalar]]:
        if self._nodes is None:
            self._nodes = {}
            for segment in self._segments:
                node = segment.document.node((*segment.path, "rule"))
                if isinstance(node, Scalar):
                    self._nodes.setdefault(segment.document.file.path, []).append(node)
            for nodes in self._nodes.values():
                nodes.sort(key=lambda node: node.start)
        return self._nodes
