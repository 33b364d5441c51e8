"""The shape of `naming` and `policy` in the project file."""

from __future__ import annotations

import re
from typing import Annotated, Any, Literal

from pydantic import BeforeValidator, ConfigDict, Field, WithJsonSchema
from pydantic.config import JsonDict
from pydantic_core import PydanticCustomError

from intercom_iac.model import STANDARD
from intercom_iac.model.address import attribute_address
from intercom_iac.yaml.shapes import Shape

Style = Literal["snake_case", "kebab-case", "camelCase", "PascalCase"]
STYLES: dict[Style, re.Pattern[str]] = {
    "snake_case": re.compile(r"[a-z][a-z0-9]*(?:_[a-z0-9]+)*"),
    "kebab-case": re.compile(r"[a-z][a-z0-9]*(?:-[a-z0-9]+)*"),
    "camelCase": re.compile(r"[a-z][a-zA-Z0-9]*"),
    "PascalCase": re.compile(r"[A-Z][a-zA-Z0-9]*"),
}
STANDARD_ADDRESSES: tuple[str, ...] = tuple(attribute_address(model, name) for model, name in STANDARD)

What = Literal["attributes", "events", "metadata", "segments"]
Level = Literal["error", "warning", "off"]
Length = Annotated[int, Field(ge=1)]


def _as_list(value: Any) -> Any:
    """One text as a list of one: a union of both would tell a mistake once for each."""
    if isinstance(value, str):
        return [value]
    if not isinstance(value, (list, dict)):
        raise PydanticCustomError("string_type", "text is expected")
    return value  # pyright: ignore[reportUnknownVariableType]  what pydantic is to judge


LabelValues = Annotated[
    list[str],
    BeforeValidator(_as_list),
    WithJsonSchema({"anyOf": [{"type": "string"}, {"type": "array", "items": {"type": "string"}}]}),
]
Labels = dict[str, LabelValues]


def _optional(text: str, *examples: Any, default: Any = None, **schema: Any) -> Any:
    return Field(default, description=text, examples=list(examples) or None, json_schema_extra=schema or None)


class NamingSettings(Shape):
    """How names are spelled; a name in another style is warned about."""

    attributes: Style | None = _optional("The style of attributes' names.", "snake_case")
    events: Style | None = _optional("The style of events' names.", "snake_case")
    metadata: Style | None = _optional("The style of metadata keys.", "snake_case")
    segments: Style | None = _optional("The style of segments' keys.", "snake_case")


class RequiredSettings(Shape):
    """What every entry of a kind has to say. Archived entries are left alone."""

    attributes: list[Literal["description", "owner", "labels"]] = _optional(
        "What attributes have to say.", ["description", "owner"], default=[]
    )
    events: list[Literal["description", "owner"]] = _optional(
        "What events have to say.", ["description", "owner"], default=[]
    )
    metadata: list[Literal["description"]] = _optional(
        "What metadata keys have to say.", ["description"], default=[]
    )
    segments: list[Literal["description", "owner"]] = _optional(
        "What segments have to say.", ["description", "owner"], default=[]
    )


class ForbiddenName(Shape):
    """Names that nothing may have."""

    pattern: str = Field(
        description="A regular expression; a name that it is found in is forbidden. It has neither look-around nor "
        "back-references, so that no name takes it long.",
        examples=["^tmp_|_test$"],
        min_length=1,
        json_schema_extra={"format": "regex"},
    )
    of: list[What] = _optional(
        "The kinds of entries it is for; all of them where left out.", ["attributes"], default=[]
    )
    reason: str | None = _optional("Why, for the message.", "temporary data does not belong in Intercom")


class LengthSettings(Shape):
    """How long texts may be, in characters."""

    name: Length | None = _optional("Of the names of attributes, events, metadata keys and segments.", 40)
    description: Length | None = _optional("Of descriptions.", 200)
    rule: Length | None = _optional("Of segments' rules, as they are written.", 400)


_A_CONDITION: JsonDict = {
    "anyOf": [
        {"required": [key], "properties": {key: {"minProperties": 1}}}
        for key in ("may_not_depend_on", "may_only_depend_on")
    ]
}


class FlowRule(Shape):
    """What segments may not depend on, by the labels of attributes; one condition at least.

    A segment depends on the attributes that its rule reads, and on those of the segments that it refers to.
    """

    model_config = ConfigDict(json_schema_extra=_A_CONDITION)

    segments: Literal["published", "audience", "tag", "attribute", "all"] = _optional(
        "The segments it is for: those that publish anything, an audience, a tag, an attribute, or all.",
        "published",
        default="published",
    )
    may_not_depend_on: dict[str, str] = _optional(
        "Labels, each with a value; an attribute that has one of them is forbidden.",
        {"pii": "sensitive"},
        default={},
    )
    may_only_depend_on: dict[str, str] = _optional(
        "Labels, each with a value; an attribute that has the label without this value is forbidden.",
        {"purpose": "marketing"},
        default={},
    )
    reason: str | None = _optional("Why, for the message.", "audiences are read by Fin")


class SegmentPolicySettings(Shape):
    """What pull requests may not do to segments."""

    no_new_members: list[str] = _optional(
        "Keys of segments, or patterns as shells have them, whose rules no change may widen: `breaking` fails where "
        "somebody would enter one, or where that cannot be decided.",
        ["vip", "billing_*"],
        default=[],
    )


class PolicySettings(Shape):
    """What the project asks of its specs beyond what Intercom does."""

    require: RequiredSettings = Field(
        default_factory=RequiredSettings, description="What every entry has to say."
    )
    forbidden_names: list[ForbiddenName] = _optional(
        "Names that nothing may have.", [{"pattern": "^tmp_"}], default=[]
    )
    max_length: LengthSettings = Field(default_factory=LengthSettings, description="How long texts may be.")
    owners: list[str] | None = _optional("The owners there are; any text where left out.", ["growth", "data"])
    labels: dict[str, list[str]] | None = _optional(
        "The labels that attributes may have, and the values of each, where an empty list lets any pass; any label "
        "where left out.",
        {"pii": ["none", "personal", "sensitive"], "purpose": ["support", "marketing"]},
    )
    standard: dict[str, Labels] = _optional(
        "Labels of Intercom's own attributes, which specs do not declare, by address.",
        {"attribute.contact.email": {"pii": "personal"}},
        default={},
        propertyNames={"enum": list(STANDARD_ADDRESSES)},
    )
    flows: list[FlowRule] = _optional(
        "What segments may not depend on.",
        [{"segments": "published", "may_not_depend_on": {"pii": "sensitive"}}],
        default=[],
    )
    segments: SegmentPolicySettings = Field(
        default_factory=SegmentPolicySettings, description="What no change may do to segments, in `breaking`."
    )
    levels: dict[str, Level] = _optional(
        "How grave a finding of a LINT or PROOF code is; each has a level of its own otherwise.",
        {"LINT551": "error", "LINT501": "off"},
        default={},
        propertyNames={"pattern": "^(LINT5[0-9]{2}|PROOF10[0-9]{2})$"},
    )
