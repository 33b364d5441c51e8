"""Spec files -> Schema: the stages in their order. Every mistake is collected, nothing is raised on the way."""

from __future__ import annotations

import os
from collections.abc import Iterator, Mapping
from dataclasses import replace
from functools import cached_property
from pathlib import Path

from intercom_iac.diagnostics import Diagnostic, InvalidSpecs, sort_diagnostics
from intercom_iac.diagnostics.codes import spec as codes
from intercom_iac.lazy_dataclass import dataclass
from intercom_iac.model import Schema
from intercom_iac.project import Project, with_levels
from intercom_iac.project.variables import Variable, unused_variables, variable_values, varying_variables
from intercom_iac.text import SourceFile
from intercom_iac.yaml.nodes import Document

from ..checks.entries import check_declarations
from ..checks.published import check_company_tags, check_published
from ..checks.sources import check_source_maps
from ..merging import without_unused_silences
from ..policy.checking import check_entries
from ..policy.flows import check_flows
from ..policy.guarded_segments import check_guarded_segments
from ..policy.silences import without_silenced
from .assertions import read_assertions, read_priorities
from .declarations import Declarations, collect_declarations
from .expansion import expand_documents, explain_values
from .listing import list_spec_files
from .membership import choose_members
from .reading import SpecFiles, read_spec_files
from .rules import check_audiences, compile_segment_rules
from .schema import attributes_of, events_of, published_attributes, segments_of
from .segment_tests import read_segment_tests
from .subjects import with_subjects
from .unresolved import Unresolved, entry_of, left_out, merge_unresolved
from .validation import validate_documents


@dataclass(frozen=True, slots=True)
class Loaded:
    """What the spec files of a project say.

    `diagnostics` holds everything found, in the order of files and places. With errors among them, `schema` is
    what could be made of the rest. `declared` are the entries, in `documents`, in which `values` took the place of
    variables. `varies`: another workspace of the project may have another schema.
    """

    schema: Schema
    diagnostics: tuple[Diagnostic, ...]
    files: tuple[SourceFile, ...]
    declared: Declarations
    documents: tuple[Document, ...]
    values: Mapping[str, Variable]
    varies: bool = False

    @property
    def errors(self) -> tuple[Diagnostic, ...]:
        return tuple(diagnostic for diagnostic in self.diagnostics if diagnostic.is_error)

    @property
    def is_empty(self) -> bool:
        """Whether the project has no spec file yet, and nothing else is wrong."""
        absent = {codes.NO_SPECS_FOLDER.id, codes.NO_SPECS.id}
        return not self.files and all(error.code in absent for error in self.errors)

    def or_raise(self) -> Schema:
        """The schema. Raises `InvalidSpecs`, which holds all diagnostics, where there is an error."""
        if self.errors:
            raise InvalidSpecs(self.diagnostics)
        return self.schema


def load_specs(project: Project, workspace: str | None = None) -> Loaded:
    """Every spec file of the project, in the order of their paths, as one schema: that of a workspace.

    None is the default workspace, else the first one declared. A user's mistakes are in the result. Reads `*.yaml`
    and `*.yml` below the specs folder; hidden files and folders are left out.
    """
    return SpecsLoader(project).load(workspace)


def load_every_workspace(project: Project) -> dict[str, Loaded]:
    """The same for every workspace of the project, the files read once; one object for all where nothing varies."""
    return SpecsLoader(project).load_every_workspace()


class SpecsLoader:
    """Loads the specs of a project: the files are read once, and validated once, or once for each workspace."""

    def __init__(self, project: Project) -> None:
        self._project = project
        self._by_workspace: dict[str, Loaded] = {}

    def load(self, workspace: str | None = None) -> Loaded:
        """As `load_specs`."""
        loaded = self._load_once(workspace or self._default)
        if not loaded.varies:
            return loaded
        return replace(loaded, diagnostics=without_unused_silences(loaded.diagnostics))

    def load_every_workspace(self) -> dict[str, Loaded]:
        """As `load_every_workspace` of this module."""
        names = self._project.settings.workspaces
        first = self._load_once(self._default)
        if not first.varies:
            return dict.fromkeys(names, first)
        by_workspace = {name: self._load_once(name) for name in names}
        shared = set(first.diagnostics).intersection(
            *(loaded.diagnostics for loaded in by_workspace.values())
        )
        return {
            name: replace(loaded, diagnostics=without_unused_silences(loaded.diagnostics, shared))
            for name, loaded in by_workspace.items()
        }

    @property
    def _default(self) -> str:
        settings = self._project.settings
        return settings.default_workspace or next(iter(settings.workspaces))

    @cached_property
    def _files(self) -> tuple[SpecFiles, list[Diagnostic]]:
        return read_spec_files(self._project)

    def _load_once(self, workspace: str) -> Loaded:
        if workspace not in self._by_workspace:
            same = next((loaded for loaded in self._by_workspace.values() if not loaded.varies), None)
            self._by_workspace[workspace] = same or _load(self._project, *self._files, workspace)
        return self._by_workspace[workspace]


def _load(project: Project, files: SpecFiles, file_diagnostics: list[Diagnostic], workspace: str) -> Loaded:
    settings = project.settings
    values, wrong_values = variable_values(project.document, settings, workspace, project.environment)
    expansions, wrong_references = expand_documents(files.documents, values)
    validated, mistakes = validate_documents(expansion.document for expansion in expansions)
    mistaken = validated.unclear.union(
        (expansion.document.file.path, entry_of(path)) for expansion in expansions for path in expansion.wrong
    )
    unresolved = merge_unresolved((files.unresolved, validated.unresolved))
    named = frozenset[str]().union(*(expansion.named for expansion in expansions))
    # Where a name is misspelt, it may be the one that is missed.
    all_named = unresolved.is_complete and not mistaken
    unused = unused_variables(project.document, settings, named) if all_named else ()

    members, wrong_members = choose_members(
        collect_declarations(validated.specs), workspace, settings.workspaces, mistaken
    )
    unresolved = merge_unresolved(
        (unresolved, *(left_out(wrong.document, [wrong.path]) for wrong in members.wrong))
    )
    declared = members.declared
    attributes = attributes_of(declared)
    attributes |= published_attributes(declared, attributes)
    schema = Schema(attributes, events_of(declared), other_workspaces=members.other_workspaces)
    predicates, wrong_rules = compile_segment_rules(declared, schema, unresolved)
    tests, wrong_tests = read_segment_tests(declared.segments, schema)
    schema = replace(schema, segments=segments_of(declared, predicates), tests=tests)
    schema, wrong_assertions = _with_assertions(schema, declared)

    diagnostics = [
        *file_diagnostics,
        *wrong_values,
        *wrong_references,
        *mistakes,
        *unused,
        *wrong_members,
        *explain_values(check_declarations(declared), values),
        *explain_values(check_published(declared, settings.sources), values),
        *explain_values(check_entries(declared, settings.naming, settings.policy), values),
        *explain_values(wrong_rules, values),
        *explain_values(
            (wrong for wrong in (*wrong_tests, *wrong_assertions) if not unresolved.explains(wrong)), values
        ),
        *explain_values(check_company_tags(declared, predicates), values),
        *_check_segments(project, declared, schema, values),
        *(_check_project(project, schema) if unresolved == Unresolved() else ()),
    ]
    # Comments of a file that could not be parsed silence nothing.
    built = [project.source, *(document.file for document, _ in validated.specs)]
    judged = with_levels(without_silenced(diagnostics, built), settings.policy.levels)
    about = with_subjects(judged, files.documents)
    varies = members.limited or not named.isdisjoint(varying_variables(settings))
    return Loaded(
        schema=schema,
        diagnostics=tuple(sort_diagnostics(about)),
        files=files.files,
        declared=declared,
        documents=tuple(document for document, _ in validated.specs),
        values=values,
        varies=varies,
    )


def _with_assertions(schema: Schema, declared: Declarations) -> tuple[Schema, list[Diagnostic]]:
    """The schema with what is asserted of its segments."""
    if not declared.assertions and not declared.priorities:
        return schema, []
    keys = {segment.name for segment in declared.segments}
    assertions, wrong_assertions = read_assertions(declared.assertions, schema, keys)
    priorities, wrong_priorities = read_priorities(declared.priorities, schema, keys)
    return (
        replace(schema, assertions=assertions, priorities=priorities),
        [*wrong_assertions, *wrong_priorities],
    )


def _check_segments(
    project: Project, declared: Declarations, schema: Schema, values: Mapping[str, Variable]
) -> list[Diagnostic]:
    if not schema.segments:
        return []
    flows = check_flows(schema, declared, project)
    return [*explain_values(check_audiences(schema), values), *explain_values(flows, values)]


def _check_project(project: Project, schema: Schema) -> Iterator[Diagnostic]:
    """What is wrong with the project file beside these specs, of which nothing is missing."""
    yield from check_source_maps(project.document, project.settings, schema)
    yield from check_guarded_segments(schema, project.settings.policy, project.document)


def spec_files(project: Project) -> tuple[list[Path], list[Diagnostic]]:
    """The paths of a project's spec files on the disk, and what is wrong with the folder; for `fmt`."""
    listed, diagnostics = list_spec_files(project)
    paths = [project.root / path for path in listed.paths]
    return paths, [diagnostic for diagnostic in diagnostics if diagnostic.is_error]


def display_path(path: Path, root: Path) -> str:
    """What a file is called in diagnostics: its path from the project's root."""
    return Path(os.path.relpath(path, root)).as_posix()
