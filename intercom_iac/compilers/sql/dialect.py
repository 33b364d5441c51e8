"""What each SQL dialect spells its own way: names, texts, text functions, days, and the values in metadata.

Each is said here and nowhere derived: translators get `contains` and JSON wrong for some. DuckDB, PostgreSQL and
Spark are judged by running them; the functions of Snowflake and BigQuery are those of their manuals. Of these two it
is assumed that their patterns know Unicode's classes of letters, as RE2's do, and that they know a time zone by its
IANA name.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from decimal import Decimal
from types import MappingProxyType

from intercom_iac.lazy_dataclass import dataclass
from intercom_iac.model import DataType, fold
from intercom_iac.model.predicate import TextOperator

Quoting = Callable[[str], str]
# JSON and a key -> the JSON and the quoted place of the key in it.
Placing = Callable[[str, str], tuple[str, str]]


@dataclass(frozen=True, slots=True)
class Dialect:
    """One dialect.

    `identifier` and `text` quote a name and a literal. `tests` are the forms of the text operators over `{value}`,
    `{part}` and the part's `{length}`; of `contains word`, `{part}` is a pattern in which `letters` are the classes
    of letters and digits. `dotted_i`: to the dialect's `lower`, `İ` has two letters.

    `metadata` gives, for a type's JSON kind, the form of a value in `{json}` at the `{key}` that `place` has quoted:
    null where the value is of another JSON type, as in `rules.meaning`. Its `decimal` is a number to be added up:
    exact with 20 digits before the point and 12 behind it, and one that is larger counts as the largest. To
    PostgreSQL any number is exact. The function `decimal` gives the literal of such a number.

    `day_number` is the local day of a `{moment}`, whole unix seconds, in a `{zone}`: days from 1970-01-01. `now` is
    the present in unix seconds. `not_true` is the complement of a condition that may be null.
    """

    name: str
    identifier: Quoting
    text: Quoting
    tests: Mapping[TextOperator, str]
    metadata: Mapping[str, str]
    place: Placing
    day_number: str
    now: str
    decimal: Callable[[float], str]
    letters: str = r"\p{L}\p{N}"
    not_true: str = "({0}) is not true"
    dotted_i: bool = False

    def matches(self, operator: TextOperator, value: str, text: str) -> str:
        """A text operator on a value, in any case."""
        part, word = fold(text), operator == "contains word"
        if self.dotted_i and (word or "i" in part or "\u0307" in part):
            value = f"replace({value}, 'İ', 'i')"
        lowered = f"lower({value})"
        if "σ" in part:
            lowered = f"replace({lowered}, 'ς', 'σ')"
        wanted = self.text(_word_pattern(part, self.letters) if word else part)
        return self.tests[operator].format(value=lowered, part=wanted, length=len(part))

    def metadata_value(self, json: str, key: str, kind: DataType) -> str:
        """The value of a metadata key, null where it is not of the type."""
        form = "text" if kind.is_text else "boolean" if kind is DataType.BOOLEAN else "number"
        return self._metadata(form, json, key)

    def metadata_decimal(self, json: str, key: str) -> str:
        """The number of a metadata key as it is added up, null where it is none."""
        return self._metadata("decimal", json, key)

    def _metadata(self, form: str, json: str, key: str) -> str:
        held, place = self.place(json, key)
        return self.metadata[form].format(json=held, key=place)


def _word_pattern(part: str, letters: str) -> str:
    """What finds the part with neither a letter nor a digit on either side, to any of the engines."""
    escaped = re.sub(r"[\\.+*?()\[\]{}^$|]", r"\\\g<0>", part)
    return f"(^|[^{letters}]){escaped}($|[^{letters}])"


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


def _by(quote: Quoting) -> Placing:
    return lambda json, key: (json, quote(key))


def _json_pointer(json: str, key: str) -> tuple[str, str]:
    return json, _doubling("'")("/" + key.replace("~", "~0").replace("/", "~1"))


def _spark_path(json: str, key: str) -> tuple[str, str]:
    """A path has no escapes: a key with a quote in it is looked up in a map."""
    quote = _backslashing("'")
    if "'" in key:
        return f"try_variant_get({json}, '$', 'map<string, variant>')[{quote(key)}]", "'$'"
    return json, quote(f"$['{key}']")


# --- decimals -----------------------------------------------------------------------------------------------

_LARGEST, _DIGITS = 10**20 - 1, 30


def _bounded(value: float) -> str:
    """A number as a decimal where decimals end: no larger than the largest that metadata has."""
    written = f"{max(min(Decimal(repr(value)), Decimal(_LARGEST)), Decimal(-_LARGEST)):f}"
    return (
        written if len(written) <= _DIGITS else repr(value)
    )  # with more digits than any of theirs: a double


# --- the dialects -------------------------------------------------------------------------------------------

_CALLS: Mapping[TextOperator, str] = {
    "contains": "contains({value}, {part})",
    "starts with": "startswith({value}, {part})",
    "ends with": "endswith({value}, {part})",
}
# What a number counts as that is larger than any decimal; `{0}` is the number as a double.
_AS_LARGEST = f"cast(sign({{0}}) as decimal(1, 0)) * {_LARGEST}.0"

_DUCKDB_KIND = "case when json_type({{json}}, {{key}}) in ({0}) then {1} end"
_DUCKDB_CAST = "try_cast({{json}} ->> {{key}} as {0})"
_DUCKDB_NUMBERS = "'BIGINT', 'UBIGINT', 'DOUBLE'"
_DUCKDB_DECIMAL = (
    f"coalesce({_DUCKDB_CAST.format('decimal(32, 12)')}, {_AS_LARGEST.format(_DUCKDB_CAST.format('double'))})"
)

_POSTGRES_KIND = "case when jsonb_typeof({{json}} -> {{key}}) = '{0}' then ({{json}} ->> {{key}})::{1} end"
_POSTGRES_NUMBER = _POSTGRES_KIND.format("number", "numeric")

_SNOWFLAKE_DOUBLE = "as_double({json}[{key}])"

_BIGQUERY_KIND = "case when json_type({{json}}[{{key}}]) = '{0}' then {1} end"
_BIGQUERY_CAST = "{0}({{json}}[{{key}}])"
_BIGQUERY_DECIMAL = (
    "coalesce(safe_cast(to_json_string({json}[{key}]) as bignumeric), "
    f"cast(sign(float64({{json}}[{{key}}])) as bignumeric) * bignumeric '{_LARGEST}')"
)

_SPARK_KIND = "case when schema_of_variant(variant_get({{json}}, {{key}})) {0} then {1} end"
_SPARK_CAST = "try_variant_get({{json}}, {{key}}, '{0}')"
_SPARK_NUMBERS = "rlike '^(BIGINT|DECIMAL|DOUBLE)'"
_SPARK_DECIMAL = (
    f"coalesce({_SPARK_CAST.format('decimal(32, 12)')}, {_AS_LARGEST.format(_SPARK_CAST.format('double'))})"
)

_LOCAL_DATE = "cast(to_timestamp({moment}) at time zone {zone} as date) - date '1970-01-01'"

_ALL = (
    Dialect(
        "duckdb",
        identifier=_doubling('"'),
        text=_doubling("'"),
        tests={
            "contains": "contains({value}, {part})",
            "contains word": "regexp_matches({value}, {part})",
            "starts with": "starts_with({value}, {part})",
            "ends with": "ends_with({value}, {part})",
        },
        metadata={
            "text": _DUCKDB_KIND.format("'VARCHAR'", _DUCKDB_CAST.format("varchar")),
            "number": _DUCKDB_KIND.format(_DUCKDB_NUMBERS, _DUCKDB_CAST.format("double")),
            "decimal": _DUCKDB_KIND.format(_DUCKDB_NUMBERS, _DUCKDB_DECIMAL),
            "boolean": _DUCKDB_KIND.format("'BOOLEAN'", _DUCKDB_CAST.format("boolean")),
        },
        place=_json_pointer,
        now="epoch(current_timestamp)",
        decimal=_bounded,
        day_number=_LOCAL_DATE,
    ),
    Dialect(
        "postgres",
        identifier=_doubling('"'),
        text=_doubling("'"),
        tests={
            "contains": "strpos({value}, {part}) > 0",
            "contains word": "{value} ~ {part}",
            "starts with": "starts_with({value}, {part})",
            "ends with": "right({value}, {length}) = {part}",
        },
        metadata={
            "text": _POSTGRES_KIND.format("string", "text"),
            "number": _POSTGRES_NUMBER,
            "decimal": _POSTGRES_NUMBER,  # of any size, and exact
            "boolean": _POSTGRES_KIND.format("boolean", "boolean"),
        },
        place=_by(_doubling("'")),
        now="extract(epoch from current_timestamp)",
        decimal=repr,
        day_number=_LOCAL_DATE,
        letters="[:alnum:]",
    ),
    Dialect(
        "snowflake",
        identifier=_snowflake_name,
        text=_backslashing("'"),
        tests={**_CALLS, "contains word": "regexp_instr({value}, {part}) > 0"},
        metadata={
            "text": "as_varchar({json}[{key}])",
            "number": _SNOWFLAKE_DOUBLE,
            "decimal": f"case when {_SNOWFLAKE_DOUBLE} is not null then coalesce("
            f"try_to_decimal(to_varchar({{json}}[{{key}}]), 32, 12), {_AS_LARGEST.format(_SNOWFLAKE_DOUBLE)}) end",
            "boolean": "as_boolean({json}[{key}])",
        },
        place=_by(_backslashing("'")),
        now="date_part(epoch_second, current_timestamp())",
        decimal=_bounded,
        day_number="datediff('day', to_date('1970-01-01'), "
        "convert_timezone('UTC', {zone}, to_timestamp_ntz({moment})))",
        not_true="not coalesce({0}, false)",
    ),
    Dialect(
        "bigquery",
        identifier=_backslashing("`"),
        text=_backslashing("'"),
        tests={
            "contains": "strpos({value}, {part}) > 0",
            "contains word": "regexp_contains({value}, {part})",
            "starts with": "starts_with({value}, {part})",
            "ends with": "ends_with({value}, {part})",
        },
        metadata={
            "text": _BIGQUERY_KIND.format("string", _BIGQUERY_CAST.format("string")),
            "number": _BIGQUERY_KIND.format("number", _BIGQUERY_CAST.format("float64")),
            "decimal": _BIGQUERY_KIND.format("number", _BIGQUERY_DECIMAL),
            "boolean": _BIGQUERY_KIND.format("boolean", _BIGQUERY_CAST.format("bool")),
        },
        place=_by(_backslashing("'")),
        day_number="unix_date(date(timestamp_seconds(cast({moment} as int64)), {zone}))",
        now="unix_seconds(current_timestamp())",
        decimal=lambda value: f"bignumeric '{_bounded(value)}'",
    ),
    Dialect(
        "spark",
        identifier=_doubling("`"),
        text=_backslashing("'"),
        tests={**_CALLS, "contains word": "{value} rlike {part}"},
        metadata={
            "text": _SPARK_KIND.format("= 'STRING'", _SPARK_CAST.format("string")),
            "number": _SPARK_KIND.format(_SPARK_NUMBERS, _SPARK_CAST.format("double")),
            "decimal": _SPARK_KIND.format(_SPARK_NUMBERS, _SPARK_DECIMAL),
            "boolean": _SPARK_KIND.format("= 'BOOLEAN'", _SPARK_CAST.format("boolean")),
        },
        place=_spark_path,
        now="unix_seconds(current_timestamp())",
        decimal=_bounded,
        # Through seconds: a date of a timestamp would be that of the session's time zone.
        day_number="floor(unix_seconds(from_utc_timestamp(timestamp_seconds({moment}), {zone})) / 86400)",
        dotted_i=True,
    ),
)
DIALECTS: Mapping[str, Dialect] = MappingProxyType({dialect.name: dialect for dialect in _ALL})
