"""When a revision was committed, and when lines of its files last changed before that."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from intercom_iac.lazy_dataclass import dataclass

from ..project import Project
from .commits import Commit, open_commit


@dataclass(frozen=True, slots=True)
class Lines:
    """Lines of a file of a revision, `path` from the root of the repository, counted from 1, both ends included."""

    path: str
    first: int
    last: int


@dataclass(frozen=True, slots=True)
class RevisionHistory:
    """`committed_at` is the revision's own time, `changed_at` that of the last commit which changed some lines; Unix
    seconds. Lines of which git does not tell it are not in it: they changed with the revision, as far as is known."""

    committed_at: int
    changed_at: Mapping[Lines, int]

    def last_change(self, lines: Lines | None) -> int:
        """When these lines last changed, at the latest when the revision was committed."""
        return self.committed_at if lines is None else self.changed_at.get(lines, self.committed_at)


def revision_history(project: Project, revision: str, asked: Iterable[Lines] = ()) -> RevisionHistory:
    """The history of a commit, by its id, in the repository of the project; and that of some lines in it.

    A shallow clone ends at some commit, with which all that is older seems to have changed. Raises `Misuse` where
    there is no such commit.
    """
    with open_commit(project.root, revision, project.environment) as commit:
        committed_at = _time(commit, "--no-walk") or 0
        changed_at = {
            lines: changed
            for lines in asked
            if (changed := _time(commit, "--no-patch", f"-L{lines.first},{lines.last}:{lines.path}"))
        }
    return RevisionHistory(committed_at, changed_at)


def _time(commit: Commit, *arguments: str) -> int | None:
    """The committer's time of the first commit that `git log` finds; None where it does not say."""
    answer = commit.repository.git("log", "-1", "--format=%ct", *arguments, commit.id)
    text = answer.stdout.decode("ascii", errors="replace").strip()
    return int(text) if answer.returncode == 0 and text.isdecimal() else None
