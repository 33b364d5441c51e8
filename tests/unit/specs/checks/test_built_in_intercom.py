"""Segments that a person built in Intercom, and what is adopted: the checks, and what loading makes of them."""

from __future__ import annotations

from pathlib import Path

import pytest

from intercom_iac.model.predicate import And, InIntercomSegment, InSegment
from intercom_iac.project import find_project
from intercom_iac.specs import Loaded, digest, load_specs
from intercom_iac.specs.fixing_files import fix_project

BOTH = "{name: VIP people, built_in_intercom: true, rule: unknown}"


def load(folder: Path, segments: str) -> Loaded:
    (folder / "specs").mkdir(parents=True)
    (folder / "intercom-iac.yaml").write_text("version: 1\nworkspaces: {w: {sandbox: w.db}}\n")
    (folder / "specs/a.yaml").write_text(f"version: 1\nsegments:\n{segments}")
    return load_specs(find_project(folder))


@pytest.mark.parametrize(
    ("entry", "codes"),
    [
        (BOTH, ["LINT575"]),
        ("{built_in_intercom: true}", ["LINT575"]),
        ('{built_in_intercom: true, rule: " Unknown "}', ["LINT575"]),
        # Intercom's own, which a rule may be about.
        ("{name: Active, built_in_intercom: true}", ["LINT575"]),
        ("{built_in_intercom: true, status: archived}", []),
        ("{built_in_intercom: true, rule: role = user}", ["SPEC170"]),
        ("{built_in_intercom: true, publish: [tag]}", ["SPEC171"]),
        ("{built_in_intercom: true, adopt: true}", ["LINT575", "SPEC172"]),
        ("{rule: role = user, adopt: true}", ["SPEC172"]),
        ("{rule: role = user, adopt: true, publish: [audience]}", []),
        ("{rule: unknown}", ["REF401"]),
        ("{name: VIP}", ["SPEC122"]),
        ("{built_in_intercom: false}", ["SPEC122"]),
    ],
)
def test_what_an_entry_may_say(tmp_path: Path, entry: str, codes: list[str]) -> None:
    found = load(tmp_path, f"  vip: {entry}\n").diagnostics
    assert [diagnostic.code for diagnostic in found] == codes
    assert all(diagnostic.hint for diagnostic in found)


@pytest.mark.parametrize("entry", [BOTH, "{name: VIP people, built_in_intercom: true}"])
def test_both_spellings_are_one_segment_that_others_refer_to(tmp_path: Path, entry: str) -> None:
    more = "  users: {rule: segment vip and role = user}\n"
    loaded = load(tmp_path / "one", f"  vip: {entry}\n{more}")
    schema = loaded.or_raise()
    leaf = InIntercomSegment("vip", "VIP people")
    assert (schema.segments["vip"].predicate, schema.segments["vip"].rule) == (leaf, "unknown")
    users = schema.segments["users"].predicate
    assert isinstance(users, And)
    assert users.parts[0] == InSegment("vip", leaf)
    assert digest(schema) == digest(load(tmp_path / "other", f"  vip: {BOTH}\n{more}").schema)


def test_many_are_remarked_once(tmp_path: Path) -> None:
    entries = "".join(f"  s{number}: {{built_in_intercom: true}}\n" for number in range(12))
    [remark] = load(tmp_path, entries).diagnostics
    assert (remark.code, remark.severity) == ("LINT575", "info")
    assert "12 segments" in remark.message
    assert "and 4 more" in remark.message


@pytest.mark.parametrize(
    ("entry", "after"),
    [
        ("{name: V, rule: unknown}", "{name: V, built_in_intercom: true, rule: unknown}"),
        (
            '\n    name: V\n    rule: "unknown"',
            '\n    name: V\n    built_in_intercom: true\n    rule: "unknown"',
        ),
        (
            "\n    rule: |\n      unknown",
            "\n    built_in_intercom: true\n    rule: |\n      unknown",
        ),
        # What says otherwise, or what could not be then, is left.
        ("{rule: unknown, publish: [tag]}", None),
        ("{rule: unknown, built_in_intercom: false}", None),
        ("{rule: unknwn}", None),
    ],
)
def test_an_unknown_rule_has_a_fix_that_says_who_built_it(
    tmp_path: Path, entry: str, after: str | None
) -> None:
    load(tmp_path, f"  vip: {entry}\n")
    found = fix_project(tmp_path / "intercom-iac.yaml", {}, unsafe=False)
    changed = [file.after for file in found.files]
    assert changed == ([] if after is None else [f"version: 1\nsegments:\n  vip: {after}\n"])


@pytest.mark.parametrize("key", ["built_in_intercom", "adopt"])
def test_one_without_the_other_has_a_fix_that_is_a_guess(tmp_path: Path, key: str) -> None:
    entry = f"  vip: {{rule: role = user, {key}: true}}\n"
    [found] = load(tmp_path, entry).diagnostics
    assert found.fix is not None
    assert (found.fix.applicability, [edit.text for edit in found.fix.edits]) == ("unsafe", ["false"])
