"""`only` and `except`: which entries a workspace has, and what is said of the others."""

from __future__ import annotations

import re
from collections.abc import Callable
from pathlib import Path

import pytest

from intercom_iac.diagnostics import Diagnostic
from intercom_iac.project import find_project
from intercom_iac.specs import Loaded, digest, load_every_workspace, load_specs, merge_diagnostics

PROJECT = """\
version: 1
workspaces:
  staging: {sandbox: .intercom-iac/staging.db}
  production: {sandbox: .intercom-iac/production.db}
  eu: {sandbox: .intercom-iac/eu.db}
"""
Tell = Callable[..., list[str]]
Each = Callable[..., dict[str, Loaded]]


@pytest.fixture
def each(make_project: Callable[..., Path]) -> Each:
    """Loads spec files, `version: 1` put before each, for the three workspaces of a project."""

    def load_them(*texts: str) -> dict[str, Loaded]:
        files = {f"specs/{index}.yaml": f"version: 1\n{text}" for index, text in enumerate(texts)}
        return load_every_workspace(find_project(make_project({"intercom-iac.yaml": PROJECT, **files})))

    return load_them


def codes(found: dict[str, Loaded]) -> dict[str, list[str]]:
    return {name: [wrong.code for wrong in loaded.diagnostics] for name, loaded in found.items()}


def test_an_entry_is_for_the_workspaces_it_says(each: Each) -> None:
    found = each(
        "attributes:\n  contact:\n    a: {type: string, only: [staging]}\n  company:\n"
        "    b: {type: string, except: [production, eu]}\n    c: {type: string}\n"
        "events:\n  d: {except: [staging]}\n"
        "segments:\n  e: {rule: email is unknown, only: [eu, production]}\n"
    )
    assert not any(codes(found).values())
    held = {
        name: "".join(
            [*(key for _, key in loaded.schema.attributes), *loaded.schema.events, *loaded.schema.segments]
        )
        for name, loaded in found.items()
    }
    assert held == {"staging": "abc", "production": "cde", "eu": "cde"}
    other_workspaces = found["production"].schema.other_workspaces
    assert {address: there.workspaces for address, there in other_workspaces.items()} == {
        "attribute.contact.a": ("staging",),
        "attribute.company.b": ("staging",),
    }
    assert len({digest(loaded.schema) for loaded in found.values()}) == 2


def test_one_name_may_be_declared_for_workspaces_apart(each: Each) -> None:
    found = each(
        "attributes: {contact: {a: {type: string, only: [staging]}}}\n",
        "attributes: {contact: {a: {type: integer, except: [staging]}}}\n",
    )
    assert not any(codes(found).values())
    types = {name: loaded.schema.attributes["contact", "a"].type for name, loaded in found.items()}
    assert types == {"staging": "string", "production": "integer", "eu": "integer"}


def test_where_they_overlap_it_is_declared_twice(each: Each) -> None:
    found = each(
        "attributes: {contact: {a: {type: string, only: [staging, eu]}}}\n",
        "attributes: {contact: {a: {type: integer, except: [staging]}}}\n",
    )
    assert codes(found) == {"staging": [], "production": [], "eu": ["REF451"]}
    [told] = merge_diagnostics({name: loaded.diagnostics for name, loaded in found.items()})
    assert told.message == "in `eu`: the contact attribute `a` is declared twice"


def test_caps_and_renames_count_what_is_there(each: Each) -> None:
    many = "".join(f"    a{index}: {{type: string, only: [staging]}}\n" for index in range(130))
    more = "".join(f"    b{index}: {{type: string, except: [staging]}}\n" for index in range(130))
    renamed = "    new: {type: string, renamed_from: a1, only: [production]}\n"
    assert not any(codes(each(f"attributes:\n  contact:\n{many}{more}{renamed}")).values())


@pytest.mark.parametrize(
    ("rule", "message", "line"),
    [
        ("score > 1", "`score` is only for `staging`", 4),
        ("company.size > 1 or company.tier = x", "`tier` is not for `production`", 6),
        ("company(tier = x)", "`tier` is not for `production`", 6),
        ("event opened", "`opened` is only for `staging`", 8),
        ("segment those", "`those` is only for `staging`", 10),
    ],
)
def test_a_rule_that_names_what_is_elsewhere_says_where(
    each: Each, rule: str, message: str, line: int
) -> None:
    found = each(
        "attributes:\n"
        "  contact:\n"
        "    score: {type: float, only: [staging]}\n"
        "  company:\n"
        "    tier: {type: string, except: [production]}\n"
        "events:\n"
        "  opened: {only: [staging]}\n"
        "segments:\n"
        "  those: {rule: email is unknown, only: [staging]}\n"
        f"  s: {{rule: '{rule}'}}\n"
    )
    assert codes(found)["staging"] == []
    [wrong] = found["production"].diagnostics
    assert (wrong.code, wrong.message) == ("REF408", message)
    assert [there.span.line for there in wrong.related] == [line]
    assert wrong.hint
    assert "`only: [staging" in wrong.hint


@pytest.mark.parametrize(
    ("event", "workspace", "message"),
    [
        ("only: [eu, staging, production]", "us", "`e` is only for `staging`, `production` and `eu`"),
        ("except: [us]", "us", "`e` is not for `us`"),
        ("except: [us, eu, production]", "eu", "`e` is not for `production`, `eu` and `us`"),
    ],
)
@pytest.mark.parametrize("reader", ["", ", only: [us, eu]", ", except: [staging, production]"])
def test_the_hint_of_what_is_elsewhere_can_be_followed(
    make_project: Callable[..., Path], event: str, workspace: str, message: str, reader: str
) -> None:
    project = PROJECT + "  us: {sandbox: .intercom-iac/us.db}\n"

    def loaded(reader: str) -> dict[str, Loaded]:
        text = f"version: 1\nevents: {{e: {{{event}}}}}\nsegments: {{s: {{rule: event e{reader}}}}}\n"
        return load_every_workspace(
            find_project(make_project({"intercom-iac.yaml": project, "specs/a.yaml": text}))
        )

    [wrong] = loaded(reader)[workspace].diagnostics
    assert wrong.message == message
    assert wrong.hint
    [advice] = re.findall(r"give what reads it `(.+?)` and no `except`", wrong.hint)
    assert not any(codes(loaded(f", {advice}")).values())


def test_of_an_entry_that_is_declared_twice_elsewhere_all_workspaces_are_told(each: Each) -> None:
    found = each(
        "events: {e: {only: [staging]}}\nsegments: {s: {rule: event e}}\n",
        "events: {e: {except: [eu, staging]}}\n",
    )
    [wrong] = found["eu"].diagnostics
    assert wrong.message == "`e` is only for `staging` and `production`"


@pytest.mark.parametrize(
    ("keys", "expected"),
    [
        ("only: [stagin]", "SPEC128 stagin"),
        ("except: [prod, staging]", "SPEC128 prod"),
        ("only: []", "SPEC141 only"),
        ("except: []", "SPEC125 except"),
        ("only: [], except: []", "SPEC140 except"),
        ("except: [eu, staging, production]", "SPEC141 except"),
        ("only: [eu], except: [staging]", "SPEC140 except"),
        ("only: [eu, eu]", "SPEC125 eu"),
        ("only: staging", "SPEC120 staging"),
        ("except: [staging, 1]", "SPEC120 1"),
    ],
)
def test_what_is_wrong_is_told_once_at_its_place(each: Each, told: Tell, keys: str, expected: str) -> None:
    found = each(
        f"events: {{opened: {{{keys}}}}}\nsegments: {{s: {{rule: event opened}}}}\n", "events: {opened: {}}\n"
    )
    diagnostics = merge_diagnostics({name: loaded.diagnostics for name, loaded in found.items()})
    assert told(diagnostics)[0].split(" ", 1)[1] == expected
    assert {wrong.code for wrong in diagnostics} <= {expected[:7], "SPEC128"}
    assert not any(wrong.message.startswith("in `") for wrong in diagnostics)


def test_a_misspelt_workspace_has_the_declared_one_as_its_hint(each: Each) -> None:
    [wrong] = each("events: {opened: {only: [stagin]}}\n")["staging"].diagnostics
    assert wrong.hint == "did you mean `staging`?"


def test_what_all_say_is_told_without_names() -> None:
    same, other = Diagnostic("REF401", "x"), Diagnostic("REF402", "y", hint="do that")
    assert merge_diagnostics({"a": [same, other], "b": [same], "c": [same, other]}) == [
        same,
        Diagnostic("REF402", "in `a`, `c`: y", hint="do that"),
    ]
    assert merge_diagnostics({"a": [other], "b": [Diagnostic("REF402", "y", hint="do this")]}) == [other]


SILENCED = """\
version: 1
events: {x: {except: [eu]}}
segments:
  # intercom-iac: ignore LINT540: built by hand
  s: {rule: email is unknown or phone is unknown, publish: [audience], only: [staging]}
"""


def test_a_silence_is_unused_where_no_workspace_uses_it(make_project: Callable[..., Path]) -> None:
    project = find_project(make_project({"intercom-iac.yaml": PROJECT, "specs/a.yaml": SILENCED}))
    assert not any(codes(load_every_workspace(project)).values())
    assert load_specs(project, "production").diagnostics == ()
    make_project({"specs/a.yaml": SILENCED.replace("LINT540", "LINT551")})
    assert codes(load_every_workspace(project)) == {
        "staging": ["LINT571", "LINT540"],
        "production": ["LINT571"],
        "eu": ["LINT571"],
    }
