"""Time zones by their IANA names, the workspace's own among them."""

from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

from .store import Store


def find_timezone(name: str) -> ZoneInfo:
    """The time zone of an IANA name; ValueError where the machine knows none of that name."""
    try:
        return ZoneInfo(name)
    except (ZoneInfoNotFoundError, ValueError, OSError) as error:
        raise ValueError(f"unknown time zone `{name}`") from error


def workspace_timezone(store: Store) -> ZoneInfo:
    """The workspace's time zone, which decides where its days begin."""
    return find_timezone(store.meta("timezone") or "UTC")
