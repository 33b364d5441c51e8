"""The lag of the search index: the versions of contacts that a search still sees."""

from .store import Store

# `replaced_at` is the time of the write that replaced the version; one without an id means that there was no contact.
VERSIONS = (
    """
create table if not exists contact_versions (
    number integer primary key, replaced_at integer not null, {columns},
    foreign key (seq) references contacts on delete cascade)
""",
    # An earlier release made one on `seq` alone.
    "drop index if exists contact_versions_by_contact",
    "create index if not exists contact_versions_by_seq on contact_versions (seq, replaced_at)",
    "create index if not exists contact_versions_by_time on contact_versions (replaced_at)",
)


def keep_versions(store: Store, lag: int) -> None:
    """From now on keeps the versions of contacts that this connection replaces, for `lag` seconds."""
    names = [row["name"] for row in store.all("select name from pragma_table_info('contacts')")]
    columns, old = ", ".join(names), ", ".join(f"old.{name}" for name in names)
    for statement in VERSIONS:
        store.run(statement.format(columns=columns))
    forget = f"delete from contact_versions where replaced_at < new.updated_at - {int(lag)}"  # noqa: S608
    # Temporary triggers belong to this connection, so another process keeps its own setting.
    store.run(
        f"create temp trigger version_created after insert on contacts begin {forget};"  # noqa: S608
        " insert into contact_versions (replaced_at, seq) values (new.updated_at, new.seq); end"
    )
    store.run(
        f"create temp trigger version_replaced after update on contacts begin {forget};"  # noqa: S608
        f" insert into contact_versions (replaced_at, {columns}) values (new.updated_at, {old}); end"
    )
    store.run(
        "create temp trigger version_forgotten after delete on contact_versions begin"
        " insert into contact_changes (contact) values (old.seq); end"
    )


def has_versions(store: Store, horizon: int) -> bool:
    """Whether there is a contact that was written since `horizon`."""
    sql = "select 1 from contact_versions where replaced_at >= ? limit 1"
    return store.first_row(sql, horizon) is not None


def contacts_caught_up(store: Store, before: int, horizon: int) -> frozenset[int]:
    """The row numbers of contacts of which a search at `horizon` may see another version than one at `before` did."""
    sql = "select distinct seq from contact_versions where replaced_at >= ? and replaced_at < ?"
    return frozenset(row["seq"] for row in store.all(sql, before, horizon))
