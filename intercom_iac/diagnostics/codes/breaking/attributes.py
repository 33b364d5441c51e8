"""Changes of an attribute between two revisions of the specs."""

from __future__ import annotations

from ...registry import Code
from .examples import between, contact

_SEATS = contact("seats: {type: integer}")
_PLANS = contact("plan_type: {type: options, options: [free, trial, pro]}")
_PLAN_RULE = "segments:\n  on_trial: {name: On trial, rule: plan_type = trial}\n"
_SAME = between(_SEATS, _SEATS)

ATTRIBUTE_GONE = Code(
    "BACK701",
    "an attribute is gone and was not archived",
    "An attribute that is no longer declared stays in Intercom as it is, with nobody in charge of it, while rules "
    "and generated code lose it. To retire one, say so: `status: archived`.",
    wrong=between(_SEATS, contact("")),
    right=between(_SEATS, contact("seats: {type: integer, status: archived}")),
    level="breaking",
)
TYPE_CHANGED = Code(
    "BACK702",
    "an attribute has another type",
    "Intercom cannot change the type of an attribute through its API. What sends the attribute sends values of "
    "the old type, and what people have is of the old type too.",
    wrong=between(_SEATS, contact("seats: {type: string}")),
    right=between(_SEATS, contact("seats: {type: integer}\n    seat_label: {type: string}")),
    level="breaking",
)
OPTION_REMOVED = Code(
    "BACK703",
    "an option of an attribute is removed",
    "People who have the option keep it, what sends it goes on sending it, and no rule can name it any more. The "
    "message lists the segments that name it, before or after the change.",
    wrong=between(
        _PLANS + _PLAN_RULE,
        contact("plan_type: {type: options, options: [free, pro]}") + _PLAN_RULE.replace("= trial", "= free"),
    ),
    right=between(_PLANS, contact("plan_type: {type: options, options: [free, trial, pro, business]}")),
    level="breaking",
)
MESSENGER_CLOSED = Code(
    "BACK715",
    "the Messenger may no longer write an attribute",
    "What the Messenger sends for it is ignored from then on, without an error: pages and apps that set it no "
    "longer do.",
    wrong=between(contact("seats: {type: integer, messenger_writable: true}"), _SEATS),
    right=between(
        contact("seats: {type: integer, messenger_writable: true}"),
        contact("seats: {type: integer, messenger_writable: true, owner: growth}"),
    ),
    level="breaking",
)
MESSENGER_OPENED = Code(
    "BACK720",
    "the Messenger may now write an attribute",
    "Any browser that runs the Messenger can set it, to any value: a rule that trusts it trusts whoever visits "
    "the page.",
    wrong=between(_SEATS, contact("seats: {type: integer, messenger_writable: true}")),
    right=_SAME,
    severity="warning",
    level="risky",
)
TEXT_TO_LIST = Code(
    "BACK725",
    "a text attribute becomes a list of options",
    "Intercom takes options for a text attribute, which makes it a list. Values that are no option stay on the "
    "people who have them; what sends such a value goes on sending it.",
    wrong=between(contact("tier: {type: string}"), contact("tier: {type: options, options: [free, pro]}")),
    right=between(contact("tier: {type: string}"), contact("tier: {type: string}")),
    severity="warning",
    level="risky",
)
LABELS_CHANGED = Code(
    "BACK736",
    "the labels of an attribute changed",
    "Intercom knows nothing of them; the project's policy judges the new ones.",
    wrong=between(_SEATS, contact("seats: {type: integer, labels: {pii: none}}")),
    right=_SAME,
    severity="info",
    level="safe",
)
REPLACES_CHANGED = Code(
    "BACK743",
    "what an attribute takes the place of changed",
    "`replaces` says which attribute's values it gets, and how they convert. Values that were copied by the "
    "old rules stay as they are.",
    wrong=between(
        contact("seats: {type: integer, status: deprecated}\n    seat_text: {type: string}"),
        contact(
            "seats: {type: integer, status: deprecated}\n"
            "    seat_text: {type: string, replaces: {attribute: seats}}"
        ),
    ),
    right=between(contact("seats: {type: integer}"), contact("seats: {type: integer}")),
    severity="info",
    level="safe",
)
