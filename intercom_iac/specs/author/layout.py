"""The text of an entry, as `fmt` lays it out: by `fmt` itself, in a file that holds nothing else."""

from __future__ import annotations

from intercom_iac.text import SourceFile
from intercom_iac.yaml.editing.writing import LaidOut, entry_lines, flow_text, key_text
from intercom_iac.yaml.edits import open_document
from intercom_iac.yaml.nodes import Mapping
from intercom_iac.yaml.shapes import SPEC_VERSION

from ..format.files import format_file
from .entries import Entry


def lay_out(entry: Entry) -> LaidOut:
    """An entry's data and text. Raises `InvalidSpecs` for data that no spec file can hold."""
    headers = [f"version: {SPEC_VERSION}", *_headers(entry)]
    indent = "  " * len(entry.path)
    lines = [line for key, value in entry.data.items() for line in entry_lines(key, value, len(indent))]
    block = format_file("".join(f"{line}\n" for line in [*headers, *(indent + line for line in lines)]), "")
    headers[-1] += f" {flow_text(dict(entry.data))}"
    inline = format_file("".join(f"{line}\n" for line in headers), "")
    return LaidOut(
        data=_mapping_at(block, entry).data,
        lines=tuple(line[len(indent) :] for line in block.splitlines()[len(headers) :]),
        inline=_inline_at(inline, entry),
    )


def _headers(entry: Entry) -> list[str]:
    """The lines down to the entry's own, of which nothing follows the colon."""
    return [f"{'  ' * depth}{key_text(str(step))}:" for depth, step in enumerate(entry.path)]


def _mapping_at(text: str, entry: Entry) -> Mapping:
    node = open_document(SourceFile("", text)).node(entry.path)
    assert isinstance(node, Mapping)
    return node


def _inline_at(text: str, entry: Entry) -> str:
    node = _mapping_at(text, entry)
    return text[node.start : node.end]
