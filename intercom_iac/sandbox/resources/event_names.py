"""The names of events a workspace has, with the metadata keys tracked for each."""

from dataclasses import dataclass

from ..settings.switches import Switches
from ..storage.columns import dump_json, load_json
from ..storage.store import Store


@dataclass(frozen=True, slots=True)
class RegisteredEvent:
    """An event name the workspace has: `folded` is the key that events refer to, `keys` the tracked metadata."""

    folded: str
    keys: list[str]


def normalize_event_name(name: str) -> str:
    """An event's name as stored: `.` and `$` become `-` (official documentation of the event model)."""
    return name.replace(".", "-").replace("$", "-")


def register_event(store: Store, name: str, keys: list[str], switches: Switches) -> RegisteredEvent | None:
    """Stores the name and tracks those of `keys`, in this order, for which there is room.

    None where the workspace has no room for another name. Names that differ only by case are the same event; the
    first spelling is the one shown (assumption).
    """
    name = normalize_event_name(name)
    folded = name.casefold()
    row = store.first_row("select keys from event_names where folded = ?", folded)
    if row is None and store.number("select count(*) from event_names") >= switches.event_name_limit:
        return None
    earlier: list[str] = [] if row is None else load_json(row["keys"])
    tracked = _track_keys(earlier, keys, switches.event_metadata_keys)
    store.run(
        "insert into event_names values (?, ?, ?) on conflict (folded) do update set keys = excluded.keys",
        *(folded, name, dump_json(tracked)),
    )
    return RegisteredEvent(folded=folded, keys=tracked)


def find_tracked_keys(store: Store, name: str) -> list[str]:
    """The metadata keys tracked for a name, as first spelled; none where the workspace does not have it."""
    folded = normalize_event_name(name).casefold()
    row = store.first_row("select keys from event_names where folded = ?", folded)
    return [] if row is None else load_json(row["keys"])


def _track_keys(earlier: list[str], keys: list[str], limit: int) -> list[str]:
    """`earlier` and the first of `keys` that are new, whatever their case, up to `limit` in all."""
    folded = {key.casefold() for key in earlier}
    tracked = list(earlier)
    for key in keys:
        if key.casefold() not in folded and len(tracked) < limit:
            folded.add(key.casefold())
            tracked.append(key)
    return tracked
