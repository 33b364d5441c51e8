"""AUDIT1xx: what is wrong with a workspace as it is, with or without specs."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from dataclasses import replace
from typing import Any

from ..registry import Code, Example

_LIVE = "version: 1\nworkspaces:\n  live: {base_url: '{url}', token_env: LIVE_TOKEN}\n"
_TOKEN = {"LIVE_TOKEN": "any"}

_FEW = 4
# For 2027-01-15, beside a day in Unix seconds.
_DAY, _LONG_BEFORE = 1_800_000_000, 1_700_000_000


def _workspace(
    attributes: Mapping[str, str],
    people: Sequence[Mapping[str, Any]] = (),
    *,
    events: Sequence[str] = (),
    segments: Sequence[Mapping[str, Any]] = (),
    seen: Sequence[int] = (),
    forbidden: tuple[str, ...] = (),
    run: str = "audit",
    **of_attributes: Any,
) -> Example:
    """An audit of a workspace with these attributes, by name and type. Each of the people is some values.

    One answer serves every call here: each object in it is an attribute, a tag and an audience, and a person with
    values.
    """
    rows = max(len(attributes), len(people))
    declared = [*attributes.items()]
    data = [
        {
            "id": row,
            "name": declared[row][0] if row < len(declared) else f"t{row}",
            "model": "contact",
            "data_type": declared[row][1] if row < len(declared) else "string",
            "custom": row < len(declared),
            "last_seen_at": seen[row] if row < len(seen) else _DAY,
            "custom_attributes": dict(people[row]) if row < len(people) else {},
            "description": "What it holds",
            "admin_id": "7",
            "created_at": _LONG_BEFORE,
            **of_attributes,
        }
        for row in range(rows)
    ]
    answer = {
        "app": {"id_code": "abc12345", "name": "Acme", "timezone": "UTC"},
        "data": data,
        "events": [{"name": name, "count": 1} for name in events],
        "segments": list(segments),
    }
    return Example(
        {"intercom-iac.yaml": _LIVE},
        run,
        environment=_TOKEN,
        answers=(200, json.dumps(answer)),
        forbidden=forbidden,
        workspace=(
            f"attributes: {_brief([f'{name} ({kind})' for name, kind in attributes.items()])}",
            *([f"people: {_brief([json.dumps(person) for person in people])}"] if people else []),
            *([f"events: {_brief(events)}"] if events else []),
            *(f"a segment: {json.dumps(segment)}" for segment in segments),
            *(f"a 403 for {path}" for path in forbidden),
            *(f"each with {key}: {json.dumps(value)}" for key, value in of_attributes.items()),
        ),
    )


def _brief(things: Sequence[str]) -> str:
    return ", ".join(things[:_FEW]) + (f" and {len(things) - _FEW} more" if len(things) > _FEW else "")


def _active(count: int) -> dict[str, str]:
    """So many attributes, whose names are far from one another."""
    return {f"field {number}": "string" for number in range(count)}


def _with_usages(example: Example, unused: Sequence[str]) -> Example:
    """The same beside what a scan of code found."""
    found = {"format_version": "1.0", "files": 3, "uses": [], "findings": [], "unused": list(unused)}
    return replace(example, files={**example.files, "usages.json": json.dumps(found)})


_EMPTY = Example({"specs/example.yaml": "version: 1\n"}, "audit")
_ERRORS = "audit --fail-on error"


# --- AUDIT10x: caps -----------------------------------------------------------------------------------------

CAP_MET = Code(
    "AUDIT101",
    "a cap of Intercom is met",
    "A workspace holds 250 active custom attributes and 120 event names. At the cap no further one can be made, by "
    "specs, by hand or by code that sends them. Archived ones make room.",
    wrong=_workspace(_active(250), run=_ERRORS),
    right=_workspace(_active(3), run=_ERRORS),
    severity="error",
)
CAP_NEAR = Code(
    "AUDIT102",
    "a cap of Intercom is near",
    "Four fifths of a cap are used, or the cap will be met within half a year at the pace of the last half year, "
    "which the days that attributes were made on tell.",
    wrong=_workspace(_active(210)),
    right=_workspace(_active(3)),
    severity="warning",
)
CAP_USE = Code(
    "AUDIT103",
    "how much of a cap of Intercom is used",
    "There is room. The evidence has how many are made a month, and the day the cap is met at that pace.",
    wrong=_workspace(_active(3)),
    right=_EMPTY,
    severity="info",
)

# --- AUDIT11x: values that are not there --------------------------------------------------------------------

_FILLED = {"tier": "gold", "notes": "called back"}

NEVER_FILLED = Code(
    "AUDIT111",
    "an attribute that nobody in the sample has a value of",
    "No sampled contact or company has a value. The sample is of those seen last, so an attribute that is still sent "
    "would show. The interval says how many of all may have one nevertheless.",
    wrong=_workspace({"tier": "string", "notes": "string"}, [{"tier": "gold"}]),
    right=_workspace({"tier": "string", "notes": "string"}, [_FILLED]),
    severity="warning",
)
HARDLY_FILLED = Code(
    "AUDIT112",
    "an attribute that hardly anybody has a value of",
    "Fewer than one in twenty of the sample have a value: a rule that asks for one selects next to nobody, and "
    "leaves out everybody else without a word.",
    wrong=_workspace({"tier": "string", "notes": "string"}, [*[{"tier": "gold"}] * 29, _FILLED]),
    right=_workspace({"tier": "string", "notes": "string"}, [_FILLED] * 30),
    severity="info",
)
LONG_UNSEEN = Code(
    "AUDIT113",
    "an attribute whose values are old",
    "Whoever has a value was last seen half a year before the newest of the sample: nothing sends the attribute any "
    "more, and what is there grows stale.",
    wrong=_workspace({"tier": "string"}, [{"tier": "gold"}, {}], seen=[_LONG_BEFORE, _DAY]),
    right=_workspace({"tier": "string"}, [{"tier": "gold"}, {}]),
    severity="info",
)

# --- AUDIT12x: attributes that look like one ----------------------------------------------------------------

NEAR_DUPLICATES = Code(
    "AUDIT121",
    "attributes whose names are nearly the same",
    "They differ in case, in what joins their words, in a plural or in one letter. Values split between them, and "
    "rules that ask for one miss the other. Often code in two places spells a name in two ways.",
    wrong=_workspace({"plan_type": "string", "planType": "string"}),
    right=_workspace({"plan_type": "string", "seats": "string"}),
    severity="warning",
)
SAME_VALUES = Code(
    "AUDIT122",
    "attributes that hold the same values",
    "Nearly everybody who has a value of both has the same one in both. One of them is a copy, and takes a place of "
    "the 250.",
    wrong=_workspace(
        {"tier": "string", "level": "string"}, [{"tier": f"t{n}", "level": f"t{n}"} for n in range(12)]
    ),
    right=_workspace(
        {"tier": "string", "level": "string"}, [{"tier": f"t{n}", "level": f"l{n}"} for n in range(12)]
    ),
    severity="warning",
)
BESIDE_STANDARD = Code(
    "AUDIT123",
    "an attribute beside one of Intercom's own of that name",
    "Intercom keeps attributes of its own. A custom one that is called the same has other values, and nobody "
    "remembers which of the two a segment asks for.",
    wrong=_workspace({"E-mail": "string"}),
    right=_workspace({"billing contact": "string"}),
    severity="info",
)

# --- AUDIT13x: values that do not fit -----------------------------------------------------------------------

OTHER_TYPE = Code(
    "AUDIT131",
    "values of another type than the attribute is declared as",
    "The attribute is a date, a number or a boolean, and some values are not: rules that compare it pass them over.",
    wrong=_workspace({"trial_end": "date"}, [{"trial_end": "2026-01-31"}]),
    right=_workspace({"trial_end": "date"}, [{"trial_end": _DAY}]),
    severity="warning",
)
MIXED_TIMES = Code(
    "AUDIT132",
    "times in milliseconds",
    "Intercom reads times in seconds. One in milliseconds lies some 50,000 years ahead, so that no rule about the "
    "last or the next days finds it. Where some are in seconds, two programs send the attribute.",
    wrong=_workspace({"trial_end": "date"}, [{"trial_end": _DAY * 1000}, {"trial_end": _DAY}], run=_ERRORS),
    right=_workspace({"trial_end": "date"}, [{"trial_end": _DAY}, {"trial_end": _DAY}], run=_ERRORS),
    severity="error",
)
DATES_AS_TEXT = Code(
    "AUDIT133",
    "dates as text",
    "Nearly every value of a text attribute is a date. Rules cannot ask for the days before or after one.",
    wrong=_workspace({"trial": "string"}, [{"trial": f"2026-01-0{n}"} for n in range(1, 6)]),
    right=_workspace({"trial": "string"}, [{"trial": f"plan {n}"} for n in range(1, 6)]),
    severity="warning",
)
NUMBERS_AS_TEXT = Code(
    "AUDIT134",
    "numbers as text",
    "Nearly every value of a text attribute is a number. Rules cannot ask for more or less than one. Names that say "
    "that digits are no number, such as `customer_id` and `zip`, are left alone.",
    wrong=_workspace({"seats": "string"}, [{"seats": f"{n}0"} for n in range(1, 6)]),
    right=_workspace({"seats": "string"}, [{"seats": f"{n} seats"} for n in range(1, 6)]),
    severity="warning",
)
BOOLEANS_AS_TEXT = Code(
    "AUDIT135",
    "yes and no as text",
    "Nearly every value of a text attribute is `true`, `no` or the like. Spellings multiply, and rules ask for one.",
    wrong=_workspace({"paying": "string"}, [{"paying": word} for word in ("yes", "no", "Yes")]),
    right=_workspace({"paying": "string"}, [{"paying": word} for word in ("card", "invoice", "none")]),
    severity="warning",
)
OUTSIDE_OPTIONS = Code(
    "AUDIT136",
    "values outside the options of a list",
    "Intercom takes any text for a list attribute. A value outside its options is in no menu of Intercom's screens, "
    "and rules that compare options miss it.",
    wrong=_workspace({"tier": "string"}, [{"tier": "Gold"}], options=["gold", "silver"]),
    right=_workspace({"tier": "string"}, [{"tier": "gold"}], options=["gold", "silver"]),
    severity="warning",
)

# --- AUDIT14x: personal data --------------------------------------------------------------------------------

CARD_NUMBERS = Code(
    "AUDIT141",
    "card numbers in a custom attribute",
    "A value begins like a card number, is as long, and its check digit is right. No such number belongs in "
    "Intercom. The report shows the last four digits.",
    wrong=_workspace({"notes": "string"}, [{"notes": "paid by 4242 4242 4242 4242"}], run=_ERRORS),
    right=_workspace({"notes": "string"}, [{"notes": "paid by card"}], run=_ERRORS),
    severity="error",
)
EMAIL_ADDRESSES = Code(
    "AUDIT142",
    "e-mail addresses in a custom attribute",
    "Intercom has an attribute of its own for these, which exports and deletions on a person's request cover. Free "
    "text that holds them is found by nobody. The report shows the first letter.",
    wrong=_workspace({"notes": "string"}, [{"notes": "write to jo@example.com"}]),
    right=_workspace({"notes": "string"}, [{"notes": "write to them"}]),
    severity="warning",
)
PHONE_NUMBERS = Code(
    "AUDIT143",
    "phone numbers in a custom attribute",
    "Intercom has an attribute of its own for these, which exports and deletions on a person's request cover. The "
    "report shows the last two digits.",
    wrong=_workspace({"notes": "string"}, [{"notes": "call +353 1 555 0142"}]),
    right=_workspace({"notes": "string"}, [{"notes": "call them"}]),
    severity="warning",
)

# --- AUDIT15x: definitions ----------------------------------------------------------------------------------

NO_DESCRIPTION = Code(
    "AUDIT151",
    "an attribute without a description",
    "Whoever builds a segment sees a name alone, and guesses.",
    wrong=_workspace({"tier": "string"}, description=""),
    right=_workspace({"tier": "string"}),
    severity="info",
)
MADE_BY_NOBODY = Code(
    "AUDIT152",
    "an attribute that no teammate made",
    "Intercom names no teammate as its maker: the Messenger made it of a key that a page sent, or an import or an "
    "app did. Such attributes multiply by slips in code, and cannot be deleted.",
    wrong=_workspace({"tier": "string"}, admin_id=None),
    right=_workspace({"tier": "string"}),
    severity="info",
)
MADE_BY = Code(
    "AUDIT153",
    "how many attributes a teammate made",
    "Whom to ask about an attribute. Intercom tells who made one, and not who changed it.",
    wrong=_workspace({"tier": "string"}),
    right=_workspace({"tier": "string"}, admin_id=None),
    severity="info",
)

# --- AUDIT16x: events and tags ------------------------------------------------------------------------------

LIKE_EVENTS = Code(
    "AUDIT161",
    "events that differ in case or separators alone",
    "Code in two places spells an event in two ways. Segments and messages that count one miss the other, and each "
    "takes a place of the 120.",
    wrong=_workspace({"tier": "string"}, events=["order-paid", "order_paid"]),
    right=_workspace({"tier": "string"}, events=["order_paid", "order_sent"]),
    severity="warning",
)
LIKE_TAGS = Code(
    "AUDIT162",
    "tags that differ in case or separators alone",
    "People who choose a tag choose either, and a rule asks for one.",
    wrong=_workspace({"big spender": "string", "big-spender": "string"}),
    right=_workspace({"big spender": "string", "trial": "string"}),
    severity="info",
)

# --- AUDIT17x, AUDIT18x: what could go ----------------------------------------------------------------------

EMPTY_SEGMENT = Code(
    "AUDIT171",
    "a segment of no people",
    "Intercom counts nobody in it: a filter that nobody passes, such as one on a value that is not sent any more. "
    "People enter when they are next seen or updated, so a new segment can be empty for a while.",
    wrong=_workspace({"tier": "string"}, segments=[{"id": "s1", "name": "At risk", "count": 0}]),
    right=_workspace({"tier": "string"}, segments=[{"id": "s1", "name": "At risk", "count": 12}]),
    severity="info",
)
ARCHIVE_CANDIDATE = Code(
    "AUDIT181",
    "an attribute that could be archived",
    "It is hardly filled, or its values are old. What is known to read it would break: audiences, and rules of the "
    "specs where there are some. Intercom tells neither the rules of its segments nor what messages read. Candidates "
    "that nothing is known to read come first, then the least filled, then the longest unseen.",
    wrong=_workspace({"tier": "string", "notes": "string"}, [{"tier": "gold"}]),
    right=_workspace({"tier": "string", "notes": "string"}, [_FILLED]),
    severity="info",
)

_ONE_EVENT = _workspace({"tier": "string"}, events=["order_paid"], run="audit --usages usages.json")
UNUSED_EVENT = Code(
    "AUDIT182",
    "an event that neither code nor rules use",
    "With `--usages` the audit knows which declared events no code sends and no rule of the specs reads. Each takes "
    "a place of the 120 event names. Another program may send it, and messages may wait for it: Intercom tells "
    "neither.",
    wrong=_with_usages(_ONE_EVENT, ["event.order_paid"]),
    right=_with_usages(_ONE_EVENT, []),
    severity="info",
)

# --- AUDIT19x: what was not looked at -----------------------------------------------------------------------

NOT_READ = Code(
    "AUDIT191",
    "something that the token may not read",
    "The token has no permission for a list, so the report is made without it, and says what is missing.",
    wrong=_workspace({"tier": "string"}, forbidden=("/audiences",)),
    right=_workspace({"tier": "string"}),
    severity="warning",
)
