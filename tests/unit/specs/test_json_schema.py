"""The published schemas agree with the loader on what is right and what is wrong."""

from __future__ import annotations

import re
from collections.abc import Callable
from pathlib import Path
from typing import Any, Literal

import pytest
from jsonschema import Draft202012Validator

from intercom_iac.diagnostics import InvalidSpecs
from intercom_iac.model.limits import allowed_in_attribute_names, allowed_in_metadata_keys
from intercom_iac.project import find_project
from intercom_iac.specs import Loaded, json_schema
from intercom_iac.text import SourceFile
from intercom_iac.yaml.builder import build

ROOT = Path(__file__).parents[3]
KINDS: tuple[Literal["spec", "project"], ...] = ("spec", "project")
SPEC_FILES = [*sorted(ROOT.glob("specs/**/*.yaml")), *sorted(ROOT.glob("examples/*/specs/**/*.yaml"))]
PROJECT_FILES = [ROOT / "intercom-iac.yaml", *sorted(ROOT.glob("examples/*/intercom-iac.yaml"))]


def data(text: str) -> Any:
    root, diagnostics = build(SourceFile("x.yaml", text))
    assert not diagnostics
    assert root is not None
    return root.data


@pytest.mark.parametrize("kind", KINDS)
def test_they_are_schemas(kind: Literal["spec", "project"]) -> None:
    schema = json_schema(kind)
    Draft202012Validator.check_schema(schema)
    assert schema["$schema"] == "https://json-schema.org/draft/2020-12/schema"
    assert "$id" not in schema


def test_every_key_at_the_top_of_the_project_file_has_an_example() -> None:
    assert [
        key for key, value in json_schema("project")["properties"].items() if not value.get("examples")
    ] == []


@pytest.mark.parametrize("kind", KINDS)
def test_every_key_is_described_and_every_example_is_valid(kind: Literal["spec", "project"]) -> None:
    schema = json_schema(kind)
    seen = 0
    for owner in [schema, *schema["$defs"].values()]:
        assert owner["description"]
        for key, value in owner["properties"].items():
            assert value.get("description"), key
            for example in value.get("examples", []):
                Draft202012Validator({"$defs": schema["$defs"], **value}).validate(example)
                seen += 1
    assert seen > 5


@pytest.mark.parametrize("path", SPEC_FILES, ids=lambda each: each.relative_to(ROOT).as_posix())
def test_the_specs_of_this_repository_are_valid(path: Path) -> None:
    Draft202012Validator(json_schema("spec")).validate(data(path.read_text()))


@pytest.mark.parametrize("path", PROJECT_FILES, ids=lambda each: each.relative_to(ROOT).as_posix())
def test_the_project_files_of_this_repository_are_valid(path: Path) -> None:
    Draft202012Validator(json_schema("project")).validate(data(path.read_text()))


WRONG = [
    "version: 1\nsegments: {a: {}}",
    "version: 1\nsegments: {a: {built_in_intercom: false}}",
    "version: 1\nsegments: {a: {built_in_intercom: true, rule: role = user}}",
    "version: 1\nsegments: {a: {built_in_intercom: true, publish: [tag]}}",
    "version: 1\nsegments: {a: {rule: role = user, adopt: true}}",
    "version: 1\nsegments: {a: {rule: role = user, adopt: true, publish: []}}",
    "events: {}",
    "version: 2",
    "version: '1'",
    "version: 1\nevent: {}",
    "version: 1\nattributes: {contacts: {}}",
    "version: 1\nattributes: {contact: {a: {}}}",
    "version: 1\nattributes: {contact: {a: {type: number}}}",
    "version: 1\nattributes: {contact: {a: {type: string, options: [a, b]}}}",
    "version: 1\nattributes: {contact: {a: {type: options}}}",
    "version: 1\nattributes: {contact: {a: {type: options, options: [a]}}}",
    "version: 1\nattributes: {contact: {a: {type: options, options: [a, a]}}}",
    "version: 1\nattributes: {contact: {a: {type: options, options: [a, 1]}}}",
    "version: 1\nattributes: {contact: {a.b: {type: string}}}",
    "version: 1\nattributes: {contact: {'a^b': {type: string}}}",
    "version: 1\nattributes: {contact: {a/b: {type: string}}}",
    "version: 1\nattributes: {company: {'a+b': {type: string}}}",
    "version: 1\nattributes: {contact: {'a ': {type: string}}}",
    "version: 1\nevents: {e: {metadata: {' k': {type: string}}}}",
    "version: 1\nattributes: {contact: {a: {type: string, description: 1}}}",
    "version: 1\nattributes: {contact: {a: {type: string, labels: {pii: 3}}}}",
    "version: 1\nattributes: {contact: {a: {type: string, labels: {pii: [none, 3]}}}}",
    "version: 1\nattributes: {contact: {a: {type: string, labels: {pii: {none: true}}}}}",
    "version: 1\nattributes: {contact: {a: {type: string, labels: [pii]}}}",
    "version: 1\nevents: {e: {labels: {pii: none}}}",
    "version: 1\nsegments: {s: {rule: email is unknown, labels: {pii: none}}}",
    "version: 1\nattributes: {contact: {a: {type: string, status: gone}}}",
    "version: 1\nattributes: {contact: {a: {type: string, messenger_writable: yes}}}",
    "version: 1\nevents: {e: {metadata: {k: string}}}",
    "version: 1\nevents: {e: {metadata: {k*: {type: string}}}}",
    "version: 1\nevents: {e: {metadata: {" + ", ".join(f"k{n}: {{type: string}}" for n in range(11)) + "}}}",
    "version: 1\nsegments: {s: {name: x}}",
    "version: 1\nsegments: {s: {rule: a = b, publish: [tags]}}",
    "version: 1\nsegments: {s: {rule: email is unknown, publish: [tag, tag]}}",
    "version: 1\nsegments: {s: {rule: email is unknown, name: ''}}",
    "version: 1\nevents: {' e': {}}",
    "version: 1\nevents: {e: {only: []}}",
    "version: 1\nevents: {e: {only: [sandbox, sandbox]}}",
    "version: 1\nevents: {e: {only: sandbox}}",
    "version: 1\nevents: {e: {only: [sandbox], except: [other]}}",
    "version: 1\nsegments: {s: {rule: email is unknown, only: [sandbox], except: [other]}}",
    "version: 1\nattributes: {contact: {a: {type: string, only: [sandbox], except: [other]}}}",
    "version: 1\nsegments: {s: {rule: email is unknown, tests: [{contact: {email: x}}]}}",
    "version: 1\nsegments: {s: {rule: email is unknown, tests: [{member: yes}]}}",
    "version: 1\nsegments: {s: {rule: email is unknown, tests: [{member: true, contact: {email: [x]}}]}}",
    "version: 1\nsegments: {s: {rule: email is unknown, tests: [{member: true, company: {size: 3}}]}}",
    "version: 1\nsegments: {s: {rule: email is unknown, tests: [{member: true, companies: {size: 3}}]}}",
    "version: 1\nsegments: {s: {rule: email is unknown, tests: [{member: true, events: [{on: today}]}]}}",
    "version: 1\nsegments: {s: {rule: email is unknown, tests: [{member: true, tags: vip}]}}",
    "version: 1\nassertions: {a: {}}",
    "version: 1\nassertions: {a: {reason: x}}",
    "version: 1\nassertions: {a: {never: email is unknown, nonempty: [email is unknown]}}",
    "version: 1\nassertions: {a: {disjoint: [email is unknown]}}",
    "version: 1\nassertions: {a: {equivalent: [email is unknown]}}",
    "version: 1\nassertions: {a: {nonempty: []}}",
    "version: 1\nassertions: {a: {covers: {all: [], of: email is unknown}}}",
    "version: 1\nassertions: {a: {covers: {all: [email is unknown]}}}",
    "version: 1\nassertions: {a: {implies: {if: email is unknown}}}",
    "version: 1\nassertions: {a: {never: email is unknown, allow_unknown: maybe}}",
    "version: 1\nassertions: {a: {never: email is unknown, only: [sandbox], except: [other]}}",
    "version: 1\nassertions: {' a': {never: email is unknown}}",
    "version: 1\npriorities: s",
    "version: 1\nsegments: {s: {rule: email is unknown}}\npriorities: [s, s]",
]


@pytest.mark.parametrize("text", WRONG)
def test_what_the_loader_refuses_the_schema_refuses(text: str, loaded: Callable[..., Loaded]) -> None:
    assert loaded(text + "\n").errors
    assert not Draft202012Validator(json_schema("spec")).is_valid(data(text))


POLICIES = [
    "forbidden_names: [{}]",
    "forbidden_names: [{pattern: ''}]",
    "forbidden_names: [{pattern: x, of: [tags]}]",
    "forbidden_names: [^tmp_]",
    "max_length: {name: 0}",
    "max_length: {title: 10}",
    "require: {attributes: [name]}",
    "require: {events: [labels]}",
    "require: {segments: owner}",
    "owners: growth",
    "labels: [pii]",
    "labels: {pii: none}",
    "standard: {attribute.contact.emial: {pii: none}}",
    "standard: {attribute.contact.email: {pii: 3}}",
    "flows: [{segments: audience}]",
    "flows: [{may_not_depend_on: {}}]",
    "flows: [{may_not_depend_on: {pii: [sensitive]}}]",
    "flows: [{segments: tags, may_not_depend_on: {pii: sensitive}}]",
    "levels: {LINT551: info}",
    "levels: {SPEC101: off}",
    "levels: {LINT551: 1}",
    "silences: {}",
]


@pytest.mark.parametrize("policy", POLICIES)
def test_a_wrong_policy_is_refused_by_both(policy: str, make_project: Callable[..., Path]) -> None:
    text = f"version: 1\npolicy:\n  {policy}\n"
    assert not Draft202012Validator(json_schema("project")).is_valid(data(text))
    with pytest.raises(InvalidSpecs):
        find_project(make_project({"intercom-iac.yaml": text}))


def test_a_whole_policy_is_taken_by_both(make_project: Callable[..., Path]) -> None:
    page = (ROOT / "docs" / "policy.md").read_text("utf-8")
    projects = re.findall(r"```yaml project\n(.*?)```", page, re.DOTALL)
    assert projects
    for text in projects:
        Draft202012Validator(json_schema("project")).validate(data(text))
        find_project(make_project({"intercom-iac.yaml": text}))


@pytest.mark.parametrize(
    "text",
    [
        "version: 1\nnaming: {segments: Snake_Case}",
        "version: 1\nworkspace: {}",
        "version: 1\nworkspaces: {a: {region: uk}}",
        "version: 1\nworkspaces: {a: {region: us, token_env: $X}}",
        "version: 1\nworkspaces: {a: {region: us, token: x}}",
        "version: 1\nsafety: {max_archive_percent: 130}",
        "version: 1\nnaming: {events: Snake}",
        "version: 1\nvariables: {A: {}}",
        "version: 1\nvariables: {A-B: {default: x}}",
        "version: 1\nvariables: {A: x}",
    ],
)
def test_a_wrong_project_file_is_refused(text: str) -> None:
    assert not Draft202012Validator(json_schema("project")).is_valid(data(text))


def test_the_patterns_of_names_agree_with_the_loader_on_all_of_ascii() -> None:
    schema = json_schema("spec")
    validator = Draft202012Validator(schema)
    refused = 0
    for character in map(chr, range(128)):
        entry = {f"a{character}b": {"type": "string"}}
        attribute = {"version": 1, "attributes": {"contact": entry}}
        assert validator.is_valid(attribute) == allowed_in_attribute_names(character)
        metadata = {"version": 1, "events": {"e": {"metadata": entry}}}
        assert validator.is_valid(metadata) == allowed_in_metadata_keys(character)
        refused += not allowed_in_attribute_names(character)
    assert refused == 128 - 62 - len(" _-$,")
    for name in ("a", "job title", "Größe", "年齢"):
        assert validator.is_valid({"version": 1, "attributes": {"contact": {name: {"type": "string"}}}})


def test_the_old_name_of_a_segment_is_described_as_that_of_intercom() -> None:
    entries = json_schema("spec")["$defs"]
    assert (
        "The `name` it had in Intercom"
        in entries["SegmentEntry"]["properties"]["renamed_from"]["description"]
    )
    for entry in ("AttributeEntry", "EventEntry"):
        assert "The name it had before" in entries[entry]["properties"]["renamed_from"]["description"]


def test_texts_with_variables_are_valid() -> None:
    text = (
        "version: 1\nattributes:\n  contact:\n    a: {type: options, options: ['${A}', '${B}'], owner: '${C}', "
        "description: 'x ${A}', renamed_from: '${A}', labels: {pii: '${A}', p: ['${B}']}}\n"
        "segments: {s: {name: '${A}', rule: '${B}'}}\n"
    )
    Draft202012Validator(json_schema("spec")).validate(data(text))
