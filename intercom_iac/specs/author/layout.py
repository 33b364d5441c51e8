"""The text of entries, as `fmt` lays them out: by `fmt` itself, in a file that holds nothing else."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from intercom_iac.text import SourceFile
from intercom_iac.yaml.editing.writing import LaidOut, entry_lines, flow_text, key_text
from intercom_iac.yaml.edits import open_document
from intercom_iac.yaml.nodes import Mapping
from intercom_iac.yaml.shapes import SPEC_VERSION

from ..format.files import format_file
from .entries import Entry

# One space too many, which `fmt` takes out of every file that it lays out.
_UNFORMATTED = f"version:  {SPEC_VERSION}"


def lay_out(entries: Sequence[Entry]) -> list[LaidOut]:
    """The entries of one section as blocks, all of them by one pass of `fmt`.

    They have no text between brackets. Raises `InvalidSpecs` for data that no spec file can hold.
    """
    if not entries:
        return []
    headers = [_UNFORMATTED, *_headers(entries[0].section)]
    lines = [*headers, *(line for entry in entries for line in _block(entry))]
    text = format_file("".join(f"{line}\n" for line in lines), "")
    if text.startswith(_UNFORMATTED):
        return [_lay_out_alone(entry) for entry in entries]
    document = open_document(SourceFile("", text))
    section = document.node(entries[0].section)
    assert isinstance(section, Mapping)
    starts = [text.rfind("\n", 0, section.entries[entry.name][0]) + 1 for entry in entries]
    laid_out: list[LaidOut] = []
    for entry, start, end in zip(entries, starts, [*starts[1:], len(text)], strict=True):
        node = section.entries[entry.name][2]
        data = node.data if isinstance(node, Mapping) else {}
        below = text[start:end].splitlines()[1:] if entry.data else []
        laid_out.append(LaidOut(data, _unindented(below, entry), "", entry.comment))
    return laid_out


def lay_out_between_brackets(entry: Entry) -> LaidOut:
    """An entry's data and text, between brackets and as a block."""
    if not entry.data:
        return LaidOut({}, (), "{}", entry.comment)
    headers = [f"version: {SPEC_VERSION}", *_headers(entry.path)]
    headers[-1] += f" {flow_text(dict(entry.data))}"
    text = format_file("".join(f"{line}\n" for line in headers), "")
    node = _mapping_at(text, entry)
    block = _lay_out_alone(entry)
    return LaidOut(block.data, block.lines, text[node.start : node.end], entry.comment)


def _lay_out_alone(entry: Entry) -> LaidOut:
    if not entry.data:
        return LaidOut({}, (), "", entry.comment)
    headers = [f"version: {SPEC_VERSION}", *_headers(entry.section)]
    text = format_file("".join(f"{line}\n" for line in [*headers, *_block(entry)]), "")
    below = text.splitlines()[len(headers) + 1 :]
    return LaidOut(_mapping_at(text, entry).data, _unindented(below, entry), "", entry.comment)


def _headers(path: Iterable[str | int]) -> list[str]:
    """The lines down to a path's own, of which nothing follows the colon."""
    return [f"{'  ' * depth}{key_text(str(step))}:" for depth, step in enumerate(path)]


def _block(entry: Entry) -> list[str]:
    """The lines of an entry, indented as its section asks for."""
    margin = "  " * len(entry.section)
    indent = f"{margin}  "
    lines = [line for key, value in entry.data.items() for line in entry_lines(key, value, len(indent))]
    head = f"{margin}{key_text(entry.name)}:"
    return [head, *(indent + line if line else "" for line in lines)] if lines else [f"{head} {{}}"]


def _unindented(lines: Iterable[str], entry: Entry) -> tuple[str, ...]:
    indent = 2 * len(entry.path)
    return tuple(line[indent:] for line in lines)


def _mapping_at(text: str, entry: Entry) -> Mapping:
    node = open_document(SourceFile("", text)).node(entry.path)
    assert isinstance(node, Mapping)
    return node
