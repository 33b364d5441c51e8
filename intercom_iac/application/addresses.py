"""Addresses that a person names: those the specs declare, and what is said of one they do not."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import TYPE_CHECKING

from intercom_iac.diagnostics import Misuse
from intercom_iac.text import did_you_mean, quoted_names

if TYPE_CHECKING:
    from intercom_iac.model import Schema

_MOST_NAMES = 4
"""How many names a hint lists."""


def declared_addresses(schema: Schema) -> list[str]:
    """Of everything that the specs declare for the schema's workspace."""
    things = (*schema.attributes.values(), *schema.events.values(), *schema.segments.values())
    return [thing.address for thing in things]


def unknown_address(schema: Schema, address: str, known: Iterable[str]) -> Misuse:
    """The error for an address that is not among those known."""
    if address in schema.other_workspaces:
        workspaces = quoted_names(schema.other_workspaces[address].workspaces)
        return Misuse(f"`{address}` is only for {workspaces}", hint="name one of those workspaces with -w")
    hint = did_you_mean(address, known) or "an address is like attribute.contact.plan_type"
    return Misuse(f"the specs have nothing at `{address}`", hint=hint)


def check_targets(schemas: Sequence[Schema], targets: Iterable[str]) -> None:
    """Raises `Misuse` for a target that names nothing in any of the schemas: a plan of a typo would be empty."""
    from intercom_iac.planning import TARGET_GROUPS, target_covers

    addresses = [address for schema in schemas for address in declared_addresses(schema)]
    for target in targets:
        if any(target_covers(target, address) for address in addresses):
            continue
        if target in TARGET_GROUPS:
            raise Misuse(
                f"the specs declare nothing under `{target}`", hint="leave the target out, or name another"
            )
        below = [address for address in addresses if address.startswith(f"{target}.")]
        if below and target not in schemas[0].other_workspaces:
            rest = f" and {len(below) - _MOST_NAMES} more" if len(below) > _MOST_NAMES else ""
            raise Misuse(
                f"the specs have nothing at `{target}`",
                hint=f"did you mean {quoted_names(below[:_MOST_NAMES])}{rest}? "
                "a target is a whole address, a kind or an owner",
            )
        raise unknown_address(schemas[0], target, (*addresses, *TARGET_GROUPS))
