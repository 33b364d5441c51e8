"""Numbers as code writes them: `1_000`, `0xff`, `3L`, `1.5f`."""

from __future__ import annotations

import math

from intercom_iac.text import Span

from ...values import Computed, Constant, Value

# Longer ones are no value of Intercom's, and take long to convert.
_MAX_DIGITS = 400


def number(span: Span, text: str) -> Value:
    """The value of a number that is written out."""
    plain = text.replace("_", "").strip().lower()
    if len(plain) > _MAX_DIGITS:
        return Computed(span, "number")
    if plain.startswith(("0x", "0o", "0b")):
        digits, convert = plain.rstrip("lun"), int
    else:
        digits, convert = plain.rstrip("lfdun"), float
    try:
        if convert is int or digits.isdigit():
            # A leading zero is octal in some languages, and no number of Intercom's in any.
            return Constant(span, int(digits, 0) if digits.startswith("0") and digits != "0" else int(digits))
        value = float(digits)
    except ValueError:
        return Computed(span, "number")
    return Constant(span, value) if math.isfinite(value) else Computed(span, "number")
