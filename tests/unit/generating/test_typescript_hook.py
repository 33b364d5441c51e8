"""The React hook of generated code boots for a person, sends what changes, and ends with the component."""

from __future__ import annotations

import json
from pathlib import Path

from support.typescript import bundle, run_node, write_typescript
from support.typescript.programs import HERE

SPECS = "version: 1\nattributes: {contact: {seats: {type: integer, messenger_writable: true}}}\n"
ENTRY = """\
import * as react from "react";
export { react };
export { configure } from "./app/index.js";
export { useIntercom } from "./app/react.js";
"""


def test_the_hook_follows_the_person(tmp_path: Path) -> None:
    written = write_typescript(tmp_path, SPECS, {"entry.ts": ENTRY}, react=True)
    text = bundle(written.folder / "entry.ts", f"--alias:react={HERE / 'react.mjs'}")
    (tmp_path / "entry.mjs").write_text(text)
    ada, bob = {"app_id": "x", "user_id": "ada"}, {"app_id": "x", "user_id": "bob", "seats": 1}
    assert json.loads(run_node(HERE / "hook.mjs", tmp_path / "entry.mjs")) == {
        "nobody": [],
        "a person": [["boot", ada]],
        "the same again": [],
        "another value": [["update", {**ada, "seats": 2}]],
        "another person": [["shutdown"], ["boot", bob]],
        "nobody again": [["shutdown"]],
        "back": [["boot", ada]],
        "gone": [["shutdown"]],
    }
