"""BACK70x, BACK71x: changes between two revisions of the specs that break something; errors of `breaking`."""

from __future__ import annotations

from ..registry import Code, Example

_PROJECT = "version: 1\n"


def between(
    old: str, new: str, project: str = _PROJECT, run: str = "breaking --against-folder before"
) -> Example:
    """Two revisions of one spec file, the old one in a folder of its own."""
    return Example(
        {
            "before/intercom-iac.yaml": _PROJECT,
            "before/specs/example.yaml": f"version: 1\n{old}",
            "intercom-iac.yaml": project,
            "specs/example.yaml": f"version: 1\n{new}",
        },
        run,
    )


def contact(text: str) -> str:
    """One attribute of contacts, beside one that stays."""
    more = f"    {text}\n" if text else ""
    return f"attributes:\n  contact:\n    team_size: {{type: integer}}\n{more}"


def event(text: str, name: str = "report_exported") -> str:
    """An event with this metadata, `{}` for none."""
    return f"events:\n  {name}:\n    metadata: {text}\n"


def segment(text: str, key: str = "large_teams") -> str:
    """A segment of contacts with a team size, with these keys besides its name and rule."""
    rule = "" if "rule:" in text else ", rule: team_size > 10"
    return (
        f"attributes:\n  contact:\n    team_size: {{type: integer}}\nsegments:\n  {key}: {{{text}{rule}}}\n"
    )


_SEATS = contact("seats: {type: integer}")
_PLANS = contact("plan_type: {type: options, options: [free, trial, pro]}")
_PLAN_RULE = "segments:\n  on_trial: {name: On trial, rule: plan_type = trial}\n"
_EXPORTED = event("{format: {type: string}}")
_NAMED = segment("name: Large teams")
_TAGGED = segment("name: Large teams, publish: [tag]")

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
EVENT_GONE = Code(
    "BACK705",
    "an event is gone and was not archived",
    "Whatever sends the event goes on sending it, and nothing says any more what it means. To retire one, say so: "
    "`status: archived`.",
    wrong=between(_EXPORTED, ""),
    right=between(
        _EXPORTED,
        "events:\n  report_exported:\n    metadata: {format: {type: string}}\n    status: archived\n",
    ),
    level="breaking",
)
METADATA_KEY_GONE = Code(
    "BACK706",
    "a key of an event's metadata is removed",
    "Whatever sends the key goes on sending it, and rules and generated code lose it.",
    wrong=between(_EXPORTED, event("{}")),
    right=between(event("{format: {type: string, required: true}}"), _EXPORTED),
    level="breaking",
)
METADATA_KEY_RETYPED = Code(
    "BACK707",
    "a key of an event's metadata takes other values",
    "Its type changed, or an option of it is removed: occurrences that are sent as before are invalid, and those "
    "that were sent have values of the old kind.",
    wrong=between(_EXPORTED, event("{format: {type: integer}}")),
    right=between(_EXPORTED, event("{format: {type: string}, pages: {type: integer}}")),
    level="breaking",
)
METADATA_KEY_REQUIRED = Code(
    "BACK708",
    "a key of an event's metadata is now required",
    "It was optional, or is new: occurrences that are sent as before are invalid.",
    wrong=between(_EXPORTED, event("{format: {type: string, required: true}}")),
    right=between(_EXPORTED, event("{format: {type: string}, pages: {type: integer}}")),
    level="breaking",
)
SEGMENT_GONE = Code(
    "BACK710",
    "a segment is gone and was not archived",
    "Its audience and its tag stay in Intercom as they are, and nothing keeps them right any more. To retire a "
    "segment, say so: `status: archived`, and apply deletes what it made of it.",
    wrong=between(_NAMED, contact("")),
    right=between(_NAMED, segment("name: Large teams, status: archived")),
    level="breaking",
)
PUBLISH_REMOVED = Code(
    "BACK711",
    "a segment is no longer published",
    "Its audience or tag stays in Intercom as it is, and nothing keeps it right any more: whatever uses it "
    "reaches the people of that day.",
    wrong=between(_TAGGED, _NAMED),
    right=between(_TAGGED, segment("name: Large teams, publish: [tag], owner: growth")),
    level="breaking",
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
NAME_LEFT = Code(
    "BACK716",
    "a segment has another name in Intercom, and no `renamed_from`",
    "What stands in Intercom is found by its name. Without `renamed_from` a second audience or tag is made, or a "
    "second segment asked for, and the first stays behind with whatever uses it.",
    wrong=between(_TAGGED, segment("name: Big teams, publish: [tag]")),
    right=between(_TAGGED, segment("name: Big teams, renamed_from: Large teams, publish: [tag]")),
    level="breaking",
)
