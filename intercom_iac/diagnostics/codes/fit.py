"""FIT1xx: what of an import does not fit Intercom, or fits in another way than its source says."""

from __future__ import annotations

from ..registry import Code, Example

_PROJECT = "version: 1\n"


def _imported(plan: str, project: str = _PROJECT) -> Example:
    """An import of a tracking plan of Segment's, of which nothing is written."""
    files = {"intercom-iac.yaml": project, "specs/example.yaml": "version: 1\n", "plan.json": plan}
    return Example(files, run="import --from plan.json --dry-run")


def _plan(*rules: str) -> str:
    return f'{{"rules": [{", ".join(rules)}]}}'


def _event(name: str, *properties: str) -> str:
    members = ", ".join(f'"{key}": {{"type": "string"}}' for key in properties)
    return f'{{"key": "{name}", "type": "TRACK", "jsonSchema": {{"properties": {{{members}}}}}}}'


def _traits(rule: str, *names: str, type_: str = "string") -> str:
    members = ", ".join(f'"{name}": {{"type": "{type_}"}}' for name in names)
    traits = f'{{"traits": {{"type": "object", "properties": {{{members}}}}}}}'
    return f'{{"key": "", "type": "{rule}", "jsonSchema": {{"properties": {traits}}}}}'


_FITS = _imported(_plan(_event("order_paid", "total"), _traits("IDENTIFY", "plan_type")))
_SNAKE_CASE = "version: 1\nnaming: {events: snake_case, attributes: snake_case, metadata: snake_case}\n"

TOO_MANY_EVENTS = Code(
    "FIT101",
    "more events than a workspace holds",
    "With what is imported the specs declare more than the 120 active events that Intercom takes, and `check` "
    "refuses them. Choose those that campaigns need: `--only` and `--except` by their names, `--min-volume` by how "
    "often they are seen, where the source says so. Nothing is left out by itself.",
    wrong=_imported(_plan(*(_event(f"event_{number}") for number in range(121)))),
    right=_FITS,
    severity="warning",
)

TOO_MANY_ATTRIBUTES = Code(
    "FIT102",
    "more attributes than a workspace holds",
    "With what is imported the specs declare more than the 250 custom attributes that Intercom takes, those of "
    "contacts and of companies together, and `check` refuses them. Choose with `--only` and `--except`.",
    wrong=_imported(_plan(_traits("IDENTIFY", *(f"trait_{number}" for number in range(251))))),
    right=_FITS,
    severity="warning",
)

TOO_MANY_KEYS = Code(
    "FIT103",
    "an event with more metadata keys than Intercom keeps",
    "Intercom keeps 10 keys of an event and ignores the rest, in the order that they are sent. Of a tracking plan's "
    "event the required ones are written first, then the others as they stand; what is left out is listed. Keys that "
    "the source's tool adds by itself come last.",
    wrong=_imported(_plan(_event("order_paid", *(f"key_{number}" for number in range(11))))),
    right=_FITS,
    severity="warning",
)

COLLISION = Code(
    "FIT104",
    "names that are one in Intercom or in the project's style",
    "Intercom ignores the case of an event's name and stores `.` and `$` as `-`; a style of names, such as "
    "snake_case, makes more of them alike. The first is written and the other left out, and listed with its place. "
    "To keep both, give one of them another name in the source, or declare it by hand.",
    wrong=_imported(_plan(_event("Order Paid"), _event("order_paid")), _SNAKE_CASE),
    right=_FITS,
    severity="warning",
)

REFUSED_NAME = Code(
    "FIT105",
    "a name that Intercom does not take",
    "A name holds characters that Intercom refuses or rewrites. It is written without them, and the source's name is "
    "kept as `source_name`. Code that sends the old name has to send the new one.",
    wrong=_imported(_plan(_traits("IDENTIFY", "address.city"))),
    right=_FITS,
    severity="warning",
)

STANDARD_NAME = Code(
    "FIT106",
    "the name of one of Intercom's own attributes",
    "Intercom has an attribute of this name, which rules may use undeclared, so it is not declared. Where the source "
    "means something else, declare it by hand under another name.",
    wrong=_imported(_plan(_traits("IDENTIFY", "email"))),
    right=_FITS,
    severity="info",
)

SHARED_NAME = Code(
    "FIT107",
    "an attribute of contacts and one of companies with the same name",
    "A name stands once in Intercom for contacts and companies together. The contacts' attribute is written and the "
    "companies' left out, and listed with its place. To have both, declare the other by hand under another name.",
    wrong=_imported(_plan(_traits("IDENTIFY", "region"), _traits("GROUP", "region"))),
    right=_FITS,
    severity="warning",
)

NESTED = Code(
    "FIT108",
    "values that nest",
    "A value in Intercom is one text, number, boolean or date: a list or an object is refused, or stored as text. "
    "Such properties are left out and listed. Send what campaigns need of them as properties of their own.",
    wrong=_imported(_plan(_traits("IDENTIFY", "address", type_="object"))),
    right=_FITS,
    severity="warning",
)

CONFLICT = Code(
    "FIT109",
    "sources that do not agree",
    "Two sources, or two places of one, describe the same thing in different ways. What is read first is written, "
    "what only one of them says is taken from it, and each difference is listed with both sides and their places.",
    wrong=_imported(_plan(_traits("IDENTIFY", "seats"), _traits("IDENTIFY", "seats", type_="integer"))),
    right=_FITS,
    severity="warning",
)
