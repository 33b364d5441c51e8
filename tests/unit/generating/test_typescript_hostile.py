"""Specs whose names are no names of TypeScript: the code compiles, and sends each under the very name it has."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
import yaml

from intercom_iac.generating.names import camel_case
from intercom_iac.generating.typescript.identifiers import event_identifier
from support.generators.hostile_specs import hostile_schema, spec_text
from support.typescript import run_node, write_typescript

ATTRIBUTES = (
    "The One Ring",
    "__proto__",
    "constructor",
    "toString",
    "hasOwnProperty",
    "class",
    "default",
    "await",
    "1st",
    "42",
    "a-b",
    "a,c",
    "Größe",
    "日本語",
    "emoji_é",
    "€ spent",
    "_",
    "--",
    "undefined",
    "APIKey",
    "utm_2_x",
    "X",
    "__typename",
)
EVENTS = (
    "Order Completed",
    'say "hi"',
    "it's `quoted` $here",
    "back\\slash",
    "*/ alert(1) /*",
    "</script>",
    "constructor",
    "toString",
    "__proto__",
    "a.b$c",
    "日本語 🎉",
    "//",
    "@deprecated",
)
KEYS = ("constructor", "__proto__", "a/b", "x y", "$price", "ключ", "import", "new", "1", "toString")
OPTIONS = ('"', "\\", "${x}", "`", "*/", "</script>", "🎉", "a|b")
DESCRIPTIONS = ("*/ alert(1) /*", "@deprecated not at all", "two\nlines", "a \\ b", "${x} `y`", "<b>")
SEND = """\
import * as handles from "./app/index.js";
import {{ configure, trackEvent, update }} from "./app/index.js";

export function send(): void {{
  configure({{ production: false }});
{statements}
}}
"""
RUN = """\
import { pathToFileURL } from "node:url";

const calls = [];
globalThis.window = { Intercom: (...call) => calls.push(call) };
const { send } = await import(pathToFileURL(process.argv[2]));
send();
process.stdout.write(JSON.stringify(calls));
"""


def specs() -> str:
    described = {"description": DESCRIPTIONS[0], "messenger_writable": True}
    attributes = {
        name: {"type": "string", **described, "description": DESCRIPTIONS[number % len(DESCRIPTIONS)]}
        for number, name in enumerate(ATTRIBUTES)
    }
    attributes["choice"] = {"type": "options", "options": [*OPTIONS], **described}
    company = {"The Company": {"type": "string", **described}}
    metadata = {key: {"type": "string", "required": number % 2 == 0} for number, key in enumerate(KEYS)}
    events = {name: {"description": DESCRIPTIONS[0], "owner": "*/", "metadata": metadata} for name in EVENTS}
    data = {"version": 1, "attributes": {"contact": attributes, "company": company}, "events": events}
    return yaml.safe_dump(data, allow_unicode=True).replace("${", "$${")


@pytest.mark.parametrize("camel", [False, True])
@pytest.mark.parametrize("production", [False, True])
def test_hostile_names_compile_and_arrive_as_they_are(tmp_path: Path, camel: bool, production: bool) -> None:
    def entries(names: tuple[str, ...]) -> str:
        return ", ".join(
            f"[{json.dumps(camel_case(name) if camel else name)}]: {json.dumps(name)}" for name in names
        )

    statements = [
        f"  update({{ {entries(ATTRIBUTES)}, choice: {json.dumps(option)} }});" for option in OPTIONS
    ]
    statements += [f"  trackEvent({json.dumps(event)}, {{ {entries(KEYS)} }});" for event in EVENTS]
    statements += [
        f"  trackEvent(handles.{event_identifier(event)}, {{ {entries(KEYS)} }});" for event in EVENTS
    ]
    text = SEND.format(statements="\n".join(statements))
    written = write_typescript(tmp_path, specs(), {"send.ts": text, "run.mjs": RUN}, camel=camel)
    assert written.complaints() == []
    if production:
        compiled = tmp_path / "out" / "app" / "index.js"
        compiled.write_text(compiled.read_text().replace("process.env.NODE_ENV", '"production"'))
    update, *events = json.loads(run_node(tmp_path / "run.mjs", tmp_path / "out" / "send.js"))
    assert update == ["update", {**{name: name for name in ATTRIBUTES}, "choice": OPTIONS[-1]}]
    assert events == [["trackEvent", event, {key: key for key in KEYS}] for event in EVENTS] * 2


@pytest.mark.parametrize("options", [{}, {"camel": True, "react": True}, {"messenger_sdk": True}])
def test_every_hostile_name_compiles(tmp_path: Path, options: dict[str, bool]) -> None:
    written = write_typescript(tmp_path, spec_text(hostile_schema()), **options)
    assert written.complaints() == []
