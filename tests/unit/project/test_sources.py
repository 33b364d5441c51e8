"""Sources of the project file: each mistake at its place, and none where there is none."""

from __future__ import annotations

from pathlib import Path

import pytest

from intercom_iac.diagnostics import InvalidSpecs
from intercom_iac.project import find_project
from intercom_iac.specs import load_specs

SPEC = (
    "version: 1\nattributes:\n  contact: {plan_type: {type: string}, old: {type: string, status: archived}}\n"
    "  company: {seats: {type: integer}}\nevents: {signed_up: {metadata: {channel: {type: string}}}}\n"
)

RIGHT = (
    "{kind: file, path: people/*.csv}",
    "{kind: file, path: people.csv, map: {plan: plan_type, mail: email, at: {attribute: signed_up_at, shape: unix}}}",
    "{kind: duckdb, path: people.parquet}",
    "{kind: duckdb, query: select 1 as external_id}",
    "{kind: postgres, query: select 1, database_env: DATABASE_URL}",
    "{kind: file, of: companies, path: a.csv, map: {s: seats}}",
    "{kind: file, of: events, path: a.csv, map: {who: external_id, when: created_at, what: event_name, c: channel}}",
)
WRONG = (
    ("{kind: file}", "SYNC190", "needs a path"),
    ("{kind: file, path: a.csv, query: select 1}", "SYNC190", "has a `path` and a `query`"),
    ("{kind: file, query: select 1}", "SYNC190", "is read from files, and has a `query`"),
    ("{kind: file, path: ' '}", "SYNC190", "`path` of the source `people` is empty"),
    ("{kind: postgres, path: a.csv, database_env: D}", "SYNC190", "from PostgreSQL, and has a `path`"),
    ("{kind: postgres, query: select 1}", "SYNC191", "does not say which database"),
    ("{kind: file, path: a.csv, database_env: D}", "SYNC191", "is not read from PostgreSQL"),
    ("{kind: postgres, query: select 1, database_env: $URL}", "SYNC191", "is not the name of"),
    ("{kind: file, path: a.csv, key: company_id}", "SYNC192", "contacts are not known by `company_id`"),
    ("{kind: file, of: events, path: a.csv, mode: upsert}", "SYNC192", "`mode` says nothing of events"),
    (
        "{kind: file, path: a.csv, map: {a: plan_type, b: plan_type}}",
        "SYNC193",
        "`a` and `b` are both mapped",
    ),
    ("{kind: file, path: a.csv, map: {a: plan_tipe}}", "SYNC194", "which contacts do not have"),
    ("{kind: file, path: a.csv, map: {a: {attribute: seats}}}", "SYNC194", "which contacts do not have"),
    ("{kind: file, path: a.csv, map: {a: old}}", "SYNC194", "which is archived"),
    ("{kind: file, path: a.csv, map: {a: created_at}}", "SYNC194", "which is set by Intercom alone"),
    ("{kind: file, of: events, path: a.csv, map: {a: chanel}}", "SYNC194", "which events do not have"),
    ("{kind: csv, path: a.csv}", "SPEC123", ""),
)


def diagnostics(folder: Path, source: str) -> list[tuple[str, str, str | None, int]]:
    (folder / "specs").mkdir(exist_ok=True)
    (folder / "specs" / "a.yaml").write_text(SPEC)
    (folder / "intercom-iac.yaml").write_text(f"version: 1\nsources:\n  people: {source}\n")
    try:
        found = load_specs(find_project(folder)).diagnostics
    except InvalidSpecs as error:
        found = tuple(error.diagnostics)
    return [
        (each.code, each.message, each.hint, each.span.file.position(each.span.start)[0] if each.span else 0)
        for each in found
        if each.is_error
    ]


@pytest.mark.parametrize("source", RIGHT)
def test_nothing_is_wrong_with_what_is_right(source: str, tmp_path: Path) -> None:
    assert diagnostics(tmp_path, source) == []


@pytest.mark.parametrize(("source", "code", "part"), WRONG)
def test_a_mistake_is_told_with_its_place(source: str, code: str, part: str, tmp_path: Path) -> None:
    found = diagnostics(tmp_path, source)
    assert [each[0] for each in found] == [code]
    _, message, hint, line = found[0]
    assert part in message
    assert hint
    assert line == 3


def test_a_near_name_is_proposed(tmp_path: Path) -> None:
    found = diagnostics(tmp_path, "{kind: file, path: a.csv, map: {a: plan_tipe}}")
    assert found[0][2] == "did you mean `plan_type`?"


def test_an_address_in_the_place_of_the_name_is_not_repeated(tmp_path: Path) -> None:
    found = diagnostics(tmp_path, "{kind: postgres, query: select 1, database_env: 'postgres://u:pw@h/d'}")
    assert found
    assert "pw" not in str(found)
