"""What a promotion leaves out, in words: of the specs, and of the workspace that it promotes from."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping
from typing import NamedTuple

from intercom_iac.planning import Plan, Promotion, WhyNotPromoted

_COUNTED: Mapping[WhyNotPromoted, str] = {
    "missing": "not in {source}",
    "different": "not in {source} as declared",
    "unknown": "not known of {source}",
    "needs": "need what is not promoted",
    "adopted": "sent by something else, which apply registers nowhere",
    "not_for_source": "not for {source}",
    "not_for_target": "not for the other workspace",
}


class Sentence(NamedTuple):
    """Addresses, and what is to be said of them all: `text`, or a command of the program."""

    addresses: tuple[str, ...]
    text: str
    is_command: bool = False


def promotion_note(plan: Plan) -> str | None:
    """What a promotion looked at; None for another plan."""
    promotion = plan.promotion
    if promotion is None:
        return None
    where = f"`{promotion.source}` (workspace `{promotion.app_id}`)"
    count = sum(1 for target in plan.targets if target)
    if not count:
        return f"Promoted from {where}, which has nothing of it as declared: nothing was looked at"
    things = "1 address" if count == 1 else f"{count} addresses"
    return f"Promoted from {where}: only the {things} that it has as declared, and what that needs, was looked at"


def not_promoted_counts(promotion: Promotion) -> str:
    """`2 not in staging, 1 need what is not promoted`."""
    counted: Counter[WhyNotPromoted] = Counter(left.why for left in promotion.not_promoted)
    return ", ".join(
        f"{count} {_COUNTED[why].format(source=promotion.source)}" for why, count in counted.items()
    )


def import_sentences(promotion: Promotion) -> Iterator[Sentence]:
    """What the source has and the specs do not, with what brings it into them."""
    for left in promotion.not_in_specs:
        if left.command is not None:
            yield Sentence((left.address,), left.command, is_command=True)
    tags = tuple(left.address for left in promotion.not_in_specs if left.command is None)
    if tags:
        yield Sentence(tags, "a tag is no entry by itself: declare a segment that publishes it")


def unverified_sentences(promotion: Promotion) -> Iterator[Sentence]:
    """What is promoted although Intercom does not tell all of it, by what it does not tell."""
    addresses: dict[str, list[str]] = {}
    for address, what in promotion.unverified.items():
        addresses.setdefault(what, []).append(address)
    for what, found in addresses.items():
        yield Sentence(tuple(found), f"Not compared in {promotion.source}: {what}")
