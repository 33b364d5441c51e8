"""The React hook of generated code boots for a person, sends what changes, and ends with the component."""

from __future__ import annotations

import json
from pathlib import Path

from support.node import installed
from support.typescript import run_node, write_typescript
from support.typescript.programs import HERE

SPECS = "version: 1\nattributes: {contact: {seats: {type: integer, messenger_writable: true}}}\n"
ADA = {"app_id": "x", "user_id": "ada"}
KNOWN = {**ADA, "seats": 2, "email": "ada@example.com"}
BOB = {"app_id": "x", "user_id": "bob", "seats": 1}
STEPS = {
    "nobody": [],
    "a visitor": [["boot", {"app_id": "x"}]],
    "who becomes known": [["update", ADA]],
    "the same again": [],
    "another value": [["update", {**ADA, "seats": 2}]],
    "another address": [["update", KNOWN]],
    "another person": [["shutdown"], ["boot", BOB]],
    "nobody again": [["shutdown"]],
    "back": [["boot", ADA]],
    "gone": [["shutdown"]],
}


def test_the_hook_follows_the_person_in_react(tmp_path: Path) -> None:
    installed(HERE, "react-dom", "typescript")
    written = write_typescript(tmp_path, SPECS, react=True)
    assert written.complaints() == []
    compiled = tmp_path / "out" / "app"
    seen = json.loads(run_node(HERE / "hook.mjs", compiled / "react.js", compiled / "index.js"))
    assert seen.pop("errors") == []
    assert seen.pop("server") == {"rendered": []}
    assert seen.pop("plain") == STEPS
    mounted = {"who becomes known": [["boot", ADA], ["shutdown"], ["boot", ADA]]}
    assert seen.pop("strict") == mounted | {step: STEPS[step] for step in [*STEPS][3:]}
