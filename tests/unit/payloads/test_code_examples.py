"""The examples of the payload codes: the wrong one shows the code, the right one shows none."""

from __future__ import annotations

import io
import shlex
from datetime import date

import pytest

from intercom_iac.diagnostics import Code, Example, Family, codes_of
from intercom_iac.payloads import PayloadReport, check_records
from support.payload_schemas import schema_of

CODES = [code for code in codes_of(Family.PAYL).values() if "records.ndjson" in code.wrong.files]


def report_of(example: Example) -> PayloadReport:
    schema = schema_of(example.files["specs/example.yaml"])
    words = shlex.split(example.run)
    kind = words[words.index("--kind") + 1] if "--kind" in words else None
    text = example.files["records.ndjson"].encode("utf-8", errors="surrogateescape")
    return check_records(io.BytesIO(text), schema, kind, today=date(2026, 3, 14))


@pytest.mark.parametrize("code", CODES, ids=lambda code: code.id)
def test_the_wrong_example_shows_the_code_alone_and_the_right_one_none(code: Code) -> None:
    wrong = report_of(code.wrong)
    assert code.id in wrong.by_code
    assert wrong.invalid == (code.severity == "error")
    if code.id != "PAYL914":
        assert set(wrong.by_code) == {code.id}
    right = report_of(code.right)
    assert dict(right.by_code) == {}
    assert (right.checked, right.invalid) == (1, 0)
