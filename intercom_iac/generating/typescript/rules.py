"""The rules that values are held to when the code runs, and where each is declared."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence

from intercom_iac.lazy_pattern import lazy_pattern
from intercom_iac.model import Schema
from intercom_iac.model.attribute import DataType
from intercom_iac.model.payload import PayloadField
from intercom_iac.text import Span

from .identifiers import event_identifier
from .keys import Key, Keys
from .source import KEYS_OF_EVERY_OBJECT, WIDTH, entry, listing, text_literal, value_key
from .types import event_comment

_TYPE_PARTS = {type_: f'type: "{type_.value}"' for type_ in DataType}
_PLACES = "const PLACES: Places = {"
_LINE = lazy_pattern(r":\d+(?=[\"'],$)", re.MULTILINE)


def rule_tables(keys: Keys, *, camel: bool) -> str:
    """The tables of contacts and companies, and the handle of each event."""
    company, companies = keys.companies
    boot = [
        *_rules(keys.contact, "  "),
        *(_rule(key, ['type: "setting"'], "  ") for key in keys.settings),
        f'  {company.key}: {{ type: "company" }},\n',
        f'  {companies.key}: {{ type: "companies" }},\n',
    ]
    tables = [
        f"const BOOT_RULES: Rules = {{\n{''.join(boot)}}};\n",
        f"const COMPANY_RULES: Rules = {{\n{''.join(_rules(keys.company, '  '))}}};\n",
        _wire_names(keys) if camel else _SAME_NAMES,
        *_event_handles(keys),
        "/** The handles of all events. Pass them to `configure` for events that are named by a text. */\n"
        f"export const eventRules: EventRules = {{\n{''.join(_handles_by_name(keys))}}};\n",
    ]
    return "\n".join(tables)


def place_table(schema: Schema, keys: Keys) -> str:
    """Where each attribute, event and metadata key is declared, for messages in development."""
    places: list[tuple[str, Span | None]] = [
        (attribute.address, attribute.span)
        for attribute in sorted(schema.attributes.values(), key=lambda attribute: attribute.address)
        if attribute.status != "archived"
    ]
    for event, metadata in keys.events:
        address = event.address
        places.append((address, event.span))
        places += (
            (f"{address} {key.wire}", key.field.declared.span)
            for key in metadata
            if key.field is not None and key.field.declared is not None
        )
    lines = "".join(
        entry(value_key(subject), text_literal(_place(span)), "  ")
        for subject, span in places
        if span is not None
    )
    return f"{_PLACES}\n{lines}}};\n"


def without_lines(text: str) -> str:
    """Generated code with the files of places, and not their lines: a comment in the specs moves them."""
    code, table, places = text.rpartition(_PLACES)
    return code + table + _LINE.sub("", places)


def _place(span: Span) -> str:
    line, _ = span.file.position(span.start)
    return f"{span.file.path}:{line}"


def _event_handles(keys: Keys) -> Iterator[str]:
    """A constant an event: one that no code names is left out of a bundle."""
    for event, metadata in keys.events:
        name = text_literal(event.name)
        head = f"export const {event_identifier(event.name)}: EventHandle<{name}> ="
        gap, indent = (" ", "") if len(head) + len(" {") <= WIDTH else ("\n  ", "  ")
        rules = "".join(_rules(metadata, f"{indent}    "))
        table = f"{{\n{rules}{indent}  }}" if rules else "{}"
        members = f"{indent}  name: {name},\n{indent}  rules: {table},\n"
        yield f"{event_comment(event, '')}{head}{gap}{{\n{members}{indent}}};\n"


def _handles_by_name(keys: Keys) -> Iterator[str]:
    for event, _ in keys.events:
        identifier, key = event_identifier(event.name), value_key(event.name)
        cast = _cast(event.name, f"EventHandle<{text_literal(event.name)}>")
        yield f"  {identifier},\n" if key == identifier and not cast else entry(key, identifier + cast, "  ")


def _rules(keys: Iterable[Key], indent: str) -> Iterator[str]:
    for key in keys:
        if key.field is not None and key.field.refusal is None:
            yield _rule(key, _field_rule(key.field, indent), indent)


def _rule(key: Key, rule: Sequence[str], indent: str) -> str:
    parts = [*rule, *(() if key.regular else (f"wire: {text_literal(key.wire)}",))]
    return listing(parts, f"{value_key(key.key)}: {{", f"}}{_cast(key.key, 'Rule')},", indent)


def _cast(key: str, type_: str) -> str:
    """What says the type of a member whose key every object has, with another type."""
    return f" as {type_}" if key in KEYS_OF_EVERY_OBJECT else ""


def _field_rule(field: PayloadField, indent: str) -> list[str]:
    parts = [_TYPE_PARTS[field.type]]
    if field.type is DataType.OPTIONS and not field.open_options:
        options = listing([*map(text_literal, field.options)], "options: [", "],", f"{indent}  ")
        parts.append(options.strip().removesuffix(","))
    if field.required:
        parts.append("required: true")
    if field.max_length is None:
        parts.append("long: true")
    if not field.nullable and field.owner != "event":
        parts.append("fixed: true")
    return parts


_SAME_NAMES = """\
/** Keys are the names that Intercom knows. */
function wireName(key: string, _owner: string): string {
  return key;
}
"""


def _wire_names(keys: Keys) -> str:
    """The names of metadata: bundles for production have no rules of events, only what is not regular."""
    odd = "".join(
        listing(
            [
                entry(value_key(key.key), text_literal(key.wire), "    ").strip().removesuffix(",")
                for key in metadata
                if not key.regular
            ],
            f"{value_key(event.address)}: {{",
            "},",
            "  ",
        )
        for event, metadata in keys.events
        if not all(key.regular for key in metadata)
    )
    return f"""\
/** Names of metadata that are not their keys in snake case. */
const ODD_NAMES: Readonly<Record<string, Readonly<Record<string, string>>>> = {{
{odd}}};

/** The name that Intercom knows a key by. */
function wireName(key: string, owner: string): string {{
  const odd = own(own(ODD_NAMES, owner), key);
  return odd ?? key.replace(/[A-Z]/g, (capital) => `_${{capital.toLowerCase()}}`);
}}
"""
