"""Names of events as names in TypeScript."""

from __future__ import annotations

import re
from functools import cache

from intercom_iac.lazy_pattern import lazy_pattern

from ..names import plain_identifier
from .runtime_text import RUNTIME_PARTS, runtime_text

# Words of the language, and names that the code uses and does not declare.
_WORDS = frozenset(
    [
        "arguments",
        "await",
        "break",
        "case",
        "catch",
        "class",
        "const",
        "continue",
        "debugger",
        "default",
        "delete",
        "do",
        "else",
        "enum",
        "eval",
        "export",
        "exports",
        "extends",
        "false",
        "finally",
        "for",
        "function",
        "if",
        "implements",
        "import",
        "in",
        "instanceof",
        "interface",
        "let",
        "module",
        "new",
        "null",
        "package",
        "private",
        "protected",
        "public",
        "require",
        "return",
        "static",
        "super",
        "switch",
        "this",
        "throw",
        "true",
        "try",
        "typeof",
        "undefined",
        "var",
        "void",
        "while",
        "with",
        "yield",
        "Array",
        "Date",
        "Error",
        "Infinity",
        "Intercom",
        "Iterable",
        "JSON",
        "Map",
        "Math",
        "NaN",
        "Number",
        "Object",
        "Promise",
        "Readonly",
        "ReadonlyMap",
        "Record",
        "ReturnType",
        "Set",
        "String",
        "Symbol",
        "clearTimeout",
        "console",
        "document",
        "encodeURIComponent",
        "globalThis",
        "process",
        "sdkBoot",
        "sdkShutdown",
        "sdkTrackEvent",
        "sdkUpdate",
        "setTimeout",
        "window",
    ]
)
_DECLARED = lazy_pattern(
    r"^(?:export )?(?:declare )?(?:const|let|function|class|interface|type) (\w+)", re.MULTILINE
)
# What the code declares of the specs.
_TABLES = frozenset(
    [
        "BOOT_RULES",
        "BootSettings",
        "COMPANY_RULES",
        "CompanyAttributes",
        "ContactAttributes",
        "EventName",
        "Events",
        "MessengerSettings",
        "NoMetadata",
        "ODD_NAMES",
        "PLACES",
        "UpdateData",
        "eventRules",
        "wireName",
    ]
)


def event_identifier(name: str) -> str:
    """The name of an event's handle; one of the language or of the module gets a `_` behind it: `update_`."""
    identifier = plain_identifier(name)
    return f"{identifier}_" if identifier in _WORDS or identifier in _module_names() else identifier


@cache
def _module_names() -> frozenset[str]:
    return _TABLES.union(*(_DECLARED.findall(runtime_text(part)) for part in RUNTIME_PARTS))
