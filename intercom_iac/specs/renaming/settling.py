"""What a draft comes to: loaded as it would be, tidied, and held to say what the specs said, by the new name."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import replace

from intercom_iac.diagnostics import Diagnostic, InvalidSpecs, Misuse
from intercom_iac.diagnostics.codes import policy as codes
from intercom_iac.project import OverlayTree, Project, read_project
from intercom_iac.yaml.edits import apply_edits

from ..format.declared_words import declared_words
from ..format.files import format_file
from ..load.loading import Loaded, load_every_workspace
from ..merging import merge_diagnostics
from .drafts import Draft
from .meaning import keeps_meaning
from .rename import Rename

Specs = Mapping[str, Loaded]


def settle(project: Project, draft: Draft, before: Mapping[str, str], rename: Rename, specs: Specs) -> Draft:
    """The draft without silences that are left over, its spec files in the canonical form where they were.

    `specs` are those of now, `before` the texts of now. Raises `InvalidSpecs` for the errors there would be, and
    `Misuse` where the specs would say something else.
    """
    after = load_every_workspace(_edited_project(project, draft, before))
    tidied = _without_unused_silences(draft, after, specs)
    formatted = _in_canonical_form(_edited_project(project, tidied, before), tidied, before)
    if formatted != draft:
        after = load_every_workspace(_edited_project(project, formatted, before))
    errors = [diagnostic for diagnostic in _diagnostics(after) if diagnostic.is_error]
    if errors:
        raise InvalidSpecs(errors)
    for workspace, loaded in specs.items():
        if not keeps_meaning(rename, loaded.schema, after[workspace].schema):
            raise Misuse(
                f"`{rename.old}` is not renamed: in the workspace `{workspace}` the specs would say something else",
                hint="rename it by hand",
            )
    return formatted


def _edited_project(project: Project, draft: Draft, before: Mapping[str, str]) -> Project:
    """The project with the files of a draft. Raises `InvalidSpecs` where its project file is wrong then."""
    texts = {file: text.encode() for file, text in draft.texts.items() if text != before[file]}
    tree = OverlayTree(project.tree, texts)
    edited, mistakes = read_project(project.root, tree, project.source.path, project.environment)
    if edited is None or mistakes:
        raise InvalidSpecs(mistakes)
    return edited


def _without_unused_silences(draft: Draft, after: Specs, specs: Specs) -> Draft:
    """The draft without the silences that a copied or rewritten entry has no use for."""
    known = {_line(diagnostic) for diagnostic in _unused_silences(specs)}
    edits = {
        (edit.span.file.path, edit.span.start): edit
        for diagnostic in _unused_silences(after)
        if _line(diagnostic) not in known and diagnostic.fix is not None
        for edit in diagnostic.fix.edits
    }
    for file in dict.fromkeys(file for file, _ in edits):
        of_file = [edit for (path, _), edit in edits.items() if path == file]
        draft = draft.with_text(file, apply_edits(draft.texts[file], of_file))
    return draft


def _unused_silences(specs: Specs) -> Iterator[Diagnostic]:
    return (diagnostic for diagnostic in _diagnostics(specs) if diagnostic.code == codes.UNUSED_SILENCE.id)


def _diagnostics(specs: Specs) -> list[Diagnostic]:
    return merge_diagnostics({name: loaded.diagnostics for name, loaded in specs.items()})


def _line(diagnostic: Diagnostic) -> tuple[str, str]:
    assert diagnostic.span is not None
    return diagnostic.span.file.path, diagnostic.span.file.line(diagnostic.span.line)


def _in_canonical_form(project: Project, draft: Draft, before: Mapping[str, str]) -> Draft:
    """The draft as `fmt` has it, but for files that it would have changed before: those keep their layout."""

    def words() -> frozenset[str] | None:
        return declared_words(project)

    def lay_out(file: str, text: str) -> str:
        was = before[file]
        if file == project.source.path or text == was or format_file(was, file, words=words) != was:
            return text
        return format_file(text, file, words=words)

    return replace(draft, texts={file: lay_out(file, text) for file, text in draft.texts.items()})
