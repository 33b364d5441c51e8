"""What relations look like as JSON."""

from __future__ import annotations

import json
from functools import cache
from importlib.resources import files
from typing import Any


@cache
def relate_schema() -> dict[str, Any]:
    """The JSON Schema of how one rule stands to everybody, two to each other, and segments to each other."""
    text = files("intercom_iac.prover").joinpath("relations", "relate.schema.json").read_text("utf-8")
    return json.loads(text)
