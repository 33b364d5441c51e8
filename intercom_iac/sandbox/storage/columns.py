"""The form of values in columns: JSON texts, and the fields in `contacts.fields` and `companies.fields`."""

import json
from typing import Any

CUSTOM_PREFIX = "custom_attributes."
"""What the full name of a custom attribute begins with."""

FLAGS = ("has_hard_bounced", "marked_email_as_spam", "unsubscribed_from_emails")
"""The fields of a contact that are false until they are set."""


def dump_json(value: object) -> str:
    """JSON text for a column."""
    return json.dumps(value, ensure_ascii=False, separators=(",", ":"))


def load_json(text: str) -> Any:
    """The value of a JSON column."""
    return json.loads(text)


def custom_fields(fields: dict[str, Any]) -> dict[str, Any]:
    """Those of the fields that are custom attributes, by the attributes' own names."""
    return {
        name.removeprefix(CUSTOM_PREFIX): value
        for name, value in fields.items()
        if name.startswith(CUSTOM_PREFIX)
    }
