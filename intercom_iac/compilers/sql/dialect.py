"""What each SQL dialect spells its own way: names, texts, text functions, and the values in an event's metadata.

Each is said here and nowhere derived: translators get `contains` and JSON wrong for some. DuckDB and PostgreSQL are
judged by running them; the others' functions are those of their manuals.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from types import MappingProxyType

from intercom_iac.model import DataType, fold
from intercom_iac.model.folding import plainly_folded
from intercom_iac.model.predicate import TextOperator

Quoting = Callable[[str], str]


@dataclass(frozen=True, slots=True)
class Dialect:
    """One dialect.

    `identifier` and `text` quote a name and a literal. `tests` are the forms of the text operators over `{value}`,
    `{part}` and the part's `{length}`. `metadata` gives, for a type's JSON kind, the form of a value in `{json}` at
    the quoted `{key}`: null where the value is of another JSON type, as in `rules.meaning`. `not_true` is the
    complement of a condition that may be null.
    """

    name: str
    identifier: Quoting
    text: Quoting
    tests: Mapping[TextOperator, str]
    metadata: Mapping[str, str]
    key: Quoting
    not_true: str = "({0}) is not true"

    def matches(self, operator: TextOperator, value: str, text: str) -> str:
        """A text operator on a value, in any case."""
        part = fold(text)
        lowered = f"lower({value})"
        if not plainly_folded(part) and "σ" in part:
            lowered = f"replace({lowered}, 'ς', 'σ')"
        return self.tests[operator].format(value=lowered, part=self.text(part), length=len(part))

    def metadata_value(self, json: str, key: str, kind: DataType) -> str:
        """The value of a metadata key, null where it is not of the type."""
        form = "text" if kind.is_text else "boolean" if kind is DataType.BOOLEAN else "number"
        return self.metadata[form].format(json=json, key=self.key(key))


# --- quoting ------------------------------------------------------------------------------------------------


def _doubling(mark: str) -> Quoting:
    return lambda text: f"{mark}{text.replace(mark, mark * 2)}{mark}"


def _backslashing(mark: str) -> Quoting:
    """With backslashes, as where a backslash in a literal is an escape."""

    def quote(text: str) -> str:
        for sign, written in (("\\", "\\\\"), (mark, f"\\{mark}"), ("\n", "\\n"), ("\r", "\\r")):
            text = text.replace(sign, written)
        return f"{mark}{text}{mark}"

    return quote


def _snowflake_name(name: str) -> str:
    """Snowflake stores a name that was created without quotes in upper case."""
    return f'"{name.upper()}"' if re.fullmatch("[a-z_][a-z0-9_]*", name) else _doubling('"')(name)


def _json_pointer(key: str) -> str:
    return _doubling("'")("/" + key.replace("~", "~0").replace("/", "~1"))


def _spark_path(key: str) -> str:
    return _backslashing("'")("$['" + key.replace("\\", "\\\\").replace("'", "\\'") + "']")


# --- the dialects -------------------------------------------------------------------------------------------

_POSITION = "strpos({value}, {part}) > 0"
_CALLS: Mapping[TextOperator, str] = {
    "contains": "contains({value}, {part})",
    "starts with": "startswith({value}, {part})",
    "ends with": "endswith({value}, {part})",
}
_BIGQUERY_KIND = "case when json_type({{json}}[{{key}}]) = '{0}' then {1}({{json}}[{{key}}]) end"
_DUCKDB_KIND = (
    "case when json_type({{json}}, {{key}}) in ({0}) then try_cast({{json}} ->> {{key}} as {1}) end"
)
_POSTGRES_KIND = "case when jsonb_typeof({{json}} -> {{key}}) = '{0}' then ({{json}} ->> {{key}})::{1} end"
_SPARK_KIND = (
    "case when schema_of_variant(variant_get({{json}}, {{key}})) {0} "
    "then try_variant_get({{json}}, {{key}}, '{1}') end"
)

_ALL = (
    Dialect(
        "duckdb",
        identifier=_doubling('"'),
        text=_doubling("'"),
        tests={
            "contains": "contains({value}, {part})",
            "starts with": "starts_with({value}, {part})",
            "ends with": "ends_with({value}, {part})",
        },
        metadata={
            "text": _DUCKDB_KIND.format("'VARCHAR'", "varchar"),
            "number": _DUCKDB_KIND.format("'BIGINT', 'UBIGINT', 'DOUBLE'", "double"),
            "boolean": _DUCKDB_KIND.format("'BOOLEAN'", "boolean"),
        },
        key=_json_pointer,
    ),
    Dialect(
        "postgres",
        identifier=_doubling('"'),
        text=_doubling("'"),
        tests={
            "contains": _POSITION,
            "starts with": "starts_with({value}, {part})",
            "ends with": "right({value}, {length}) = {part}",
        },
        metadata={
            "text": _POSTGRES_KIND.format("string", "text"),
            "number": _POSTGRES_KIND.format("number", "numeric"),
            "boolean": _POSTGRES_KIND.format("boolean", "boolean"),
        },
        key=_doubling("'"),
    ),
    Dialect(
        "snowflake",
        identifier=_snowflake_name,
        text=_backslashing("'"),
        tests=_CALLS,
        metadata={
            "text": "as_varchar({json}[{key}])",
            "number": "as_double({json}[{key}])",
            "boolean": "as_boolean({json}[{key}])",
        },
        key=_backslashing("'"),
        not_true="not coalesce({0}, false)",
    ),
    Dialect(
        "bigquery",
        identifier=_backslashing("`"),
        text=_backslashing("'"),
        tests={
            "contains": _POSITION,
            "starts with": "starts_with({value}, {part})",
            "ends with": "ends_with({value}, {part})",
        },
        metadata={
            "text": _BIGQUERY_KIND.format("string", "string"),
            "number": _BIGQUERY_KIND.format("number", "float64"),
            "boolean": _BIGQUERY_KIND.format("boolean", "bool"),
        },
        key=_backslashing("'"),
    ),
    Dialect(
        "spark",
        identifier=_doubling("`"),
        text=_backslashing("'"),
        tests=_CALLS,
        metadata={
            "text": _SPARK_KIND.format("= 'STRING'", "string"),
            "number": _SPARK_KIND.format("rlike '^(BIGINT|DECIMAL|DOUBLE)'", "double"),
            "boolean": _SPARK_KIND.format("= 'BOOLEAN'", "boolean"),
        },
        key=_spark_path,
    ),
)
DIALECTS: Mapping[str, Dialect] = MappingProxyType({dialect.name: dialect for dialect in _ALL})
