"""The shape of `naming` and `policy` in the project file. Annotations are read as they stand."""

import re
from typing import Annotated, ClassVar, Literal

from intercom_iac.lazy_pattern import lazy_pattern
from intercom_iac.model import STANDARD
from intercom_iac.model.address import attribute_address
from intercom_iac.yaml.shapes import (
    Bounds,
    FilledText,
    JsonObject,
    OneOrMore,
    Shape,
    optional_key,
    required_key,
)

Style = Literal["snake_case", "kebab-case", "camelCase", "PascalCase"]
STYLES: dict[Style, re.Pattern[str]] = {
    "snake_case": lazy_pattern(r"[a-z][a-z0-9]*(?:_[a-z0-9]+)*"),
    "kebab-case": lazy_pattern(r"[a-z][a-z0-9]*(?:-[a-z0-9]+)*"),
    "camelCase": lazy_pattern(r"[a-z][a-zA-Z0-9]*"),
    "PascalCase": lazy_pattern(r"[A-Z][a-zA-Z0-9]*"),
}
STANDARD_ADDRESSES: tuple[str, ...] = tuple(attribute_address(model, name) for model, name in STANDARD)

What = Literal["attributes", "events", "metadata", "segments"]
Level = Literal["error", "warning", "off"]
Length = Annotated[int, Bounds(ge=1)]


Labels = dict[str, Annotated[list[str], OneOrMore()]]


class NamingSettings(Shape):
    """How names are spelled; a name in another style is warned about."""

    attributes: Style | None = optional_key("The style of attributes' names.", "snake_case")
    events: Style | None = optional_key("The style of events' names.", "snake_case")
    metadata: Style | None = optional_key("The style of metadata keys.", "snake_case")
    segments: Style | None = optional_key("The style of segments' keys.", "snake_case")


class RequiredSettings(Shape):
    """What every entry of a kind has to say. Archived entries are left alone."""

    attributes: list[Literal["description", "owner", "labels"]] = optional_key(
        "What attributes have to say.", ["description", "owner"], default=[]
    )
    events: list[Literal["description", "owner"]] = optional_key(
        "What events have to say.", ["description", "owner"], default=[]
    )
    metadata: list[Literal["description"]] = optional_key(
        "What metadata keys have to say.", ["description"], default=[]
    )
    segments: list[Literal["description", "owner"]] = optional_key(
        "What segments have to say.", ["description", "owner"], default=[]
    )


class ForbiddenName(Shape):
    """Names that nothing may have."""

    pattern: FilledText = required_key(
        "A regular expression; a name that it is found in is forbidden. It has neither look-around nor "
        "back-references, so that no name takes it long.",
        "^tmp_|_test$",
        format="regex",
    )
    of: list[What] = optional_key(
        "The kinds of entries it is for; all of them where left out.", ["attributes"], default=[]
    )
    reason: str | None = optional_key("Why, for the message.", "temporary data does not belong in Intercom")


class LengthSettings(Shape):
    """How long texts may be, in characters."""

    name: Length | None = optional_key("Of the names of attributes, events, metadata keys and segments.", 40)
    description: Length | None = optional_key("Of descriptions.", 200)
    rule: Length | None = optional_key("Of segments' rules, as they are written.", 400)


_A_CONDITION: JsonObject = {
    "anyOf": [
        {"required": [key], "properties": {key: {"minProperties": 1}}}
        for key in ("may_not_depend_on", "may_only_depend_on")
    ]
}


class FlowRule(Shape):
    """What segments may not depend on, by the labels of attributes; one condition at least.

    A segment depends on the attributes that its rule reads, and on those of the segments that it refers to.
    """

    json_keywords: ClassVar[JsonObject] = _A_CONDITION

    segments: Literal["published", "audience", "tag", "attribute", "all"] = optional_key(
        "The segments it is for: those that publish anything, an audience, a tag, an attribute, or all.",
        "published",
        default="published",
    )
    may_not_depend_on: dict[str, str] = optional_key(
        "Labels, each with a value; an attribute that has one of them is forbidden.",
        {"pii": "sensitive"},
        default={},
    )
    may_only_depend_on: dict[str, str] = optional_key(
        "Labels, each with a value; an attribute that has the label without this value is forbidden.",
        {"purpose": "marketing"},
        default={},
    )
    reason: str | None = optional_key("Why, for the message.", "audiences are read by Fin")


class SegmentPolicySettings(Shape):
    """What pull requests may not do to segments."""

    no_new_members: list[str] = optional_key(
        "Keys of segments, or patterns as shells have them, whose rules no change may widen: `breaking` fails where "
        "somebody would enter one, or where that cannot be decided.",
        ["vip", "billing_*"],
        default=[],
    )


class PolicySettings(Shape):
    """What the project asks of its specs beyond what Intercom does."""

    require: RequiredSettings = optional_key("What every entry has to say.", default_factory=RequiredSettings)
    forbidden_names: list[ForbiddenName] = optional_key(
        "Names that nothing may have.", [{"pattern": "^tmp_"}], default=[]
    )
    max_length: LengthSettings = optional_key("How long texts may be.", default_factory=LengthSettings)
    owners: list[str] | None = optional_key(
        "The owners there are; any text where left out.", ["growth", "data"]
    )
    labels: dict[str, list[str]] | None = optional_key(
        "The labels that attributes may have, and the values of each, where an empty list lets any pass; any label "
        "where left out.",
        {"pii": ["none", "personal", "sensitive"], "purpose": ["support", "marketing"]},
    )
    standard: dict[str, Labels] = optional_key(
        "Labels of Intercom's own attributes, which specs do not declare, by address.",
        {"attribute.contact.email": {"pii": "personal"}},
        default={},
        propertyNames={"enum": list(STANDARD_ADDRESSES)},
    )
    flows: list[FlowRule] = optional_key(
        "What segments may not depend on.",
        [{"segments": "published", "may_not_depend_on": {"pii": "sensitive"}}],
        default=[],
    )
    segments: SegmentPolicySettings = optional_key(
        "What no change may do to segments, in `breaking`.", default_factory=SegmentPolicySettings
    )
    levels: dict[str, Level] = optional_key(
        "How grave a finding of a LINT or PROOF code is; each has a level of its own otherwise.",
        {"LINT551": "error", "LINT501": "off"},
        default={},
        propertyNames={"pattern": "^(LINT5[0-9]{2}|PROOF10[0-9]{2})$"},
    )
