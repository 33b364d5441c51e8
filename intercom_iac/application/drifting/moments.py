"""The specs that a workspace is compared with: those of a revision or folder, or of the files as they are."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from intercom_iac.diagnostics import InvalidSpecs, Misuse
from intercom_iac.drift import FILES, Moment
from intercom_iac.lazy_dataclass import dataclass
from intercom_iac.project import (
    Base,
    BaseReference,
    Lines,
    earlier_names,
    obstacles_of,
    read_base,
    revision_history,
    without_missing_specs,
)
from intercom_iac.specs import load_specs
from intercom_iac.text import quoted_names

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from intercom_iac.diagnostics import Diagnostic
    from intercom_iac.model import Schema, Segment

    from ..session import Session

HEAD = BaseReference("HEAD")


@dataclass(frozen=True, slots=True, kw_only=True)
class SpecsOfMoment:
    """The specs for the session's workspace as they were, or are.

    `revision` is the commit; None of files. `prefix` leads from the root of the repository to the project there.
    `instead` says why files are compared with, where a revision was meant.
    """

    schema: Schema
    moment: Moment
    revision: str | None = None
    prefix: str | None = None
    remarks: tuple[Diagnostic, ...] = ()
    instead: str | None = None


def specs_of_files(session: Session, instead: str | None = None) -> SpecsOfMoment:
    """The specs as the files have them. Raises `InvalidSpecs`."""
    return SpecsOfMoment(schema=session.schema(), moment=Moment(FILES), instead=instead)


def specs_of_moment(session: Session, against: BaseReference | None) -> SpecsOfMoment:
    """The specs of a revision or folder; None is HEAD, and the files where there is none that has the project.

    Raises `Misuse` where there is no such revision or no such workspace at it, and `InvalidSpecs` where the specs of
    then cannot be read.
    """
    if against is None and not _is_in_repository(session.project.root):
        return specs_of_files(session, "the project is in no git repository")
    try:
        base = read_base(session.project, against or HEAD)
    except Misuse:
        if against is None and not _has_commit(session):
            return specs_of_files(session, "the repository has no commit")
        raise
    if base.project is None and not base.obstacles:
        if against is None:
            return specs_of_files(session, "the project is not in the last commit")
        raise Misuse(
            f"`{against.name}` has no project to compare with",
            hint="name a revision that has it; `--against .` compares with the files as they are",
        )
    return _of_base(session, base, against or HEAD)


def _is_in_repository(folder: Path) -> bool:
    folder = folder.resolve()
    return any((above / ".git").exists() for above in (folder, *folder.parents))


def _has_commit(session: Session) -> bool:
    """Whether `HEAD` is a commit. It is none in a new repository; all else that is wrong with one is told."""
    from intercom_iac.project.revisions.repository import open_repository

    with open_repository(session.project.root, session.project.environment) as repository:
        return repository.git("rev-parse", "--quiet", "--verify", "HEAD").returncode == 0


def _of_base(session: Session, base: Base, against: BaseReference) -> SpecsOfMoment:
    then = base.project
    if then is None:
        raise InvalidSpecs(base.obstacles)
    name = earlier_names(then.settings, session.project.settings).get(session.workspace.name)
    if name is None:
        raise Misuse(
            f"`{against.name}` has no workspace `{session.workspace.name}`",
            hint=f"it has {quoted_names(then.settings.workspaces)}; "
            "`--against .` compares with the files as they are",
        )
    loaded = load_specs(then, name)
    errors = without_missing_specs(loaded.errors, base.obstacles)
    obstacles = [*base.obstacles, *obstacles_of(base.name, then.tree, errors)]
    if obstacles:
        raise InvalidSpecs(obstacles)
    committed_at = None
    if base.prefix is not None:
        committed_at = revision_history(session.project, base.against).committed_at
    return SpecsOfMoment(
        schema=loaded.schema,
        moment=Moment(against.name, committed_at),
        revision=None if base.prefix is None else base.against,
        prefix=base.prefix,
        remarks=base.remarks,
    )


def last_changes(session: Session, specs: SpecsOfMoment, segments: Iterable[Segment]) -> Mapping[str, int]:
    """When the entries of these segments last changed, by address, in Unix seconds; empty of files."""
    if specs.revision is None or specs.prefix is None:
        return {}
    places = {segment.address: _lines(segment, specs.prefix) for segment in segments}
    asked = [lines for lines in places.values() if lines is not None]
    history = revision_history(session.project, specs.revision, asked)
    return {address: history.last_change(lines) for address, lines in places.items()}


def _lines(segment: Segment, prefix: str) -> Lines | None:
    """The lines of an entry in its file: down to the next line that is indented no further."""
    span = segment.span
    if span is None:
        return None
    lines = span.file.text.split("\n")
    first = last = span.line
    indent = span.column - 1
    for number, line in enumerate(lines[first:], first + 1):
        if line.strip() and len(line) - len(line.lstrip()) <= indent:
            break
        if line.strip():
            last = number
    return Lines(f"{prefix}{span.file.path}", first, last)
