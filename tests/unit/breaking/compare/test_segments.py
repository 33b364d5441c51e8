"""What is said of segments that come, go and change."""

from __future__ import annotations

import json
import re

import pytest

from intercom_iac.text import printable

ATTRIBUTES = "attributes: {contact: {tier: {type: options, options: [a, b, c]}, seats: {type: integer}}}\n"
EVENT = "events: {e: {metadata: {f: {type: string}, n: {type: integer}}}}\n"


def segments(**entries: str) -> str:
    listed = ", ".join(f"{key}: {{{text}}}" for key, text in {"kept": "rule: role = lead", **entries}.items())
    return f"{ATTRIBUTES}segments: {{{listed}}}\n"


BIG = "name: Big, rule: seats > 10"


@pytest.mark.parametrize(
    ("old", "new", "told"),
    [
        (BIG, None, ["BACK710"]),
        (None, BIG, ["BACK730"]),
        (BIG, f"{BIG}, status: archived", ["BACK722"]),
        (f"{BIG}, publish: [tag]", f"{BIG}, publish: [tag], status: archived", ["BACK704"]),
        (f"{BIG}, status: archived", None, ["BACK740"]),
        (f"{BIG}, status: archived", BIG, ["BACK734"]),
        (f"{BIG}, publish: [tag], status: archived", f"{BIG}, publish: [tag]", ["BACK721", "BACK734"]),
        (f"{BIG}, publish: [tag], status: archived", f"{BIG}, status: archived", ["BACK739"]),
        (f"{BIG}, status: archived", "name: Big, rule: seats > 11, status: archived", ["BACK739"]),
        (f"{BIG}, publish: [tag]", BIG, ["BACK711"]),
        (f"{BIG}, publish: [tag]", f"{BIG}, publish: [audience]", ["BACK711", "BACK721"]),
        (BIG, f"{BIG}, publish: [tag]", ["BACK721"]),
        (f"{BIG}, publish: [tag, audience]", f"{BIG}, publish: [audience, tag]", []),
        (BIG, "name: Large, renamed_from: Big, rule: seats > 10", ["BACK723"]),
        (BIG, "name: Large, rule: seats > 10", ["BACK716"]),
        (BIG, f"{BIG}, renamed_from: Small", ["BACK737"]),
        (BIG, f"{BIG}, owner: x", ["BACK712"]),
        (BIG, f"{BIG}, description: x", ["BACK713"]),
        (BIG, "name: Big, rule: seats > 11", ["BACK709"]),
    ],
)
def test_each_kind_of_change_has_its_code(between, old: str | None, new: str | None, told: list[str]) -> None:
    one, other = (segments(**({} if entry is None else {"big": entry})) for entry in (old, new))
    found = between(one, other)
    assert [change.code for change in found] == told
    assert {change.address for change in found} <= {"segment.big"}


def test_what_an_archived_segment_publishes_is_named(between) -> None:
    published = "name: Big, rule: company(size > 1), publish: [audience, tag, attribute, company tag]"
    found = between(segments(big=published), segments(big=f"{published}, status: archived"))
    [message] = [change.message for change in found if change.address == "segment.big"]
    assert message == "archived while it publishes an audience and a tag and an attribute and a company tag"


@pytest.mark.parametrize(
    ("old", "new", "code"),
    [
        # Spelled otherwise: no change.
        ("seats > 10 and tier = a", "SEATS > 10 AND tier is a".replace("SEATS", "seats"), None),
        ("tier != a", "not tier = a", None),
        ("(seats > 10)", "seats greater than 10", None),
        # Written otherwise, and sure to select the same people.
        ("seats > 10 and tier = a", "tier = a and seats > 10", "BACK738"),
        ("tier in (a, b)", "tier in (b, a)", "BACK738"),
        ("not (seats > 10 or tier = a)", "not seats > 10 and not tier = a", "BACK738"),
        ("role = lead and tier = a", "segment kept and tier = a", "BACK738"),
        ("not tier in (a, b)", "tier not in (b, a)", "BACK738"),
        ("(seats > 1 or tier = a) and role = user", "role = user and (tier = a or seats > 1)", "BACK738"),
        ("tier = a", "tier in (a, a)", "BACK738"),
        ("tier in (a)", "tier = a", "BACK738"),
        ("tier != a", "tier not in (a, a)", "BACK738"),
        ("company.name = x", "company(name in (x, x))", "BACK738"),
        ("event e where (f = x)", "event e where (f in (x, x))", "BACK738"),
        ("event e where (f = x and f = y) count > 2", "event e where (f = y and f = x) count > 2", "BACK738"),
        ("tier in (a, b)", "tier = b or tier = a", "BACK738"),
        ("tier not in (a, b)", "tier != a and tier != b", "BACK738"),
        ("company.name in (x, y)", "company.name = x or company.name = y", "BACK738"),
        ("seats >= 3", "seats > 2", "BACK738"),
        ("not seats <= 3", "not seats < 4", "BACK738"),
        ("event e count >= 3", "event e count > 2", "BACK738"),
        ("event e count = 0", "not event e", "BACK738"),
        ("event e count != 2", "not event e count = 2", "BACK738"),
        ("event e within last 1 week", "event e at most 7 days ago", "BACK738"),
        ("event e within last 1 week", "event e within last 7 days", None),
        ("signed_up_at at least 1 day ago", "signed_up_at more than 0 days ago", "BACK738"),
        ("signed_up_at <= 2026-01-31", "signed_up_at before 2026-02-01", "BACK738"),
        ("email contains ABC", "email contains abc", "BACK738"),
        # Others.
        ("event e where n >= 3", "event e where n > 2", "BACK709"),
        ("company.size >= 3", "company.size >= 4", "BACK709"),
        ("signed_up_at at least 1 day ago", "signed_up_at at least 0 days ago", "BACK709"),
        ("event e count >= 1", "event e count >= 0", "BACK709"),
        ("company(name = x and size > 1)", "company.name = x and company.size > 1", "BACK709"),
        ("seats > 10 and tier = a", "seats > 10 or tier = a", "BACK709"),
        ("tier in (a, b)", "tier in (a, c)", "BACK709"),
        ("seats > 10", "seats >= 10", "BACK709"),
        ("not seats > 10", "seats > 10", "BACK709"),
        ("tier = a", "tier in (a, b)", "BACK709"),
        ("company(name = x and industry = y)", "company(name = x or industry = y)", "BACK709"),
        ("event e where (f = x)", "event e where (f = y)", "BACK709"),
        ("event e where (f = x)", "event e where (f = x) count > 2", "BACK709"),
    ],
)
def test_a_rule_changed_where_other_people_may_belong_to_it(
    between, old: str, new: str, code: str | None
) -> None:
    found = between(EVENT + segments(big=f"rule: '{old}'"), EVENT + segments(big=f"rule: '{new}'"))
    assert [change.code for change in found] == ([] if code is None else [code])


@pytest.mark.parametrize(
    "rule", ["event {}", "event {} last more than 3 days ago", "not event {} where (f = x)"]
)
def test_a_respelled_event_is_not_a_changed_rule(between, rule: str) -> None:
    old, new = (
        f"events: {{{name}: {{metadata: {{f: {{type: string}}}}}}}}\n{segments(big=f'rule: {rule.format(name)}')}"
        for name in ("order-paid", "Order-Paid")
    )
    assert [(change.code, change.address) for change in between(old, new)] == [
        ("BACK741", "event.Order-Paid")
    ]


def test_a_changed_rule_is_shown_in_english_with_whom_it_reaches(between) -> None:
    refers = {"huge": "rule: segment big and tier = a", "hugest": "rule: segment huge"}
    old, new = segments(big=BIG, **refers), segments(big="name: Big, rule: seats > 50", **refers)
    (changed,) = between(old, new)
    assert changed.before == {"rule": "seats > 10", "meaning": "contacts whose seats is more than 10"}
    assert changed.after["meaning"] == "contacts whose seats is more than 50"
    assert changed.affected == ("segment.huge", "segment.hugest")
    assert changed.diagnostic().message == (
        "`segment.big`: the rule changed (was contacts whose seats is more than 10, now contacts whose seats is more "
        "than 50); affects `segment.huge`, `segment.hugest`"
    )


def test_a_segment_under_another_key_is_the_same_in_intercom(between) -> None:
    (moved,) = between(segments(big=BIG), segments(large=BIG))
    assert (moved.code, moved.level, moved.address) == ("BACK724", "risky", "segment.big")
    moved, renamed = between(
        segments(big=BIG), segments(large="name: Large, renamed_from: Big, rule: seats > 10")
    )
    assert [moved.code, renamed.code] == ["BACK724", "BACK723"]


def test_a_reordered_rule_is_not_blamed_for_what_it_refers_to(between) -> None:
    old = segments(big=BIG, huge="rule: segment big and segment kept")
    new = segments(big="name: Big, rule: seats > 50", huge="rule: segment kept and segment big")
    assert [(change.code, change.address) for change in between(old, new)] == [
        ("BACK709", "segment.big"),
        ("BACK738", "segment.huge"),
    ]


@pytest.mark.parametrize(
    "name",
    [
        "Big",
        "Big #1",
        "plan: pro",
        "\"Big\" 'n' \\ more",
        "- x",
        "12",
        "yes",
        "{a}",
        "$${A} $${",
        "Größe",
        "👩\u200d💻",
    ],
)
def test_the_hint_to_say_what_it_was_called_can_be_followed(between, name: str) -> None:
    old = segments(big=f"name: {json.dumps(name, ensure_ascii=False)}, rule: seats > 10")
    (left,) = between(old, segments(big="name: Large, rule: seats > 10"))
    assert left.code == "BACK716"
    # As a terminal shows it.
    said = re.fullmatch("add `(.+)`", printable(left.hint))
    (renamed,) = between(old, segments(big=f"name: Large, {said[1]}, rule: seats > 10"))
    assert renamed.code == "BACK723"


def test_two_segments_that_swap_their_names_are_not_taken_for_one_another(between) -> None:
    old = segments(one="name: A, rule: seats > 1", two="name: B, rule: seats > 2")
    new = segments(one="name: B, rule: seats > 1", two="name: A, rule: seats > 2")
    assert [(change.code, change.address) for change in between(old, new)] == [
        ("BACK716", "segment.one"),
        ("BACK716", "segment.two"),
    ]


def test_archiving_what_another_rule_refers_to_is_breaking(between) -> None:
    old = segments(big=BIG, huge="rule: segment big")
    new = segments(big=f"{BIG}, status: archived", huge="rule: seats > 10")
    archived, *_ = between(old, new)
    assert (archived.code, archived.affected) == ("BACK704", ("segment.huge",))
