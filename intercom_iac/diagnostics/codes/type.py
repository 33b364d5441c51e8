"""TYPE3xx: a rule that reads, but asks what its fields cannot answer."""

from __future__ import annotations

from ..registry import Code, Example, spec


def _rule(text: str) -> Example:
    """A project with attributes of several types, an event and one segment of this rule."""
    return spec(
        "version: 1\n"
        "attributes:\n"
        "  contact:\n"
        "    plan: {type: options, options: [free, trial, pro]}\n"
        "    feature_usage: {type: integer}\n"
        "    trial_end_date: {type: date}\n"
        "events:\n"
        "  report_exported: {metadata: {format: {type: string}, pages: {type: integer}}}\n"
        "segments:\n"
        "  example:\n"
        "    name: Example\n"
        "    rule: |\n"
        f"      {text}\n"
    )


OPERATOR = Code(
    "TYPE301",
    "an operator that does not go with the field's type",
    "Each type has its own operators: numbers compare by size, texts contain and start with, dates lie before, after "
    "or within.",
    wrong=_rule("plan > 5"),
    right=_rule("feature_usage > 5"),
)
VALUE = Code(
    "TYPE302",
    "a value that is not of the field's type",
    "A test compares a field with a value of its own type, numbers and dates also with another attribute of the same "
    "contact, company or occurrence; any other test would never hold, or always.",
    wrong=_rule("feature_usage = often"),
    right=_rule("feature_usage = 5"),
)
OPTION = Code(
    "TYPE303",
    "an option the attribute does not have",
    "An attribute with options holds one of them, to the letter; a test against another never holds.",
    wrong=_rule("plan = trail"),
    right=_rule("plan = trial"),
)
DAY = Code(
    "TYPE304",
    "a day that is not in the calendar",
    "Days are written as year, month and day: 2026-01-31.",
    wrong=_rule("trial_end_date before 2026-02-30"),
    right=_rule("trial_end_date before 2026-02-28"),
)
RANGE = Code(
    "TYPE305",
    "a number out of range",
    "Counts and numbers of days are whole, not negative, and within reach; other numbers fit 64 bits. A range of "
    "days begins before it ends.",
    wrong=_rule("trial_end_date within next 1.5 days"),
    right=_rule("trial_end_date within next 2 days"),
)
PLACE = Code(
    "TYPE306",
    "a test where it has no subject",
    "Inside `company( ... )` tests are about a company, behind `where` about an event's metadata. Events, segments "
    "and `company.` belong outside.",
    wrong=_rule("company(industry = retail and event report_exported)"),
    right=_rule("company(industry = retail) and event report_exported"),
)
NOT_A_TEXT = Code(
    "TYPE307",
    "a bare word that is read as something else than a text",
    '`email = null` reads as "has no email", and as a comparison it would select those whose email is the word '
    "null. Words for no value, for any value, for true and false, for days, times and comparisons are texts in "
    "quotes only. An option of that name is the option.",
    wrong=_rule("email = null"),
    right=_rule("email is unknown"),
)
METADATA_OUTSIDE = Code(
    "TYPE308",
    "an event's metadata behind `and`, outside of its `where`",
    "Behind `where` without parentheses stands one test; what follows `and` or `or` is about the contact again. "
    "Where that is a key of the event's metadata, the parentheses say what is meant.",
    wrong=_rule("event report_exported where format = pdf and pages > 3"),
    right=_rule("event report_exported where (format = pdf and pages > 3)"),
)
DIRECTION = Code(
    "TYPE309",
    "days to come of one of Intercom's timestamps that lie in the past",
    "`within 3 days` without a direction asks for the days to come. What Intercom's own timestamps such as "
    "`last_seen_at` tell of has happened, so that the test would hold for nobody but those of today.",
    wrong=_rule("last_seen_at within 30 days"),
    right=_rule("last_seen_at within last 30 days"),
)
