"""A value that people have, as a report may show it."""

from __future__ import annotations

from intercom_iac.text import printable

from .masking import mask_text
from .personal_forms import find_personal

_LONGEST = 40


def shown_value(value: str, times: int) -> str:
    """A value that several people share; one that a single person has, or that looks personal, is masked."""
    if times < 2 or find_personal(value) or len(value) > _LONGEST:
        return mask_text(value)
    return printable(value)
