"""Records of any number held to the specs: the fast path takes what is certainly right, the judge the rest."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from datetime import UTC, date, tzinfo
from itertools import islice
from typing import TYPE_CHECKING, Any

from intercom_iac.diagnostics import require_extra
from intercom_iac.diagnostics.codes import payloads as codes
from intercom_iac.model import Schema
from intercom_iac.model.payload import PayloadKind
from intercom_iac.text import bounded_suggestions

from .json.batch import OVERSIZED, SPACE, ByteSource
from .json.records import record_batches
from .json.text import JsonReader, oversized_record, read_record
from .judge import RecordJudge
from .read_record import ReadRecord
from .tally import InvalidRecord, OnViolation, Tally
from .violation import PayloadReport, Violation

if TYPE_CHECKING:
    from .fast_path import FastPath

Progress = Callable[[int, int], None]
"""Is told how many records are checked and how many bytes are read, now and then."""
_AT_ONCE = 1_000


def check_records(
    source: ByteSource | Iterable[ReadRecord | Mapping[str, Any]],
    schema: Schema,
    kind: PayloadKind | None = None,
    *,
    today: date,
    zone: tzinfo = UTC,
    max_errors: int | None = 100,
    on_invalid: Callable[[InvalidRecord], None] | None = None,
    on_violation: OnViolation | None = None,
    progress: Progress | None = None,
) -> PayloadReport:
    """What is wrong with the records of a source: JSON text, as lines or an array, or records that are read already.

    `kind` None leaves it to the records to say what they are. Of violations the first `max_errors` are kept (all of
    them where it is None), or handed to `on_violation`; all are counted. `on_invalid` gets every record with an
    error. Memory does not grow with the source. Raises `Misuse` where the source cannot be read at all.
    """
    require_extra("generate", "checking records")
    from .fast_path import FastPath

    tally = Tally(max_errors, on_invalid, on_violation)
    judge = RecordJudge(schema, today=today, zone=zone)
    fast = FastPath(judge.shapes, kind, future=judge.future)
    with bounded_suggestions():
        if isinstance(source, ByteSource):
            _check_text(source, fast, judge, kind, tally, progress)
        else:
            _check_values(source, fast, judge, kind, tally, progress)
    return tally.report()


def _check_text(
    source: ByteSource,
    fast: FastPath,
    judge: RecordJudge,
    kind: PayloadKind | None,
    tally: Tally,
    progress: Progress | None,
) -> None:
    read, reader = 0, JsonReader()
    for batch in record_batches(source):
        first, blank = tally.checked, 0
        faults = _faults_by_place(batch.faults, first)
        for at in sorted({*fast.refused_texts(batch.texts, batch.joined), *faults}):
            number = first + at + 1 - blank
            tally.add_valid(number - 1 - tally.checked)
            if at == len(batch.texts):
                tally.add_fault(faults[at])
                continue
            text = batch.texts[at]
            if not text.strip(SPACE):
                blank += 1
                continue
            record = oversized_record(number) if text is OVERSIZED else read_record(number, text, reader)
            _judge_record(record, judge, kind, tally, before=faults.get(at, ()))
        tally.add_valid(first + len(batch.texts) - blank - tally.checked)
        read += batch.read
        if progress is not None:
            progress(tally.checked, read)


def _check_values(
    records: Iterable[ReadRecord | Mapping[str, Any]],
    fast: FastPath,
    judge: RecordJudge,
    kind: PayloadKind | None,
    tally: Tally,
    progress: Progress | None,
) -> None:
    waiting = iter(records)
    while some := list(islice(waiting, _AT_ONCE)):
        first = tally.checked
        for at in fast.refused_values([_certain_value(record) for record in some]):
            number = first + at + 1
            tally.add_valid(number - 1 - tally.checked)
            record = some[at]
            read = record if isinstance(record, ReadRecord) else ReadRecord(number=number, value=record)
            _judge_record(read, judge, kind, tally)
        tally.add_valid(first + len(some) - tally.checked)
        if progress is not None:
            progress(tally.checked, 0)


def _certain_value(record: ReadRecord | Mapping[str, Any]) -> Any:
    """The value of a record, for the fast path; None where reading has told something already."""
    if not isinstance(record, ReadRecord):
        return record
    return None if record.violations or not record.readable else record.value


def _judge_record(
    record: ReadRecord,
    judge: RecordJudge,
    kind: PayloadKind | None,
    tally: Tally,
    *,
    before: Sequence[Violation] = (),
) -> None:
    """`before` is what is wrong between the record and the one before it."""
    judged = judge.violations(record.number, record.value, kind) if record.readable else []
    violations = [*before, *record.with_columns(judged)]
    tally.add_record(record.number, violations, raw=record.raw, value=record.value)


def _faults_by_place(faults: Iterable[tuple[int, str]], first: int) -> dict[int, list[Violation]]:
    """Violations for what is wrong between the records of a batch, by the position of the one that follows."""
    by_place: dict[int, list[Violation]] = {}
    for at, message in faults:
        violation = Violation(record=first + at + 1, path="", code=codes.NOT_JSON, message=message)
        by_place.setdefault(at, []).append(violation)
    return by_place
