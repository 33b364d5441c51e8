"""Nothing of the tree that is read tells git what to do: no program runs, no other history is taken for the base."""

from __future__ import annotations

import os
import re
import shutil
import sys
from pathlib import Path

import pytest

from intercom_iac.diagnostics import Misuse
from intercom_iac.project import BaseReference, find_project, read_base
from intercom_iac.specs import load_specs
from support.git_repositories import commit, git

SEATS = "version: 1\nattributes: {contact: {seats: {type: integer}}}\n"
ROOMS = "version: 1\nattributes: {contact: {rooms: {type: integer}}}\n"
MISSING = "1" * 40


@pytest.fixture
def project(tmp_path: Path) -> Path:
    """A project in a folder of a repository: one commit with `seats`, and `rooms` in the work tree."""
    folder = tmp_path / "repository" / "crm"
    (folder / "specs").mkdir(parents=True)
    (folder / "intercom-iac.yaml").write_text("version: 1\n")
    (folder / "specs" / "a.yaml").write_text(SEATS)
    commit(folder.parent)
    (folder / "specs" / "a.yaml").write_text(ROOMS)
    return folder


@pytest.fixture
def ran(tmp_path: Path) -> Path:
    """What a program of the attacker makes when it runs."""
    return tmp_path / "ran"


def attributes(folder: Path, against: str = "main") -> set[str]:
    base = read_base(find_project(folder, environment=os.environ), BaseReference(against))
    assert base.project is not None
    assert (base.obstacles, base.remarks) == ((), ())
    return {name for _, name in load_specs(base.project).schema.attributes}


def refused(folder: Path, against: str = "main") -> Misuse:
    with pytest.raises(Misuse) as raised:
        attributes(folder, against)
    return raised.value


def hostile(ran: Path, elsewhere: Path) -> dict[str, str]:
    """Settings of a repository, each of which runs a program where git obeys it, or fetches by one."""
    program = f"touch '{ran}'; false"
    remote = f'[extensions]\npartialClone = evil\n[remote "evil"]\npromisor = true\nurl = {elsewhere}\n'
    return {
        "the other end of a fetch": f'{remote}uploadpack = "{program};"\n',
        "a protocol that is a program": remote.replace(str(elsewhere), f"ext::sh -c \"touch% '{ran}'\"")
        + "[protocol]\nallow = always\n",
        "a transport": remote.replace(str(elsewhere), "ssh://example.com/x")
        + f'[core]\nsshCommand = "{program};"\n[protocol "ssh"]\nallow = always\n',
        "a monitor of files": f'[core]\nfsmonitor = "{program}"\n',
        "a pager": f'[core]\npager = "{program}"\n[pager]\nls-tree = "{program}"\nrev-parse = "{program}"\n',
        "an alias": f'[alias]\nrev-parse = "!{program}"\nls-tree = "!{program}"\n',
        "a filter": f'[filter "x"]\nsmudge = "{program}"\nprocess = "{program}"\n',
        "a way to show files": f'[diff "x"]\ntextconv = "{program}"\n[diff]\nexternal = "{program}"\n',
        "a file that is included": f"[include]\npath = {elsewhere}/more\n",
        "hooks": f"[core]\nhooksPath = {elsewhere}\n",
    }


KINDS = list(hostile(Path("x"), Path("y")))


def arm(kind: str, config: Path, ran: Path) -> None:
    elsewhere = ran.parent / "elsewhere"
    elsewhere.mkdir(exist_ok=True)
    text = hostile(ran, elsewhere)[kind]
    (elsewhere / "more").write_text(hostile(ran, elsewhere)["the other end of a fetch"])
    for name in ("post-checkout", "reference-transaction", "post-index-change"):
        (elsewhere / name).write_text(f"#!/bin/sh\ntouch '{ran}'\n")
        (elsewhere / name).chmod(0o755)
    with config.open("a") as stream:
        # What git asks of a repository whose settings have extensions.
        stream.write("[core]\nrepositoryformatversion = 1\n" + text)


@pytest.mark.parametrize("kind", KINDS)
def test_a_bare_repository_in_a_folder_is_none(project: Path, ran: Path, kind: str) -> None:
    for name in ("objects/info", "refs/heads"):
        (project / name).mkdir(parents=True)
        (project / name / ".keep").write_text("")
    (project / "HEAD").write_text("ref: refs/heads/main\n")
    (project / "refs" / "heads" / "main").write_text(f"{MISSING}\n")
    (project / "config").write_text("[core]\nbare = true\n")
    arm(kind, project / "config", ran)
    commit(project.parent, "crm/HEAD", "crm/config", "crm/objects", "crm/refs")
    assert attributes(project) == {"seats"}
    assert not ran.exists()


@pytest.mark.parametrize("kind", KINDS)
def test_the_settings_of_a_repository_run_nothing(project: Path, ran: Path, kind: str) -> None:
    """As one that was unpacked into the checkout, or whose settings an earlier step of a job changed."""
    top = project.parent
    git(top, "update-ref", "refs/heads/other", "HEAD")
    arm(kind, top / ".git" / "config", ran)
    (top / ".gitattributes").write_text("*.yaml filter=x diff=x\n")
    (top / ".git" / "refs" / "heads" / "missing").write_text(f"{MISSING}\n")
    assert attributes(project) == {"seats"}
    assert "no revision here" in refused(project, "missing").message
    assert "no revision here" in refused(project, ":crm/specs/a.yaml").message
    assert not ran.exists()


def test_what_a_partial_clone_lacks_is_not_fetched(project: Path, ran: Path, tmp_path: Path) -> None:
    top = project.parent
    git(top, "config", "uploadpack.allowFilter", "true")
    clone = tmp_path / "clone"
    git(tmp_path, "clone", "-q", "--no-checkout", "--filter=blob:none", top.as_uri(), str(clone))
    git(clone, "config", "remote.origin.uploadpack", f"touch '{ran}'; git-upload-pack")
    (clone / "crm").mkdir()
    (clone / "crm" / "intercom-iac.yaml").write_text("version: 1\n")
    error = refused(clone / "crm")
    assert "git does not have all of the commit" in error.message
    assert error.exit_code == 3
    assert not ran.exists()


def test_a_git_file_that_leads_into_the_work_tree_is_refused(project: Path, ran: Path) -> None:
    inside = project / "innocent"
    git(project, "init", "-q", "-b", "main", "--bare", str(inside))
    arm("the other end of a fetch", inside / "config", ran)
    (project / ".git").write_text("gitdir: innocent\n")
    assert "leads to a folder of the work tree" in refused(project).message
    assert not ran.exists()


def test_a_git_link_that_leads_into_the_work_tree_is_refused(project: Path) -> None:
    git(project, "init", "-q", "-b", "main")
    commit(project)
    (project / ".git").rename(project / "innocent")
    (project / ".git").symlink_to("innocent")
    assert "leads to a folder of the work tree" in refused(project).message


def test_a_git_link_that_leads_elsewhere_is_followed(project: Path, tmp_path: Path) -> None:
    (project.parent / ".git").rename(tmp_path / "kept")
    (project.parent / ".git").symlink_to(tmp_path / "kept")
    assert attributes(project) == {"seats"}


@pytest.mark.parametrize("content", ["", "gitdir: nowhere\n", "x"])
def test_a_git_file_that_leads_nowhere_is_told(project: Path, content: str) -> None:
    (project / ".git").write_text(content)
    assert "git cannot read the repository of" in refused(project).message


def test_an_empty_git_folder_does_not_lead_to_the_repository_around_it(project: Path) -> None:
    (project / ".git").mkdir()
    assert "git cannot read the repository of" in refused(project).message


def test_a_submodule_is_refused(project: Path, tmp_path: Path) -> None:
    """Its `main` and `HEAD^1` are its own: a pull request of the repository around it names the commit."""
    inner = project.parent
    outer = tmp_path / "outer"
    outer.mkdir()
    commit(outer)
    git(outer, "-c", "protocol.file.allow=always", "submodule", "add", "-q", str(inner), "vendor")
    assert "is a submodule, whose revisions are its own" in refused(outer / "vendor" / "crm").message


@pytest.mark.parametrize("path", ["", ".", "bin", "{top}/crm/bin", "{link}"])
def test_git_is_not_taken_from_the_checkout(
    project: Path, ran: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, path: str
) -> None:
    for folder in (project, project / "bin"):
        folder.mkdir(exist_ok=True)
        program = folder / "git"
        program.write_text(f"#!/bin/sh\ntouch '{ran}'\n")
        program.chmod(0o755)
    (tmp_path / "link").symlink_to(project / "bin")
    monkeypatch.chdir(project)
    first = path.format(top=project.parent, link=tmp_path / "link")
    monkeypatch.setenv("PATH", f"{first}{os.pathsep}{os.environ['PATH']}")
    assert attributes(project) == {"seats"}
    assert not ran.exists()


def test_git_is_given_no_token_and_few_variables(
    project: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Whatever a job has in its environment: a list of what goes through, not of what does not."""
    real = shutil.which("git")
    programs = tmp_path / "programs"
    programs.mkdir()
    (programs / "git").write_text(f'#!/bin/sh\nenv >> "{tmp_path}/seen"\nexec {real} "$@"\n')
    (programs / "git").chmod(0o755)
    monkeypatch.setenv("PATH", f"{programs}{os.pathsep}{os.environ['PATH']}")
    for name in (
        "INTERCOM_TOKEN",
        "GITHUB_TOKEN",
        "SECRET",
        "SSH_AUTH_SOCK",
        "GIT_ASKPASS",
        "GIT_SSH_COMMAND",
    ):
        monkeypatch.setenv(name, "hunter2-hunter2")
    monkeypatch.setenv("GIT_CONFIG_PARAMETERS", "'http.extraHeader=Authorization: hunter2-hunter2'")
    monkeypatch.setenv("GIT_EXEC_PATH", str(project))
    assert attributes(project) == {"seats"}
    seen = (tmp_path / "seen").read_text()
    assert "hunter2" not in seen
    names = {line.partition("=")[0] for line in seen.splitlines()}
    # The last are of the shell that stands in for git here.
    assert names <= {
        *("PATH", "HOME", "XDG_CONFIG_HOME", "TMPDIR", "SUDO_UID", "SYSTEMROOT", "LC_ALL"),
        *("GIT_CONFIG_GLOBAL", "GIT_CONFIG_SYSTEM", "GIT_CONFIG_NOSYSTEM", "GIT_CEILING_DIRECTORIES"),
        *(
            "GIT_TERMINAL_PROMPT",
            "GIT_OPTIONAL_LOCKS",
            "GIT_PAGER",
            "GIT_NO_LAZY_FETCH",
            "GIT_ALLOW_PROTOCOL",
        ),
        *("GIT_NO_REPLACE_OBJECTS", "GIT_ATTR_NOSYSTEM", "GIT_LITERAL_PATHSPECS"),
        *("GIT_DIR", "GIT_OBJECT_DIRECTORY", "PWD", "OLDPWD", "SHLVL", "_"),
    }


def test_no_other_file_of_the_package_starts_programs() -> None:
    package = Path(sys.modules["intercom_iac"].__file__ or "").parent
    words = ("subprocess", "os.system", "os.popen", "os.exec", "os.spawn", "posix_spawn", "pty.spawn")
    found = {
        path.relative_to(package).as_posix()
        for path in package.rglob("*.py")
        if any(word in path.read_text("utf-8") for word in words)
    }
    # Spark asks which Java there is.
    assert found == {
        "project/revisions/git.py",
        "project/revisions/repository.py",
        "cli/standard_streams.py",
        "engines/spark_engine.py",
    }
    assert "run(" not in (package / "project" / "revisions" / "repository.py").read_text("utf-8").replace(
        "run_git(", ""
    )
    # `standard_streams` begins the program itself again, in UTF-8, and nothing else.
    started = re.findall(r"os\.exec\w*\([^,]*,", (package / "cli" / "standard_streams.py").read_text("utf-8"))
    assert started == ["os.execv(sys.executable,"]


def test_a_replaced_commit_is_what_its_name_says(project: Path) -> None:
    top = project.parent
    first = git(top, "rev-parse", "HEAD")
    second = commit(top)
    git(top, "replace", first, second)
    assert attributes(project, first) == {"seats"}
    (top / ".git" / "info" / "grafts").write_text(f"{second}\n")
    assert attributes(project, "HEAD^1") == {"seats"}


@pytest.mark.parametrize("kind", ["tag", "branch"])
def test_a_name_of_two_commits_is_refused(project: Path, kind: str) -> None:
    top = project.parent
    git(top, "update-ref", "refs/remotes/origin/main", "HEAD")
    commit(top)
    git(top, kind, "origin/main")
    error = refused(project, "origin/main")
    assert "may mean more than one commit" in error.message
    assert error.exit_code == 3
    assert attributes(project, "refs/remotes/origin/main") == {"seats"}


def test_every_form_of_a_revision_is_understood(project: Path) -> None:
    top = project.parent
    first = git(top, "rev-parse", "HEAD")
    git(top, "tag", "-a", "v1", "-m", "one")
    git(top, "checkout", "-q", "-b", "change")
    commit(top)
    git(top, "config", "branch.change.remote", "origin")
    git(top, "config", "branch.change.merge", "refs/heads/main")
    git(top, "config", "remote.origin.url", "https://example.com/x")
    git(top, "config", "remote.origin.fetch", "+refs/heads/*:refs/remotes/origin/*")
    git(top, "update-ref", "refs/remotes/origin/main", first)
    (top / ".git" / "FETCH_HEAD").write_text(f"{first}\t\tbranch 'main' of x\n")
    old = (
        "main",
        "v1",
        "HEAD^1",
        "HEAD~1",
        first,
        first[:9],
        "FETCH_HEAD",
        "origin/main",
        "@{upstream}",
        "@{-1}",
    )
    for against in (*old, "change~1", "main@{0}", "refs/tags/v1"):
        assert attributes(project, against) == {"seats"}, against
    assert attributes(project, "HEAD") == {"rooms"}
    git(top, "pack-refs", "--all")
    git(top, "gc", "-q")
    assert attributes(project, "v1") == {"seats"}


def test_a_clone_that_borrows_objects_is_read(project: Path, tmp_path: Path) -> None:
    git(tmp_path, "clone", "-q", "--shared", str(project.parent), "borrowing")
    assert attributes(tmp_path / "borrowing" / "crm") == {"seats"}


def test_a_repository_with_longer_ids_is_read(tmp_path: Path) -> None:
    git(tmp_path, "init", "-q", "-b", "main", "--object-format=sha256")
    (tmp_path / "specs").mkdir()
    (tmp_path / "intercom-iac.yaml").write_text("version: 1\n")
    (tmp_path / "specs" / "a.yaml").write_text(SEATS)
    assert len(commit(tmp_path)) == 64
    assert attributes(tmp_path) == {"seats"}


@pytest.mark.skipif(os.name != "posix" or os.geteuid() != 0, reason="only root can give files away")
def test_a_repository_of_somebody_else_is_refused_until_it_is_allowed(
    project: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    top = project.parent
    for path in (top, top / ".git"):
        os.chown(path, 12345, 12345)
    monkeypatch.setenv("GIT_CONFIG_NOSYSTEM", "1")
    monkeypatch.setenv("GIT_CONFIG_GLOBAL", os.devnull)
    error = refused(project)
    assert "belongs to somebody else" in error.message
    assert f"safe.directory {top}" in (error.hint or "")
    settings = tmp_path / "gitconfig"
    settings.write_text(f"[safe]\ndirectory = {top}\n")
    monkeypatch.setenv("GIT_CONFIG_GLOBAL", str(settings))
    assert attributes(project) == {"seats"}
    monkeypatch.setenv("GIT_CONFIG_GLOBAL", os.devnull)
    monkeypatch.setenv("INTERCOM_IAC_SAFE_PROJECT", str(top.parent))
    assert attributes(project) == {"seats"}
    monkeypatch.setenv("INTERCOM_IAC_SAFE_PROJECT", str(project))
    assert "INTERCOM_IAC_SAFE_PROJECT=" in (refused(project).hint or "")


def test_a_repository_that_names_a_pipe_is_not_waited_for_without_end(
    project: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    top = project.parent
    os.mkfifo(top / "pipe")
    with (top / ".git" / "config").open("a") as stream:
        stream.write(f"[include]\npath = {top}/pipe\n")
    monkeypatch.setattr("intercom_iac.project.revisions.git._PATIENCE", 0.5)
    error = refused(project)
    assert "git did not end within 0.5 seconds" in error.message
    assert error.exit_code == 3
