"""The rules of spec files, with another name wherever they read what is renamed."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping

from intercom_iac.diagnostics import Edit, EditRefused
from intercom_iac.lazy_dataclass import dataclass
from intercom_iac.model import Schema
from intercom_iac.project import Project
from intercom_iac.project.variables import variable_values
from intercom_iac.rules.rename import rename_in_rule
from intercom_iac.text import SourceFile
from intercom_iac.yaml.edits import Replacement, apply_edits, change_text
from intercom_iac.yaml.nodes import Document, Path, Scalar
from intercom_iac.yaml.scalar_edits import part_edit

from ..load.expansion import expand
from ..load.rule_places import is_segment_key, rule_places
from .rename import Rename


@dataclass(frozen=True, slots=True)
class RenamedRule:
    """A rule that names what is renamed: where it stands, and how many times it does."""

    path: Path
    count: int

    @property
    def address(self) -> str:
        """Of the segment or the assertion that it belongs to."""
        return f"{str(self.path[0]).removesuffix('s')}.{self.path[1]}"


def rename_in_rules(
    project: Project, document: Document, rename: Rename, schemas: Mapping[str, Schema]
) -> tuple[str, list[RenamedRule]]:
    """The text of a spec file with its rules rewritten, and which of them were.

    Only the characters of the names are others; where YAML would read the rule as something else then, all of it is
    written in quotes. `schemas` are by workspace. Raises `EditRefused` for a name that stands in a variable's value.
    """
    by_rule: dict[Path, dict[tuple[int, int], Edit]] = {}
    for path, edits in _edits(project, document, rename, schemas):
        for edit in edits:
            if "${" in edit.span.text:
                raise EditRefused(
                    f"{edit.span}: `{rename.old.name}` stands here in the value of a variable",
                    hint="write the name out in the rule, and rename it then",
                    span=edit.span,
                )
            by_rule.setdefault(path, {})[edit.span.start, edit.span.end] = edit
    in_place: list[Edit] = []
    anew: list[Path] = []
    for path, edits in by_rule.items():
        node = document.node(path)
        assert isinstance(node, Scalar)
        parts = [part_edit(document.file, node, edit) for edit in edits.values()]
        kept = [
            part for part, edit in zip(parts, edits.values(), strict=True) if part and part.span == edit.span
        ]
        if len(kept) == len(parts):
            in_place += kept
        else:
            anew.append(path)
    text = apply_edits(document.file.text, in_place)
    rewritten = [Replacement(path, _renamed_text(document, path, by_rule[path].values())) for path in anew]
    text = change_text(SourceFile(document.file.path, text), rewritten)
    return text, [RenamedRule(path, len(edits)) for path, edits in by_rule.items()]


def _edits(
    project: Project, document: Document, rename: Rename, schemas: Mapping[str, Schema]
) -> Iterator[tuple[Path, list[Edit]]]:
    """The edits of each rule, as it reads in each workspace."""
    varies = "$" in document.file.text or "\\" in document.file.text
    for workspace, schema in schemas.items():
        values, _ = variable_values(project.document, project.settings, workspace, project.environment)
        expanded = expand(document, values)[0].document if varies else document
        for path in rule_places(expanded.root):
            rule = expanded.excerpt(path)
            if not is_segment_key(path, rule.text, schema.segments):
                yield path, rename_in_rule(rule, rename.old, rename.new.name, schema)


def _renamed_text(document: Document, path: Path, edits: Iterable[Edit]) -> str:
    """The value of a rule with its edits made, each at its place in the value."""
    rule = document.excerpt(path)
    text = rule.text
    for edit in sorted(edits, key=lambda edit: edit.span.start, reverse=True):
        start = next(at for at in range(len(rule.text)) if rule.offsets[at] >= edit.span.start)
        end = next(
            (at for at in range(start, len(rule.text)) if rule.offsets[at] >= edit.span.end), len(rule.text)
        )
        text = text[:start] + edit.text + text[end:]
    return text
