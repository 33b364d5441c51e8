"""The log of changed contacts, which lets the result of a search be kept up to date instead of being made again.

Triggers write it (see `migrations`), so it tells of whoever writes to the file. Without a contact an entry stands for
a change of what every search rests on: attributes, segments, the time zone.
"""

from .store import Store


def last_change(store: Store) -> int:
    """The number of the newest entry of the log, 0 where it is empty."""
    return store.number("select coalesce(max(number), 0) from contact_changes")


def changed_contacts(store: Store, since: int, *, rests_on_schema: bool = True) -> frozenset[int] | None:
    """The row numbers of the contacts that changed after entry `since`, or whose tags did.

    None where that cannot be told, or where any contact may be concerned. What does not rest on the schema, as the
    values of contacts do not, stands whatever becomes of attributes, segments and the time zone.
    """
    if since < store.number("select coalesce(min(number), 1) from contact_changes") - 1:
        return None
    contacts = {
        row[0] for row in store.all("select distinct contact from contact_changes where number > ?", since)
    }
    if rests_on_schema and None in contacts:
        return None
    return frozenset(contacts - {None})
