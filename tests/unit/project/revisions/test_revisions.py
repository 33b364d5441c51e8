"""The project as it was at a revision: read by git, on scratch repositories, without a change to the work tree."""

from __future__ import annotations

import os
from collections.abc import Sequence
from pathlib import Path

import pytest

from intercom_iac.diagnostics import Misuse
from intercom_iac.project import BaseReference, find_project, read_base
from intercom_iac.project.revisions.commits import Commit, Entry
from intercom_iac.specs import load_specs
from support.git_repositories import commit, git

SEATS = "version: 1\nattributes: {contact: {seats: {type: integer}}}\n"
ROOMS = "version: 1\nattributes: {contact: {rooms: {type: integer}}}\n"


def write(folder: Path, **files: str | bytes) -> Path:
    for name, content in files.items():
        path = folder / name.replace("__", "/")
        path = path.with_name(path.name.replace("_yaml", ".yaml"))
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(content if isinstance(content, bytes) else content.encode())
    return folder


@pytest.fixture
def project(tmp_path: Path) -> Path:
    """A project of one spec file in a repository of its own, committed."""
    folder = tmp_path / "repository"
    write(folder, specs__a_yaml=SEATS)
    (folder / "intercom-iac.yaml").write_text("version: 1\n")
    commit(folder)
    return folder


def names(folder: Path, against: str) -> tuple[set[str], list[str]]:
    """The attributes at a revision, and the codes of what is wrong there."""
    base = read_base(find_project(folder, environment=os.environ), BaseReference(against))
    said = (*base.obstacles, *base.remarks)
    if base.project is None:
        return set(), [diagnostic.code for diagnostic in said]
    loaded = load_specs(base.project)
    codes = [diagnostic.code for diagnostic in (*said, *loaded.diagnostics)]
    return {name for _, name in loaded.schema.attributes}, codes


def codes_of(folder: Path) -> str:
    """The code of the one mistake in the work tree."""
    (found,) = load_specs(find_project(folder, environment=os.environ)).diagnostics
    return found.code


def refused(folder: Path, against: str) -> Misuse:
    with pytest.raises(Misuse) as raised:
        read_base(find_project(folder, environment=os.environ), BaseReference(against))
    return raised.value


def test_the_specs_are_those_of_the_revision(project: Path) -> None:
    write(project, specs__a_yaml=ROOMS)
    assert names(project, "HEAD") == ({"seats"}, [])
    commit(project)
    assert names(project, "HEAD") == ({"rooms"}, [])
    assert names(project, "HEAD~1") == ({"seats"}, [])
    git(project, "tag", "-a", "v1", "-m", "one", "HEAD~1")
    assert names(project, "v1") == ({"seats"}, [])
    assert names(project, git(project, "rev-parse", "HEAD~1")[:9]) == ({"seats"}, [])


def test_nothing_is_changed_and_no_file_of_the_revision_is_written(
    project: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    made = tmp_path / "made"
    made.mkdir()
    monkeypatch.setattr("tempfile.tempdir", str(made))
    write(project, specs__a_yaml=ROOMS, specs__untracked_yaml=SEATS)
    status = git(project, "status", "--porcelain")
    index = (project / ".git" / "index").read_bytes()
    written: list[Path] = []
    read = Commit.contents

    def read_and_look(commit: Commit, entries: Sequence[Entry]) -> list[bytes]:
        contents = read(commit, entries)
        written.extend(path for path in made.rglob("*") if "specs" in path.parts or path.suffix == ".yaml")
        return contents

    monkeypatch.setattr(Commit, "contents", read_and_look)
    base = read_base(find_project(project, environment=os.environ), BaseReference("HEAD"))
    assert (written, list(made.iterdir())) == ([], [])
    # What is read of the revision is read already.
    monkeypatch.setattr(Commit, "contents", None)
    (project / ".git").rename(project / "gone")
    assert base.project is not None
    assert {name for _, name in load_specs(base.project).schema.attributes} == {"seats"}
    (project / "gone").rename(project / ".git")
    assert (project / ".git" / "index").read_bytes() == index
    assert git(project, "status", "--porcelain") == status


def test_a_project_in_a_folder_of_a_larger_repository(tmp_path: Path) -> None:
    folder = tmp_path / "größe & more" / "crm 'x'"
    write(folder, specs__a_yaml=SEATS)
    (folder / "intercom-iac.yaml").write_text("version: 1\n")
    write(folder.parent, other_yaml="not: ours\n")
    commit(folder.parent)
    write(folder, specs__a_yaml=ROOMS)
    assert names(folder, "HEAD") == ({"seats"}, [])


def test_files_that_were_renamed_and_deleted_since(project: Path) -> None:
    git(project, "mv", "specs/a.yaml", "specs/b.yaml")
    write(project, specs__deep__er__c_yaml=ROOMS)
    commit(project)
    git(project, "rm", "-q", "-r", "specs")
    write(project, specs__d_yaml="version: 1\n")
    assert names(project, "HEAD") == ({"seats", "rooms"}, [])
    assert names(project, "HEAD~1") == ({"seats"}, [])


def test_a_specs_folder_that_was_elsewhere(project: Path) -> None:
    git(project, "mv", "specs", "schema")
    (project / "intercom-iac.yaml").write_text("version: 1\nspecs: schema\n")
    assert names(project, "HEAD") == ({"seats"}, [])


@pytest.mark.parametrize(
    "against",
    [
        "nowhere",
        "--help",
        "--output=x",
        "-1",
        "HEAD..HEAD",
        "^HEAD",
        "HEAD:specs",
        "HEAD~9",
        "a\nb",
        "x" * 5000,
    ],
)
def test_what_is_no_revision_is_told(project: Path, against: str) -> None:
    error = refused(project, against)
    assert error.message == f"`{against}` is no revision here"
    assert error.exit_code == 3


@pytest.mark.parametrize("against", ["", "  "])
def test_nothing_at_all_is_not_this_folder(project: Path, against: str, monkeypatch) -> None:
    monkeypatch.chdir(project)
    assert refused(project, against).message == "the revision to compare with is empty"


def test_outside_of_a_repository(tmp_path: Path) -> None:
    write(tmp_path, specs__a_yaml=SEATS)
    (tmp_path / "intercom-iac.yaml").write_text("version: 1\n")
    assert "in no git repository" in refused(tmp_path, "HEAD").message


def test_without_git(project: Path, monkeypatch) -> None:
    monkeypatch.setenv("PATH", str(project))
    assert "git is needed" in refused(project, "HEAD").message


def test_a_shallow_clone_says_how_to_get_more(project: Path, tmp_path: Path) -> None:
    write(project, specs__a_yaml=ROOMS)
    commit(project)
    clone = tmp_path / "clone"
    git(tmp_path, "clone", "-q", "--depth", "1", project.as_uri(), str(clone))
    assert names(clone, "HEAD") == ({"rooms"}, [])
    error = refused(clone, "HEAD~1")
    assert error.message.endswith("; the clone is shallow")
    assert "fetch-depth: 0" in (error.hint or "")


def test_where_there_was_no_project_everything_is_new(tmp_path: Path) -> None:
    write(tmp_path, README_yaml="x: y\n")
    commit(tmp_path)
    write(tmp_path, crm__specs__a_yaml=SEATS)
    (tmp_path / "crm" / "intercom-iac.yaml").write_text("version: 1\n")
    assert names(tmp_path / "crm", "HEAD") == (set(), ["BACK796"])


def test_a_revision_with_mistakes_is_read_as_far_as_it_goes(project: Path) -> None:
    write(project, specs__b_yaml=b"\xff\x00\xfe", specs__c_yaml="version: 1\nattributes: [\n")
    write(project, specs__e_yaml=b"version: 1\n# " + b"x" * 1_000_001)
    commit(project)
    found, codes = names(project, "HEAD")
    assert found == {"seats"}
    assert sorted(codes) == ["SPEC105", "SPEC106", "SPEC110"]


def test_a_project_file_that_cannot_be_understood(project: Path) -> None:
    (project / "intercom-iac.yaml").write_text("version: 1\nfuture: true\n")
    commit(project)
    (project / "intercom-iac.yaml").write_text("version: 1\n")
    assert names(project, "HEAD") == ({"seats"}, ["BACK780"])


@pytest.mark.parametrize(
    ("entries", "said"),
    [
        ([("100644", "b.yaml"), ("100644", "b.yaml")], "the revision holds `specs/b.yaml` twice"),
        ([("100644", "../b.yaml")], "the revision holds a path that is none: `specs/../b.yaml`"),
        ([("100644", "/tmp/b.yaml")], "the revision holds a path that is none: `specs//tmp/b.yaml`"),
    ],
)
def test_trees_made_by_hand_are_told_and_write_nothing_outside(
    project: Path, tmp_path: Path, entries: list[tuple[str, str]], said: str
) -> None:
    (tmp_path / "empty").touch()
    empty = bytes.fromhex(git(project, "hash-object", "-w", str(tmp_path / "empty")))
    specs = tree(project, [(mode, name, empty) for mode, name in entries])
    file = bytes.fromhex(git(project, "rev-parse", "HEAD:intercom-iac.yaml"))
    top = tree(project, [("100644", "intercom-iac.yaml", file), ("40000", "specs", specs)])
    error = refused(project, git(project, "commit-tree", top.hex(), "-m", "x"))
    assert said in error.message
    assert error.exit_code == 3


def test_what_no_disk_could_hold_is_read(project: Path, tmp_path: Path) -> None:
    (tmp_path / "seats").write_text(SEATS)
    (tmp_path / "empty").touch()
    seats, empty = (
        bytes.fromhex(git(project, "hash-object", "-w", str(tmp_path / name))) for name in ("seats", "empty")
    )
    specs = tree(project, [("120000", "b.yaml", empty), ("100644", "n" * 300 + ".yaml", seats)])
    file = bytes.fromhex(git(project, "rev-parse", "HEAD:intercom-iac.yaml"))
    top = tree(project, [("100644", "intercom-iac.yaml", file), ("40000", "specs", specs)])
    # A link to nothing is a link that leads nowhere.
    assert names(project, git(project, "commit-tree", top.hex(), "-m", "x")) == ({"seats"}, ["SPEC102"])


def tree(project: Path, entries: list[tuple[str, str, bytes]]) -> bytes:
    """The id of a tree that git itself would not make."""
    content = b"".join(f"{mode} {name}\0".encode() + object_id for mode, name, object_id in entries)
    path = project.parent / "tree"
    path.write_bytes(content)
    return bytes.fromhex(git(project, "hash-object", "-t", "tree", "-w", "--literally", str(path)))


def test_links_of_a_revision_lead_nowhere_outside(project: Path, tmp_path: Path) -> None:
    outside = write(tmp_path / "outside", secret_yaml=ROOMS)
    (project / "specs" / "b.yaml").symlink_to(outside / "secret.yaml")
    (project / "specs" / "c.yaml").symlink_to("../../../../../../../../../../etc/hostname")
    (project / "specs" / "d.yaml").symlink_to("a.yaml")
    (project / "specs" / "folder").symlink_to(outside)
    commit(project)
    found, codes = names(project, "HEAD")
    assert found == {"seats"}
    assert "rooms" not in found
    assert codes.count("SPEC108") == 3


def test_a_link_to_a_spec_file_beside_it_is_followed(project: Path) -> None:
    git(project, "mv", "specs/a.yaml", "specs/b.yaml")
    write(project, specs__a_yaml="version: 1\n")
    (project / "specs" / "a.yaml").unlink()
    (project / "specs" / "a.yaml").symlink_to("b.yaml")
    commit(project)
    # Both names hold the declaration, as in the work tree.
    assert names(project, "HEAD") == ({"seats"}, [codes_of(project)])


def test_variables_that_git_sets_for_hooks_change_nothing(project: Path, tmp_path: Path, monkeypatch) -> None:
    other = tmp_path / "other"
    write(other, a_yaml=ROOMS)
    commit(other)
    monkeypatch.setenv("GIT_DIR", str(other / ".git"))
    monkeypatch.setenv("GIT_WORK_TREE", str(other))
    monkeypatch.setenv("GIT_INDEX_FILE", str(other / ".git" / "index"))
    assert names(project, "HEAD") == ({"seats"}, [])


def test_a_work_tree_of_its_own(project: Path, tmp_path: Path) -> None:
    git(project, "worktree", "add", "-q", str(tmp_path / "tree"))
    write(tmp_path / "tree", specs__a_yaml=ROOMS)
    assert names(tmp_path / "tree", "main") == ({"seats"}, [])


def test_a_revision_is_one_whatever_folders_there_are(project: Path, monkeypatch) -> None:
    for name in ("main", "HEAD", "HEAD^0", git(project, "rev-parse", "HEAD")):
        write(project / name, specs__a_yaml=ROOMS)
        (project / name / "intercom-iac.yaml").write_text("version: 1\n")
        monkeypatch.chdir(project)
        assert names(project, name) == ({"seats"}, [])
    base = read_base(find_project(project, environment=os.environ), BaseReference("main", is_folder=True))
    assert base.name == "main/"
    assert base.project is not None
    assert {name for _, name in load_specs(base.project).schema.attributes} == {"rooms"}


def test_paths_of_a_revision_begin_with_its_name(project: Path) -> None:
    assert read_base(find_project(project, environment=os.environ), BaseReference("HEAD")).name == "HEAD:"
