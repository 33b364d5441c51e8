"""Options that look like one, and attributes that are nearly one of Intercom's own."""

from __future__ import annotations

from pathlib import Path

import pytest

from intercom_iac.project import find_project
from intercom_iac.specs import load_specs


def remarks(folder: Path, specs: str) -> list[tuple[str, str]]:
    (folder / "intercom-iac.yaml").write_text("version: 1\n")
    (folder / "specs").mkdir()
    (folder / "specs" / "a.yaml").write_text(f"version: 1\n{specs}", "utf-8")
    found = load_specs(find_project(folder)).diagnostics
    return [(diagnostic.code, diagnostic.message) for diagnostic in found]


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("Pro", "pro"),
        ("pro plus", "pro_plus"),
        ("Pro-Plus", "pro plus"),
        ("'pro'", "pro"),
        ("self serve", "selfserve"),
    ],
)
def test_options_that_look_like_one(tmp_path: Path, one: str, other: str) -> None:
    specs = f'attributes: {{contact: {{tier: {{type: options, options: ["{one}", "{other}", last]}}}}}}\n'
    ((code, message),) = remarks(tmp_path, specs)
    assert code == "LINT554"
    assert one in message
    assert other in message


def test_options_of_metadata_are_looked_at_too(tmp_path: Path) -> None:
    specs = "events: {paid: {metadata: {by: {type: options, options: [Card, card]}}}}\n"
    assert [code for code, _ in remarks(tmp_path, specs)] == ["LINT554"]


@pytest.mark.parametrize(
    ("model", "name", "type_", "standard"),
    [
        ("contact", "last_seen", "date", "last_seen_at"),
        ("contact", "LastSeenOn", "date", None),
        ("contact", "signed_up_date", "date", "signed_up_at"),
        ("contact", "e_mail", "string", "email"),
        ("contact", "first_seen", "date", "created_at"),
        ("contact", "company_name", "string", "company.name"),
        ("contact", "company_size", "integer", "company.size"),
        ("contact", "company_size", "string", None),
        ("contact", "country", "string", "location.country"),
        ("company", "monthlySpend", "float", "monthly_spend"),
        ("contact", "last_active_date", "date", None),
        ("contact", "signup_date", "date", None),
        ("contact", "customer_id", "string", None),
        ("contact", "plan_type", "string", None),
    ],
)
def test_an_attribute_near_one_of_intercoms_own(
    tmp_path: Path, model: str, name: str, type_: str, standard: str | None
) -> None:
    found = remarks(tmp_path, f"attributes: {{{model}: {{{name}: {{type: {type_}}}}}}}\n")
    if standard is None:
        assert found == []
        return
    ((code, message),) = found
    assert code == "LINT555"
    assert f"Intercom's own `{standard}`" in message


def test_what_is_archived_is_left_alone(tmp_path: Path) -> None:
    specs = "attributes: {contact: {last_seen: {type: date, status: archived}}}\n"
    assert remarks(tmp_path, specs) == []
