"""What a project file may say to `breaking`, and where it is wrong."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest

from intercom_iac.diagnostics import InvalidSpecs
from intercom_iac.project import find_project

ENTRY = {"address": "attribute.contact.seats", "code": "BACK701", "reason": "unused", "expires": "2027-01-31"}


def project_file(*entries: dict[str, str], more: str = "") -> str:
    listed = "".join(
        "  - " + "\n    ".join(f"{key}: {value}" for key, value in each.items()) + "\n" for each in entries
    )
    return f"version: 1\n{more}" + (f"accept:\n{listed}" if entries else "")


def wrong(folder: Path, text: str) -> list[tuple[str, str, str]]:
    (folder / "intercom-iac.yaml").write_text(text)
    try:
        find_project(folder)
    except InvalidSpecs as error:
        return [(each.code, str(each.span), each.message) for each in error.diagnostics]
    return []


def test_what_is_right_is_a_value_with_its_place(tmp_path: Path) -> None:
    assert wrong(tmp_path, project_file(ENTRY, {**ENTRY, "code": "BACK702"}, more="release: 2.3.0\n")) == []
    project = find_project(tmp_path)
    assert [str(accepted.span) for accepted in project.acceptances] == [
        "intercom-iac.yaml:4:14",
        "intercom-iac.yaml:8:14",
    ]
    assert [accepted.code for accepted in project.acceptances] == ["BACK701", "BACK702"]
    assert {accepted.expires for accepted in project.acceptances} == {date(2027, 1, 31)}
    assert project.release == (2, 3, 0)


@pytest.mark.parametrize(
    ("key", "value", "code", "place"),
    [
        ("expires", "2027-02-29", "SPEC125", "6:14"),
        ("expires", "'20270131'", "SPEC125", "6:14"),
        ("expires", "2027-W04-7", "SPEC125", "6:14"),
        ("expires", "'2027-01-31T00:00'", "SPEC125", "6:14"),
        ("expires", "soon", "SPEC125", "6:14"),
        ("expires", "2027", "SPEC120", "6:14"),
        ("code", "BACK709", "BACK790", "4:11"),
        ("code", "BACK713", "BACK790", "4:11"),
        ("code", "BACK791", "BACK790", "4:11"),
        ("code", "BACK799", "BACK790", "4:11"),
        ("code", "SPEC101", "BACK790", "4:11"),
        ("code", "back701", "BACK790", "4:11"),
        ("reason", "''", "SPEC125", "5:13"),
        ("address", "' '", "SPEC125", "3:14"),
    ],
)
def test_what_is_wrong_has_its_place(tmp_path: Path, key: str, value: str, code: str, place: str) -> None:
    found = wrong(tmp_path, project_file({**ENTRY, key: value}))
    assert [(each[0], each[1]) for each in found] == [(code, f"intercom-iac.yaml:{place}")]


def test_an_entry_that_stands_twice(tmp_path: Path) -> None:
    ((code, place, message),) = wrong(tmp_path, project_file(ENTRY, {**ENTRY, "reason": "another"}))
    assert (code, place) == ("BACK790", "intercom-iac.yaml:7:14")
    assert message == "BACK701 at `attribute.contact.seats` is accepted already"


@pytest.mark.parametrize("missing", ENTRY)
def test_every_key_is_needed(tmp_path: Path, missing: str) -> None:
    entry = {key: value for key, value in ENTRY.items() if key != missing}
    ((code, _, message),) = wrong(tmp_path, project_file(entry))
    assert (code, f"has no `{missing}`" in message) == ("SPEC122", True)


@pytest.mark.parametrize(
    "release", ["v1.2.3", "1.2", f"1.2.{'3' * 5000}", "1.2.3-rc1", "01.2.3", "1.2.3.4", "١.٢.٣", "''"]
)
def test_a_release_is_three_numbers(tmp_path: Path, release: str) -> None:
    ((code, place, _),) = wrong(tmp_path, project_file(more=f"release: {release}\n"))
    assert (code, place[:22]) == (("SPEC120" if release == "1.2" else "SPEC125"), "intercom-iac.yaml:2:10")
