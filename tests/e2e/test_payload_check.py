"""`payload check` as a whole: exit codes, formats, what is set aside, and what is left as it was."""

from __future__ import annotations

import io
import json
import os
import signal
import stat
from typing import Any

import duckdb
import jsonschema
import pytest

from intercom_iac.payloads import payload_schema

SPECS = """\
attributes:
  contact:
    plan_type: {type: options, options: [free, pro]}
    team: {type: string, status: deprecated}
"""
RIGHT = {"external_id": "u1", "custom_attributes": {"plan_type": "pro"}}
WRONG = {"external_id": "u2", "custom_attributes": {"plan_type": "prö"}}
WARNED = {"external_id": "u3", "custom_attributes": {"team": "a"}}
CHECK = "payload check records --kind contact"


@pytest.fixture
def project(scratch):
    return scratch.spec(SPECS)


def lines(*records: Any) -> str:
    return "".join(f"{json.dumps(record, ensure_ascii=False)}\n" for record in records)


def test_exit_codes(project) -> None:
    for content, code in ((lines(RIGHT), 0), (lines(RIGHT, WARNED), 0), (lines(WARNED, WRONG), 1), ("", 0)):
        project.write({"records": content})
        for output in ("text", "json", "ndjson"):
            assert project.run(f"{CHECK} --format {output}").code == code
    assert project.run("payload check missing --kind contact").code == 3
    assert project.run("payload check records --kind person").code == 3
    assert project.run("payload check records --max-errors -1").code == 3
    project.spec("attributes: {contact: {plan_type: {type: strin}}}")
    assert project.run(CHECK).code == 3


def test_json_is_as_its_schema_says_and_an_entry_is_a_line(project) -> None:
    project.write({"records": lines(WRONG, RIGHT, WARNED, WRONG) + "{\n"})
    data = project.run(f"{CHECK} --format json").json
    jsonschema.validate(data, payload_schema())
    assert data["format_version"] == "1.0"
    assert (data["checked"], data["invalid"], data["truncated"]) == (5, 3, False)
    assert data["by_code"] == {"PAYL905": 2, "PAYL921": 1, "PAYL931": 1}
    assert [error["record"] for error in data["errors"]] == [1, 3, 4, 5]
    assert data["errors"][0]["path"] == "custom_attributes.plan_type"
    assert data["errors"][0]["declared"] == {"file": "specs/example.yaml", "line": 4, "column": 5}
    result = project.run(f"{CHECK} --format ndjson")
    assert [json.loads(line) for line in result.out.splitlines()] == data["errors"]
    assert result.err == "5 records checked, 3 invalid, 4 mistakes\n"
    assert project.run("schema payload").json == payload_schema()


@pytest.mark.parametrize("output", ["text", "json", "ndjson"])
def test_no_more_mistakes_are_printed_than_asked_for_and_all_are_counted(project, output: str) -> None:
    project.write({"records": lines(*[WRONG] * 300)})
    result = project.run(f"{CHECK} --max-errors 7 --format {output}")
    assert result.out.count("PAYL905") == {"text": 8, "json": 8, "ndjson": 7}[output]
    assert "300 invalid" in result.out + result.err or result.json["invalid"] == 300
    by_default = project.run(f"{CHECK} --format {output}").out.count("PAYL905")
    assert by_default == {"text": 101, "json": 301, "ndjson": 300}[output]


def test_standard_input(project, monkeypatch: pytest.MonkeyPatch) -> None:
    for content, checked in ((lines(RIGHT, WRONG), 2), ("", 0)):
        monkeypatch.setattr("sys.stdin", io.TextIOWrapper(io.BytesIO(content.encode())))
        assert project.run("payload check - --kind contact --format json").json["checked"] == checked
    monkeypatch.setattr("sys.stdin", None)
    assert project.run("payload check - --kind contact").code == 3


def test_the_day_decides_what_lies_in_the_future(project) -> None:
    project.write({"records": lines({"external_id": "u1", "signed_up_at": 1773532800})})  # 2026-03-15
    assert project.run(f"{CHECK} --today 2026-03-15 --format json").json["by_code"] == {}
    assert project.run(f"{CHECK} --today 2026-03-14 --format json").json["by_code"] == {"PAYL927": 1}


def test_each_record_may_say_what_it_is(project) -> None:
    project.write({"records": lines({"type": "lead", **WRONG}, RIGHT, {"event_name": "x"})})
    data = project.run("payload check records --format json").json
    assert [error["code"] for error in data["errors"]][:2] == ["PAYL905", "PAYL938"]
    assert data["checked"] == 3


# --- records that are set aside ------------------------------------------------------------------------------------


def test_lines_are_set_aside_as_they_came(project) -> None:
    wrong = '{ "external_id": "u2",  "custom_attributes": {"plan_type": "prö", "plan_type": 1} }'
    project.write({"records": f"{lines(RIGHT)}{wrong}\r\nnope\n{lines(WARNED, WRONG)}"})
    result = project.run(f"{CHECK} --quarantine bad.ndjson")
    assert result.code == 1
    assert "3 invalid in `bad.ndjson`, what is wrong with them in `bad.errors.ndjson`" in result.err
    aside = (project.root / "bad.ndjson").read_bytes().replace(b"\r\n", b"\n")
    assert aside.decode() == f"{wrong}\nnope\n{lines(WRONG)}"
    told = [json.loads(line) for line in (project.root / "bad.errors.ndjson").read_text().splitlines()]
    assert [(line["record"], line["quarantined"]) for line in told] == [(2, 1), (3, 2), (5, 3)]
    assert [error["code"] for error in told[1]["errors"]] == ["PAYL931"]
    for name in ("bad.ndjson", "bad.errors.ndjson"):
        assert stat.S_IMODE((project.root / name).stat().st_mode) == 0o600
    again = project.run("payload check bad.ndjson --kind contact --format json").json
    assert (again["checked"], again["invalid"]) == (3, 3)


def test_an_array_is_set_aside_as_an_array(project) -> None:
    project.write({"records": json.dumps([WRONG, RIGHT, WRONG], indent=1)})
    project.run(f"{CHECK} --quarantine bad.json")
    assert json.loads((project.root / "bad.json").read_text()) == [WRONG, WRONG]
    project.write({"records": json.dumps([RIGHT])})
    project.run(f"{CHECK} --quarantine bad.json")
    assert json.loads((project.root / "bad.json").read_text()) == []


def test_rows_of_parquet_are_set_aside_as_parquet(project) -> None:
    columns = "'u' || range as external_id, case when range % 3 = 0 then 'pra' else 'pro' end as plan_type"
    came, aside = (f"read_parquet('{project.root / name}')" for name in ("records", "bad.parquet"))
    with duckdb.connect() as connection:

        def check(columns: str) -> Any:
            path = project.root / "records"
            connection.execute(f"copy (select {columns} from range(10)) to '{path}' (format parquet)")
            return project.run(f"{CHECK} --quarantine bad.parquet --format json").json

        data = check(f'{columns}, range::utinyint as "row", null::timestamp as trial')
        assert (data["checked"], data["invalid"]) == (10, 10)  # nobody knows the column `row`
        for question in ("describe from {}", "from {}"):
            rows, all_rows = (connection.execute(question.format(file)).fetchall() for file in (aside, came))
            assert rows == all_rows
        assert check(columns)["invalid"] == 4
        rows = connection.execute(f"select external_id from {aside}").fetchall()
    assert rows == [("u0",), ("u3",), ("u6",), ("u9",)]


def test_nothing_is_written_over_the_input(project, monkeypatch: pytest.MonkeyPatch) -> None:
    content = lines(WRONG)
    project.write({"records": content, "bad.errors.ndjson": content})
    os.link(project.root / "records", project.root / "same")
    (project.root / "link").symlink_to("records")
    for command in (
        f"{CHECK} --quarantine records",
        f"{CHECK} --quarantine ./specs/../records",
        f"{CHECK} --quarantine none/../records",
        f"{CHECK} --quarantine same",
        f"{CHECK} --quarantine link",
        "payload check bad.errors.ndjson --kind contact --quarantine bad.ndjson",
    ):
        result = project.run(command)
        assert (result.code, "is the input" in result.err) == (3, True), command
    with (project.root / "records").open() as stream:
        monkeypatch.setattr("sys.stdin", stream)
        result = project.run("payload check - --kind contact --quarantine records")
        assert (result.code, "is the input" in result.err) == (3, True)
    for command in (
        f"{CHECK} --quarantine -",
        f"{CHECK} --quarantine specs",
        f"{CHECK} --quarantine /dev/null",
    ):
        assert project.run(command).code == 3, command
    assert (project.root / "records").read_text() == content
    assert not (project.root / "bad.ndjson").exists()


def test_what_was_set_aside_before_stays_where_a_check_fails(
    project, monkeypatch: pytest.MonkeyPatch
) -> None:
    project.write({"records": lines(WRONG), "bad": "before", "records.gz": "\x1f\udc8bno gzip"})
    before = sorted(path.name for path in project.root.iterdir())
    assert project.run("payload check records.gz --quarantine bad").code == 3
    assert project.run(f"{CHECK} --quarantine no/such/bad").code == 1
    monkeypatch.setattr("intercom_iac.payloads.quarantine.encode_violation", interrupt)
    assert project.run(f"{CHECK} --quarantine bad").code == 1
    assert (project.root / "bad").read_text() == "before"
    assert sorted(path.name for path in project.root.iterdir()) == before


def interrupt(*_: object) -> None:
    raise KeyboardInterrupt


@pytest.mark.parametrize("number", [signal.SIGTERM, signal.SIGHUP])
def test_a_signal_to_end_leaves_no_records_of_people_behind(
    project, monkeypatch: pytest.MonkeyPatch, number: signal.Signals
) -> None:
    project.write({"records": lines(WRONG)})
    before = sorted(path.name for path in project.root.iterdir())
    monkeypatch.setattr(
        "intercom_iac.payloads.quarantine.encode_violation", lambda _: signal.raise_signal(number)
    )
    handler = signal.getsignal(number)
    assert project.run(f"{CHECK} --quarantine bad").code == 1
    assert sorted(path.name for path in project.root.iterdir()) == before
    assert signal.getsignal(number) is handler


def test_a_pipe_in_a_folder_is_not_waited_for(project) -> None:
    os.mkfifo(project.root / "pipe")
    result = project.run("payload check pipe --kind contact")
    assert (result.code, "it is no file" in result.err) == (3, True)


def test_hostile_text_reaches_no_terminal(project) -> None:
    hostile = "\x1b[31m\u202e\x00::error::x"
    record = {
        "external_id": hostile,
        hostile: 1,
        "custom_attributes": {hostile: hostile, "plan_type": hostile},
    }
    project.write({"records": lines(record)})
    for output in ("text", "json", "ndjson"):
        printed = project.run(f"{CHECK} --format {output}").out
        assert "PAYL905" in printed
        assert not {"\x1b", "\u202e", "\x00"} & set(printed)
        if output != "text":
            assert json.loads(printed.splitlines()[0] if output == "ndjson" else printed)


def test_people_are_not_named(project) -> None:
    email = "ada.lovelace@example.com"
    record = {"external_id": 1, "email": [email], "name": 5, "custom_attributes": {"plan_type": email}}
    project.write({"records": lines(record)})
    result = project.run(CHECK)
    assert "PAYL905" in result.out
    assert email not in result.out
