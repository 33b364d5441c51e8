"""The files that a sync writes: none of them is a table that it reads, or another of them."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from pathlib import Path
from typing import TYPE_CHECKING

from intercom_iac.diagnostics import Misuse

if TYPE_CHECKING:
    from .sources import ChosenSource


def refuse_targets(targets: Mapping[str, Path | None], sources: Iterable[ChosenSource]) -> None:
    """Raises `Misuse` for what would overwrite a source or lie among its files; `targets` are by their options."""
    locations = [source.table.location for source in sources if source.table.location is not None]
    options: dict[Path, str] = {}
    for option, target in targets.items():
        if target is None:
            continue
        try:
            place = target.resolve()
            is_read = any(_reads(location, place) for location in locations)
        except (OSError, ValueError, RuntimeError):
            continue  # it cannot be written, which is told where it is
        if is_read:
            raise Misuse(
                f"`{option}` would write `{target}`, which is read as a table", hint="name another file"
            )
        other = options.setdefault(place, option)
        if other != option:
            raise Misuse(f"`{other}` and `{option}` both write `{target}`", hint="name a file for each")


def _reads(location: str, place: Path) -> bool:
    """Whether a file is the source at a location, or one of its files."""
    source = Path(location)
    if source.is_dir():
        return place.is_relative_to(source.resolve())
    if source.exists():
        return place.exists() and place.samefile(source)
    pattern = source.relative_to(source.anchor) if source.anchor else source
    return any(path.resolve() == place for path in Path(source.anchor).glob(str(pattern)))
