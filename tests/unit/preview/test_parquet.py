"""`segment preview` over Parquet: read as it lies, and refused by the column's name where it is of no use."""

from __future__ import annotations

from pathlib import Path

import duckdb
import pytest

from intercom_iac.diagnostics import Misuse
from intercom_iac.engines import progress
from intercom_iac.model import Field, Predicate
from intercom_iac.model.predicate import (
    ActiveDays,
    AgainstField,
    Aggregate,
    DaysFromField,
    EventSequence,
    OccurrenceDay,
    Occurrences,
    OnDay,
)
from intercom_iac.preview import Files, preview
from support.preview_cases import ROME, RULES, SCHEMA, TODAY, rule


def field(name: str) -> Field:
    """A field of contacts."""
    found = SCHEMA.field("contact", name)
    assert found is not None
    return found


def parquet(path: Path, select: str) -> Path:
    duckdb.sql(select).write_parquet(str(path))
    return path


@pytest.fixture
def lake(tmp_path: Path) -> Files:
    contacts = """
        select * from (values
            ('a', 'trial', 3, 0.5, true, 1774738800, 'Roma', '2', ['k1', 'k2'], ['vip']),
            ('b', null, null, null, null, null, null, null, null, null),
            ('c', 'Trial', 2, 1.5, false, 1774738799, 'Paris', '1', [], ['4'])
        ) t(id, plan, "the one/ring", score, vip, ends, location__city, position, company_ids, tags)"""
    companies = "select * from (values ('k1', 6, ['big']), ('k2', 1, null)) t(id, seats, tags)"
    events = """
        select * from (values
            ('a', 'order.paid', 1774738800, '{"total": 4}'),
            ('a', 'order-paid', 1774738799, '{"total": 5}'),
            ('b', 'order.paid', 1, null)
        ) t(contact_id, event_name, created_at, metadata)"""
    return Files(
        parquet(tmp_path / "contacts.parquet", contacts),
        parquet(tmp_path / "companies.parquet", companies),
        parquet(tmp_path / "events.parquet", events),
    )


def test_parquet_is_read_as_it_lies(lake: Files) -> None:
    found = preview({key: rule(text) for key, text in RULES.items()}, lake, today=TODAY, zone=ROME, ids=True)
    assert {each.key: each.ids for each in found.sizes} == {
        "trial": ("a",),
        "not trial": ("b", "c"),
        "ring": ("a",),
        "score": ("a", "c"),
        "vip": ("a",),
        "soon": ("a",),
        "city": ("a",),
        "position": ("a",),
        "numbered": ("c",),
        "seats": ("a",),
        "no seats": ("b", "c"),
        "tagged": ("a",),
        "paid": ("a",),
        "never paid": ("c",),
        "lately": ("a",),
    }


def asked(files: Files, *texts: str) -> list[tuple[str, ...] | None]:
    found = preview({text: rule(text) for text in texts}, files, today=TODAY, zone=ROME, ids=True)
    return [each.ids for each in found.sizes]


def test_ids_may_be_numbers(tmp_path: Path) -> None:
    files = Files(
        parquet(tmp_path / "c.parquet", "select 7 as id, [1, 2]::bigint[] as company_ids"),
        parquet(tmp_path / "o.parquet", "select 2::utinyint as id, 6 as seats"),
        parquet(
            tmp_path / "e.parquet", "select 7 as contact_id, 'order.paid' as event_name, 0 as created_at"
        ),
    )
    assert asked(files, "company.seats > 5", "event order.paid") == [("7",), ("7",)]


@pytest.mark.parametrize("moment", ["timestamp", "timestamptz", "timestamp_ns", "timestamp_ms", "double"])
def test_a_moment_is_seconds_or_a_timestamp(tmp_path: Path, moment: str) -> None:
    value = (
        "1774738800.0"
        if moment == "double"
        else f"'2026-03-28 23:00:00+00'::timestamptz::timestamp::{moment}"
    )
    if moment == "timestamptz":
        value = "'2026-03-28 23:00:00+00'::timestamptz"
    connection = duckdb.connect()
    connection.execute("set timezone = 'UTC'")
    path, events = tmp_path / "c.parquet", tmp_path / "e.parquet"
    ends = "1774738800" if moment == "double" else value
    connection.execute(f"copy (select 'a' as id, {ends} as ends) to '{path}'")
    connection.execute(
        f"copy (select 'a' as contact_id, 'order.paid' as event_name, {value} as created_at) to '{events}'"
    )
    rules = ("ends on 2026-03-29", "ends on 2026-03-28", "event order.paid within last 0 days")
    assert asked(Files(path, events=events), *rules) == [("a",), (), ("a",)]


@pytest.mark.parametrize("kind", ["bigint", "ubigint", "integer", "double", "decimal(12, 1)", "timestamp_ns"])
def test_days_are_compared_whatever_type_a_moment_has(tmp_path: Path, kind: str) -> None:
    def column(moment: int, kind: str) -> str:
        return f"epoch_ms({moment}000)::{kind}" if kind.startswith("time") else f"{moment}::{kind}"

    attribute = kind if kind not in ("double", "decimal(12, 1)") else "bigint"
    midnight = 1774738800
    path = parquet(
        tmp_path / "c.parquet",
        f"select 'a' as id, {column(midnight, attribute)} as ends, "
        f"{column(midnight - 1, attribute)} as created_at",
    )
    events = parquet(
        tmp_path / "e.parquet",
        f"select 'a' as contact_id, 'order.paid' as event_name, {column(midnight, kind)} as created_at, "
        """'{"total": 4}' as metadata from range(2)""",
    )
    created, ends = field("created_at"), field("ends")
    total = SCHEMA.events["order.paid"].field("total")
    assert total is not None
    rules: dict[str, Predicate] = {
        "a day later": OnDay(ends, DaysFromField("exactly", 1, "after", created)),
        "on one day": OnDay(ends, AgainstField("=", created)),
        "on a later day": Occurrences("order.paid", window=AgainstField(">", created)),
        "on one of the days": ActiveDays("order.paid", "=", 1),
        "a sum": Aggregate("order.paid", "sum", total, "=", 8, window=AgainstField("=", ends)),
        "after itself": EventSequence("order.paid", "order.paid", 0),
        "the first that day": OccurrenceDay("order.paid", "first", AgainstField("=", ends)),
    }
    found = preview(rules, Files(path, events=events), today=TODAY, zone=ROME)
    assert [size.key for size in found.sizes if size.count == 0] == ["on one day"]


def test_a_moment_that_is_nan_is_none(tmp_path: Path) -> None:
    contacts = parquet(tmp_path / "c.parquet", "select 'a' as id")
    events = parquet(
        tmp_path / "e.parquet",
        "select 'a' as contact_id, 'order.paid' as event_name, 'nan'::double as created_at",
    )
    rules = {"ever": Occurrences("order.paid"), "days": ActiveDays("order.paid", ">=", 1)}
    found = preview(
        {**rules, "after": rule("event order.paid last after 2026-01-01")},
        Files(contacts, events=events),
        today=TODAY,
        zone=ROME,
    )
    assert [(size.key, size.count) for size in found.sizes] == [("ever", 1), ("days", 0), ("after", 0)]


def test_metadata_is_json_or_a_struct_and_what_is_no_json_is_none(tmp_path: Path) -> None:
    contacts = parquet(tmp_path / "c.parquet", "select unnest(['a', 'b']) as id")
    paid = "event order.paid where total > 3"
    for metadata in (
        """unnest(['{"total": 4}', '{"total'])""",
        "unnest([{'total': 4}, {'total': 3}])",
        "unnest([map {'total': 4}, map {}])",
    ):
        events = parquet(
            tmp_path / "e.parquet",
            "select unnest(['a', 'b']) as contact_id, 'order.paid' as event_name, 0 as created_at, "
            f"{metadata} as metadata",
        )
        assert asked(Files(contacts, events=events), paid, "event order.paid") == [("a",), ("a", "b")]


def test_a_number_that_is_nan_is_none(tmp_path: Path) -> None:
    path = parquet(
        tmp_path / "c.parquet", "select unnest(['a', 'b']) as id, unnest(['nan'::double, 1]) as score"
    )
    assert asked(Files(path), "score > 0", "score is unknown") == [("b",), ("a",)]


def test_a_file_may_have_columns_that_duckdb_has_names_for(tmp_path: Path) -> None:
    path = parquet(
        tmp_path / "c[1]*.parquet",
        "select range::varchar as id, 9 - range as file_row_number, 'x' as filename from range(3)",
    )
    assert asked(Files(path), "tag x", "not tag x") == [
        (),
        ("0", "1", "2"),
    ]


@pytest.mark.parametrize(
    ("name", "select", "message", "hint"),
    [
        ("contacts", "'a' as id, 'k1' as company_ids", "`company_ids`|is VARCHAR", "lists of ids"),
        ("contacts", "'a' as id, [{'name': 'vip'}] as tags", "`tags`|is STRUCT(", "lists of text"),
        ("contacts", "'a' as id, [['vip']] as tags", "`tags`|is VARCHAR[][]", "lists of text"),
        ("contacts", "1.5 as id", "`id`|is DECIMAL", "ids, text or integers"),
        ("contacts", "['a'] as id", "`id`|is VARCHAR[]", "ids, text or integers"),
        ("companies", "'k' as id, 'x' as tags", "`tags`|is VARCHAR", "lists of text"),
        (
            "events",
            "'a' as contact_id, 5 as event_name, 0 as created_at",
            "`event_name`|is INTEGER",
            "text",
        ),
        (
            "events",
            "'a' as contact_id, 'x' as event_name, 'now' as created_at",
            "`created_at`|is VARCHAR",
            "timestamps",
        ),
        (
            "events",
            "'a' as contact_id, 'x' as event_name, 0 as created_at, 5 as metadata",
            "`metadata`|is INTEGER",
            "JSON as text",
        ),
        ("events", "'a' as contact_id, 'x' as event_name", "has no column `created_at`", ""),
        ("contacts", "unnest(['a', null, null]) as id", "row 2 of|has no `id`", "one of its own"),
        ("companies", "unnest([1, null]) as id", "row 2 of|has no `id`", "one of its own"),
    ],
)
def test_another_shape_is_refused(tmp_path: Path, name: str, select: str, message: str, hint: str) -> None:
    paths = {"contacts": parquet(tmp_path / "c.parquet", "select 'a' as id")}
    paths[name] = parquet(tmp_path / f"{name}.parquet", f"select {select}")
    with pytest.raises(Misuse) as refused:
        preview({"x": rule("tag vip and event order.paid")}, Files(**paths), today=TODAY, zone=ROME)
    assert all(part in refused.value.message for part in message.split("|")), refused.value.message
    assert hint in (refused.value.hint or "")


def test_a_file_that_breaks_off_is_refused(tmp_path: Path) -> None:
    path = parquet(
        tmp_path / "c.parquet", "select range::varchar as id, hash(range)::varchar as plan from range(99999)"
    )
    content = bytearray(path.read_bytes())
    middle = len(content) // 2
    content[8:middle] = bytes(middle - 8)
    path.write_bytes(content)
    with pytest.raises(Misuse, match="cannot be read"):
        preview({"x": rule("plan contains a")}, Files(path), today=TODAY, zone=ROME)


def test_a_column_that_is_missing_or_of_another_type_is_named(tmp_path: Path) -> None:
    path = parquet(tmp_path / "c.parquet", "select 'a' as id, 'yes' as vip, 1 as plam")
    with pytest.raises(Misuse) as refused:
        preview({"x": rule("plan = trial")}, Files(path), today=TODAY, zone=ROME)
    assert refused.value.message == f"`{path}` has no column `plan`"
    assert refused.value.hint == "did you mean `plam`?"
    with pytest.raises(Misuse) as refused:
        preview({"x": rule("vip")}, Files(path), today=TODAY, zone=ROME)
    assert refused.value.message == f"the column `vip` of `{path}` is VARCHAR, and `vip` is boolean"
    assert refused.value.hint == "it should hold booleans"


def test_progress_is_told(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(progress, "OFTEN", 0.001)
    path = parquet(
        tmp_path / "c.parquet",
        "select range::varchar as id, (range % 7)::varchar as plan from range(3000000)",
    )
    told: list[tuple[str, float]] = []
    rules = {f"r{at}": rule(f"plan contains '{at}' or plan starts with '{at}'") for at in range(8)}
    found = preview(rules, Files(path), today=TODAY, zone=ROME, watch=lambda *how: told.append(how))
    assert found.contacts == 3_000_000
    assert {stage for stage, _ in told} >= {"asking the rules"}
    parts = [part for stage, part in told if stage == "asking the rules"]
    assert parts == sorted(parts)
    assert any(0 < part < 1 for part in parts)
    assert parts[-1] == 1
