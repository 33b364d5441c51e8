"""What is said of attributes that come, go and change."""

from __future__ import annotations

import pytest

TIER = "{type: options, options: [free, trial, pro]}"
ON_TRIAL = "segments: {on_trial: {rule: tier = trial}, tried: {rule: segment on_trial and role = user}}\n"


def contact(**entries: str) -> str:
    listed = ", ".join(f"{name}: {text}" for name, text in {"kept": "{type: date}", **entries}.items())
    return f"attributes: {{contact: {{{listed}}}}}\n"


@pytest.mark.parametrize(
    ("old", "new", "told"),
    [
        ({"a": "{type: string}"}, {}, [("BACK701", "a")]),
        ({"a": "{type: string}"}, {"a": "{type: date}"}, [("BACK702", "a")]),
        ({"a": TIER}, {"a": "{type: string}"}, [("BACK702", "a")]),
        ({"a": "{type: string}"}, {"a": TIER}, [("BACK725", "a")]),
        ({"a": TIER}, {"a": "{type: options, options: [pro, free]}"}, [("BACK703", "a")]),
        ({"a": TIER}, {"a": "{type: options, options: [pro, free, trial]}"}, []),
        ({"a": TIER}, {"a": "{type: options, options: [pro, x]}"}, [("BACK703", "a"), ("BACK731", "a")]),
        ({"a": "{type: string}"}, {"a": "{type: string, status: archived}"}, [("BACK722", "a")]),
        ({"a": "{type: string}"}, {"a": "{type: string, status: deprecated}"}, [("BACK733", "a")]),
        ({"a": "{type: string, status: deprecated}"}, {"a": "{type: string}"}, [("BACK734", "a")]),
        ({"a": "{type: string, status: archived}"}, {"a": "{type: string}"}, [("BACK734", "a")]),
        ({"a": "{type: string, status: archived}"}, {}, [("BACK740", "a")]),
        (
            {"a": "{type: string, status: archived}"},
            {"a": "{type: date, status: archived}"},
            [("BACK702", "a")],
        ),
        (
            {"a": "{type: string}"},
            {"a": "{type: date, owner: x, status: archived}"},
            [("BACK702", "a"), ("BACK722", "a"), ("BACK739", "a")],
        ),
        ({"a": "{type: string}"}, {"a": "{type: string, messenger_writable: true}"}, [("BACK720", "a")]),
        ({"a": "{type: string, messenger_writable: true}"}, {"a": "{type: string}"}, [("BACK715", "a")]),
        ({}, {"a": "{type: string}"}, [("BACK730", "a")]),
        ({}, {"a": "{type: string, status: archived}"}, [("BACK730", "a")]),
        ({"a": "{type: string}"}, {"a": "{type: string, owner: x}"}, [("BACK712", "a")]),
        ({"a": "{type: string}"}, {"a": "{type: string, description: x}"}, [("BACK713", "a")]),
        ({"a": "{type: string}"}, {"a": "{type: string, labels: {pii: none}}"}, [("BACK736", "a")]),
        (
            {"a": "{type: string, labels: {pii: [b, a]}}"},
            {"a": "{type: string, labels: {pii: [a, b]}}"},
            [],
        ),
        ({"a": "{type: string}"}, {"b": "{type: string, renamed_from: a}"}, [("BACK714", "a")]),
        (
            {"a": TIER},
            {"b": "{type: options, options: [free, pro], renamed_from: a}"},
            [("BACK714", "a"), ("BACK703", "b")],
        ),
        (
            {"a": "{type: string}"},
            {"b": "{type: string, renamed_from: a}", "a": "{type: string, status: archived}"},
            [("BACK722", "a"), ("BACK730", "b")],
        ),
        (
            {"b": "{type: string, renamed_from: a}", "a": "{type: string, status: archived}"},
            {"b": "{type: string, renamed_from: a}"},
            [("BACK740", "a")],
        ),
        (
            {"b": "{type: string, renamed_from: a}"},
            {"b": "{type: string}"},
            [("BACK737", "b")],
        ),
    ],
)
def test_each_kind_of_change_has_its_code(
    between, old: dict[str, str], new: dict[str, str], told: list[tuple[str, str]]
) -> None:
    found = [(change.code, change.address) for change in between(contact(**old), contact(**new))]
    assert found == [(code, f"attribute.contact.{name}") for code, name in told]


def test_an_option_that_is_removed_lists_every_segment_that_names_it(between) -> None:
    old = contact(tier=TIER) + (
        "segments:\n"
        "  equal: {rule: tier = trial}\n"
        "  one_of: {rule: 'role = user and not (tier in (trial, free))'}\n"
        "  matched: {rule: tier starts with TRI}\n"
        "  through: {rule: segment equal}\n"
        "  another: {rule: tier = pro}\n"
        "  known: {rule: tier has any value}\n"
        "  retired: {rule: tier = trial, status: archived}\n"
    )
    new = contact(tier="{type: options, options: [free, pro]}") + (
        "segments:\n"
        "  equal: {rule: tier = free}\n"
        "  one_of: {rule: tier != pro}\n"
        "  matched: {rule: tier starts with TRI}\n"
        "  through: {rule: segment equal}\n"
        "  another: {rule: tier = pro}\n"
        "  known: {rule: tier has any value}\n"
        "  retired: {rule: tier = free, status: archived}\n"
    )
    removed = next(change for change in between(old, new) if change.code == "BACK703")
    assert removed.affected == ("segment.equal", "segment.matched", "segment.one_of", "segment.through")
    assert removed.message == (
        "the option `trial` is removed, which `segment.equal`, `segment.matched`, `segment.one_of`, "
        "`segment.through` name"
    )
    assert (removed.before, removed.after) == (["free", "trial", "pro"], ["free", "pro"])
    # Those that the message names are not said again.
    assert "affects" not in removed.diagnostic().message


def test_what_is_compared_with_it_reads_it_too(between) -> None:
    rules = (
        "segments:\n"
        "  pair: {rule: used > most}\n"
        "  days: {rule: day within 7 days after other}\n"
        "  window: {rule: event paid before other}\n"
        "  neither: {rule: day before today and used between 1 and 2}\n"
    )
    base = {"used": "{type: integer}", "day": "{type: date}"}
    old = contact(**base, most="{type: integer}", other="{type: date}") + "events: {paid: {}}\n"
    new = contact(**base, most="{type: integer, status: archived}", other="{type: date, status: archived}")
    archived = {
        change.address: change.affected
        for change in between(old + rules, new + "events: {paid: {}}\n")
        if change.code == "BACK704"
    }
    assert archived == {
        "attribute.contact.most": ("segment.pair",),
        "attribute.contact.other": ("segment.days", "segment.window"),
    }


def test_what_is_archived_while_old_rules_read_it_is_breaking(between) -> None:
    old, new = contact(tier=TIER) + ON_TRIAL, contact(tier=TIER[:-1] + ", status: archived}")
    archived, *segments = between(old, new)
    assert (archived.code, archived.affected) == ("BACK704", ("segment.on_trial", "segment.tried"))
    assert archived.message == "archived while `segment.on_trial`, `segment.tried` read it"
    assert {change.code for change in segments} == {"BACK710"}


def test_what_is_gone_has_its_place_in_the_old_specs(between) -> None:
    (gone,) = between(contact(a="{type: string}"), contact())
    assert gone.source is None
    assert str(gone.old_source) == "specs/all.yaml:2:44"
    assert str(gone.with_revision_name("HEAD:").old_source) == "HEAD:specs/all.yaml:2:44"
    assert "status: archived" in (gone.hint or "")
    assert gone.before == {"type": "string"}


def test_an_attribute_that_changes_sides_cannot_be_put_back_as_it_was(between) -> None:
    old, new = "attributes: {contact: {a: {type: date}}}\n", "attributes: {company: {a: {type: date}}}\n"
    gone, added = between(old, new)
    assert (gone.code, added.code) == ("BACK701", "BACK730")
    assert "a name serves one of the two" in (gone.hint or "")


def test_the_places_of_a_change_are_the_old_and_the_new(between) -> None:
    (changed,) = between(contact(a="{type: string}"), "\n\n" + contact(a="{type: date}"))
    assert (str(changed.old_source), str(changed.source)) == ("specs/all.yaml:2:44", "specs/all.yaml:4:44")
    told = changed.diagnostic()
    assert told.message == "`attribute.contact.a`: the type changed (was string, now date)"
    assert told.span == changed.source
    assert [related.span for related in told.related] == [changed.old_source]


def test_a_long_value_is_cut_in_a_sentence_and_whole_in_the_data(between) -> None:
    text = "word " * 80
    (changed,) = between(
        contact(a="{type: string}"), contact(a=f"{{type: string, description: {text.strip()}}}")
    )
    assert len(changed.diagnostic().message) < 260
    assert changed.after == text.strip()
