"""The shape of a spec file, as pydantic models: they validate it and give its JSON Schema.

Types, and limits in `Annotated[..., Field(...)]`, hold for both. The keywords of `_described` (`pattern`, `minItems`,
`uniqueItems`) are for the JSON Schema alone: `intercom_iac.specs.checks` judges what they say, with better messages,
and whatever needs more than one value.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Annotated, Any, Literal, cast

from pydantic import ConfigDict, Field, model_validator
from pydantic.config import JsonDict

from intercom_iac.model.limits import (
    MAX_METADATA_KEYS,
    MAX_TEXT_LENGTH,
    MIN_OPTIONS,
    allowed_in_attribute_names,
    allowed_in_metadata_keys,
)
from intercom_iac.project.policy.settings import Labels
from intercom_iac.yaml.shapes import SPEC_VERSION, Shape, keys_of


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
_ONE_OF_BOTH: JsonDict = {"not": {"required": ["only", "except"]}}
_OPTIONS_RULE: JsonDict = {
    "if": {"properties": {"type": {"const": "options"}}, "required": ["type"]},
    "then": {"required": ["options"]},
    "else": {"properties": {"options": False, "open_options": {"const": False}}},
}

# What stands for the rule of a segment that a person built in Intercom.
UNKNOWN_RULE = "unknown"
_BUILT_RULE: JsonDict = {
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
Option = Annotated[str, Field(max_length=MAX_TEXT_LENGTH, json_schema_extra={"pattern": _ONE_LINE})]


def _described_field(
    text: str, *examples: Any, default: Any = None, alias: str | None = None, **schema: Any
) -> Any:
    """A key that may be left out; `schema` is added to its JSON Schema, and `check` does not read it."""
    return Field(
        default,
        alias=alias,
        description=text,
        examples=list(examples) or None,
        json_schema_extra=schema or None,
    )


_OPTIONS = _described_field(
    f"The values it can have, with type `options` only; {MIN_OPTIONS} at least.",
    ["free", "trial", "pro"],
    minItems=MIN_OPTIONS,
    uniqueItems=True,
)
_OPEN_OPTIONS = _described_field(
    "Whether what sends it may send values that are not among the options yet; with type `options` only.",
    True,
    default=False,
)
_OWNER = _described_field("The team that answers for it.", "growth")
_STATUS = _described_field(
    "`deprecated` is on its way out: rules that use it are warned about. `archived` retires it.",
    default="active",
)
_ONLY = _described_field(
    "The workspaces it is for, by their names in the project file; it does not exist for the others.",
    ["staging"],
    minItems=1,
    uniqueItems=True,
)
_EXCEPT = _described_field(
    "The workspaces it is not for; an entry has one of `only` and `except`.",
    ["production"],
    alias="except",
    minItems=1,
    uniqueItems=True,
)
_SOURCE_NAME = _described_field(
    "What the tracking plan that it was imported from calls it; nothing in Intercom.", "billingPlan"
)
_ADOPT = _described_field(
    "The audience or tag of its name was made by somebody else, and is taken over: archived, it stays in Intercom.",
    default=False,
)
_RENAMED = _described_field(
    "The name it had before. Intercom cannot rename: the old one stays until archived.", "plan"
)


class ReplacedEntry(Shape):
    """The attribute that another one takes the place of, with other values or another type."""

    attribute: str = Field(description="Its name, of the same kind of object.", examples=["plan_type"])
    convert: dict[str, str | bool | int | float] | None = _described_field(
        "What its values become, where the same text would not do.", {"trial": "free", "pro": "paid"}
    )


class AttributeEntry(Shape):
    """A custom data attribute of a contact or a company."""

    model_config = ConfigDict(json_schema_extra={**_OPTIONS_RULE, **_ONE_OF_BOTH})

    type: Type = Field(description="The type of its values.", examples=["string", "options"])
    options: list[Option] | None = _OPTIONS
    open_options: bool = _OPEN_OPTIONS
    description: str | None = _described_field(
        "What it says, and where the value comes from. Shown in Intercom; left out, the one there stays.",
        "Billing plan the person is on",
    )
    owner: str | None = _OWNER
    status: Status = _STATUS
    messenger_writable: bool = _described_field(
        "Whether the Messenger may write it, which means: whoever visits the page.", default=False
    )
    renamed_from: str | None = _RENAMED
    replaces: ReplacedEntry | None = _described_field(
        "The attribute whose place it takes, and how its values convert; `renamed_from` is the short form, for the "
        "same type and values.",
        {"attribute": "plan_type", "convert": {"trial": "free", "pro": "paid"}},
    )
    source_name: str | None = _SOURCE_NAME
    labels: Labels | None = _described_field(
        "What kind of data it is: labels that the project's policy has rules for.",
        {"pii": "sensitive", "purpose": ["support"]},
    )
    only: list[str] | None = _ONLY
    except_: list[str] | None = _EXCEPT


class MetadataEntry(Shape):
    """A key of an event's metadata."""

    model_config = ConfigDict(json_schema_extra=_OPTIONS_RULE)

    type: Type = Field(description="The type of its values.", examples=["string"])
    required: bool = _described_field("Whether an occurrence without it is invalid.", default=False)
    options: list[Option] | None = _OPTIONS
    open_options: bool = _OPEN_OPTIONS
    description: str | None = _described_field("What it says.", "The feature, by its name in the product")
    source_name: str | None = _SOURCE_NAME


class EventEntry(Shape):
    """An event that is tracked for people. Intercom knows its name once it has been sent."""

    model_config = ConfigDict(json_schema_extra=_ONE_OF_BOTH)

    description: str | None = _described_field(
        "What happened when it is sent, and what sends it.", "A person used a feature for the first time"
    )
    metadata: dict[str, MetadataEntry] | None = _described_field(
        f"What an occurrence carries, by key; Intercom keeps {MAX_METADATA_KEYS} and ignores the rest.",
        {"feature_name": {"type": "string", "required": True}},
        maxProperties=MAX_METADATA_KEYS,
        propertyNames={"pattern": _METADATA_KEY},
    )
    adopt: bool = _described_field(
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

    event: str = Field(description="The event, by its name.", examples=["invite_sent"])
    on: str | None = _described_field("Its day; today where left out.", "today - 3 days", "2026-03-11")
    count: Annotated[int, Field(ge=1, le=MOST_OCCURRENCES)] = _described_field(
        "How often it happened on that day.", 2, default=1
    )
    metadata: dict[str, TestedValue] | None = _described_field("Its metadata.", {"channel": "email"})


class SegmentTestEntry(Shape):
    """A person in short form, and whether it is a member of the segment."""

    name: str | None = _described_field("What it tests, for people.", "the last day of the trial")
    contact: dict[str, TestedValue] | None = _described_field(
        "Values of the contact, by attribute; what is left out has no value. A date is a day such as `today + 2 "
        "days` or 2026-03-14.",
        {"plan_type": "trial", "trial_end_date": "today + 2 days"},
    )
    companies: list[dict[str, TestedValue | list[str]]] | None = _described_field(
        "The companies of the contact, by attribute; `tags` are the names of a company's tags.",
        [{"plan": "enterprise", "size": 120}],
    )
    events: list[OccurrenceEntry] | None = _described_field(
        "What the person did.", [{"event": "invite_sent", "on": "today - 3 days", "count": 2}]
    )
    tags: list[str] | None = _described_field("The names of the contact's tags.", ["vip"])
    member: bool = Field(description="Whether the person is a member of the segment.", examples=[True])
    today: str | None = _described_field(
        "The day that is today for this test; that of the run where left out.", "2026-03-14"
    )


class SegmentEntry(Shape):
    """A group of people that a rule describes."""

    model_config = ConfigDict(json_schema_extra={**_BUILT_RULE, **_ONE_OF_BOTH})

    name: str | None = _described_field(
        "The name people read in Intercom; its key where left out.",
        "Trial users ending in 3 days",
        minLength=1,
        pattern=_ONE_LINE,
    )
    rule: str = Field(
        description=f"Who belongs to it; `{UNKNOWN_RULE}`, or left out, where it is `built_in_intercom`.",
        examples=["plan_type = trial and trial_end_date within next 3 days"],
    )
    publish: list[Literal["audience", "tag", "attribute", "company tag"]] | None = _described_field(
        "What apply makes of it; who has the tag or the boolean attribute of its key, `segment publish` keeps in "
        "line. Nothing: a person builds it in Intercom, and the plan verifies it.",
        ["audience", "tag"],
        uniqueItems=True,
    )
    from_: str | None = _described_field(
        "The source of the project file whose rows are its members, by their key. Left out: those that the rule "
        "finds in Intercom.",
        "trial_members",
        alias="from",
    )
    built_in_intercom: bool = _described_field(
        f"A person built it in Intercom, which tells its rule to nobody: with `rule: {UNKNOWN_RULE}` or without.",
        default=False,
    )
    adopt: bool = _ADOPT
    description: str | None = _described_field(
        "What the segment is for.", "To be asked before the trial ends"
    )
    owner: str | None = _OWNER
    status: Status = _STATUS
    renamed_from: str | None = _described_field(
        "The `name` it had in Intercom, not its key: apply renames the audience and the tag of that name.",
        "Trial users ending soon",
    )
    only: list[str] | None = _ONLY
    except_: list[str] | None = _EXCEPT
    tests: list[SegmentTestEntry] | None = _described_field(
        "People, each with whether it is a member; `check` asks the rule about them.",
        [{"contact": {"plan_type": "trial", "trial_end_date": "today + 2 days"}, "member": True}],
    )

    @model_validator(mode="before")
    @classmethod
    def _without_rule(cls, data: Any) -> Any:
        """A segment that was built in Intercom may leave its rule out, which says the same as that it is unknown."""
        keys = cast("dict[str, Any]", data) if isinstance(data, dict) else {}
        if keys.get("built_in_intercom") is True and "rule" not in keys:
            return {**keys, "rule": UNKNOWN_RULE}
        return cast("Any", data)

    @property
    def has_unknown_rule(self) -> bool:
        """Whether a person built it in Intercom, and nothing is said of its rule."""
        return self.built_in_intercom and self.rule.strip().casefold() == UNKNOWN_RULE


# Which key of an assertion says what it claims; it has one of them.
CLAIMS = ("disjoint", "covers", "implies", "equivalent", "nonempty", "never")
_ONE_CLAIM: JsonDict = {**_ONE_OF_BOTH, "oneOf": [{"required": [claim]} for claim in CLAIMS]}
_MIN_RULES: Mapping[str, int] = {"disjoint": 2, "equivalent": 2}


class CoverEntry(Shape):
    """Rules that together select everybody whom another one selects."""

    all: list[str] = Field(
        description="Keys of segments, or rules, one of which is to select each of them.",
        examples=[["trial_users", "paid_users", "churned"]],
        json_schema_extra={"minItems": 1},
    )
    of: str = Field(description="The rule, or the key of a segment.", examples=["role = user"])


class ImplicationEntry(Shape):
    """A rule that selects none but whom another one selects."""

    if_: str = Field(
        alias="if", description="The rule, or the key of a segment.", examples=["past_due_admins"]
    )
    then: str = Field(description="The rule, or the key of a segment.", examples=["is_admin"])


class AssertionEntry(Shape):
    """What is to hold of segments and rules for every person: proved by `check`, or refuted with a person."""

    model_config = ConfigDict(json_schema_extra=_ONE_CLAIM)

    disjoint: list[str] | None = _described_field(
        "Nobody is in two of these: keys of segments, or rules.",
        ["trial_users", "paid_users"],
        minItems=_MIN_RULES["disjoint"],
    )
    covers: CoverEntry | None = _described_field(
        "Whoever satisfies the rule `of` is in one of `all`.",
        {"all": ["trial_users", "paid_users", "churned"], "of": "role = user"},
    )
    implies: ImplicationEntry | None = _described_field(
        "Whoever satisfies `if` satisfies `then`.", {"if": "past_due_admins", "then": "is_admin"}
    )
    equivalent: list[str] | None = _described_field(
        "These select the same people: keys of segments, or rules.",
        ["paying", "plan_type in (pro, enterprise)"],
        minItems=_MIN_RULES["equivalent"],
    )
    nonempty: list[str] | None = _described_field(
        "Somebody can be in each of these: keys of segments, or rules.", ["winback"], minItems=1
    )
    never: str | None = _described_field(
        "A rule that nobody can satisfy.", "segment trial_users and plan_type = free"
    )
    reason: str | None = _described_field(
        "Why it has to hold; shown where it does not.", "nobody gets both series of mails"
    )
    allow_unknown: bool = _described_field(
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

    contact: dict[str, AttributeEntry] | None = _described_field("Attributes of people.", **_ATTRIBUTES)
    company: dict[str, AttributeEntry] | None = _described_field("Attributes of companies.", **_ATTRIBUTES)


class SpecFile(Shape):
    """A spec file of intercom-iac: attributes, events and segments of an Intercom workspace."""

    version: int = Field(
        description="The version of the format.", examples=[SPEC_VERSION], json_schema_extra={"const": 1}
    )
    attributes: AttributesSection | None = _described_field("Custom data attributes.")
    events: dict[str, EventEntry] | None = _described_field(
        "Tracked events, by name.", propertyNames={"pattern": _ONE_LINE}
    )
    segments: dict[str, SegmentEntry] | None = _described_field(
        "Segments, by the key rules and plans call them.", propertyNames={"pattern": _ONE_LINE}
    )
    assertions: dict[str, AssertionEntry] | None = _described_field(
        "What is to hold of segments and rules, by a name for each.", propertyNames={"pattern": _ONE_LINE}
    )
    priorities: list[str] | None = _described_field(
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
