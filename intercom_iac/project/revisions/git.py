"""Runs git so that nothing in the tree it reads can configure it, with the few environment variables it needs."""

from __future__ import annotations

import os
import shutil
import subprocess
from collections.abc import Mapping
from pathlib import Path

from intercom_iac.diagnostics import Misuse

# All that git is given of the environment. Tokens are nowhere among it, nor is what git sets for its hooks, with
# which a command that runs elsewhere would read another repository.
_OF_THE_PERSON = ("PATH", "HOME", "XDG_CONFIG_HOME", "TMPDIR", "SUDO_UID", "SYSTEMROOT")
_SETTINGS_OF_THE_PERSON = ("GIT_CONFIG_GLOBAL", "GIT_CONFIG_SYSTEM", "GIT_CONFIG_NOSYSTEM")
_RESTRAINTS = {
    # Complains in English, asks nobody for a password, changes nothing, pages nothing.
    "LC_ALL": "C",
    "GIT_TERMINAL_PROMPT": "0",
    "GIT_OPTIONAL_LOCKS": "0",
    "GIT_PAGER": "cat",
    # Fetches nothing that is missing. The second is for versions that do not know the first: it names the protocols
    # that may be used, none, and settings of a repository do not come before it as they do before `protocol.allow`.
    "GIT_NO_LAZY_FETCH": "1",
    "GIT_ALLOW_PROTOCOL": "",
    "GIT_LITERAL_PATHSPECS": "1",
    # An object is what its name says.
    "GIT_NO_REPLACE_OBJECTS": "1",
    "GIT_ATTR_NOSYSTEM": "1",
}
# Seconds for one call, which reads and never fetches: a repository that names a pipe would be waited for without end.
_PATIENCE = 120
_OPTIONS = (
    "--no-pager",
    "--no-replace-objects",
    *("-c", "safe.bareRepository=explicit"),
    *("-c", "protocol.allow=never"),
    *("-c", f"core.hooksPath={os.devnull}"),
    *("-c", "core.fsmonitor=false"),
    *("-c", f"core.attributesFile={os.devnull}"),
    *("-c", "credential.helper="),
)


def program_path(outside_of: Path, environment: Mapping[str, str]) -> str:
    """The folders of `PATH` where programs are looked for: whole paths that do not lie in a folder that others write.

    An empty or relative one is a folder of the checkout wherever the command runs there.
    """
    root = os.path.realpath(outside_of)
    folders = environment.get("PATH", os.defpath).split(os.pathsep)
    return os.pathsep.join(
        folder
        for folder in folders
        if Path(folder).is_absolute()
        and (root == os.sep or not Path(os.path.realpath(folder)).is_relative_to(root))
    )


def person_environment(environment: Mapping[str, str]) -> dict[str, str]:
    """The variables with which git finds the settings of whoever runs it, where `safe.directory` stands."""
    names = (*_OF_THE_PERSON, *_SETTINGS_OF_THE_PERSON)
    return {name: environment[name] for name in names if name in environment}


def bare_environment(folder: Path, environment: Mapping[str, str]) -> dict[str, str]:
    """The variables with which git finds no settings but those of the repository it is told of; `folder` is empty of
    any."""
    kept = {name: environment[name] for name in ("PATH", "TMPDIR", "SYSTEMROOT") if name in environment}
    return kept | {
        "HOME": str(folder),
        "XDG_CONFIG_HOME": str(folder),
        "GIT_CONFIG_NOSYSTEM": "1",
        "GIT_CONFIG_GLOBAL": os.devnull,
    }


def run_git(
    *arguments: str, cwd: Path, tree: Path, environment: Mapping[str, str], given: bytes = b""
) -> subprocess.CompletedProcess[bytes]:
    """Runs git in a folder, for reading a tree, with this environment and the restraints; git itself is looked for in
    its `PATH`. Raises `Misuse` where there is no git, or it does not end."""
    path = program_path(tree, environment)
    # An empty path would be taken for none, and the usual folders searched.
    program = shutil.which("git", path=path) if path else None
    if program is None:
        raise Misuse(
            "git is needed to read a revision, and is not installed",
            hint="pass a folder instead: `--against-folder DIR`",
        )
    try:
        return subprocess.run(  # noqa: S603  a list of arguments, of which no name can be an option
            [program, *_OPTIONS, *arguments],
            cwd=cwd,
            env={**environment, **_RESTRAINTS, "PATH": path},
            input=given,
            capture_output=True,
            check=False,
            timeout=_PATIENCE,
        )
    except subprocess.TimeoutExpired as error:
        raise Misuse(
            f"git did not end within {_PATIENCE} seconds, reading the repository of `{tree}`",
            hint="`git status` there may say why",
        ) from error
