"""The fast path and the judge say the same of every record, read from text or read already."""

from __future__ import annotations

import io
import json
from datetime import date
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from intercom_iac.model.payload import PAYLOAD_KINDS, PayloadKind
from intercom_iac.payloads import PayloadReport, RecordJudge, Tally, check_records
from intercom_iac.payloads.fast_path import FastPath
from intercom_iac.payloads.json.text import read_record
from support.generators.record_texts import NESTED, RIGHT, record_texts, spoiled_texts, texts_schema

TODAY = date(2026, 3, 14)


def judge_report(texts: list[bytes], kind: PayloadKind | None) -> PayloadReport:
    """What the judge says of each text, without a fast path."""
    judge = RecordJudge(texts_schema(), today=TODAY)
    tally = Tally(None)
    for number, text in enumerate(texts, 1):
        record = read_record(number, text)
        violations = judge.violations(number, record.value, kind) if record.readable else []
        tally.add_record(number, record.with_columns(violations), raw=text, value=record.value)
    return tally.report()


@pytest.mark.parametrize("kind", PAYLOAD_KINDS)
def test_every_pair_in_every_place_is_judged_alike(kind: PayloadKind) -> None:
    texts = [text.encode() for text in spoiled_texts(kind)]
    lines = check_records(io.BytesIO(b"\n".join(texts)), texts_schema(), kind, today=TODAY, max_errors=None)
    assert lines == judge_report(texts, kind)
    values = [value for value in map(json_value, texts) if isinstance(value, dict)]
    judge = RecordJudge(texts_schema(), today=TODAY)
    tally = Tally(None)
    for number, value in enumerate(values, 1):
        tally.add_record(number, judge.violations(number, value, kind), raw=None, value=value)
    assert check_records(values, texts_schema(), kind, today=TODAY, max_errors=None) == tally.report()


@pytest.mark.parametrize("kind", PAYLOAD_KINDS)
@settings(max_examples=25)
@given(data=st.data())
def test_lines_and_arrays_are_checked_as_the_judge_checks_each(
    kind: PayloadKind, data: st.DataObject
) -> None:
    texts = [text.encode() for text in data.draw(st.lists(record_texts(kind), min_size=1, max_size=6))]
    asked = data.draw(st.sampled_from((kind, kind, None)))
    lines = check_records(io.BytesIO(b"\n".join(texts)), texts_schema(), asked, today=TODAY, max_errors=None)
    assert lines == judge_report(texts, asked)
    sound = [text for text in texts if json_value(text) is not None]
    array = b"[" + b",\n".join(sound) + b"]"
    report = check_records(io.BytesIO(array), texts_schema(), asked, today=TODAY, max_errors=None)
    assert report == judge_report([text.strip() for text in sound], asked)


@pytest.mark.parametrize("kind", PAYLOAD_KINDS)
@settings(max_examples=25)
@given(data=st.data())
def test_what_the_fast_path_takes_has_nothing_wrong(kind: PayloadKind, data: st.DataObject) -> None:
    record = json_value(data.draw(record_texts(kind)).encode())
    judge = RecordJudge(texts_schema(), today=TODAY)
    for asked in (kind, None):
        fast = FastPath(judge.shapes, asked, future=judge.future)
        if fast.refused_values([record]) == []:
            assert judge.violations(1, record, asked) == []


@pytest.mark.parametrize("kind", PAYLOAD_KINDS)
def test_the_fast_path_takes_what_is_right(kind: PayloadKind) -> None:
    judge = RecordJudge(texts_schema(), today=TODAY)
    fast = FastPath(judge.shapes, kind, future=judge.future)
    record: dict[str, Any] = {key: json.loads(value) for key, value in RIGHT[kind]}
    if NESTED[kind]:
        key = "metadata" if kind == "event" else "custom_attributes"
        record[key] = {key: json.loads(value) for key, value in NESTED[kind]}
    assert judge.violations(1, record, kind) == []
    assert fast.refused_values([record]) == []
    assert fast.refused_texts([json.dumps(record, ensure_ascii=False).encode()]) == []


def json_value(text: bytes) -> Any:
    """The value of a text that is JSON as Python reads it."""
    try:
        return json.loads(text)
    except (ValueError, RecursionError):
        return None
