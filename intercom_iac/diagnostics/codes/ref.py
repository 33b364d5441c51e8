"""The codes of this stage."""

from __future__ import annotations

from ..registry import Code, Example, spec

# --- REF45x: names that the specs themselves give twice -----------------------------------------------------

DECLARED_TWICE = Code(
    "REF451",
    "a name declared twice",
    "An attribute, an event or a segment is declared once; which of two declarations would hold is nobody's to "
    "guess.",
    wrong=Example(
        {
            "specs/billing.yaml": "version: 1\nattributes:\n  contact:\n    seats: {type: integer}\n",
            "specs/product.yaml": "version: 1\nattributes:\n  contact:\n    seats: {type: string}\n",
        }
    ),
    right=spec("version: 1\nattributes:\n  contact:\n    seats: {type: integer}\n"),
)
SHARED_NAME = Code(
    "REF452",
    "a name on contact and on company",
    "In Intercom a custom attribute's name is unique across contacts and companies together: the second one is "
    "refused, archived or not.",
    wrong=spec(
        "version: 1\nattributes:\n  contact:\n    tier: {type: string}\n  company:\n    tier: {type: string}\n"
    ),
    right=spec(
        "version: 1\nattributes:\n  contact:\n    tier: {type: string}\n"
        "  company:\n    company_tier: {type: string}\n"
    ),
)
SAME_EVENT = Code(
    "REF453",
    "two event names that are one in Intercom",
    "Intercom reads event names in any case as one, and stores `.` and `$` as `-`.",
    wrong=spec("version: 1\nevents:\n  order-paid: {}\n  Order-Paid: {}\n"),
    right=spec("version: 1\nevents:\n  order-paid: {}\n  order-refunded: {}\n"),
)
SAME_SEGMENT_NAME = Code(
    "REF454",
    "two segments with one name in Intercom",
    "A segment is found in Intercom by its name, and so are the tag and the audience made of it.",
    wrong=spec(
        "version: 1\nsegments:\n  mail: {name: Reachable, rule: email has any value}\n"
        "  phone: {name: Reachable, rule: phone has any value}\n"
    ),
    right=spec(
        "version: 1\nsegments:\n  mail: {name: Reachable by mail, rule: email has any value}\n"
        "  phone: {name: Reachable by phone, rule: phone has any value}\n"
    ),
)
RENAMED_FROM = Code(
    "REF455",
    "a rename from a name that is still in use",
    "`renamed_from` says that the entry takes the place of another, which is then deprecated, archived or gone from "
    "the specs; and only one entry can take it. Of a segment it is the name people read in Intercom, not the key.",
    wrong=spec(
        "version: 1\nattributes:\n  contact:\n    plan: {type: string}\n"
        "    plan_type: {type: string, renamed_from: plan}\n"
    ),
    right=spec(
        "version: 1\nattributes:\n  contact:\n    plan: {type: string, status: deprecated}\n"
        "    plan_type: {type: string, renamed_from: plan}\n"
    ),
)
SAME_METADATA_KEY = Code(
    "REF456",
    "two metadata keys that are one in Intercom",
    "Intercom reads the keys of an event's metadata in any case as one.",
    wrong=spec("version: 1\nevents:\n  paid:\n    metadata: {plan: {type: string}, Plan: {type: string}}\n"),
    right=spec("version: 1\nevents:\n  paid:\n    metadata: {plan: {type: string}, term: {type: string}}\n"),
)

SAME_TAG = Code(
    "REF457",
    "two segments with one tag in Intercom",
    "Intercom reads the names of tags in any case as one: the members of both segments would get the same tag.",
    wrong=spec(
        "version: 1\nsegments:\n  mail: {name: Reachable, rule: email has any value, publish: [tag]}\n"
        "  phone: {name: reachable, rule: phone has any value, publish: [tag]}\n"
    ),
    right=spec(
        "version: 1\nsegments:\n  mail: {name: Reachable by mail, rule: email has any value, publish: [tag]}\n"
        "  phone: {name: Reachable by phone, rule: phone has any value, publish: [tag]}\n"
    ),
)

# --- REF40x: names in a rule that nothing answers to --------------------------------------------------------


def _rule(text: str, attribute: str = "{type: string}", second: str = "email has any value") -> Example:
    """A project with an attribute on each side, an event and two segments, the first of this rule."""
    return spec(
        "version: 1\n"
        "attributes:\n"
        f"  contact: {{plan_type: {attribute}}}\n"
        "  company: {seats: {type: integer}}\n"
        "events:\n"
        "  report_exported: {metadata: {format: {type: string}}}\n"
        "segments:\n"
        "  first:\n"
        "    name: First\n"
        f"    rule: {text}\n"
        "  second:\n"
        "    name: Second\n"
        f"    rule: {second}\n"
    )


def _two_workspaces_example(more: str) -> Example:
    """A project with two workspaces, an attribute for one of them and a segment that reads it."""
    return Example(
        {
            "intercom-iac.yaml": "version: 1\nworkspaces:\n  production: {region: us}\n"
            "  staging: {sandbox: .intercom-iac/staging.db}\n",
            "specs/example.yaml": "version: 1\nattributes:\n  contact:\n"
            "    churn_score: {type: float, only: [staging]}\n"
            f"segments:\n  leaving: {{rule: churn_score > 0.8{more}}}\n",
        }
    )


def _archived_segment(status: str) -> Example:
    """A segment that refers to an archived one, and has this status itself."""
    return spec(
        "version: 1\n"
        "segments:\n"
        "  first: {name: First, rule: email has any value, status: archived}\n"
        f"  second: {{name: Second, rule: segment first and role = user, status: {status}}}\n"
    )


UNKNOWN_FIELD = Code(
    "REF401",
    "an attribute that is not declared",
    "A rule uses attributes the specs declare and Intercom's standard ones. What only the workspace has is taken "
    "into the specs by `import`.",
    wrong=_rule("plan_tipe = pro"),
    right=_rule("plan_type = pro"),
)
OTHER_MODEL = Code(
    "REF402",
    "an attribute of the other model",
    "A bare name is an attribute of the contact; one of its companies' is written `company.name`, or stands bare "
    "inside `company( ... )`.",
    wrong=_rule("seats > 5"),
    right=_rule("company.seats > 5"),
)
UNKNOWN_EVENT = Code(
    "REF403",
    "an event that is not declared",
    "A rule uses events the specs declare: Intercom has no list of its events to check against.",
    wrong=_rule("event report_export"),
    right=_rule("event report_exported"),
)
UNKNOWN_KEY = Code(
    "REF404",
    "a metadata key the event does not have",
    "Behind `where` stand keys of the event's own metadata, as the specs declare them.",
    wrong=_rule("event report_exported where kind = pdf"),
    right=_rule("event report_exported where format = pdf"),
)
UNKNOWN_SEGMENT = Code(
    "REF405",
    "a segment that is not declared",
    "`segment key` names another segment of the specs by its key, not by the name people read in Intercom.",
    wrong=_rule("segment secnd"),
    right=_rule("segment second"),
)
CYCLE = Code(
    "REF406",
    "segments that rest on each other",
    "A segment that refers to itself, directly or through others, has no meaning.",
    wrong=_rule("segment second", second="segment first"),
    right=_rule("segment second"),
)
ARCHIVED = Code(
    "REF407",
    "an archived attribute or event in a rule",
    "What is archived gets no new values and cannot be chosen in Intercom's filters; a segment must not rest on it.",
    wrong=_rule("plan_type = pro", "{type: string, status: archived}"),
    right=_rule("plan_type = pro"),
)
ELSEWHERE = Code(
    "REF408",
    "what is for other workspaces only",
    "With `only` or `except` an attribute, an event or a segment is for some of the project's workspaces. For the "
    "others it does not exist, and a rule that is for those too cannot name it.",
    wrong=_two_workspaces_example(""),
    right=_two_workspaces_example(", only: [staging]"),
)
ARCHIVED_SEGMENT = Code(
    "REF409",
    "an archived segment in a rule",
    "What is archived is on its way out of Intercom and selects nobody. A live segment must not rest on it: write "
    "what it stood for, or take it back. An archived segment may go on naming whatever it named.",
    wrong=_archived_segment("active"),
    right=_archived_segment("archived"),
)
