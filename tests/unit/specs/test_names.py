"""Names of attributes and metadata keys: what `check` passes, Intercom takes."""

from __future__ import annotations

import unicodedata
from collections.abc import Callable

import pytest

from intercom_iac.model import STANDARD
from intercom_iac.model.limits import allowed_in_attribute_names, allowed_in_metadata_keys
from intercom_iac.specs import Loaded

Load = Callable[..., Loaded]
Tell = Callable[..., list[str]]

CONTACT = "version: 1\nattributes:\n  contact:\n"
PUNCTUATION = [chr(number) for number in range(33, 127) if not chr(number).isalnum()]


def quoted(name: str) -> str:
    return "'" + name.replace("'", "''") + "'"


@pytest.mark.parametrize("character", [*sorted(set(PUNCTUATION) - set("_-$")), "–", "…", "§", "\xa0", "🙂"])
def test_an_attribute_holds_no_other_sign(loaded: Load, character: str) -> None:
    name = quoted(f"a{character}b")
    [wrong] = loaded(f"{CONTACT}    {name}: {{type: string}}\n").diagnostics
    assert wrong.code == "SPEC130"
    assert wrong.hint == "call it `a_b`"


@pytest.mark.parametrize(
    ("name", "suggested"),
    [("a/b", "a_b"), ("a(b)", "a_b"), ("a+b", "a_b"), ("a, b", "a_b"), ("a & b", "a_b")],
)
def test_another_name_is_suggested(loaded: Load, name: str, suggested: str) -> None:
    [wrong] = loaded(f"{CONTACT}    {quoted(name)}: {{type: string}}\n").diagnostics
    assert (wrong.code, wrong.hint) == ("SPEC130", f"call it `{suggested}`")
    assert loaded(f"{CONTACT}    {suggested}: {{type: string}}\n").diagnostics == ()


@pytest.mark.parametrize(
    "name",
    [
        "job title",
        "job-title",
        "job_title",
        "Größe",
        "Gro\u0308ße",
        "आयु",
        "年齢",
        "a1",
        "1",
        "no",
        "$",
        "preis in €",
        "£",
    ],
)
def test_attribute_names_that_work(loaded: Load, name: str) -> None:
    found = loaded(f"{CONTACT}    {name}: {{type: string}}\n")
    assert found.diagnostics == ()
    assert ("contact", name) in found.schema.attributes


def test_the_allowed_characters_are_those_of_intercoms_message() -> None:
    every = [chr(number) for number in range(0x11000)]
    allowed = {each for each in every if allowed_in_attribute_names(each)}
    kinds = {unicodedata.category(each)[0] for each in allowed - set(" _-")}
    assert kinds == {"L", "N", "M", "S"}
    assert {unicodedata.category(each) for each in allowed if unicodedata.category(each)[0] == "S"} == {"Sc"}
    assert {each for each in every[:128] if each in allowed and not each.isalnum()} == set(" _-$")


@pytest.mark.parametrize("character", sorted("~`!@#%^&*'{}|\\\"."))
def test_a_metadata_key_holds_no_sign_the_help_centre_names(loaded: Load, character: str) -> None:
    key = quoted(f"a{character}b")
    [wrong] = loaded(f"version: 1\nevents:\n  e:\n    metadata:\n      {key}: {{type: string}}\n").diagnostics
    assert (wrong.code, wrong.hint) == ("SPEC130", "call it `a_b`")


def test_a_metadata_key_holds_the_others(loaded: Load) -> None:
    rest = [each for each in PUNCTUATION if allowed_in_metadata_keys(each)]
    assert set("/(+,$_-") <= set(rest)
    keys = "".join(f"      {quoted(f'a{each}b')}: {{type: string}}\n" for each in rest[:9])
    assert loaded(f"version: 1\nevents:\n  e:\n    metadata:\n{keys}").diagnostics == ()


def test_no_control_character_and_no_space_at_either_end(loaded: Load, told: Tell) -> None:
    found = loaded(
        f'{CONTACT}    "a\\tb": {{type: string}}\n    "c ": {{type: string}}\n    " d": {{type: string}}\n'
        'events: {e: {metadata: {" k": {type: string}}}}\n'
    )
    assert told(found.diagnostics) == [
        'specs/example.yaml:4:5 SPEC130 "a\\tb"',
        'specs/example.yaml:5:5 SPEC130 "c "',
        'specs/example.yaml:6:5 SPEC130 " d"',
        'specs/example.yaml:7:25 SPEC130 " k"',
    ]
    assert "holds U+0009," in found.diagnostics[0].message


@pytest.mark.parametrize(("model", "name"), sorted(STANDARD))
def test_every_standard_name_is_taken_in_any_case(loaded: Load, model: str, name: str) -> None:
    for spelled in (name, name.upper(), name.capitalize()):
        found = loaded(f"version: 1\nattributes:\n  {model}:\n    {spelled}: {{type: string}}\n")
        [taken] = [each for each in found.diagnostics if each.code == "SPEC131"]
        assert f"`{name}`" in taken.message
        assert taken.message.startswith(f"`{spelled}` is ")


def test_role_is_explained(loaded: Load) -> None:
    [wrong] = loaded(f"{CONTACT}    role: {{type: string}}\n").diagnostics
    assert (
        wrong.message
        == "`role` is Intercom's own attribute of a contact: whether the contact is a lead or a user"
    )
    assert wrong.hint is not None
    assert "rules may use it undeclared" in wrong.hint
    assert "`job_role`" in wrong.hint


def test_another_case_of_a_standard_name_is_explained(loaded: Load) -> None:
    [wrong] = loaded("version: 1\nattributes: {company: {Plan: {type: string}}}\n").diagnostics
    assert wrong.message == (
        "`Plan` is but for case Intercom's own attribute `plan` of a company: "
        "the name of the plan the company is on"
    )
    assert wrong.hint is not None
    assert "rules may use `plan` undeclared" in wrong.hint
    assert "`contract_plan`" in wrong.hint


def test_a_name_standard_for_companies_is_free_for_contacts(loaded: Load) -> None:
    assert loaded(f"{CONTACT}    plan: {{type: string}}\n    Size: {{type: integer}}\n").diagnostics == ()
