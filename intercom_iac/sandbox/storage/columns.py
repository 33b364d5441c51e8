"""How values stand in columns: JSON texts, and the names of fields in `contacts.fields` and `companies.fields`."""

import json
from typing import Any


def dump_json(value: object) -> str:
    """JSON text for a column."""
    return json.dumps(value, ensure_ascii=False, separators=(",", ":"))


def load_json(text: str) -> Any:
    """The value of a JSON column."""
    return json.loads(text)


CUSTOM_PREFIX = "custom_attributes."
"""What the full name of a custom attribute begins with."""

FLAGS = ("has_hard_bounced", "marked_email_as_spam", "unsubscribed_from_emails")
