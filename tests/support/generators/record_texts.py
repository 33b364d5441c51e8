"""JSON texts of records, right and wrong, with what only a text can hold: a key twice, NaN, escapes, white space."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from functools import cache
from itertools import product

from hypothesis import strategies as st

from intercom_iac.model import Schema
from intercom_iac.model.payload import PayloadKind
from support.payload_schemas import schema_of

SPECS = """\
version: 1
attributes:
  contact:
    plan type: {type: options, options: [free, pro], messenger_writable: true}
    tier: {type: options, options: [free, pro], open_options: true}
    trial_end_date: {type: date, messenger_writable: true}
    seats: {type: integer}
    ratio: {type: float}
    onboarded: {type: boolean}
    größe: {type: string, messenger_writable: true}
    synced_at: {type: integer}
    plan_name: {type: string, status: deprecated}
    old_plan: {type: string, status: archived}
  company:
    floors: {type: integer, messenger_writable: true}
events:
  paid:
    metadata:
      price: {type: float, required: true}
      cents: {type: integer}
      "a:b": {type: string}
      day_date: {type: date}
      renewed_at: {type: float}
      method: {type: options, options: [card, "bank: SEPA"]}
      first: {type: boolean}
  signed-up: {}
  left: {status: archived, metadata: {why: {type: string}}}
  paused: {status: deprecated}
"""
RIGHT: Mapping[PayloadKind, Sequence[tuple[str, str]]] = {
    "contact": (
        ("external_id", '"u1"'),
        ("email", '"a@example.com"'),
        ("name", '"Jo: a"'),
        ("role", '"user"'),
        ("signed_up_at", "1700000000"),
        ("phone", "null"),
        ("unsubscribed_from_emails", "true"),
    ),
    "company": (
        ("company_id", '"c1"'),
        ("name", '"Acme"'),
        ("size", "12"),
        ("monthly_spend", "1.5"),
        ("remote_created_at", "1700000000"),
    ),
    "event": (
        ("event_name", '"paid"'),
        ("created_at", "1700000000"),
        ("user_id", '"u1"'),
    ),
    "boot": (
        ("user_id", '"u1"'),
        ("email", '"a@example.com"'),
        ("plan type", '"pro"'),
        ("app_id", '"x: y"'),
        ("company", '{"company_id": "c1", "floors": 3}'),
        ("companies", '[{"company_id": "c1", "name": "a:b"}]'),
    ),
}
NESTED: Mapping[PayloadKind, Sequence[tuple[str, str]]] = {
    "contact": (
        ("plan type", '"pro"'),
        ("tier", '"gold"'),
        ("trial_end_date", "1800000000"),
        ("seats", "3"),
        ("ratio", "2"),
        ("onboarded", "false"),
        ("größe", '"é"'),
    ),
    "company": (("floors", "4"),),
    "event": (
        ("price", "9.5"),
        ("cents", '{"amount": 12, "currency": "eur"}'),
        ("a:b", '{"url": "https://example.com", "value": "x"}'),
        ("day_date", "0"),
        ("method", '"bank: SEPA"'),
        ("first", "true"),
    ),
    "boot": (),
}
_KEYS = (
    *(
        "type",
        "id",
        "created_at",
        "event_name",
        "custom_attributes",
        "metadata",
        "company",
        "companies",
        "user_id",
    ),
    *(
        "plan type",
        "synced_at",
        "plan_name",
        "old_plan",
        "seats",
        "unknown",
        "price",
        "cents",
        "a:b",
        "größe",
    ),
    *("renewed_at", "signed_up_at", "external_id", "email", "why", "", "x" * 70),
)
_VALUES = (
    *("null", "true", "0", "-1", "3", "3.0", "3.5", "1e3", "1e400", "-1e400", "NaN", "Infinity", "01", "nul"),
    *("1800000000", "1800000000.0", "1800000000000", "4000000000", "4102444800", "4102444801"),
    *("9223372036854775807", "9223372036854775808", "10000000000000000000000", "1" * 400),
    *('""', '"pro"', '"Pro"', '"paid"', '"PAID"', '"signed-up"', '"left"', '"paused"', '"event"', '"boot"'),
    *('"user"', '"3"', '"true"', '"2026-01-01"', r'"a\u003ab"', r'"\ud83d"', r'"\ud83d\ude00"', r'"\n\\\""'),
    *('"a:b:c"', "'a'", f'"{"x" * 255}"', f'"{"x" * 256}"', f'"{"é" * 255}"', "[]", "[1]", "{}", '{"a": 1}'),
    *('{"company_id": "c:1"}', '{"company_id": ""}', '[{"company_id": "c", "company_id": "d"}]'),
    *('{"amount": 1.5, "currency": "eur"}', '{"amount": 1, "currency": "eur", "amount": 2}'),
    *('{"url": "x", "value": "y"}', '{"url": "https://a\\u0001", "value": "y"}', "[" * 120 + "]" * 120),
)
_NESTED_KEYS: Mapping[PayloadKind, str | None] = {
    "contact": "custom_attributes",
    "company": "custom_attributes",
    "event": "metadata",
    "boot": None,
}
_COLONS = (":", ": ", " : ", "\t:\r")
_COMMAS = (",", ", ", " ,")


@cache
def texts_schema() -> Schema:
    """The schema that the texts are records of."""
    return schema_of(SPECS)


def spoiled_texts(kind: PayloadKind) -> list[str]:
    """The right record with one pair more, for every key and value there is; by turns behind the others or before
    them without the one of its name, at the top or in the nested object."""
    key = _NESTED_KEYS[kind]
    texts: list[str] = []
    keys = dict.fromkeys((*_KEYS, *dict(RIGHT[kind]), *dict(NESTED[kind])))
    for at, pair in enumerate(product(keys, _VALUES)):
        within, behind = key is not None and at % 2 == 1, at % 4 < 2
        top, nested = (
            [*pairs] if not spoiled else [*pairs, pair] if behind else [pair, *_without(pairs, pair[0])]
            for pairs, spoiled in ((RIGHT[kind], not within), (NESTED[kind], within))
        )
        texts.append(_text([*top, (key, _text(nested))] if key else top))
    return texts


@st.composite
def record_texts(draw: st.DrawFn, kind: PayloadKind) -> str:
    """A line of JSON, or nearly: a third of them are records in which nothing is wrong."""
    top, nested = _part(draw, RIGHT[kind], least=1), _part(draw, NESTED[kind])
    wrong = draw(st.sampled_from((0, 1, 2)))
    for _ in range(wrong):
        pairs = top if not nested or draw(st.booleans()) else nested
        key = draw(st.sampled_from((*_KEYS, *dict(pairs))))
        pairs.insert(draw(st.integers(0, len(pairs))), (key, draw(st.sampled_from(_VALUES))))
    colon, comma = draw(st.sampled_from(_COLONS)), draw(st.sampled_from(_COMMAS))
    key = _NESTED_KEYS[kind]
    if key is not None and (nested or draw(st.booleans())):
        top.insert(draw(st.integers(0, len(top))), (key, _text(nested, colon, comma)))
    before = draw(st.sampled_from(("", "", "", " ", "\ufeff", "x", "\t")))
    behind = draw(st.sampled_from(("", "", "", " ", "\r", "}", "x")))
    return f"{before if wrong else ''}{_text(top, colon, comma)}{behind if wrong else ''}"


def _part(draw: st.DrawFn, pairs: Sequence[tuple[str, str]], least: int = 0) -> list[tuple[str, str]]:
    """Some of the pairs in some order; one time in two all of them as they stand."""
    if not pairs or draw(st.booleans()):
        return [*pairs]
    return draw(
        st.lists(st.sampled_from(pairs), min_size=least, max_size=len(pairs), unique_by=lambda pair: pair[0])
    )


def _without(pairs: Sequence[tuple[str, str]], key: str) -> list[tuple[str, str]]:
    return [pair for pair in pairs if pair[0] != key]


def _text(pairs: Iterable[tuple[str, str]], colon: str = ": ", comma: str = ", ") -> str:
    return "{" + comma.join(f'"{key}"{colon}{value}' for key, value in pairs) + "}"
