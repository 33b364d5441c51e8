"""When a revision was committed, and when lines of its files last changed."""

from __future__ import annotations

from pathlib import Path

import pytest

from intercom_iac.diagnostics import Misuse
from intercom_iac.project import Lines, find_project, revision_history
from support import git_repositories
from support.git_repositories import commit, git

TEXT = "version: 1\nsegments:\n  a: {rule: role = user}\n  b: {rule: role = user}\n"


def test_lines_have_the_time_of_the_commit_that_changed_them(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    specs = tmp_path / "crm" / "specs"
    specs.mkdir(parents=True)
    (tmp_path / "crm" / "intercom-iac.yaml").write_text("version: 1\n")

    def commit_at(year: int, text: str) -> str:
        monkeypatch.setitem(git_repositories._NOBODY, "GIT_COMMITTER_DATE", f"{year}-01-01T00:00:00Z")
        (specs / "a: b.yaml").write_text(text)
        return commit(tmp_path)

    commit_at(2020, TEXT)
    head = commit_at(2021, TEXT.replace("b: {rule: role = user}", "b: {rule: role = lead}"))
    project = find_project(tmp_path / "crm")
    a, b = Lines("crm/specs/a: b.yaml", 3, 3), Lines("crm/specs/a: b.yaml", 4, 4)
    none = Lines("crm/specs/none.yaml", 1, 1)
    history = revision_history(project, head, [a, b, none])
    first, second = 1577836800, 1609459200
    assert history.committed_at == second
    assert [history.last_change(each) for each in (a, b, none, None)] == [first, second, second, second]
    assert git(tmp_path, "status", "--short") == ""
    with pytest.raises(Misuse):
        revision_history(project, "0" * 40)
