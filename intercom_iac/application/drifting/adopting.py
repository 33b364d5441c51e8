"""Specs that take over what the workspace has: entries updated by splicing, and new ones beside their like.

Nothing is written that would make the specs invalid, and a file that changed meanwhile is left alone.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from itertools import takewhile
from typing import TYPE_CHECKING

from intercom_iac.diagnostics import IntercomIacError, Misuse
from intercom_iac.drift import Adopted, Adoption, NotAdopted, Report, adoptions
from intercom_iac.model.address_patterns import pattern_covers
from intercom_iac.project import OverlayTree
from intercom_iac.specs import Loaded, SpecsLoader, add_entries, new_spec_file
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
    from intercom_iac.specs import Entry

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
    report = report_of(session, after, read)
    return replace(
        report,
        adopted=tuple(_place(adoption, after) for adoption in adopted),
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
    try:
        texts = _with_adoptions(session.project, specs, {}, wanted)
        if _mistake(session, texts) is None:
            return texts, list(wanted), []
    except (IntercomIacError, LookupError, ValueError):
        pass  # which of them it is, is found one by one
    texts = Texts()
    adopted: list[Adoption] = []
    refused: list[NotAdopted] = []
    for adoption in wanted:
        try:
            tried = _with_adoptions(session.project, specs, texts, [adoption])
            mistake = _mistake(session, tried)
        except IntercomIacError as error:
            refused.append(NotAdopted(adoption.finding.address, error.message, error.hint))
            continue
        except (LookupError, ValueError):
            why = "its entry cannot be edited where it stands"
            refused.append(NotAdopted(adoption.finding.address, why, "write it by hand"))
            continue
        if mistake is None:
            texts = tried
            adopted.append(adoption)
        else:
            why = f"the specs would be invalid: {mistake}"
            hint = (
                f"mend that first; or `apply --target {adoption.finding.address}` puts the specs' value back"
            )
            refused.append(NotAdopted(adoption.finding.address, why, hint))
    return texts, adopted, refused


def _with_adoptions(project: Project, specs: Loaded, texts: Texts, wanted: Sequence[Adoption]) -> Texts:
    """The texts with these adoptions made in them. Raises `EditRefused`, `InvalidSpecs`, `LookupError` and
    `ValueError` where one cannot be."""
    current = {file.path: file.text for file in specs.files} | texts
    changed = dict(texts)
    files = [_file_of(project, specs, adoption) for adoption in wanted]
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


def _file_of(project: Project, specs: Loaded, adoption: Adoption) -> str:
    """The file of an entry: where it stands, else where most of its like do."""
    source = adoption.finding.source
    if adoption.entry is None and source is not None:
        return source.file.path
    assert adoption.entry is not None
    return _neighbours(specs, adoption.entry) or f"{project.settings.specs}/{adoption.entry.path[0]}.yaml"


def _neighbours(specs: Loaded, entry: Entry) -> str | None:
    """The file with the entry of the section whose name begins most like this one; of several, the one with most.

    An attribute whose model has no entry goes beside those of the other model.
    """
    schema, section = specs.schema, entry.path[0]
    attributes = schema.attributes.values()
    if section == "attributes":
        of_model = [one for one in attributes if one.model == entry.path[1]]
        names = [(one.span, one.name) for one in of_model] or [(one.span, "") for one in attributes]
    elif section == "events":
        names = [(one.span, one.name) for one in schema.events.values()]
    else:
        names = [(one.span, one.key) for one in schema.segments.values()]
    likeness: dict[str, tuple[int, int]] = {}
    for span, name in names:
        if span is not None:
            common = sum(
                1 for _ in takewhile(lambda pair: pair[0] == pair[1], zip(name, entry.name, strict=False))
            )
            nearest, count = likeness.get(span.file.path, (0, 0))
            likeness[span.file.path] = (max(nearest, common), count + 1)
    return max(likeness, key=lambda path: likeness[path], default=None)


def _mistake(session: Session, texts: Texts) -> str | None:
    """The first mistake of the specs with these texts, in any workspace."""
    project = session.project
    tree = OverlayTree(project.tree, {path: text.encode() for path, text in texts.items()})
    loader = SpecsLoader(replace(project, tree=tree))
    for loaded in loader.load_every_workspace().values():
        for error in loaded.errors:
            return error.message if error.span is None else f"{error.span}: {error.message}"
    return None


def _place(adoption: Adoption, after: SpecsOfMoment) -> Adopted:
    """Where an adopted finding stands in the specs now."""
    address = adoption.finding.address
    if adoption.entry is not None:
        section, *names = map(str, adoption.entry.path)
        address = ".".join((section.removesuffix("s"), *names))
    schema = after.schema
    things = (*schema.attributes.values(), *schema.events.values(), *schema.segments.values())
    span = next(thing.span for thing in things if thing.address == address)
    assert span is not None
    return Adopted(adoption.finding.address, adoption.finding.kind, span.file.path, span.line)
