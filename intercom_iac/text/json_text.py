"""Plain data as JSON text."""

from __future__ import annotations

import json
from typing import Any

from .printable import is_visible
from .unseen import unseen


def json_text(data: Any) -> str:
    """Plain data as JSON, readable in any script; what could not be seen or printed is escaped."""
    text = json.dumps(data, indent=2, ensure_ascii=False)
    hidden = set(unseen(text))
    if not hidden and text.replace("\n", "").isprintable():
        return text
    return "".join(
        character
        if character == "\n" or (is_visible(character) and at not in hidden)
        else json.dumps(character)[1:-1]
        for at, character in enumerate(text)
    )
