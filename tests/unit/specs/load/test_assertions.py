"""Assertions and priorities: how they are read, and what is wrong with them."""

from __future__ import annotations

from collections.abc import Callable, Mapping

import pytest

from intercom_iac.model.assertions import Assertion, Covers, Disjoint, Implies, Never
from intercom_iac.specs import Loaded

Load = Callable[..., Loaded]

SPECS = """
version: 1
attributes:
  contact:
    plan_type: {type: options, options: [free, trial, pro]}
    is_admin: {type: boolean}
segments:
  trial: {rule: plan_type = trial}
  is_admin: {rule: is_admin and plan_type = pro}
  Paying people: {rule: plan_type = pro}
  gone: {rule: plan_type = pro, status: archived}
"""


def read(assertion: str, loaded: Load) -> Assertion:
    specs = loaded(f"{SPECS}assertions:\n  one: {{{assertion}}}\n")
    assert not specs.errors, specs.errors
    return specs.schema.assertions["one"]


def test_rules_and_keys_of_segments(loaded: Load) -> None:
    assertion = read(
        "disjoint: [trial, Paying people, plan_type = free], reason: why, allow_unknown: true", loaded
    )
    assert isinstance(assertion.claim, Disjoint)
    assert (assertion.name, assertion.reason, assertion.allow_unknown) == ("one", "why", True)
    assert [(rule.text, rule.segment) for rule in assertion.claim.rules] == [
        ("trial", "trial"),
        ("Paying people", "Paying people"),
        ("plan_type = free", None),
    ]
    covers = read("covers: {all: [trial], of: role = user}", loaded).claim
    assert isinstance(covers, Covers)
    assert (covers.of.text, covers.of.segment) == ("role = user", None)
    assert [rule.segment for rule in covers.rules] == ["trial"]
    implies = read("implies: {if: trial, then: segment trial}", loaded).claim
    assert isinstance(implies, Implies)
    assert (implies.if_.segment, implies.then.segment) == ("trial", None)


def test_a_key_stands_for_its_segment_before_it_is_a_boolean_attribute(loaded: Load) -> None:
    never = read("never: is_admin", loaded).claim
    assert isinstance(never, Never)
    assert never.rule.segment == "is_admin"
    written_out = read("never: is_admin = true", loaded).claim
    assert isinstance(written_out, Never)
    assert written_out.rule.segment is None


WRONG = {
    "{reason: x}": [("SPEC195", "the assertion `one` claims nothing")],
    "{never: , reason: x}": [("SPEC195", "the assertion `one` claims nothing")],
    "{never: is_admin, nonempty: [trial]}": [("SPEC195", "the assertion `one` claims 2 things")],
    "{disjoint: [trial]}": [("SPEC195", "`disjoint` of `one` needs two rules at least")],
    "{equivalent: []}": [("SPEC195", "`equivalent` of `one` needs two rules at least")],
    "{covers: {all: [], of: trial}}": [("SPEC195", "`all` of `one` needs a rule at least")],
    "{disjoint: [trial, trial]}": [("SPEC125", "`trial` stands twice in `disjoint`")],
    "{disjoint: [trial, trail]}": [("REF405", "segment `trail` is not declared")],
    "{disjoint: [trial, Paying peopl]}": [("PARSE", "")],
    "{disjoint: [trial, 3]}": [("SPEC120", "item 2 of `disjoint` is the number 3, where text is expected")],
    "{disjoint: [trial, gone]}": [("REF409", "the segment `gone` is archived")],
    "{never: segment gone}": [("REF409", "")],
    "{never: segment nobody}": [("REF405", "segment `nobody` is not declared")],
    "{never: plan_type = gold}": [("TYPE303", "`plan_type` has no option `gold`")],
    "{implies: {if: trial and is_admin, then: trial}}": [
        ("REF401", "`trial` is not an attribute of a contact")
    ],
    "{disjont: [trial, is_admin]}": [("SPEC121", "the key `disjont` is not known here")],
    "{covers: {all: trial, of: trial}}": [("SPEC120", "`all` is the text `trial`, where a list is expected")],
    "{implies: {if: trial}}": [("SPEC122", "`implies` has no `then`")],
    "{never: is_admin, only: [nowhere]}": [("SPEC128", "the workspace `nowhere` is not declared")],
}


@pytest.mark.parametrize(("assertion", "told"), WRONG.items())
def test_a_wrong_assertion_is_told_once_and_left_out(
    assertion: str, told: list[tuple[str, str]], loaded: Load
) -> None:
    specs = loaded(f"{SPECS}assertions:\n  one: {assertion}\n")
    assert len(specs.errors) == len(told), specs.errors
    for error, (code, message) in zip(specs.errors, told, strict=True):
        assert error.code.startswith(code)
        assert message in error.message
    assert specs.schema.assertions == {}


def test_where_a_segment_is_meant_for_a_field_the_hint_says_how_it_is_written(loaded: Load) -> None:
    (error,) = loaded(f"{SPECS}assertions:\n  one: {{never: trial and is_admin}}\n").errors
    assert error.hint == "for the segment write `segment trial`"


def test_a_segment_is_not_called_by_its_name_in_intercom(loaded: Load) -> None:
    text = SPECS.replace("trial: {rule", "trial: {name: On trial, rule")
    for more in ("assertions:\n  one: {nonempty: [On trial]}\n", "priorities: [On trial]\n"):
        (error,) = loaded(text + more).errors
        assert (error.code, error.hint) == (
            "REF405",
            "write its key, `trial`: `On trial` is its name in Intercom",
        )


def test_what_follows_from_another_mistake_is_not_told_again(loaded: Load) -> None:
    text = SPECS.replace("rule: plan_type = trial", "rule: plan_type = gold")
    text += "assertions:\n  one: {disjoint: [trial, is_admin]}\n  two: {never: segment trial and is_admin}\n"
    specs = loaded(text + "priorities: [trial, is_admin]\n")
    assert [error.code for error in specs.errors] == ["TYPE303"]
    assert specs.schema.assertions == {}


def test_a_name_stands_once_and_priorities_in_one_file(loaded: Load) -> None:
    more = (
        "version: 1\nassertions:\n  one: {never: segment trial and plan_type = pro}\npriorities: [is_admin]\n"
    )
    both = {"specs/a.yaml": f"{SPECS}assertions:\n  one: {{nonempty: [trial]}}\npriorities: [trial]\n"}
    specs = loaded({**both, "specs/b.yaml": more})
    assert [(error.code, str(error.span)) for error in specs.errors] == [
        ("REF451", "specs/b.yaml:3:3"),
        ("SPEC197", "specs/b.yaml:4:1"),
    ]


@pytest.mark.parametrize(
    ("priorities", "told"),
    [
        ("[trial, is_admin]", []),
        ("[trial, trial]", ["SPEC125"]),
        ("[trial, gone]", ["REF409"]),
        ("[trial, trail]", ["REF405"]),
        ("trial", ["SPEC120"]),
    ],
)
def test_priorities(priorities: str, told: list[str], loaded: Load) -> None:
    specs = loaded(f"{SPECS}priorities: {priorities}\n")
    assert [error.code for error in specs.errors] == told
    if not told:
        assert specs.schema.priorities is not None
        assert [*specs.schema.priorities] == ["trial", "is_admin"]


WORKSPACES = "version: 1\ndefault_workspace: a\nworkspaces: {a: {sandbox: a.db}, b: {sandbox: b.db}}\n"


def test_what_is_for_other_workspaces(loaded: Load) -> None:
    def of(files: Mapping[str, str]) -> Loaded:
        return loaded({"intercom-iac.yaml": WORKSPACES, **files})

    text = SPECS.replace("trial: {rule", "trial: {only: [b], rule")
    limited = f"{text}assertions:\n  one: {{nonempty: [trial], only: [b]}}\npriorities: [trial, is_admin]\n"
    specs = of({"specs/a.yaml": limited})
    assert not specs.errors
    assert specs.schema.assertions == {}
    assert specs.schema.priorities is not None
    assert [*specs.schema.priorities] == ["is_admin"]
    specs = of({"specs/a.yaml": f"{text}assertions:\n  one: {{nonempty: [trial]}}\n"})
    assert [(error.code, error.hint) for error in specs.errors] == [
        ("REF408", "give the assertion the same `only`")
    ]
