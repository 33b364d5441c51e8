"""Likely personal data in text attributes, told by how often and never by the value."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping
from typing import NamedTuple

from intercom_iac.diagnostics import Code
from intercom_iac.diagnostics.codes import audit as codes
from intercom_iac.model import DataType

from .finding import AuditFinding
from .personal_forms import PersonalKind, card_forms, cards_in, find_personal
from .values import AttributeValues

_EXAMPLES = 3
_LEAST_PASSING = 0.5
"""The share of numbers in a card's form whose check digit is right, below which they are numbers of another kind: one
in ten of these passes by chance."""
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
    masked: dict[PersonalKind, dict[str, None]] = {}
    formed = passing = 0
    for value in values.values.values():
        if isinstance(value, bool) or not isinstance(value, (str, int)):
            continue
        text = str(value)
        formed += sum(1 for _ in card_forms(text))
        passing += sum(1 for _ in cards_in(text))
        matches = find_personal(text, values.attribute.name)
        kinds: set[PersonalKind] = {match.kind for match in matches}
        for kind in kinds:
            if isinstance(value, str) or kind == "card":
                counts[kind] += 1
                masked.setdefault(kind, {}).update(
                    dict.fromkeys(match.masked for match in matches if match.kind == kind)
                )
    for kind, count in counts.items():
        if kind == "card" and passing < _LEAST_PASSING * formed:
            continue
        told = _TOLD[kind]
        examples = list(masked[kind])[:_EXAMPLES]
        share = count / values.fill.filled
        yield AuditFinding(
            kind=told.kind,
            address=values.address,
            message=f"`{values.attribute.name}` holds {told.what} in {count:,} of {values.fill.filled:,} values, "
            f"such as `{examples[0]}`",
            suggestion=told.instead,
            evidence={
                "matches": count,
                "of": values.fill.filled,
                "share": round(share, 4),
                "masked": examples,
            },
            weight=_WEIGHT[kind] + 10 * share,
        )
