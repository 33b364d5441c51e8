"""The declared segments: which are meant, and each in a few facts."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING

from intercom_iac.diagnostics import Misuse
from intercom_iac.lazy_dataclass import dataclass
from intercom_iac.model import segment_address
from intercom_iac.text import did_you_mean

from ..addresses import unknown_address

if TYPE_CHECKING:
    from intercom_iac.model import Predicate, Schema, Segment

    from ..session import Session


@dataclass(frozen=True, slots=True)
class SegmentSummary:
    """A segment: what it is called in Intercom, how it gets there, and what it reads, by address.

    `english` is None where the rule of an archived segment names what the specs no longer have. Of one that is
    `built_in_intercom` nobody but Intercom knows the rule.
    """

    key: str
    address: str
    name: str
    status: str
    publish: tuple[str, ...]
    rule: str
    english: str | None
    reads: tuple[str, ...]
    owner: str | None
    built_in_intercom: bool


def list_segments(session: Session) -> list[SegmentSummary]:
    """Every segment of the specs. Raises `InvalidSpecs`."""
    return [_summary(segment) for segment in session.schema().segments.values()]


def choose_segments(schema: Schema, keys: Sequence[str]) -> list[Segment]:
    """The segments of these keys, all that are not archived for none; each has a rule that can be read.

    Raises `Misuse` for a key there is not, and for an archived segment whose rule names what is gone.
    """
    for key in keys:
        if segment_address(key) in schema.other_workspaces:
            raise unknown_address(schema, segment_address(key), ())
        if key not in schema.segments:
            hint = did_you_mean(key, schema.segments) or "`segment list` shows them"
            raise Misuse(f"the specs have no segment `{key}`", hint=hint)
        if schema.segments[key].predicate is None:
            message = f"`{key}` is archived, and its rule names what the specs no longer have"
            hint = "leave it out; `rule compile TEXT` says what is wrong with the rule"
            raise Misuse(message, hint=hint)
    chosen = keys or [segment.key for segment in schema.segments.values() if segment.status != "archived"]
    return [schema.segments[key] for key in chosen]


def decidable_rules(rules: Mapping[str, Predicate]) -> tuple[dict[str, Predicate], tuple[str, ...]]:
    """The rules that can be decided without Intercom, and the keys of those that ask for a segment built there."""
    from intercom_iac.model import intercom_segments_of

    left_out = tuple(key for key, rule in rules.items() if intercom_segments_of(rule))
    return {key: rule for key, rule in rules.items() if key not in left_out}, left_out


def _summary(segment: Segment) -> SegmentSummary:
    from intercom_iac.compilers import to_english
    from intercom_iac.model import fields_of

    rule = segment.predicate
    return SegmentSummary(
        key=segment.key,
        address=segment.address,
        name=segment.name,
        status=segment.status,
        publish=tuple(segment.publish),
        rule=segment.rule,
        english=None if rule is None else to_english(rule),
        reads=() if rule is None else tuple(field.address for field in fields_of(rule)),
        owner=segment.owner,
        built_in_intercom=segment.built_in_intercom,
    )
