"""Migrations of the workspace's file: what each format after the first adds to the one before.

A new workspace is created in the first format and migrated like an old one, so both end up the same.
"""

import sqlite3
from collections.abc import Iterator

MIGRATIONS = {
    2: """
alter table segments add column query text;
create table notes (
    seq integer primary key, contact integer references contacts on delete cascade,
    company integer references companies on delete cascade, body text not null, created_at integer not null);
create index notes_by_contact on notes (contact);
create index notes_by_company on notes (company);
create table merges (
    source text primary key, external_id text, role text not null,
    target integer not null references contacts on delete cascade, merged_at integer not null) without rowid;
create index merges_by_target on merges (target);
create table event_summaries (
    contact integer not null references contacts on delete cascade,
    name text not null references event_names, count integer not null, first integer not null,
    last integer not null, primary key (contact, name)) without rowid;
create table conversation_attributes (
    id integer primary key, name text not null, description text not null, data_type text not null,
    required integer not null, team_ids text not null, detail text not null, archived integer not null,
    created_at integer not null, updated_at integer not null);
create table activities (
    seq integer primary key, type text not null, description text not null, created_at integer not null);
""",
    # Intercom gives a lead its external id. That of an archived contact may be used again.
    3: """
create table deletions (
    id text primary key, role text not null, external_id text, email text) without rowid;
create index deletions_by_external_id on deletions (external_id);
create index deletions_by_email on deletions (lower(email));
drop index contact_external_ids;
create unique index contact_external_ids on contacts (external_id) where not archived;
create index contacts_by_external_id on contacts (external_id);
create index contacts_by_created_at on contacts (created_at, id) where not archived;
create index contacts_by_updated_at on contacts (updated_at, id) where not archived;
create index contacts_by_role on contacts (role, created_at, id) where not archived;
create index contacts_by_email on contacts (email) where not archived;
create index contacts_by_last_seen_at on contacts (json_extract(fields, '$.last_seen_at'), id) where not archived;
create index companies_by_last_request on companies (last_request_at, seq);
update contacts set external_id = lower(substr(hex(randomblob(4)), 1, 8) || '-' || hex(randomblob(2)) || '-'
    || hex(randomblob(2)) || '-' || hex(randomblob(2)) || '-' || hex(randomblob(6)))
    where role = 'lead' and external_id is null;
""",
    # See `changes`. Only the newest 10,000 entries or so are kept.
    4: """
create table contact_changes (number integer primary key, contact integer);
create trigger changes_kept after insert on contact_changes when new.number % 1000 = 0 begin
    delete from contact_changes where number <= new.number - 10000; end;
create trigger contact_inserted after insert on contacts begin
    insert into contact_changes (contact) values (new.seq); end;
create trigger contact_updated after update on contacts begin
    insert into contact_changes (contact) values (new.seq); end;
create trigger contact_deleted after delete on contacts begin
    insert into contact_changes (contact) values (old.seq); end;
create trigger tag_attached after insert on contact_tags begin
    insert into contact_changes (contact) values (new.contact); end;
create trigger tag_detached after delete on contact_tags begin
    insert into contact_changes (contact) values (old.contact); end;
create trigger attribute_inserted after insert on attributes begin
    insert into contact_changes (contact) values (null); end;
create trigger attribute_updated after update on attributes begin
    insert into contact_changes (contact) values (null); end;
create trigger attribute_deleted after delete on attributes begin
    insert into contact_changes (contact) values (null); end;
create trigger segment_inserted after insert on segments begin
    insert into contact_changes (contact) values (null); end;
create trigger segment_updated after update on segments begin
    insert into contact_changes (contact) values (null); end;
create trigger segment_deleted after delete on segments begin
    insert into contact_changes (contact) values (null); end;
create trigger timezone_updated after update on meta when new.key = 'timezone' begin
    insert into contact_changes (contact) values (null); end;
""",
    # A list of companies tells how many have people, of which there may be many.
    5: """
insert into counters select 'companies_with_people', count(distinct company) from memberships;
create trigger membership_inserted after insert on memberships
    when not exists (select 1 from memberships where company = new.company and contact <> new.contact) begin
    insert into counters values ('companies_with_people', 1)
        on conflict (name) do update set value = value + 1; end;
create trigger membership_deleted after delete on memberships
    when not exists (select 1 from memberships where company = old.company) begin
    update counters set value = value - 1 where name = 'companies_with_people'; end;
""",
}

NEWEST_FORMAT = max(MIGRATIONS)


def migrate(connection: sqlite3.Connection, version: int) -> None:
    """Brings a file of format `version` to the newest one, inside the caller's transaction."""
    for number in range(version + 1, NEWEST_FORMAT + 1):
        for statement in _statements(MIGRATIONS[number]):
            connection.execute(statement)
    connection.execute(f"pragma user_version = {NEWEST_FORMAT}")


def _statements(script: str) -> Iterator[str]:
    """The statements of a script; that of a trigger has semicolons inside."""
    statement = ""
    for piece in script.split(";"):
        statement += f"{piece};"
        if sqlite3.complete_statement(statement):
            yield statement
            statement = ""
