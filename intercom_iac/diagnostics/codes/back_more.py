"""BACK709 and BACK712 to BACK741: changes that are risky, warnings of `breaking`, and safe ones, its remarks."""

from __future__ import annotations

from ..registry import Code
from .back import between, contact, event, segment

_SEATS = contact("seats: {type: integer}")
_PLANS = contact("plan_type: {type: options, options: [free, pro]}")
_EXPORTED = event("{format: {type: string}}")
_NAMED = segment("name: Large teams")
_TAGGED = segment("name: Large teams, publish: [tag]")
_SAME = between(_SEATS, _SEATS)

# --- risky --------------------------------------------------------------------------------------------------

RULE_CHANGED = Code(
    "BACK709",
    "the rule of a segment changed",
    "Other people belong to it from now on, and to the segments that refer to it. The rule is shown before and "
    "after, in English. A rule that is only spelled otherwise did not change.",
    wrong=between(_NAMED, segment("name: Large teams, rule: team_size > 50")),
    right=between(_NAMED, segment("name: Large teams, rule: team_size greater than 10")),
    severity="warning",
    level="risky",
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
PUBLISH_ADDED = Code(
    "BACK721",
    "a segment is now published",
    "The people of the segment get into an audience of Fin, or a tag is made for them: somebody may be written to.",
    wrong=between(_NAMED, _TAGGED),
    right=between(_TAGGED, _TAGGED),
    severity="warning",
    level="risky",
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
SEGMENT_RENAMED = Code(
    "BACK723",
    "a segment is renamed in Intercom",
    "`renamed_from` says so: apply renames its audience and tag, and a person the segment. Whoever looks for the "
    "old name misses it.",
    wrong=between(_TAGGED, segment("name: Big teams, renamed_from: Large teams, publish: [tag]")),
    right=between(_TAGGED, _TAGGED),
    severity="warning",
    level="risky",
)
SEGMENT_KEY = Code(
    "BACK724",
    "a segment has another key in the specs",
    "In Intercom nothing changes, since the name does. Rules, scripts and `segment` commands that call it by the "
    "old key no longer find it.",
    wrong=between(_NAMED, segment("name: Large teams", key="big_teams")),
    right=between(_NAMED, _NAMED),
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

# --- safe ---------------------------------------------------------------------------------------------------

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
    wrong=between(_PLANS, contact("plan_type: {type: options, options: [free, pro, business]}")),
    right=between(_PLANS, _PLANS),
    severity="info",
    level="safe",
)
METADATA_KEY_ADDED = Code(
    "BACK732",
    "an optional key is added to an event's metadata",
    "Occurrences without it stay valid.",
    wrong=between(_EXPORTED, event("{format: {type: string}, pages: {type: integer}}")),
    right=between(_EXPORTED, _EXPORTED),
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
REQUIRED_RELAXED = Code(
    "BACK735",
    "a key of an event's metadata is no longer required",
    "What is sent stays valid. Whatever reads the key has to do without it now and then.",
    wrong=between(event("{format: {type: string, required: true}}"), _EXPORTED),
    right=between(_EXPORTED, _EXPORTED),
    severity="info",
    level="safe",
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
RULE_REWRITTEN = Code(
    "BACK738",
    "a rule is written otherwise and selects the same people",
    "Clauses stand in another order, a `not` was moved, or a segment is referred to in place of its rule.",
    wrong=between(
        segment("name: Large teams, rule: team_size > 10 and role = user"),
        segment("name: Large teams, rule: role = user and team_size > 10"),
    ),
    right=between(_NAMED, _NAMED),
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
RESPELLED = Code(
    "BACK741",
    "a name is spelled otherwise, and is the same to Intercom",
    "Intercom ignores case in the names of events and of metadata keys, and stores `.` and `$` of an event's name "
    "as `-`.",
    wrong=between(_EXPORTED, event("{format: {type: string}}", name="Report_Exported")),
    right=between(_EXPORTED, _EXPORTED),
    severity="info",
    level="safe",
)
