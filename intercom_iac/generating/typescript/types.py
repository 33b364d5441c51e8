"""The types of what is sent: an interface for each kind of record, every event with its metadata."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from types import MappingProxyType

from intercom_iac.model import Event
from intercom_iac.model.attribute import Attribute, DataType
from intercom_iac.model.payload import PayloadField

from .keys import Key, Keys
from .source import KEYS_OF_EVERY_OBJECT, comment, prose, text_literal, type_key, union

# The Messenger's settings and their types (developers.intercom.com, "Messenger attributes and objects").
SETTINGS: Mapping[str, str] = MappingProxyType(
    {
        "app_id": "string",
        "api_base": "string",
        "auth_tokens": "Readonly<Record<string, string>>",
        "avatar": '{ readonly type: "avatar"; readonly image_url: string }',
        "custom_launcher_selector": "string",
        "alignment": '"left" | "right"',
        "vertical_padding": "number",
        "horizontal_padding": "number",
        "z_index": "number",
        "hide_default_launcher": "boolean",
        "hide_notifications": "boolean",
        "session_duration": "number",
        "action_color": "string",
        "link_color": "string",
        "background_color": "string",
        "theme_mode": '"light" | "dark" | "system"',
    }
)
# What `@intercom/messenger-js-sdk` takes in addition; it sets `api_base` by it.
SDK_SETTINGS: Mapping[str, str] = MappingProxyType({"region": '"us" | "eu" | "ap"'})

_TYPES: Mapping[DataType, str] = {
    DataType.STRING: "string",
    DataType.INTEGER: "number",
    DataType.FLOAT: "number",
    DataType.BOOLEAN: "boolean",
    DataType.DATE: "Date",
}
_REASONS = {
    "not messenger_writable": "`{}` is not messenger_writable: send it from the server",
    "returned only": "`{}` is set by Intercom: it cannot be sent",
}


def type_declarations(keys: Keys, settings: Mapping[str, str]) -> str:
    """All of the types, after those that every generated file has. `settings` are the types of the Messenger's."""
    company, companies = keys.companies
    return "\n".join(
        (
            _interface("ContactAttributes", "What the browser sends of a person.", keys.contact),
            _interface("CompanyAttributes", "What the browser sends of a company.", keys.company),
            comment(("How the Messenger looks and behaves.",))
            + "export interface MessengerSettings {\n"
            + "".join(f"  {type_key(key.key)}?: {settings[key.wire]};\n" for key in keys.settings)
            + "}\n",
            comment(("What `boot` takes: settings of the Messenger, and data of the person.",))
            + "export interface BootSettings extends ContactAttributes, MessengerSettings {\n"
            + f"  {company.key}?: CompanyAttributes;\n"
            + f"  {companies.key}?: readonly CompanyAttributes[];\n"
            + "}\n",
            comment(("What `update` takes.",)) + "export type UpdateData = BootSettings;\n",
            "/** The metadata of an event that has none. */\n"
            "export type NoMetadata = Readonly<Record<string, never>>;\n",
            comment(("The events, by name, and the metadata of each.",))
            + ("export interface Events {\n" + "".join(_event(*event) for event in keys.events) + "}\n"),
            union(
                [text_literal(event.name) for event, _ in keys.events] or ["never"],
                "export type EventName = ",
                ";",
                "",
            ),
        )
    )


def _interface(name: str, about: str, keys: Sequence[Key]) -> str:
    members = "".join(_member(key, "  ") for key in keys)
    return f"{comment((about,))}export interface {name} {{\n{members}}}\n"


def _event(event: Event, keys: Sequence[Key]) -> str:
    head = event_comment(event, "  ")
    name = type_key(event.name)
    if not keys:
        return f"{head}  {name}: NoMetadata;\n"
    members = "".join(_member(key, "    ") for key in keys)
    return f"{head}  {name}: {{\n{members}  }};\n"


def event_comment(event: Event, indent: str) -> str:
    """What documents an event, wherever it stands in the code."""
    deprecated = event.status == "deprecated"
    return comment(_about(event.description, event.owner, event.source_name, deprecated=deprecated), indent)


def _member(key: Key, indent: str) -> str:
    field = key.field
    assert field is not None, "a setting is declared by its own type"
    optional = "" if field.required else "?"
    start = f"{type_key(key.key)}{optional}: "
    about = comment(_field_about(field), indent)
    members = _members(field)
    if key.key in KEYS_OF_EVERY_OBJECT:
        members.append(f"Object[{text_literal(key.key)}]")
    return about + union(members, start, ";", indent)


def _members(field: PayloadField) -> list[str]:
    """The types of which a value may be."""
    if field.refusal is not None:
        return [f"Refused<{text_literal(_REASONS[field.refusal].format(field.name))}>"]
    if field.type is DataType.OPTIONS:
        members = [text_literal(option) for option in field.options]
        members += ["(string & {})"] if field.open_options else []
    else:
        members = [_TYPES[field.type]]
    if field.owner == "event" and field.type is DataType.STRING:
        members.append("RichLink")
    if field.owner == "event" and field.type.is_number:
        members.append("Money")
    return [*members, "null"] if field.nullable else members


def _field_about(field: PayloadField) -> Iterable[str]:
    declared = field.declared
    if declared is None:
        return _notes(field)
    owner = declared.owner if isinstance(declared, Attribute) else None
    deprecated = field.status == "deprecated"
    notes = _notes(field)
    return _about(declared.description, owner, declared.source_name, notes, deprecated=deprecated)


def _notes(field: PayloadField) -> list[str]:
    if field.type is DataType.INTEGER and field.refusal is None:
        return ["A whole number."]
    return []


def _about(
    description: str | None,
    owner: str | None,
    source_name: str | None,
    notes: Iterable[str] = (),
    *,
    deprecated: bool,
) -> list[str]:
    """The lines that document an entry; the last one is its tag where it is deprecated."""
    lines = [prose(description)] if description and description.strip() else []
    if owner:
        lines.append(prose(f"Owner: {owner}."))
    if source_name:
        lines.append(prose(f"In the tracking plan: {source_name}."))
    lines += notes
    if deprecated:
        lines.append("@deprecated It is deprecated in the specs.")
    return lines
