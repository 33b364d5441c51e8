"""Values and keys of people in a report: what tells nothing of a person is shown, the rest is masked."""

from __future__ import annotations

from typing import Any

from intercom_iac.model import DataType
from intercom_iac.text import brief_text
from intercom_iac.text.personal import (
    mask_email,
    mask_if_doubtful,
    mask_if_personal,
    mask_phone,
    mask_text,
    names_phone,
)

_SHOWN = frozenset({DataType.OPTIONS, DataType.BOOLEAN, DataType.INTEGER, DataType.FLOAT, DataType.DATE})


def shown_key(key_name: str, key: str, *, show_values: bool) -> str:
    """The key that a team knows a record by; an e-mail address is masked, and so is what looks like one."""
    if show_values:
        return brief_text(key)
    if key_name == "email":
        return mask_email(key)
    return mask_if_doubtful(key) or brief_text(key)


def shown_value(name: str, kind: DataType | None, value: Any, *, show_values: bool) -> Any:
    """A value as a report has it: an option, a number, a day and a boolean as they are, a text masked."""
    if value is None or isinstance(value, bool) or show_values:
        return value
    text = str(value)
    if names_phone(name):
        return mask_phone(text)
    if isinstance(value, (int, float)) or kind in _SHOWN:
        return mask_if_personal(text) or value
    return mask_if_doubtful(text) or mask_text(text)
