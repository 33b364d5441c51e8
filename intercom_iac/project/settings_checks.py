"""What is wrong with the settings of a project file beyond their shape: paths, workspaces and where tokens go."""

from __future__ import annotations

import posixpath
from collections.abc import Iterator

from intercom_iac.diagnostics import Diagnostic
from intercom_iac.diagnostics.codes import spec as codes
from intercom_iac.model import host_of, trusted_host, usable_address
from intercom_iac.text import did_you_mean
from intercom_iac.yaml.corrections import near_word
from intercom_iac.yaml.nodes import Document, Mapping
from intercom_iac.yaml.validation import bounded_names

from .files import FileTree
from .names import key_diagnostics
from .settings import DEFAULT_SANDBOX, VARIABLE, ProjectSettings, WorkspaceSettings


def check_paths_and_workspaces(
    document: Document, settings: ProjectSettings, tree: FileTree
) -> Iterator[Diagnostic]:
    """What is wrong with these settings; links of the paths among them are followed in the tree."""
    if not _is_path(settings.specs) or posixpath.isabs(settings.specs):
        yield codes.BAD_VALUE.at(
            document.span(("specs",)),
            "`specs` is not a path relative to the project file",
            hint="write one; `specs: specs` is the usual one",
        )
    elif tree.resolve(settings.specs) is None:
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
            hint=did_you_mean(default, declared) or f"declared: {bounded_names(declared)}",
            fix=near_word(document.span(("default_workspace",)), default, declared),
        )
    for name, workspace in settings.workspaces.items():
        yield from key_diagnostics(document, ("workspaces", name), "workspace")
        yield from _check_workspace(document, name, workspace, tree)


def _below_root(text: str) -> bool:
    return _is_path(text) and not text.startswith("/") and ".." not in text.split("/")


def _is_path(text: str) -> bool:
    """Whether a file can be called so: not empty, and of characters that names are made of."""
    return bool(text.strip()) and all(character >= " " and character != "\x7f" for character in text)


def _check_workspace(
    document: Document, name: str, workspace: WorkspaceSettings, tree: FileTree
) -> Iterator[Diagnostic]:
    path = ("workspaces", name)
    # As written: a region that is misspelt is a region.
    kinds = [kind for kind in ("sandbox", "region", "base_url") if document.node((*path, kind)) is not None]
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
        and not posixpath.isabs(workspace.sandbox)
        and tree.resolve(workspace.sandbox) is None
    ):
        yield codes.OUTSIDE.at(
            document.span((*path, "sandbox")),
            "`sandbox` leads out of the folder of the project file",
            hint=f"name a file below it, such as `{DEFAULT_SANDBOX}`, or one elsewhere by its whole path",
        )
    if workspace.base_url is not None:
        yield from _check_base_url(document, path, workspace.base_url, workspace.allow_host)
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


def _check_base_url(
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
