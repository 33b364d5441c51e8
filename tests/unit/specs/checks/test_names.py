"""Names: what `check` passes, Intercom takes."""

from __future__ import annotations

import unicodedata
from collections.abc import Callable
from pathlib import Path

import pytest

from intercom_iac.diagnostics import InvalidSpecs
from intercom_iac.model import STANDARD
from intercom_iac.model.limits import allowed_in_attribute_names, allowed_in_metadata_keys
from intercom_iac.project import find_project
from intercom_iac.specs import Loaded

Load = Callable[..., Loaded]
Tell = Callable[..., list[str]]

CONTACT = "version: 1\nattributes:\n  contact:\n"
PUNCTUATION = [chr(number) for number in range(33, 127) if not chr(number).isalnum()]


def quoted(name: str) -> str:
    return "'" + name.replace("'", "''") + "'"


@pytest.mark.parametrize("character", [*sorted(set(PUNCTUATION) - set("_-$,")), "–", "…", "§", "🙂"])
def test_an_attribute_holds_no_other_sign(loaded: Load, character: str) -> None:
    name = quoted(f"a{character}b")
    [wrong] = loaded(f"{CONTACT}    {name}: {{type: string}}\n").diagnostics
    assert wrong.code == "SPEC130"
    assert wrong.hint == "call it `a_b`"


@pytest.mark.parametrize(
    ("name", "suggested"),
    [("a/b", "a_b"), ("a(b)", "a_b"), ("a+b", "a_b"), ("a & b", "a_b")],
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
        "a, b",
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
    kinds = {unicodedata.category(each)[0] for each in allowed - set(" _-,")}
    assert kinds == {"L", "N", "M", "S"}
    assert {unicodedata.category(each) for each in allowed if unicodedata.category(each)[0] == "S"} == {"Sc"}
    assert {each for each in every[:128] if each in allowed and not each.isalnum()} == set(" _-$,")


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
    assert "holds U+0009 TAB," in found.diagnostics[0].message


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


# --- one table for every kind of name ----------------------------------------------------------------------

# What has a name: how a spec says it, and whose diagnostics they are.
NAMED = {
    "attribute": "attributes: {contact: {§: {type: string}}}\n",
    "company attribute": "attributes: {company: {§: {type: string}}}\n",
    "event": "events: {§: {}}\n",
    "metadata key": "events: {e: {metadata: {§: {type: string}}}}\n",
    "option": "attributes: {contact: {a: {type: options, options: [§, other]}}}\n",
    "option of a metadata key": "events: {e: {metadata: {k: {type: options, options: [§, other]}}}}\n",
    "segment": "segments: {§: {rule: email is unknown}}\n",
    "name of a segment": "segments: {s: {name: §, rule: email is unknown}}\n",
    "tag": "segments: {s: {name: §, rule: email is unknown, publish: [tag]}}\n",
}
# A name that cannot be one, and what is suggested instead.
NO_NAMES = [
    (" tier", "tier"),
    ("tier ", "tier"),
    ("tier\n", "tier"),
    ("\ntier", "tier"),
    ("tier\t", "tier"),
    ("tier\xa0", "tier"),
    ("tier\u2003", "tier"),
    ("my\ntier", "my tier"),
    ("my\ttier", "my tier"),
    ("my\x07tier", "mytier"),
    ("my\u2028tier", "my tier"),
    ("ti\u200ber", "tier"),
    ("ti\u200der", "tier"),
    ("tier\ufeff", "tier"),
    ("ti\u202eer", "tier"),
    ("ti\xader", "tier"),
    ("ti\U000e0041er", "tier"),
    ("tier\ufe0f", "tier"),
    ("\u3164tier", "tier"),
    ("“tier”", "tier"),
    ("‘tier’", "tier"),
    ("„tier“", "tier"),
    ("«tier»", "tier"),
    ("“tier", "tier"),
    ("tier”", "tier"),
]


def escaped(name: str) -> str:
    return '"' + "".join(f"\\U{ord(each):08x}" for each in name) + '"'


@pytest.mark.parametrize("kind", NAMED)
@pytest.mark.parametrize(("name", "suggested"), NO_NAMES)
def test_what_cannot_be_a_name_is_one_of_no_kind(loaded: Load, kind: str, name: str, suggested: str) -> None:
    wrong = loaded("version: 1\n" + NAMED[kind].replace("§", escaped(name))).diagnostics
    assert {each.code for each in wrong} == {"SPEC130"}
    assert all(each.is_error and each.hint == f"call it `{suggested}`" for each in wrong)
    assert loaded("version: 1\n" + NAMED[kind].replace("§", escaped(suggested))).diagnostics == ()


@pytest.mark.parametrize("kind", NAMED)
@pytest.mark.parametrize("name", [" ", "   ", "\n", "\t", "\xa0", "\u200b", "\u3164", " \u2060 "])
def test_what_shows_nothing_is_no_name(loaded: Load, kind: str, name: str) -> None:
    [wrong] = loaded("version: 1\n" + NAMED[kind].replace("§", escaped(name))).diagnostics
    assert wrong.code == "SPEC125"
    assert wrong.message.endswith("is empty")


@pytest.mark.parametrize("kind", sorted(set(NAMED) - {"attribute", "company attribute", "metadata key"}))
@pytest.mark.parametrize(
    "name", ["👩‍💻 team", "don’t know", "Say “hi” twice", "می\u200cخواهم", "5 €", "Users’", "❤️"]
)
def test_what_everybody_sees_is_part_of_a_name(loaded: Load, kind: str, name: str) -> None:
    assert loaded("version: 1\n" + NAMED[kind].replace("§", escaped(name))).diagnostics == ()


def test_a_name_under_a_block_sign_ends_with_its_line_break(loaded: Load) -> None:
    [wrong] = loaded(
        "version: 1\nsegments:\n  s:\n    name: |\n      Trial users\n    rule: email is unknown\n"
    ).errors
    assert wrong.message == "the name `Trial users\n` of the segment `s` begins or ends with a line break"
    assert (
        wrong.hint == "call it `Trial users`, on the line before it: a text under `|` ends with a line break"
    )


@pytest.mark.parametrize("kind", sorted(set(NAMED) - {"tag"}))
def test_letters_and_their_marks_are_told_from_letters(loaded: Load, kind: str) -> None:
    found = loaded("version: 1\n" + NAMED[kind].replace("§", escaped("cafe\u0301")))
    [wrong] = found.diagnostics
    assert (wrong.code, wrong.severity) == ("LINT506", "warning")
    assert '"cafe\\u0301"' in wrong.message
    assert '"caf\\u00e9"' in (wrong.hint or "")


@pytest.mark.parametrize(
    ("text", "last", "count"),
    [
        ("attributes: {contact: {é: {type: string}, e\u0301: {type: string}}}\n", "e\u0301", 1),
        ("attributes: {contact: {é: {type: string}}, company: {e\u0301: {type: string}}}\n", "e\u0301", 1),
        ("events: {É: {}, e\u0301: {}}\n", "e\u0301", 1),
        ("events: {e: {metadata: {é: {type: string}, E\u0301: {type: string}}}}\n", "E\u0301", 1),
        ("segments: {é: {rule: email is unknown}, e\u0301: {rule: email is unknown}}\n", "e\u0301", 1),
        (
            "segments: {a: {name: é, rule: email is unknown}, b: {name: e\u0301, rule: role = user}}\n",
            "e\u0301",
            1,
        ),
        ("attributes: {contact: {a: {type: options, options: [é, e\u0301]}}}\n", "e\u0301", 1),
        ("attributes: {contact: {a: {type: options, options: [a b, a\xa0b, 'a  b']}}}\n", "'a  b'", 2),
        ("events: {e: {metadata: {k: {type: options, options: [é, e\u0301]}}}}\n", "e\u0301", 1),
    ],
)
def test_two_names_that_look_the_same_are_refused(loaded: Load, text: str, last: str, count: int) -> None:
    found = [each for each in loaded(f"version: 1\n{text}").diagnostics if each.code == "SPEC154"]
    assert len(found) == count
    assert found[-1].span is not None
    assert found[-1].span.text == last
    for each in found:
        assert each.is_error
        assert each.related
        _, one, _, other, _ = each.message.split('"')
        assert one != other
        assert one.isascii()


@pytest.mark.parametrize(
    "text",
    [
        "attributes: {contact: {é: {type: string, renamed_from: e\u0301}, "
        "e\u0301: {type: string, status: archived}}}\n",
        "events: {é: {renamed_from: e\u0301}, e\u0301: {status: archived}}\n",
        "segments: {a: {name: é, rule: role = user}, "
        "b: {name: e\u0301, rule: role = user, status: archived}}\n",
    ],
)
def test_what_is_archived_may_look_like_what_came_in_its_place(loaded: Load, text: str) -> None:
    assert loaded(f"version: 1\n{text}").errors == ()


def test_the_name_of_a_variable_is_corrected(make_project: Callable[..., Path]) -> None:
    root = make_project({"intercom-iac.yaml": "version: 1\nvariables: {SUPPORT-TEAM: {default: x}}\n"})
    with pytest.raises(InvalidSpecs) as caught:
        find_project(root)
    [wrong] = caught.value.diagnostics
    assert wrong.hint == "use letters, digits and `_`: call it `SUPPORT_TEAM`"


@pytest.mark.parametrize("name", ["prod ", "pro\u200bd", "“prod”", "prod\n"])
def test_a_workspace_has_a_name_that_can_be_typed(make_project: Callable[..., Path], name: str) -> None:
    text = f"version: 1\nworkspaces: {{{escaped(name)}: {{sandbox: a.db}}}}\n"
    with pytest.raises(InvalidSpecs) as caught:
        find_project(make_project({"intercom-iac.yaml": text}))
    [wrong] = caught.value.diagnostics
    assert (wrong.code, wrong.hint) == ("SPEC130", "call it `prod`")
