"""The sampled values of each attribute, read off the sample in one pass."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, cast

from intercom_iac.lazy_dataclass import dataclass
from intercom_iac.model import MODELS, STANDARD, LiveAttribute, ModelName, Sample, Snapshot
from intercom_iac.model.fill import Fill, sampled_objects

from .seen import seen_at


@dataclass(frozen=True, slots=True, kw_only=True)
class AttributeValues:
    """An active attribute with the values that sampled contacts, or companies, have of it.

    `values` maps the position of a contact or company in the sample to its value. `last_seen` is when the most
    recently seen of those was seen, in Unix seconds; `newest` the same of the whole sample.
    """

    attribute: LiveAttribute
    values: Mapping[int, Any]
    fill: Fill
    last_seen: int | None
    newest: int | None

    @property
    def address(self) -> str:
        return self.attribute.address

    @property
    def texts(self) -> list[str]:
        """The values that are text and not empty."""
        return [value for value in self.values.values() if isinstance(value, str) and value.strip()]


def read_values(snapshot: Snapshot, sample: Sample) -> tuple[AttributeValues, ...]:
    """The active attributes with their sampled values, in the order of the workspace."""
    active = active_attributes(snapshot)
    values: dict[tuple[ModelName, str], dict[int, Any]] = {
        (attribute.model, attribute.name): {} for attribute in active
    }
    seen: dict[ModelName, list[int | None]] = {}
    for model in MODELS:
        things = sampled_objects(sample, model)
        seen[model] = [seen_at(thing, model) for thing in things]
        for position, thing in enumerate(things):
            custom = thing.get("custom_attributes")
            for name, value in cast(
                "Mapping[str, Any]", custom if isinstance(custom, Mapping) else {}
            ).items():
                of_attribute = values.get((model, name))
                if of_attribute is not None and value is not None:
                    of_attribute[position] = value
    return tuple(
        AttributeValues(
            attribute=attribute,
            values=(found := values[attribute.model, attribute.name]),
            fill=Fill(len(found), len(seen[attribute.model])),
            last_seen=_latest_moment([seen[attribute.model][position] for position in found]),
            newest=_latest_moment(seen[attribute.model]),
        )
        for attribute in active
    )


def active_attributes(snapshot: Snapshot) -> list[LiveAttribute]:
    """Those that are not archived, without the ones that Intercom itself keeps among custom attributes."""
    return [
        attribute
        for attribute in snapshot.attributes
        if not attribute.archived and (attribute.model, attribute.name) not in STANDARD
    ]


def _latest_moment(moments: list[int | None]) -> int | None:
    return max((moment for moment in moments if moment is not None), default=None)
