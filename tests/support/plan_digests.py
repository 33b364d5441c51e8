"""Plan files that were edited by somebody who knows the format: with a digest of what they say now."""

from __future__ import annotations

import hashlib
import json
from typing import Any


def with_digest(plan: dict[str, Any]) -> dict[str, Any]:
    """The plan with the digest that the format's description asks for."""
    content = {key: value for key, value in plan.items() if key != "digest"}
    text = json.dumps(content, sort_keys=True, separators=(",", ":"))
    return content | {"digest": f"sha256:{hashlib.sha256(text.encode()).hexdigest()}"}
