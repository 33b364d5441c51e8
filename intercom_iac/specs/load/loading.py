"""Spec files -> Schema: every file read, every mistake collected, nothing raised on the way."""

from __future__ import annotations

import os
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field, replace
from pathlib import Path

from intercom_iac.diagnostics import Diagnostic, InvalidSpecs, in_order
from intercom_iac.diagnostics.codes import spec as codes
from intercom_iac.model import (
    Attribute,
    DataType,
    Event,
    MetadataKey,
    ModelName,
    Predicate,
    Schema,
    Segment,
)
from intercom_iac.project import labels_of, with_levels
from intercom_iac.project.overlooked import near_project_file, near_project_files, overlooked
from intercom_iac.project.project import PROJECT_FILE, Project
from intercom_iac.project.variables import Variable, unused, values_for, varying
from intercom_iac.text import Excerpt, SourceFile, Span
from intercom_iac.yaml.builder import build
from intercom_iac.yaml.nodes import Document, kind_of
from intercom_iac.yaml.nodes import Mapping as MappingNode
from intercom_iac.yaml.nodes import Path as NodePath
from intercom_iac.yaml.reading import read, reason, unreadable
from intercom_iac.yaml.unseen import check_unseen
from intercom_iac.yaml.validation import validate

from ..checks.entries import check
from ..checks.names import check_names
from ..merging import less_unused
from ..policy.checking import check_entries
from ..policy.flows import check_flows
from ..policy.silences import without_silenced
from .copied_keys import copied_keys
from .declarations import Declarations, collect
from .entries import SpecFile, spec_keys
from .expansion import expand, explained
from .membership import members
from .unresolved import Missing, entry_of


@dataclass(frozen=True, slots=True)
class Loaded:
    """What the spec files of a project say.

    `diagnostics` holds everything found, in the order of files and places. With errors among them, `schema` is
    what could be made of the rest. `varies`: another workspace of the project may have another schema.
    """

    schema: Schema
    diagnostics: tuple[Diagnostic, ...]
    files: tuple[SourceFile, ...]
    varies: bool = False

    @property
    def errors(self) -> tuple[Diagnostic, ...]:
        return tuple(diagnostic for diagnostic in self.diagnostics if diagnostic.is_error)

    def or_raise(self) -> Schema:
        """The schema. Raises `InvalidSpecs`, which holds all diagnostics, where there is an error."""
        if self.errors:
            raise InvalidSpecs(self.diagnostics)
        return self.schema


@dataclass(slots=True)
class _Reading:
    """What comes together while the files are read, one after the other, and then looked at for a workspace."""

    files: list[SourceFile] = field(default_factory=list[SourceFile])
    documents: list[Document] = field(default_factory=list[Document])
    diagnostics: list[Diagnostic] = field(default_factory=list[Diagnostic])
    missing: Missing = field(default_factory=Missing)

    def again(self) -> _Reading:
        """The same files, to be looked at for a workspace: what is added stays with it."""
        return _Reading(self.files, self.documents, [*self.diagnostics], self.missing.copy())


def load_specs(project: Project, workspace: str | None = None) -> Loaded:
    """Every spec file of the project, in the order of their paths, as one schema: that of a workspace.

    None is the default workspace, else the first one declared. A user's mistakes are in the result. Reads `*.yaml`
    and `*.yml` below the specs folder; hidden files and folders are left out.
    """
    found = _load(project, _read(project), workspace or _default(project))
    return replace(found, diagnostics=less_unused(found.diagnostics)) if found.varies else found


def load_every_workspace(project: Project) -> dict[str, Loaded]:
    """The same for every workspace of the project, the files read once; one object for all where nothing varies."""
    reading = _read(project)
    default = _default(project)
    first = _load(project, reading, default)
    if not first.varies:
        return dict.fromkeys(project.settings.workspaces, first)
    found = {
        name: first if name == default else _load(project, reading, name)
        for name in project.settings.workspaces
    }
    of_all = set(first.diagnostics).intersection(*(each.diagnostics for each in found.values()))
    return {
        name: replace(each, diagnostics=less_unused(each.diagnostics, of_all)) for name, each in found.items()
    }


def _default(project: Project) -> str:
    return project.settings.default_workspace or next(iter(project.settings.workspaces))


def _read(project: Project) -> _Reading:
    reading = _Reading()
    folder = project.root / project.settings.specs
    # Who names another file means that one.
    if project.source.path == PROJECT_FILE:
        near = near_project_files(project.root, PROJECT_FILE)
        reading.diagnostics += (near_project_file(name, PROJECT_FILE) for name in near)
    for path in _spec_files(project, folder, reading):
        _read_one(path, shown(path, project.root), reading)
    return reading


def _load(project: Project, files: _Reading, workspace: str) -> Loaded:
    reading = files.again()
    values, diagnostics = values_for(project, workspace)
    reading.diagnostics += diagnostics
    specs, named, mistaken = _validated(reading, values)
    # Where a name is misspelt, it may be the one that is missed.
    if not reading.missing.incomplete and not mistaken:
        reading.diagnostics += unused(project, named)
    found = members(collect(specs), workspace, project.settings.workspaces, mistaken)
    reading.diagnostics += found.diagnostics
    for each in found.wrong:
        reading.missing.place(each.document, each.path)
    declared = found.declared
    naming, policy = project.settings.naming, project.settings.policy
    reading.diagnostics += explained(check(declared), values)
    reading.diagnostics += explained(check_entries(declared, naming, policy), values)
    schema = Schema(_attributes(declared), _events(declared), elsewhere=found.elsewhere)
    predicates = _compile(declared, schema, values, reading)
    schema = replace(schema, segments=_segments(declared, predicates))
    if schema.segments:
        reading.diagnostics += explained(_lint_audiences(schema), values)
        flows = check_flows(schema, declared, policy, project.source)
        reading.diagnostics += explained(flows, values)
    # What could not be built has no comments to speak of.
    built = [project.source, *(document.file for document, _ in specs)]
    left = with_levels(without_silenced(reading.diagnostics, built), policy.levels)
    varies = found.limited or not named.isdisjoint(varying(project.settings))
    return Loaded(schema, tuple(in_order(left)), tuple(reading.files), varies)


def spec_files(project: Project) -> tuple[list[Path], list[Diagnostic]]:
    """The paths of a project's spec files, and what is wrong with the folder; for `fmt`."""
    reading = _Reading()
    paths = list(_spec_files(project, project.root / project.settings.specs, reading))
    return paths, [diagnostic for diagnostic in reading.diagnostics if diagnostic.is_error]


def _spec_files(project: Project, folder: Path, reading: _Reading) -> Iterator[Path]:
    at = Span(project.source, *_specs_setting(project))
    setting = project.settings.specs
    if not os.path.isdir(folder):  # noqa: PTH112  never raises, whatever the path
        what = "is not a folder" if os.path.lexists(folder) else "does not exist"
        hint = "make it, or name another one with `specs:` in the project file"
        reading.diagnostics.append(
            codes.NO_SPECS_FOLDER.at(at, f"the specs folder `{setting}` {what}", hint=hint)
        )
        reading.missing.unseen = True
        return
    found = False
    inside = os.path.realpath(folder)
    own = os.path.realpath(project.root / project.source.path)
    for path in _walk(folder, inside, project, reading):
        if path.name == project.source.path and os.path.realpath(path) == own:
            # With `specs: .` the project file stands among them.
            continue
        found = True
        if path.is_symlink() and not _leads_into(path, inside):
            _outside(path, "file", project, reading)
            continue
        yield path
    if not found:
        hint = "spec files end in `.yaml` or `.yml`; `intercom-iac init` writes a first one"
        reading.diagnostics.append(
            codes.NO_SPECS.at(at, f"the specs folder `{setting}` holds no spec file", hint=hint)
        )
        reading.missing.unseen = True


def _specs_setting(project: Project) -> tuple[int, int]:
    """Where the project file names the specs folder; its start where it does not."""
    root, _ = build(project.source)
    if isinstance(root, MappingNode) and "specs" in root.entries:
        node = root.entries["specs"][2]
        return node.start, node.end
    return 0, 0


def _leads_into(path: Path, folder: str) -> bool:
    return Path(os.path.realpath(path)).is_relative_to(folder)


def _outside(path: Path, what: str, project: Project, reading: _Reading) -> None:
    """A link that leads out of the specs folder: what is there is not read, and might be what the specs turn on."""
    at = Span(SourceFile(shown(path, project.root), ""), 0, 0)
    message = f"the {what} is a link that leads out of the specs folder"
    reading.diagnostics.append(codes.OUTSIDE.at(at, message, hint=f"put the {what} itself there"))
    reading.missing.unseen = True


def _walk(folder: Path, inside: str, project: Project, reading: _Reading) -> Iterator[Path]:
    """Every spec file below a folder, in the order of their paths. Links to folders are not followed."""
    # Not by recursion: folders nest deeper than calls do.
    left = _entries(folder, project, reading)
    while left:
        each = left.pop()
        path = Path(each.path)
        if not each.name.startswith(".") and each.name.endswith((".yaml", ".yml")):
            yield path
            continue
        reading.diagnostics += overlooked(each, shown(path, project.root))
        if each.name.startswith("."):
            continue
        if each.is_dir(follow_symlinks=False):
            left += _entries(path, project, reading)
        # Asked of the path, which never raises: a link may lead to itself.
        elif each.is_symlink() and os.path.isdir(path) and not _leads_into(path, inside):  # noqa: PTH112
            _outside(path, "folder", project, reading)


def _entries(folder: Path, project: Project, reading: _Reading) -> list[os.DirEntry[str]]:
    """What stands in a folder, the first name last; nothing, and a diagnostic, for one that cannot be read."""
    try:
        with os.scandir(folder) as entries:
            return sorted(entries, key=lambda entry: entry.name, reverse=True)
    except OSError as error:
        reading.diagnostics.append(
            unreadable(shown(folder, project.root), f"the folder cannot be read: {reason(error)}")
        )
        reading.missing.unseen = True
        return []


def shown(path: Path, root: Path) -> str:
    """What a file is called in diagnostics: its path from the project's root."""
    return Path(os.path.relpath(path, root)).as_posix()


def _read_one(path: Path, name: str, reading: _Reading) -> None:
    file, diagnostics = read(path, name)
    reading.files.append(file)
    if diagnostics:
        reading.diagnostics += diagnostics
        reading.missing.text(file.text)
        return
    root, diagnostics = build(file, spec_keys)
    reading.diagnostics += [*check_unseen(file, root), *diagnostics]
    if root is None:
        # Nothing at all, or comments only, is a file without specs.
        if diagnostics:
            reading.missing.text(file.text)
        return
    if not isinstance(root, MappingNode):
        if root.data is not None:
            reading.diagnostics.append(
                codes.WRONG_TYPE.at(
                    Span(file, root.start, root.start),
                    f"the file is {kind_of(root)}, where a mapping is expected",
                    hint="a spec file holds `version: 1` and any of `attributes`, `events` and `segments`",
                )
            )
            reading.missing.text(file.text)
        return
    reading.documents.append(Document(file, root))


def _validated(
    reading: _Reading, values: Mapping[str, Variable]
) -> tuple[list[tuple[Document, SpecFile]], set[str], set[tuple[str, NodePath]]]:
    """Each document with the values in it and as what it says; the variables that are named; and, by file, the
    entries of which it cannot be said what they mean or for which workspace."""
    specs: list[tuple[Document, SpecFile]] = []
    named: set[str] = set()
    mistaken: set[tuple[str, NodePath]] = set()
    for written in reading.documents:
        expansion = expand(written, values)
        document = expansion.document
        named |= expansion.named
        reading.diagnostics += expansion.diagnostics
        spec, diagnostics, left_out = validate(document, SpecFile)
        reading.diagnostics += diagnostics
        reading.diagnostics += check_names(document)
        for place in left_out:
            reading.missing.place(document, place)
        unclear = [each for each in left_out if each and each[-1] in ("only", "except")]
        mistaken |= {(document.file.path, entry_of(each)) for each in (*expansion.wrong, *unclear)}
        if spec is not None:
            specs.append((document, spec))
    return specs, named, mistaken


def _attributes(declared: Declarations) -> dict[tuple[ModelName, str], Attribute]:
    return {
        (attribute.model, attribute.name): Attribute(
            model=attribute.model,
            name=attribute.name,
            type=DataType(attribute.entry.type),
            options=tuple(dict.fromkeys(attribute.entry.options or ())),
            span=attribute.span,
            labels=labels_of(attribute.entry.labels or {}),
            **copied_keys(Attribute, attribute.entry, without=("type", "options", "labels")),
        )
        for attribute in declared.attributes
    }


def _events(declared: Declarations) -> dict[str, Event]:
    return {
        event.name: Event(
            name=event.name,
            metadata=tuple(
                MetadataKey(
                    name=key,
                    type=DataType(metadata.type),
                    options=tuple(dict.fromkeys(metadata.options or ())),
                    span=event.at("metadata", key),
                    **copied_keys(MetadataKey, metadata, without=("type", "options")),
                )
                for key, metadata in (event.entry.metadata or {}).items()
            ),
            span=event.span,
            **copied_keys(Event, event.entry, without=("metadata",)),
        )
        for event in declared.events
    }


def _segments(declared: Declarations, predicates: Mapping[str, Predicate]) -> dict[str, Segment]:
    return {
        segment.name: Segment(
            key=segment.name,
            name=segment.entry.name or segment.name,
            predicate=predicates.get(segment.name),
            publish=tuple(kind for kind in ("audience", "tag") if kind in (segment.entry.publish or ())),
            span=segment.span,
            **copied_keys(Segment, segment.entry, without=("name", "publish")),
        )
        for segment in declared.segments
        if segment.name in predicates or segment.entry.status == "archived"
    }


def _compile(
    declared: Declarations, schema: Schema, values: Mapping[str, Variable], reading: _Reading
) -> Mapping[str, Predicate]:
    rules: dict[str, Excerpt] = {segment.name: segment.excerpt("rule") for segment in declared.segments}
    if not rules:
        return {}
    # Here, since the grammar's library is heavy and many files hold no rule.
    from intercom_iac.rules import compile_rules

    archived = {
        segment.name: segment.span for segment in declared.segments if segment.entry.status == "archived"
    }
    predicates, diagnostics = compile_rules(rules, schema, archived)
    told = (diagnostic for diagnostic in diagnostics if not reading.missing.explains(diagnostic))
    reading.diagnostics += explained(told, values)
    return predicates


def _lint_audiences(schema: Schema) -> Iterator[Diagnostic]:
    """What an audience cannot express of the rules that are published as one: a person has to build those."""
    from intercom_iac.compilers import to_audience

    for segment in schema.segments.values():
        if "audience" in segment.publish and segment.status != "archived":
            yield from to_audience(segment.typed_rule).diagnostics
