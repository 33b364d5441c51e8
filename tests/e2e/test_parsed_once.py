"""A command reads each file of a revision once, whatever it is asked of it."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable
from typing import Any

import pytest

from intercom_iac.specs.load import validation
from intercom_iac.yaml import builder
from support.git_repositories import commit

ALIKE = "version: 1\nworkspaces: {one: {sandbox: one.db}, two: {sandbox: two.db}}\ndefault_workspace: one\n"
# Something of every kind that looks its place up in the project file.
MORE = (
    "moved_from: crm\n"
    "release: 1.0.0\n"
    "variables: {TEAM: {default: growth}, UNUSED: {default: x}}\n"
    "accept: [{address: attribute.contact.gone, code: BACK701, reason: unused, expires: 2999-12-31}]\n"
    "policy:\n"
    "  levels: {LINT566: warning}\n"
    "  standard: {attribute.contact.email: {pii: personal}}\n"
    "  flows: [{segments: all, may_not_depend_on: {pii: personal}}]\n"
)
SPECS = {
    "specs/a.yaml": "version: 1\nattributes: {contact: {seats: {type: integer, owner: '${TEAM}'}}}\n",
    "specs/b.yaml": "version: 1\nsegments: {reachable: {rule: email has any value}}\n",
}


@pytest.fixture
def parses(monkeypatch: pytest.MonkeyPatch) -> Counter[str]:
    """How often each file was parsed as YAML, by its name."""
    counted: Counter[str] = Counter()
    parse = builder._Builder.document

    def count(self: Any) -> object:
        counted[self.file.path] += 1
        return parse(self)

    monkeypatch.setattr(builder._Builder, "document", count)
    return counted


@pytest.fixture
def validations(monkeypatch: pytest.MonkeyPatch) -> Counter[str]:
    """How often each spec file was validated, by its name."""
    counted: Counter[str] = Counter()
    validate: Callable[..., object] = validation.validate

    def count(document: Any, *arguments: object) -> object:
        counted[document.file.path] += 1
        return validate(document, *arguments)

    monkeypatch.setattr(validation, "validate", count)
    return counted


@pytest.mark.parametrize(
    ("command", "revisions"),
    [
        ("check", 1),
        ("plan", 1),
        ("plan --all", 1),
        ("check --against HEAD", 2),
        ("breaking --against HEAD", 2),
        ("plan --against HEAD", 2),
        ("plan --all --against HEAD", 2),
    ],
)
@pytest.mark.parametrize("varies", [False, True])
def test_each_file_of_a_revision_is_parsed_once(
    scratch, parses: Counter[str], validations: Counter[str], command: str, revisions: int, varies: bool
) -> None:
    project = ALIKE + MORE
    if varies:
        project = project.replace("two.db", "two.db, variables: {TEAM: emea}")
    scratch.write({"intercom-iac.yaml": project, **SPECS})
    commit(scratch.root)
    scratch.run(command)
    assert parses == dict.fromkeys(("intercom-iac.yaml", *SPECS), revisions)
    # Once for all workspaces, or once for each where they differ; a plan of one asks for that one alone.
    workspaces = 2 if varies and command != "plan" else 1
    assert validations == dict.fromkeys(SPECS, revisions * workspaces)
