"""The lag of the search index: the versions of contacts that a search still sees."""

import sqlite3

from .store import Store

# `replaced_at` is the time of the write that replaced the version; one without an id means that there was no contact.
VERSIONS_TABLE = """
create table if not exists contact_versions (
    number integer primary key, replaced_at integer not null, {columns},
    foreign key (seq) references contacts on delete cascade)
"""
VERSIONS_INDEX = "create index if not exists contact_versions_by_contact on contact_versions (seq)"


def keep_versions(store: Store, lag: int) -> None:
    """From now on keeps the versions of contacts that this connection replaces, for `lag` seconds."""
    names = [row["name"] for row in store.all("select name from pragma_table_info('contacts')")]
    columns, old = ", ".join(names), ", ".join(f"old.{name}" for name in names)
    store.run(VERSIONS_TABLE.format(columns=columns))
    store.run(VERSIONS_INDEX)
    forget = f"delete from contact_versions where replaced_at < new.updated_at - {int(lag)}"  # noqa: S608
    # Temporary triggers belong to this connection, so another process keeps its own setting.
    store.run(
        f"create temp trigger contact_created after insert on contacts begin {forget};"  # noqa: S608
        " insert into contact_versions (replaced_at, seq) values (new.updated_at, new.seq); end"
    )
    store.run(
        f"create temp trigger contact_changed after update on contacts begin {forget};"  # noqa: S608
        f" insert into contact_versions (replaced_at, {columns}) values (new.updated_at, {old}); end"
    )


def indexed_versions(store: Store, horizon: int) -> dict[int, sqlite3.Row | None]:
    """The versions that a search sees instead of the contacts written since `horizon`, by seq.

    None for a contact that the search does not see at all, as it was created since.
    """
    rows = store.all(
        "select * from contact_versions where number in"
        " (select min(number) from contact_versions where replaced_at >= ? group by seq)",
        horizon,
    )
    return {row["seq"]: None if row["id"] is None else row for row in rows}
