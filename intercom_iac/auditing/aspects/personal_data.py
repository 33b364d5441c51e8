"""Likely personal data in text attributes, told by how often and never by the value."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping
from typing import NamedTuple

from intercom_iac.diagnostics import Code
from intercom_iac.diagnostics.codes import audit as codes
from intercom_iac.model import DataType
from intercom_iac.text.personal import PersonalKind, card_forms, find_personal, mask_personal, names_phone

from ..finding import AuditFinding
from ..samples.values import AttributeValues

_EXAMPLES = 3
_LOOKED_AT = 100
"""Examples are sought among so many, since most look the same when masked."""
_LEAST_PASSING = 0.5
"""The share of numbers in a card's form whose check digit is right, below which they are numbers of another kind: one
in ten of these passes by chance."""
_LEAST_CARD = 10**12
_WEIGHT: Mapping[PersonalKind, int] = {"card": 90, "phone": 50, "email": 55}


class _Told(NamedTuple):
    kind: Code
    what: str
    instead: str


_TOLD: Mapping[PersonalKind, _Told] = {
    "card": _Told(
        codes.CARD_NUMBERS,
        "a card number",
        "clear the values now, and stop whatever writes them: card numbers have no place in Intercom",
    ),
    "email": _Told(
        codes.EMAIL_ADDRESSES,
        "an e-mail address",
        "use Intercom's own `email`, which privacy requests cover, or clear what is not needed",
    ),
    "phone": _Told(
        codes.PHONE_NUMBERS,
        "a phone number",
        "use Intercom's own `phone`, which privacy requests cover, or clear what is not needed",
    ),
}


def personal_data(values: AttributeValues) -> Iterator[AuditFinding]:
    """Findings for a text attribute, or one of numbers that hold cards; a kind each."""
    if values.attribute.type not in (DataType.STRING, DataType.INTEGER, DataType.FLOAT):
        return
    counts: Counter[PersonalKind] = Counter()
    examples: dict[PersonalKind, dict[str, None]] = {}
    formed = passing = 0
    named_phone = names_phone(values.attribute.name)
    for text, times in _texts(values).items():
        formed += any(True for _ in card_forms(text))
        for kind, found in find_personal(text, named_phone=named_phone).items():
            counts[kind] += times
            passing += kind == "card"
            of_kind = examples.setdefault(kind, {})
            if len(of_kind) < _EXAMPLES and counts[kind] <= _LOOKED_AT:
                of_kind[mask_personal(kind, found)] = None
    for kind, count in counts.items():
        if kind == "card" and passing < _LEAST_PASSING * formed:
            continue
        told = _TOLD[kind]
        masked = list(examples[kind])
        share = count / values.fill.filled
        yield AuditFinding(
            kind=told.kind,
            address=values.address,
            message=f"`{values.attribute.name}` holds {told.what} in {count:,} of {values.fill.filled:,} values, "
            f"such as `{masked[0]}`",
            suggestion=told.instead,
            evidence={
                "matches": count,
                "of": values.fill.filled,
                "share": round(share, 4),
                "masked": masked,
            },
            weight=_WEIGHT[kind] + 10 * share,
        )


def _texts(values: AttributeValues) -> Counter[str]:
    """The values as text, each with how many have it: of numbers those that are as long as a card's."""
    return Counter(
        str(value)
        for value in values.values.values()
        if isinstance(value, str) or (isinstance(value, int) and value >= _LEAST_CARD)
    )
