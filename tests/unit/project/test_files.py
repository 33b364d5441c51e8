"""What every `FileTree` promises, asked of the disk, of a commit and of unsaved texts over either."""

from __future__ import annotations

import os
from collections.abc import Callable, Mapping
from pathlib import Path

import pytest

from intercom_iac.project.files import DiskTree, FileTree, OverlayTree, read_text
from intercom_iac.project.revisions.commit_tree import Blob, CommitTree, DoubleEntry

FILES = {
    "project.yaml": "version: 1\n",
    "specs/a.yaml": "a\n",
    "specs/deep/er/b.yaml": "b\n",
    "specs/.c": "c\n",
}
LINKS = {
    "specs/to_file.yaml": "a.yaml",
    "specs/to_link.yaml": "to_file.yaml",
    "specs/to_folder": "deep/er",
    "specs/up": "..",
    "specs/nowhere.yaml": "nothing.yaml",
    "specs/through_a_file.yaml": "a.yaml/b",
    "specs/itself.yaml": "itself.yaml",
    "specs/around": "../../tree/specs",
    "specs/out.yaml": "../../outside.yaml",
    "specs/whole.yaml": "/outside.yaml",
}

Make = Callable[[Mapping[str, str], Mapping[str, str]], FileTree]


def on_disk(folder: Path) -> Make:
    def make(files: Mapping[str, str], links: Mapping[str, str]) -> FileTree:
        root = folder / "tree"
        for path, text in files.items():
            (root / path).parent.mkdir(parents=True, exist_ok=True)
            (root / path).write_text(text)
        for path, target in links.items():
            (root / path).symlink_to(target)
        return DiskTree(root)

    return make


def in_memory(files: Mapping[str, str], links: Mapping[str, str]) -> FileTree:
    return CommitTree(
        Blob(path, is_link, text.encode())
        for is_link, texts in ((False, files), (True, links))
        for path, text in texts.items()
    )


def overlaid(below: Make) -> Make:
    """Some of the files are other below, and some are only above."""

    def make(files: Mapping[str, str], links: Mapping[str, str]) -> FileTree:
        tree = below(
            {"project.yaml": "other\n", "specs/a.yaml": "other\n", "specs/.c": files["specs/.c"]}, links
        )
        return OverlayTree(tree, {path: files[path].encode() for path in files if path != "specs/.c"})

    return make


KINDS = ("disk", "commit", "overlay over the disk", "overlay over a commit")


@pytest.fixture(params=KINDS)
def tree(request: pytest.FixtureRequest, tmp_path: Path) -> FileTree:
    make = {
        "disk": on_disk(tmp_path),
        "commit": in_memory,
        "overlay over the disk": overlaid(on_disk(tmp_path)),
        "overlay over a commit": overlaid(in_memory),
    }[request.param]
    return make(FILES, LINKS)


def listing(tree: FileTree, folder: str) -> dict[str, str]:
    return {entry.name: entry.kind for entry in tree.entries(folder)}


def test_a_folder_holds_entries_as_they_are_themselves(tree: FileTree) -> None:
    assert listing(tree, ".") == {"project.yaml": "file", "specs": "folder"}
    links = {path.removeprefix("specs/"): "link" for path in LINKS}
    assert listing(tree, "specs") == {"a.yaml": "file", "deep": "folder", ".c": "file", **links}
    for path in (
        "specs/deep/er",
        "specs/deep/./er/",
        "specs/../specs/deep/er",
        "specs/to_folder",
        "specs/up/specs/deep/er",
    ):
        assert listing(tree, path) == {"b.yaml": "file"}


@pytest.mark.parametrize(
    ("path", "error"),
    [
        ("nothing", FileNotFoundError),
        ("specs/nowhere.yaml", FileNotFoundError),
        ("specs/a.yaml", NotADirectoryError),
    ],
)
def test_what_is_no_folder_cannot_be_listed(tree: FileTree, path: str, error: type[OSError]) -> None:
    with pytest.raises(error):
        tree.entries(path)


@pytest.mark.parametrize(
    ("path", "itself", "followed"),
    [
        (".", "folder", "folder"),
        ("specs", "folder", "folder"),
        ("specs/a.yaml", "file", "file"),
        ("specs/../project.yaml", "file", "file"),
        ("specs/deep/er/b.yaml", "file", "file"),
        ("specs/to_file.yaml", "link", "file"),
        ("specs/to_link.yaml", "link", "file"),
        ("specs/to_folder", "link", "folder"),
        ("specs/to_folder/b.yaml", "file", "file"),
        ("specs/up", "link", "folder"),
        ("specs/nowhere.yaml", "link", None),
        ("specs/itself.yaml", "link", None),
        ("specs/out.yaml", "link", None),
        ("specs/whole.yaml", "link", None),
        ("specs/through_a_file.yaml", "link", None),
        ("specs/nothing.yaml", None, None),
        ("specs/a.yaml/b", None, None),
    ],
)
def test_what_stands_at_a_path_and_what_it_leads_to(
    tree: FileTree, path: str, itself: str | None, followed: str | None
) -> None:
    assert (tree.kind(path), tree.kind(path, follow_links=True)) == (itself, followed)


@pytest.mark.parametrize(
    ("path", "resolved"),
    [
        (".", "."),
        ("specs/..", "."),
        ("specs/a.yaml", "specs/a.yaml"),
        ("specs/to_link.yaml", "specs/a.yaml"),
        ("specs/to_folder/b.yaml", "specs/deep/er/b.yaml"),
        ("specs/up/project.yaml", "project.yaml"),
        ("specs/nowhere.yaml", "specs/nothing.yaml"),
        ("nothing/at/all", "nothing/at/all"),
        ("specs/out.yaml", None),
        ("specs/whole.yaml", None),
        ("..", None),
        ("specs/up/..", None),
    ],
)
def test_links_lead_where_they_lead(tree: FileTree, path: str, resolved: str | None) -> None:
    assert tree.resolve(path) == resolved


def test_links_in_a_circle_stay_in_the_tree(tree: FileTree) -> None:
    assert tree.resolve("specs/itself.yaml") == "specs/itself.yaml"


@pytest.mark.parametrize(
    ("path", "text"),
    [
        ("project.yaml", "version: 1\n"),
        ("specs/a.yaml", "a\n"),
        ("specs/to_file.yaml", "a\n"),
        ("specs/to_link.yaml", "a\n"),
        ("specs/to_folder/b.yaml", "b\n"),
        ("specs/.c", "c\n"),
    ],
)
def test_a_file_is_read_through_links(tree: FileTree, path: str, text: str) -> None:
    assert tree.read(path, 100) == text.encode()
    assert tree.read(path, 1) == text[:1].encode()
    file, wrong = read_text(tree, path, "called so")
    assert (file.path, file.text, wrong) == ("called so", text, [])


@pytest.mark.parametrize(
    ("path", "message"),
    [
        ("specs", "a folder stands where a file is expected"),
        ("specs/to_folder", "a folder stands where a file is expected"),
        ("specs/nothing.yaml", "the file cannot be read: no such file or directory"),
        ("specs/a.yaml/b", "the file cannot be read: not a directory"),
        ("specs/nowhere.yaml", "the file is a link that leads nowhere"),
        ("specs/out.yaml", "the file is a link that leads nowhere"),
        ("specs/through_a_file.yaml", "the file cannot be read: not a directory"),
        ("specs/itself.yaml", "the file cannot be read: too many levels of symbolic links"),
    ],
)
def test_why_a_file_cannot_be_read_is_told_alike(tree: FileTree, path: str, message: str) -> None:
    file, [wrong] = read_text(tree, path, "x.yaml")
    assert (file.text, wrong.code, wrong.message) == ("", "SPEC102", message)


def test_a_file_too_large_is_told_without_its_content(tmp_path: Path) -> None:
    (tmp_path / "a.yaml").write_bytes(b"#" * 1_000_001)
    trees: tuple[FileTree, ...] = (
        DiskTree(tmp_path),
        CommitTree([Blob("a.yaml", is_link=False, content=None)]),
        OverlayTree(CommitTree([]), {"a.yaml": b"#" * 1_000_001}),
    )
    for tree in trees:
        file, [wrong] = read_text(tree, "a.yaml", "a.yaml")
        assert (file.text, wrong.code) == ("", "SPEC105")


# --- the disk -----------------------------------------------------------------------------------------------


def test_a_pipe_is_told_and_not_waited_for(tmp_path: Path) -> None:
    os.mkfifo(tmp_path / "a.yaml")
    tree = DiskTree(tmp_path)
    assert (tree.kind("a.yaml"), listing(tree, ".")) == ("other", {"a.yaml": "other"})
    _, [wrong] = read_text(tree, "a.yaml", "a.yaml")
    assert wrong.message == "this is a device or a pipe, where a file is expected"


def test_a_root_behind_a_link_is_the_folder_it_leads_to(tmp_path: Path) -> None:
    (tmp_path / "real").mkdir()
    (tmp_path / "real" / "a").write_text("x")
    (tmp_path / "real" / "b").symlink_to(tmp_path / "real" / "a")
    (tmp_path / "real2").mkdir()
    (tmp_path / "real" / "c").symlink_to(tmp_path / "real2")
    (tmp_path / "link").symlink_to("real")
    tree = DiskTree(tmp_path / "link")
    assert (tree.resolve("b"), tree.resolve("c"), tree.kind("c", follow_links=True)) == ("a", None, "folder")


# --- a commit -----------------------------------------------------------------------------------------------


def test_an_absolute_link_of_a_commit_leads_to_what_this_machine_has(tmp_path: Path) -> None:
    tree = in_memory({"a": ""}, {"b": str(tmp_path), "c": "../" + tmp_path.name})
    assert (tree.kind("b", follow_links=True), tree.kind("c", follow_links=True)) == ("folder", None)
    with pytest.raises(FileNotFoundError):
        tree.entries("b")


@pytest.mark.parametrize("paths", [("a", "a"), ("a", "a/b"), ("a/b", "a")])
def test_a_path_that_stands_twice_in_a_commit_is_refused(paths: tuple[str, ...]) -> None:
    with pytest.raises(DoubleEntry):
        CommitTree(Blob(path, is_link=False, content=b"") for path in paths)


def test_links_without_end_are_given_up_soon() -> None:
    tree = in_memory({}, {"a": "b/b", "b": "a/a"})
    assert (tree.kind("a", follow_links=True), tree.resolve("a")) == (None, "a")


# --- unsaved texts ------------------------------------------------------------------------------------------


def test_an_unsaved_text_of_a_link_is_that_of_the_file_it_leads_to() -> None:
    below = in_memory({"a.yaml": "a"}, {"b.yaml": "a.yaml"})
    tree = OverlayTree(below, {"b.yaml": b"unsaved"})
    assert (tree.read("a.yaml", 100), tree.read("b.yaml", 100)) == (b"unsaved", b"unsaved")
    assert listing(tree, ".") == {"a.yaml": "file", "b.yaml": "link"}


def test_an_overlay_of_nothing_is_what_is_below(tmp_path: Path) -> None:
    (tmp_path / "a").write_text("x")
    tree = OverlayTree(DiskTree(tmp_path), {})
    assert (listing(tree, "."), tree.read("a", 9), tree.kind("b")) == ({"a": "file"}, b"x", None)
