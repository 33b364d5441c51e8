"""The shape of a spec file: it says what is read of one, and what its JSON Schema is.

Types, and limits in `Annotated[..., Bounds(...)]`, hold for both. The keywords of `optional_key` (`pattern`,
`minItems`, `uniqueItems`) are for the JSON Schema alone: `intercom_iac.specs.checks` judges what they say, with
better messages, and whatever needs more than one value. Annotations are read as they stand.
"""

from collections.abc import Callable, Mapping
from typing import Annotated, Any, ClassVar, Literal

from intercom_iac.model.limits import (
    MAX_METADATA_KEYS,
    MAX_TEXT_LENGTH,
    MIN_OPTIONS,
    allowed_in_attribute_names,
    allowed_in_metadata_keys,
)
from intercom_iac.project.policy.settings import Labels
from intercom_iac.yaml.shapes import (
    SPEC_VERSION,
    Bounds,
    JsonObject,
    Shape,
    keys_of,
    optional_key,
    required_key,
)


def _refusing_pattern(allowed: Callable[[str], bool]) -> str:
    """A pattern that refuses what is not allowed of ASCII, and a space at either end.

    Of other characters it lets all pass: not every reader of patterns knows classes of Unicode. Each character
    is written as its number, which every one reads alike.
    """
    bad = "".join(f"\\x{number:02x}" for number in range(128) if not allowed(chr(number)))
    return f"^[^ {bad}](?:[^{bad}]*[^ {bad}])?$"


_ATTRIBUTE_NAME = _refusing_pattern(allowed_in_attribute_names)
_METADATA_KEY = _refusing_pattern(allowed_in_metadata_keys)
# Any other name: on one line, without white space at either end.
_ONE_LINE = r"^[^ \x09\x0a\x0d](?:[^\x0a\x0d]*[^ \x09\x0a\x0d])?$"
_ONE_OF_BOTH: JsonObject = {"not": {"required": ["only", "except"]}}
_OPTIONS_RULE: JsonObject = {
    "if": {"properties": {"type": {"const": "options"}}, "required": ["type"]},
    "then": {"required": ["options"]},
    "else": {"properties": {"options": False, "open_options": {"const": False}}},
}

# What stands for the rule of a segment that a person built in Intercom.
UNKNOWN_RULE = "unknown"
_BUILT_RULE: JsonObject = {
    "required": [],
    "if": {"properties": {"built_in_intercom": {"const": True}}, "required": ["built_in_intercom"]},
    "then": {
        "properties": {
            "rule": {"pattern": r"^\s*[Uu]nknown\s*$"},
            "publish": {"maxItems": 0},
            "adopt": {"const": False},
        }
    },
    "else": {"required": ["rule"]},
    "dependentSchemas": {
        "from": {
            "if": {"properties": {"from": {"type": "string"}}},
            "then": {
                "required": ["publish"],
                "properties": {"publish": {"contains": {"enum": ["tag", "attribute"]}}},
            },
        },
        "adopt": {
            "if": {"properties": {"adopt": {"const": True}}},
            "then": {"required": ["publish"], "properties": {"publish": {"minItems": 1}}},
        },
    },
}

Type = Literal["string", "integer", "float", "boolean", "date", "options"]
Status = Literal["active", "deprecated", "archived"]
# A value of a test; without a value it is null.
TestedValue = str | bool | int | float | None
# Of one event on one day, in a test.
MOST_OCCURRENCES = 1000
Option = Annotated[str, Bounds(max_length=MAX_TEXT_LENGTH, keywords={"pattern": _ONE_LINE})]


_OPTIONS = optional_key(
    f"The values it can have, with type `options` only; {MIN_OPTIONS} at least.",
    ["free", "trial", "pro"],
    minItems=MIN_OPTIONS,
    uniqueItems=True,
)
_OPEN_OPTIONS = optional_key(
    "Whether what sends it may send values that are not among the options yet; with type `options` only.",
    True,
    default=False,
)
_OWNER = optional_key("The team that answers for it.", "growth")
_STATUS = optional_key(
    "`deprecated` is on its way out: rules that use it are warned about. `archived` retires it.",
    default="active",
)
_ONLY = optional_key(
    "The workspaces it is for, by their names in the project file; it does not exist for the others.",
    ["staging"],
    minItems=1,
    uniqueItems=True,
)
_EXCEPT = optional_key(
    "The workspaces it is not for; an entry has one of `only` and `except`.",
    ["production"],
    alias="except",
    minItems=1,
    uniqueItems=True,
)
_SOURCE_NAME = optional_key(
    "What the tracking plan that it was imported from calls it; nothing in Intercom.", "billingPlan"
)
_ADOPT = optional_key(
    "The audience or tag of its name was made by somebody else, and is taken over: archived, it stays in Intercom.",
    default=False,
)
_RENAMED = optional_key(
    "The name it had before. Intercom cannot rename: the old one stays until archived.", "plan"
)


class ReplacedEntry(Shape):
    """The attribute that another one takes the place of, with other values or another type."""

    attribute: str = required_key("Its name, of the same kind of object.", "plan_type")
    convert: dict[str, str | bool | int | float] | None = optional_key(
        "What its values become, where the same text would not do.", {"trial": "free", "pro": "paid"}
    )


class AttributeEntry(Shape):
    """A custom data attribute of a contact or a company."""

    json_keywords: ClassVar[JsonObject] = {**_OPTIONS_RULE, **_ONE_OF_BOTH}

    type: Type = required_key("The type of its values.", "string", "options")
    options: list[Option] | None = _OPTIONS
    open_options: bool = _OPEN_OPTIONS
    description: str | None = optional_key(
        "What it says, and where the value comes from. Shown in Intercom; left out, the one there stays.",
        "Billing plan the person is on",
    )
    owner: str | None = _OWNER
    status: Status = _STATUS
    messenger_writable: bool = optional_key(
        "Whether the Messenger may write it, which means: whoever visits the page.", default=False
    )
    renamed_from: str | None = _RENAMED
    replaces: ReplacedEntry | None = optional_key(
        "The attribute whose place it takes, and how its values convert; `renamed_from` is the short form, for the "
        "same type and values.",
        {"attribute": "plan_type", "convert": {"trial": "free", "pro": "paid"}},
    )
    source_name: str | None = _SOURCE_NAME
    labels: Labels | None = optional_key(
        "What kind of data it is: labels that the project's policy has rules for.",
        {"pii": "sensitive", "purpose": ["support"]},
    )
    only: list[str] | None = _ONLY
    except_: list[str] | None = _EXCEPT


class MetadataEntry(Shape):
    """A key of an event's metadata."""

    json_keywords: ClassVar[JsonObject] = _OPTIONS_RULE

    type: Type = required_key("The type of its values.", "string")
    required: bool = optional_key("Whether an occurrence without it is invalid.", default=False)
    options: list[Option] | None = _OPTIONS
    open_options: bool = _OPEN_OPTIONS
    description: str | None = optional_key("What it says.", "The feature, by its name in the product")
    source_name: str | None = _SOURCE_NAME


class EventEntry(Shape):
    """An event that is tracked for people. Intercom knows its name once it has been sent."""

    json_keywords: ClassVar[JsonObject] = _ONE_OF_BOTH

    description: str | None = optional_key(
        "What happened when it is sent, and what sends it.", "A person used a feature for the first time"
    )
    metadata: dict[str, MetadataEntry] | None = optional_key(
        f"What an occurrence carries, by key; Intercom keeps {MAX_METADATA_KEYS} and ignores the rest.",
        {"feature_name": {"type": "string", "required": True}},
        maxProperties=MAX_METADATA_KEYS,
        propertyNames={"pattern": _METADATA_KEY},
    )
    adopt: bool = optional_key(
        "Something sends it already, so that Intercom knows it: apply sends no sample of it.", default=False
    )
    owner: str | None = _OWNER
    status: Status = _STATUS
    renamed_from: str | None = _RENAMED
    source_name: str | None = _SOURCE_NAME
    only: list[str] | None = _ONLY
    except_: list[str] | None = _EXCEPT


class OccurrenceEntry(Shape):
    """What the person of a test did."""

    event: str = required_key("The event, by its name.", "invite_sent")
    on: str | None = optional_key("Its day; today where left out.", "today - 3 days", "2026-03-11")
    count: Annotated[int, Bounds(ge=1, le=MOST_OCCURRENCES)] = optional_key(
        "How often it happened on that day.", 2, default=1
    )
    metadata: dict[str, TestedValue] | None = optional_key("Its metadata.", {"channel": "email"})


class SegmentTestEntry(Shape):
    """A person in short form, and whether it is a member of the segment."""

    name: str | None = optional_key("What it tests, for people.", "the last day of the trial")
    contact: dict[str, TestedValue] | None = optional_key(
        "Values of the contact, by attribute; what is left out has no value. A date is a day such as `today + 2 "
        "days` or 2026-03-14.",
        {"plan_type": "trial", "trial_end_date": "today + 2 days"},
    )
    companies: list[dict[str, TestedValue | list[str]]] | None = optional_key(
        "The companies of the contact, by attribute; `tags` are the names of a company's tags.",
        [{"plan": "enterprise", "size": 120}],
    )
    events: list[OccurrenceEntry] | None = optional_key(
        "What the person did.", [{"event": "invite_sent", "on": "today - 3 days", "count": 2}]
    )
    tags: list[str] | None = optional_key("The names of the contact's tags.", ["vip"])
    member: bool = required_key("Whether the person is a member of the segment.", True)
    today: str | None = optional_key(
        "The day that is today for this test; that of the run where left out.", "2026-03-14"
    )


class SegmentEntry(Shape):
    """A group of people that a rule describes."""

    json_keywords: ClassVar[JsonObject] = {**_BUILT_RULE, **_ONE_OF_BOTH}

    name: str | None = optional_key(
        "The name people read in Intercom; its key where left out.",
        "Trial users ending in 3 days",
        minLength=1,
        pattern=_ONE_LINE,
    )
    rule: str = required_key(
        f"Who belongs to it; `{UNKNOWN_RULE}`, or left out, where it is `built_in_intercom`.",
        "plan_type = trial and trial_end_date within next 3 days",
    )
    publish: list[Literal["audience", "tag", "attribute", "company tag"]] | None = optional_key(
        "What apply makes of it; who has the tag or the boolean attribute of its key, `segment publish` keeps in "
        "line. Nothing: a person builds it in Intercom, and the plan verifies it.",
        ["audience", "tag"],
        uniqueItems=True,
    )
    from_: str | None = optional_key(
        "The source of the project file whose rows are its members, by their key. Left out: those that the rule "
        "finds in Intercom.",
        "trial_members",
        alias="from",
    )
    built_in_intercom: bool = optional_key(
        f"A person built it in Intercom, which tells its rule to nobody: with `rule: {UNKNOWN_RULE}` or without.",
        default=False,
    )
    adopt: bool = _ADOPT
    description: str | None = optional_key("What the segment is for.", "To be asked before the trial ends")
    owner: str | None = _OWNER
    status: Status = _STATUS
    renamed_from: str | None = optional_key(
        "The `name` it had in Intercom, not its key: apply renames the audience and the tag of that name.",
        "Trial users ending soon",
    )
    only: list[str] | None = _ONLY
    except_: list[str] | None = _EXCEPT
    tests: list[SegmentTestEntry] | None = optional_key(
        "People, each with whether it is a member; `check` asks the rule about them.",
        [{"contact": {"plan_type": "trial", "trial_end_date": "today + 2 days"}, "member": True}],
    )

    @classmethod
    def prepare(cls, data: JsonObject) -> JsonObject:
        """A segment that was built in Intercom may leave its rule out, which says the same as that it is unknown."""
        if data.get("built_in_intercom") is True and "rule" not in data:
            return {**data, "rule": UNKNOWN_RULE}
        return data

    @property
    def has_unknown_rule(self) -> bool:
        """Whether a person built it in Intercom, and nothing is said of its rule."""
        return self.built_in_intercom and self.rule.strip().casefold() == UNKNOWN_RULE


# Which key of an assertion says what it claims; it has one of them.
CLAIMS = ("disjoint", "covers", "implies", "equivalent", "nonempty", "never")
_ONE_CLAIM: JsonObject = {**_ONE_OF_BOTH, "oneOf": [{"required": [claim]} for claim in CLAIMS]}
_MIN_RULES: Mapping[str, int] = {"disjoint": 2, "equivalent": 2}


class CoverEntry(Shape):
    """Rules that together select everybody whom another one selects."""

    all: list[str] = required_key(
        "Keys of segments, or rules, one of which is to select each of them.",
        ["trial_users", "paid_users", "churned"],
        minItems=1,
    )
    of: str = required_key("The rule, or the key of a segment.", "role = user")


class ImplicationEntry(Shape):
    """A rule that selects none but whom another one selects."""

    if_: str = required_key("The rule, or the key of a segment.", "past_due_admins", alias="if")
    then: str = required_key("The rule, or the key of a segment.", "is_admin")


class AssertionEntry(Shape):
    """What is to hold of segments and rules for every person: proved by `check`, or refuted with a person."""

    json_keywords: ClassVar[JsonObject] = _ONE_CLAIM

    disjoint: list[str] | None = optional_key(
        "Nobody is in two of these: keys of segments, or rules.",
        ["trial_users", "paid_users"],
        minItems=_MIN_RULES["disjoint"],
    )
    covers: CoverEntry | None = optional_key(
        "Whoever satisfies the rule `of` is in one of `all`.",
        {"all": ["trial_users", "paid_users", "churned"], "of": "role = user"},
    )
    implies: ImplicationEntry | None = optional_key(
        "Whoever satisfies `if` satisfies `then`.", {"if": "past_due_admins", "then": "is_admin"}
    )
    equivalent: list[str] | None = optional_key(
        "These select the same people: keys of segments, or rules.",
        ["paying", "plan_type in (pro, enterprise)"],
        minItems=_MIN_RULES["equivalent"],
    )
    nonempty: list[str] | None = optional_key(
        "Somebody can be in each of these: keys of segments, or rules.", ["winback"], minItems=1
    )
    never: str | None = optional_key(
        "A rule that nobody can satisfy.", "segment trial_users and plan_type = free"
    )
    reason: str | None = optional_key(
        "Why it has to hold; shown where it does not.", "nobody gets both series of mails"
    )
    allow_unknown: bool = optional_key(
        "Whether it may stay undecided, where that cannot be proved.", default=False
    )
    only: list[str] | None = _ONLY
    except_: list[str] | None = _EXCEPT

    @property
    def claims(self) -> list[str]:
        """The keys that say what it claims."""
        return [claim for claim in CLAIMS if getattr(self, claim) is not None]


_ATTRIBUTES: dict[str, Any] = {"propertyNames": {"pattern": _ATTRIBUTE_NAME}}


class AttributesSection(Shape):
    """Custom data attributes, by the kind of object they belong to. Names are unique across both."""

    contact: dict[str, AttributeEntry] | None = optional_key("Attributes of people.", **_ATTRIBUTES)
    company: dict[str, AttributeEntry] | None = optional_key("Attributes of companies.", **_ATTRIBUTES)


class SpecFile(Shape):
    """A spec file of intercom-iac: attributes, events and segments of an Intercom workspace."""

    version: int = required_key("The version of the format.", SPEC_VERSION, const=1)
    attributes: AttributesSection | None = optional_key("Custom data attributes.")
    events: dict[str, EventEntry] | None = optional_key(
        "Tracked events, by name.", propertyNames={"pattern": _ONE_LINE}
    )
    segments: dict[str, SegmentEntry] | None = optional_key(
        "Segments, by the key rules and plans call them.", propertyNames={"pattern": _ONE_LINE}
    )
    assertions: dict[str, AssertionEntry] | None = optional_key(
        "What is to hold of segments and rules, by a name for each.", propertyNames={"pattern": _ONE_LINE}
    )
    priorities: list[str] | None = optional_key(
        "Keys of segments, whichever comes first first: of two published segments that may select the same person "
        "both stand here, or they are asserted to be disjoint. One file of the project has them.",
        ["winback", "upsell", "newsletter"],
        uniqueItems=True,
    )


def spec_keys() -> frozenset[str]:
    """Every key that spec files have, whatever it is a key of."""
    models = (
        AttributeEntry,
        EventEntry,
        MetadataEntry,
        SegmentEntry,
        SegmentTestEntry,
        OccurrenceEntry,
        AssertionEntry,
        CoverEntry,
        ImplicationEntry,
        SpecFile,
    )
    return frozenset(key for model in models for key in keys_of(model))
