"""A plan for one workspace of what another one has as the specs declare it."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace

from intercom_iac.diagnostics import InvalidSpecs, Misuse
from intercom_iac.model import Snapshot
from intercom_iac.model.address_patterns import any_pattern_covers, pattern_covers
from intercom_iac.planning import NO_ADDRESS, Copies, Plan, PromotedSide, promotable
from intercom_iac.specs import merge_diagnostics
from intercom_iac.workspace import PARALLELISM

from .live import open_live
from .making_room import passes_cap, with_room_proposals
from .notices import Notify, ignore_notice
from .plans.planning import PlannedSpecs, checked_specs, make_plan, read_copies, with_counts
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
    specs = checked_specs(sessions[target])
    copies = _copies_in(sessions[target], specs, snapshots[1], parallelism=parallelism, notify=notify)
    before = _side(sessions[source], checked_specs(sessions[source]), snapshots[0], {})
    after = _side(sessions[target], specs, snapshots[1], copies)
    _refuse_unknown(only, (*before.addresses, *after.addresses, *before.plan.unmanaged))
    found = promotable(before, after, lambda address: any_pattern_covers(only, address))
    targets = found.addresses or (NO_ADDRESS,)
    plan = make_plan(sessions[target], specs, after.snapshot, targets, copies=copies)
    if plan.questions or passes_cap(plan):
        with open_live(sessions[target], parallelism=parallelism, notify=notify) as live:
            plan = with_counts(plan, session.project, live, notify)
            plan = with_room_proposals(plan, specs.schema, after.snapshot, live, notify)
    return replace(plan, promotion=found.promotion)


def _side(
    session: Session, specs: PlannedSpecs, snapshot: Snapshot, copies: Mapping[str, Copies]
) -> PromotedSide:
    plan = make_plan(session, specs, snapshot, (), copies=copies)
    return PromotedSide(schema=specs.schema, snapshot=snapshot, plan=plan)


def _copies_in(
    session: Session, specs: PlannedSpecs, snapshot: Snapshot, *, parallelism: int, notify: Notify
) -> Mapping[str, Copies]:
    """How far values of replaced attributes are copied, which decides what is due there."""
    if not any(attribute.replaced for attribute in specs.schema.attributes.values()):
        return {}
    with open_live(session, parallelism=parallelism, notify=notify) as live:
        return read_copies(live, specs, snapshot)


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
