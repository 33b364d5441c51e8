"""A rename, written into the texts of a project's files: nothing is written to the disk here.

Each step takes a draft and gives the next. Rules come first, whose places are those of the files as they are; what
comes of it all is loaded before it is given.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from intercom_iac.project import Project
from intercom_iac.text import SourceFile, Span
from intercom_iac.yaml.nodes import Document

from ..fixing import FixedFile
from ..load.reading import read_spec_files
from .addresses import rename_addresses, rename_in_silences, silence_span
from .contracts import rename_in_contracts
from .drafts import Draft, Part, file_of
from .entries import Form, rename_entry
from .references import rename_references
from .rename import Rename, Renamed, RenamedPart
from .rules import rename_in_rules
from .settling import Specs, settle


def rename_in_project(project: Project, rename: Rename, form: Form, specs: Specs) -> Renamed:
    """The files of a project with a rename in them.

    `specs` are those of the project by workspace, without an error, and `form` fits them. Raises `EditRefused` for a
    text that cannot be edited in place, `InvalidSpecs` for errors that the specs would have, and `Misuse` where they
    would say something else.
    """
    files, _ = read_spec_files(project)
    before = {document.file.path: document.file.text for document in files.documents}
    file = file_of(files.documents, rename.old_path)
    draft = _rename_in_rules(project, Draft(before), files.documents, rename, specs)
    draft = rename_references(draft, rename)
    draft = rename_in_contracts(draft, rename)
    draft = rename_entry(draft, file, rename, form, files.documents)
    draft = _rename_in_silences(draft, rename)
    name = project.source.path
    text, paths = rename_addresses(project.source, rename)
    draft = draft.with_text(name, text, *(Part("address", name, path) for path in paths))
    before[name] = project.source.text
    return _result_of(rename, settle(project, draft, before, rename, specs), before, file)


def _rename_in_rules(
    project: Project, draft: Draft, documents: Iterable[Document], rename: Rename, specs: Specs
) -> Draft:
    schemas = {name: loaded.schema for name, loaded in specs.items()}
    for document in documents:
        file = document.file.path
        text, rules = rename_in_rules(project, document, rename, schemas)
        parts = [Part("rule", file, rule.path, rule.address, rule.count) for rule in rules]
        draft = draft.with_text(file, text, *parts)
    return draft


def _rename_in_silences(draft: Draft, rename: Rename) -> Draft:
    for file, text in draft.texts.items():
        changed, count = rename_in_silences(SourceFile(file, text), rename)
        if count:
            draft = draft.with_text(file, changed, Part("silence", file, (), count=count))
    return draft


def _result_of(rename: Rename, draft: Draft, before: Mapping[str, str], first: str) -> Renamed:
    """What the draft changes, the file `first` before the others."""
    files = [
        FixedFile(file, before[file], text) for file, text in draft.texts.items() if text != before[file]
    ]
    documents = {file.path: draft.document(file.path) for file in files}
    parts = [
        RenamedPart(what=part.what, span=span, address=part.address, count=part.count)
        for part in draft.parts
        if (span := _span(documents[part.file], part, rename)) is not None
    ]

    def place(part: RenamedPart) -> tuple[bool, str, int]:
        return part.span.file.path != first, part.span.file.path, part.span.start

    return Renamed(
        rename=rename,
        files=tuple(sorted(files, key=lambda file: file.path != first)),
        parts=tuple(sorted(parts, key=place)),
    )


def _span(document: Document, part: Part, rename: Rename) -> Span | None:
    """Where a part stands in the new text; None for a silence that has gone since."""
    if part.what == "silence":
        return silence_span(document.file, str(rename.new))
    is_key = part.what in ("entry", "deprecated", "restored", "removed", "key")
    return document.key_span(part.path) if is_key else document.span(part.path)
