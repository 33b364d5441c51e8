"""Generated TypeScript and the judge of all values find the same ones wrong, but for dates: no numbers there."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

from intercom_iac.model.payload import boot_shape, metadata_fields, value_fault
from intercom_iac.project import find_project
from intercom_iac.specs import load_specs
from support.typescript import run_node, write_typescript
from support.typescript.programs import HERE

TYPES = {
    "a_string": "type: string",
    "an_integer": "type: integer",
    "a_float": "type: float",
    "a_boolean": "type: boolean",
    "an_option": "type: options, options: [free, pro]",
    "any_option": "type: options, options: [free, pro], open_options: true",
}
SPECS = (
    "version: 1\nattributes:\n  contact:\n"
    + "".join(f"    {name}: {{{type_}, messenger_writable: true}}\n" for name, type_ in TYPES.items())
    + "events:\n  all:\n    metadata:\n"
    + "".join(f"      {name}: {{{type_}}}\n" for name, type_ in TYPES.items())
)
LINK = {"url": "https://a.b", "value": "A"}
MONEY = {"amount": 1200, "currency": "usd"}
VALUES: list[Any] = [
    *("", "free", "Free", "5", "true", "2026-03-14", "x" * 255, "x" * 256, "🎈" * 255, "🎈" * 256, "\u0000"),
    *(0, -1, 1, 3.0, 3.5, 1e21, 1773489600, 1773489600000, True, False, None),
    *([], ["free"], {}, {"a": 1}, LINK, MONEY),
    *(
        {**LINK, "more": 1},
        {"url": "https://a.b"},
        {**LINK, "url": "ftp://a.b"},
        {**LINK, "url": "https://a b"},
    ),
    *({**LINK, "value": "x" * 256}, {**LINK, "url": "https://" + "x" * 255}, {**LINK, "value": 1}),
    *(
        {**MONEY, "amount": 1.5},
        {**MONEY, "amount": "1"},
        {**MONEY, "currency": "dollar"},
        {**MONEY, "more": 1},
    ),
    *({**MONEY, "amount": 12.0}, {**MONEY, "currency": None}, {"amount": 1}, {**MONEY, "amount": True}),
]


def test_the_same_values_are_wrong(tmp_path: Path) -> None:
    written = write_typescript(tmp_path, SPECS)
    assert written.complaints() == []
    schema = load_specs(find_project(tmp_path)).or_raise()
    boot, metadata = boot_shape(schema).fields, metadata_fields(schema.events["all"])
    fields = [("contact", boot[name]) for name in TYPES] + [("event", metadata[name]) for name in TYPES]
    given = {"fields": [(owner, field.name) for owner, field in fields], "values": VALUES}
    verdicts = json.loads(
        run_node(HERE / "verdicts.mjs", tmp_path / "out" / "app" / "index.js", json.dumps(given))
    )
    for (owner, field), row in zip(fields, verdicts, strict=True):
        for value, passes in zip(VALUES, row, strict=True):
            assert passes == (value_fault(field, value) is None), (owner, field.name, value)
