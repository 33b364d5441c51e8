"""What formatting a file may not change."""

from __future__ import annotations

from typing import Any

from intercom_iac.text import SourceFile
from intercom_iac.yaml.nodes import Mapping, Node, Path
from intercom_iac.yaml.shapes import Shape

from ..load.entries import SpecFile
from ..load.rule_places import is_rule_place
from ..policy.silences import silence_targets
from .declared_words import DeclaredWords
from .rules import rule_at, rule_content

# The sections whose entries hold rules.
_SECTIONS = ("segments", "assertions")


def file_content(root: Node, file: SourceFile, model: type[Shape], words: DeclaredWords) -> Any:
    """The data of a file, with rules by their canonical text and their comments, and what its comments silence."""
    return _data_with_rules(root, file, model, words), silence_targets(file, root)


def _data_with_rules(root: Node, file: SourceFile, model: type[Shape], words: DeclaredWords) -> Any:
    if not isinstance(root, Mapping) or model is not SpecFile:
        return root.data

    def data(node: Node, path: Path) -> Any:
        if isinstance(node, Mapping):
            return {key: data(value, (*path, key)) for key, (_, _, value) in node.entries.items()}
        rule = rule_at(node, path, file, model, words) if is_rule_place(path) else None
        return node.data if rule is None else rule_content(rule)

    sections = {
        section: data(root.entries[section][2], (section,))
        for section in _SECTIONS
        if section in root.entries
    }
    return {**root.data, **sections}
