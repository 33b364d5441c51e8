"""The project file: read, searched for secrets, parsed once, validated and checked.

Each function is a stage that gives `(value, diagnostics)`, the value None where there is nothing to go on with.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

from intercom_iac.diagnostics import Diagnostic
from intercom_iac.diagnostics.codes import spec as codes
from intercom_iac.lazy_dataclass import dataclass
from intercom_iac.text import SourceFile, Span
from intercom_iac.yaml.builder import build
from intercom_iac.yaml.nodes import Document, Mapping, Node, kind_of
from intercom_iac.yaml.unseen import check_unseen
from intercom_iac.yaml.validation import validate

from .acceptances import Acceptance, Version, parse_acceptances, parse_release
from .files import FileTree, read_text
from .ignored_drift import IgnoredDrift, parse_ignored_drift
from .policy.mistakes import check_policy_settings
from .secrets import without_secrets
from .settings import DEFAULT_SANDBOX, ProjectSettings, WorkspaceSettings, project_keys
from .settings_checks import check_paths_and_workspaces
from .source_checks import check_sources
from .timezones import check_timezones
from .variables import check_variables


@dataclass(frozen=True, slots=True)
class ParsedFile:
    """A project file whose text shows no secret. `root` is its data, if any; `mistakes` are those of its YAML."""

    source: SourceFile
    root: Node | None
    mistakes: tuple[Diagnostic, ...]


@dataclass(frozen=True, slots=True)
class ProjectFile:
    """What a project file says. `document` is the parsed file, in which places are looked up."""

    document: Document
    settings: ProjectSettings
    acceptances: tuple[Acceptance, ...]
    release: Version | None
    ignored_drift: tuple[IgnoredDrift, ...]


def read_project_file(tree: FileTree, path: str) -> tuple[ProjectFile | None, list[Diagnostic]]:
    """A project file of a tree, and everything that is wrong with it."""
    parsed, secrets = parse_project_file(tree, path, path)
    if parsed is None:
        return None, secrets
    project_file, diagnostics = _validate(parsed, tree)
    # A `token:` is not known as a key either, nor is a token the name of a variable; once is enough.
    starts = {secret.span.start for secret in secrets if secret.span is not None}
    others = [
        diagnostic
        for diagnostic in diagnostics
        if diagnostic.span is None or diagnostic.span.start not in starts
    ]
    return project_file, [*secrets, *others]


def parse_project_file(tree: FileTree, path: str, name: str) -> tuple[ParsedFile | None, list[Diagnostic]]:
    """A project file, known to people as `name`, without the secrets in it, and a diagnostic for each of those.

    None, and why, where it cannot be read.
    """
    if tree.kind(path) == "link" and tree.resolve(path) is None and tree.kind(path, follow_links=True):
        message = "the project file is a link that leads out of its folder"
        at = Span(SourceFile(name, ""), 0, 0)
        return None, [codes.OUTSIDE.at(at, message, hint="put the file itself there")]
    source, unreadable = read_text(tree, path, name)
    root, mistakes = build(source, project_keys)
    redacted, secrets = without_secrets(source, root)
    if unreadable:
        # Even an unreadable text may hold a token on the line that would be shown.
        return None, [_moved_to(redacted, diagnostic) for diagnostic in unreadable]
    if secrets:
        # The places of its mistakes are those of the text that is shown.
        root, mistakes = build(redacted, project_keys)
    return ParsedFile(redacted, root, tuple(mistakes)), secrets


def _moved_to(file: SourceFile, diagnostic: Diagnostic) -> Diagnostic:
    assert diagnostic.span is not None
    return replace(diagnostic, span=Span(file, diagnostic.span.start, diagnostic.span.end))


def _validate(parsed: ParsedFile, tree: FileTree) -> tuple[ProjectFile | None, list[Diagnostic]]:
    source, root = parsed.source, parsed.root
    diagnostics = [*check_unseen(source, root), *parsed.mistakes]
    if root is None:
        if not diagnostics:
            diagnostics.append(
                codes.MISSING_KEY.at(
                    Span(source, 0, 0), "the project file is empty", hint="add `version: 1` to begin with"
                )
            )
        return None, diagnostics
    if not isinstance(root, Mapping):
        return None, [
            *diagnostics,
            codes.WRONG_TYPE.at(
                Span(source, root.start, root.start),
                f"the project file is {kind_of(root)}, where a mapping is expected",
                hint="add `version: 1` to begin with",
            ),
        ]
    document = Document(source, root)
    settings, mistakes, _ = validate(document, ProjectSettings)
    diagnostics += mistakes
    if settings is None:
        return None, diagnostics
    acceptances, wrong_acceptances = parse_acceptances(document, settings)
    release, wrong_release = parse_release(document, settings)
    ignored_drift, wrong_ignored = parse_ignored_drift(document, settings)
    wrong = (*wrong_acceptances, *wrong_release, *wrong_ignored)
    diagnostics += [*_check(document, settings, tree), *wrong]
    if not _any_in(document, "policy", mistakes):
        diagnostics += check_policy_settings(document, settings.policy)
    project_file = ProjectFile(
        document, _with_workspaces(settings), acceptances, release, ignored_drift=ignored_drift
    )
    return project_file, diagnostics


def _check(document: Document, settings: ProjectSettings, tree: FileTree) -> Iterator[Diagnostic]:
    yield from check_paths_and_workspaces(document, settings, tree)
    yield from check_variables(document, settings)
    yield from check_timezones(document, settings)
    yield from check_sources(document, settings)


def _any_in(document: Document, section: str, mistakes: list[Diagnostic]) -> bool:
    """Whether one of the mistakes stands in a section: what was left out for it is missed by all that rests on it."""
    node = document.node((section,))
    places = [mistake.span.start for mistake in mistakes if mistake.span is not None]
    return node is not None and any(node.start <= place <= node.end for place in places)


def _with_workspaces(settings: ProjectSettings) -> ProjectSettings:
    """The settings with the workspace that is meant where none is declared, and the default one where it is clear."""
    workspaces = settings.workspaces or {"sandbox": WorkspaceSettings(sandbox=DEFAULT_SANDBOX)}
    default = settings.default_workspace or (next(iter(workspaces)) if len(workspaces) == 1 else None)
    return settings.with_values(workspaces=workspaces, default_workspace=default)
