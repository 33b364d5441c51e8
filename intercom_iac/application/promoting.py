"""A plan for one workspace of what another one has as the specs declare it."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import replace

from intercom_iac.diagnostics import InvalidSpecs, Misuse
from intercom_iac.model.address_patterns import any_pattern_covers, pattern_covers
from intercom_iac.planning import NO_ADDRESS, Plan, PromotedSide, promotable
from intercom_iac.specs import merge_diagnostics
from intercom_iac.workspace import PARALLELISM

from .live import open_live
from .making_room import passes_cap, with_room_proposals
from .notices import Notify, ignore_notice
from .plans.planning import checked_specs, make_plan, with_counts
from .session import Session
from .two_workspaces import read_two, two_sessions

NOT_COPIED = "what is promoted is the data model, attributes, events and segments; people are never copied"
_RECORDS = frozenset(
    {"contact", "company", "companies", "people", "person", "user", "lead", "visitor", "member", "record"}
    | {"conversation", "ticket", "note", "message"}
)
_PATTERN = "a pattern is like attribute.contact.plan_*, or a kind such as segment"


def promote(
    session: Session,
    *,
    source: str,
    target: str,
    only: Sequence[str] = (),
    parallelism: int = PARALLELISM,
    notify: Notify = ignore_notice,
) -> Plan:
    """The plan for `target`, of what `source` has live as the specs declare it: both are names of workspaces.

    Things are the same by their names in the specs, never by ids. `only` are patterns of addresses, none for all. The
    plan has targets, is saved and applied as any other, and has what it leaves out in `promotion`. Raises `Misuse`,
    for a pattern that means nothing as well, `InvalidSpecs`, and `WorkspaceError`, which names the workspace.
    """
    _refuse_people(only)
    sessions = two_sessions(session, source, target)
    loaded = {name: one.specs() for name, one in sessions.items()}
    if any(specs.errors for specs in loaded.values()):
        raise InvalidSpecs(merge_diagnostics({name: specs.diagnostics for name, specs in loaded.items()}))
    snapshots = read_two(session, source, target, parallelism=parallelism, notify=notify)
    sides = [
        PromotedSide(schema=specs.schema, snapshot=snapshot, plan=make_plan(one, specs, snapshot, ()))
        for one, specs, snapshot in zip(
            sessions.values(), map(checked_specs, sessions.values()), snapshots, strict=True
        )
    ]
    before, after = sides
    _refuse_unknown(only, (*before.addresses, *after.addresses, *before.plan.unmanaged))
    found = promotable(before, after, lambda address: any_pattern_covers(only, address))
    specs = checked_specs(sessions[target])
    plan = make_plan(sessions[target], specs, after.snapshot, found.addresses or (NO_ADDRESS,))
    if plan.questions or passes_cap(plan):
        with open_live(sessions[target], parallelism=parallelism, notify=notify) as live:
            plan = with_counts(plan, live)
            plan = with_room_proposals(plan, specs.schema, after.snapshot, live, notify)
    return replace(plan, promotion=found.promotion)


def _refuse_people(only: Sequence[str]) -> None:
    """Raises `Misuse` for a pattern that names records, such as `contacts`."""
    for pattern in only:
        first = pattern.partition(".")[0].casefold()
        if first in _RECORDS or first.removesuffix("s") in _RECORDS:
            raise Misuse(f"`{pattern}` names records, and {NOT_COPIED}", hint=_PATTERN)


def _refuse_unknown(only: Sequence[str], addresses: Iterable[str]) -> None:
    """Raises `Misuse` for a pattern that means nothing: a plan of a typo would be empty."""
    addresses = tuple(addresses)
    for pattern in only:
        if not any(pattern_covers(pattern, address) for address in addresses):
            raise Misuse(f"nothing is at `{pattern}`: {NOT_COPIED}", hint=_PATTERN)
