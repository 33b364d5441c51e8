"""The owner of a project that was found and not named: a project file says where tokens are sent, and in a shared
folder anybody could have put one."""

from __future__ import annotations

import os
from collections.abc import Iterable, Mapping
from pathlib import Path

from intercom_iac.diagnostics import Misuse

SAFE_PROJECT = "INTERCOM_IAC_SAFE_PROJECT"
STATE_FOLDER = ".intercom-iac"


def check_owner(paths: Iterable[Path], root: Path, environment: Mapping[str, str]) -> None:
    """Raises `Misuse` for the first of these that is there and belongs to somebody else, as git does of a repository.

    Of a link both it and what it leads to are meant. Somebody else is whoever is not the user that the process runs
    as; for root that `sudo` made of somebody, this is that user too. Projects in the folders that the
    environment variable `INTERCOM_IAC_SAFE_PROJECT` names, and below them, are nobody else's.
    """
    if os.name != "posix" or is_allowed(root, environment):
        return
    trusted = _trusted_users(environment)
    for path in paths:
        for of_link in (True, False):
            try:
                owner = (path.lstat() if of_link else path.stat()).st_uid
            except (OSError, ValueError):
                # What is not there, or cannot be asked, is told by whoever reads it.
                continue
            if owner not in trusted:
                raise _foreign_project(path, root, owner)


def _trusted_users(environment: Mapping[str, str]) -> set[int]:
    user = os.geteuid()
    behind = environment.get("SUDO_UID", "")
    return {user, int(behind)} if user == 0 and behind.isascii() and behind.isdecimal() else {user}


def is_allowed(root: Path, environment: Mapping[str, str]) -> bool:
    """Whether the environment allows a folder, whoever it belongs to: a list of whole paths, as in `PATH`."""
    real = Path(os.path.realpath(root))
    allowed = (
        part for part in environment.get(SAFE_PROJECT, "").split(os.pathsep) if Path(part).is_absolute()
    )
    return any(real.is_relative_to(os.path.realpath(part)) for part in allowed)


def _foreign_project(path: Path, root: Path, owner: int) -> Misuse:
    what = f"`{path}` belongs to {_user_name(owner)}, and the program runs as {_user_name(os.geteuid())}"
    import shlex

    quoted = shlex.quote(str(root))
    return Misuse(
        f"{what}: a project of another owner is not read where nobody named it",
        hint=f"if it is to be trusted, name it: `--project {quoted}`, or `export {SAFE_PROJECT}={quoted}`",
    )


def _user_name(user: int) -> str:
    # Here, since it is asked where a project is refused alone.
    import pwd

    try:
        return f"`{pwd.getpwuid(user).pw_name}`"
    except KeyError:
        return f"the user {user}"
