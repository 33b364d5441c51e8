"""The fields of an attribute of contacts or companies."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from intercom_iac.diagnostics.codes.breaking import attributes as codes
from intercom_iac.model import Attribute, DataType, LiveAttribute
from intercom_iac.model.capabilities import type_change
from intercom_iac.text import quoted_names

from .entry_keys import OWNER, RENAMED_FROM, SOURCE_NAME, description_row
from .options import OPEN_OPTIONS, Options, option_impacts, sorted_options
from .row import FieldRow, Impact, PlanRisk, constant_impact, flag_impacts

_RETYPED = Impact(
    code=codes.TYPE_CHANGED,
    message="the type changed",
    hint="Intercom changes no types: declare another attribute that `replaces` this one, and deprecate this one",
)
_TEXT_TO_LIST = Impact(
    code=codes.TEXT_TO_LIST,
    message="the text becomes a list of options",
    hint="values that are no option stay on whoever has them, and nobody can choose them again",
)
_MESSENGER_OPENED = Impact(
    code=codes.MESSENGER_OPENED,
    names_values=True,
    message="any browser that runs the Messenger may now write it",
    hint="leave it out unless pages set it; rules that decide about money or access should not read it",
)
_MESSENGER_CLOSED = Impact(
    code=codes.MESSENGER_CLOSED,
    names_values=True,
    message="what the Messenger sends for it is ignored from now on",
    hint="send it through the API first, and close it then",
)


def _type_impacts(before: str, after: str) -> Iterable[Impact]:
    by_api = type_change(DataType(before), DataType(after)) == "api"
    return (_TEXT_TO_LIST if by_api else _RETYPED,)


def _type_risk(before: str, after: str) -> PlanRisk:
    return PlanRisk(
        risk="caution",
        reason=f"Intercom cannot change the type of an attribute through its API: it is {before}, the specs want "
        f"{after}",
    )


def _options(attribute: Attribute | LiveAttribute) -> Options:
    return list(attribute.options) or None


def _options_risk(before: Options, after: Options) -> PlanRisk:
    """`before` None: the attribute is a text, which the options make a list."""
    old, new = before or [], after or []
    if before is None:
        return PlanRisk(
            risk="caution",
            reason="text becomes a list: values that are no option stay on the contacts that have them",
        )
    removed = [option for option in old if option not in new]
    if not removed:
        added = [option for option in new if option not in old]
        return PlanRisk(risk="safe", reason=f"new {_option_list(added)}")
    # Observed, not documented: Intercom keeps the value of a removed option on whoever has it.
    return PlanRisk(
        risk="caution",
        reason=f"{_option_list(removed)} removed: whoever has the value keeps it, nobody can choose it again",
    )


def _option_list(options: list[str]) -> str:
    return f"option{'' if len(options) == 1 else 's'} {quoted_names(options)}"


def _messenger_risk(_: bool, after: bool) -> PlanRisk:
    """Intercom ignores what the Messenger sends for an attribute that it may not write, without an error."""
    opened = "any browser that runs the Messenger will be able to set it"
    closed = "values the Messenger sends for it will be ignored without a word"
    return PlanRisk(risk="caution", reason=opened if after else closed)


def _labels(attribute: Attribute) -> dict[str, list[str]]:
    return {label: list(values) for label, values in attribute.labels}


def _replaces(attribute: Attribute) -> dict[str, Any] | None:
    replaced = attribute.replaces
    if replaced is None:
        return None
    return {"attribute": replaced.attribute} | (
        {"convert": dict(replaced.convert)} if replaced.convert else {}
    )


TYPE: FieldRow[Attribute, LiveAttribute] = FieldRow(
    key="type",
    declared=lambda attribute: attribute.type.value,
    live=lambda attribute: attribute.type.value,
    created=lambda attribute: attribute.type.value,
    risk=_type_risk,
    impacts=_type_impacts,
    reach="entry",
)
OPTIONS: FieldRow[Attribute, LiveAttribute] = FieldRow(
    key="options",
    declared=_options,
    live=_options,
    created=_options,
    canonical=sorted_options,
    shown=lambda attribute: sorted_options(attribute.options),
    risk=_options_risk,
    impacts=option_impacts(codes.OPTION_REMOVED),
    reach="field",
)
MESSENGER_WRITABLE: FieldRow[Attribute, LiveAttribute] = FieldRow(
    key="messenger_writable",
    declared=lambda attribute: attribute.messenger_writable,
    live=lambda attribute: attribute.messenger_writable,
    created=lambda attribute: attribute.messenger_writable,
    shown=lambda attribute: attribute.messenger_writable or None,
    risk=_messenger_risk,
    impacts=flag_impacts(set_=_MESSENGER_OPENED, cleared=_MESSENGER_CLOSED),
    reach="entry",
)
LABELS: FieldRow[Attribute, LiveAttribute] = FieldRow(
    key="labels",
    declared=_labels,
    impacts=constant_impact(Impact(code=codes.LABELS_CHANGED, message="the labels changed")),
    reach="entry",
)
REPLACES: FieldRow[Attribute, LiveAttribute] = FieldRow(
    key="replaces",
    declared=_replaces,
    impacts=constant_impact(
        Impact(code=codes.REPLACES_CHANGED, message="which attribute it takes the place of changed")
    ),
)
# No key of an entry, whose `status` says it.
ARCHIVED: FieldRow[Attribute, LiveAttribute] = FieldRow(
    key="archived",
    declared=lambda attribute: attribute.status == "archived",
    live=lambda attribute: attribute.archived,
    risk=lambda _, __: PlanRisk(
        risk="safe", reason="it is archived in the workspace and active in the specs"
    ),
    impacts=None,
)


def _live_description(attribute: LiveAttribute) -> Any:
    return attribute.description


FIELDS: tuple[FieldRow[Attribute, LiveAttribute], ...] = (
    TYPE,
    OPTIONS,
    OPEN_OPTIONS,
    MESSENGER_WRITABLE,
    description_row(_live_description),
    OWNER,
    LABELS,
    RENAMED_FROM,
    REPLACES,
    SOURCE_NAME,
)
