"""Hostile text: each record is told with its number and column, and the rest goes on."""

from __future__ import annotations

import io
import json
from collections.abc import Sequence
from datetime import date
from typing import Any

import pytest

from intercom_iac.diagnostics import Misuse
from intercom_iac.payloads import InvalidRecord, PayloadReport, Violation, check_records
from intercom_iac.payloads.json.batch import MAX_RECORD_BYTES
from support.payload_schemas import schema_of

SCHEMA = schema_of("""\
version: 1
attributes:
  contact:
    team: {type: string}
    seats: {type: integer}
    ratio: {type: float}
""")
RIGHT = b'{"external_id": "u1", "custom_attributes": {"team": "Sales"}}'


def check(text: bytes, **options: Any) -> PayloadReport:
    return check_records(io.BytesIO(text), SCHEMA, "contact", today=date(2026, 3, 14), **options)


def contact(custom_attributes: str) -> bytes:
    return f'{{"external_id": "u1", "custom_attributes": {{{custom_attributes}}}}}'.encode()


def violation_rows(violations: Sequence[Violation]) -> list[tuple[int, str, str, int | None]]:
    return [
        (violation.record, violation.code.id, violation.path, violation.column) for violation in violations
    ]


@pytest.mark.parametrize(
    ("text", "codes", "path", "column"),
    [
        (b"\xef\xbb\xbf" + RIGHT, ["PAYL939"], "", 1),
        (b'{"external_id": "u1", "name": "Caf\xe9"}', ["PAYL935"], "", 35),
        ('{"external_id": "é", "name": "Café"}'.encode() + b"\xff", ["PAYL935"], "", 37),
        (b'{"external_id": "\\ud83d"}', ["PAYL935"], "", 18),
        (b'{"external_id": "u1", "external_id": "u2"}', ["PAYL933"], "external_id", 23),
        (contact('"seats": 1, "seats": 2, "team": null'), ["PAYL933"], "custom_attributes.seats", 57),
        (contact('"ratio": NaN'), ["PAYL934"], "custom_attributes.ratio", 54),
        (contact('"ratio": -Infinity'), ["PAYL934"], "custom_attributes.ratio", 54),
        (contact('"ratio": 1e400'), ["PAYL934"], "custom_attributes.ratio", 54),
        (contact('"seats": ' + "1" * 5_000), ["PAYL934"], "custom_attributes.seats", 54),
        (b'{"external_id": "u1", "type": [NaN]}', ["PAYL934"], "type[0]", 32),
        (contact(f'"team": "{"x" * 1_000_000}"'), ["PAYL913"], "custom_attributes.team", None),
        (contact('"team": ' + "[" * 10_000 + "]" * 10_000), ["PAYL937"], "", 151),
        (contact('"team": ' + '{"a":' * 101 + "1" + "}" * 101), ["PAYL937"], "", 543),
        (contact('"team": ' + "[" * 99_999), ["PAYL931", "PAYL937"], "", None),
        (b"x" * (MAX_RECORD_BYTES + 2), ["PAYL937"], "", None),
        (b"{'external_id': 'u1'}", ["PAYL931"], "", 2),
        (b'{"external_id": "u1"', ["PAYL931"], "", 21),
        (b'{"external_id": "u1"} {}', ["PAYL931"], "", 23),
        (b'{"external_id": u1}', ["PAYL931"], "", 17),
        (b'{"external_id": "u\x00"}', ["PAYL931"], "", 19),
        (b"\x00\x01\x02", ["PAYL931"], "", 1),
        (b'"text"', ["PAYL932"], "", None),
        (b"[1]", ["PAYL932"], "", None),
        (b"null", ["PAYL932"], "", None),
    ],
)
def test_it_is_told_with_its_column_and_the_rest_goes_on(
    text: bytes, codes: list[str], path: str, column: int | None
) -> None:
    report = check(b"\n".join([RIGHT, text, RIGHT]))
    assert report.checked == 3
    [violation] = report.violations
    assert violation.code.id in codes
    assert (violation.record, violation.path) == (2, path)
    assert column is None or violation.column == column
    assert report.invalid == (violation.code.severity == "error")


def test_a_hundred_thousand_keys_are_all_told() -> None:
    keys = {f"key_{number}": number for number in range(100_000)}
    report = check(
        contact(json.dumps(keys)[1:-1]) + b"\n" + RIGHT + b"\n" + contact('"seats": "x"'), max_errors=10
    )
    assert (report.checked, report.invalid) == (3, 2)
    assert report.by_code == {"PAYL901": 100_000, "PAYL904": 1}
    assert len(report.violations) == 10
    assert report.truncated
    assert len(report.by_attribute) <= 4_002
    assert sum(report.by_attribute.values()) == 100_001


def test_a_broken_record_leaves_room_for_the_mistakes_of_others() -> None:
    keys = contact(json.dumps({f"key_{number}": number for number in range(1_000)})[1:-1])
    text = b"\n".join([keys, contact('"seats": "x"'), keys])
    report = check(text, max_errors=1_000)
    assert [violation.record for violation in report.violations] == [1] * 500 + [2] + [3] * 499
    assert report.truncated
    assert not check(text, max_errors=None).truncated


def test_every_key_of_an_object_may_stand_twice() -> None:
    pairs = ", ".join(f'"team": "{number}"' for number in range(20_000))
    report = check(contact(pairs), max_errors=1)
    assert report.by_code == {"PAYL933": 19_999}


def test_lines_may_be_blank_end_with_a_return_or_not_at_all() -> None:
    report = check(b"\n\r\n  \n" + RIGHT + b"\r\n\n\t\n" + contact('"seats": "x"') + b"\n \n" + RIGHT)
    assert report.checked == 3
    assert violation_rows(report.violations) == [(2, "PAYL904", "custom_attributes.seats", None)]
    assert check(b"").checked == check(b"\n \n").checked == 0


@pytest.mark.parametrize("encoding", ["utf-16", "utf-16-be", "utf-32"])
def test_another_encoding_altogether_is_no_input(encoding: str) -> None:
    mark = "" if encoding in ("utf-16", "utf-32") else "\ufeff"
    with pytest.raises(Misuse, match="UTF-"):
        check((mark + RIGHT.decode()).encode(encoding))


def test_invalid_records_are_handed_on_as_they_came() -> None:
    invalid: list[InvalidRecord] = []
    wrong = contact('"seats":  "x"')
    check(b"\n".join([RIGHT, wrong, b"\xff"]), on_invalid=invalid.append, max_errors=0)
    assert [(record.number, record.raw) for record in invalid] == [(2, wrong), (3, b"\xff")]
    assert violation_rows(invalid[0].violations) == [(2, "PAYL904", "custom_attributes.seats", None)]
    assert invalid[0].value == json.loads(wrong)


class Slow(io.RawIOBase):
    """Gives few bytes at a time."""

    def __init__(self, text: bytes, few: int) -> None:
        self.text, self.few = io.BytesIO(text), few

    def read(self, size: int = -1) -> bytes:
        return self.text.read(min(size, self.few))


@pytest.mark.parametrize("few", [1, 7])
def test_where_blocks_end_makes_no_difference(few: int) -> None:
    text = b"\n".join([RIGHT, b"", b'{"external_id": "a\\"}{"}', contact('"seats": "x"'), RIGHT])
    for source in (text, b"[" + text.replace(b"\n\n", b"\n").replace(b"\n", b",\n") + b"]"):
        slow = check_records(Slow(source, few), SCHEMA, "contact", today=date(2026, 3, 14))
        assert slow == check(source)
        assert slow.checked == 4


def test_progress_is_told_in_records_and_bytes() -> None:
    heard: list[tuple[int, int]] = []
    text = (RIGHT + b"\n") * 40_000
    check(text, progress=lambda records, read: heard.append((records, read)))
    assert heard == sorted(heard)
    assert len(heard) > 2
    assert heard[-1] == (40_000, len(text))
