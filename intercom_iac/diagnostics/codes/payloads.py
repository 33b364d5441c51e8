"""PAYL9xx: what is wrong with records and values that are sent.

PAYL901 to PAYL928 are about what a record says, PAYL931 to PAYL938 about records that are not read or only in part.
"""

from __future__ import annotations

from ..registry import Code, Example

_SPECS = """\
version: 1
attributes:
  contact:
    plan_type: {type: options, options: [free, pro], messenger_writable: true}
    trial_end_date: {type: date}
    seats_used: {type: integer}
    onboarded: {type: boolean}
    team: {type: string}
    synced_at: {type: integer}
    plan_name: {type: string, status: deprecated}
    old_plan: {type: string, status: archived}
events:
  report_exported:
    metadata:
      format: {type: options, options: [csv, pdf], required: true}
      report: {type: string}
      price: {type: integer}
"""
_LIMIT = 255
_TEN = 10


def _records(kind: str, text: str) -> Example:
    """A check of a file that is this text; `kind` "" leaves it to the records to say what they are."""
    run = f"payload check records.ndjson --kind {kind}" if kind else "payload check records.ndjson"
    return Example({"specs/example.yaml": _SPECS, "records.ndjson": f"{text}\n"}, run)


def _contact(custom_attributes: str) -> Example:
    return _records("contact", f'{{"external_id": "u1", "custom_attributes": {custom_attributes}}}')


def _event(metadata: str, name: str = "report_exported") -> Example:
    return _records(
        "event",
        f'{{"event_name": "{name}", "created_at": 1767225600, "user_id": "u1", "metadata": {metadata}}}',
    )


# --- PAYL901 to PAYL928: what a record says -----------------------------------------------------------------

UNKNOWN_ATTRIBUTE = Code(
    "PAYL901",
    "an attribute that the specs do not declare",
    "Intercom's API answers 400 to an attribute that it does not know; the Messenger makes a new one of it, which "
    "nobody can delete. Declare it, or send the one that was meant.",
    wrong=_contact('{"plan_typ": "pro"}'),
    right=_contact('{"plan_type": "pro"}'),
)
UNKNOWN_EVENT = Code(
    "PAYL902",
    "an event that the specs do not declare",
    "Each new name takes one of the 120 that a workspace may have, and stays. Past 120 Intercom stores no new one. "
    "Metadata of an event that is not declared is looked at for nothing but the number of its keys.",
    wrong=_event("{}", name="report_shared"),
    right=_event('{"format": "csv"}'),
)
UNKNOWN_METADATA = Code(
    "PAYL903",
    "a metadata key that the event does not declare",
    "Intercom takes any key, and a rule or a message that reads the declared one finds nothing there.",
    wrong=_event('{"format": "csv", "raport": "Sales"}'),
    right=_event('{"format": "csv", "report": "Sales"}'),
)
WRONG_TYPE = Code(
    "PAYL904",
    "a value of another type than declared",
    "Intercom refuses such a value or stores another one, and rules that test the attribute do not see it.",
    wrong=_contact('{"seats_used": 3.5}'),
    right=_contact('{"seats_used": 3}'),
)
NOT_AN_OPTION = Code(
    "PAYL905",
    "a value that is none of the options",
    "Intercom stores it, but no rule that names an option selects the person. An attribute or key with "
    "`open_options: true` takes any text.",
    wrong=_contact('{"plan_type": "Pro"}'),
    right=_contact('{"plan_type": "pro"}'),
)
MISSING = Code(
    "PAYL906",
    "a key that is required and missing",
    "An event needs `event_name` and `created_at`, and the metadata that its specs call `required`.",
    wrong=_event("{}"),
    right=_event('{"format": "csv"}'),
)
NOT_WRITABLE = Code(
    "PAYL907",
    "a standard attribute that cannot be written",
    "Intercom sets it by itself and returns it; what is sent for it is refused or ignored.",
    wrong=_records("contact", '{"external_id": "u1", "created_at": 1767225600}'),
    right=_records("contact", '{"external_id": "u1", "signed_up_at": 1767225600}'),
)
NESTED = Code(
    "PAYL908",
    "an object where a single value belongs",
    "Values of attributes and metadata are texts, numbers and booleans. Metadata also takes rich links and amounts "
    "of money; every other object is refused or dropped.",
    wrong=_contact('{"team": {"name": "Sales"}}'),
    right=_contact('{"team": "Sales"}'),
)
LIST = Code(
    "PAYL909",
    "a list where a single value belongs",
    "Intercom has no lists of values: one is refused or dropped.",
    wrong=_contact('{"team": ["Sales", "Support"]}'),
    right=_contact('{"team": "Sales, Support"}'),
)
MILLISECONDS = Code(
    "PAYL910",
    "a date in milliseconds",
    "Dates are Unix seconds. JavaScript's `Date.now()` and Java's `currentTimeMillis()` count milliseconds, which "
    "Intercom takes for a day tens of thousands of years ahead.",
    wrong=_contact('{"trial_end_date": 1767225600000}'),
    right=_contact('{"trial_end_date": 1767225600}'),
)
NUMBER_AS_TEXT = Code(
    "PAYL911",
    "a number in quotes",
    "A number or a date that is sent as text is refused or stored as text, which no rule compares as a number.",
    wrong=_contact('{"seats_used": "3"}'),
    right=_contact('{"seats_used": 3}'),
)
DATE_AS_TEXT = Code(
    "PAYL912",
    "a date as text",
    "Dates are whole Unix seconds; Intercom does not read `2026-01-01` for an attribute.",
    wrong=_contact('{"trial_end_date": "2026-01-01"}'),
    right=_contact('{"trial_end_date": 1767225600}'),
)
TOO_LONG = Code(
    "PAYL913",
    "a text of more than 255 characters",
    "Intercom keeps texts of up to 255 characters, and refuses or cuts longer ones.",
    wrong=_contact(f'{{"team": "{"x" * (_LIMIT + 1)}"}}'),
    right=_contact(f'{{"team": "{"x" * _LIMIT}"}}'),
)
TOO_MANY_KEYS = Code(
    "PAYL914",
    "more than 10 metadata keys",
    "Intercom keeps the first 10 in the order in which they are sent, and ignores the rest without a word.",
    wrong=_event("{" + ", ".join(['"format": "csv"', *(f'"k{at}": {at}' for at in range(_TEN))]) + "}"),
    right=_event('{"format": "csv", "report": "Sales"}'),
)
RESERVED_NAME = Code(
    "PAYL915",
    "a custom key with a name of Intercom's own",
    "Names such as `user_id`, `created_at` or `app_id` are Intercom's or the Messenger's. A custom attribute or a "
    "metadata key of that name is not stored, or is taken for Intercom's own.",
    wrong=_contact('{"user_id": "u1"}'),
    right=_contact('{"team": "Sales"}'),
)
DATE_KEY = Code(
    "PAYL916",
    "a number under a key that Intercom reads as a date",
    "Intercom takes a number under a key that ends in `_at` or `_date` for a date, whatever the specs say. Declare "
    "it as a date, or choose another name.",
    wrong=_contact('{"synced_at": 1767225600}'),
    right=_contact('{"trial_end_date": 1767225600}'),
    severity="warning",
)
RICH_LINK = Code(
    "PAYL917",
    "a rich link that is not one",
    'A rich link is an object of two texts, `{"url": "https://...", "value": "what is shown"}`, each of at most 255 '
    "characters.",
    wrong=_event('{"format": "csv", "report": {"url": "/reports/1", "value": "Sales"}}'),
    right=_event('{"format": "csv", "report": {"url": "https://example.com/reports/1", "value": "Sales"}}'),
)
MONEY = Code(
    "PAYL918",
    "an amount of money that is not one",
    'An amount of money is `{"amount": 1299, "currency": "eur"}`: whole cents, and a currency of three letters.',
    wrong=_event('{"format": "csv", "price": {"amount": 12.99, "currency": "eur"}}'),
    right=_event('{"format": "csv", "price": {"amount": 1299, "currency": "eur"}}'),
)
NOT_MESSENGER_WRITABLE = Code(
    "PAYL919",
    "an attribute that the Messenger may not write",
    "Intercom ignores without a word what a browser sends for an attribute without `messenger_writable: true`. Send "
    "it from the server.",
    wrong=_records("boot", '{"user_id": "u1", "team": "Sales"}'),
    right=_records("boot", '{"user_id": "u1", "plan_type": "pro"}'),
)
EVENT_SPELLING = Code(
    "PAYL920",
    "the name of an event in another spelling",
    "It differs from a declared one by case or by what separates its words. Intercom may count it as an event of its "
    "own, and reports over the declared one miss it.",
    wrong=_event('{"format": "csv"}', name="Report-Exported"),
    right=_event('{"format": "csv"}'),
)
DEPRECATED = Code(
    "PAYL921",
    "an attribute or event that is deprecated",
    "It still works, and is meant to go: segments and messages should no longer read it.",
    wrong=_contact('{"plan_name": "Pro"}'),
    right=_contact('{"plan_type": "pro"}'),
    severity="warning",
)
ARCHIVED = Code(
    "PAYL922",
    "an attribute or event that is archived",
    "Nothing reads it any longer, and Intercom may refuse it.",
    wrong=_contact('{"old_plan": "Pro"}'),
    right=_contact('{"plan_type": "pro"}'),
)
NO_IDENTIFIER = Code(
    "PAYL923",
    "a record that does not say whom it is about",
    "A contact needs `external_id`, `id` or `email`, a company `company_id` or `id`, and an event `user_id`, `id` or "
    "`email` of the person who did it.",
    wrong=_records("contact", '{"custom_attributes": {"plan_type": "pro"}}'),
    right=_records("contact", '{"external_id": "u1", "custom_attributes": {"plan_type": "pro"}}'),
)
MISPLACED = Code(
    "PAYL924",
    "a key in the wrong place",
    "In the API custom attributes stand in `custom_attributes`, an event's metadata in `metadata`, and Intercom's "
    "own keys at the top. The Messenger has all of them at the top. Elsewhere they are refused or not saved.",
    wrong=_records("contact", '{"external_id": "u1", "plan_type": "pro"}'),
    right=_records("contact", '{"external_id": "u1", "custom_attributes": {"plan_type": "pro"}}'),
)
BOOLEAN_AS_TEXT = Code(
    "PAYL925",
    "a boolean in quotes",
    "A boolean that is sent as text is refused or stored as text; no rule takes it for true or false.",
    wrong=_contact('{"onboarded": "true"}'),
    right=_contact('{"onboarded": true}'),
)
NULL = Code(
    "PAYL926",
    "null where none is taken",
    "Null clears an attribute. Metadata and the keys that name a record have nothing to clear: leave the key out.",
    wrong=_event('{"format": "csv", "report": null}'),
    right=_event('{"format": "csv"}'),
)
IN_FUTURE = Code(
    "PAYL927",
    "a time in the future for what lies in the past",
    "When an event happened, or a person signed up or was last seen, is not known in advance. A clock that is wrong, "
    "or another unit, looks like this. The day is `--today`.",
    wrong=_records("contact", '{"external_id": "u1", "signed_up_at": 4070908800}'),
    right=_records("contact", '{"external_id": "u1", "signed_up_at": 1767225600}'),
    severity="warning",
)
OUT_OF_CALENDAR = Code(
    "PAYL928",
    "a date outside of 1970 to 2100",
    "Dates are whole Unix seconds. A number before 1970 or after 2100 is no day that somebody meant; it may count "
    "microseconds, or be written as `20260101`.",
    wrong=_contact('{"trial_end_date": -1}'),
    right=_contact('{"trial_end_date": 1767225600}'),
)

# --- PAYL931 to PAYL938: records that are not read, or only in part -------------------------------------------

NOT_JSON = Code(
    "PAYL931",
    "a record that is not JSON",
    "The line, or the record of the array, is not read. The others are.",
    wrong=_records("contact", "{'external_id': 'u1'}"),
    right=_records("contact", '{"external_id": "u1"}'),
)
NOT_AN_OBJECT = Code(
    "PAYL932",
    "a record that is no object",
    "A record is an object of keys and values.",
    wrong=_records("contact", '"u1"'),
    right=_records("contact", '{"external_id": "u1"}'),
)
DUPLICATE_KEY = Code(
    "PAYL933",
    "a key that an object has twice",
    "Which of the two counts depends on who reads it. What is checked is the last one.",
    wrong=_contact('{"plan_type": "free", "plan_type": "pro"}'),
    right=_contact('{"plan_type": "pro"}'),
)
NOT_FINITE = Code(
    "PAYL934",
    "a number that JSON does not have",
    "NaN and Infinity are no JSON, and `1e400` is more than a number holds. Intercom refuses the whole record.",
    wrong=_contact('{"seats_used": NaN}'),
    right=_contact('{"seats_used": 3}'),
)
ENCODING = Code(
    "PAYL935",
    "bytes that are not UTF-8",
    "JSON is UTF-8. A file in another encoding, such as Latin-1 or UTF-16, is read wrongly wherever it has more than "
    "plain letters. A byte order mark at its beginning is read over.",
    wrong=_contact('{"team": "Caf\udce9"}'),
    right=_contact('{"team": "Café"}'),
)
RAGGED_ROW = Code(
    "PAYL936",
    "a row with more or fewer cells than the header",
    "A missing quote or a comma within a value shifts every cell behind it, so the row is not looked at any further.",
    wrong=Example(
        {"specs/example.yaml": _SPECS, "records.csv": "external_id,team\nu1,Sales,Support\n"},
        "payload check records.csv --kind contact",
    ),
    right=Example(
        {"specs/example.yaml": _SPECS, "records.csv": 'external_id,team\nu1,"Sales, Support"\n'},
        "payload check records.csv --kind contact",
    ),
)
TOO_LARGE = Code(
    "PAYL937",
    "a record that is too deep or too large",
    "No record that Intercom takes has a hundred levels or several megabytes. It is not looked at any further.",
    wrong=_contact('{"team": ' + "[" * 200 + "]" * 200 + "}"),
    right=_contact('{"team": "Sales"}'),
)
NO_KIND = Code(
    "PAYL938",
    "a record that does not say what it is",
    "Without `--kind` a record says it by its `type` (`contact`, `user`, `lead`, `company`, `event` or `boot`), or "
    "is an event by having an `event_name`.",
    wrong=_records("", '{"external_id": "u1"}'),
    right=_records("", '{"type": "contact", "external_id": "u1"}'),
)
