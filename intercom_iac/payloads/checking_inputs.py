"""Records of whatever form, from a file or standard input, each held to the specs."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING

from .checking import check_records
from .inputs.compression import buffered_reader, decompress
from .inputs.opening import InputProgress, open_input
from .inputs.recognition import recognize
from .judge import RecordJudge
from .violation import PayloadReport

if TYPE_CHECKING:
    from intercom_iac.model import Schema
    from intercom_iac.model.payload import PayloadKind

    from .json.batch import ByteSource
    from .quarantine import Quarantine
    from .read_record import ReadRecord
    from .tally import OnViolation

__all__ = ["InputProgress", "check_input"]


def check_input(
    path: Path,
    schema: Schema,
    kind: PayloadKind | None = None,
    *,
    today: date,
    max_errors: int | None = 100,
    on_violation: OnViolation | None = None,
    quarantine: Quarantine | None = None,
    progress: InputProgress | None = None,
) -> PayloadReport:
    """What is wrong with the records of a file, or of standard input where it is `-`, as `check_records` says it.

    JSON objects one a line, a JSON array of them, CSV and Parquet, each also in gzip or zstd, are told apart by how
    they begin. Invalid records go to `quarantine`; `progress` hears what part of a file is read. Raises `Misuse` for
    what cannot be read, and `MissingExtra`.
    """

    def check(source: ByteSource | Iterable[ReadRecord]) -> PayloadReport:
        return check_records(
            source,
            schema,
            kind,
            today=today,
            max_errors=max_errors,
            on_invalid=None if quarantine is None else quarantine.add,
            on_violation=on_violation,
        )

    judge = RecordJudge(schema, today=today)
    with open_input(path, progress) as measured:
        stream, packed = decompress(measured, measured.name)
        recognized = recognize(stream, measured.name)
        if recognized.form == "parquet":
            from .parquet.file import open_parquet
            from .parquet.records import ParquetRecords

            # What was unpacked has no file that could be opened again.
            again = None if packed else measured.path
            with open_parquet(again, recognized.stream, measured.name) as file:
                if quarantine is not None:
                    quarantine.begin("parquet")
                records = ParquetRecords(file, judge.shapes, kind, future=judge.future, progress=progress)
                report = replace(check(records.suspects()), checked=file.count)
                if quarantine is not None:
                    file.copy_rows(quarantine.numbers, quarantine.records.path)
        elif recognized.form == "csv":
            from .inputs.csv_records import CsvRecords

            records = CsvRecords(buffered_reader(recognized.stream), measured.name, judge.shapes, kind)
            if quarantine is not None:
                quarantine.begin("csv", records.header)
            report = check(records)
        else:
            if quarantine is not None:
                quarantine.begin("array" if recognized.is_array else "lines")
            report = check(recognized.stream)
    if quarantine is not None:
        quarantine.end()
    return report
