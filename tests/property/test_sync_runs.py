"""After a sync the workspace is as the table says, and as before where the table says nothing; the next is empty.

Runs follow each other with the same cache, over tables that gain, lose and change rows, while others change the
workspace and time goes by; what searches show lags behind. Whether somebody's change is seen is a matter of trust, so
these runs verify.
"""

from __future__ import annotations

import copy
import tempfile
from pathlib import Path
from typing import Any

from hypothesis import given
from hypothesis import strategies as st

from intercom_iac.model import DataType
from support.generators.effort import examples
from support.sync_bench import SyncBench, open_sync_bench
from support.sync_tables import contact, payload_field

FIELDS = (
    payload_field("plan_type", DataType.OPTIONS),
    payload_field("seats", DataType.INTEGER),
    payload_field("score", DataType.FLOAT),
    payload_field("active", DataType.BOOLEAN),
    payload_field("name", DataType.STRING, custom=False),
    payload_field("email", DataType.STRING, custom=False, nullable=False),
)
_KEYS = [f"u{n}" for n in range(6)]
_VALUES = (
    st.sampled_from([None, "free", "pro"]),
    st.sampled_from([None, 0, 1, 2**53 + 1]),
    st.sampled_from([None, 0.0, 0.1, 3.0, 1e300]),
    st.sampled_from([None, True, False]),
    st.sampled_from([None, "Ann", "O'Brien", "İ\n"]),
    st.sampled_from([None, "a@example.com", "b@example.com"]),
)
_TABLES = st.dictionaries(st.sampled_from(_KEYS), st.tuples(*_VALUES))


@st.composite
def _contacts(draw: st.DrawFn) -> list[dict[str, Any]]:
    """Contacts as the API has them: what was cleared is null, or was never there."""
    held = draw(st.lists(st.sampled_from(_KEYS), unique=True))
    found: list[dict[str, Any]] = []
    for key in held:
        *custom, name, email = draw(st.tuples(*_VALUES))
        absent = draw(st.booleans())
        values = {
            field.name: value
            for field, value in zip(FIELDS, custom, strict=False)
            if not (value is None and absent)
        }
        found.append(contact(key, **values) | {"name": name, "email": email or ""})
    return found


_STEPS = st.lists(
    st.tuples(
        _TABLES,
        st.sampled_from(["keep", "clear"]),
        st.sampled_from([0, 1, 5, 700, 86_400, 900_000]),
        st.booleans(),
    ),
    min_size=1,
    max_size=3,
)


@given(contacts=_contacts(), steps=_STEPS, mode=st.sampled_from(["update_only", "upsert", "create_only"]))
@examples(15)
def test_the_workspace_is_as_the_table_says(
    contacts: list[dict[str, Any]], steps: list[Any], mode: str
) -> None:
    with tempfile.TemporaryDirectory() as folder, open_sync_bench(Path(folder)) as bench:
        bench.records.contacts = copy.deepcopy(contacts)
        for table, null, pause, meddle in steps:
            bench.now += pause
            lately = {key for key, at in bench.written.items() if at > bench.now - 600}
            if meddle and bench.records.contacts:
                changed = bench.records.contacts[0]
                changed["custom_attributes"]["plan_type"] = "team"
                changed["updated_at"] = bench.now
            bench.records.unseen = lately
            _check_run(bench, table, mode, null)


def _check_run(bench: SyncBench, table: dict[str, Any], mode: str, null: str) -> None:
    rows = list(table.items())
    before = {record["external_id"]: copy.deepcopy(record) for record in bench.records.contacts}
    plan, writes = bench.plan(rows, fields=FIELDS, mode=mode, null=null, verify=True)
    assert plan.create + plan.update + plan.unchanged + plan.not_found == len(rows)
    assert plan.writes == len(writes)
    bench.carry_out(plan, writes)
    after = {record["external_id"]: record for record in bench.records.contacts}
    for key, values in table.items():
        is_new = key not in before
        if is_new and mode == "update_only":
            assert key not in after
            continue
        for field, value in zip(FIELDS, values, strict=True):
            speaks = value is not None or (null == "clear" and field.nullable)
            expected = (
                value if speaks and (is_new or mode != "create_only") else _held(before.get(key), field)
            )
            if is_new and not speaks and field.name == "email":
                continue  # of the contact that is made in memory
            assert _held(after[key], field) == expected, (key, field.name)
    for key in before.keys() - table.keys():
        assert after[key] == before[key]
    again, writes = bench.plan(rows, fields=FIELDS, mode=mode, null=null)
    assert (writes, again.create, again.update) == ([], 0, 0)


def _held(record: dict[str, Any] | None, field: Any) -> Any:
    if record is None:
        return None
    held = record["custom_attributes"].get(field.name) if field.custom else record.get(field.name)
    return held or None if held == "" else held
