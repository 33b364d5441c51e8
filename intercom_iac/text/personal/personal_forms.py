"""E-mail addresses, phone numbers and card numbers in a text, found by their form."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Literal

from intercom_iac.lazy_pattern import lazy_pattern

from .forms import reads_as_date
from .masking import mask_card, mask_email, mask_phone

PersonalKind = Literal["email", "phone", "card"]

_EMAIL = lazy_pattern(r"[\w.%+-]{1,64}@[\w-]{1,63}(?:\.[\w-]{1,63})+")
_AT_SIGNS = "@\uff20"
_ODD_EMAIL = lazy_pattern(r"[^\s@\uff20][@\uff20][^\s@\uff20]+")
_DIGITS = lazy_pattern(r"\d[^A-Za-z]{0,8}\d[^A-Za-z]{0,8}\d")
# Not within a word, a longer number, an address or a version.
_PHONE = lazy_pattern(r"(?<![\w.@/+-])(?:\+|00)?\(?\d[\d ()./-]{5,20}\d(?![\w@-])")
_CARD = lazy_pattern(r"(?<![\w.-])\d(?:[ \u00a0\u202f\u2010-\u2015-]?\d){12,18}(?![\w-])")
_NAMED_PHONE = lazy_pattern(
    r"phone|mobile|whatsapp|telefon|cell(?![a-z])|(?:^|[_ -])tel(?:$|[_ -])", re.IGNORECASE
)
_ADDRESS = lazy_pattern(r"\d{1,3}(?:\.\d{1,3}){3}")
_LONGEST = 2_000
"""How much of a text is looked at; Intercom's own limit is 255 characters."""

_SHORTEST_CARD = 13
# How many digits a card number has, by how it begins (the issuers' published ranges).
_CARDS: tuple[tuple[range, frozenset[int]], ...] = (
    (range(4000, 5000), frozenset({13, 16, 19})),
    (range(5100, 5600), frozenset({16})),
    (range(2221, 2721), frozenset({16})),
    (range(3400, 3500), frozenset({15})),
    (range(3700, 3800), frozenset({15})),
    (range(3000, 3060), frozenset({14})),
    (range(3600, 3700), frozenset({14})),
    (range(3800, 4000), frozenset({14})),
    (range(3528, 3590), frozenset({16, 17, 18, 19})),
    (range(6011, 6012), frozenset({16, 17, 18, 19})),
    (range(6440, 6600), frozenset({16, 17, 18, 19})),
    (range(6200, 6300), frozenset({16, 17, 18, 19})),
)


def find_personal(text: str, *, named_phone: bool = False) -> dict[PersonalKind, str]:
    """What in a text looks personal: the first of each kind, whole; `mask_personal` makes it fit to be shown.

    `named_phone`: the attribute is called like a phone number, so that bare digits are one.
    """
    text = text[:_LONGEST]
    found: dict[PersonalKind, str] = {}
    if "@" in text and (email := _EMAIL.search(text)):
        found["email"] = email[0]
    if _DIGITS.search(text) is None:
        return found
    if card := next(cards_in(text), None):
        found["card"] = card
    elif phone := next(_phones(text, named=named_phone), None):
        found["phone"] = phone
    return found


def mask_personal(kind: PersonalKind, text: str) -> str:
    """What was found as a report may show it."""
    return {"email": mask_email, "phone": mask_phone, "card": mask_card}[kind](text)


def mask_if_personal(text: str) -> str | None:
    """A text masked, where something in it looks personal; None where nothing does."""
    return next((mask_personal(kind, found) for kind, found in find_personal(text).items()), None)


def mask_if_doubtful(text: str) -> str | None:
    """The same, with anything that has an `@` within it taken for an address: `"jo smith"@example.com`, `jo@host`."""
    masked = mask_if_personal(text)
    if masked is not None or not any(sign in text for sign in _AT_SIGNS):
        return masked
    odd = _ODD_EMAIL.search(text[:_LONGEST])
    return None if odd is None else mask_email(odd[0].replace(_AT_SIGNS[1], _AT_SIGNS[0]))


def names_phone(name: str) -> bool:
    """Whether an attribute is called like a phone number."""
    return _NAMED_PHONE.search(name) is not None


def cards_in(text: str) -> Iterator[str]:
    """The numbers of a card's form whose check digit is right."""
    return (number for number in card_forms(text) if passes_luhn(number))


def card_forms(text: str) -> Iterator[str]:
    """The numbers that begin as cards do and are as long; their check digit is not looked at."""
    if sum(map(text.count, "0123456789")) < _SHORTEST_CARD:
        return
    for match in _CARD.finditer(text):
        digits = re.sub(r"\D", "", match[0])
        begin = int(digits[:4])
        if any(begin in beginnings and len(digits) in lengths for beginnings, lengths in _CARDS):
            yield digits


def passes_luhn(digits: str) -> bool:
    """Whether the last digit is the check digit of the others (ISO/IEC 7812, annex B)."""
    doubled = [int(digit) * (2 if at % 2 else 1) for at, digit in enumerate(reversed(digits))]
    return sum(number - 9 if number > 9 else number for number in doubled) % 10 == 0


def _phones(text: str, *, named: bool) -> Iterator[str]:
    for match in _PHONE.finditer(text):
        number = match[0]
        digits = re.sub(r"\D", "", number)
        if not 7 <= len(digits) <= 15 or reads_as_date(number) or _ADDRESS.fullmatch(number):
            continue
        groups = re.findall(r"\d+", number)
        if named or number.startswith(("+", "00", "(")) or _looks_dialled(number, groups):
            yield number


def _looks_dialled(number: str, groups: list[str]) -> bool:
    """Whether digits in groups look like a phone number: it begins with a 0, or is like 555-010-9999."""
    if "." in number or "/" in number:
        return False
    return len(groups) >= 2 and (
        (number.startswith("0") and len(groups[0]) >= 2) or [len(group) for group in groups] == [3, 3, 4]
    )
