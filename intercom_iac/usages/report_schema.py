"""The JSON Schema of what `usages` prints."""

from __future__ import annotations

import json
from functools import cache
from importlib.resources import files
from typing import Any


@cache
def usages_schema() -> dict[str, Any]:
    """The JSON Schema of a report."""
    return json.loads(files("intercom_iac.usages").joinpath("usages.schema.json").read_text("utf-8"))
