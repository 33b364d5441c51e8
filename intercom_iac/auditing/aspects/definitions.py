"""What is missing from how attributes are defined, and who made them."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from intercom_iac.diagnostics.codes import audit as codes

from ..finding import AuditFinding
from ..samples.times import day_text
from ..samples.values import AttributeValues


def without_description(values: AttributeValues) -> Iterator[AuditFinding]:
    attribute = values.attribute
    if attribute.description.strip():
        return
    yield AuditFinding(
        kind=codes.NO_DESCRIPTION,
        address=values.address,
        message=f"`{attribute.name}` has no description",
        suggestion="say in a sentence what it holds, who sends it and when it changes",
        evidence={
            "filled": values.fill.filled,
            "of": values.fill.of,
            "created_at": day_text(attribute.history.created_at),
            "admin_id": attribute.history.admin_id,
        },
        weight=10 + 10 * values.fill.rate,
    )


def creators(attributes: Sequence[AttributeValues]) -> Iterator[AuditFinding]:
    """Who made the attributes: a finding for each teammate, and one for each attribute that none of them made."""
    by_teammate: dict[str, list[AttributeValues]] = {}
    for values in attributes:
        attribute = values.attribute
        if attribute.history.admin_id is not None:
            by_teammate.setdefault(attribute.history.admin_id, []).append(values)
            continue
        made = day_text(attribute.history.created_at)
        on = f" on {made}" if made else ""
        writable = ", and the Messenger may write it" if attribute.messenger_writable else ""
        yield AuditFinding(
            kind=codes.MADE_BY_NOBODY,
            address=values.address,
            message=f"`{attribute.name}` was made by no teammate{on}, but by the Messenger, an import or an app"
            f"{writable}",
            suggestion="find out what sends it; a switch under Settings > Data > People stops the Messenger from "
            "making attributes",
            evidence={
                "created_at": made,
                "messenger_writable": attribute.messenger_writable,
                "filled": values.fill.filled,
                "of": values.fill.of,
            },
            weight=20 + 5 * attribute.messenger_writable,
        )
    for teammate, made_by in by_teammate.items():
        share = len(made_by) / len(attributes)
        yield AuditFinding(
            kind=codes.MADE_BY,
            address="attribute",
            related=tuple(values.address for values in made_by),
            message=f"the teammate `{teammate}` made {len(made_by):,} of {len(attributes):,} active attributes",
            suggestion="ask them what an attribute is for, where its description does not say",
            evidence={"admin_id": teammate, "made": len(made_by), "of": len(attributes)},
            weight=5 + share,
        )
