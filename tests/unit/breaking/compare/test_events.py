"""What is said of events and their metadata that come, go and change."""

from __future__ import annotations

import pytest


def paid(metadata: str = "{}", more: str = "", name: str = "paid") -> str:
    return f"events: {{{name}: {{metadata: {metadata}{more}}}}}\n"


@pytest.mark.parametrize(
    ("old", "new", "told"),
    [
        (paid(), "", [("BACK705", "")]),
        (paid(), paid(more=", status: archived"), [("BACK722", "")]),
        (paid(more=", status: archived"), "", [("BACK740", "")]),
        (
            paid(more=", status: archived"),
            paid("{a: {type: string}}", ", status: archived"),
            [("BACK739", "")],
        ),
        ("", paid(), [("BACK730", "")]),
        (paid(), paid(more=", owner: x"), [("BACK712", "")]),
        (paid(), paid(more=", description: x"), [("BACK713", "")]),
        (paid("{a: {type: string}}"), paid(), [("BACK706", ".metadata.a")]),
        (paid("{a: {type: string}}"), paid("{a: {type: integer}}"), [("BACK707", ".metadata.a")]),
        (
            paid("{a: {type: options, options: [x, y, z]}}"),
            paid("{a: {type: options, options: [x, y]}}"),
            [("BACK707", ".metadata.a")],
        ),
        (
            paid("{a: {type: options, options: [x, y]}}"),
            paid("{a: {type: options, options: [x, y, z]}}"),
            [("BACK731", ".metadata.a")],
        ),
        (
            paid("{a: {type: string}}"),
            paid("{a: {type: string, required: true}}"),
            [("BACK708", ".metadata.a")],
        ),
        (paid(), paid("{a: {type: string, required: true}}"), [("BACK708", ".metadata.a")]),
        (paid(), paid("{a: {type: string}}"), [("BACK732", ".metadata.a")]),
        (
            paid("{a: {type: string, required: true}}"),
            paid("{a: {type: string}}"),
            [("BACK735", ".metadata.a")],
        ),
        (
            paid("{a: {type: string}}"),
            paid("{a: {type: string, description: x}}"),
            [("BACK713", ".metadata.a")],
        ),
        (paid("{a: {type: string}}"), paid("{A: {type: string}}"), [("BACK741", ".metadata.A")]),
        (
            paid("{a: {type: string}, b: {type: string}}"),
            paid("{b: {type: string}, a: {type: string}}"),
            [],
        ),
    ],
)
def test_each_kind_of_change_has_its_code(between, old: str, new: str, told: list[tuple[str, str]]) -> None:
    found = [(change.code, change.address) for change in between(old, new)]
    assert found == [(code, f"event.paid{below}") for code, below in told]


def test_a_name_that_intercom_reads_alike_is_the_same_event(between) -> None:
    (respelled,) = between(paid(name="order-paid"), paid(name="Order-Paid"))
    assert (respelled.code, respelled.level) == ("BACK741", "safe")


def test_a_renamed_event_is_no_event_that_is_gone(between) -> None:
    renamed, removed = between(paid("{a: {type: string}}"), paid(name="bought", more=", renamed_from: paid"))
    assert (renamed.code, renamed.address) == ("BACK714", "event.paid")
    assert (removed.code, removed.address) == ("BACK706", "event.bought.metadata.a")


def test_a_key_that_changes_lists_the_segments_that_test_it(between) -> None:
    rules = (
        "segments:\n"
        "  counts: {rule: event paid where a = x count > 2}\n"
        "  never: {rule: not event paid}\n"
        "  day: {rule: event paid where a contains y first within last 3 days}\n"
    )
    old = paid("{a: {type: options, options: [x, y, z]}}") + rules
    (removed,) = between(old, paid("{a: {type: options, options: [x, y]}}") + rules)
    assert (removed.code, removed.affected) == ("BACK707", ())
    (added,) = between(old, paid("{a: {type: options, options: [x, y, z, w]}}") + rules)
    assert added.affected == ("segment.counts", "segment.day")
    gone = between(old, paid())
    assert [change.affected for change in gone if change.code == "BACK706"] == [
        ("segment.counts", "segment.day")
    ]


def test_a_number_of_the_metadata_is_tested_by_totals_too(between) -> None:
    rules = (
        "attributes: {contact: {due: {type: date}}}\n"
        "segments:\n"
        "  total: {rule: event paid sum of a > 2}\n"
        "  pair: {rule: event paid where a > b}\n"
        "  before: {rule: event left then event paid where a = 1}\n"
        "  after: {rule: event paid where (b = 1) then event left}\n"
        "  other: {rule: event left on at least 2 days before due}\n"
    )
    events = "events: {{left: {{}}, paid: {{metadata: {{a: {{type: {}}}, b: {{type: integer}}}}}}}}\n"
    (change, *_) = between(events.format("integer") + rules, events.format("float") + rules)
    assert change.address == "event.paid.metadata.a"
    assert change.affected == ("segment.before", "segment.pair", "segment.total")
