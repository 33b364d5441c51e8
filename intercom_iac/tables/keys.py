"""The keys of a table alone: whom its rows name, whatever else they hold."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from intercom_iac.diagnostics import InvalidSpecs
from intercom_iac.diagnostics.codes import sync as codes
from intercom_iac.engines import SqlEngine
from intercom_iac.model.payload import shown_name
from intercom_iac.text import did_you_mean
from intercom_iac.text.lists import brief_list

from .mapping.fields import KEYS
from .rejects.rejected import RejectSink
from .source import TableSource
from .sources.columns import Relation, SourceColumn
from .sources.failures import telling_failures
from .sources.files import check_unchanged
from .sources.opening import open_relation


@dataclass(frozen=True, slots=True, kw_only=True)
class TableKeys:
    """The keys of a table, each once, in no order; `rejected` of its `rows` have none."""

    key_name: str
    keys: tuple[str, ...]
    rows: int
    rejected: int


def read_keys(engine: SqlEngine, source: TableSource, *, rejects: RejectSink) -> TableKeys:
    """Reads the keys of a source; of its other columns nothing is asked.

    Raises `InvalidSpecs` for one without a column of keys, and `Misuse` for what cannot be read.
    """
    engine.stage = f"reading {source.name}"
    with telling_failures(engine, source):
        return _read_keys(engine, source, rejects)


def _read_keys(engine: SqlEngine, source: TableSource, rejects: RejectSink) -> TableKeys:
    relation = open_relation(engine, source, rejects)
    key_name, column = _key_column(relation, source)
    key = f"trim(cast({column.expression} as string))"
    ((rows, without),) = list(
        engine.rows(f"select count(*), count(*) filter (where coalesce({key}, '') = '') from {relation.rows}")
    )
    keys = tuple(_keys(engine, f"select distinct {key} from {relation.rows} where coalesce({key}, '') <> ''"))
    check_unchanged(relation.files)
    return TableKeys(
        key_name=key_name,
        keys=keys,
        rows=int(rows) + relation.unread,
        rejected=int(without) + relation.unread,
    )


def _keys(engine: SqlEngine, query: str) -> Iterator[str]:
    return (str(key) for (key,) in engine.rows(query))


def _key_column(relation: Relation, source: TableSource) -> tuple[str, SourceColumn]:
    mapped = {column: mapping.attribute for column, mapping in source.columns.items()}
    wanted = KEYS[source.record] if source.key is None else (source.key,)
    for key_name in wanted:
        for column in relation.columns:
            if mapped.get(column.name, column.name) == key_name and column.is_readable:
                return key_name, column
    names = [column.name for column in relation.columns]
    shown = brief_list([shown_name(name) for name in sorted(names)])
    raise InvalidSpecs(
        [
            codes.NO_KEY_COLUMN.at(
                None,
                f"`{shown_name(source.name)}` has no column {brief_list(wanted, 'or')}",
                hint=did_you_mean(wanted[0], names)
                or f"name the one that is under `map:`; its columns are {shown}",
            )
        ]
    )
