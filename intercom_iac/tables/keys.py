"""The keys of a table alone: whom its rows name, whatever else they hold."""

from __future__ import annotations

from intercom_iac.diagnostics import InvalidSpecs
from intercom_iac.engines import SqlEngine
from intercom_iac.lazy_dataclass import dataclass

from .forms import FORMS
from .mapping.keys import find_key
from .rejects.rejected import RejectSink
from .source import TableSource
from .sources.failures import telling_failures
from .sources.files import check_unchanged
from .sources.opening import open_relation
from .staging.key_values import key_fault, key_is_right_sql, key_sql


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
    key_name, column, mistakes = find_key(relation.columns, source)
    if column is None or mistakes:
        raise InvalidSpecs(mistakes)
    forms = FORMS[engine.dialect.name]
    keys_sql = f"(select {key_sql(column, key_name, forms)} as key from {relation.rows}) as keys"
    is_right = key_is_right_sql("key", key_name, forms, engine.dialect)
    right = [key for (key,) in engine.rows(f"select distinct key from {keys_sql} where {is_right}")]
    others = list(
        engine.rows(f"select key, count(*) as times from {keys_sql} where not ({is_right}) group by key")
    )
    ((rows,),) = list(engine.rows(f"select count(*) from {relation.rows}"))
    check_unchanged(relation.files)
    wrong = [times for key, times in others if key is None or key_fault(key, key_name) is not None]
    right += [key for key, _ in others if key is not None and key_fault(key, key_name) is None]
    return TableKeys(
        key_name=key_name,
        keys=tuple(right),
        rows=int(rows) + relation.unread,
        rejected=sum(wrong) + relation.unread,
    )
