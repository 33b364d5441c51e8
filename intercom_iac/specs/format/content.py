"""What formatting a file may not change."""

from __future__ import annotations

from typing import Any

from pydantic import BaseModel

from intercom_iac.text import SourceFile
from intercom_iac.yaml.nodes import Mapping, Node

from ..load.entries import SpecFile
from ..policy.silences import silence_targets
from .declared_words import DeclaredWords
from .rules import rule_at, rule_content


def file_content(root: Node, file: SourceFile, model: type[BaseModel], words: DeclaredWords) -> Any:
    """The data of a file, with rules by their canonical text and their comments, and what its comments silence."""
    return _data_with_rules(root, file, model, words), silence_targets(file, root)


def _data_with_rules(root: Node, file: SourceFile, model: type[BaseModel], words: DeclaredWords) -> Any:
    if not isinstance(root, Mapping):
        return root.data
    segments = root.entries.get("segments")
    if model is not SpecFile or segments is None or not isinstance(segments[2], Mapping):
        return root.data
    rules: dict[str, Any] = {}
    for key, (_, _, entry) in segments[2].entries.items():
        if isinstance(entry, Mapping) and "rule" in entry.entries:
            rule = rule_at(entry.entries["rule"][2], ("segments", key, "rule"), file, model, words)
            rules[key] = {**entry.data, "rule": entry.data["rule"] if rule is None else rule_content(rule)}
    return {**root.data, "segments": {**segments[2].data, **rules}}
