"""The entries of a rename: a new one behind the old one, the key of a segment, or a rename that goes back."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Literal

from intercom_iac.text import SourceFile
from intercom_iac.yaml.edits import apply_edits, remove_entry, rename_key
from intercom_iac.yaml.nodes import Document

from ..author.entries import literal_text
from ..author.updates import EntryUpdate, update_entries
from .copying import copy_entry
from .drafts import Draft, Part, file_of
from .rename import Rename

Form = Literal["new entry", "undone", "back", "in place"]
"""What becomes of the entries: a new one behind the old one; a rename that is undone, so that its entry goes; one
that goes back to the name before, whose entry is there; the same entry under another key, as that of a segment, or
of a name that nobody can have applied yet."""


def rename_entry(draft: Draft, file: str, rename: Rename, form: Form, documents: Iterable[Document]) -> Draft:
    """The draft with the entries as a form has them. `file` is that of the entry, `documents` are those of now."""
    match form:
        case "in place":
            return _rename_key(draft, file, rename)
        case "new entry":
            text = copy_entry(SourceFile(file, draft.texts[file]), rename.old_path, rename.new.name)
            draft = draft.with_text(file, text, Part("entry", file, rename.new_path, str(rename.new)))
            return _deprecate(_succeed(draft, file, rename), file, rename)
        case "back":
            other = file_of(documents, rename.new_path)
            draft = _succeed(draft, other, rename)
            draft = draft.with_text(
                other, draft.texts[other], Part("restored", other, rename.new_path, str(rename.new))
            )
            return _deprecate(draft, file, rename)
        case "undone":
            other = file_of(documents, rename.new_path)
            update = EntryUpdate(path=rename.new_path, key="status", value=None)
            text = update_entries(SourceFile(other, draft.texts[other]), [update])
            draft = draft.with_text(other, text, Part("restored", other, rename.new_path, str(rename.new)))
            text = apply_edits(draft.texts[file], remove_entry(draft.document(file), rename.old_path))
            return draft.with_text(file, text, Part("removed", file, rename.section, str(rename.old)))


def _rename_key(draft: Draft, file: str, rename: Rename) -> Draft:
    """The key stays where it is. A segment keeps its name in Intercom: where that was its key, it is written out."""
    document = draft.document(file)
    text = apply_edits(draft.texts[file], rename_key(document, rename.old_path, rename.new.name))
    draft = draft.with_moved_parts(rename.old_path, rename.new_path, str(rename.new))
    draft = draft.with_text(file, text, Part("key", file, rename.new_path, str(rename.new)))
    if rename.old.kind != "segment" or document.node((*rename.old_path, "name")) is not None:
        return draft
    update = EntryUpdate(path=rename.new_path, key="name", value=literal_text(rename.old.name))
    text = update_entries(SourceFile(file, text), [update])
    return draft.with_text(file, text, Part("name", file, (*rename.new_path, "name"), str(rename.new)))


def _succeed(draft: Draft, file: str, rename: Rename) -> Draft:
    """The entry under the new name is in use, and takes the place of the old one."""
    values = {"status": None, "renamed_from": literal_text(rename.old.name)}
    if rename.old.kind == "attribute":
        values["replaces"] = None
    updates = [EntryUpdate(path=rename.new_path, key=key, value=value) for key, value in values.items()]
    return draft.with_text(file, update_entries(SourceFile(file, draft.texts[file]), updates))


def _deprecate(draft: Draft, file: str, rename: Rename) -> Draft:
    """The entry under the old name is on its way out; one that came from the new name no longer says so."""
    path = rename.old_path
    updates = [EntryUpdate(path=path, key="status", value="deprecated")]
    before = draft.document(file).node((*path, "renamed_from"))
    if before is not None and before.data == literal_text(rename.new.name):
        updates.append(EntryUpdate(path=path, key="renamed_from", value=None))
    text = update_entries(SourceFile(file, draft.texts[file]), updates)
    return draft.with_text(file, text, Part("deprecated", file, path, str(rename.old)))
