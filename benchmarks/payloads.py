"""Records held to the specs, of which one in a hundred is wrong, against validators that hold them to the same.

Goals: with every error located, at least 50x of jsonschema and 1.3x of pydantic's `validate_python` over records that
are read already; over lines of JSON at least 2.5x of `json.loads` and jsonschema-rs. The validators get the schema of
each record's event straight away, and list the errors of what is invalid. jsonschema, the slowest, gets less to do.
"""

from __future__ import annotations

import gc
import io
import json
import random
import time
from collections.abc import Callable, Sequence
from datetime import date
from statistics import median
from typing import Annotated, Any, Literal

import jsonschema
import jsonschema_rs
import pydantic
from measuring import own_peak, report
from report_events import FORMATS, REPORT_METADATA

from intercom_iac.model import Attribute, DataType, Event, Schema
from intercom_iac.payloads import RecordJudge, check_records

RECORDS, FEW, ROUNDS = 200_000, 5_000, 3
TODAY = date(2026, 6, 1)
NOW = 1780272000
NAMES = ("report_exported", "report_shared", "report_printed")
PLANS = ("free", "trial", "pro", "enterprise")
SCHEMA = Schema(
    {
        ("contact", name): Attribute("contact", name, kind, PLANS if kind is DataType.OPTIONS else ())
        for name, kind in ((f"{kind.value}_{number}", kind) for number in range(40) for kind in DataType)
    },
    {
        name: Event(
            name,
            metadata=REPORT_METADATA,
        )
        for name in NAMES
    },
)
Second = Annotated[int, pydantic.Field(ge=0, le=4_102_444_800)]
Text = Annotated[str, pydantic.Field(max_length=255)]
Identifier = Annotated[str, pydantic.Field(min_length=1, max_length=255)]
SECOND = {"type": "integer", "minimum": 0, "maximum": 4_102_444_800}
TEXT = {"type": "string", "maxLength": 255}
IDENTIFIER = {"type": "string", "minLength": 1, "maxLength": 255}


class Metadata(pydantic.BaseModel):
    """What pydantic holds an event's metadata to."""

    model_config = pydantic.ConfigDict(extra="forbid", strict=True)
    format: Literal["csv", "pdf", "xlsx"]
    report: Text = ""
    rows: int = 0
    seconds: float = 0
    scheduled: bool = False
    covers_until: Second = 0


class Occurrence(pydantic.BaseModel):
    """What pydantic holds an event to."""

    model_config = pydantic.ConfigDict(extra="forbid", strict=True)
    event_name: Literal["report_exported", "report_shared", "report_printed"]
    created_at: Second
    user_id: Identifier
    metadata: Metadata


def event_json_schema(name: str) -> dict[str, Any]:
    """What jsonschema and jsonschema-rs hold an event to."""
    metadata = {
        "type": "object",
        "properties": {
            "format": {"enum": [*FORMATS]},
            "report": TEXT,
            "rows": {"type": "integer"},
            "seconds": {"type": "number"},
            "scheduled": {"type": "boolean"},
            "covers_until": SECOND,
        },
        "required": ["format"],
        "additionalProperties": False,
    }
    return {
        "type": "object",
        "properties": {
            "event_name": {"const": name},
            "created_at": SECOND,
            "user_id": IDENTIFIER,
            "metadata": metadata,
        },
        "required": ["event_name", "created_at", "user_id", "metadata"],
        "additionalProperties": False,
    }


def events() -> list[dict[str, Any]]:
    """Occurrences of three events; one in a hundred has a mistake, by turns another."""
    pick = random.Random(7)
    records = [
        {
            "event_name": NAMES[at % 3],
            "created_at": NOW - at,
            "user_id": f"user-{pick.randrange(50_000)}",
            "metadata": {
                "format": pick.choice(FORMATS),
                "report": f"Report {pick.randrange(5_000)}: sales",
                "rows": pick.randrange(10_000),
                "seconds": pick.random() * 30,
                "scheduled": at % 2 == 0,
                "covers_until": NOW + at,
            },
        }
        for at in range(RECORDS)
    ]
    wrong: tuple[tuple[str, Any], ...] = (
        ("format", "docx"),
        ("rows", "12"),
        ("covers_until", NOW * 1000),
        ("raport", "Sales"),
    )
    for at in range(0, RECORDS, 100):
        key, value = wrong[at // 100 % len(wrong)]
        records[at]["metadata"][key] = value
    return records


def contacts() -> list[dict[str, Any]]:
    """People with eight of 240 attributes each, one in a hundred with an option that is not declared."""
    pick = random.Random(8)
    values: dict[DataType, Callable[[], Any]] = {
        DataType.STRING: lambda: f"text {pick.randrange(1_000)}",
        DataType.INTEGER: lambda: pick.randrange(1_000),
        DataType.FLOAT: pick.random,
        DataType.BOOLEAN: lambda: pick.random() < 0.5,
        DataType.DATE: lambda: NOW - pick.randrange(10**7),
        DataType.OPTIONS: lambda: pick.choice(PLANS),
    }
    attributes = list(SCHEMA.attributes.values())
    return [
        {
            "external_id": f"user-{at}",
            "name": f"Person {at}",
            "custom_attributes": {
                **{attribute.name: values[attribute.type]() for attribute in pick.sample(attributes, 8)},
                **({"options_3": "none"} if at % 100 == 0 else {}),
            },
        }
        for at in range(RECORDS // 4)
    ]


def seconds(run: Callable[[], int], wrong: int, rounds: int = ROUNDS) -> float:
    """The median time of the processor for a run, which finds so many wrong records."""
    times: list[float] = []
    for _ in range(rounds):
        gc.collect()
        start = time.process_time()
        found = run()
        times.append(time.process_time() - start)
        assert found == wrong, (found, wrong)
    return median(times)


def lines_of(records: Sequence[dict[str, Any]]) -> bytes:
    return b"".join(json.dumps(record).encode() + b"\n" for record in records)


def main() -> None:
    records = events()
    lines = lines_of(records)
    wrong = RECORDS // 100
    python = {name: jsonschema.Draft202012Validator(event_json_schema(name)) for name in NAMES}
    rust = {name: jsonschema_rs.validator_for(event_json_schema(name)) for name in NAMES}
    validate = pydantic.TypeAdapter(Occurrence).validator.validate_python

    def check(text: bytes, kind: Any = "event") -> int:
        return check_records(io.BytesIO(text), SCHEMA, kind, today=TODAY).invalid

    def by_pydantic() -> int:
        found = 0
        for record in records:
            try:
                validate(record)
            except pydantic.ValidationError as error:
                found += bool(error.errors())
        return found

    def by_rust() -> int:
        found = 0
        for line in lines.splitlines():
            record = json.loads(line)
            validator = rust[record["event_name"]]
            if not validator.is_valid(record):
                found += bool(list(validator.iter_errors(record)))
        return found

    def by_judge() -> int:
        judge = RecordJudge(SCHEMA, today=TODAY)
        return sum(bool(judge.violations(at, record, "event")) for at, record in enumerate(records[:FEW], 1))

    print(f"{RECORDS:,} events, one in a hundred wrong, microseconds a record")
    ours = seconds(lambda: check_records(records, SCHEMA, "event", today=TODAY).invalid, wrong)
    text = seconds(lambda: check(lines), wrong)
    array = b"[" + b",".join(lines.splitlines()) + b"]"
    few = records[:FEW]
    slow = seconds(
        lambda: sum(bool(list(python[record["event_name"]].iter_errors(record))) for record in few),
        FEW // 100,
        1,
    )
    peer, peer_text = seconds(by_pydantic, wrong), seconds(by_rust, wrong)
    print_line("records, check_records", ours, RECORDS)
    print_line("records, pydantic validate_python", peer, RECORDS, against=ours)
    print_line("records, jsonschema", slow, FEW, against=ours / RECORDS * FEW)
    print_line("records, the judge alone", seconds(by_judge, FEW // 100), FEW, against=ours / RECORDS * FEW)
    print_line("lines, check_records", text, RECORDS)
    print_line("lines, json.loads and jsonschema-rs", peer_text, RECORDS, against=text)
    print_line("an array, check_records", seconds(lambda: check(array), wrong), RECORDS)
    mixed = seconds(lambda: check(lines, None), wrong)
    print_line("lines that say what they are, check_records", mixed, RECORDS)
    report("jsonschema", ratios=(ours / RECORDS * FEW / slow,), seconds=ours, memory=own_peak())
    report("pydantic", ratios=(ours / peer,))
    report("lines", ratios=(text / peer_text,), seconds=text)
    people = contacts()
    people_lines = lines_of(people)
    of_people = seconds(lambda: check(people_lines, "contact"), len(people) // 100)
    print_line("contacts with 8 of 240 attributes, lines", of_people, len(people))


def print_line(name: str, time_: float, records: int, *, against: float | None = None) -> None:
    """A line: the time a record, and how many times that of the check it is."""
    ratio = "" if against is None else f"  {time_ / against:6.1f}x"
    print(f"  {name:46} {time_ / records * 1e6:8.2f}{ratio}")


if __name__ == "__main__":
    main()
