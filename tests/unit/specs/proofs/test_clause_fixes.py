"""The fix that drops a clause: what goes, what stays, and where there is none."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest

from intercom_iac.specs.fixing_files import fix_project

SPECS = """version: 1
attributes:
  contact:
    plan: {type: options, options: [free, trial, pro]}
    seats: {type: integer}
    sold: {type: integer}
    vip: {type: boolean}
segments:
  example:
    rule: """


def fixed_rule(rule: str, folder: Path, *, unsafe: bool = False) -> str:
    """What the fixes leave of a rule."""
    (folder / "specs").mkdir()
    (folder / "intercom-iac.yaml").write_text("version: 1\n")
    (folder / "specs" / "all.yaml").write_text(f"{SPECS}{rule}\n")
    fixed = fix_project(folder / "intercom-iac.yaml", {}, unsafe=unsafe, day_in=lambda _: date(2026, 3, 14))
    after = fixed.files[0].after if fixed.files else f"{SPECS}{rule}\n"
    return after.removeprefix(SPECS).removesuffix("\n")


@pytest.mark.parametrize(
    ("rule", "after"),
    [
        ("plan = pro and seats > 50 and seats > 10", "plan = pro and seats > 50"),
        ("seats > 10 and plan = pro and seats > 50", "plan = pro and seats > 50"),
        ("seats > 10 and seats > 20 and seats > 30 and plan = pro", "seats > 30 and plan = pro"),
        ("plan = pro and (seats > 10) and (seats > 50)", "plan = pro and (seats > 50)"),
        ("plan = pro or (seats > 50 and plan = pro)", "plan = pro"),
        ("plan = pro AND seats > 50 && seats > 10", "plan = pro AND seats > 50"),
        ("not (plan = pro or plan in (pro, trial))", '"not (plan in (pro, trial))"'),
        ("company(size > 50 and size > 10)", "company(size > 50)"),
        ("'plan = pro and seats > 50 and seats > 10'", "'plan = pro and seats > 50'"),
        ("plan = pro and plan = pro", "plan = pro"),
        # Either `vip` changes nothing because of the other, so that one of them stays.
        (
            "(plan = pro or seats > 5 and vip) and (plan = pro or sold > 3 and vip)",
            "(plan = pro or seats > 5) and (plan = pro or sold > 3 and vip)",
        ),
        (
            ">-\n      plan = pro\n      and seats > 50\n      and seats > 10",
            ">-\n      plan = pro\n      and seats > 50",
        ),
        (
            "|\n      plan = pro  # who pays\n      and seats > 10  # not alone\n      and seats > 50",
            "|\n      plan = pro  # who pays\n      # not alone\n      and seats > 50",
        ),
        (
            "|\n      seats > 10  # not alone\n      and seats > 50",
            "|\n      # not alone\n      seats > 50",
        ),
    ],
)
def test_the_clause_and_one_word_go(rule: str, after: str, tmp_path: Path) -> None:
    assert fixed_rule(rule, tmp_path) == after


@pytest.mark.parametrize(
    "rule",
    [
        # A single company is a guess.
        "company.plan = pro and company.size > 50",
        "plan = pro and plan = free and seats > 3",
        "plan = pro and seats > 50",
    ],
)
def test_what_is_a_guess_or_right_is_left(rule: str, tmp_path: Path) -> None:
    assert fixed_rule(rule, tmp_path) == rule


@pytest.mark.parametrize(
    ("rule", "after"),
    [
        ("company.plan = pro and company.size > 50", "company(plan = pro and size > 50)"),
        ("plan != pro or plan != free", '"plan not in (pro, free)"'),
        ("plan not starts with tr", "plan != trial"),
    ],
)
def test_guesses(rule: str, after: str, tmp_path: Path) -> None:
    assert fixed_rule(rule, tmp_path, unsafe=True) == after
