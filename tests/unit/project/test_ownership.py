"""A project that lies in somebody else's folder, or is somebody else's file, is read only where a person names it."""

from __future__ import annotations

import os
from collections.abc import Callable
from pathlib import Path

import pytest

from intercom_iac.diagnostics import Misuse
from intercom_iac.project import find_project

pytestmark = pytest.mark.skipif(os.name != "posix", reason="files have no owners here")
MINE, THEIRS = 12345, 23456
# The owners of the folder, the project file, the specs folder and the state, and whether the project is read.
OWNERS = {
    "all mine": ((MINE, MINE, MINE, MINE), True),
    "a file of theirs in a folder of mine": ((MINE, THEIRS, MINE, MINE), False),
    "a file of mine in a folder of theirs": ((THEIRS, MINE, MINE, MINE), False),
    "all theirs": ((THEIRS, THEIRS, THEIRS, THEIRS), False),
    "specs of theirs": ((MINE, MINE, THEIRS, MINE), False),
    "state of theirs": ((MINE, MINE, MINE, THEIRS), False),
    "root's, as in a shared folder": ((0, MINE, MINE, MINE), False),
}


@pytest.fixture
def own(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Callable[..., Path]:
    """Makes a project whose parts have these owners, asked as `user`; gives a folder below it."""
    monkeypatch.delenv("INTERCOM_IAC_SAFE_PROJECT", raising=False)
    monkeypatch.delenv("SUDO_UID", raising=False)
    root = tmp_path / "shared"
    parts = (root, root / "intercom-iac.yaml", root / "specs", root / ".intercom-iac")
    for folder in (root, root / "specs", root / ".intercom-iac", root / "below"):
        folder.mkdir()
    (root / "intercom-iac.yaml").write_text("version: 1\n")

    def made(owners: tuple[int, ...], user: int = MINE) -> Path:
        def stat_as(real: Callable[..., os.stat_result]) -> Callable[..., os.stat_result]:
            def stat(path: Path, **given: object) -> os.stat_result:
                found = real(path, **given)
                owner = dict(zip(parts, owners, strict=True)).get(Path(path), found.st_uid)
                return os.stat_result([*found[:4], owner, *found[5:]])

            return stat

        monkeypatch.setattr(Path, "lstat", stat_as(Path.lstat))
        monkeypatch.setattr(Path, "stat", stat_as(Path.stat))
        monkeypatch.setattr("os.geteuid", lambda: user)
        return root / "below"

    return made


@pytest.mark.parametrize("kind", OWNERS)
def test_what_is_found_is_read_where_all_of_it_is_mine(own: Callable[..., Path], kind: str) -> None:
    owners, is_read = OWNERS[kind]
    below = own(owners)
    for start in (below, below.parent):
        if is_read:
            assert find_project(start, environment=os.environ).root == below.parent
            continue
        with pytest.raises(Misuse) as raised:
            find_project(start, environment=os.environ)
        assert "belongs to" in raised.value.message
        assert f"the user {MINE}" in raised.value.message
        assert f"--project {below.parent}" in (raised.value.hint or "")
        assert raised.value.exit_code == 3
    # Named by a person, it is what they say it is.
    assert find_project(below, below.parent, environment=os.environ).root == below.parent
    assert (
        find_project(below, below.parent / "intercom-iac.yaml", environment=os.environ).root == below.parent
    )


@pytest.mark.parametrize(
    ("value", "is_read"),
    [
        ("{root}", True),
        ("{root}/", True),
        ("/nowhere:{root}", True),
        ("{above}", True),
        ("{root}/below", False),
        ("{root}x", False),
        ("", False),
        (".", False),
        ("shared", False),
        ("*", False),
        (":", False),
    ],
)
def test_the_environment_allows_folders_by_their_whole_paths(
    own: Callable[..., Path], monkeypatch: pytest.MonkeyPatch, value: str, is_read: bool
) -> None:
    below = own((THEIRS,) * 4)
    monkeypatch.chdir(below.parent)
    text = value.format(root=below.parent, above=below.parent.parent)
    monkeypatch.setenv("INTERCOM_IAC_SAFE_PROJECT", text)
    if is_read:
        assert find_project(below, environment=os.environ).root == below.parent
    else:
        with pytest.raises(Misuse):
            find_project(below, environment=os.environ)


@pytest.mark.parametrize(
    ("behind", "owner", "is_read"),
    [
        (str(MINE), MINE, True),
        (str(MINE), 0, True),
        (str(MINE), THEIRS, False),
        ("", MINE, False),
        ("-1", MINE, False),
        ("x", MINE, False),
    ],
)
def test_root_that_sudo_made_is_who_asked_for_it(
    own: Callable[..., Path], monkeypatch: pytest.MonkeyPatch, behind: str, owner: int, is_read: bool
) -> None:
    below = own((owner,) * 4, user=0)
    monkeypatch.setenv("SUDO_UID", behind)
    if is_read:
        assert find_project(below, environment=os.environ).root == below.parent
    else:
        with pytest.raises(Misuse):
            find_project(below, environment=os.environ)


def test_who_is_no_root_is_nobody_else(own: Callable[..., Path], monkeypatch: pytest.MonkeyPatch) -> None:
    below = own((THEIRS,) * 4)
    monkeypatch.setenv("SUDO_UID", str(THEIRS))
    with pytest.raises(Misuse):
        find_project(below, environment=os.environ)


@pytest.mark.skipif(os.name != "posix" or os.geteuid() != 0, reason="only root can give files away")
@pytest.mark.parametrize("given", ["link", "file"])
def test_a_link_is_whose_it_is_and_whose_what_it_leads_to_is(tmp_path: Path, given: str) -> None:
    (tmp_path / "specs").mkdir()
    (tmp_path / "real.yaml").write_text("version: 1\n")
    (tmp_path / "intercom-iac.yaml").symlink_to("real.yaml")
    assert find_project(tmp_path, environment=os.environ).root == tmp_path
    path = tmp_path / ("intercom-iac.yaml" if given == "link" else "real.yaml")
    os.chown(path, THEIRS, THEIRS, follow_symlinks=False)
    with pytest.raises(Misuse):
        find_project(tmp_path, environment=os.environ)
