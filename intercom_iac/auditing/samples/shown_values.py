"""A value that people have, as a report may show it."""

from __future__ import annotations

from intercom_iac.lazy_pattern import lazy_pattern
from intercom_iac.text import printable
from intercom_iac.text.personal import find_personal, mask_text

_LONGEST = 40
# As keys and tokens are: one long word of letters and digits.
_TOKEN = lazy_pattern(r"(?=\S*[0-9])(?=\S*[A-Za-z])\S{16,}")


def shown_value(value: str, times: int) -> str:
    """A value that several people share; one that a single person has, or that looks personal, is masked."""
    if times < 2 or find_personal(value) or _TOKEN.search(value) or len(value) > _LONGEST:
        return mask_text(value)
    return printable(value)
