"""The digest tells specs apart by what they mean, and by nothing else."""

from __future__ import annotations

import re
from collections.abc import Callable

import pytest

from intercom_iac.specs import Loaded, digest

Load = Callable[..., Loaded]

SPECS = """\
version: 1
attributes:
  contact:
    plan: {type: options, options: [free, pro], description: Plan, owner: growth}
    ends: {type: date}
events:
  paid: {metadata: {amount: {type: float}, plan: {type: string}}}
segments:
  late: {name: Late, rule: plan = free and ends within next 3 days, publish: [audience, tag]}
"""


def test_it_looks_like_a_digest(loaded: Load) -> None:
    assert re.fullmatch("sha256:[0-9a-f]{64}", digest(loaded(SPECS).or_raise()))


def test_layout_comments_order_and_spelling_do_not_count(loaded: Load) -> None:
    again = loaded(
        {
            "specs/example.yaml": "version: 1\nsegments:\n  # soon\n  late:\n    publish: [tag, audience]\n"
            "    rule: |\n      (plan='free')\n      AND ends within next 3 days\n    name: Late\n",
            "specs/z.yaml": "version: 1\nevents:\n  paid:\n    metadata:\n      plan: {type: string}\n"
            "      amount: {type: float}\nattributes:\n  contact:\n    ends: {type: date, status: active}\n"
            "    plan:\n      owner: growth\n      description: Plan\n"
            "      options: [pro, free]\n      type: options\n",
        }
    )
    assert digest(again.or_raise()) == digest(
        loaded({"specs/z.yaml": "", "specs/example.yaml": SPECS}).or_raise()
    )


@pytest.mark.parametrize(
    ("old", "new"),
    [
        ("[free, pro]", "[free, pro, max]"),
        ("description: Plan", "description: The plan"),
        ("owner: growth", "owner: sales"),
        ("{type: date}", "{type: date, status: deprecated}"),
        ("{type: date}", "{type: date, messenger_writable: true}"),
        ("amount: {type: float}", "amount: {type: float, required: true}"),
        ("next 3 days", "next 4 days"),
        ("name: Late", "name: Later"),
        ("[audience, tag]", "[tag]"),
    ],
)
def test_every_change_of_meaning_counts(loaded: Load, old: str, new: str) -> None:
    assert old in SPECS
    before = digest(loaded(SPECS).or_raise())
    assert digest(loaded(SPECS.replace(old, new)).or_raise()) != before
