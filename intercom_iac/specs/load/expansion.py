"""Replaces `${NAME}` in the texts of a spec file by values; every character keeps its place in the file.

It works on the parsed file, so that a value cannot become a key, a list or a comment.
"""

from __future__ import annotations

import re
import types
from collections.abc import Iterable, Iterator
from collections.abc import Mapping as Values
from dataclasses import replace
from functools import cache
from typing import Annotated, Any, Union, get_args, get_origin

from intercom_iac.diagnostics import Diagnostic, Related
from intercom_iac.diagnostics.codes import spec as spec_codes
from intercom_iac.diagnostics.codes import workspaces as codes
from intercom_iac.lazy_dataclass import dataclass
from intercom_iac.lazy_pattern import lazy_pattern
from intercom_iac.project.variables import Variable
from intercom_iac.text import Excerpt, Span, did_you_mean
from intercom_iac.yaml.corrections import near_word
from intercom_iac.yaml.decoding import MAX_BYTES
from intercom_iac.yaml.nodes import Document, Expanded, Mapping, Node, Path, Scalar, Sequence
from intercom_iac.yaml.shapes import keys_of
from intercom_iac.yaml.validation import bounded_names

from .entries import SpecFile

_REFERENCE = lazy_pattern(
    r"\$(?:(?P<literal>\$(?=\{))|\{(?:(?P<name>[A-Za-z_][A-Za-z0-9_]*)\}|(?P<other>[^{}\n]*\}))?)"
)

# Where text stands in a file: `True` for text itself, else the keys it is below; None as a key stands for any.
_Texts = bool | dict[str | None, Any]

# Lists of text, but of names that other files give.
_NAMES = frozenset({"only", "except"})


def holds_variables(text: str) -> bool:
    """Whether a text has something to replace, or a `$${`."""
    return _REFERENCE.search(text) is not None


@dataclass(frozen=True, slots=True)
class Expansion:
    """A document with the values in it. `named` are the variables that stand in it, declared or not; `wrong` the
    paths of the texts with a mistake, which keep it."""

    document: Document
    named: frozenset[str] = frozenset()
    wrong: tuple[Path, ...] = ()


def expand_documents(
    documents: Iterable[Document], values: Values[str, Variable]
) -> tuple[list[Expansion], list[Diagnostic]]:
    """The documents with the values of variables in their texts, and what is wrong with the `${NAME}` there."""
    expanded = [expand(document, values) for document in documents]
    return (
        [expansion for expansion, _ in expanded],
        [diagnostic for _, diagnostics in expanded for diagnostic in diagnostics],
    )


def expand(document: Document, values: Values[str, Variable]) -> tuple[Expansion, list[Diagnostic]]:
    """The texts of a file with the values of variables; the document itself stays as it is."""
    # A `$` may also be written as an escape. Most files hold neither, and are not looked through.
    if "$" not in document.file.text and "\\" not in document.file.text:
        return Expansion(document), []
    expander = _Expander(document, values)
    root = expander.node(document.root, _texts_of_a_file(), ())
    assert isinstance(root, Mapping)
    expansion = Expansion(Document(document.file, root), frozenset(expander.named), tuple(expander.wrong))
    return expansion, expander.diagnostics


def explain_values(diagnostics: Iterable[Diagnostic], values: Values[str, Variable]) -> Iterator[Diagnostic]:
    """The diagnostics, each with a note for every variable that stands where it points: which value it has there."""
    for diagnostic in diagnostics:
        notes = _notes(diagnostic, values) if values else []
        yield replace(diagnostic, related=(*diagnostic.related, *notes)) if notes else diagnostic


def _notes(diagnostic: Diagnostic, values: Values[str, Variable]) -> list[Related]:
    # In the project file, which declares the variables, none is replaced.
    project = next(iter(values.values())).span.file.path
    spans = [diagnostic.span, *(related.span for related in diagnostic.related)]
    texts = [span.text for span in spans if span is not None and span.file.path != project]
    names = dict.fromkeys(match["name"] for text in texts for match in _REFERENCE.finditer(text))
    return [
        Related(variable.span, f"`${{{variable.name}}}` is `{variable.value}` here{_FROM[variable.origin]}")
        for name in names
        if (variable := values.get(name or "")) is not None
    ]


_FROM = {"workspace": "", "environment": ", from the environment", "default": ", its default"}


class _Expander:
    """Replaces variables in one document, and gathers which it named and what was wrong."""

    def __init__(self, document: Document, values: Values[str, Variable]) -> None:
        self.document = document
        self.values = values
        self.named: set[str] = set()
        self.wrong: list[Path] = []
        self.diagnostics: list[Diagnostic] = []
        self.room = MAX_BYTES
        self.full = False
        # The text of the last mistake, and where it stands.
        self.at: Path = ()
        self.written = Excerpt(document.file, "", [0])

    def node(self, node: Node, texts: _Texts, path: Path) -> Node:
        """The node, or another one where something in it was replaced."""
        if isinstance(node, Scalar):
            if not isinstance(node.data, str) or "$" not in node.data:
                return node
            return self._text(node, path) if texts is True else node
        if isinstance(node, Sequence):
            items = [self.node(item, texts, (*path, index)) for index, item in enumerate(node.items)]
            if all(new is old for new, old in zip(items, node.items, strict=True)):
                return node
            expanded = Sequence(node.start, node.flow)
            expanded.items, expanded.data, expanded.end = items, [item.data for item in items], node.end
            return expanded
        return self._mapping(node, texts, path)

    def _mapping(self, node: Mapping, texts: _Texts, path: Path) -> Mapping:
        below = texts if isinstance(texts, dict) else {}
        entries: dict[str, tuple[int, int, Node]] = {}
        for key, (start, end, value) in node.entries.items():
            here = (*path, key)
            if "$" in key:
                self._refuse_in_key(key, here)
            entries[key] = start, end, self.node(value, below.get(key, below.get(None, False)), here)
        if all(entries[key][2] is old for key, (_, _, old) in node.entries.items()):
            return node
        expanded = Mapping(node.start, node.flow)
        expanded.entries, expanded.end = entries, node.end
        expanded.data = {key: value.data for key, (_, _, value) in entries.items()}
        return expanded

    def _text(self, node: Scalar, path: Path) -> Scalar:
        written = node.text
        pieces: list[str] = []
        places: list[tuple[int, int]] = []
        at = 0
        for match in _REFERENCE.finditer(written):
            start, end = match.span()
            value = "$" if match["literal"] else self._value(match["name"])
            if value is None:
                self._mistake(match, path)
                value = match[0]
            pieces += [written[at:start], value]
            places += [(index, index + 1) for index in range(at, start)]
            places += [(start, end)] * len(value)
            at = end
        if not pieces:
            return node
        places += [(index, index + 1) for index in range(at, len(written))]
        return Expanded(node, "".join(pieces) + written[at:], places)

    def _value(self, name: str | None) -> str | None:
        """What stands for a name; None where nothing does, or there is no room for it."""
        if name is None:
            return None
        self.named.add(name)
        if name not in self.values:
            return None
        value = self.values[name].value
        self.room -= len(value)
        return value if self.room >= 0 else None

    def _mistake(self, match: re.Match[str], path: Path) -> None:
        if self.at != path:
            self.at, self.written = path, self.document.excerpt(path)
            self.wrong.append(path)
        span = self.written.span(*match.span())
        name = match["name"]
        if name is None:
            message = "this is no name of a variable" if match["other"] else "`${` is never closed"
            hint = "write `${NAME}`, of letters, digits and `_`; for a `${` in the text write `$${`"
            self.diagnostics.append(codes.NO_VARIABLE.at(span, message, hint=hint))
        elif name not in self.values:
            message = f"the variable `{name}` is not declared"
            fix = near_word(Span(span.file, span.start + 2, span.end - 1), name, self.values)
            hint = self._remedy(name)
            self.diagnostics.append(codes.UNKNOWN_VARIABLE.at(span, message, hint=hint, fix=fix))
        elif not self.full:
            self.full = True
            message = f"from here on the values of variables are more than {MAX_BYTES:,} characters"
            hint = "split the file, or give the variables shorter values"
            self.diagnostics.append(spec_codes.TOO_LARGE.at(span, message, hint=hint))

    def _remedy(self, name: str) -> str:
        near = did_you_mean(name, self.values)
        if near:
            return near
        declared = f"declared: {bounded_names(self.values)}; " if self.values else ""
        return f"{declared}declare it under `variables` in the project file, or write `$${{` for a `${{` in the text"

    def _refuse_in_key(self, key: str, path: Path) -> None:
        """Tells of a declared variable in a key; in place of one of few words it is none of them, which is told."""
        for match in _REFERENCE.finditer(key):
            if match["name"] in self.values:
                self.named.add(match["name"])
                self.wrong.append(path)
                self.diagnostics.append(
                    codes.NOT_REPLACED.at(
                        self.document.key_span(path),
                        f"`{match[0]}` stands in a key, where no variable is replaced",
                        hint="write it out; an entry that is for some workspaces says so by `only` or `except`",
                    )
                )


@cache
def _texts_of_a_file() -> _Texts:
    return _texts(SpecFile)


def _texts(annotation: Any) -> _Texts:
    """Where text stands in what has this type: not where one of a few words does."""
    if get_origin(annotation) is Annotated:
        return _texts(get_args(annotation)[0])
    if isinstance(annotation, types.UnionType) or get_origin(annotation) is Union:
        # Of a text or a list of texts, either is text.
        return next((texts for argument in get_args(annotation) if (texts := _texts(argument))), False)
    if get_origin(annotation) is list:
        return _texts(get_args(annotation)[0])
    if get_origin(annotation) is dict:
        return {None: _texts(get_args(annotation)[1])}
    types_by_key = {key: field.type for key, field in keys_of(annotation).items() if key not in _NAMES}
    if types_by_key:
        return {key: _texts(type_of_key) for key, type_of_key in types_by_key.items()}
    return annotation is str
