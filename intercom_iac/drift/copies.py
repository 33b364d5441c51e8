"""Renames under way: how many of those who have a value of the old attribute have one of the new."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterator

from intercom_iac.lazy_dataclass import dataclass
from intercom_iac.model import Attribute, LiveAttribute, Sample, Schema, Snapshot
from intercom_iac.model.conversions import NotConvertible, Value, convert, value_text
from intercom_iac.model.fill import Fill, custom_value, fill_of, sampled_objects, sampled_values

ShowValue = Callable[[str, int], str]
"""A value that so many people have, fit to be shown."""

_MOST_LOST = 20
"""How many of the values that do not convert are listed, the most frequent ones."""


def hide_value(_value: str, _times: int) -> str:
    """Nothing of a value."""
    return "•••"


@dataclass(frozen=True, slots=True, kw_only=True)
class LostValue:
    """A value of the old attribute that has no counterpart, fit to be shown, how many objects have it, and why."""

    value: str
    times: int
    why: str


@dataclass(frozen=True, slots=True, kw_only=True)
class LostValues:
    """What the copy leaves behind: in how many sampled objects, how many different values, the most frequent ones."""

    objects: int
    different: int
    values: tuple[LostValue, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Copy:
    """An attribute that takes the place of another one of its model, by the sampled objects.

    `old` and `new` are how many have a value of the one and of the other; `copied` is how many of those with an old
    value have a new one as well, whatever the two are. `lost` are the old values that do not convert.
    """

    address: str
    replaced: str
    old: Fill
    new: Fill
    copied: Fill
    lost: LostValues


def replacements_under_way(schema: Schema, snapshot: Snapshot) -> Iterator[tuple[Attribute, LiveAttribute]]:
    """Each attribute that takes the place of one which the workspace has and has not archived, and that one."""
    live = {(attribute.model, attribute.name): attribute for attribute in snapshot.attributes}
    for (model, name), attribute in schema.successors().items():
        old = live.get((model, name))
        if old is not None and not old.archived:
            yield attribute, old


def copies_under_way(
    schema: Schema, snapshot: Snapshot, sample: Sample, show_value: ShowValue
) -> Iterator[Copy]:
    """A copy for each replacement under way; none without sampled objects of its model."""
    for attribute, live in replacements_under_way(schema, snapshot):
        old = live.name
        objects = sampled_objects(sample, attribute.model)
        if not objects:
            continue
        having_old = [thing for thing in objects if custom_value(thing, old) is not None]
        copied = sum(custom_value(thing, attribute.name) is not None for thing in having_old)
        yield Copy(
            address=attribute.address,
            replaced=old,
            old=Fill(len(having_old), len(objects)),
            new=fill_of(sample, attribute.model, attribute.name),
            copied=Fill(copied, len(having_old)),
            lost=_lost_values(attribute, live, sample, show_value),
        )


def _lost_values(
    attribute: Attribute, old: LiveAttribute, sample: Sample, show_value: ShowValue
) -> LostValues:
    mapping = {} if attribute.replaced is None else dict(attribute.replaced.convert)
    counts: Counter[Value] = Counter()
    reasons: dict[Value, str] = {}
    for _, value in sampled_values(sample, old.model, old.name):
        if not isinstance(value, (str, bool, int, float)):
            continue
        result = convert(value, old.type, attribute.type, mapping, attribute.options)
        if isinstance(result, NotConvertible):
            counts[value] += 1
            reasons[value] = result.reason
    return LostValues(
        objects=counts.total(),
        different=len(counts),
        values=tuple(
            LostValue(
                value=value if isinstance(value, str) and value in old.options else show_value(text, times),
                times=times,
                why=reasons[value],
            )
            for value, times in counts.most_common(_MOST_LOST)
            for text in [value_text(value, old.type)]
        ),
    )
