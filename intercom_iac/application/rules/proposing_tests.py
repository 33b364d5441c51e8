"""Tests that those of segments leave out: people at the edges of the clauses of rules, as edits of the spec files."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace
from typing import TYPE_CHECKING, Any
from zoneinfo import ZoneInfo

from intercom_iac.diagnostics import InvalidSpecs
from intercom_iac.project import OverlayTree
from intercom_iac.specs import SpecsLoader
from intercom_iac.specs.fixing import FixedFile

from ..fixing import write_fixed_files
from .mutating import has_own_rule, time_limit
from .proof_world import proof_world
from .testing import chosen_segments

if TYPE_CHECKING:
    from intercom_iac.specs.contracts import ProposedSegmentTests

    from ..session import Session


def propose_segment_tests(
    session: Session, keys: Sequence[str], zone: ZoneInfo | None = None
) -> ProposedSegmentTests:
    """People at the edges of the clauses of segments that their tests leave out, and the spec files with them.

    Nothing is written. Raises `InvalidSpecs` and `Misuse` as `run_segment_tests` does, `InvalidSpecs` too where
    the specs would have an error with the tests in them, and `EditRefused` for a file that cannot be edited in place.
    """
    from intercom_iac.specs.contracts import ProposedSegmentTests, entry_of_test, propose_tests

    segments = chosen_segments(session, keys)
    tests = session.schema().tests
    world = proof_world(session, zone=zone)
    proposed = {
        segment.key: propose_tests(
            segment.typed_rule, tests.get(segment.key, ()), world, may_go_on=time_limit()
        )
        for segment in segments
        if has_own_rule(segment)
    }
    entries = {
        key: [entry_of_test(proposal.test) for proposal in of_segment.tests]
        for key, of_segment in proposed.items()
        if of_segment.tests
    }
    files = _files_with(session, entries)
    if files:
        _hold_to_check(session, files, entries)
    return ProposedSegmentTests(
        world=world,
        proposed=proposed,
        files=files,
        built_in_intercom=tuple(segment.key for segment in segments if not has_own_rule(segment)),
    )


def write_segment_tests(session: Session, proposed: ProposedSegmentTests) -> None:
    """Writes the spec files with the tests in them, all or none. Raises `Misuse` where one is not what was read."""
    write_fixed_files(session.project.root, proposed.files)


def _files_with(
    session: Session, entries: Mapping[str, Sequence[Mapping[str, Any]]]
) -> tuple[FixedFile, ...]:
    from intercom_iac.specs.author.segment_tests import add_segment_tests
    from intercom_iac.specs.load.reading import read_spec_files

    read, _ = read_spec_files(session.project) if entries else (None, None)
    files: list[FixedFile] = []
    for document in () if read is None else read.documents:
        here = {key: tests for key, tests in entries.items() if document.node(("segments", key)) is not None}
        if here:
            after = add_segment_tests(document.file, here)
            files.append(FixedFile(document.file.path, document.file.text, after))
    return tuple(files)


def _hold_to_check(session: Session, files: Sequence[FixedFile], keys: Mapping[str, Any]) -> None:
    """Raises `InvalidSpecs` where the specs of a workspace would have an error, or a new test would fail there."""
    from intercom_iac.specs.contracts import run_tests

    project = session.project
    tree = OverlayTree(project.tree, {file.path: file.after.encode() for file in files})
    after = SpecsLoader(replace(project, tree=tree)).load_every_workspace()
    for name, before in session.specs_by_workspace().items():
        schema = after[name].or_raise()
        world = proof_world(session.for_workspace(name))
        # The new tests are those behind the ones there were.
        new = {key: schema.tests.get(key, ())[len(before.schema.tests.get(key, ())) :] for key in keys}
        findings = run_tests(replace(schema, tests=new), today=world.first, zone=ZoneInfo(world.zone))
        if failures := [finding for finding in findings if finding.is_error]:
            raise InvalidSpecs(failures)
