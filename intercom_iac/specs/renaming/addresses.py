"""Addresses outside of rules: in the project file, and in comments that silence."""

from __future__ import annotations

import re
from collections.abc import Iterator

from intercom_iac.text import SourceFile, Span
from intercom_iac.yaml.comments import scan
from intercom_iac.yaml.edits import Replacement, change_text, open_document
from intercom_iac.yaml.nodes import Mapping, Node, Path, Scalar

from ..policy.silences import MARK
from .rename import Rename

# Texts for people, which an address may stand in as the only word.
_PROSE = frozenset({"reason", "description"})


def rename_addresses(file: SourceFile, rename: Rename) -> tuple[str, list[Path]]:
    """The text of a project file with the new address wherever a value is the old one, and the paths of those.

    That is what is accepted, and what drift is ignored of; a pattern stays as it is.
    """
    text = file.text
    if str(rename.old) not in text:
        return text, []
    paths = [*_places(open_document(file).root, (), str(rename.old))]
    return change_text(file, [Replacement(path, str(rename.new)) for path in paths]), paths


def _places(node: Node, path: Path, address: str) -> Iterator[Path]:
    if isinstance(node, Scalar):
        if node.data == address:
            yield path
    elif isinstance(node, Mapping):
        for key, (_, _, value) in node.entries.items():
            if key not in _PROSE:
                yield from _places(value, (*path, key), address)
    else:
        for index, item in enumerate(node.items):
            yield from _places(item, (*path, index), address)


def rename_in_silences(file: SourceFile, rename: Rename) -> tuple[str, int]:
    """The text of a file with the new address in the comments that silence, and how many had the old one."""
    text = file.text
    if MARK not in text or str(rename.old) not in text:
        return text, 0
    whole = re.compile(rf"(?<![\w.-]){re.escape(str(rename.old))}(?![\w-]|\.\w)")
    count = 0
    for comment in reversed(scan(file).comments):
        if MARK in comment.span.text:
            changed, found = whole.subn(lambda _: str(rename.new), comment.span.text)
            text = text[: comment.span.start] + changed + text[comment.span.end :]
            count += found
    return text, count


def silence_span(file: SourceFile, address: str) -> Span | None:
    """The first comment that silences and names an address; None where there is none."""
    silences = (comment.span for comment in scan(file).comments if MARK in comment.span.text)
    return next((span for span in silences if address in span.text), None)
