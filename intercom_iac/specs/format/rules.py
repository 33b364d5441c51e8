"""Rules inside YAML: the canonical text, in the block style and with the comments of the author."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from intercom_iac.text import SourceFile
from intercom_iac.text.unseen import in_double_quotes, unseen
from intercom_iac.yaml.builder import build
from intercom_iac.yaml.decoding import control_characters
from intercom_iac.yaml.excerpts import excerpt_of
from intercom_iac.yaml.nodes import Mapping, Node, Path, Scalar
from intercom_iac.yaml.shapes import Shape

from ..load.entries import SpecFile, spec_keys
from ..load.expansion import holds_variables
from ..load.rule_places import is_rule_place, may_be_segment_key
from .declared_words import DeclaredWords

if TYPE_CHECKING:
    from intercom_iac.rules import Syntax

WIDTH = 100


def rule_at(
    node: Node, path: Path, file: SourceFile, model: type[Shape], words: DeclaredWords
) -> Syntax | None:
    """The rule that stands at a path, in the language's own words but for those that are declared; None for what is
    none or does not read.

    One with variables in it is none either: what their values are decides how it reads; nor what may be the key of a
    segment in its place.
    """
    if model is not SpecFile or not is_rule_place(path):
        return None
    if not isinstance(node, Scalar) or not isinstance(node.data, str) or holds_variables(node.data):
        return None
    if may_be_segment_key(path, node.data):
        return None
    from intercom_iac.rules import parse, settle_words

    rule, _ = parse(excerpt_of(file, node.data, node.style, node.start, node.end))
    return None if rule is None else settle_words(rule, words)


def rule_content(rule: Syntax) -> tuple[str, ...]:
    """The rule without its layout, and its comments."""
    from intercom_iac.rules import canonical_text

    return canonical_text(rule), *(rule.source.text[start:end].rstrip() for start, end in rule.comments)


def rule_lines(rule: Syntax, written: str, column: int, key: str) -> list[str] | None:
    """The rule as the value of a key that starts at a column and was `written` so; None where it is to stay so.

    A block stays a block of its kind, over several lines where it was; what else is too wide for a line is folded.
    """
    from intercom_iac.rules import format_syntax

    header, *content = written.split("\n")
    block = re.match(r"[|>][-+\d]*", header)
    text = format_syntax(rule)
    if "\n" in text and not header.startswith("|"):
        return None
    if unseen(text):
        # Escapes stand in double quotes only, and those on one line.
        return [in_double_quotes(text)]
    if block is None and column + len(text) <= WIDTH:
        return [_plain_or_quoted(text, "k: {}")]
    # An indentation of its own is not needed: no rule begins with a space.
    header = ">-" if block is None else re.sub(r"\d", "", block[0]) + header[block.end() :].rstrip()
    margin = " " * (column - len(f"{key}: ") + 2)
    clauses = [line for line in content if line.strip() and not line.lstrip().startswith("#")]
    if block is None or len(clauses) > 1 or len(margin) + max(map(len, text.split("\n"))) > WIDTH:
        text = format_syntax(rule, broken=True)
    # Empty lines at the end belong to a block that keeps them.
    kept = len(written) - len(written.rstrip("\n"))
    return [header, *(margin + part if part else "" for part in text.split("\n")), *[""] * kept]


def rule_for_flow(rule: Syntax) -> str | None:
    """The rule on one line of a flow mapping; None where it does not fit on one."""
    from intercom_iac.rules import format_syntax

    text = format_syntax(rule)
    return None if "\n" in text else _plain_or_quoted(text, "{{k: {}}}")


def _plain_or_quoted(rule: str, template: str) -> str:
    """The rule without quotes where YAML reads it back as it is, else in the quotes in which it does."""
    in_single_quotes = "'" + rule.replace("'", "''") + "'"
    for written in (rule, in_single_quotes):
        file = SourceFile("", template.format(written))
        root, diagnostics = build(file, spec_keys)
        if diagnostics or unseen(file.text) or control_characters(file):
            continue
        if isinstance(root, Mapping) and root.data == {"k": rule}:
            return written
    return in_double_quotes(rule)
