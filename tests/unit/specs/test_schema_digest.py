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


EVERYTHING = """\
version: 1
attributes:
  contact:
    plan: {type: options, options: [free, pro]}
    ends: {type: date}
    usage: {type: integer}
  company:
    tier: {type: string}
events:
  paid: {metadata: {amount: {type: float, required: true}, plan: {type: string}}}
segments:
  bought: {rule: event paid where (plan = a and amount > 2.5) count >= 3 within last 30 days}
  first: {rule: event paid first before 2026-01-01 or event paid last more than 3 days ago, publish: [tag]}
  firms: {rule: "company(tier != gold and size > 5) and not plan in (free, pro)"}
  due: {rule: "ends within next 3 days and usage > 5 and tag 'v' and segment bought and role = user"}
"""


def test_plans_that_an_earlier_version_saved_still_hold(loaded: Load) -> None:
    """What version 0.1 made of these specs: a digest that moves refuses every plan that waits for its apply."""
    assert (
        digest(loaded(EVERYTHING).or_raise())
        == "sha256:53c0ee10abc516d7ed453eed8091e186ea3f7728db1c91258d1c249342ac22d7"
    )
