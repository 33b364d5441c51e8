"""The git repository that a project lies in: found by its `.git`, and read beside its own settings.

A repository's settings name programs: filters, hooks, helpers, the other end of a fetch. So its files are linked
into a folder of our own, with settings of our own, and git is only ever asked there. What is looked for is `.git`
and nothing else: a folder with `HEAD`, `objects` and `refs` in it is a repository to git, too, and a pull request can
add one.
"""

from __future__ import annotations

import os
import shlex
import subprocess
import tempfile
from collections.abc import Generator, Mapping
from contextlib import contextmanager
from pathlib import Path

from intercom_iac.diagnostics import Misuse
from intercom_iac.lazy_dataclass import dataclass

from ..ownership import SAFE_PROJECT, is_allowed
from .git import bare_environment, person_environment, run_git

# Where git writes down commits that have no name otherwise, beside HEAD.
_POINTERS = ("HEAD", "FETCH_HEAD", "ORIG_HEAD", "MERGE_HEAD")
_MAX_POINTER = 1_000_000
# Of the repository's settings, what `branch@{upstream}` is found by.
_UPSTREAM = (("branch", ("remote", "merge")), ("remote", ("fetch",)))


@dataclass(frozen=True, slots=True)
class Repository:
    """A repository to ask: `top` is the root of its work tree, links followed, `prefix` the path from there to the
    folder that is read, with a slash at its end, or empty."""

    top: Path
    prefix: str
    shadow: Path
    objects: Path
    shallow: bool
    environment: Mapping[str, str]

    def git(self, *arguments: str, given: bytes = b"") -> subprocess.CompletedProcess[bytes]:
        """Runs git on the repository's objects and names, with none of its settings."""
        environment = bare_environment(self.shadow, self.environment) | {
            "GIT_DIR": str(self.shadow),
            "GIT_OBJECT_DIRECTORY": str(self.objects),
        }
        return run_git(*arguments, cwd=self.shadow, tree=self.top, environment=environment, given=given)


@contextmanager
def open_repository(folder: Path, environment: Mapping[str, str]) -> Generator[Repository]:
    """The repository of a folder, until the end; git is given what it needs of the environment.

    Raises `Misuse` where there is none that may be read.
    """
    folder = Path(os.path.realpath(folder))
    top = next((above for above in (folder, *folder.parents) if os.path.lexists(above / ".git")), None)
    if top is None:
        raise Misuse(
            f"`{folder}` is in no git repository",
            hint="run it in a clone, or pass the folder of another project: `--against-folder DIR`",
        )
    own, common = _git_folders(top, environment)
    within = folder.relative_to(top).as_posix()
    with tempfile.TemporaryDirectory(prefix="intercom-iac-") as temporary:
        shadow = Path(temporary)
        shallow = _link(shadow, own, common)
        settings = _settings(shadow, top, common, environment)
        (shadow / "config").write_text(settings, "utf-8", errors="surrogateescape")
        yield Repository(
            top=top,
            prefix="" if within == "." else f"{within}/",
            shadow=shadow,
            objects=common / "objects",
            shallow=shallow,
            environment=environment,
        )


def _git_folders(top: Path, environ: Mapping[str, str]) -> tuple[Path, Path]:
    """The git directory of a work tree, and the one it shares with others: the same, most often.

    git itself is asked, which refuses a repository of another owner unless `safe.directory` allows it.
    """
    environment = person_environment(environ) | {"GIT_CEILING_DIRECTORIES": str(top.parent)}
    # To one that the person allowed here, too. None of its settings is obeyed, whosever they are.
    allowed = ("-c", f"safe.directory={top}") if is_allowed(top, environ) else ()
    arguments = (*allowed, "rev-parse", "--git-dir", "--git-common-dir")
    answer = run_git(*arguments, cwd=top, tree=top, environment=environment)
    if answer.returncode != 0:
        raise _unreadable_repository(top, answer.stderr)
    own, common = (Path(os.path.realpath(top / os.fsdecode(part))) for part in answer.stdout.split(b"\n")[:2])
    if own != _git_folder_named_by(top / ".git"):
        raise Misuse(
            f"`{top / '.git'}` is no git directory", hint="mend or remove it: git would look elsewhere"
        )
    if any(folder.is_relative_to(top) and folder != top / ".git" for folder in (own, common)):
        raise Misuse(
            f"`{top / '.git'}` leads to a folder of the work tree, which whoever changes files there could write",
            hint="run it in a clone that was made as usual",
        )
    outer = next((folder.parent for folder in common.parents if _holds_submodules(folder)), None)
    if outer is not None:
        raise Misuse(
            f"`{top}` is a submodule, whose revisions are its own: they do not say which commit of it the repository "
            "around it had",
            hint="run it in a clone of that repository by itself, or compare with a folder: `--against-folder DIR`",
        )
    return own, common


def _git_folder_named_by(path: Path) -> Path | None:
    """The folder that `.git` is, or names where it is a file."""
    if path.is_dir():
        return Path(os.path.realpath(path))
    try:
        with path.open("rb") as stream:
            text = os.fsdecode(stream.read(_MAX_POINTER))
    except OSError:
        return None
    return Path(os.path.realpath(path.parent / text.removeprefix("gitdir:").strip()))


def _holds_submodules(folder: Path) -> bool:
    """Whether a folder is where a repository keeps the git directories of its submodules."""
    return (
        folder.name == "modules"
        and (folder.parent / "HEAD").exists()
        and (folder.parent / "objects").exists()
    )


def _unreadable_repository(top: Path, complaint: bytes) -> Misuse:
    if b"dubious ownership" in complaint:
        quoted = shlex.quote(str(top))
        return Misuse(
            f"git refuses to read `{top}`, which belongs to somebody else",
            hint=f"if it is to be trusted: `export {SAFE_PROJECT}={quoted}`, or `git config --global --add "
            f"safe.directory {quoted}`",
        )
    lines = complaint.decode("utf-8", errors="replace").strip().splitlines()
    reason = lines[-1].removeprefix("fatal: ") if lines else "it does not say why"
    return Misuse(f"git cannot read the repository of `{top}`: {reason}", hint="`git status` there says more")


# --- the folder that is asked instead ------------------------------------------------------------------------


def _link(shadow: Path, own: Path, common: Path) -> bool:
    """Puts the names of commits where git looks for them; whether the clone is shallow."""
    for name in _POINTERS:
        _copy(own / name, shadow / name)
    (shadow / "refs").symlink_to(common / "refs")
    for name in ("packed-refs", "reftable", "shallow"):
        if (common / name).exists():
            (shadow / name).symlink_to(common / name)
    # What was checked out before, in this work tree, and what each branch was.
    (shadow / "logs").mkdir()
    (shadow / "logs" / "HEAD").symlink_to(own / "logs" / "HEAD")
    (shadow / "logs" / "refs").symlink_to(common / "logs" / "refs")
    return (common / "shallow").exists()


def _copy(source: Path, target: Path) -> None:
    if source.is_file():
        with source.open("rb") as stream:
            target.write_bytes(stream.read(_MAX_POINTER))


def _settings(shadow: Path, top: Path, common: Path, environment: Mapping[str, str]) -> str:
    """The settings of the folder that is asked: how objects and names are kept, and nothing that is run."""
    answer = run_git(
        *("config", "--file", str(common / "config"), "--no-includes", "--null", "--list"),
        cwd=shadow,
        tree=top,
        environment=bare_environment(shadow, environment),
    )
    pairs: list[tuple[str, str]] = []
    for entry in os.fsdecode(answer.stdout).split("\0"):
        key, _, value = entry.partition("\n")
        pairs.append((key, value))
    settings = dict(pairs)
    kept = {
        name: settings[f"extensions.{name}"]
        for name in ("objectformat", "refstorage")
        if f"extensions.{name}" in settings
    }
    text = f"[core]\nbare = true\nrepositoryformatversion = {1 if kept else 0}\n"
    text += "".join(f"[extensions]\n{name} = {_quote_value(value)}\n" for name, value in kept.items())
    for key, value in pairs:
        for section, names in _UPSTREAM:
            begin, _, name = key.rpartition(".")
            if begin.startswith(f"{section}.") and name in names:
                title = begin.removeprefix(f"{section}.").replace("\\", "\\\\").replace('"', '\\"')
                if "\n" not in title:
                    text += f'[{section} "{title}"]\n{name} = {_quote_value(value)}\n'
    return text


def _quote_value(value: str) -> str:
    return '"' + value.replace("\\", "\\\\").replace('"', '\\"').replace("\n", "\\n") + '"'
