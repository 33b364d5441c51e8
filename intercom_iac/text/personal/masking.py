"""Values of people as a report may show them: enough to recognize the kind, never the whole.

What is short is hidden altogether; the number of dots is no number of characters.
"""

from __future__ import annotations

import re

from intercom_iac.text.printable import printable

DOTS = "•••"
_LONGEST_LABEL = 24
_LEAST_SHOWN = 6
"""A text of fewer characters would be given away by its first one."""


def mask_email(address: str) -> str:
    """`j•••@•••.com`: the first letter and the last label."""
    name, _, host = address.rpartition("@")
    _, dot, last = host.rpartition(".")
    label = f".{last}" if dot and last.isalnum() and len(last) <= _LONGEST_LABEL else ""
    return f"{_first(name, 2)}{DOTS}@{DOTS}{label}"


def mask_phone(number: str) -> str:
    """`+•••42`: whether it is written with a country code, and the last two digits."""
    digits = [character for character in number if character.isdigit()]
    return f"{'+' if number.lstrip().startswith('+') else ''}{DOTS}{''.join(digits[-2:])}"


def mask_card(number: str) -> str:
    """`•••4242`: the last four digits, as receipts have them."""
    return f"{DOTS}{''.join(character for character in number if character.isdigit())[-4:]}"


def mask_text(text: str) -> str:
    """`J•••`: the first character of what is long enough, and nothing of what is not."""
    return f"{_first(text, _LEAST_SHOWN)}{DOTS}"


def shape_of(text: str, longest: int = 24) -> str:
    """`9999-99-99`, `aaa 99`: each digit as 9, each letter as a, so that the form shows and the value does not."""
    shape = re.sub(r"[^\W\d_]", "a", re.sub(r"\d", "9", text[: longest + 1]))
    shape = printable(shape)
    return shape if len(shape) <= longest else f"{shape[: longest - 1]}…"


def _first(text: str, least: int) -> str:
    return printable(text[0]) if len(text) >= least else ""
