"""The columns of a table in an engine: their names, and what kind of value they hold."""

from __future__ import annotations

from typing import Literal

from intercom_iac.diagnostics import Diagnostic
from intercom_iac.engines import SqlEngine
from intercom_iac.lazy_dataclass import dataclass
from intercom_iac.lazy_pattern import lazy_pattern

from ..forms import TableForms
from .files import TableFile

ValueKind = Literal["text", "integer", "decimal", "double", "boolean", "date", "moment", "json", "other"]

_KINDS: dict[str, ValueKind] = {
    **dict.fromkeys(("varchar", "enum", "uuid", "string", "text", "char", "null", "void"), "text"),
    **dict.fromkeys(
        [
            "tinyint",
            "smallint",
            "integer",
            "int",
            "bigint",
            "hugeint",
            "utinyint",
            "usmallint",
            "uinteger",
            "ubigint",
            "uhugeint",
            "int64",
            "byteint",
        ],
        "integer",
    ),
    **dict.fromkeys(("decimal", "numeric", "bignumeric", "number"), "decimal"),
    **dict.fromkeys(("float", "double", "real", "float64"), "double"),
    **dict.fromkeys(("boolean", "bool"), "boolean"),
    "date": "date",
    **dict.fromkeys(
        [
            "timestamp",
            "timestamp_s",
            "timestamp_ms",
            "timestamp_us",
            "timestamp_ns",
            "timestamp_ntz",
            "timestamp_ltz",
            "timestamp_tz",
            "datetime",
        ],
        "moment",
    ),
    "json": "json",
}
_BASE = lazy_pattern(r"[a-z_0-9]+")
# What 64 unsigned bits are to Spark, and every integer to Snowflake.
_WHOLE_DECIMAL = lazy_pattern(r"(decimal|numeric|number)\(\d+, *0\)")
_PLAIN_TEXTS = ("varchar", "string", "text", "char")
EXACT_WHOLE = 2**53
"""Up to here each whole number is a double of its own."""
CONTAINERS = ("custom_attributes", "metadata")
"""Objects whose members are columns of their own, as in records that are sent."""


@dataclass(frozen=True, slots=True, kw_only=True)
class SourceColumn:
    """A column by its name in the source, `expression` for its value, and what it holds. Of a text that
    `may_be_blank` nothing is known but that it is empty, as of every cell of CSV."""

    name: str
    expression: str
    kind: ValueKind
    may_be_blank: bool = False

    @property
    def is_readable(self) -> bool:
        return self.kind != "other"


@dataclass(frozen=True, slots=True, kw_only=True)
class Relation:
    """A source in an engine: `rows` stands behind `from`, `number` is the expression for a row's number, from 1.

    `unread` rows are not among them, since they could not be read, and have been told. `diagnostics` are what is to
    be said of the files, none of them an error. `files` are those that have to be as they were when all is read.
    """

    rows: str
    number: str
    columns: tuple[SourceColumn, ...]
    unread: int = 0
    diagnostics: tuple[Diagnostic, ...] = ()
    files: tuple[TableFile, ...] = ()


def describe_columns(engine: SqlEngine, query: str, forms: TableForms) -> tuple[SourceColumn, ...]:
    """The columns that a query has. Objects under `custom_attributes` and `metadata` are taken apart."""
    columns: list[SourceColumn] = []
    for name, kind, *_ in list(engine.rows(forms.describe.format(query))):
        quoted = engine.dialect.identifier(name)
        if name in CONTAINERS and kind.lower().startswith("struct"):
            columns += _members(engine, query, name, forms)
        else:
            columns.append(_column(name, quoted, kind, forms))
    return tuple(columns)


def kind_of_type(type_: str) -> ValueKind:
    """What a type of SQL holds, whatever engine names it."""
    lowered = type_.lower().strip('"')
    if lowered.endswith("]") or lowered.startswith(("array", "struct", "map", "union")):
        return "other"
    if _WHOLE_DECIMAL.fullmatch(lowered):
        return "integer"
    base = _BASE.match(lowered)
    return "other" if base is None else _KINDS.get(base[0], "other")


def _members(engine: SqlEngine, query: str, name: str, forms: TableForms) -> list[SourceColumn]:
    outer = engine.dialect.identifier(name)
    inner = forms.describe.format(f"select {outer}.* from ({query}) as container")
    return [
        _column(f"{name}.{member}", f"{outer}.{engine.dialect.identifier(member)}", kind, forms)
        for member, kind, *_ in list(engine.rows(inner))
    ]


def _column(name: str, expression: str, type_: str, forms: TableForms) -> SourceColumn:
    kind = kind_of_type(type_)
    is_plain = kind != "text" or type_.lower().startswith(_PLAIN_TEXTS)
    return SourceColumn(
        name=name, expression=expression if is_plain else forms.text.format(expression), kind=kind
    )
