"""Whatever bytes are checked, each record is counted once, or the input is refused as a whole."""

from __future__ import annotations

import gzip
import io
import json
import tempfile
from datetime import date
from pathlib import Path

import duckdb
import jsonschema
import zstandard
from hypothesis import given

from fuzz.mutated import counted, mutated
from intercom_iac.diagnostics import Misuse
from intercom_iac.payloads import Quarantine, check_input, encode_payload_report, payload_schema
from support.generators import examples
from support.payload_schemas import schema_of

SCHEMA = schema_of("""\
version: 1
attributes: {contact: {plan: {type: options, options: [free, pro]}, seats: {type: integer}}}
events: {exported: {metadata: {format: {type: string}, rows: {type: integer}}}}
""")
RECORDS = [
    {
        "event_name": "exported",
        "created_at": 1767225600,
        "user_id": "u1",
        "metadata": {"format": "csv", "rows": 3},
    },
    {"type": "contact", "external_id": "u1", "custom_attributes": {"plan": "pro", "seats": 3}},
]
NDJSON = "".join(f"{json.dumps(record)}\n" for record in RECORDS).encode()
CSV = b'type,id,event_name,created_at,plan,rows\ncontact,1,,,pro,\nevent,"1",exported,1767225600,,3\n'


def parquet() -> bytes:
    with tempfile.TemporaryDirectory() as folder, duckdb.connect() as connection:
        path = Path(folder, "x")
        connection.execute(
            f"copy (select 'exported' as event_name, 1767225600 as created_at, 'u' as user_id, {{'rows': range}} "
            f"as metadata from range(9)) to '{path}' (format parquet)"
        )
        return path.read_bytes()


class Output:
    """A file that is written in memory."""

    def __init__(self, path: Path) -> None:
        self.path = path
        self.content = io.BytesIO()

    def write(self, data: bytes) -> None:
        self.content.write(data)


@given(
    mutated(
        NDJSON,
        json.dumps(RECORDS, indent=1).encode(),
        CSV,
        gzip.compress(CSV, mtime=0),
        zstandard.compress(NDJSON),
        parquet(),
    )
)
@examples(40)
def test_a_check_ends_in_a_report_or_a_refusal(content: bytes) -> None:
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder, "records")
        path.write_bytes(content)
        errors = Output(path)
        quarantine = Quarantine(Output(path.with_name("aside")), errors)
        try:
            report = check_input(
                path, SCHEMA, today=date(2026, 3, 14), max_errors=None, quarantine=quarantine
            )
        except Misuse:
            counted(refused=True)
            return
    counted(refused=False)
    jsonschema.validate(encode_payload_report(report), payload_schema())
    told = [json.loads(line)["record"] for line in errors.content.getvalue().splitlines()]
    # An array that has no end is wrong itself.
    assert report.invalid - len(told) in (0, 1)
    assert told == sorted(told)
    assert sum(report.by_code.values()) == len(report.violations)
