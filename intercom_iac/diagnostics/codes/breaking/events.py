"""Changes of an event and its metadata between two revisions of the specs."""

from __future__ import annotations

from ...registry import Code
from .examples import between, event

_EXPORTED = event("{format: {type: string}}")

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
METADATA_KEY_ADDED = Code(
    "BACK732",
    "an optional key is added to an event's metadata",
    "Occurrences without it stay valid.",
    wrong=between(_EXPORTED, event("{format: {type: string}, pages: {type: integer}}")),
    right=between(_EXPORTED, _EXPORTED),
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
SENT_ELSEWHERE = Code(
    "BACK755",
    "whether an event is sent by something else already changed",
    "With `adopt: true` apply registers nothing, and whether Intercom knows the event is not verified.",
    wrong=between(_EXPORTED, f"{_EXPORTED}    adopt: true\n"),
    right=between(_EXPORTED, _EXPORTED),
    severity="info",
    level="safe",
)
