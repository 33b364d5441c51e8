"""What an attribute takes the place of: `renamed_from`, and `replaces` with its `convert`."""

from __future__ import annotations

from ..registry import Code, Example, spec


def _contact(text: str) -> Example:
    return spec("version: 1\nattributes:\n  contact:\n" + text)


_PLANS = "    plan: {type: options, options: [free, trial, pro], status: deprecated}\n"
_RIGHT = _contact(
    _PLANS
    + "    billing:\n      type: options\n      options: [free, paid]\n"
    + "      replaces: {attribute: plan, convert: {trial: free, pro: paid}}\n"
)


def _billing(replaces: str) -> Example:
    return _contact(
        f"{_PLANS}    billing:\n      type: options\n      options: [free, paid]\n      replaces: {replaces}\n"
    )


RENAMED_AND_REPLACES = Code(
    "SPEC175",
    "`renamed_from` and `replaces` on one attribute",
    "`renamed_from: old` is the short form of `replaces: {attribute: old}`: an attribute takes the place of one "
    "other, and says so once.",
    wrong=_contact(
        "    seats: {type: integer, status: deprecated}\n"
        "    seat_count: {type: integer, renamed_from: seats, replaces: {attribute: seats}}\n"
    ),
    right=_contact(
        "    seats: {type: integer, status: deprecated}\n    seat_count: {type: integer, renamed_from: seats}\n"
    ),
)
CONVERT_KEY = Code(
    "SPEC176",
    "a value to convert that the old attribute cannot have",
    "The keys of `convert` are values of the attribute that is replaced, as text: one of its options, `true` or "
    "`false`, a number, or a day such as `2026-01-31`.",
    wrong=_billing("{attribute: plan, convert: {trail: free, pro: paid}}"),
    right=_RIGHT,
)
CONVERT_VALUE = Code(
    "SPEC177",
    "a converted value that the new attribute cannot have",
    "The values of `convert` are values of the attribute that has it: one of its options, or a value of its type.",
    wrong=_billing("{attribute: plan, convert: {trial: free, pro: piad}}"),
    right=_RIGHT,
)
REPLACES_CYCLE = Code(
    "REF463",
    "attributes that take each other's place",
    "Of two attributes one is on its way out. Where they replace each other, neither is.",
    wrong=_contact(
        "    seats: {type: integer, status: deprecated, renamed_from: seat_count}\n"
        "    seat_count: {type: integer, status: deprecated, renamed_from: seats}\n"
    ),
    right=_contact(
        "    seats: {type: integer, status: deprecated}\n    seat_count: {type: integer, renamed_from: seats}\n"
    ),
)
REPLACES_CHAIN = Code(
    "REF464",
    "a rename on top of one that is not finished",
    "Values are copied from one attribute to the next. An attribute that still gets the values of another is "
    "replaced only when that is done, and the first one archived: else people whose values came late lose them.",
    wrong=_contact(
        "    seats: {type: integer, status: deprecated}\n"
        "    seat_count: {type: integer, status: deprecated, renamed_from: seats}\n"
        "    seat_total: {type: integer, renamed_from: seat_count}\n"
    ),
    right=_contact(
        "    seats: {type: integer, status: archived}\n"
        "    seat_count: {type: integer, status: deprecated, renamed_from: seats}\n"
        "    seat_total: {type: integer, renamed_from: seat_count}\n"
    ),
)
NOT_REPLACEABLE = Code(
    "REF465",
    "an attribute that no other can take the place of",
    "An attribute takes the place of a custom one of the same kind of object. Intercom's own stay, and a company's "
    "values are not a contact's.",
    wrong=spec(
        "version: 1\nattributes:\n  contact:\n    size_class: {type: string, renamed_from: seats}\n"
        "  company:\n    seats: {type: integer, status: deprecated}\n"
    ),
    right=spec(
        "version: 1\nattributes:\n  company:\n    size_class: {type: string, renamed_from: seats}\n"
        "    seats: {type: integer, status: deprecated}\n"
    ),
    severity="warning",
)
REPLACED_IN_USE = Code(
    "LINT578",
    "an attribute that is replaced and not deprecated",
    "Another attribute takes its place. `status: deprecated` says so to whoever reads it in a rule, until it is "
    "archived.",
    wrong=_contact(
        "    seats: {type: integer}\n    seat_label: {type: string, replaces: {attribute: seats}}\n"
    ),
    right=_contact(
        "    seats: {type: integer, status: deprecated}\n"
        "    seat_label: {type: string, replaces: {attribute: seats}}\n"
    ),
    severity="warning",
)
VALUES_LOST = Code(
    "LINT579",
    "values that have no counterpart in the new attribute",
    "What does not convert stays on the old attribute, and is out of sight once that is archived. `convert` says "
    "what becomes of it; `docs/renames.md` has the rule of each pair of types.",
    wrong=_billing("{attribute: plan, convert: {pro: paid}}"),
    right=_RIGHT,
    severity="warning",
)
