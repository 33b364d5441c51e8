"""Finding the project file, and reading it."""

from __future__ import annotations

import os
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from intercom_iac.diagnostics import Diagnostic, InvalidSpecs, in_order
from intercom_iac.diagnostics.codes import spec as codes
from intercom_iac.model import host_of, trusted_host, usable_address
from intercom_iac.text import SourceFile, Span, did_you_mean
from intercom_iac.yaml.builder import build
from intercom_iac.yaml.nodes import Document, Mapping, kind_of
from intercom_iac.yaml.reading import read, reason, unreadable
from intercom_iac.yaml.unseen import check_unseen
from intercom_iac.yaml.validation import listed, validate

from .acceptances import check_gate
from .names import key_diagnostics
from .overlooked import near_project_files
from .ownership import STATE_FOLDER, check_owner
from .policy.mistakes import check_settings
from .secrets import without_secrets
from .settings import DEFAULT_SANDBOX, VARIABLE, ProjectSettings, WorkspaceSettings, project_keys
from .timezones import check_timezones
from .variables import check_variables

PROJECT_FILE = "intercom-iac.yaml"


@dataclass(frozen=True, slots=True)
class Project:
    """A project: the folder of its project file, what that says, and its text.

    `settings.workspaces` is never empty. `settings.default_workspace` is None where several are declared and
    none is the default.
    """

    root: Path
    settings: ProjectSettings
    source: SourceFile


def find_project(start: Path, explicit: Path | None = None) -> Project:
    """The project of a folder: its own or that of the nearest folder above. `explicit` names it instead.

    `explicit` is a project file or the folder that holds one, whoever it belongs to. Raises `InvalidSpecs` with
    everything that is wrong with the project file, or saying that there is none, and `Misuse` for one of another
    owner that was found.
    """
    path = _explicit(explicit) if explicit is not None else _walk_up(start)
    found = explicit is None
    if found:
        check_owner((path.parent, path), path.parent)
    source, secrets = read_project_file(path, path.name)
    settings, diagnostics = _settings(source, path.parent)
    # A `token:` is not known as a key either, nor is a token the name of a variable; once is enough.
    told = {secret.span.start for secret in secrets if secret.span is not None}
    rest = [
        diagnostic
        for diagnostic in diagnostics
        if diagnostic.span is None or diagnostic.span.start not in told
    ]
    diagnostics = in_order([*secrets, *rest])
    if diagnostics or settings is None:
        raise InvalidSpecs(diagnostics)
    if found:
        check_owner((path.parent / settings.specs, path.parent / STATE_FOLDER), path.parent)
    return Project(path.parent, settings, source)


def read_project_file(path: Path, name: str) -> tuple[SourceFile, list[Diagnostic]]:
    """The text of a project file without the secrets in it, and a diagnostic for each of those.

    Raises `InvalidSpecs` where the file cannot be read.
    """
    if path.is_symlink() and path.exists() and not _inside(path.parent, path.name):
        message = "the project file is a link that leads out of its folder"
        at = Span(SourceFile(name, ""), 0, 0)
        raise InvalidSpecs([codes.OUTSIDE.at(at, message, hint="put the file itself there")])
    source, diagnostics = read(path, name)
    if diagnostics:
        # Even an unreadable text may hold a token on the line that would be shown.
        redacted, _ = without_secrets(source)
        spans = [diagnostic.span for diagnostic in diagnostics if diagnostic.span is not None]
        raise InvalidSpecs(
            [
                Diagnostic(
                    diagnostic.code, diagnostic.message, Span(redacted, span.start, span.end), diagnostic.hint
                )
                for diagnostic, span in zip(diagnostics, spans, strict=True)
            ]
        )
    return without_secrets(source)


def _explicit(explicit: Path) -> Path:
    explicit = Path(os.path.abspath(explicit))  # noqa: PTH100  links stay as they were named
    try:
        path = explicit / PROJECT_FILE if explicit.is_dir() else explicit
        # A link that leads nowhere is there, and is told as such when it is read.
        found = os.path.lexists(path)
    except OSError as error:
        message = f"`{explicit}` cannot be read: {reason(error)}"
        hint = "check the path"
        raise InvalidSpecs([codes.UNREADABLE.at(None, message, hint=hint)]) from error
    if not found and path != explicit and (near := near_project_files(explicit, PROJECT_FILE)):
        raise InvalidSpecs([_misnamed(explicit, near[0])])
    if not found:
        raise InvalidSpecs(
            [
                codes.NO_PROJECT.at(
                    None,
                    f"there is no project file at `{path}`",
                    hint="`intercom-iac init` makes a project in the current folder",
                )
            ]
        )
    return path


def _misnamed(folder: Path, name: str) -> Diagnostic:
    return codes.NO_PROJECT.at(
        None,
        f"`{name}` in `{folder}` is not read: a project file is called `{PROJECT_FILE}`",
        hint=f"rename it to `{PROJECT_FILE}`, or name it with `--project`",
    )


def _walk_up(start: Path) -> Path:
    start = Path(os.path.abspath(start))  # noqa: PTH100
    for folder in (start, *start.parents):
        path = folder / PROJECT_FILE
        try:
            if os.path.lexists(path):
                return path
        except OSError as error:
            raise InvalidSpecs(
                [unreadable(str(path), f"the file cannot be read: {reason(error)}")]
            ) from error
        if near := near_project_files(folder, PROJECT_FILE):
            raise InvalidSpecs([_misnamed(folder, near[0])])
    raise InvalidSpecs(
        [
            codes.NO_PROJECT.at(
                None,
                f"there is no `{PROJECT_FILE}` in `{start}` or above it",
                hint="`intercom-iac init` makes a project in the current folder",
            )
        ]
    )


def _settings(source: SourceFile, root_folder: Path) -> tuple[ProjectSettings | None, list[Diagnostic]]:
    root, diagnostics = build(source, project_keys)
    diagnostics = [*check_unseen(source, root), *diagnostics]
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
    diagnostics += _check(document, settings, root_folder)
    if not _any_in(document, "policy", mistakes):
        diagnostics += check_settings(document, settings.policy)
    workspaces = settings.workspaces or {"sandbox": WorkspaceSettings(sandbox=DEFAULT_SANDBOX)}
    default = settings.default_workspace or (next(iter(workspaces)) if len(workspaces) == 1 else None)
    return settings.model_copy(update={"workspaces": workspaces, "default_workspace": default}), diagnostics


def _any_in(document: Document, section: str, mistakes: list[Diagnostic]) -> bool:
    """Whether one of the mistakes stands in a section: what was left out for it is missed by all that rests on it."""
    node = document.node((section,))
    places = [mistake.span.start for mistake in mistakes if mistake.span is not None]
    return node is not None and any(node.start <= place <= node.end for place in places)


def _check(document: Document, settings: ProjectSettings, root: Path) -> Iterator[Diagnostic]:
    if not _is_path(settings.specs) or Path(settings.specs).is_absolute():
        yield codes.BAD_VALUE.at(
            document.span(("specs",)),
            "`specs` is not a path relative to the project file",
            hint="write one; `specs: specs` is the usual one",
        )
    elif not _inside(root, settings.specs):
        yield codes.OUTSIDE.at(
            document.span(("specs",)),
            "`specs` leads out of the folder of the project file",
            hint="name a folder below it, which is no link to one elsewhere; `specs: specs` is the usual one",
        )
    if settings.moved_from is not None and not _below_root(settings.moved_from):
        yield codes.BAD_VALUE.at(
            document.span(("moved_from",)),
            "`moved_from` is not a folder of the repository",
            hint="write its path from the root of the repository, such as `crm`; `.` is the root itself",
        )
    # As written, not as validated: a workspace with a mistake of its own is declared all the same.
    section = document.node(("workspaces",))
    declared = list(section.entries) if isinstance(section, Mapping) else []
    declared = declared or ["sandbox"]
    default = settings.default_workspace
    if default is not None and default not in declared:
        yield codes.UNKNOWN_WORKSPACE.at(
            document.span(("default_workspace",)),
            f"the workspace `{default}` is not declared",
            hint=did_you_mean(default, declared) or f"declared: {listed(declared)}",
        )
    yield from check_gate(document, settings)
    for name, workspace in settings.workspaces.items():
        yield from key_diagnostics(document, ("workspaces", name), "workspace")
        yield from _check_workspace(document, name, workspace, root)
    yield from check_variables(document, settings)
    yield from check_timezones(document, settings)


def _below_root(text: str) -> bool:
    return _is_path(text) and not text.startswith("/") and ".." not in text.split("/")


def _is_path(text: str) -> bool:
    """Whether a file can be called so: not empty, and of characters that names are made of."""
    return bool(text.strip()) and all(character >= " " and character != "\x7f" for character in text)


def _inside(root: Path, path: str) -> bool:
    """Whether a path, from the project's folder, stays in it, links followed."""
    return Path(os.path.realpath(root / path)).is_relative_to(os.path.realpath(root))


def _check_workspace(
    document: Document, name: str, workspace: WorkspaceSettings, root: Path
) -> Iterator[Diagnostic]:
    path = ("workspaces", name)
    # As written: a region that is misspelt is a region.
    kinds = [each for each in ("sandbox", "region", "base_url") if document.node((*path, each)) is not None]
    if len(kinds) != 1:
        given = f"has {' and '.join(f'`{kind}`' for kind in kinds)}" if kinds else "has none of them"
        yield codes.WORKSPACE_KIND.at(
            document.key_span(path),
            f"the workspace `{name}` needs exactly one of `sandbox`, `region` and `base_url`, and {given}",
            hint="`sandbox` for an embedded one, `region: us` (or `eu`, `au`) for one of Intercom's",
        )
    if workspace.sandbox is not None and not _is_path(workspace.sandbox):
        yield codes.BAD_VALUE.at(
            document.span((*path, "sandbox")),
            "`sandbox` is not a path",
            hint=f"write one, such as `{DEFAULT_SANDBOX}`",
        )
    elif (
        workspace.sandbox is not None
        and not Path(workspace.sandbox).is_absolute()
        and not _inside(root, workspace.sandbox)
    ):
        yield codes.OUTSIDE.at(
            document.span((*path, "sandbox")),
            "`sandbox` leads out of the folder of the project file",
            hint=f"name a file below it, such as `{DEFAULT_SANDBOX}`, or one elsewhere by its whole path",
        )
    if workspace.base_url is not None:
        yield from _check_address(document, path, workspace.base_url, workspace.allow_host)
    elif workspace.allow_host is not None:
        yield codes.HOST_NOT_ALLOWED.at(
            document.span((*path, "allow_host")),
            f"`allow_host` of the workspace `{name}` stands without a `base_url`",
            hint="leave it out: it names the host of a `base_url` that is not Intercom's",
        )
    if not VARIABLE.fullmatch(workspace.token_env):
        yield codes.BAD_VALUE.at(
            document.span((*path, "token_env")),
            "`token_env` is not the name of an environment variable",
            hint="write the name alone, without `$`: letters, digits and `_`",
        )


def _check_address(
    document: Document, path: tuple[str, str], base_url: str, allowed: str | None
) -> Iterator[Diagnostic]:
    if not usable_address(base_url):
        yield codes.BAD_VALUE.at(
            document.span((*path, "base_url")),
            "`base_url` is not an address a token may be sent to",
            hint="write `https://`, a host and perhaps a port and a path; `http://` is for this machine only",
        )
        return
    host = host_of(base_url)
    if not trusted_host(base_url, allowed):
        yield codes.HOST_NOT_ALLOWED.at(
            document.span((*path, "base_url" if allowed is None else "allow_host")),
            f"the host `{host}` is not Intercom's, and `allow_host` does not name it",
            hint=f"if it is to be sent the token, write `allow_host: {host}` beside the `base_url`",
        )
    elif allowed is not None and allowed.lower() != host:
        yield codes.HOST_NOT_ALLOWED.at(
            document.span((*path, "allow_host")),
            f"`allow_host` names another host than the `base_url`, which has `{host}`",
            hint="leave it out: that host needs no leave",
        )
