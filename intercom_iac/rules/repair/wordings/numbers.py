"""Numbers as people write them: `1,000`, `1_000`, `10k`, `50%`, `$50`, `.5`."""

from __future__ import annotations

import re
from decimal import Decimal

from .rewording import Found, Readings, Wording

_CURRENCY = r"(?:[$€£¥]|usd|eur|gbp)"
_FACTORS = {
    "k": 1_000,
    "m": 1_000_000,
    "mm": 1_000_000,
    "mio": 1_000_000,
    "bn": 1_000_000_000,
    "b": 1_000_000_000,
}
_LONGEST = 15


def _join_digits(found: Found) -> Readings:
    return (re.sub(r"[,_' .]", "", found[0]),)


def _write_out_factor(found: Found) -> Readings:
    number = found["n"]
    if len(number) > _LONGEST:
        return ()
    return (_plain(Decimal(number) * _FACTORS[found["factor"].casefold()]),)


def _write_out_exponent(found: Found) -> Readings:
    if len(found["n"]) > _LONGEST:
        return ()
    return (_plain(Decimal(f"{found['n']}e{found['power']}")),)


def _plain(number: Decimal) -> str:
    text = format(number, "f")
    return text.rstrip("0").rstrip(".") if "." in text else text


_SPELLED = {
    **{
        word: number
        for number, word in enumerate(("zero", "one", "two", "three", "four", "five", "six", "seven"))
    },
    **dict(
        zip(
            ("eight", "nine", "ten", "twenty", "thirty", "forty", "fifty"),
            (8, 9, 10, 20, 30, 40, 50),
            strict=True,
        )
    ),
    **dict(
        zip(
            ("sixty", "seventy", "eighty", "ninety", "hundred", "thousand"),
            (60, 70, 80, 90, 100, 1000),
            strict=True,
        )
    ),
}

NUMBERS = (
    Wording(
        " ".join(_SPELLED),
        rf"(?:(?P<op>[<>=]|\b(?:than|least|most|exactly|is|not|over|under|above|below))\s*)(?:an?\s+)?(?P<word>{'|'.join(_SPELLED)})$",
        lambda found: (f"{found['op']} {_SPELLED[found['word'].casefold()]}",),
    ),
    Wording("positive", r"\bis\s+positive$", ("> 0",)),
    Wording("negative", r"\bis\s+negative$", ("< 0",)),
    Wording(
        "$ € £ ¥ usd eur gbp",
        rf"{_CURRENCY}\s*(?=\.?\d)|(?<=\d)\s*{_CURRENCY}(?!\w)",
        ("",),
        note="a number has no currency",
    ),
    Wording("%", r"(?<=\d)\s*%", ("",), note="a number has no sign for percent"),
    Wording("percent", r"(?<=\d)\s*percent\b", ("",), note="a number has no sign for percent"),
    Wording(
        ", _ '",
        r"(?<![\w.,(\[{])(?<!in )\d{1,3}(?:,\d{3})+(?![\w,)\]}])|(?<![\w.])\d+(?:_\d+)+(?!\w)",
        _join_digits,
        certain=True,
    ),
    Wording(" ", r"(?<![\w.,-])\d{1,3}(?: \d{3})+(?![\w,.])", _join_digits),
    Wording(".", r"(?<![\w.])\d{1,3}(?:\.\d{3}){2,}(?![\w.])", _join_digits),
    Wording(".", r"(?<![\w.])[1-9]\d{0,2}\.\d{3}(?![\w.])", lambda found: (*_join_digits(found), found[0])),
    Wording(",", r"{S}\s*(?P<n>\d+),(?P<m>\d+)$", (r"\g<s> \g<n>.\g<m>",)),
    Wording(
        "k m b", r"(?<![\w.])(?P<n>\d+(?:\.\d+)?)\s?(?P<factor>mm|mio|k|m|bn|b)(?!\w)", _write_out_factor
    ),
    Wording(
        "e", r"(?<![\w.])(?P<n>\d+(?:\.\d+)?)e\+?(?P<power>\d{1,2})(?!\w)", _write_out_exponent, certain=True
    ),
    Wording(".", r"(?<![\w.])(?P<sign>[-+]?)\.(?P<n>\d+)(?!\w)", (r"\g<sign>0.\g<n>",), certain=True),
    Wording(".0", r"(?<![\w.])(?P<n>\d+)\.0(?:0|0{3,})?(?![\w.])", (r"\g<n>",)),
    Wording(".", r"(?<![\w.])(?P<n>\d+)\.(?![\w.])", (r"\g<n>",), certain=True),
    Wording("+", r"(?<=[=<>\s])\+(?=\d)", ("",), certain=True),
    Wording("-", r"(?<=[=<>])\s*-\s+(?=\d)", (" -",), certain=True),
)
