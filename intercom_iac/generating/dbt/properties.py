"""`schema.yml`: the tables that models read and their tests, the models, and what in Intercom rests on them."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import Any

import yaml

from intercom_iac.compilers.sql import Dialect, column
from intercom_iac.lazy_pattern import lazy_pattern
from intercom_iac.model import Attribute, DataType, Event, Field, ModelName, Schema, Segment, event_key
from intercom_iac.model.predicate import fields_of

from ..header import header_lines
from ..names import plain_identifier
from .jinja import jinja_dialect, literal
from .models import SOURCE

Json = dict[str, Any]


class _Dumper(yaml.SafeDumper):
    def ignore_aliases(self, data: object) -> bool:
        """What is said twice is written twice: nobody reads anchors."""
        return True


# Values that neither Jinja nor YAML nor a quote within SQL reads as anything else.
_PLAIN = lazy_pattern(r"[A-Za-z_][\w .:/@+-]*")
_NO_PLAIN = frozenset({"none", "true", "false"})
_LINKS = {
    "contact_companies": {"contact_id": "contacts", "company_id": "companies"},
    "events": {"contact_id": "contacts"},
    "contact_tags": {"contact_id": "contacts"},
    "company_tags": {"company_id": "companies"},
}
_TABLES = {
    "contacts": "People, a row each. Dates are Unix seconds.",
    "companies": "Companies, a row each. Dates are Unix seconds.",
    "contact_companies": "Which people belong to which companies.",
    "events": "What people did: `created_at` is in Unix seconds, `metadata` is JSON.",
    "contact_tags": "Tags of people, by name.",
    "company_tags": "Tags of companies, by name.",
}
_OWNERS: Mapping[str, ModelName] = {"contacts": "contact", "companies": "company"}


def properties_text(
    schema: Schema, segments: Sequence[Segment], names: Mapping[str, str], dialect: Dialect
) -> str:
    """The file. `names` has the models of the segments, by key."""
    content = {
        "version": 2,
        "sources": [_source(schema, segments, dialect)],
        "models": [_model(segment, names[segment.key]) for segment in segments],
        "exposures": [_exposure(segment, names[segment.key]) for segment in segments],
    }
    text = yaml.dump(content, Dumper=_Dumper, sort_keys=False, allow_unicode=True, width=110)
    return "".join(f"# {line}\n" for line in header_lines("dbt")) + text


# --- the tables ---------------------------------------------------------------------------------------------


def _source(schema: Schema, segments: Sequence[Segment], dialect: Dialect) -> Json:
    return {
        "name": SOURCE,
        "description": "What Intercom knows, in the tables that the rules of segments read.",
        "schema": f"{{{{ var('{SOURCE}_schema', '{SOURCE}') }}}}",
        "tables": [
            {
                "name": table,
                "description": description,
                "columns": [*_columns(table, schema, segments, dialect)],
                **_of_events(table, schema, dialect),
            }
            for table, description in _TABLES.items()
        ],
    }


def _columns(table: str, schema: Schema, segments: Sequence[Segment], dialect: Dialect) -> Iterator[Json]:
    if table in _OWNERS:
        yield {"name": "id", "description": "Intercom's id.", "data_tests": ["unique", "not_null"]}
        declared = [
            attribute
            for attribute in schema.attributes.values()
            if attribute.model == _OWNERS[table]
            and attribute.status != "archived"
            # What a segment is published as is made of its members, and no column that they are made of.
            and attribute.segment is None
        ]
        yield from (_attribute_column(attribute, dialect) for attribute in declared)
        names = {attribute.name for attribute in declared}
        yield from (_standard_column(field, dialect) for field in _read_beside(table, segments, names))
        return
    for name, target in _LINKS[table].items():
        link = {"to": f"source('{SOURCE}', '{target}')", "field": "id"}
        yield {"name": name, "data_tests": ["not_null", {"relationships": {"arguments": link}}]}
    if table == "events":
        yield {"name": "event_name", "data_tests": ["not_null"]}
        yield {"name": "created_at", "data_tests": ["not_null"]}
        yield {"name": "metadata"}
    elif table != "contact_companies":
        yield {"name": "tag", "data_tests": ["not_null"]}


def _read_beside(table: str, segments: Iterable[Segment], declared: set[str]) -> list[Field]:
    """Attributes that rules read and the specs do not declare: Intercom's own, and those of other segments."""
    found = {
        column(field): field
        for segment in segments
        for field in fields_of(segment.typed_rule)
        if field.owner == _OWNERS[table] and field.name not in declared and field.name != "id"
    }
    return [*found.values()]


def _attribute_column(attribute: Attribute, dialect: Dialect) -> Json:
    entry: Json = {"name": attribute.name, **_quoting(attribute.name, dialect)}
    if attribute.description:
        entry["description"] = literal(attribute.description)
    if attribute.type is DataType.OPTIONS and not attribute.open_options:
        entry["data_tests"] = [{"accepted_values": {"arguments": _accepted(attribute.options, dialect)}}]
    return entry


def _standard_column(field: Field, dialect: Dialect) -> Json:
    return {"name": column(field), **_quoting(column(field), dialect)}


def _quoting(name: str, dialect: Dialect) -> Json:
    """Whether tests have to quote the column. Snowflake has it in upper case, unless its name needs quotes."""
    return {"quote": True} if dialect.identifier(name).strip('"`') == name else {}


def _accepted(options: Sequence[str], dialect: Dialect) -> Json:
    if all(_PLAIN.fullmatch(option) and option.lower() not in _NO_PLAIN for option in options):
        return {"values": [*options]}
    # dbt puts other values between quotes as they are, and `it's` would end there.
    return {"values": [jinja_dialect(dialect).text(option) for option in options], "quote": False}


# --- metadata -----------------------------------------------------------------------------------------------


def _of_events(table: str, schema: Schema, dialect: Dialect) -> Json:
    if table != "events":
        return {}
    tests: list[Json] = []
    for number, event in enumerate(schema.events.values(), 1):
        if event.status != "archived":
            tests += _metadata_tests(event, number, jinja_dialect(dialect))
    return {"data_tests": tests} if tests else {}


def _metadata_tests(event: Event, number: int, dialect: Dialect) -> Iterator[Json]:
    """What holds for the metadata of an event; a value of another type is none.

    Numbers keep the names of tests apart, and short enough for a database.
    """
    name = "replace(replace(lower(event_name), '.', '-'), '$', '-')"
    config = {"where": f"{name} = {dialect.text(event_key(event.name))}"}
    for key_number, key in enumerate(event.metadata, 1):
        value = dialect.metadata_value("metadata", key.name, key.type)
        what = f"{plain_identifier(event.name)[:20]}_{plain_identifier(key.name)[:15]}_{number}_{key_number}"
        if key.required:
            yield {
                "not_null": {
                    "name": f"not_null_{what}",
                    "arguments": {"column_name": value},
                    "config": config,
                }
            }
        if key.type is DataType.OPTIONS and not key.open_options:
            accepted = {"column_name": value, **_accepted(key.options, dialect)}
            yield {
                "accepted_values": {
                    "name": f"accepted_values_{what}",
                    "arguments": accepted,
                    "config": config,
                }
            }


# --- the segments -------------------------------------------------------------------------------------------


def _model(segment: Segment, name: str) -> Json:
    link = {"to": f"source('{SOURCE}', 'contacts')", "field": "id"}
    return {
        "name": name,
        "description": literal(_purpose(segment)),
        "config": {"tags": ["intercom_segment"], "meta": {"address": literal(segment.address)}},
        "columns": [
            {
                "name": "id",
                "description": "Intercom's id of the person.",
                "data_tests": ["unique", "not_null", {"relationships": {"arguments": link}}],
            }
        ],
    }


def _exposure(segment: Segment, name: str) -> Json:
    what = [f"{publication} `{segment.name}`" for publication in segment.publish]
    where = " and ".join(what) if what else f"segment `{segment.name}`"
    return {
        "name": f"intercom_{name}",
        "label": literal(segment.name),
        "type": "application",
        "description": literal(f"In Intercom: {where}. {_purpose(segment)}"),
        "owner": {"name": literal(segment.owner or "not declared")},
        "depends_on": [f"ref('{name}')"],
        "config": {"meta": {"address": literal(segment.address)}},
    }


def _purpose(segment: Segment) -> str:
    rule = " ".join(segment.rule.split())
    return f"{segment.description}\n\nRule: {rule}" if segment.description else f"Rule: {rule}"
