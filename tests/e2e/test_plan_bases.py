"""Saved plans of `plan --against`: what an earlier revision decides is planned against that revision again."""

from __future__ import annotations

import shutil

import pytest

from support.git_repositories import commit

BUILT = (
    "segments:\n"
    "  built: {name: Built, rule: email has any value}\n"
    "  fans: {name: Fans, rule: role = user, publish: [tag]}\n"
)


@pytest.fixture
def changed_segments(scratch):
    """A project whose hand-built segment has another rule than at HEAD, which only a plan against HEAD can know."""
    project = scratch.spec(BUILT)
    project.run("sandbox segment add Built")
    commit(project.root, "intercom-iac.yaml", "specs/example.yaml")
    return scratch.spec(BUILT.replace("email has", "phone has"))


def test_a_plan_against_a_revision_is_planned_against_it_again(changed_segments) -> None:
    head = commit(changed_segments.root, "intercom-iac.yaml")
    saved = changed_segments.run("plan --against HEAD --out plan.json --format json").json
    assert saved["against"] == {"name": "HEAD", "revision": head}
    assert [(each["address"], each["action"]) for each in saved["changes"]] == [
        ("segment.fans", "create"),
        ("segment.built", "manual"),
    ]
    applied = changed_segments.run("apply plan.json")
    assert applied.code == 0, applied
    assert "1 by hand" in applied.out
    # HEAD moves on; the plan holds to the commit.
    again = changed_segments.run("plan --against HEAD --out plan.json --format json").json
    commit(changed_segments.root, "specs/example.yaml")
    assert [each["action"] for each in again["changes"]] == ["manual"]
    assert changed_segments.run("apply plan.json").code == 0


def test_a_plan_against_what_cannot_be_read_any_more_is_refused(changed_segments) -> None:
    plan = changed_segments.run("plan --against HEAD --out plan.json --format json").json
    shutil.rmtree(changed_segments.root / ".git")
    refused = changed_segments.run("apply plan.json")
    assert refused.code == 6
    assert "the plan rests on the specs of `HEAD`, which cannot be read here" in refused.err
    assert plan["against"]["revision"] not in refused.out
    assert changed_segments.run("show plan.json").code == 0


def test_a_revision_that_decides_nothing_is_not_needed_again(scratch) -> None:
    project = scratch.spec(BUILT)
    commit(project.root, "intercom-iac.yaml", "specs/example.yaml")
    saved = project.run("plan --against HEAD --out plan.json --format json").json
    assert "against" not in saved
    shutil.rmtree(project.root / ".git")
    assert project.run("apply plan.json").code == 0


def test_a_plan_against_a_folder_names_the_folder(changed_segments) -> None:
    before = changed_segments.root / "before"
    (before / "specs").mkdir(parents=True)
    shutil.copy(changed_segments.root / "intercom-iac.yaml", before)
    (before / "specs" / "example.yaml").write_text(f"version: 1\n{BUILT}")
    saved = changed_segments.run("plan --against-folder before --out plan.json --format json").json
    assert saved["against"] == {"name": "before", "revision": "./before"}
    assert changed_segments.run("apply plan.json").code == 0
