"""Changes that an entry of any kind may have between two revisions of the specs."""

from __future__ import annotations

from ...registry import Code
from .examples import between, contact

_SEATS = contact("seats: {type: integer}")
_PLANS = contact("plan_type: {type: options, options: [free, trial, pro]}")
_TWO_PLANS = contact("plan_type: {type: options, options: [free, pro]}")
_PLAN_RULE = "segments:\n  on_trial: {name: On trial, rule: plan_type = trial}\n"
_SAME = between(_SEATS, _SEATS)

ARCHIVED_IN_USE = Code(
    "BACK704",
    "something is archived while it is used",
    "Rules of the old or the new specs read it, or it is a segment that publishes an audience or a tag, which "
    "apply deletes. Whatever uses those stops in the same moment. First take it out of the rules, in a change of "
    "its own.",
    wrong=between(
        _PLANS + _PLAN_RULE,
        contact("plan_type: {type: options, options: [free, trial, pro], status: archived}"),
    ),
    right=between(
        _PLANS, contact("plan_type: {type: options, options: [free, trial, pro], status: archived}")
    ),
    level="breaking",
)
OWNER_CHANGED = Code(
    "BACK712",
    "another team answers for it",
    "Nothing changes in Intercom.",
    wrong=between(_SEATS, contact("seats: {type: integer, owner: growth}")),
    right=_SAME,
    severity="info",
    level="safe",
)
DESCRIPTION_CHANGED = Code(
    "BACK713",
    "the description changed",
    "That of an attribute is shown in Intercom; the others are for whoever reads the specs.",
    wrong=between(_SEATS, contact("seats: {type: integer, description: Seats paid for}")),
    right=_SAME,
    severity="info",
    level="safe",
)
RENAMED = Code(
    "BACK714",
    "an attribute or event is renamed",
    "`renamed_from` says so, and the old name is no longer declared. Intercom renames neither: values and "
    "occurrences stay under the old name, and whatever sends that goes on sending it.",
    wrong=between(_SEATS, contact("seat_count: {type: integer, renamed_from: seats}")),
    right=between(
        _SEATS,
        contact(
            "seat_count: {type: integer, renamed_from: seats}\n    seats: {type: integer, status: archived}"
        ),
    ),
    level="breaking",
)
ARCHIVED = Code(
    "BACK722",
    "something is archived that no rule reads",
    "An attribute leaves every screen and list of Intercom until it is restored; an event and a segment that a "
    "person built are retired by hand. Filters that were made in Intercom itself may use it: the specs do not "
    "know those.",
    wrong=between(_SEATS, contact("seats: {type: integer, status: archived}")),
    right=between(_SEATS, contact("seats: {type: integer, status: deprecated}")),
    severity="warning",
    level="risky",
)
ADDED = Code(
    "BACK730",
    "an attribute, event or segment is added",
    "Nothing can depend on it yet.",
    wrong=between(contact(""), _SEATS),
    right=_SAME,
    severity="info",
    level="safe",
)
OPTION_ADDED = Code(
    "BACK731",
    "an option is added",
    "To an attribute or a metadata key. Rules that say `not` hold for people who get it.",
    wrong=between(_TWO_PLANS, contact("plan_type: {type: options, options: [free, pro, business]}")),
    right=between(_TWO_PLANS, _TWO_PLANS),
    severity="info",
    level="safe",
)
DEPRECATED = Code(
    "BACK733",
    "something is deprecated",
    "It works as before; rules that use it are warned about.",
    wrong=between(_SEATS, contact("seats: {type: integer, status: deprecated}")),
    right=_SAME,
    severity="info",
    level="safe",
)
RESTORED = Code(
    "BACK734",
    "something is in use again",
    "It was archived or deprecated and is so no longer; what it held is there again.",
    wrong=between(contact("seats: {type: integer, status: archived}"), _SEATS),
    right=_SAME,
    severity="info",
    level="safe",
)
RENAMED_FROM_CHANGED = Code(
    "BACK737",
    "`renamed_from` changed, and no name did",
    "Most often the line is removed, after the rename has been applied everywhere.",
    wrong=between(
        contact("seat_count: {type: integer, renamed_from: seats}"), contact("seat_count: {type: integer}")
    ),
    right=_SAME,
    severity="info",
    level="safe",
)
ARCHIVED_CHANGED = Code(
    "BACK739",
    "something that is archived is described otherwise",
    "Nobody uses what is archived, so that nothing depends on what its entry says.",
    wrong=between(
        contact("seats: {type: integer, status: archived}"),
        contact("seats: {type: integer, status: archived, owner: growth}"),
    ),
    right=_SAME,
    severity="info",
    level="safe",
)
ARCHIVED_GONE = Code(
    "BACK740",
    "something that was archived is no longer declared",
    "Where that was applied, nothing changes. Where it was not, it stays in Intercom, and plans report it as not "
    "in the specs.",
    wrong=between(contact("seats: {type: integer, status: archived}"), contact("")),
    right=between(
        contact("seats: {type: integer, status: archived}"),
        contact("seats: {type: integer, status: archived}"),
    ),
    severity="info",
    level="safe",
)
OPTIONS_OPENED = Code(
    "BACK748",
    "values that are not listed may be sent",
    "`open_options` is set, on an attribute or a metadata key: generated code takes any text for it, and payload "
    "checks accept it. Nothing changes in Intercom.",
    wrong=between(
        _TWO_PLANS, contact("plan_type: {type: options, options: [free, pro], open_options: true}")
    ),
    right=between(_TWO_PLANS, _TWO_PLANS),
    severity="info",
    level="safe",
)
OPTIONS_CLOSED = Code(
    "BACK747",
    "values that are not listed are wrong from now on",
    "`open_options` is gone, from an attribute or a metadata key: generated code and payload checks take the listed "
    "options alone, and what sends another value no longer compiles. List first what is sent today.",
    wrong=between(
        contact("plan_type: {type: options, options: [free, pro], open_options: true}"), _TWO_PLANS
    ),
    right=between(
        contact("plan_type: {type: options, options: [free, pro], open_options: true}"),
        contact("plan_type: {type: options, options: [free, pro, team], open_options: true}"),
    ),
    severity="warning",
    level="risky",
)
SOURCE_NAME_CHANGED = Code(
    "BACK742",
    "what a tracking plan calls it changed",
    "`source_name` is for whoever maps names between the two; nothing changes in Intercom.",
    wrong=between(_SEATS, contact("seats: {type: integer, source_name: seatCount}")),
    right=_SAME,
    severity="info",
    level="safe",
)
