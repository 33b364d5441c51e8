"""Sources that cannot be read: a message with the file and the place, and never a traceback."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from intercom_iac.adopting.sources import contents
from intercom_iac.application import reading_sources
from intercom_iac.application.reading_sources import propose_from_files
from intercom_iac.diagnostics import IntercomIacError, InvalidSpecs, Misuse
from support.tracking_plans import entries, propose, track, write

PLAN = json.dumps({"rules": [track("Paid", total={"type": "number"})]}, indent=1)
AMPLITUDE = "Action,Object Type,Object Name,Property Type\n,Event,Paid,\n"
NAMES = "name,model,type\nplan_type,contact,string\n"

BROKEN: list[tuple[str, str | bytes, str]] = [
    ("cut.json", PLAN[:60], r"cut\.json:\d+:\d+`: the JSON ends in the middle"),
    ("cut.json", PLAN[:-1], r"cut\.json:\d+:\d+`: the JSON ends in the middle"),
    ("a.json", '{"rules": [\n1 2]}', r"a\.json:2:3` is not JSON: expecting ',' delimiter"),
    ("a.json", "{}\n{}", r"a\.json:2:1`: more than one JSON value in a file"),
    (
        "twice.json",
        '{"rules": [],\n "rules": []}',
        r"twice\.json:2:2`: the key `rules` stands twice in one object",
    ),
    (
        "twice.json",
        '{"a": {"x": "a"}, "b": ["a", "b"], "a": 1}',
        r"twice\.json:1:36`: the key `a` stands twice",
    ),
    ("twice.json", '{"a": 1, "\\u0061": 1}', r"twice\.json` cannot be read: a key stands twice"),
    ("nan.json", '{"rules": [\n{"v": NaN}]}', r"nan\.json:2:7`: `NaN` is not JSON"),
    ("nan.json", '{"NaN": -Infinity}', r"nan\.json:1:9`: `-Infinity` is not JSON"),
    ("deep.json", "[" * 10_000 + "]" * 10_000, r"deep\.json:1:501`: nests deeper than 500 levels"),
    ("digits.json", f'{{"rules": {"9" * 5000}}}', r"digits\.json` holds a number of too many digits"),
    ("empty.json", " \n", r"empty\.json` is empty"),
    ("empty.yaml", "# nothing\n", r"empty\.yaml` is empty"),
    (
        "latin.csv",
        "name,model\nplan,contact\nça,contact\n".encode("latin-1"),
        r"latin\.csv:3` is not UTF-8 text",
    ),
    ("latin.json", b'{"a":\n"\xe7"}', r"latin\.json:2` is not UTF-8 text"),
    ("cut.csv", AMPLITUDE + ',Event,"Or', r"cut\.csv:3`: a quote is opened and not closed"),
    ("cut.csv", AMPLITUDE + ",Event,Or", r"cut\.csv:3` ends before its columns do"),
    ("wide.csv", NAMES + "a,contact,string,too,much\n", r"wide\.csv:3` has 5 cells, and the header 3"),
    ("quote.csv", NAMES + '"a"b,contact,string\n', r"quote\.csv:3` is not CSV"),
    ("book.csv", b"PK\x03\x04rest", r"book\.csv` is a ZIP archive or an Excel workbook, not text"),
    ("plan.gz", b"\x1f\x8brest", r"plan\.gz` is a gzip archive, not text"),
    ("notes.txt", "hello", r"notes\.txt` is not JSON, YAML or CSV"),
    ("other.json", '{"hello": 1}', r"other\.json` is of no format that is known"),
    ("other.csv", "a,b\n1,2\n", r"other\.csv` is of no format that is known"),
    ("other.yaml", "hello: 1\n", r"other\.yaml` is of no format that is known"),
]


@pytest.mark.parametrize(("name", "content", "message"), BROKEN)
def test_what_cannot_be_read_is_said_with_its_place(
    tmp_path: Path, name: str, content: str | bytes, message: str
) -> None:
    with pytest.raises(Misuse, match=message) as raised:
        propose(tmp_path, {name: content})
    assert raised.value.exit_code == 3
    assert str(tmp_path) in raised.value.message


@pytest.mark.parametrize(
    ("text", "line"),
    [
        ("version: rudder/v1\nkind: [events\n", 2),
        ("version: rudder/v1\nkind: events\nkind: events\n", 3),
        ("version: rudder/v1\nkind: events\nspec: " + "[" * 10_000 + "]" * 10_000, 3),
        ("version: rudder/v1\nkind: events\nspec:\n\t- a\n", 4),
    ],
)
def test_yaml_that_cannot_be_read_is_told_as_in_specs(tmp_path: Path, text: str, line: int) -> None:
    with pytest.raises(InvalidSpecs) as raised:
        propose(tmp_path, {"events.yaml": text})
    span = raised.value.diagnostics[0].span
    assert raised.value.exit_code == 3
    assert span is not None
    assert (span.file.path, span.line) == (str(tmp_path / "events.yaml"), line)


@pytest.mark.parametrize(
    "encode",
    [
        lambda text: text.encode("utf-8-sig"),
        lambda text: text.replace("\n", "\r\n").encode(),
        lambda text: text.encode("utf-16"),
    ],
    ids=["mark", "line ends", "utf-16"],
)
@pytest.mark.parametrize(("name", "text"), [("a.json", PLAN), ("a.csv", NAMES), ("a.csv", AMPLITUDE)])
def test_marks_line_ends_and_encodings_make_no_difference(
    tmp_path: Path, name: str, text: str, encode: Callable[[str], bytes]
) -> None:
    assert entries(propose(tmp_path, {name: encode(text)})) == entries(propose(tmp_path, {name: text}))


def test_a_file_that_is_too_large_is_not_read(tmp_path: Path) -> None:
    path = tmp_path / "large.json"
    with path.open("wb") as file:
        file.truncate(100 * 1024 * 1024)
    with pytest.raises(Misuse, match="larger than 64 MiB"):
        propose_from_files([path])


def test_files_that_are_too_large_together_are_not_read(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(reading_sources, "MAX_BYTES", 1024 * 1024)
    plan = PLAN + " " * 700_000
    with pytest.raises(Misuse, match="larger than 1 MiB together"):
        propose(tmp_path, {"a.json": plan, "b.json": plan})
    assert propose(tmp_path, {"a.json": plan}).entries


def test_yaml_is_bounded_further(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(contents, "MAX_YAML_BYTES", 1024 * 1024)
    with pytest.raises(Misuse, match="larger than 1 MiB"):
        propose(tmp_path, {"a.yaml": "# " + "x" * 1024 * 1024})


def test_what_is_not_there_is_said(tmp_path: Path) -> None:
    with pytest.raises(IntercomIacError, match="no such file"):
        propose_from_files([tmp_path / "missing.json"])


# --- folders ------------------------------------------------------------------------------------------------


def test_a_folder_stands_for_its_files(tmp_path: Path) -> None:
    files: dict[str, Any] = {
        "plans/b/plan.json": PLAN,
        "plans/a/names.csv": NAMES,
        "plans/a/other.json": {"hello": 1},
        "plans/readme.md": "# not read",
        "plans/.git/plan.json": {"rules": [track("Hidden")]},
        "plans/node_modules/plan.json": {"rules": [track("Hidden")]},
    }
    write(tmp_path, files)
    folder = tmp_path / "plans"
    proposal = propose_from_files([folder, folder / "a" / "names.csv"])
    assert list(entries(proposal)) == ["attribute.contact.plan_type", "event.Paid"]
    assert [(note.what, note.place) for note in proposal.not_mapped] == [
        (f"the file `{folder / 'a' / 'other.json'}`", str(folder / "a" / "other.json"))
    ]


def test_of_a_folder_only_files_of_the_given_format_are_taken(tmp_path: Path) -> None:
    write(tmp_path, {"plan.json": PLAN, "names.csv": NAMES})
    proposal = propose_from_files([tmp_path], source_format="csv")
    assert list(entries(proposal)) == ["attribute.contact.plan_type"]
    assert [note.why for note in proposal.not_mapped] == ["it is not of the format `csv`"]


def test_a_folder_without_a_plan_is_said(tmp_path: Path) -> None:
    write(tmp_path, {"other.json": {"hello": 1}})
    with pytest.raises(Misuse, match="no tracking plan is in "):
        propose_from_files([tmp_path])


# --- size ---------------------------------------------------------------------------------------------------


def test_a_plan_of_many_events_is_taken_whole(tmp_path: Path) -> None:
    rules = [track(f"Event {number}", total={"type": "number"}) for number in range(2_000)]
    assert len(propose(tmp_path, {"plan.json": {"rules": rules}}, "snake_case").entries) == 2_000


def test_an_amplitude_account_of_many_rows_is_taken_whole(tmp_path: Path) -> None:
    header = (
        "Action,Object Type,Object Name,30 Day Volume,Property Type,Event Property Name,Property Value Type\n"
    )
    rows = "".join(
        f",Event,Event {number},{number},,,\n,,,,Event Property,total,number\n" for number in range(350)
    )
    proposal = propose(tmp_path, {"events.csv": header + rows}, min_volume=230)
    assert len(proposal.entries) == 120
    assert proposal.entries[0].address == "event.Event 230"
