"""How the people of a segment change, told of each change of its rule or of what it reads."""

from __future__ import annotations

from datetime import date
from zoneinfo import ZoneInfo

import jsonschema
import pytest

from intercom_iac.breaking import breaking_schema, build_report, encode_report
from intercom_iac.prover import Satisfiable
from intercom_iac.rules.meaning import satisfies

SPECS = """\
attributes:
  contact:
    tier: {{type: options, options: [{options}]}}
    seats: {{type: {seats}}}
    ends: {{type: date}}
    note: {{type: string}}
  company:
    size_class: {{type: options, options: [{options}]}}
events: {{e: {{metadata: {{n: {{type: integer}}}}}}}}
segments:
"""


NOTE = "note: {type: string}"


def specs(*segments: str, options: str = "a, b", seats: str = "integer") -> str:
    listed = "".join(f"  {segment}\n" for segment in segments)
    return SPECS.format(options=options, seats=seats) + listed


def one(rule: str, **fields: str) -> str:
    return specs(f"big: {{name: Big, rule: {rule!r}}}", **fields)


RULES = [
    ("seats > 10", "seats > 5", "wider"),
    ("seats > 5", "seats > 10", "narrower"),
    ("seats > 5", "seats < 10", "incomparable"),
    ("seats > 5", "seats < 3", "incomparable"),
    ("seats > 5", "seats > 5 and (tier = a or tier != a)", "equivalent"),
    ("seats > 5", "seats > 5 or (seats > 7 and tier = a)", "equivalent"),
    ("tier in (a, b)", "tier has any value", "equivalent"),
    ("ends within next 3 days", "ends within next 7 days", "wider"),
    ("company.size_class = a and company.size_class = b", "company(size_class = a)", "wider"),
    ("note contains abc", "note contains abcd", "narrower"),
    ("tag vip", "tag vip or role = lead", "wider"),
]
CODES = {"equivalent": "BACK738"}


@pytest.mark.parametrize(("old", "new", "relation"), RULES)
def test_a_rule_is_told_by_how_it_stands_to_the_old_one(proved, old: str, new: str, relation: str) -> None:
    [change] = proved(one(old), one(new))
    assert change.code == CODES.get(relation, "BACK709")
    assert change.members.relation == relation
    assert change.members.cause == "rule"
    report = build_report(
        [change], against="main", acceptances=[], today=date(2026, 3, 14), releases=(None, None)
    )
    document = encode_report(report)
    jsonschema.validate(document, breaking_schema(), jsonschema.Draft202012Validator)
    [encoded] = document["changes"]
    assert encoded["relation"] == relation
    for side, verdict in (("enters", change.members.enters), ("leaves", change.members.leaves)):
        assert (encoded["witnesses"][side] is None) == (not isinstance(verdict, Satisfiable))
    told = encoded["message"]
    if relation == "equivalent":
        assert told == "the rule is written otherwise and selects the same people"
    else:
        assert told.startswith(f"the rule is {relation} now")
        assert ("; leaves: nobody" in told) == (relation == "wider")
        assert ("; enters: nobody" in told) == (relation == "narrower")
        assert change.hint is None


@pytest.mark.parametrize(("old", "new", "relation"), RULES)
def test_who_enters_belongs_by_the_new_rule_alone_and_who_leaves_by_the_old_one(
    proved, old: str, new: str, relation: str
) -> None:
    [change] = proved(one(old), one(new))
    if relation == "equivalent":
        return
    before, after = change.members.rules
    for verdict, expected in ((change.members.enters, (False, True)), (change.members.leaves, (True, False))):
        if isinstance(verdict, Satisfiable):
            witness = verdict.witness
            day = {"today": witness.today, "zone": ZoneInfo(witness.zone)}
            assert tuple(satisfies(witness.person, rule, **day) for rule in (before, after)) == expected


def test_nobody_stays_where_the_two_have_nobody_in_common(proved) -> None:
    [change] = proved(one("seats > 5"), one("seats < 3"))
    assert change.full_message.endswith("; stays: nobody")
    [change] = proved(one("seats > 5"), one("seats < 10"))
    assert "stays" not in change.people


def test_what_is_not_decided_keeps_the_plain_text_and_says_why(proved) -> None:
    built = "asked: {name: Asked, built_in_intercom: true, rule: unknown}"
    old = specs(built, "big: {name: Big, rule: segment asked and seats > 5}")
    new = specs(built, "big: {name: Big, rule: segment asked or seats > 5}")
    [change] = proved(old, new)
    assert (change.code, change.members.relation) == ("BACK709", "unknown")
    assert change.full_message == (
        "the rule changed; enters: not decided, only Intercom knows who is in the segment `Asked`; leaves: nobody"
    )
    assert change.members.reason
    assert "segment preview" in change.hint


# --- both revisions of a field --------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("old", "new", "relation"),
    [
        # Whoever has an option that is gone or new counts.
        (one("tier != a", options="a, b"), one("tier = b or tier is unknown", options="a, b, c"), "narrower"),
        (one("tier = a", options="a, b"), one("tier in (a, c)", options="a, c"), "wider"),
        # Also where one rule alone reads it: whoever is still on `b` enters.
        (one("tag x and not tag x"), one("tier not in (a, c) and tier is known", options="a, c"), "wider"),
        (one("tier in (a, b)", options="a, b"), one("tier is known", options="a, b, c"), "wider"),
        # An attribute of both kinds of text takes any.
        (one("note = x"), one("note in (x, y)").replace(NOTE, "note: {type: options, options: [x, y]}"), "wider"),
        # Where a field has another type, one rule says nothing of the other.
        (one("seats > 5", seats="integer"), one("seats contains x", seats="string"), "unknown"),
    ],
)  # fmt: skip
def test_a_proof_is_over_what_either_revision_lets_a_field_be(
    proved, old: str, new: str, relation: str
) -> None:
    [change] = [change for change in proved(old, new) if change.address == "segment.big"]
    assert change.members.relation == relation


def test_a_metadata_key_is_read_with_the_options_of_both(proved) -> None:
    keys = "n: {type: integer}"
    old, new = (
        one(f"event e where (k {rule}) count > 1").replace(
            keys, f"{keys}, k: {{type: options, options: [{options}]}}"
        )
        for rule, options in (("!= x", "x, y"), ("in (y, z)", "x, y, z"))
    )
    [change] = [change for change in proved(old, new) if change.address == "segment.big"]
    assert change.members.relation == "narrower"
    assert "k" not in change.people["leaves"]


def test_a_type_that_changed_is_the_reason(proved) -> None:
    [change] = [
        change
        for change in proved(one("seats > 5"), one("seats contains x", seats="string"))
        if change.address == "segment.big"
    ]
    assert change.members.reason == "`seats` was of type integer and is of type string now"


def test_an_attribute_that_takes_the_place_of_another_is_read_in_its_place(proved) -> None:
    old = one("seats > 5")
    new = one("chairs > 3").replace("seats: {type: integer}", "chairs: {type: integer, renamed_from: seats}")
    [change] = [change for change in proved(old, new) if change.address == "segment.big"]
    assert (change.code, change.members.relation) == ("BACK709", "wider")


# --- a rule that did not change -------------------------------------------------------------------------------


def test_a_segment_is_told_where_one_that_it_refers_to_exchanged_its_people(proved) -> None:
    reader = "both: {name: Both, rule: segment big and tier = a}"
    found = proved(
        specs("big: {name: Big, rule: seats > 5}", reader), specs("big: {name: Big, rule: seats > 9}", reader)
    )
    told = {change.address: change for change in found}
    assert {address: change.code for address, change in told.items()} == {
        "segment.big": "BACK709",
        "segment.both": "BACK726",
    }
    both = told["segment.both"]
    assert both.full_message.startswith(
        "it is narrower now, since `big` has another rule; enters: nobody; leaves: "
    )
    assert both.members.cause == "reference"


def test_a_rule_that_is_only_respelled_may_select_other_people_by_what_it_reads(proved) -> None:
    found = proved(
        specs("big: {name: Big, rule: seats > 5}", "both: {name: Both, rule: segment big and tier = a}"),
        specs("big: {name: Big, rule: seats > 9}", "both: {name: Both, rule: tier = a and segment big}"),
    )
    told = [(change.code, change.members.relation) for change in found if change.address == "segment.both"]
    assert told == [("BACK726", "narrower"), ("BACK738", "equivalent")]


def test_nothing_is_told_of_a_segment_that_keeps_its_people(proved) -> None:
    reader = "few: {name: Few, rule: segment big and seats > 9}"
    found = proved(
        specs("big: {name: Big, rule: seats > 5}", reader), specs("big: {name: Big, rule: seats > 7}", reader)
    )
    assert [change.address for change in found] == ["segment.big"]


@pytest.mark.parametrize(
    ("rule", "enters"),
    [
        ("tier is not a", "tier = c"),
        ("tier has any value", None),
        ("tier = a", None),
        ("role = user or tier = a", None),
        ("tier not in (a, b)", "tier = c"),
        ("not tier contains b", "tier = c"),
        ("company(size_class != a)", "size_class = c"),
        ("tier is not a and seats > 5", "tier = c"),
    ],
)
def test_a_new_option_that_a_rule_does_not_exclude_lets_people_in(
    proved, rule: str, enters: str | None
) -> None:
    found = proved(one(rule), one(rule, options="a, b, c"))
    told = [change for change in found if change.address == "segment.big"]
    if enters is None:
        assert told == []
    else:
        [change] = told
        assert (change.code, change.members.relation) == ("BACK726", "wider")
        assert enters in change.people["enters"]
        assert change.members.cause == "options"


@pytest.mark.parametrize(
    ("rule", "enters"),
    [
        ("event e where k != x", "k = z"),
        ("event e where (k not in (x)) count >= 2", "k = z"),
        ("not event e where k = x", "k = z"),
        ("event e where (k = x) count < 2", "k = z"),
        ("event e where k = x", None),
        ("not event e where k != x", None),
        ("event e where (k != x) count < 2", None),
        ("event e where n > 3", None),
    ],
)
def test_a_new_option_of_a_metadata_key_lets_people_in(proved, rule: str, enters: str | None) -> None:
    old, new = (
        one(rule).replace(
            "n: {type: integer}", f"n: {{type: integer}}, k: {{type: options, options: [{options}]}}"
        )
        for options in ("x, y", "x, y, z")
    )
    told = [change for change in proved(old, new, "big") if change.address == "segment.big"]
    assert {change.code for change in told} == (set() if enters is None else {"BACK726", "BACK717"})
    assert all(enters in change.people["enters"] for change in told)


def test_a_segment_that_comes_back_with_another_rule_is_told_by_both(proved) -> None:
    old = specs("big: {name: Big, rule: seats > 10, status: archived}")
    changes = {change.code: change for change in proved(old, one("seats > 5"), "big")}
    assert changes["BACK709"].members.relation == "wider"
    assert changes["BACK717"].members.cause == "restored"


def test_without_a_world_nothing_is_proved(between) -> None:
    [change] = between(one("seats > 10"), one("seats > 5"))
    assert (change.code, change.message, change.members) == ("BACK709", "the rule changed", None)


# --- who may not enter ----------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("old", "new", "fails"),
    [
        ("rule: seats > 10", "rule: seats > 5", True),
        ("rule: seats > 5", "rule: seats > 10", False),
        ("rule: seats > 5", "rule: seats >= 6", False),
        ("rule: seats > 5", "rule: seats < 5", True),
        ("rule: seats > 5", "rule: segment asked", True),  # nobody knows
        ("rule: seats > 5", "rule: seats > 5, owner: growth", False),
        ("rule: seats > 5, status: archived", "rule: seats > 5", True),
        ("rule: seats > 5", "rule: seats > 1, status: archived", False),
    ],
)
@pytest.mark.parametrize("guarded", ["big", "b*", "segment.big"])
def test_a_guarded_segment_may_be_narrower_and_not_wider(
    proved, old: str, new: str, fails: bool, guarded: str
) -> None:
    built = "asked: {name: Asked, built_in_intercom: true, rule: unknown}"
    one, other = (specs(built, f"big: {{name: Big, {entry}}}") for entry in (old, new))
    found = [change for change in proved(one, other, guarded) if change.level == "breaking"]
    assert [(change.code, change.address) for change in found] == [("BACK717", "segment.big")] * fails
    assert all(f"`{guarded}`" in change.message for change in found)
    assert [change.code for change in proved(one, other, "small") if change.level == "breaking"] == []


def test_a_guarded_segment_is_found_under_its_old_key(proved) -> None:
    old, new = "big: {name: Big, rule: seats > 10}", "large: {name: Big, rule: seats > 5}"
    assert "BACK717" in {change.code for change in proved(specs(old), specs(new), "big")}
    assert "BACK717" in {change.code for change in proved(specs(old), specs(new), "large")}


def test_what_it_refers_to_and_new_options_widen_a_guarded_segment(proved) -> None:
    reader = "both: {name: Both, rule: segment big and tier = a}"
    old = specs("big: {name: Big, rule: seats > 10}", reader)
    new = specs("big: {name: Big, rule: seats > 5}", reader)
    assert "BACK717" in {change.code for change in proved(old, new, "both")}
    option = proved(one("tier is not a"), one("tier is not a", options="a, b, c"), "big")
    assert "BACK717" in {change.code for change in option}
    retyped = proved(one("seats is unknown"), one("seats is unknown", seats="string"), "big")
    assert "BACK717" in {change.code for change in retyped}


def test_an_attribute_with_values_of_its_own_is_no_successor_at_once(proved) -> None:
    fields = "seats: {type: integer}"
    own = f"{fields}\n    other: {{type: integer}}"
    successor = f"{fields}\n    other: {{type: integer, replaces: {{attribute: seats}}}}"
    was, now = one("seats > 5"), one("other > 5")
    found = proved(was.replace(fields, own), now.replace(fields, successor), "big")
    assert {"BACK709", "BACK717"} <= {change.code for change in found}
    for before in (fields, successor):
        codes = {
            change.code
            for change in proved(was.replace(fields, before), now.replace(fields, successor), "big")
        }
        assert "BACK746" in codes
        assert not codes & {"BACK709", "BACK717"}


def test_whoever_leaves_has_another_name_than_whoever_enters(proved) -> None:
    [change] = proved(one("seats > 5"), one("seats < 3"))
    assert change.people["enters"].startswith("ada@example.com")
    assert change.people["leaves"].startswith("grace@example.com")
    # Not where a rule reads it.
    [change] = proved(
        one("email = 'ada@example.com' and seats > 5"), one("email = 'ada@example.com' and seats < 3")
    )
    assert change.people["leaves"].startswith("ada@example.com")
