"""Entries for the specs from a workspace, or from other tools' plans: placed, tried, and written together."""

from __future__ import annotations

import os
from collections.abc import Mapping, Sequence
from dataclasses import field, replace
from pathlib import Path
from typing import TYPE_CHECKING

from intercom_iac.diagnostics import Diagnostic, InvalidSpecs
from intercom_iac.diagnostics.codes import spec as spec_codes
from intercom_iac.lazy_dataclass import dataclass

from .edited_files import write_project_files
from .notices import Notify, ignore_notice
from .session import Session

if TYPE_CHECKING:
    from intercom_iac.adopting import Imported, Proposal, Specs
    from intercom_iac.model import Schema, Snapshot
    from intercom_iac.specs import Loaded
    from intercom_iac.workspace import Target

SCHEMA_FILE = ".intercom-iac/spec.schema.json"
# What is wrong with all entries together, of which no single one is to blame.
_OVER_CAPS = frozenset({spec_codes.TOO_MANY_ATTRIBUTES.id, spec_codes.TOO_MANY_EVENTS.id})


@dataclass(frozen=True, slots=True, kw_only=True)
class ImportRequest:
    """What of a source is taken, and where it goes.

    `only` and `except_` are patterns of addresses. `into` is a folder in the specs folder for every new entry; None
    puts them among their neighbours. With `update`, the source's values are spliced into entries that differ.
    """

    only: Sequence[str] = ()
    except_: Sequence[str] = ()
    into: Path | None = None
    update: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class _Refused:
    """Why entries cannot be written, by address, and what is wrong with the specs otherwise."""

    reasons: Mapping[str, str] = field(default_factory=dict[str, str])
    mistakes: tuple[Diagnostic, ...] = ()


def import_workspace(
    session: Session,
    request: ImportRequest,
    *,
    people: int,
    notify: Notify = ignore_notice,
    target: Target | None = None,
) -> Imported:
    """What the specs get from the session's workspace, with a sample of so many people; nothing is written yet.

    With the new entries the specs have no error and a plan changes none of them: what they would not pass with is
    told as not mapped. Raises `InvalidSpecs` for specs with errors, `Misuse` and `WorkspaceError`.
    """
    from intercom_iac.adopting import propose_workspace, select, unread_lists
    from intercom_iac.text.personal import mask_if_personal

    from .surveying import read_survey, sample_request

    specs = _specs(session, request)
    sampled = sample_request(people, occurrences=True)
    surveyed = read_survey(session, sampled, notify=notify, target=target)
    snapshot = surveyed.survey.snapshot
    proposal = propose_workspace(snapshot, surveyed.sample, specs.schema, mask=mask_if_personal)
    proposal = select(proposal, only=request.only, except_=request.except_)
    unread = unread_lists(surveyed.survey, surveyed.sample)
    proposal = replace(proposal, not_mapped=(*unread, *proposal.not_mapped))
    return _place_acceptable(session, proposal, specs, request, snapshot)


def import_proposal(session: Session, proposal: Proposal, request: ImportRequest) -> Imported:
    """What the specs get from a proposal that other tools' tracking plans gave; nothing is written yet.

    Raises `InvalidSpecs` for specs with errors, and `Misuse`.
    """
    return _place_acceptable(session, proposal, _specs(session, request), request, None)


def write_import(session: Session, imported: Imported) -> tuple[Path, ...]:
    """Writes the files of an import, each whole or not at all, and gives their paths from the project's root.

    Raises `Misuse` where one is no longer what was read.
    """
    before = {file.path: file.text for file in session.specs().files}
    texts = {path.as_posix(): text for path, text in imported.texts.items()}
    write_project_files(session.project.root, texts, before)
    return tuple(imported.texts)


def _specs(session: Session, request: ImportRequest) -> Specs:
    """The specs to add to; a project without any spec file has empty ones."""
    from intercom_iac.adopting import Specs, refuse_folder

    loaded = session.for_workspace(session.workspace.name).specs()
    # Specs over a cap can be added to: a first import may have brought them there, and is to be repeated.
    if not loaded.is_empty and any(error.code not in _OVER_CAPS for error in loaded.errors):
        loaded.or_raise()
    project = session.project
    folder = Path(project.settings.specs).as_posix()
    apart = request.into is not None
    if request.into is not None:
        into = Path(os.path.relpath(request.into, project.root)).as_posix()
        refuse_folder(into, folder)
        folder = into
    return Specs(
        schema=loaded.schema,
        files={file.path: file for file in loaded.files},
        folder=folder,
        apart=apart,
        header=_header(project.root, folder),
    )


def _header(root: Path, folder: str) -> str:
    """What a new spec file begins with: where editors find the schema of the format, if the project has it."""
    if not (root / SCHEMA_FILE).is_file():
        return ""
    return f"# yaml-language-server: $schema={Path(os.path.relpath(SCHEMA_FILE, folder)).as_posix()}\n"


def _place_acceptable(
    session: Session, proposal: Proposal, specs: Specs, request: ImportRequest, snapshot: Snapshot | None
) -> Imported:
    """The import, without the entries that the specs refuse or a plan would change."""
    from intercom_iac.adopting import fit_of, place, without

    fit = fit_of(specs.schema, proposal)
    while True:
        imported = place(proposal, specs, update=request.update)
        refused = _Refused()
        if imported.texts:
            loaded = _loaded_with(session, imported)
            new = {entry.address for entry in imported.written} - _addresses(specs.schema)
            refused = _refused_by_specs(loaded, new)
            if not refused.reasons and not refused.mistakes and snapshot is not None:
                refused = _refused_by_plan(session, loaded[session.workspace.name], snapshot, new)
        if not refused.reasons:
            return replace(imported, fit=fit, mistakes=refused.mistakes)
        proposal = without(proposal, refused.reasons)


def _addresses(schema: Schema) -> set[str]:
    things = (*schema.attributes.values(), *schema.events.values(), *schema.segments.values())
    return {thing.address for thing in things}


def _loaded_with(session: Session, imported: Imported) -> Mapping[str, Loaded]:
    """The specs of every workspace as they are with the files of an import."""
    from intercom_iac.project import OverlayTree, read_project
    from intercom_iac.specs import load_every_workspace

    project = session.project
    texts = {path.as_posix(): text.encode() for path, text in imported.texts.items()}
    tree = OverlayTree(project.tree, texts)
    read, diagnostics = read_project(project.root, tree, project.source.path, project.environment)
    if read is None or diagnostics:
        raise InvalidSpecs(diagnostics)
    return load_every_workspace(read)


def _refused_by_specs(loaded: Mapping[str, Loaded], new: set[str]) -> _Refused:
    """The errors of new entries, by address; those that stand elsewhere are mistakes that the import makes."""
    from intercom_iac.specs import merge_diagnostics

    found = merge_diagnostics({name: specs.diagnostics for name, specs in loaded.items()})
    reasons: dict[str, str] = {}
    mistakes: list[Diagnostic] = []
    for diagnostic in found:
        if not diagnostic.is_error:
            continue
        subject = diagnostic.subject or ""
        is_new = subject in new or subject.partition(".metadata.")[0] in new
        if is_new and diagnostic.code not in _OVER_CAPS:
            reasons.setdefault(subject, diagnostic.message)
        else:
            mistakes.append(diagnostic)
    return _Refused(reasons=reasons, mistakes=tuple(mistakes))


def _refused_by_plan(session: Session, loaded: Loaded, snapshot: Snapshot, new: set[str]) -> _Refused:
    """The new entries that a plan would change right away."""
    from intercom_iac.planning import plan
    from intercom_iac.specs import digest

    planned = plan(
        loaded.schema, snapshot, workspace=session.workspace.name, specs_digest=digest(loaded.schema)
    )
    return _Refused(
        reasons={
            change.address: f"a plan would change it: {change.reason}"
            for change in planned.changes
            if change.address in new
        }
    )
