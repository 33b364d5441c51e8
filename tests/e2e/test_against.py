"""What `--against` compares with, as a user meets it: a base that cannot be read is never "nothing differs"."""

from __future__ import annotations

import os
from collections.abc import Callable
from pathlib import Path

import pytest

from support.git_repositories import commit, git

PROJECT = "version: 1\nworkspaces:\n  sandbox: {sandbox: .intercom-iac/sandbox.db}\n"
OLD = "version: 1\nattributes: {contact: {seats: {type: integer}}}\n"
NEW = "version: 1\nattributes: {contact: {rooms: {type: integer}}}\n"
COMMANDS = ("check", "breaking", "plan", "plan --all", "changelog")
ACCEPT = "accept: [{address: specs, code: BACK780, reason: it was so, expires: 2999-12-31}]\n"


@pytest.fixture
def project(scratch):
    """A project at the root of a repository: `seats` is committed, `rooms` is declared now."""
    scratch.write({"intercom-iac.yaml": PROJECT, "specs/a.yaml": OLD, ".gitignore": ".intercom-iac/\n"})
    commit(scratch.root)
    return scratch.write({"specs/a.yaml": NEW})


def at(project, folder: str):
    """Further commands run in a folder of the repository."""
    os.chdir(project.root / folder)
    return project


# --- a revision is a revision --------------------------------------------------------------------------------


@pytest.mark.parametrize("command", ["breaking", "check"])
@pytest.mark.parametrize("name", ["main", "HEAD", "HEAD^0", "{id}", "origin/main"])
def test_a_folder_named_like_the_revision_changes_nothing(project, command: str, name: str) -> None:
    git(project.root, "update-ref", "refs/remotes/origin/main", "HEAD")
    name = name.format(id=git(project.root, "rev-parse", "HEAD"))
    decoy = {f"{name}/intercom-iac.yaml": PROJECT, f"{name}/specs/a.yaml": NEW}
    assert project.write(decoy).run(f"{command} --against {name}").code == 1


@pytest.mark.parametrize("command", COMMANDS)
def test_a_folder_is_compared_with_where_it_is_named_as_one(project, command: str) -> None:
    project.write({"old/intercom-iac.yaml": PROJECT, "old/specs/a.yaml": OLD})
    whole = (project.root / "old").as_posix()
    codes = {
        project.run(f"{command} {option}").code
        for option in (
            "--against-folder old",
            "--against ./old",
            "--against ../" + project.root.name + "/old",
            f"--against {whole}",
        )
    }
    assert codes == ({1} if command in ("check", "breaking") else {0})
    told = project.run(f"{command} --against old")
    assert told.code == 3
    assert "`old` is no revision here; a folder of that name holds a project" in told.err
    assert "`--against-folder old` compares with the folder" in told.err


@pytest.mark.parametrize("command", COMMANDS)
@pytest.mark.parametrize(
    ("options", "said"),
    [
        (("--against-folder", ""), "invalid value for `--against-folder`: it is empty"),
        (("--against", ""), "invalid value for `--against`: it is empty"),
        (("--against-folder", "nowhere"), "the folder `nowhere` holds no `intercom-iac.yaml`"),
        (("--against", "./nowhere"), "the folder `./nowhere` holds no `intercom-iac.yaml`"),
        (("--against", "main", "--against-folder", "old"), "are both given"),
    ],
)
def test_wrong_arguments(project, command: str, options: tuple[str, ...], said: str) -> None:
    result = project.run(command, *options)
    assert (result.code, result.out) == (3, "")
    assert said in result.err
    assert "  help: " in result.err


def test_what_to_write_is_said_with_a_plan_against_a_folder(project) -> None:
    project.write({"old/intercom-iac.yaml": PROJECT, "old/specs/a.yaml": OLD})
    assert "`intercom-iac breaking --against-folder old`" in project.run("plan --against-folder old").out


# --- a base that cannot be read ------------------------------------------------------------------------------


def submodule(root: Path, path: str) -> None:
    """Makes a folder a repository of its own, and commits it as such."""
    git(root, "rm", "-q", "-r", "-f", "--cached", path)
    git(root / path, "init", "-q", "-b", "main")
    git(root / path, "add", ".")
    git(root / path, "commit", "-q", "-m", "x")
    commit(root)


def files(root: Path, content: bytes, path: str = "specs/a.yaml") -> None:
    (root / path).write_bytes(content)
    commit(root)


def link(root: Path, path: str, target: str) -> None:
    git(root, "rm", "-q", "-r", "--cached", path)
    (root / path).rename(root / "aside")
    (root / path).symlink_to(target)
    commit(root, path)
    (root / path).unlink()
    (root / "aside").rename(root / path)


LFS = b"version https://git-lfs.github.com/spec/v1\noid sha256:" + b"a" * 64 + b"\nsize 12\n"
HIDDEN: dict[str, tuple[Callable[[Path], object], str]] = {
    "a submodule for the specs": (lambda root: submodule(root, "specs"), "`HEAD:specs` is a submodule"),
    "a pointer of LFS": (lambda root: files(root, LFS), "`HEAD:specs/a.yaml` is a pointer of Git LFS"),
    "an encrypted file": (
        lambda root: files(root, b"\0GITCRYPT\0\x12\x34"),
        "`HEAD:specs/a.yaml` is encrypted by git-crypt",
    ),
    "an encrypted project file": (
        lambda root: files(root, b"\0GITCRYPT\0\x12\x34", "intercom-iac.yaml"),
        "`HEAD:intercom-iac.yaml` is encrypted by git-crypt",
    ),
    "broken YAML": (lambda root: files(root, b"version: 1\nattributes: [\n"), "`HEAD:specs/a.yaml:"),
    "a key that is unknown": (
        lambda root: files(root, b"version: 1\nattributs: {}\n"),
        "`HEAD:specs/a.yaml:2:1`: ",
    ),
    "a rule that is wrong": (
        lambda root: files(root, OLD.encode() + b"segments: {s: {name: S, rule: seats > x}}\n"),
        "`HEAD:specs/a.yaml:3:",
    ),
    "a file that is no text": (lambda root: files(root, b"\xff\xfe\x00"), "`HEAD:specs/a.yaml:"),
    "a file that is too large": (
        lambda root: files(root, b"version: 1\n#" + b"x" * 1_000_001),
        "`HEAD:specs/a.yaml:1:1`: the file is larger",
    ),
    "a broken project file": (
        lambda root: files(root, b"version: 1\nfuture: true\n", "intercom-iac.yaml"),
        "`HEAD:intercom-iac.yaml:2:1`: ",
    ),
    "no text in the project file": (
        lambda root: files(root, b"", "intercom-iac.yaml"),
        "`HEAD:intercom-iac.yaml",
    ),
    "a specs folder that is not there": (
        lambda root: files(root, b"version: 1\nspecs: schema\n", "intercom-iac.yaml"),
        "the specs folder `schema` does not exist",
    ),
    "specs behind a link": (lambda root: link(root, "specs", "/somewhere"), "`HEAD:intercom-iac.yaml:"),
    "a spec file behind a link": (
        lambda root: link(root, "specs/a.yaml", "../../elsewhere.yaml"),
        "`HEAD:specs/a.yaml:1:1`: the file is a link that leads out",
    ),
}


@pytest.mark.parametrize(
    ("kind", "command"),
    [*((kind, "check") for kind in HIDDEN), *(("a pointer of LFS", command) for command in COMMANDS[1:])],
)
def test_what_hides_the_old_specs_is_refused_and_named(project, kind: str, command: str) -> None:
    hide, said = HIDDEN[kind]
    hide(project.root)
    for path in ("specs/.git", "specs/a.yaml"):
        if (project.root / path).is_dir():
            (project.root / path).rename(project.root / ".aside")
    project.write({"intercom-iac.yaml": PROJECT, "specs/a.yaml": NEW})
    result = project.run(f"{command} --against HEAD")
    told = result.out + result.err
    assert result.code == 3, told
    assert f"error[BACK780]: {said}" in told or ("error[BACK780]: `HEAD:" in told and said in told)
    assert "  help: " in told
    assert "Nothing differs" not in told
    # Whoever repairs it says so where a reviewer sees it, and gets what can be compared.
    project.write({"intercom-iac.yaml": PROJECT + ACCEPT})
    accepted = project.run(f"{command} --against HEAD")
    assert accepted.code in (0, 1)
    assert "warning[BACK795]" in accepted.out + accepted.err


@pytest.mark.parametrize("output", ["json", "github", "gitlab", "sarif", "junit"])
@pytest.mark.parametrize("command", ["check", "breaking"])
def test_programs_are_told_too(project, command: str, output: str) -> None:
    files(project.root, LFS)
    result = project.write({"specs/a.yaml": NEW}).run(f"{command} --against HEAD --format {output}")
    assert result.code == 3
    assert "BACK780" in (result.err if (command, output) == ("breaking", "json") else result.out)


def test_the_comment_says_why_there_is_no_plan(project) -> None:
    files(project.root, LFS)
    result = project.write({"specs/a.yaml": NEW}).run("plan --against HEAD --format markdown")
    assert result.code == 3
    assert "### No plan for" in result.out
    assert "BACK780" in result.out


def test_an_acceptance_of_that_is_about_the_specs_and_for_a_time(project) -> None:
    for old, new, said in (
        ("address: specs", "address: segment.x", "error[BACK790]"),
        ("2999-12-31", "2024-01-31", "error[BACK791]"),
    ):
        files(project.root, LFS)
        project.write({"intercom-iac.yaml": PROJECT + ACCEPT.replace(old, new), "specs/a.yaml": NEW})
        result = project.run("check --against HEAD")
        assert result.code == 3
        assert said in result.out


LEGIBLE = {
    "text that nobody sees, in a comment": "version: 1 # x\u2028y\nattributes: {contact: {seats: {type: integer}}}\n",
    "text that nobody sees, in a text": "version: 1\n"
    "attributes: {contact: {seats: {type: integer, owner: a\u200b}}}\n",
    "an option with a space": "version: 1\n"
    "attributes: {contact: {seats: {type: integer}, size: {type: options, options: ['s ', m]}}}\n",
    "an attribute with a space": "version: 1\nattributes: {contact: {'seats ': {type: integer}}}\n",
    "an event on two lines": 'version: 1\nattributes: {contact: {seats: {type: integer}}}\nevents: {"e\\n": {}}\n',
    "a metadata key in quotes": "version: 1\nattributes: {contact: {seats: {type: integer}}}\n"
    "events: {e: {metadata: {“key”: {type: string}}}}\n",
    "a segment's name on two lines": "version: 1\nattributes: {contact: {seats: {type: integer}}}\n"
    "segments:\n  s:\n    name: |\n      S\n    rule: seats > 1\n",
    "two names that look the same": "version: 1\n"
    "attributes: {contact: {seats: {type: integer}, caf\u00e9: {type: string}, cafe\u0301: {type: string}}}\n",
}


@pytest.mark.parametrize("kind", LEGIBLE)
def test_mistakes_that_hide_nothing_are_mended_without_further_ado(project, kind: str) -> None:
    """Since a release that refuses them, they stand in the specs of every repository that had them."""
    files(project.root, LEGIBLE[kind].encode())
    assert project.run("check").code == 3
    result = project.write({"specs/a.yaml": NEW}).run("check --against HEAD")
    assert result.code == 1
    assert "BACK78" not in result.out
    assert "error[BACK701]: `attribute.contact.seats" in result.out


def test_a_file_of_which_nothing_is_read_hides_what_it_had(project) -> None:
    files(project.root, OLD.replace("\n", "\r").encode())
    result = project.write({"specs/a.yaml": NEW}).run("check --against HEAD")
    assert result.code == 3
    assert "error[BACK780]: `HEAD:specs/a.yaml:1:11`: the lines of the file end in carriage" in result.out


def test_what_lies_beside_the_specs_hides_nothing(project) -> None:
    """A submodule, a pointer or a broken file that is no spec of this project."""
    project.write({"specs/a.yaml": OLD, "vendor/x/y.yaml": "a", "other.yaml": LFS.decode(), "odd.yaml": "["})
    commit(project.root)
    submodule(project.root, "vendor/x")
    result = project.write({"specs/a.yaml": NEW}).run("breaking --against HEAD")
    assert result.code == 1
    assert "BACK78" not in result.out


# --- a project that was elsewhere, or nowhere -----------------------------------------------------------------


@pytest.fixture
def moved(project):
    """The project was at `crm/old` and is at `crm/new`, where `seats` is gone."""
    project.write({"specs/a.yaml": OLD})
    (project.root / "crm" / "old").mkdir(parents=True)
    git(project.root, "mv", "intercom-iac.yaml", "specs", "crm/old")
    commit(project.root)
    git(project.root, "mv", "crm/old", "crm/new")
    project.write({"crm/new/specs/a.yaml": NEW})
    return at(project, "crm/new")


@pytest.mark.parametrize("command", COMMANDS)
def test_a_project_that_moved_is_compared_with_where_it_was_once_that_is_said(moved, command: str) -> None:
    result = moved.run(f"{command} --against HEAD")
    told = result.out + result.err
    assert result.code == 3
    assert "has `crm/old/intercom-iac.yaml`, which is gone now: the project seems to have moved" in told
    assert "`moved_from: crm/old`" in told
    for setting in ("crm/old", "crm/old/", "./crm/old", "crm/old/intercom-iac.yaml"):
        moved.write({"crm/new/intercom-iac.yaml": f"{PROJECT}moved_from: {setting}\n"})
        result = moved.run(f"{command} --against HEAD")
        assert result.code == (1 if command in ("check", "breaking") else 0)
        assert "attribute.contact.seats" in result.out.replace("\\", "")


def test_a_place_of_the_old_project_begins_with_its_folder(moved) -> None:
    moved.write({"crm/new/intercom-iac.yaml": f"{PROJECT}moved_from: crm/old\n"})
    assert "HEAD:crm/old/specs/a.yaml:2:24" in moved.run("breaking --against HEAD").out


def test_a_project_that_moved_to_or_from_the_root(project) -> None:
    (project.root / "crm").mkdir()
    git(project.root, "mv", "intercom-iac.yaml", "specs", "crm")
    at(project, "crm").write({"crm/intercom-iac.yaml": f"{PROJECT}moved_from: .\n"})
    assert project.run("breaking --against HEAD").code == 1
    project.write({"crm/intercom-iac.yaml": PROJECT})
    assert "`moved_from: .`" in project.run("breaking --against HEAD").err


@pytest.mark.parametrize(
    ("setting", "said"),
    [
        ("nowhere", "`HEAD` has no project at `nowhere/intercom-iac.yaml`, which `moved_from` names"),
        ("other", "`other/intercom-iac.yaml` is still there: the project was not moved from it"),
    ],
)
def test_a_place_where_the_project_was_not_is_told(moved, setting: str, said: str) -> None:
    moved.write({"other/intercom-iac.yaml": PROJECT, "other/specs/a.yaml": NEW})
    git(moved.root, "add", "other")
    git(moved.root, "commit", "-q", "-m", "x", "--only", "other")
    moved.write({"crm/new/intercom-iac.yaml": f"{PROJECT}moved_from: {setting}\n"})
    result = moved.run("check --against HEAD")
    assert result.code == 3
    assert f"error[BACK780]: {said}" in result.out
    assert "intercom-iac.yaml:4:13" in result.out


@pytest.mark.parametrize("setting", ["../crm", "/crm", "crm/../../x", "''"])
def test_a_place_outside_of_the_repository_is_a_mistake(project, setting: str) -> None:
    project.write({"intercom-iac.yaml": f"{PROJECT}moved_from: {setting}\n"})
    result = project.run("check")
    assert result.code == 3
    assert "`moved_from` is not a folder of the repository" in result.out


def test_a_setting_that_stays_is_told_and_changes_nothing(moved) -> None:
    moved.write({"crm/new/intercom-iac.yaml": f"{PROJECT}moved_from: crm/old\n"})
    commit(moved.root)
    result = moved.run("breaking --against HEAD")
    assert result.code == 0
    assert "warning[BACK781]" in result.out
    assert moved.run("breaking --against HEAD^").code == 1


def test_a_folder_that_became_a_link_is_no_new_project(project) -> None:
    """The old path still leads to a project file, in the work tree alone."""
    (project.root / "crm").mkdir()
    git(project.root, "mv", "intercom-iac.yaml", "specs", "crm")
    commit(project.root)
    (project.root / "crm").rename(project.root / "crm2")
    (project.root / "crm").symlink_to("crm2")
    project.write({"crm2/specs/a.yaml": NEW})
    result = at(project, "crm").run("breaking --against HEAD")
    assert result.code == 3
    assert "`moved_from: crm`" in result.err


def test_a_folder_that_was_a_link_is_no_new_project(project) -> None:
    (project.root / "real").mkdir()
    git(project.root, "mv", "intercom-iac.yaml", "specs", "real")
    (project.root / "crm").symlink_to("real")
    commit(project.root)
    (project.root / "crm").unlink()
    project.write({"crm/intercom-iac.yaml": PROJECT, "crm/specs/a.yaml": "version: 1\n"})
    result = at(project, "crm").run("breaking --against HEAD")
    assert result.code == 3
    assert "`crm` is a link at `HEAD`" in result.err


def test_a_project_that_was_in_a_submodule_is_no_new_project(project) -> None:
    (project.root / "crm").mkdir()
    git(project.root, "mv", "intercom-iac.yaml", "specs", "crm")
    submodule(project.root, "crm")
    (project.root / "crm" / ".git").rename(project.root / ".aside")
    result = at(project, "crm").run("breaking --against HEAD")
    assert result.code == 3
    assert "`crm` is a submodule at `HEAD`" in result.err


def test_the_first_project_of_a_repository_is_new(scratch) -> None:
    scratch.write({"README.md": "x"})
    commit(scratch.root, "README.md")
    scratch.write({"crm/intercom-iac.yaml": PROJECT, "crm/specs/a.yaml": NEW})
    (scratch.root / "intercom-iac.yaml").unlink()
    for command in COMMANDS:
        result = at(scratch, "crm").run(f"{command} --against HEAD")
        assert result.code == 0
        assert "BACK796" in result.out + result.err


def test_one_more_project_of_a_repository_is_new(project) -> None:
    project.write({"shop/intercom-iac.yaml": PROJECT, "shop/specs/a.yaml": NEW})
    result = at(project, "shop").run("breaking --against HEAD")
    assert result.code == 0
    assert "info[BACK796]" in result.out


def test_a_new_project_in_place_of_another_is_accepted_as_that(moved) -> None:
    moved.write({"crm/new/intercom-iac.yaml": PROJECT + ACCEPT})
    result = moved.run("check --against HEAD")
    assert result.code == 0
    assert "warning[BACK795]" in result.out


def test_a_specs_folder_of_another_name_is_read_where_it_was(project) -> None:
    git(project.root, "mv", "specs", "schema")
    project.write({"intercom-iac.yaml": f"{PROJECT}specs: schema\n"})
    result = project.run("breaking --against HEAD")
    assert result.code == 1
    assert "HEAD:specs/a.yaml" in result.out
