"""The examples of the codes of tables: the wrong one shows the code, the right one does not."""

from __future__ import annotations

import shlex
from itertools import pairwise
from pathlib import Path

import pytest

from intercom_iac.diagnostics import Code, Example, Family, InvalidSpecs, codes_of
from intercom_iac.tables import ColumnMapping, TableRecord, TableSource
from support.payload_schemas import schema_of
from support.tables import read_source

CODES = [code for code in codes_of(Family.SYNC).values() if code.id < "SYNC140"]
RECORDS: dict[str, TableRecord] = {"contacts": "contact", "companies": "company", "events": "event"}


def codes_of_example(example: Example, folder: Path) -> set[str]:
    words = shlex.split(example.run)
    columns: dict[str, ColumnMapping] = {}
    for mapping in (word for before, word in pairwise(words) if before == "--map"):
        column, _, attribute = mapping.partition("=")
        attribute, _, shape = attribute.partition(":")
        columns[column] = ColumnMapping(attribute, shape or None)
    file = folder / words[2]
    if (text := example.files.get(words[2])) is not None:
        file.write_text(text)
    source = TableSource(
        name="table",
        kind="file" if text is not None else "duckdb",
        record=RECORDS[words[1]],
        location=str(file) if text is not None else None,
        query=words[2] if text is None else None,
        columns=columns,
        null="clear" if "--null clear" in example.run else "keep",
    )
    try:
        read = read_source(source, schema_of(example.files["specs/example.yaml"]))
    except InvalidSpecs as refused:
        return {found.code for found in refused.diagnostics}
    return {*read.codes, *(error.code.id for error in read.errors)}


@pytest.mark.parametrize("code", CODES, ids=lambda code: code.id)
def test_the_wrong_example_shows_the_code_and_the_right_one_none(code: Code, tmp_path: Path) -> None:
    assert code.id in codes_of_example(code.wrong, tmp_path)
    assert codes_of_example(code.right, tmp_path) - {"SYNC106"} == set()
