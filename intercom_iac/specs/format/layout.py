"""The layout of a spec file: the pieces of its text, put in order and indented."""

from __future__ import annotations

import re

from intercom_iac.lazy_pattern import lazy_pattern
from intercom_iac.text import SourceFile
from intercom_iac.yaml.editing.extents import block_scalar_end
from intercom_iac.yaml.nodes import Mapping, Node, Path, Scalar, Sequence
from intercom_iac.yaml.shapes import Shape, keys_of
from intercom_iac.yaml.validation import type_at

from .declared_words import DeclaredWords
from .lines import Line, comment_lines, join_lines, shift_line, split_gap, text_line
from .rules import rule_at, rule_for_flow, rule_lines

# What stands before a key on its line: spaces, and a dash where it is the first one of an item.
_MARGIN = lazy_pattern(r" *(?:- +)?")
_COLON = lazy_pattern(r"[ \t]*:\s*")
_COLON_AND_COMMENT = lazy_pattern(r"[ \t]*:(?P<comment>[ \t]+#.*)?[ \t]*")


class UnusualLayout(Exception):
    """The text has something whose layout is better left alone."""


class Layout:
    """The layout of one file, by the model of its format; its rules keep the `words` that are declared."""

    def __init__(self, file: SourceFile, model: type[Shape], words: DeclaredWords) -> None:
        self.file = file
        self.text = file.text
        self.model = model
        self.words = words

    def document(self, root: Node) -> str:
        """The laid-out text. Raises `UnusualLayout` where something in it cannot be moved."""
        if not isinstance(root, Mapping) or root.flow or not root.entries:
            raise UnusualLayout
        start = self._line_start(next(iter(root.entries.values()))[0])
        # What stands above the first key is about the file, and stays there whichever key comes first.
        header = self.text[:start].split("\n")[:-1]
        footer = self._gap(self._end_of(root), len(self.text))
        body = self._mapping(root, 0, (), [], footer)
        return join_lines([*map(text_line, header), *body])

    # --- blocks ---------------------------------------------------------------------------------------------

    def _mapping(
        self, node: Mapping, indent: int, path: Path, lead: list[str], after: list[str]
    ) -> list[Line]:
        """The lines of a block mapping. `lead` stands before its first key, `after` behind its last value."""
        entries = list(node.entries.items())
        order = self._order(path)
        chunks: list[tuple[int, list[Line]]] = []
        for index, (key, (start, end, value)) in enumerate(entries):
            column = self._column(start)
            if index + 1 < len(entries):
                following = self._line_start(entries[index + 1][1][0])
                gap = self._gap(self._end(value, end), following)
            else:
                gap = after
            inner, rest = split_gap(gap, column)
            chunk = comment_lines(lead, indent)
            chunk += self._entry(self.text[start:end], end, value, indent, (*path, key), inner, column)
            chunks.append((order.get(key, len(order)), chunk))
            lead = rest
        chunks.sort(key=lambda chunk: chunk[0])
        lines = [line for _, chunk in chunks for line in chunk] + comment_lines(lead, indent)
        first = next(index for index, line in enumerate(lines) if line is not None)
        return lines[first:]

    def _entry(
        self, key: str, end: int, value: Node, indent: int, path: Path, inner: list[str], column: int
    ) -> list[Line]:
        """The lines of a key and its value, and of the comments that stand in its block."""
        margin = " " * indent
        if not isinstance(value, Scalar) and not value.flow:
            header = _COLON_AND_COMMENT.fullmatch(self.text, end, self._line_end(end))
            if header is None or value.start < end:
                raise UnusualLayout
            lines: list[Line] = [f"{margin}{key}:{header['comment'] or ''}"]
            first = value.items[0].start if isinstance(value, Sequence) else self._first_key(value)
            lead = self._gap(end, self._line_start(first))
            if isinstance(value, Mapping):
                return lines + self._mapping(value, indent + 2, path, lead, inner)
            return lines + self._sequence(value, indent + 2, path, lead, inner)
        pieces = self._value(end, value, indent - column, path, indent + len(key) + 2)
        tail = self.text[self._end(value, end) : self._line_end(self._end(value, end))].rstrip()
        if tail and not re.fullmatch(r"[ \t]+#.*", tail):
            raise UnusualLayout
        pieces[-1] += tail
        head = f"{margin}{key}:{' ' if pieces[0] and not pieces[0].startswith(' ') else ''}{pieces[0]}"
        # Deeper than its key, a comment would become part of a block scalar.
        block = isinstance(value, Scalar) and value.style in ("|", ">")
        return [head, *pieces[1:], *comment_lines(inner, indent if block else indent + 2)]

    def _sequence(
        self, node: Sequence, indent: int, path: Path, lead: list[str], after: list[str]
    ) -> list[Line]:
        lines: list[Line] = []
        for index, item in enumerate(node.items):
            begin = self._line_start(item.start)
            dash = re.compile(r"[ \t]*-[ \t]+").fullmatch(self.text, begin, item.start)
            if dash is None or (isinstance(item, Sequence) and not item.flow):
                raise UnusualLayout
            column = dash.group().index("-")
            end = self._end(item, item.start)
            following = node.items[index + 1].start if index + 1 < len(node.items) else None
            gap = after if following is None else self._gap(end, self._line_start(following))
            inner, rest = split_gap(gap, column)
            if isinstance(item, Mapping) and not item.flow:
                lines += comment_lines(lead, indent)
                lines += self._mapping_item(item, indent, (*path, index), inner)
                lead = rest
                continue
            pieces = self._value(item.start, item, indent - column, (*path, index), indent + 2)
            tail = self.text[end : self._line_end(end)].rstrip()
            if tail and not re.fullmatch(r"[ \t]+#.*", tail):
                raise UnusualLayout
            pieces[-1] += tail
            lines += [*comment_lines(lead, indent), f"{' ' * indent}- {pieces[0]}", *pieces[1:]]
            lines += comment_lines(inner, indent + 2)
            lead = rest
        lines += comment_lines(lead, indent)
        first = next(index for index, line in enumerate(lines) if line is not None)
        return lines[first:]

    def _mapping_item(self, item: Mapping, indent: int, path: Path, after: list[str]) -> list[Line]:
        """The lines of an item that is a block mapping: its first key stands behind the dash, comments above it."""
        lines = self._mapping(item, indent + 2, path, [], after)
        first = next(at for at, line in enumerate(lines) if line and not line.lstrip().startswith("#"))
        above = comment_lines([line or "" for line in lines[:first]], indent)
        return [*above, f"{' ' * indent}- {(lines[first] or '').lstrip()}", *lines[first + 1 :]]

    # --- values ---------------------------------------------------------------------------------------------

    def _value(self, end: int, node: Node, shift: int, path: Path, column: int) -> list[str]:
        """The lines of a scalar or a flow collection, the first without its margin."""
        if node.start < end:
            raise UnusualLayout  # an alias: its node stands elsewhere
        if node.start == node.end:
            return [""]
        if self.text[node.start] in "&!" or (
            node.start > end and not _COLON.fullmatch(self.text, end, node.start)
        ):
            raise UnusualLayout
        written = self.text[node.start : self._end(node, node.start)]
        rule = rule_at(node, path, self.file, self.model, self.words)
        lines = None if rule is None else rule_lines(rule, written, column, str(path[-1]))
        if lines is not None:
            return lines
        if not isinstance(node, Scalar):
            inline = self._inline(node, path)
            if inline is not None:
                return [inline]
        first, *others = written.split("\n")
        block = isinstance(node, Scalar) and node.style in ("|", ">")
        return [first.rstrip(), *(shift_line(other if block else other.rstrip(), shift) for other in others)]

    def _inline(self, node: Node, path: Path) -> str | None:
        """A flow collection on one line, spaced and ordered; None where it is not so simple."""
        text = self.text[node.start : node.end]
        if "\n" in text:
            return None
        if isinstance(node, Scalar):
            rule = rule_at(node, path, self.file, self.model, self.words)
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
        pairs.sort(key=lambda pair: pair[0])
        return f"{{{', '.join(written for _, written in pairs)}}}"

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
                raise UnusualLayout
            return colon.end()
        if isinstance(node, Scalar):
            return block_scalar_end(self.text, node) if node.style in ("|", ">") else node.end
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
        if _MARGIN.fullmatch(self.text, start, at) is None:
            raise UnusualLayout
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
            raise UnusualLayout
        return lines[:-1] if lines[-1] == "" else lines
