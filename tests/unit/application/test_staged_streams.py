"""Files that are written piece by piece take their places together, or none does."""

from __future__ import annotations

import errno
import os
from pathlib import Path

import pytest

from intercom_iac.application.files import staged_streams
from intercom_iac.diagnostics import IntercomIacError


def write(folder: Path) -> None:
    with staged_streams(folder / "a", folder / "b") as (first, second):
        first.write(b"new ")
        second.write(b"too")
        first.write(b"text")


def contents(folder: Path) -> dict[str, str]:
    return {path.name: path.read_text() for path in folder.iterdir()}


def test_they_take_their_places_when_all_is_written(tmp_path: Path) -> None:
    (tmp_path / "a").write_text("before")
    write(tmp_path)
    assert contents(tmp_path) == {"a": "new text", "b": "too"}


@pytest.mark.parametrize("call", ["fsync", "replace"])
def test_what_cannot_be_written_leaves_all_as_it_was(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, call: str
) -> None:
    (tmp_path / "a").write_text("before")

    def fail(*_: object, **__: object) -> None:
        raise OSError(errno.ENOSPC, os.strerror(errno.ENOSPC))

    monkeypatch.setattr(os, call, fail)
    with pytest.raises(IntercomIacError, match=r"cannot write `.*a`: no space left on device"):
        write(tmp_path)
    assert contents(tmp_path) == {"a": "before"}


def test_whatever_ends_it_before_leaves_all_as_it_was(tmp_path: Path) -> None:
    (tmp_path / "a").write_text("before")
    with pytest.raises(KeyboardInterrupt), staged_streams(tmp_path / "a", tmp_path / "b") as (first, _):
        first.write(b"x" * 100_000)
        raise KeyboardInterrupt
    assert contents(tmp_path) == {"a": "before"}


def test_a_folder_that_is_not_there_is_told(tmp_path: Path) -> None:
    with pytest.raises(IntercomIacError) as failure, staged_streams(tmp_path / "no" / "a"):
        pass
    assert failure.value.hint is not None
    assert f"make the folder `{tmp_path / 'no'}`" in failure.value.hint
