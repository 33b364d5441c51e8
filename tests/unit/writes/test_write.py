"""A write says what one call is to do."""

from __future__ import annotations

from intercom_iac.writes import Write


def test_a_write_knows_its_record_by_the_key_of_its_source() -> None:
    write = Write(
        number=0, action="update", record="contact", key_name="external_id", key="u1", body={"name": "Ada"}
    )
    assert (write.live_id, write.before, write.after) == (None, {}, None)
