"""How often attributes have a value, and when those that have one were last seen."""

from __future__ import annotations

from collections.abc import Iterator

from intercom_iac.diagnostics.codes import audit as codes

from ..candidates import HARDLY_FILLED, LONG_UNSEEN, days_unseen
from ..finding import AuditFinding, fill_evidence
from ..samples.times import day_text
from ..samples.values import AttributeValues


def fill_findings(values: AttributeValues) -> Iterator[AuditFinding]:
    """What is wrong with how often an attribute is filled; nothing where nobody was sampled."""
    fill, name = values.fill, values.attribute.name
    if not fill.of:
        return
    things = "contacts" if values.attribute.model == "contact" else "companies"
    low, high = fill.interval
    days = days_unseen(values.last_seen, values.newest)
    evidence = fill_evidence(fill) | {"last_seen": day_text(values.last_seen), "days_unseen": days}
    if not fill.filled:
        yield AuditFinding(
            kind=codes.NEVER_FILLED,
            address=values.address,
            message=f"`{name}` has no value in any of {fill.of:,} sampled {things}: at most {high:.1%} of all "
            "have one",
            suggestion="find out whether anything still sends it; where nothing does, archive it",
            evidence=evidence,
            weight=40 + 10 * (1 - high),
        )
    elif fill.rate < HARDLY_FILLED:
        yield AuditFinding(
            kind=codes.HARDLY_FILLED,
            address=values.address,
            message=f"`{name}` has a value in {fill.filled:,} of {fill.of:,} sampled {things}, {fill.rate:.1%} "
            f"(95% interval {low:.1%} to {high:.1%})",
            suggestion="find out whether a rule can rest on so few; where none does, archive it",
            evidence=evidence,
            weight=40 + 10 * (1 - fill.rate),
        )
    if days is not None and days >= LONG_UNSEEN:
        yield AuditFinding(
            kind=codes.LONG_UNSEEN,
            address=values.address,
            message=f"`{name}` has a value in {things} last seen {days:,} days before the newest of the sample "
            f"alone, on {day_text(values.last_seen)}",
            suggestion="find out whether anything still sends it",
            evidence=evidence,
            weight=35 + min(10.0, days / 365),
        )
