"""`${NAME}` in the texts of specs: which value it has, where it stands, and what is refused."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest

from intercom_iac.diagnostics import InvalidSpecs
from intercom_iac.project import find_project
from intercom_iac.project.variables import MAX_VALUE
from intercom_iac.specs import Loaded, load_every_workspace, load_specs
from intercom_iac.yaml.decoding import MAX_BYTES

MakeProject = Callable[..., Path]
Tell = Callable[..., list[str]]

PROJECT = """\
version: 1
default_workspace: staging
workspaces:
  staging: {sandbox: .intercom-iac/staging.db}
  production:
    sandbox: .intercom-iac/production.db
    variables: {TEAM: emea}
variables:
  TEAM: {default: support}
"""


@pytest.fixture
def of(make_project: MakeProject) -> Callable[..., Loaded]:
    """Loads a spec file, `version: 1` put before it, for a workspace of a project with one variable."""

    def load_it(
        text: str, workspace: str | None = None, project: str = PROJECT, **environment: str
    ) -> Loaded:
        root = make_project({"intercom-iac.yaml": project, "specs/a.yaml": f"version: 1\n{text}"})
        return load_specs(find_project(root, environment=environment), workspace)

    return load_it


OWNER = "events: {paid: {owner: '${TEAM}'}}\n"


@pytest.mark.parametrize(
    ("workspace", "environment", "value"),
    [
        (None, {}, "support"),
        (None, {"TEAM": "mine"}, "mine"),
        (None, {"TEAM": ""}, "support"),
        ("production", {}, "emea"),
        ("production", {"TEAM": "mine"}, "emea"),
    ],
)
def test_a_value_is_the_workspaces_else_the_environments_else_the_default(
    of: Callable[..., Loaded], workspace: str | None, environment: dict[str, str], value: str
) -> None:
    found = of(OWNER, workspace, **environment)
    assert found.diagnostics == ()
    assert found.schema.events["paid"].owner == value


def test_only_declared_names_are_looked_up_in_the_environment(
    of: Callable[..., Loaded], make_project: MakeProject
) -> None:
    asked: list[str] = []

    class Watched(dict[str, str]):
        def get(self, name: str, default: object = None) -> object:
            asked.append(name)
            return super().get(name, default)

    root_of = of("events: {paid: {owner: '${TEAM} ${HOME}'}}\n")
    assert [each.code for each in root_of.diagnostics] == ["SPEC142"]
    root = make_project({"intercom-iac.yaml": PROJECT, "specs/a.yaml": f"version: 1\n{OWNER}"})
    load_specs(find_project(root, environment=Watched(HOME="x", TEAM="y")))
    # The first two say whose the project may be.
    assert [each for each in asked if each not in ("INTERCOM_IAC_SAFE_PROJECT", "SUDO_UID")] == ["TEAM"]


def test_every_text_takes_them_and_nothing_else_does(of: Callable[..., Loaded]) -> None:
    found = of(
        "attributes:\n"
        "  contact:\n"
        "    a:\n"
        "      type: options\n"
        "      options: ['${TEAM}', x]\n"
        "      description: d ${TEAM}\n"
        "      owner: ${TEAM}\n"
        "      renamed_from: old ${TEAM}\n"
        "      labels: {pii: '${TEAM}', purpose: ['${TEAM}', y]}\n"
        "events:\n"
        "  e:\n"
        "    description: e ${TEAM}\n"
        "    renamed_from: was ${TEAM}\n"
        "    metadata:\n"
        "      k: {type: options, options: ['${TEAM}', z], description: 'k ${TEAM}'}\n"
        "segments:\n"
        "  s:\n"
        "    name: n ${TEAM}\n"
        "    rule: a = ${TEAM}\n"
        "    description: s ${TEAM}\n"
        "    renamed_from: r ${TEAM}\n"
    )
    assert found.diagnostics == ()
    schema = found.schema
    attribute, event, segment = schema.attributes["contact", "a"], schema.events["e"], schema.segments["s"]
    assert attribute.options == ("support", "x")
    assert (attribute.description, attribute.owner, attribute.renamed_from) == (
        "d support",
        "support",
        "old support",
    )
    assert attribute.labels == (("pii", ("support",)), ("purpose", ("support", "y")))
    assert (event.description, event.renamed_from) == ("e support", "was support")
    assert (event.metadata[0].options, event.metadata[0].description) == (("support", "z"), "k support")
    assert (segment.name, segment.rule) == ("n support", "a = support")
    assert (segment.description, segment.renamed_from) == ("s support", "r support")


@pytest.mark.parametrize(
    ("written", "value"),
    [
        ("$${TEAM}", "${TEAM}"),
        ("$${", "${"),
        ("$$${TEAM}", "$${TEAM}"),
        ("$5 a$b $$ $", "$5 a$b $$ $"),
        ("${TEAM}${TEAM}", "supportsupport"),
        ('"\\x24{TEAM}"', "support"),
        ("'it''s ${TEAM}'", "it's support"),
        ("&a ${TEAM}", "support"),
        ("|\n     a\n     ${TEAM}\n", "a\nsupport\n"),
    ],
)
def test_what_a_text_becomes(of: Callable[..., Loaded], written: str, value: str) -> None:
    found = of(f"events:\n  paid:\n    description: {written}\n    owner: ${{TEAM}}\n")
    assert found.diagnostics == ()
    assert found.schema.events["paid"].description == value


def test_an_alias_stands_for_the_text_with_the_value(of: Callable[..., Loaded]) -> None:
    found = of("events:\n  a: {owner: &o '${TEAM}'}\n  b: {owner: *o}\n")
    assert found.schema.events["b"].owner == "support"


def test_a_value_is_no_yaml(of: Callable[..., Loaded]) -> None:
    hostile = "x, status: archived} # {a: [b]: &c *d !e | > ' \""
    found = of("events:\n  paid:\n    owner: ${TEAM}\n    description: d\n", TEAM=hostile)
    assert found.diagnostics == ()
    event = found.schema.events["paid"]
    assert (event.owner, event.status, event.description) == (hostile, "active", "d")


@pytest.mark.parametrize(
    ("rule", "told"),
    [
        ("tier = '${TEAM}'", "5:17 '${TEAM}'"),
        ("tier = ${TEAM}", "5:17 ${TEAM}"),
        ("'tier = ${TEAM}'", "5:18 ${TEAM}"),
        ('"tier \\x3d ${TEAM}"', "5:21 ${TEAM}"),
        (">-\n     tier\n     = ${TEAM}\n     and email is unknown", "7:8 ${TEAM}"),
        ("${TEAM} = free", "5:10 ${TEAM}"),
        ("tier = free and ${TEAM}x", "5:26 ${TEAM}x"),
        ("tier = fre or tier in (free, ${TEAM})", "5:17 fre"),
    ],
)
def test_a_mistake_in_a_rule_is_underlined_where_the_variable_stands(
    of: Callable[..., Loaded], rule: str, told: str
) -> None:
    text = "attributes: {contact: {tier: {type: options, options: [free, pro]}}}\nsegments:\n  s:\n"
    first = of(f"{text}   rule: {rule}\n", TEAM="z").errors[0]
    assert first.span is not None
    assert f"{first.span.line}:{first.span.column} {first.span.text}" == told
    if "${TEAM}" in told:
        assert [each.label for each in first.related if "${" in each.label] == [
            "`${TEAM}` is `z` here, from the environment"
        ]


ALONE = "version: 1\nworkspaces: {live: {region: us}}\nvariables: {TEAM: {default: zz}}\n"


@pytest.mark.parametrize(
    ("policy", "text", "code"),
    [
        ("{owners: [growth]}", "events: {paid: {owner: '${TEAM}'}}\n", "LINT564"),
        ("{}", "events: {paid: {metadata: {a: {type: options, options: [zz, '${TEAM}']}}}}\n", "SPEC134"),
        # The value stands at the first of two, and what is wrong at the other one.
        ("{}", "events: {paid: {metadata: {a: {type: options, options: ['${TEAM}', zz]}}}}\n", "SPEC134"),
        (
            "{flows: [{segments: all, may_not_depend_on: {kind: zz}}]}",
            "attributes: {contact: {a: {type: string, labels: {kind: '${TEAM}'}}}}\n"
            "segments: {s: {rule: a = x}}\n",
            "LINT566",
        ),
        (
            "{}",
            "attributes: {contact: {a: {type: string}}}\n"
            "segments: {s: {rule: \"a = '${TEAM}' or company.name = x\", publish: [audience]}}\n",
            "LINT540",
        ),
    ],
)
def test_what_is_wrong_with_a_value_says_where_it_comes_from(
    of: Callable[..., Loaded], policy: str, text: str, code: str
) -> None:
    [wrong] = [
        each for each in of(text, project=f"{ALONE}policy: {policy}\n").diagnostics if each.code == code
    ]
    notes = [(str(each.span), each.label) for each in wrong.related if "${" in each.label]
    assert notes == [("intercom-iac.yaml:3:13", "`${TEAM}` is `zz` here, its default")]


def test_no_value_is_told_where_none_stands(of: Callable[..., Loaded]) -> None:
    """In the project file nothing is replaced, and `$${` is text."""
    flow = "{segments: all, may_not_depend_on: {kind: '${TEAM}'}}"
    policy = f"{{standard: {{attribute.contact.email: {{kind: '${{TEAM}}'}}}}, flows: [{flow}], owners: [x]}}"
    text = "events: {paid: {owner: '$${TEAM}', description: '${TEAM}'}}\nsegments: {s: {rule: email has any value}}\n"
    found = of(text, project=f"{ALONE}policy: {policy}\n").diagnostics
    assert {each.code for each in found} == {"LINT564", "LINT566"}
    assert not [note for each in found for note in each.related if "zz" in note.label]


@pytest.mark.parametrize(
    ("written", "expected"),
    [
        ("${TEEM}", ["specs/a.yaml:4:12 SPEC142 ${TEEM}"]),
        ("a ${TEAM} ${", ["specs/a.yaml:4:22 SPEC143 ${"]),
        ("${}${a b}", ["specs/a.yaml:4:12 SPEC143 ${}", "specs/a.yaml:4:15 SPEC143 ${a b}"]),
        ("${1}", ["specs/a.yaml:4:12 SPEC143 ${1}"]),
        ("${ and $${TEAM}", ["specs/a.yaml:4:12 SPEC143 ${"]),
        ('"\\u0061 ${X}"', ["specs/a.yaml:4:20 SPEC142 ${X}"]),
    ],
)
def test_what_names_no_variable_is_told_at_its_place(
    of: Callable[..., Loaded], told: Tell, written: str, expected: list[str]
) -> None:
    assert told(of(f"events:\n  paid:\n    owner: {written}\n").diagnostics) == expected


def test_a_misspelt_variable_has_the_declared_one_as_its_hint(of: Callable[..., Loaded]) -> None:
    [wrong] = of("events: {paid: {owner: '${TEM}'}}\n").diagnostics
    assert wrong.hint == "did you mean `TEAM`?"


def test_what_follows_from_a_mistake_is_not_told(of: Callable[..., Loaded], told: Tell) -> None:
    found = of(
        "attributes: {contact: {tier: {type: options, options: ['${TEAM}', '${X}']}}}\n"
        "segments:\n  s: {rule: 'tier = ${Y}'}\n  t: {rule: segment s and tier = free}\n"
    )
    assert [each.split(" ")[1] for each in told(found.diagnostics)] == ["SPEC142", "SPEC142"]


def test_a_variable_in_a_key_is_told(of: Callable[..., Loaded], told: Tell) -> None:
    found = of("events:\n  paid_${TEAM}: {owner: '${TEAM}'}\n")
    assert told(found.diagnostics) == ["specs/a.yaml:3:3 SPEC146 paid_${TEAM}"]
    assert [each.code for each in of("events:\n  paid: {owner: '${TEAM}', status: '${TEAM}'}\n").errors] == [
        "SPEC123"
    ]


def test_a_variable_that_nothing_names_is_warned_about(of: Callable[..., Loaded], told: Tell) -> None:
    found = of("events: {paid: {}}\n")
    assert told(found.diagnostics) == ["intercom-iac.yaml:9:3 LINT530 TEAM"]
    assert not found.errors
    # Where a file cannot be read it may be named there.
    assert "LINT530" not in [each.code for each in of("events: [\n").diagnostics]
    # What is not for this workspace names it too.
    limited = of("events: {paid: {owner: '${TEAM}', only: [production]}}\n")
    assert limited.diagnostics == ()


@pytest.mark.parametrize(
    ("value", "code", "said"),
    [
        ("two\nlines", "SPEC145", "holds a line break"),
        ("a\u2028b", "SPEC145", "holds a line break"),
        ("\x1b[31mred", "SPEC145", "holds a control character"),
        ("support\u200b", "SPEC145", "holds a character that nobody sees"),
        ("\ufeffsupport", "SPEC145", "holds a character that nobody sees"),
        ("caf\udce9", "SPEC145", "holds bytes that are not UTF-8"),
        ("x" * (MAX_VALUE + 1), "SPEC145", "holds more than 1,000 characters"),
        ("dG9rOmZha2VfdG9rZW5fZm9yX3Rlc3Rz", "SPEC144", "looks like an access token"),
        ("https://me:secret@example.com", "SPEC144", "looks like an access token"),
    ],
)
def test_a_value_of_the_environment_that_cannot_be_is_refused_and_not_used(
    of: Callable[..., Loaded], value: str, code: str, said: str
) -> None:
    found = of(OWNER, TEAM=value)
    [wrong] = found.diagnostics
    assert wrong.code == code
    assert said in wrong.message
    assert str(wrong.span) == "intercom-iac.yaml:9:3"
    assert found.schema.events["paid"].owner == "support"
    assert value not in f"{wrong.message} {wrong.hint}"


@pytest.mark.parametrize(
    ("more", "expected"),
    [
        ("variables: {1st: {default: x}}", ["13 SPEC145 1st"]),
        ("variables: {A-B: {default: x}}", ["13 SPEC145 A-B"]),
        ('variables: {A: {default: "a\\tb\\u0007"}}', ['26 SPEC145 "a\\tb\\u0007"']),
        ("variables: {INTERCOM_TOKEN: {default: x}}", ["13 SPEC144 INTERCOM_TOKEN"]),
        ("variables: {ACCESS: {default: x}}", ["13 SPEC144 ACCESS"]),
        ("variables: {INTERCOM_IAC_TOKEN_FD: {default: x}}", ["13 SPEC144 INTERCOM_IAC_TOKEN_FD"]),
        ("variables: {DB_PASSWORD: {default: x}}", ["13 SPEC144 DB_PASSWORD"]),
        ("variables: {A: {description: x}}", ["13 SPEC122 A"]),
        ("variables: {A: {default: 5}}", ["26 SPEC120 5"]),
    ],
)
def test_what_is_wrong_with_a_declaration(
    make_project: MakeProject, told: Tell, more: str, expected: list[str]
) -> None:
    project = f"version: 1\nworkspaces: {{live: {{region: us, token_env: ACCESS}}}}\n{more}\n"
    with pytest.raises(InvalidSpecs) as error:
        find_project(make_project({"intercom-iac.yaml": project}))
    assert told(error.value.diagnostics) == [f"intercom-iac.yaml:3:{each}" for each in expected]


def test_a_workspace_has_values_of_declared_variables_only(make_project: MakeProject) -> None:
    project = PROJECT.replace("{TEAM: emea}", "{TEEM: emea}")
    with pytest.raises(InvalidSpecs) as error:
        find_project(make_project({"intercom-iac.yaml": project}))
    [wrong] = error.value.diagnostics
    assert (wrong.code, str(wrong.span), wrong.hint) == (
        "SPEC142",
        "intercom-iac.yaml:7:17",
        "did you mean `TEAM`?",
    )


def test_values_make_a_file_only_so_large(of: Callable[..., Loaded]) -> None:
    times = MAX_BYTES // MAX_VALUE
    value = "x" * MAX_VALUE
    project = PROJECT.replace("default: support", f"default: {value}")
    fits = of(f"events: {{paid: {{description: '{'${TEAM}' * times}'}}}}\n", project=project)
    assert fits.diagnostics == ()
    told = of(
        f"events: {{paid: {{description: '{'${TEAM}' * (times + 2)}'}}}}\n", project=project
    ).diagnostics
    assert [each.code for each in told] == ["SPEC105"]


def test_only_what_differs_between_workspaces_varies(of: Callable[..., Loaded]) -> None:
    assert of(OWNER).varies
    assert of("events: {paid: {except: [production]}}\n").varies
    same = PROJECT.replace("    variables: {TEAM: emea}\n", "")
    assert not of(OWNER, project=same).varies
    assert not of("events: {paid: {}}\n").varies


def test_a_project_whose_workspaces_are_alike_is_looked_at_once(make_project: MakeProject) -> None:
    root = make_project({"intercom-iac.yaml": PROJECT, "specs/a.yaml": "version: 1\nevents: {paid: {}}\n"})
    found = load_every_workspace(find_project(root))
    assert list(found) == ["staging", "production"]
    assert found["staging"] is found["production"]


def test_between_brackets_the_hint_says_quotes(of: Callable[..., Loaded]) -> None:
    for text in ("events: {paid: {owner: ${TEAM}}}\n", "events: {paid: {owner: [${TEAM}]}}\n"):
        wrong = of(text).errors[0]
        assert (wrong.code, wrong.span.text if wrong.span else "") == ("SPEC110", "${")
        assert wrong.hint
        assert "quotes" in wrong.hint
