"""A source keeps the address of its database to itself."""

from __future__ import annotations

from intercom_iac.tables import TableSource


def test_the_address_of_a_database_is_not_shown() -> None:
    source = TableSource(
        name="people",
        kind="postgres",
        record="contact",
        query="select 1",
        database="postgresql://me:secret@db",
    )
    assert "secret" not in repr(source)
