"""The changes of a plan by risk, by action and by what they are changes of."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from typing import NamedTuple

from intercom_iac.diagnostics import Family, level_of
from intercom_iac.diagnostics.codes import plan as plan_codes
from intercom_iac.planning import Action, Change, Plan, Remark, Risk
from intercom_iac.planning.operations import CopyValues
from intercom_iac.text import printable

from .change_words import VERBS, sign_of


def changes_by_risk(plan: Plan) -> dict[Risk, list[Change]]:
    """The changes that apply makes, the riskiest first. What archives or deletes is destructive, whatever a plan file
    calls its risk."""
    by_risk: dict[Risk, list[Change]] = {"destructive": [], "caution": [], "safe": []}
    destructive = set(map(id, plan.destructive))
    for call in plan.calls:
        by_risk["destructive" if id(call) in destructive else call.risk].append(call)
    return by_risk


def manual_title(plan: Plan) -> str:
    """Who makes the changes that apply does not make: a person in Intercom, or the command that copies values."""
    copies = sum(isinstance(change.operation, CopyValues) for change in plan.manual)
    if not copies:
        return "by hand in Intercom"
    return "by sync --replace" if copies == len(plan.manual) else "by hand, or by sync --replace"


def breaking_remarks(plan: Plan) -> list[Remark]:
    """What the plan's remarks say of changes that break somebody, or may, and of how the specs differ at all."""
    return [remark for remark in plan.remarks if remark.family is Family.BACK]


def breaking_remarks_beside_segments(plan: Plan) -> list[Remark]:
    """The same, but for what a table of segments says (`Plan.segment_changes`)."""
    told = {change.remark for change in plan.segment_changes}
    return [remark for remark in breaking_remarks(plan) if remark.message not in told]


def breaking_count(remarks: Sequence[Remark]) -> int | str:
    """How many of them say that something breaks; the others tell what is risky, or speak of the comparison."""
    return (
        sum(remark.severity != "info" and level_of(remark.code) is not None for remark in remarks)
        or "nothing"
    )


def other_errors(plan: Plan) -> list[Remark]:
    """What else forbids to apply the plan."""
    return [error for error in plan.errors if error.family is not Family.BACK]


def warning_remarks(plan: Plan) -> list[Remark]:
    """What else is to be known."""
    return [
        remark for remark in plan.remarks if remark.severity != "error" and remark.family is not Family.BACK
    ]


def exceeds_threshold(plan: Plan) -> bool:
    """Whether it archives more than the project allows, so that no flag makes apply do it."""
    return any(remark.code == plan_codes.OVER_THRESHOLD.id for remark in plan.remarks)


class Standing(NamedTuple):
    """Things that stand as declared, as far as Intercom tells: what was verified of them and what could not be."""

    what: str
    addresses: list[str]
    counted: str
    """`what`, with how many there are."""


def standing_groups(plan: Plan, *, include_complete: bool = True) -> list[Standing]:
    """What was verified and what Intercom's API does not tell, with the addresses of which that holds.

    `include_complete`: also of those of which all that is declared was verified, and only the owner is not known.
    """
    addresses: dict[str, list[str]] = {}
    segments: list[str] = []
    for verification in plan.verifications:
        if verification.complete and not include_complete:
            continue
        if verification.object == "segment":
            segments.append(verification.address)
            continue
        what = f"{verification.object}: verified {verification.verified}, not {verification.unverified}"
        addresses.setdefault(what, []).append(verification.address)
    built = f"{len(segments)} {'segment' if len(segments) == 1 else 'segments'} built by hand"
    names = f"{built}: {'name' if len(segments) == 1 else 'names'} verified, filters not"
    by_hand = [Standing(names, segments, names)] if segments else []
    return [*(Standing(what, found, f"{what} ({len(found)})") for what, found in addresses.items()), *by_hand]


def measurement_lines(plan: Plan) -> list[tuple[str, str]]:
    """The address and what was counted of it, where no remark of the plan says it."""
    messages = [remark.message for remark in plan.remarks if remark.counted]
    return [
        (measured.address, measured.text)
        for measured in plan.measurements
        if not any(measured.text in message for message in messages)
    ]


def names_by_kind(changes: Iterable[Change]) -> Iterator[tuple[str, str, list[str]]]:
    """Sign, `create attribute.contact` and the names there, in the order of the plan."""
    names_of: dict[tuple[str, str], list[str]] = {}
    for change in changes:
        kind, name = _kind_and_name(change)
        what = kind if change.action == "manual" else f"{change.action} {kind}"
        names_of.setdefault((sign_of(change), what), []).append(name)
    for (sign, what), names in names_of.items():
        yield sign, what, names


def counts_by_action(changes: Iterable[Change]) -> Iterator[tuple[str, str, str]]:
    """Sign, action and `200 attribute.contact, 50 tag`."""
    counters: dict[Action, Counter[str]] = {}
    for change in changes:
        counters.setdefault(change.action, Counter())[_kind_and_name(change)[0]] += 1
    for action, kinds in counters.items():
        yield VERBS[action].sign, action, ", ".join(f"{count} {kind}" for kind, count in kinds.items())


def code_counts(remarks: Sequence[Remark]) -> str:
    """`LINT501 (3), PLAN605`."""
    counter = Counter(remark.code for remark in remarks)
    return ", ".join(f"{code} ({count})" if count > 1 else code for code, count in counter.items())


def _kind_and_name(change: Change) -> tuple[str, str]:
    """What the address is of, and the name there; of a segment that is an audience or a tag, that."""
    *parent, name = printable(change.address).split(".", 2 if change.object == "data_attribute" else 1)
    return change.object if change.object in ("audience", "tag") else ".".join(parent), name
