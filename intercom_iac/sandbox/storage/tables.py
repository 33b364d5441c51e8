"""The tables of the workspace's file, in its first format."""

from .store import Store

TABLES = """
create table meta (key text primary key, value text not null) without rowid;
create table counters (name text primary key, value integer not null) without rowid;
create table attributes (
    id integer primary key, model text not null, name text not null, data_type text not null, options text,
    description text, messenger_writable integer not null, archived integer not null,
    created_at integer not null, updated_at integer not null);
create table contacts (
    seq integer primary key, id text not null unique, role text not null, external_id text, email text,
    archived integer not null, created_at integer not null, updated_at integer not null, fields text not null);
create unique index contact_external_ids on contacts (external_id);
create index contact_emails on contacts (lower(email));
create table companies (
    seq integer primary key, id text not null unique, company_id text not null unique, name text,
    created_at integer not null, updated_at integer not null, last_request_at integer, fields text not null);
create table memberships (
    contact integer not null references contacts on delete cascade,
    company integer not null references companies on delete cascade,
    primary key (contact, company)) without rowid;
create index memberships_by_company on memberships (company);
create table tags (seq integer primary key, name text not null, folded text not null unique);
create table contact_tags (
    contact integer not null references contacts on delete cascade,
    tag integer not null references tags on delete cascade,
    applied_at integer not null, primary key (contact, tag)) without rowid;
create index contact_tags_by_tag on contact_tags (tag);
create table company_tags (
    company integer not null references companies on delete cascade,
    tag integer not null references tags on delete cascade,
    primary key (company, tag)) without rowid;
create table segments (
    seq integer primary key, id text not null unique, name text not null unique, person_type text not null,
    created_at integer not null, updated_at integer not null);
create table audiences (
    seq integer primary key, name text not null, predicates text not null, role_predicates text not null,
    created_at integer not null, updated_at integer not null);
create table event_names (folded text primary key, name text not null, keys text not null) without rowid;
create table events (
    contact integer not null references contacts on delete cascade,
    name text not null references event_names, created_at integer not null, metadata text not null,
    primary key (contact, name, created_at)) without rowid;
"""
"""The first format; `migrations` has what came later.

`fields` of a contact or a company is one flat JSON object from Intercom's full names (`location.city`,
`custom_attributes.plan_type`) to values that are set.
"""


# A table comes before those that its rows refer to.
_DATA_TABLES = (
    *(
        "deletions",
        "notes",
        "merges",
        "event_summaries",
        "events",
        "event_names",
        "contact_tags",
        "company_tags",
    ),
    *("memberships", "contacts", "companies", "tags", "audiences", "segments", "attributes"),
    *("conversation_attributes", "activities", "counters"),
)


def clear_tables(store: Store) -> None:
    """Deletes every row of the workspace, and its counters; facts about the workspace itself (`meta`) stay."""
    for table in _DATA_TABLES:
        store.run(f"delete from {table}")  # noqa: S608
