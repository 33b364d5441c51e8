"""The relational model in an engine: what is there -> the tables that compiled SQL reads, a query each.

Nothing is made in the engine, and nothing is copied. A column of another type is refused by name before anything is
asked of it, so that no row can fail later; the types are the engine's.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence

from intercom_iac.compilers.sql import Dialect, column
from intercom_iac.diagnostics import Misuse
from intercom_iac.lazy_dataclass import dataclass
from intercom_iac.model import DataType, Field
from intercom_iac.model.limits import REGISTRAR_EXTERNAL_ID
from intercom_iac.text import did_you_mean


@dataclass(frozen=True, slots=True)
class Types:
    """The types of an engine by what they hold, and an expression for each use of a column `{0}`."""

    text: frozenset[str]
    integers: frozenset[str]
    numbers: frozenset[str]
    inexact: frozenset[str]
    moments: frozenset[str]
    booleans: frozenset[str]
    ids: frozenset[str]
    json: Mapping[str, str]
    as_text: str
    as_number: str
    seconds: str
    empty: Mapping[DataType, str]
    no_json: str
    list_suffix: Callable[[str], str | None]
    listed: str


_EMPTY = {
    DataType.STRING: "text",
    DataType.OPTIONS: "text",
    DataType.INTEGER: "bigint",
    DataType.FLOAT: "double precision",
    DataType.BOOLEAN: "boolean",
    DataType.DATE: "bigint",
}
_SPARK_EMPTY = {**_EMPTY, DataType.STRING: "string", DataType.OPTIONS: "string", DataType.FLOAT: "double"}
_SPARK_NUMBERS = frozenset({"tinyint", "smallint", "int", "bigint"})
_POSTGRES_NUMBERS = frozenset({"smallint", "integer", "bigint"})

TYPES: Mapping[str, Types] = {
    "spark": Types(
        text=frozenset({"string", "varchar", "char"}),
        integers=_SPARK_NUMBERS,
        numbers=_SPARK_NUMBERS | {"float", "double", "decimal"},
        inexact=frozenset({"float", "double"}),
        moments=frozenset({"timestamp", "timestamp_ntz"}),
        booleans=frozenset({"boolean"}),
        ids=_SPARK_NUMBERS | {"string", "varchar", "char"},
        json={
            "variant": "{0}",
            "string": "try_parse_json({0})",
            "struct": "to_variant_object({0})",
            "map": "to_variant_object({0})",
        },
        as_text="cast({0} as string)",
        as_number="nullif(cast({0} as double), double('NaN'))",
        seconds="unix_seconds(cast({0} as timestamp))",
        empty=_SPARK_EMPTY,
        no_json="cast(null as variant)",
        list_suffix=lambda kind: kind[6:-1] if kind.startswith("array<") else None,
        listed="explode({0})",
    ),
    "postgres": Types(
        text=frozenset({"text", "character varying", "character", "citext", "name", "enum"}),
        integers=_POSTGRES_NUMBERS,
        numbers=_POSTGRES_NUMBERS | {"real", "double precision", "numeric"},
        inexact=frozenset({"real", "double precision", "numeric"}),
        moments=frozenset({"timestamp without time zone", "timestamp with time zone"}),
        booleans=frozenset({"boolean"}),
        ids=_POSTGRES_NUMBERS | {"text", "character varying", "character", "citext", "uuid"},
        json={"jsonb": "{0}", "json": "{0}::jsonb"},
        as_text="{0}::text",
        as_number="nullif({0}::double precision, 'NaN')",
        seconds="floor(extract(epoch from {0}))::bigint",
        empty=_EMPTY,
        no_json="null::jsonb",
        list_suffix=lambda kind: kind.removesuffix("[]") if kind.endswith("[]") else None,
        listed="unnest({0})",
    ),
}


@dataclass(frozen=True, slots=True)
class Relation:
    """A table of an engine: its name for people, what a query says after `from`, its columns with their types."""

    name: str
    source: str
    columns: Mapping[str, str]
    dialect: Dialect

    @property
    def _types(self) -> Types:
        return TYPES[self.dialect.name]

    def id(self, name: str = "id") -> str:
        """An id as text."""
        return self._types.as_text.format(self._column(name, self._types.ids, "ids, text or integers"))

    def text(self, name: str) -> str:
        return self._types.as_text.format(self._column(name, self._types.text, "text"))

    def has_text(self, name: str) -> bool:
        return _base(self.columns.get(name, "")) in self._types.text

    def moment(self, name: str) -> str:
        """Unix seconds."""
        types = self._types
        quoted = self._column(name, types.numbers | types.moments, "unix seconds as numbers, or timestamps")
        return self._seconds(name, quoted)

    def json(self, name: str) -> str:
        """JSON in the engine's type of it; null where there is no such column."""
        if name not in self.columns:
            return self._types.no_json
        form = self._types.json.get(_base(self.columns[name]))
        if form is None:
            raise self._misfit(name, f"JSON: {' or '.join(self._types.json)}")
        return form.format(self.dialect.identifier(name))

    def list_of(self, name: str, *, ids: bool = False) -> tuple[str, str] | None:
        """A list of texts or of ids: an element `listed` as text, and what makes a row of each element; None where
        there is no such column."""
        if name not in self.columns:
            return None
        types = self._types
        element = types.list_suffix(self.columns[name])
        if element is None or _base(element) not in (types.ids if ids else types.text):
            raise self._misfit(name, f"lists of {'ids' if ids else 'text'}")
        return types.as_text.format("listed"), types.listed.format(self.dialect.identifier(name))

    def value(self, field: Field) -> str:
        """The value of an attribute."""
        types = self._types
        kinds, words = {
            DataType.STRING: (types.text, "text"),
            DataType.OPTIONS: (types.text, "text"),
            DataType.INTEGER: (types.integers, "integers"),
            DataType.FLOAT: (types.numbers, "numbers"),
            DataType.BOOLEAN: (types.booleans, "booleans"),
            DataType.DATE: (types.integers | types.moments, "unix seconds as integers, or timestamps"),
        }[field.type]
        name = column(field)
        quoted = self._column(name, kinds, words, field)
        if field.type.is_text:
            return types.as_text.format(quoted)
        return self._seconds(name, quoted) if field.type is DataType.DATE else self._number(name, quoted)

    def _seconds(self, name: str, quoted: str) -> str:
        moments = _base(self.columns[name]) in self._types.moments
        return self._types.seconds.format(quoted) if moments else self._number(name, quoted)

    def _number(self, name: str, quoted: str) -> str:
        # NaN is larger than any number to these engines; to a rule it is none.
        inexact = _base(self.columns[name]) in self._types.inexact
        return self._types.as_number.format(quoted) if inexact else quoted

    def _column(self, name: str, kinds: frozenset[str], words: str, field: Field | None = None) -> str:
        if name not in self.columns:
            hint = did_you_mean(name, self.columns) or (f"the rules read `{field.name}`" if field else None)
            raise Misuse(f"`{self.name}` has no column `{name}`", hint=hint)
        if _base(self.columns[name]) not in kinds:
            raise self._misfit(name, words, f", and `{field.name}` is {field.type}" if field else "")
        return self.dialect.identifier(name)

    def _misfit(self, name: str, words: str, also: str = "") -> Misuse:
        message = f"the column `{name}` of `{self.name}` is {self.columns[name]}{also}"
        return Misuse(message, hint=f"it should hold {words}")


def subjects(model: str, relation: Relation | None, fields: Iterable[Field], dialect: Dialect) -> str:
    """The query of `contacts` or `companies` with the columns that the rules read; of none for None."""
    own = [field for field in fields if field.owner == model and column(field) != "id"]
    names = [dialect.identifier(column(field)) for field in own]
    types = TYPES[dialect.name]
    if relation is None:
        columns = [f"cast(null as {types.empty[DataType.STRING]}) as id"]
        kinds = [types.empty[field.type] for field in own]
        columns += [f"cast(null as {kind}) as {name}" for kind, name in zip(kinds, names, strict=True)]
        return f"select {', '.join(columns)} where false"
    columns = [f"{relation.id()} as id"]
    columns += [f"{relation.value(field)} as {name}" for field, name in zip(own, names, strict=True)]
    query = f"select {', '.join(columns)} from {relation.source}"
    if model == "contact" and relation.has_text("external_id"):
        # Nobody's: it stands in no count, and in no segment.
        query += (
            f" where {relation.text('external_id')} is distinct from {dialect.text(REGISTRAR_EXTERNAL_ID)}"
        )
    return query


def events(relation: Relation | None, dialect: Dialect) -> str:
    """The query of `events`."""
    types = TYPES[dialect.name]
    if relation is None:
        text = types.empty[DataType.STRING]
        return (
            f"select cast(null as {text}) as contact_id, cast(null as {text}) as event_name, "
            f"cast(null as bigint) as created_at, {types.no_json} as metadata where false"
        )
    return (
        f"select {relation.id('contact_id')} as contact_id, {relation.text('event_name')} as event_name, "
        f"{relation.moment('created_at')} as created_at, {relation.json('metadata')} as metadata "
        f"from {relation.source}"
    )


def listed_links(
    relation: Relation | None, columns: Sequence[str], name: str, dialect: Dialect, *, ids: bool = False
) -> str:
    """The query of a table of links from a column of lists; of none where there is no such column."""
    owner, item = columns
    found = None if relation is None else relation.list_of(name, ids=ids)
    if relation is None or found is None:
        return _no_links(columns, dialect)
    element, listed = found
    inner = f"select {relation.id()} as {owner}, {listed} as listed from {relation.source}"
    return f"select {owner}, {element} as {item} from ({inner}) l"


def links(relation: Relation | None, columns: Sequence[str], dialect: Dialect) -> str:
    """The query of a table of links that is one in the engine, too."""
    if relation is None:
        return _no_links(columns, dialect)
    owner, item = columns
    linked = relation.id(item) if item.endswith("_id") else relation.text(item)
    return f"select {relation.id(owner)} as {owner}, {linked} as {item} from {relation.source}"


def _no_links(columns: Sequence[str], dialect: Dialect) -> str:
    text = TYPES[dialect.name].empty[DataType.STRING]
    return f"select {', '.join(f'cast(null as {text}) as {name}' for name in columns)} where false"


def _base(kind: str) -> str:
    """A type without its size, values or fields."""
    return kind.partition("(")[0].partition("<")[0]
