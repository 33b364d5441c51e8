"""A source as the rows that may be sent: described, mapped, read, judged; each step by SQL in the engine."""

from __future__ import annotations

from array import array
from collections.abc import Collection, Sequence
from datetime import date, tzinfo

from intercom_iac.diagnostics import InvalidSpecs
from intercom_iac.diagnostics.codes import sync as codes
from intercom_iac.engines import SqlEngine
from intercom_iac.model import Schema
from intercom_iac.model.payload import shown_name
from intercom_iac.payloads import RecordJudge
from intercom_iac.project.secrets import speaks_of_a_secret

from .forms import FORMS
from .mapping.columns import map_columns
from .mapping.mapped import MappedColumn
from .rejects.rejected import RejectedValue, RejectSink
from .rejects.suspects import SuspectJudge, suspects_of
from .shapes.choices import named_shape_mistakes
from .shapes.finding import first_readings, settle_readings
from .shapes.misreading import misread_value
from .shapes.readings import Reading
from .source import TableSource
from .sources.columns import Relation
from .sources.failures import telling_failures
from .sources.files import check_unchanged
from .sources.opening import open_relation
from .staging.fingerprints import shape_digest
from .staging.key_values import shown_key
from .staging.statement import StagingTables, staged_sql
from .table import AcceptedTable, TableColumn

_AT_ONCE = 5_000


def read_table(
    engine: SqlEngine,
    source: TableSource,
    schema: Schema,
    *,
    today: date,
    zone: tzinfo,
    rejects: RejectSink,
    relation: Relation | None = None,
) -> AcceptedTable:
    """Reads a source into the engine, and hands what is wrong with its rows to `rejects`.

    `relation` is where another engine has the source already. Raises `InvalidSpecs` for a table that does not fit the
    specs, and `Misuse` for what cannot be read.
    """
    with telling_failures(engine, source):
        return _read(engine, source, schema, relation, rejects, RecordJudge(schema, today=today, zone=zone))


def _read(
    engine: SqlEngine,
    source: TableSource,
    schema: Schema,
    relation: Relation | None,
    rejects: RejectSink,
    judge: RecordJudge,
) -> AcceptedTable:
    forms = FORMS[engine.dialect.name]
    names = StagingTables.for_source(source)
    engine.stage = f"reading {source.name}"
    relation = relation or open_relation(engine, source, rejects)
    mapped, of_columns = map_columns(relation.columns, source, schema)
    diagnostics = [*relation.diagnostics, *of_columns]
    if mapped is None:
        raise InvalidSpecs(diagnostics)
    if mistakes := named_shape_mistakes(mapped.properties):
        raise InvalidSpecs([*diagnostics, *mistakes])
    properties = mapped.properties

    def stage(readings: Sequence[Reading | None]) -> tuple[TableColumn, ...]:
        columns = _columns(properties, readings)
        query = staged_sql(
            relation, mapped, columns, readings, source.record, engine.dialect, forms, future=judge.future
        )
        _create(engine, names.staged, query)
        return columns

    readings = first_readings(engine, relation, properties, forms)
    columns = stage(readings)
    settled = settle_readings(
        engine, relation, properties, readings, _count_misread(engine, names, readings), forms
    )
    if settled != readings:
        readings = settled
        columns = stage(readings)
    check_unchanged(relation.files)
    rows, certain = next(iter(list(engine.rows(_counts(names.staged)))))
    of_json = [at for at, property_ in enumerate(properties) if property_.column.kind == "json"]
    unread = {
        at: misread_value(property_, reading)
        for at, (property_, reading) in enumerate(zip(properties, readings, strict=True))
        if reading is not None
    }
    suspects = SuspectJudge(judge, source.record, mapped.key_name, mapped.key, columns, unread)
    passed = 0
    _create(engine, names.passed, f"select cast(null as {forms.long}) as row where 1 = 0")
    if certain < rows:
        engine.stage = f"checking {source.name}"
        passed = _judge_suspects(engine, names, columns, of_json, suspects, rejects)
    repeated = 0
    if source.record != "event":
        repeated = _reject_duplicates(engine, names, mapped.key_name, mapped.key.name, rejects)
    _execute(engine, forms.view.format(names.accepted, _accepted(names, columns, passed, repeated)))
    valid = certain + passed
    if repeated:
        ((valid,),) = list(engine.rows(f"select count(*) from {names.accepted}"))
    rows += relation.unread
    if not rows:
        diagnostics.append(codes.NO_ROWS.at(None, f"`{shown_name(source.name)}` has no rows"))
    return AcceptedTable(
        record=source.record,
        table=names.accepted,
        key_name=mapped.key_name,
        columns=columns,
        ignored=mapped.ignored,
        shape_digest=shape_digest(source.record, mapped.key_name, columns, source.null),
        rows=rows,
        rejected=rows - valid,
        diagnostics=(*diagnostics, *suspects.remarks),
    )


def _columns(
    properties: Sequence[MappedColumn], readings: Sequence[Reading | None]
) -> tuple[TableColumn, ...]:
    return tuple(
        TableColumn(
            name=property_.column.name,
            field=property_.field,
            column=f"p{at}",
            shape="" if reading is None else reading.name,
            is_secret=any(map(speaks_of_a_secret, (property_.column.name, property_.field.name))),
        )
        for at, (property_, reading) in enumerate(zip(properties, readings, strict=True))
    )


def _count_misread(
    engine: SqlEngine, names: StagingTables, readings: Sequence[Reading | None]
) -> dict[int, int]:
    """How many cells of each column whose texts are read are not."""
    read = [at for at, reading in enumerate(readings) if reading is not None]
    if not read:
        return {}
    counted = ", ".join(f"count(case when p{at} is null then r{at} end)" for at in read)
    ((*counts,),) = list(engine.rows(f"select {counted} from {names.staged} where not certain"))
    return dict(zip(read, counts, strict=True))


def _create(engine: SqlEngine, name: str, query: str) -> None:
    for statement in FORMS[engine.dialect.name].create:
        _execute(engine, statement.format(name, query))


def _execute(engine: SqlEngine, statement: str) -> None:
    engine.execute(statement)


def _counts(staged: str) -> str:
    return f"select count(*), coalesce(sum(case when certain then 1 else 0 end), 0) from {staged}"


def _judge_suspects(
    engine: SqlEngine,
    names: StagingTables,
    columns: Sequence[TableColumn],
    of_json: Collection[int],
    judge: SuspectJudge,
    rejects: RejectSink,
) -> int:
    """Looks at the rows that are not certainly right; those in which nothing is wrong are kept in a table. How
    many."""
    selected = ", ".join(
        ["row", "key", *(column.column for column in columns), *(f"r{at}" for at in range(len(columns)))]
    )
    passed = array("q")
    rows = engine.rows(f"select {selected} from {names.staged} where not certain order by row")
    for suspect in suspects_of(rows, len(columns), of_json):
        errors = judge.errors(suspect)
        for error in errors:
            rejects(error)
        if not errors:
            passed.append(suspect.row)
    for at in range(0, len(passed), _AT_ONCE):
        values = ", ".join(f"({row})" for row in passed[at : at + _AT_ONCE])
        _execute(engine, f"insert into {names.passed} values {values}")
    return len(passed)


def _reject_duplicates(
    engine: SqlEngine, names: StagingTables, key_name: str, column: str, rejects: RejectSink
) -> int:
    """Rejects the rows whose key others have too. How many keys these are."""
    _create(
        engine,
        names.duplicates,
        f"select key, count(*) as times from {names.staged} where key is not null "
        "group by key having count(*) > 1",
    )
    ((repeated,),) = list(engine.rows(f"select count(*) from {names.duplicates}"))
    if repeated:
        joined = f"{names.staged} s join {names.duplicates} d on s.key = d.key"
        of_duplicates = f"select s.row, s.key, d.times from {joined} order by s.row"
        for row, key, times in engine.rows(of_duplicates):
            rejects(
                RejectedValue(
                    row=row,
                    column=column,
                    code=codes.DUPLICATE_KEY,
                    message=f"{times} rows have this `{key_name}`",
                    hint="keep one of them: which counts, nobody can tell",
                    value=shown_key(key, key_name),
                )
            )
    return repeated


def _accepted(names: StagingTables, columns: Sequence[TableColumn], passed: int, repeated: int) -> str:
    selected = ", ".join(["row", "key", *(column.column for column in columns), "fingerprint"])
    right = f"(certain or row in (select row from {names.passed}))" if passed else "certain"
    conditions = [right]
    if repeated:
        conditions.append(f"not exists (select 1 from {names.duplicates} d where d.key = {names.staged}.key)")
    return f"select {selected} from {names.staged} where {' and '.join(conditions)}"
