"""The JSON Schema of what `drift` prints, by itself: it needs nothing that a report does."""

from __future__ import annotations

import json
from functools import cache
from pathlib import Path
from typing import Any


@cache
def drift_schema() -> dict[str, Any]:
    """The JSON Schema of a report."""
    return json.loads(Path(__file__).with_name("drift.schema.json").read_text("utf-8"))
