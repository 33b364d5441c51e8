"""Values of an attribute are planned for the one that takes its place, for those that have none of it."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from copy import deepcopy
from dataclasses import dataclass, field
from itertools import product
from typing import Any, cast

import pytest

from intercom_iac.model import Attribute, DataType, LiveAttribute, Replaced
from intercom_iac.model.conversions import Converted, convert
from intercom_iac.planning import Replacement
from intercom_iac.syncing import SyncPlan, plan_copies
from intercom_iac.tables import RejectedValue
from intercom_iac.writes import Write
from support.sync_bench import SpoolList, SyncBench
from support.sync_tables import MemoryRecords, company, contact

Json = Mapping[str, Any]


@dataclass
class Searched(MemoryRecords):
    """A workspace whose searches for `old` and `new` show the contacts as they were: None for as they are."""

    shown: list[dict[str, Any]] | None = None

    def _found(self, query: Json) -> list[dict[str, Any]]:
        return [
            found for found in (self.contacts if self.shown is None else self.shown) if _passes(found, query)
        ]


def _passes(found: Json, query: Json) -> bool:
    """Whether a search for who has a value finds a contact; a date is known if it lies before or after some day."""
    operator, value = query["operator"], query["value"]
    if operator in ("AND", "OR"):
        parts = [_passes(found, part) for part in value]
        return all(parts) if operator == "AND" else any(parts)
    held = found["custom_attributes"].get(query["field"].removeprefix("custom_attributes."))
    if value is None:
        return (held is None) is (operator == "=")
    return held is not None and {"=": held == value, "<": held < value, ">": held > value}[operator]


@dataclass
class Copying:
    """What was planned."""

    plan: SyncPlan
    writes: list[Write]
    rejects: list[RejectedValue] = field(default_factory=list[RejectedValue])


def copy(
    bench: SyncBench,
    was: DataType,
    now: DataType,
    *,
    options: Sequence[str] = (),
    mapping: Mapping[str, Any] | None = None,
    model: Any = "contact",
    first_number: int = 0,
) -> Copying:
    new = Attribute(model, "new", now, options=tuple(options))
    replaced = Replaced("old", tuple((mapping or {}).items()))
    old_live, new_live = (
        LiveAttribute(id=id_, model=model, name=name, type=type_)
        for id_, name, type_ in ((1, "old", was), (2, "new", now))
    )
    replacement = Replacement(
        new=new,
        replaced=replaced,
        old=old_live,
        live=new_live,
        kept=None,
        rules=(),
        audiences=(),
        copies=None,
    )
    spool, rejects = SpoolList(), list[RejectedValue]()
    plan = plan_copies(
        replacement,
        new_live,
        records=cast("Any", bench.records),
        cache=bench.cache,
        spool=spool,
        rejects=rejects.append,
        zone="Europe/Dublin",
        now=bench.now,
        workspace="sandbox",
        app_id="abc",
        first_number=first_number,
    )
    return Copying(plan, spool.writes, rejects)


def test_who_has_the_old_and_not_the_new_gets_the_new(bench: SyncBench) -> None:
    bench.records = Searched(
        [
            contact("u1", old="trial"),
            contact("u2", old="pro", new="free"),
            contact("u3"),
            contact("u4", old="free", new=None),
            contact("u5", new="paid"),
        ]
    )
    made = copy(
        bench,
        DataType.OPTIONS,
        DataType.OPTIONS,
        options=["free", "none"],
        mapping={"trial": "none"},
        first_number=7,
    )
    plan = made.plan
    assert (plan.rows, plan.update, plan.unchanged, plan.rejected, plan.create) == (3, 2, 1, 0, 0)
    assert (plan.matched, plan.writes, plan.replaces, plan.record) == (3, 2, "old", "contact")
    assert [(write.number, write.action, write.live_id, write.key_name) for write in made.writes] == [
        (7, "update", "id-u1", "id"),
        (8, "update", "id-u4", "id"),
    ]
    assert [write.body for write in made.writes] == [
        {"custom_attributes": {"new": "none"}},
        {"custom_attributes": {"new": "free"}},
    ]
    assert {str(write.before) for write in made.writes} == {"{'custom_attributes': {'new': None}}"}
    assert [(move.before, move.after, move.count) for move in plan.moves["new"]] == [
        ("trial", "none", 1),
        ("free", "free", 1),
    ]


def test_what_does_not_convert_is_told_masked_and_left(bench: SyncBench) -> None:
    bench.records = Searched([contact("u1", old="Ada Lovelace"), contact("u2", old="12")])
    made = copy(bench, DataType.STRING, DataType.INTEGER)
    assert (made.plan.rows, made.plan.update, made.plan.rejected) == (2, 1, 1)
    assert [write.body for write in made.writes] == [{"custom_attributes": {"new": 12}}]
    (rejected,) = made.rejects
    assert rejected.code.id == "SYNC160"
    assert rejected.column == "old"
    assert rejected.message == "contact `id-u1`: its `old` is no whole number"
    assert "Lovelace" not in str(rejected)


VALUES: Mapping[DataType, Sequence[Any]] = {
    DataType.STRING: ["42", "true", "2026-01-31", "a", "7.5"],
    DataType.OPTIONS: ["42", "true", "2026-01-31", "a", "7.5"],
    DataType.INTEGER: [0, 1, 42, 1_700_000_000],
    DataType.FLOAT: [0.5, 1.0, 42.0],
    DataType.BOOLEAN: [True, False],
    DataType.DATE: [0, 1_700_000_000],
}


@pytest.mark.parametrize(("was", "now"), list(product(DataType, DataType)))
def test_values_become_what_the_rules_of_conversion_say(
    bench: SyncBench, was: DataType, now: DataType
) -> None:
    values, options = VALUES[was], ("42", "true", "a")
    bench.records = Searched([contact(f"u{number}", old=value) for number, value in enumerate(values)])
    made = copy(bench, was, now, options=options)
    results = [convert(value, was, now, {}, options) for value in values]
    converted = [result.value for result in results if isinstance(result, Converted)]
    assert [write.body["custom_attributes"]["new"] for write in made.writes] == converted
    assert (made.plan.update, made.plan.rejected) == (len(converted), len(values) - len(converted))
    assert len(made.rejects) == made.plan.rejected


def test_companies_are_read_whole(bench: SyncBench) -> None:
    bench.records = Searched(
        company_list=[company("c1", old="gold"), company("c2", old="gold", new="a"), company("c3")]
    )
    made = copy(bench, DataType.STRING, DataType.STRING, model="company")
    assert (made.plan.record, made.plan.key_name) == ("company", "company_id")
    assert (made.plan.rows, made.plan.update, made.plan.unchanged) == (2, 1, 1)
    assert [(write.action, write.key, write.body) for write in made.writes] == [
        ("upsert", "c1", {"company_id": "c1", "custom_attributes": {"new": "gold"}})
    ]


def test_a_search_that_lags_has_nothing_written_twice(bench: SyncBench) -> None:
    records = Searched([contact("u1", old="a"), contact("u2", old="b")])
    bench.records = records
    before = deepcopy(records.contacts)
    made = copy(bench, DataType.STRING, DataType.STRING)
    bench.carry_out(made.plan, made.writes)
    for write in made.writes:
        bench.acknowledge(made.plan, [write], write.live_id)
    records.shown = before
    again = copy(bench, DataType.STRING, DataType.STRING)
    assert (again.plan.update, again.plan.unchanged, again.writes) == (0, 2, [])
    bench.now += 3_600
    records.made.clear()
    later = copy(bench, DataType.STRING, DataType.STRING)
    assert later.plan.update == 2, "a search is believed an hour later"
    assert not records.called("contact")


def test_pages_are_read_as_they_come(bench: SyncBench) -> None:
    records = Searched([contact(f"u{number}", old="a") for number in range(400)])
    bench.records = records
    made = copy(bench, DataType.STRING, DataType.STRING)
    assert (made.plan.update, len(records.called("page"))) == (400, 3)
    assert len(made.plan.samples["new"]) == 5
