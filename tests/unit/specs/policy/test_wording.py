"""What entries have to say, how long it may be, and whose they are."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from intercom_iac.specs import Loaded
from intercom_iac.text.lists import brief_list

Judge = Callable[[str, str], Loaded]
Lines = Callable[[Loaded], list[str]]

REQUIRE = (
    "policy:\n  require: {attributes: [description, owner, labels], events: [description, owner], "
    "metadata: [description], segments: [owner, description]}\n"
)
CONTACT = "attributes:\n  contact:\n"


@pytest.mark.parametrize(
    ("specs", "wanted"),
    [
        (f"{CONTACT}    a: {{type: string, description: x, owner: y, labels: {{pii: none}}}}\n", []),
        (
            f"{CONTACT}    a: {{type: string}}\n",
            ["4:5 a has no description", "a has no labels", "a has no owner"],
        ),
        (f"{CONTACT}    a: {{type: string, status: archived}}\n", []),
        (
            f"{CONTACT}    a: {{type: string, status: deprecated, description: x, owner: y}}\n",
            ["4:5 a has no labels"],
        ),
        (
            f"{CONTACT}    a: {{type: string, description: ' ', owner: '', labels: {{}}}}\n",
            ["4:36 ' ' has no description", "4:48 '' has no owner", "4:60 {} has no labels"],
        ),
        (
            f"{CONTACT}    a: {{type: string, description: x, owner: y, labels: {{pii: []}}}}\n",
            ["4:57 {pii: []} has no labels"],
        ),
        (
            f"{CONTACT}    a: {{type: string, description: x, owner: , labels: {{p: n}}}}\n",
            ["4:39 owner has no owner"],
        ),
        (
            "events:\n  e: {owner: x, description: y, metadata: {k: {type: string}, "
            "l: {type: string, description: z}}}\n",
            ["3:44 k has no description"],
        ),
        ("events:\n  e: {}\n", ["3:3 e has no description", "e has no owner"]),
        ("events:\n  e: {status: archived, metadata: {k: {type: string}}}\n", []),
        ("segments:\n  s: {rule: email is unknown, owner: x}\n", ["3:3 s has no description"]),
        ("segments:\n  s: {rule: email is unknown, status: archived}\n", []),
    ],
)
def test_what_is_required(judged: Judge, specs: str, wanted: list[str]) -> None:
    found = judged(REQUIRE, specs)
    assert {each.code for each in found.diagnostics} <= {"LINT561"}
    told = sorted(
        f"{each.span.text} {each.message[each.message.index('has no') :]}"
        for each in found.diagnostics
        if each.span
    )
    assert told == sorted(each.partition(" ")[2] if each[0].isdigit() else each for each in wanted)
    places = {f"{each.span.line}:{each.span.column}" for each in found.diagnostics if each.span}
    assert places == {each.partition(" ")[0] for each in wanted if each[0].isdigit()}


def test_what_has_a_mistake_of_its_own_is_not_missing(judged: Judge, lines: Lines) -> None:
    found = judged(
        REQUIRE, f"{CONTACT}    a: {{type: string, description: 3, owner: [y], labels: {{pii: none}}}}\n"
    )
    assert lines(found) == ["4:36 SPEC120 3", "4:46 SPEC120 [y]"]


def test_nothing_is_required_that_is_not_asked_for(judged: Judge) -> None:
    specs = f"{CONTACT}    a: {{type: string}}\nevents: {{e: {{}}}}\n"
    assert judged("policy: {}\n", specs).diagnostics == ()
    [only] = judged("policy: {require: {events: [owner, owner]}}\n", specs).diagnostics
    assert only.message == "the event `e` has no owner"


def test_what_is_missing_is_to_be_found(judged: Judge) -> None:
    policy = REQUIRE + "  owners: [growth, data]\n  labels: {pii: [none], purpose: [support]}\n"
    hints = {each.hint for each in judged(policy, f"{CONTACT}    a: {{type: string}}\n").diagnostics}
    assert hints == {
        "add a `description`, for whoever meets it later",
        "add an `owner`: `growth` or `data`",
        "add `labels`: `pii` or `purpose`",
    }


@pytest.mark.parametrize(
    ("lengths", "specs", "wanted"),
    [
        (
            "{name: 5}",
            f"{CONTACT}    abcde: {{type: string}}\n    abcdef: {{type: string}}\n",
            ["5:5 LINT563 abcdef"],
        ),
        ("{name: 3}", "events:\n  paid: {status: archived}\n", []),
        ("{name: 3}", "events:\n  e: {metadata: {abcd: {type: string}}}\n", ["3:18 LINT563 abcd"]),
        (
            "{name: 3}",
            "segments:\n  abcd: {name: Some name, rule: email is unknown}\n",
            ["3:3 LINT563 abcd", "3:16 LINT563 Some name"],
        ),
        ("{description: 3}", f"{CONTACT}    a: {{type: string, description: äöü}}\n", []),
        ("{description: 3}", f"{CONTACT}    a: {{type: string, description: äöüß}}\n", ["4:36 LINT563 äöüß"]),
        (
            "{description: 3}",
            "events:\n  e: {metadata: {k: {type: string, description: long}}}\n",
            ["3:49 LINT563 long"],
        ),
        (
            "{description: 3}",
            "segments:\n  s:\n    rule: email is unknown\n    description: >-\n      long\n",
            ["5:5 LINT563 description"],
        ),
        ("{rule: 16}", "segments:\n  s: {rule: email is unknown}\n", []),
        ("{rule: 15}", "segments:\n  s: {rule: email is unknown}\n", ["3:13 LINT563 email is unknown"]),
        ("{rule: 16}", "segments:\n  s:\n    rule: |\n      email is unknown\n", []),
        ("{rule: 15}", "segments:\n  s:\n    rule: |\n      email is unknown\n", ["4:5 LINT563 rule"]),
    ],
)
def test_lengths(judged: Judge, lines: Lines, lengths: str, specs: str, wanted: list[str]) -> None:
    assert lines(judged(f"policy: {{max_length: {lengths}}}\n", specs)) == wanted


def test_a_length_is_told_with_the_one_that_is_allowed(judged: Judge) -> None:
    [finding] = judged(
        "policy: {max_length: {description: 1000}}\n", f"events: {{e: {{description: {'x' * 1001}}}}}\n"
    ).diagnostics
    assert finding.message == "the description of `e` has 1,001 characters, and 1,000 are allowed"


@pytest.mark.parametrize(
    ("owner", "hint"),
    [
        ("growth", None),
        ("grwoth", "did you mean `growth`?"),
        ("Growth", "did you mean `growth`?"),
        ("zzz", "owners: `growth` and `data`"),
        ("''", None),
    ],
)
def test_owners(judged: Judge, owner: str, hint: str | None) -> None:
    for specs in (
        f"{CONTACT}    a: {{type: string, owner: {owner}}}\n",
        f"events:\n  e: {{owner: {owner}}}\n",
        f"segments:\n  s: {{rule: email is unknown, owner: {owner}}}\n",
    ):
        found = judged("policy: {owners: [growth, data]}\n", specs).diagnostics
        assert [(each.code, each.span and each.span.text, each.hint) for each in found] == (
            [("LINT564", owner, hint)] if hint else []
        )


def test_archived_entries_may_have_the_owners_they_had(judged: Judge) -> None:
    specs = "events:\n  e: {owner: gone, status: archived}\n"
    assert judged("policy: {owners: [growth]}\n", specs).diagnostics == ()


def test_no_owners_at_all_is_a_list_too(judged: Judge) -> None:
    [finding] = judged("policy: {owners: []}\n", "events:\n  e: {owner: growth}\n").diagnostics
    assert (finding.code, finding.hint) == ("LINT564", None)


@pytest.mark.parametrize(
    ("names", "said"),
    [
        ([], ""),
        (["a"], "`a`"),
        (["a", "b"], "`a` and `b`"),
        (["a", "b", "c"], "`a`, `b` and `c`"),
        ([*"abcdefghij"], "`a`, `b`, `c`, `d`, `e`, `f`, `g`, `h` and 2 more"),
    ],
)
def test_a_few_names(names: list[str], said: str) -> None:
    assert brief_list(names) == said
