"""What became of the embedded workspace."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from .console import echo

if TYPE_CHECKING:
    from intercom_iac.application import SeededWorkspace


def print_seeded(seeded: SeededWorkspace) -> None:
    """How many people, companies, events and tags there are; on standard error, what could not be filled."""
    tags = f", {seeded.tags} tags" if seeded.tags else ""
    echo(f"{seeded.people} people, {seeded.companies} companies, {seeded.events} events{tags}")
    if seeded.without_values:
        names = _name_list(seeded.without_values)
        echo(
            f"without values, as the workspace does not have them yet: {names}; apply the plan and seed again",
            err=True,
        )
    if seeded.without_room:
        names = _name_list(seeded.without_room)
        echo(f"left out for want of room among the workspace's event names: {names}", err=True)


def _name_list(names: Sequence[str], most: int = 10) -> str:
    """The first names, and how many more there are."""
    from intercom_iac.text import printable

    rest = f" and {len(names) - most:,} more" if len(names) > most else ""
    return ", ".join(f"`{printable(name)}`" for name in names[:most]) + rest
