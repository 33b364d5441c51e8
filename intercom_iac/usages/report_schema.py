"""The JSON Schema of what `usages` prints."""

from __future__ import annotations

import json
from functools import cache
from pathlib import Path
from typing import Any


@cache
def usages_schema() -> dict[str, Any]:
    """The JSON Schema of a report."""
    return json.loads(Path(__file__).with_name("usages.schema.json").read_text("utf-8"))
