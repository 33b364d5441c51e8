"""The canonical form of a spec file: comments kept, nothing dumped, pieces of the text put in order.

What is canonical: LF line ends, one at the end of the file; no trailing spaces; at most one empty line in a row,
none at the start of a block; two spaces a level, items of a list indented below their key; the keys the format
knows in its own order, entries in the author's; `{a: b, c: d}` and `[a, b]` spaced so where they stand on one
line; rules as the rule language prints them, on one line where that is not too wide, or with a clause on each line
under `|` or `>` where they were written so. Flow or block, quotes and the wording of comments are the author's, but
for characters that nobody sees: those are escapes, and what holds one stands in double quotes.

A file with anchors, aliases, `? ` keys or comments in places this cannot move keeps its layout, and so does one where
a comment that silences would come to stand at something else; only its line ends are made one kind.
"""

from __future__ import annotations

import re
from pathlib import Path as FilePath
from typing import Any

from pydantic import BaseModel

from intercom_iac.diagnostics import InvalidSpecs
from intercom_iac.project.files import DiskTree, read_text
from intercom_iac.project.project import PROJECT_FILE
from intercom_iac.project.project_file import parse_project_file
from intercom_iac.project.settings import ProjectSettings, project_keys
from intercom_iac.text import SourceFile
from intercom_iac.text.unseen import unseen
from intercom_iac.yaml.builder import build
from intercom_iac.yaml.decoding import control_characters
from intercom_iac.yaml.nodes import Mapping, Node, Path, Scalar, Sequence
from intercom_iac.yaml.shapes import keys_of
from intercom_iac.yaml.unseen import check_unseen, spell_out
from intercom_iac.yaml.validation import type_at

from ..file_schemas import Kind
from ..load.entries import SpecFile, spec_keys
from ..policy.silences import silenced_in
from .rules import rule_at, rule_for_flow, rule_lines, said

_COLON = re.compile(r"[ \t]*:\s*")
_COLON_AND_COMMENT = re.compile(r"[ \t]*:(?P<comment>[ \t]+#.*)?[ \t]*")

# A line of the result; None is an empty line between entries, which may be taken away.
_Line = str | None


def format_file(text: str, name: str, kind: Kind = "spec") -> str:
    """The canonical form of a file's text; `name` is what its diagnostics call it.

    Says the same as before, rules apart from their spelling, and formatting it again changes nothing. Raises
    `InvalidSpecs` where the text is not YAML as the format has it: such a file is left alone.
    """
    file = SourceFile(name, text.lstrip("\ufeff").replace("\r\n", "\n"))
    if diagnostics := control_characters(file):
        raise InvalidSpecs(diagnostics)
    root, diagnostics = build(file, spec_keys if kind == "spec" else project_keys)
    if diagnostics:
        raise InvalidSpecs(diagnostics)
    file, root = _spelled_out(file, root)
    text = file.text
    if root is None:
        return _finish([*map(_blank_or_text, text.split("\n"))])
    model = SpecFile if kind == "spec" else ProjectSettings
    try:
        laid_out = _Layout(file, model).document(root)
    except _Unusual:
        return text
    # What was laid out must say the same; the few texts that fool the layout keep their own.
    other = SourceFile(name, laid_out)
    again, diagnostics = build(other)
    if again is None or diagnostics or control_characters(other) or unseen(laid_out):
        return text
    return laid_out if _meaning(again, other, model) == _meaning(root, file, model) else text


def _spelled_out(file: SourceFile, root: Node | None) -> tuple[SourceFile, Node | None]:
    """The file with escapes for what nobody sees, and its data. Raises `InvalidSpecs` where escapes cannot say it."""
    text = spell_out(file, root)
    if text == file.text:
        return file, root
    other = SourceFile(file.path, text)
    again, diagnostics = build(other)
    before, after = (None if each is None else each.data for each in (root, again))
    if diagnostics or before != after or unseen(text):
        raise InvalidSpecs(list(check_unseen(file, root)))
    return other, again


def format_path(path: FilePath, name: str) -> tuple[SourceFile, str]:
    """A file's text and its canonical form, as a project file where it is called like one.

    Raises `InvalidSpecs` where it cannot be read, within the bounds of every spec file, and as `format_file` does;
    and where a secret stands in a project file, which is not shown.
    """
    kind: Kind = "project" if path.name == PROJECT_FILE else "spec"
    tree = DiskTree(path.parent)
    if kind == "project":
        parsed, diagnostics = parse_project_file(tree, path.name, name)
        file = None if parsed is None else parsed.source
    else:
        file, diagnostics = read_text(tree, path.name, name)
    if file is None or diagnostics:
        raise InvalidSpecs(diagnostics)
    return file, format_file(file.text, name, kind)


class _Unusual(Exception):
    """The text has something whose layout is better left alone."""


class _Layout:
    def __init__(self, file: SourceFile, model: type[BaseModel]) -> None:
        self.file = file
        self.text = file.text
        self.model = model

    def document(self, root: Node) -> str:
        if not isinstance(root, Mapping) or root.flow or not root.entries:
            raise _Unusual
        start = self._line_start(next(iter(root.entries.values()))[0])
        # What stands above the first key is about the file, and stays there whichever key comes first.
        header = self.text[:start].split("\n")[:-1]
        footer = self._gap(self._end_of(root), len(self.text))
        body = self._mapping(root, 0, (), [], footer)
        return _finish([*map(_blank_or_text, header), *body])

    # --- blocks ---------------------------------------------------------------------------------------------

    def _mapping(
        self, node: Mapping, indent: int, path: Path, lead: list[str], after: list[str]
    ) -> list[_Line]:
        """The lines of a block mapping. `lead` stands before its first key, `after` behind its last value."""
        entries = list(node.entries.items())
        order = self._order(path)
        chunks: list[tuple[int, list[_Line]]] = []
        for index, (key, (start, end, value)) in enumerate(entries):
            column = self._column(start)
            if index + 1 < len(entries):
                following = self._line_start(entries[index + 1][1][0])
                gap = self._gap(self._end(value, end), following)
            else:
                gap = after
            inner, rest = _split(gap, column)
            chunk = _comments(lead, indent)
            chunk += self._entry(self.text[start:end], end, value, indent, (*path, key), inner, column)
            chunks.append((order.get(key, len(order)), chunk))
            lead = rest
        chunks.sort(key=lambda each: each[0])
        lines = [line for _, chunk in chunks for line in chunk] + _comments(lead, indent)
        first = next(index for index, line in enumerate(lines) if line is not None)
        return lines[first:]

    def _entry(
        self, key: str, end: int, value: Node, indent: int, path: Path, inner: list[str], column: int
    ) -> list[_Line]:
        """The lines of a key and its value, and of the comments that stand in its block."""
        margin = " " * indent
        if not isinstance(value, Scalar) and not value.flow:
            header = _COLON_AND_COMMENT.fullmatch(self.text, end, self._line_end(end))
            if header is None or value.start < end:
                raise _Unusual
            lines: list[_Line] = [f"{margin}{key}:{header['comment'] or ''}"]
            first = value.items[0].start if isinstance(value, Sequence) else self._first_key(value)
            lead = self._gap(end, self._line_start(first))
            if isinstance(value, Mapping):
                return lines + self._mapping(value, indent + 2, path, lead, inner)
            return lines + self._sequence(value, indent + 2, path, lead, inner)
        pieces = self._value(end, value, indent - column, path, indent + len(key) + 2)
        tail = self.text[self._end(value, end) : self._line_end(self._end(value, end))].rstrip()
        if tail and not re.fullmatch(r"[ \t]+#.*", tail):
            raise _Unusual
        pieces[-1] += tail
        head = f"{margin}{key}:{' ' if pieces[0] and not pieces[0].startswith(' ') else ''}{pieces[0]}"
        # Deeper than its key, a comment would become part of a block scalar.
        block = isinstance(value, Scalar) and value.style in ("|", ">")
        return [head, *pieces[1:], *_comments(inner, indent if block else indent + 2)]

    def _sequence(
        self, node: Sequence, indent: int, path: Path, lead: list[str], after: list[str]
    ) -> list[_Line]:
        lines: list[_Line] = []
        for index, item in enumerate(node.items):
            begin = self._line_start(item.start)
            dash = re.compile(r"[ \t]*-[ \t]+").fullmatch(self.text, begin, item.start)
            if dash is None or (not isinstance(item, Scalar) and not item.flow):
                raise _Unusual
            column = dash.group().index("-")
            end = self._end(item, item.start)
            following = node.items[index + 1].start if index + 1 < len(node.items) else None
            gap = after if following is None else self._gap(end, self._line_start(following))
            inner, rest = _split(gap, column)
            pieces = self._value(item.start, item, indent - column, (*path, index), indent + 2)
            tail = self.text[end : self._line_end(end)].rstrip()
            if tail and not re.fullmatch(r"[ \t]+#.*", tail):
                raise _Unusual
            pieces[-1] += tail
            lines += [*_comments(lead, indent), f"{' ' * indent}- {pieces[0]}", *pieces[1:]]
            lines += _comments(inner, indent + 2)
            lead = rest
        lines += _comments(lead, indent)
        first = next(index for index, line in enumerate(lines) if line is not None)
        return lines[first:]

    # --- values ---------------------------------------------------------------------------------------------

    def _value(self, end: int, node: Node, shift: int, path: Path, column: int) -> list[str]:
        """The lines of a scalar or a flow collection, the first without its margin."""
        if node.start < end:
            raise _Unusual  # an alias: its node stands elsewhere
        if node.start == node.end:
            return [""]
        if self.text[node.start] in "&!" or (
            node.start > end and not _COLON.fullmatch(self.text, end, node.start)
        ):
            raise _Unusual
        written = self.text[node.start : self._end(node, node.start)]
        rule = rule_at(node, path, self.file, self.model)
        lines = None if rule is None else rule_lines(rule, written, column)
        if lines is not None:
            return lines
        if not isinstance(node, Scalar):
            inline = self._inline(node, path)
            if inline is not None:
                return [inline]
        first, *others = written.split("\n")
        block = isinstance(node, Scalar) and node.style in ("|", ">")
        return [first.rstrip(), *(_shifted(other if block else other.rstrip(), shift) for other in others)]

    def _inline(self, node: Node, path: Path) -> str | None:
        """A flow collection on one line, spaced and ordered; None where it is not so simple."""
        text = self.text[node.start : node.end]
        if "\n" in text:
            return None
        if isinstance(node, Scalar):
            rule = rule_at(node, path, self.file, self.model)
            return text if rule is None else rule_for_flow(rule) or text
        if isinstance(node, Sequence):
            items = [self._inline(item, (*path, index)) for index, item in enumerate(node.items)]
            complete = [item for item in items if item]
            return f"[{', '.join(complete)}]" if len(complete) == len(items) else None
        if not text.startswith("{"):
            return None
        order = self._order(path)
        pairs: list[tuple[int, str]] = []
        for key, (start, end, value) in node.entries.items():
            if value.start < end or not _COLON.fullmatch(self.text, end, value.start):
                return None
            inline = self._inline(value, (*path, key))
            if not inline:
                return None
            pairs.append((order.get(key, len(order)), f"{self.text[start:end]}: {inline}"))
        pairs.sort(key=lambda each: each[0])
        return f"{{{', '.join(pair for _, pair in pairs)}}}"

    # --- places ---------------------------------------------------------------------------------------------

    def _order(self, path: Path) -> dict[str, int]:
        """The order of the keys at a path; empty where names stand there."""
        model = type_at(self.model, path)
        return {key: index for index, key in enumerate(keys_of(model))}

    def _end(self, node: Node, otherwise: int) -> int:
        """Where the text of a value ends; `otherwise` where the key of an empty one does."""
        if node.start == node.end:
            colon = re.compile(r"[ \t]*:").match(self.text, otherwise)
            if colon is None:
                raise _Unusual
            return colon.end()
        if isinstance(node, Scalar):
            if node.style not in ("|", ">"):
                return node.end
            whole = self.text[node.start : node.end]
            keeps = "+" in whole.split("\n", 1)[0].split("#", 1)[0]
            return node.start + len(whole.removesuffix("\n") if keeps else whole.rstrip("\n"))
        if node.flow:
            return node.end
        return self._end_of(node)

    def _end_of(self, node: Mapping | Sequence) -> int:
        if isinstance(node, Sequence):
            return self._end(node.items[-1], node.items[-1].start)
        _, end, value = next(reversed(node.entries.values()))
        return self._end(value, end)

    def _first_key(self, node: Mapping) -> int:
        return next(iter(node.entries.values()))[0]

    def _column(self, at: int) -> int:
        start = self._line_start(at)
        if self.text[start:at].strip(" "):
            raise _Unusual
        return at - start

    def _line_start(self, at: int) -> int:
        return self.text.rfind("\n", 0, at) + 1

    def _line_end(self, at: int) -> int:
        end = self.text.find("\n", at)
        return end if end >= 0 else len(self.text)

    def _gap(self, end: int, following: int) -> list[str]:
        """The lines between what ends at `end` and the line that starts at `following`: comments and blanks."""
        lines = self.text[self._line_end(end) + 1 : following].split("\n")
        if any(line.strip() and not line.lstrip(" \t").startswith("#") for line in lines):
            raise _Unusual
        return lines[:-1] if lines[-1] == "" else lines


def _split(gap: list[str], column: int) -> tuple[list[str], list[str]]:
    """The comments that stand in the block of the entry before, and those that belong to what follows."""
    until = 0
    for index, line in enumerate(gap):
        if not line.strip():
            continue
        if len(line) - len(line.lstrip(" \t")) <= column:
            break
        until = index + 1
    return gap[:until], gap[until:]


def _comments(lines: list[str], indent: int) -> list[_Line]:
    return [" " * indent + line.strip() if line.strip() else None for line in lines]


def _shifted(line: str, by: int) -> str:
    if by >= 0:
        return " " * by + line if line else line
    return line[min(-by, len(line) - len(line.lstrip(" "))) :]


def _blank_or_text(line: str) -> _Line:
    return line.rstrip() or None


def _finish(lines: list[_Line]) -> str:
    kept = [
        line
        for index, line in enumerate(lines)
        if line is not None or (index and lines[index - 1] is not None)
    ]
    while kept and kept[0] is None:
        del kept[0]
    while kept and kept[-1] is None:
        del kept[-1]
    return "".join(f"{line or ''}\n" for line in kept)


def _meaning(root: Node, file: SourceFile, model: type[BaseModel]) -> Any:
    """What must not change: the data, with rules by their canonical text and their comments, and what is silenced."""
    return _said(root, file, model), silenced_in(file, root)


def _said(root: Node, file: SourceFile, model: type[BaseModel]) -> Any:
    if not isinstance(root, Mapping):
        return root.data
    segments = root.entries.get("segments")
    if model is not SpecFile or segments is None or not isinstance(segments[2], Mapping):
        return root.data
    rules: dict[str, Any] = {}
    for key, (_, _, entry) in segments[2].entries.items():
        if isinstance(entry, Mapping) and "rule" in entry.entries:
            rule = rule_at(entry.entries["rule"][2], ("segments", key, "rule"), file, model)
            rules[key] = {**entry.data, "rule": entry.data["rule"] if rule is None else said(rule)}
    return {**root.data, "segments": {**segments[2].data, **rules}}
