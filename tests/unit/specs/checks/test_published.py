"""Segments published as an attribute or from a source: the checks, and the attribute that the specs have then."""

from __future__ import annotations

from pathlib import Path

import pytest

from intercom_iac.model import DataType
from intercom_iac.project import find_project
from intercom_iac.specs import Loaded, digest, load_specs

PROJECT = (
    "version: 1\nworkspaces: {w: {sandbox: w.db}}\n"
    "sources: {people: {kind: file, path: people.csv}, firms: {kind: file, path: f.csv, of: companies}}\n"
)
USERS = "name: Hot people, rule: role = user"


def load(folder: Path, text: str) -> Loaded:
    (folder / "specs").mkdir(parents=True)
    (folder / "intercom-iac.yaml").write_text(PROJECT)
    (folder / "specs/a.yaml").write_text(f"version: 1\n{text}")
    return load_specs(find_project(folder))


@pytest.mark.parametrize(
    ("entry", "codes"),
    [
        ("rule: company.size > 10, publish: [company tag]", []),
        ("rule: 'company(size > 10 and industry = x)', publish: [company tag, tag]", []),
        ("rule: company.size > 10 and company.industry = x, publish: [company tag]", ["LINT543", "SPEC194"]),
        ("rule: role = user, publish: [company tag]", ["SPEC194"]),
        ("rule: role = user, publish: [company tag], status: archived", []),
        ("rule: company.size > 10, publish: [company tag, tag], from: people", ["SPEC194"]),
    ],
)
def test_a_tag_of_companies_has_a_rule_of_a_company(tmp_path: Path, entry: str, codes: list[str]) -> None:
    found = load(tmp_path, f"segments: {{big: {{name: Big, {entry}}}}}\n").diagnostics
    assert [diagnostic.code for diagnostic in found] == codes


@pytest.mark.parametrize(
    ("key", "entry", "attributes", "codes"),
    [
        ("hot", "publish: [attribute]", "", []),
        ("hot", "publish: [attribute, tag], from: people", "", []),
        ("hot", "publish: [attribute]", "contact: {hot: {type: boolean, description: Hot}}", []),
        ("hot", "publish: [attribute]", "contact: {hot: {type: string}}", ["SPEC190"]),
        ("hot", "publish: [attribute]", "company: {hot: {type: boolean}}", ["SPEC190"]),
        ("hot", "publish: [attribute]", "contact: {hot: {type: boolean, status: archived}}", ["SPEC190"]),
        (
            "hot",
            "publish: [attribute], status: archived",
            "contact: {hot: {type: boolean, status: archived}}",
            [],
        ),
        ("hot.now", "publish: [attribute]", "", ["SPEC191"]),
        ("hot.now", "publish: [tag]", "", []),
        ("phone", "publish: [attribute]", "", ["SPEC131"]),
        ("hot", "publish: [tag], from: poeple", "", ["SPEC192"]),
        ("hot", "publish: [tag], from: firms", "", ["SPEC192"]),
        ("hot", "publish: [audience], from: people", "", ["SPEC193"]),
        ("hot", "from: people", "", ["SPEC193"]),
    ],
)
def test_what_an_entry_may_say(
    tmp_path: Path, key: str, entry: str, attributes: str, codes: list[str]
) -> None:
    text = f"attributes: {{{attributes}}}\nsegments:\n  {key}: {{{USERS}, {entry}}}\n"
    found = load(tmp_path, text).diagnostics
    assert [diagnostic.code for diagnostic in found] == codes
    assert all(diagnostic.hint and diagnostic.subject == f"segment.{key}" for diagnostic in found)


def test_a_misspelt_source_is_told_the_near_one(tmp_path: Path) -> None:
    (found,) = load(tmp_path, f"segments: {{hot: {{{USERS}, publish: [tag], from: poeple}}}}\n").diagnostics
    assert found.hint == "did you mean `people`?"


def test_the_attribute_is_one_of_the_schema_like_any_other(tmp_path: Path) -> None:
    hot = f"{{{USERS}, publish: [attribute], from: people, owner: growth}}"
    reader = "{rule: hot = true and name starts with A}"
    schema = load(tmp_path, f"segments:\n  hot: {hot}\n  best: {reader}\n").or_raise()
    attribute = schema.attributes["contact", "hot"]
    assert (attribute.type, attribute.owner, attribute.segment) == (DataType.BOOLEAN, "growth", "hot")
    assert attribute.span == schema.segments["hot"].span
    assert schema.segments["hot"].source == "people"
    assert schema.needed_by()["attribute.contact.hot"] == ["segment.hot", "segment.best"]


@pytest.mark.parametrize(
    ("entry", "status"),
    [("status: archived", "archived"), ("status: archived, adopt: true", None), ("adopt: true", "active")],
)
def test_an_archived_segment_retires_its_attribute(tmp_path: Path, entry: str, status: str | None) -> None:
    schema = load(tmp_path, f"segments: {{hot: {{{USERS}, publish: [attribute], {entry}}}}}\n").or_raise()
    attribute = schema.attributes.get(("contact", "hot"))
    assert (None if attribute is None else attribute.status) == status


def test_a_declared_attribute_stays_what_it_is(tmp_path: Path) -> None:
    text = f"segments: {{hot: {{{USERS}, publish: [attribute]}}}}\n"
    declared = f"attributes: {{contact: {{hot: {{type: boolean, description: Hot}}}}}}\n{text}"
    schema = load(tmp_path / "a", declared).or_raise()
    assert schema.attributes["contact", "hot"].segment is None
    assert digest(schema) != digest(load(tmp_path / "b", text).or_raise())


def test_caps_count_the_attributes_of_segments(tmp_path: Path) -> None:
    entries = "".join(
        f"  s{n}: {{name: S{n}, rule: role = user, publish: [attribute]}}\n" for n in range(251)
    )
    codes = [diagnostic.code for diagnostic in load(tmp_path, f"segments:\n{entries}").diagnostics]
    assert codes == ["SPEC137"]
