"""A violation is told by its code, which says how grave it is."""

from __future__ import annotations

from intercom_iac.payloads import Violation


def test_a_violation_stands_at_a_path_of_a_record() -> None:
    fields = Violation.__dataclass_fields__
    assert {name for name, field in fields.items() if field.default is not None} == {
        "record",
        "path",
        "code",
        "message",
    }
