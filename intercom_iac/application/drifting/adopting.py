"""Specs that take over what the workspace has: entries updated by splicing, and new ones beside their like.

Nothing is written that would make the specs invalid, and a file that changed meanwhile is left alone.
"""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from dataclasses import replace
from typing import TYPE_CHECKING

from intercom_iac.diagnostics import IntercomIacError, Misuse
from intercom_iac.drift import Adopted, Adoption, NotAdopted, Report, adoptions
from intercom_iac.model.address_patterns import pattern_covers
from intercom_iac.project import OverlayTree
from intercom_iac.specs import Loaded, SpecsLoader, add_entries, new_spec_file
from intercom_iac.specs.author.neighbours import Neighbours, files_of_entries, neighbours_in
from intercom_iac.specs.author.updates import update_entries
from intercom_iac.text import SourceFile, did_you_mean

from ..addresses import declared_addresses
from ..edited_files import write_project_files
from ..notices import Notify
from ..session import Session
from .finding import compare, read_workspace, report_of
from .moments import SpecsOfMoment, specs_of_files

if TYPE_CHECKING:
    from intercom_iac.drift import Finding
    from intercom_iac.project import BaseReference, Project

Texts = dict[str, str]
"""The texts of spec files that change, by path from the project's root."""


def adopt_drift(
    session: Session,
    addresses: Sequence[str],
    *,
    against: BaseReference | None,
    sample: int,
    notify: Notify,
) -> Report:
    """Writes what the workspace has at these addresses into the spec files; the report is of what is left.

    An address may be a pattern. Raises `Misuse` beside a revision, which nothing is written to, and for an address
    that neither the specs nor the workspace have.
    """
    if against is not None:
        raise Misuse(
            "`--adopt` writes into the files as they are, and `--against` names a revision",
            hint="leave out `--against`",
        )
    specs = specs_of_files(session)
    read = read_workspace(session, specs, sample=sample, notify=notify)
    findings = compare(specs, read).findings
    chosen = _choose(addresses, findings, specs)
    adopted, refused = adoptions(chosen, specs.schema)
    texts, adopted, invalid = _valid_texts(session, adopted)
    before = {file.path: file.text for file in session.specs().files}
    write_project_files(session.project.root, texts, before)
    session = Session(session.project, session.workspace_name, session.today)
    after = specs_of_files(session)
    others = {
        name: set(declared_addresses(loaded.schema))
        for name, loaded in session.specs_by_workspace().items()
        if name != session.workspace.name
    }
    report = report_of(session, after, read)
    return replace(
        report,
        adopted=tuple(_place(adoption, after, others) for adoption in adopted),
        not_adopted=(*refused, *invalid),
    )


def _choose(addresses: Sequence[str], findings: Sequence[Finding], specs: SpecsOfMoment) -> list[Finding]:
    """The findings at these addresses. One that is as the workspace has it already has none."""
    known = [finding.address for finding in findings]
    declared = set(declared_addresses(specs.schema))
    chosen: dict[int, Finding] = {}
    for address in addresses:
        exact = [finding for finding in findings if finding.address == address]
        found = exact or [finding for finding in findings if pattern_covers(address, finding.address)]
        if not found and address not in declared:
            raise Misuse(
                f"nothing drifted at `{address}`",
                hint=did_you_mean(address, known) or "`intercom-iac drift --against .` prints the addresses",
            )
        chosen |= {id(finding): finding for finding in found}
    return list(chosen.values())


# --- texts --------------------------------------------------------------------------------------------------


def _valid_texts(
    session: Session, wanted: Sequence[Adoption]
) -> tuple[Texts, list[Adoption], list[NotAdopted]]:
    """The texts with as many of the adoptions as leave the specs valid, those, and why not the others."""
    specs = session.specs()
    texts = Texts()
    adopted: list[Adoption] = []
    refused: list[NotAdopted] = []
    waiting = [list(wanted)] if wanted else []
    while waiting:
        group = waiting.pop()
        tried = _texts_or_reason(session, specs, texts, group)
        if not isinstance(tried, NotAdopted):
            texts = tried
            adopted += group
        elif len(group) == 1:
            refused.append(tried)
        else:
            # Which of them it is, is found in the halves of what is left.
            middle = len(group) // 2
            waiting += (group[middle:], group[:middle])
    return texts, adopted, refused


def _texts_or_reason(
    session: Session, specs: Loaded, texts: Texts, group: Sequence[Adoption]
) -> Texts | NotAdopted:
    """The texts with these adoptions made in them, or why the first of them, if it is alone, cannot be."""
    address = group[0].finding.address
    try:
        tried = _with_adoptions(session.project, specs, texts, group)
        mistake = _mistake(session, tried)
    except IntercomIacError as error:
        return NotAdopted(address, error.message, error.hint)
    except (LookupError, ValueError):
        return NotAdopted(address, "its entry cannot be edited where it stands", "write it by hand")
    if mistake is None:
        return tried
    hint = f"mend that first; or `apply --target {address}` puts the specs' value back"
    return NotAdopted(address, f"the specs would be invalid: {mistake}", hint)


def _with_adoptions(project: Project, specs: Loaded, texts: Texts, wanted: Sequence[Adoption]) -> Texts:
    """The texts with these adoptions made in them. Raises `EditRefused`, `InvalidSpecs`, `LookupError` and
    `ValueError` where one cannot be."""
    current = {file.path: file.text for file in specs.files} | texts
    changed = dict(texts)
    neighbours = neighbours_in(files_of_entries(specs.schema))
    files = [_file_of(adoption, neighbours, project.settings.specs) for adoption in wanted]
    for path in dict.fromkeys(files):
        here = [adoption for adoption, file in zip(wanted, files, strict=True) if file == path]
        updates = [update for adoption in here for update in adoption.updates]
        entries = [adoption.entry for adoption in here if adoption.entry is not None]
        if path not in current:
            changed[path] = new_spec_file(entries)
            continue
        text = current[path]
        if updates:
            text = update_entries(SourceFile(path, text), updates)
        if entries:
            text = add_entries(SourceFile(path, text), entries)
        changed[path] = text
    return changed


def _file_of(adoption: Adoption, neighbours: Neighbours, folder: str) -> str:
    """The file of an entry: where it stands, else where most of its like do."""
    source = adoption.finding.source
    if adoption.entry is None:
        assert source is not None
        return source.file.path
    return neighbours.file_for(adoption.entry.address, folder)


def _mistake(session: Session, texts: Texts) -> str | None:
    """The first mistake of the specs with these texts, in any workspace."""
    project = session.project
    tree = OverlayTree(project.tree, {path: text.encode() for path, text in texts.items()})
    loader = SpecsLoader(replace(project, tree=tree))
    for loaded in loader.load_every_workspace().values():
        for error in loaded.errors:
            return error.message if error.span is None else f"{error.span}: {error.message}"
    return None


def _place(adoption: Adoption, after: SpecsOfMoment, others: Mapping[str, Collection[str]]) -> Adopted:
    """Where an adopted finding stands in the specs now; `others` are the addresses that other workspaces have."""
    address = adoption.finding.address if adoption.entry is None else adoption.entry.address
    schema = after.schema
    things = (*schema.attributes.values(), *schema.events.values(), *schema.segments.values())
    span = next(thing.span for thing in things if thing.address == address)
    assert span is not None
    also_for = tuple(name for name, addresses in others.items() if address in addresses)
    return Adopted(adoption.finding.address, adoption.finding.kind, span.file.path, span.line, also_for)
