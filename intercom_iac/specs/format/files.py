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

from pathlib import Path as FilePath

from intercom_iac.diagnostics import InvalidSpecs
from intercom_iac.project.files import DiskTree, read_text
from intercom_iac.project.project import PROJECT_FILE
from intercom_iac.project.project_file import parse_project_file
from intercom_iac.project.settings import ProjectSettings, project_keys
from intercom_iac.text import SourceFile
from intercom_iac.text.unseen import unseen
from intercom_iac.yaml.builder import build
from intercom_iac.yaml.decoding import control_characters
from intercom_iac.yaml.nodes import Node
from intercom_iac.yaml.unseen import check_unseen, spell_out

from ..file_schemas import Kind
from ..load.entries import SpecFile, spec_keys
from .content import file_content
from .declared_words import DeclaredWords, unknown_words
from .layout import Layout, UnusualLayout
from .lines import join_lines, text_line


def format_file(text: str, name: str, kind: Kind = "spec", words: DeclaredWords = unknown_words) -> str:
    """The canonical form of a file's text; `name` is what its diagnostics call it.

    `words` gives those that the specs of its project declare, which rules keep; without it they keep any word that
    may be one. It is called only where a rule has such a word.

    Says the same as before, rules apart from their spelling, and formatting it again changes nothing. Raises
    `InvalidSpecs` where the text is not YAML as the format has it: such a file is left alone.
    """
    file = SourceFile(name, text.lstrip("\ufeff").replace("\r\n", "\n"))
    if diagnostics := control_characters(file):
        raise InvalidSpecs(diagnostics)
    root, diagnostics = build(file, spec_keys if kind == "spec" else project_keys)
    if diagnostics:
        raise InvalidSpecs(diagnostics)
    file, root = _with_escapes(file, root)
    text = file.text
    if root is None:
        return join_lines([*map(text_line, text.split("\n"))])
    model = SpecFile if kind == "spec" else ProjectSettings
    try:
        laid_out = Layout(file, model, words).document(root)
    except UnusualLayout:
        return text
    if laid_out == text:
        return text
    # What was laid out must say the same; the few texts that fool the layout keep their own.
    other = SourceFile(name, laid_out)
    again, diagnostics = build(other)
    if again is None or diagnostics or control_characters(other) or unseen(laid_out):
        return text
    content = file_content(root, file, model, words)
    return laid_out if file_content(again, other, model, words) == content else text


def _with_escapes(file: SourceFile, root: Node | None) -> tuple[SourceFile, Node | None]:
    """The file with escapes for what nobody sees, and its data. Raises `InvalidSpecs` where escapes cannot say it."""
    text = spell_out(file, root)
    if text == file.text:
        return file, root
    other = SourceFile(file.path, text)
    again, diagnostics = build(other)
    before, after = (None if node is None else node.data for node in (root, again))
    if diagnostics or before != after or unseen(text):
        raise InvalidSpecs(list(check_unseen(file, root)))
    return other, again


def format_path(path: FilePath, name: str, words: DeclaredWords = unknown_words) -> tuple[SourceFile, str]:
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
    return file, format_file(file.text, name, kind, words)
