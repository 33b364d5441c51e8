"""What is told of rules while something else is wrong: what follows from that is not, everything else is."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from intercom_iac.specs import Loaded

Load = Callable[..., Loaded]

RULES = (
    "version: 1\n"
    "attributes: {contact: {old: {type: string, status: archived}}, company: {seats: {type: integer}}}\n"
    "events: {paid: {metadata: {amount: {type: float}}}}\n"
    "segments:\n"
    "  a: {rule: segment b}\n"
    "  b: {rule: segment a}\n"
    "  c: {rule: seats > 1}\n"
    "  d: {rule: old = x}\n"
    "  e: {rule: event paid where sum > 1}\n"
)
ALWAYS = ["REF406", "REF402", "REF407", "REF404"]


def codes(found: Loaded) -> list[str]:
    return [each.code for each in found.diagnostics]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("owner: growth\nsegments: {x: {name: X, rule: plan_tipe = trial}}\n", ["SPEC121", "REF401"]),
        (
            "attributes: {contacts: {plan: {type: string}}}\nsegments:\n  x: {rule: segment y}\n"
            "  y: {rule: segment x}\n  z: {rule: plan = free}\n  u: {rule: other = free}\n",
            ["SPEC121", "REF406", "REF402", "REF401"],
        ),
        ("segments: {x: {name: X, owner: 5, rule: owner = trial}}\n", ["SPEC120", "REF401"]),
        (
            "attributes: {contact: {a: {type: string, status: archived, foo: 1}}}\n"
            "segments: {x: {rule: a = trial}}\n",
            ["SPEC121", "REF407"],
        ),
        ("events: {e: {owner: 1}}\nsegments: {s: {rule: event f}}\n", ["SPEC120", "REF403"]),
        ("segments: {s: {rule: segment t}, t: {}, u: {rule: segment v}}\n", ["SPEC122", "REF405"]),
        ("attributes: {contact: {plan: {type: no}}}\nsegments: {s: {rule: plan = free}}\n", ["SPEC123"]),
        ("attributes: {company: {a b: {type: no}}}\nsegments: {s: {rule: company.`a b` = x}}\n", ["SPEC123"]),
        ("attributes: {contact: [tier]}\nsegments: {s: {rule: tier = free}}\n", ["SPEC120"]),
        (
            "events: {e: {metadata: {k: {type: no}}}}\n"
            "segments: {s: {rule: event e where k = 1}, t: {rule: event e where l = 1}}\n",
            ["SPEC123", "REF404"],
        ),
        ("events: {e: {metadata: [k]}}\nsegments: {s: {rule: event e where k = 1}}\n", ["SPEC120"]),
    ],
)
def test_a_mistake_hides_only_what_follows_from_it(loaded: Load, text: str, expected: list[str]) -> None:
    assert codes(loaded(f"version: 1\n{text}")) == expected


def test_a_file_that_is_not_yaml_hides_the_names_it_has_as_keys(loaded: Load) -> None:
    rules = "  f: {rule: tier = x}\n  g: {rule: '`other one` = x'}\n  h: {rule: mentioned = x}\n"
    broken = (
        "attributes:\n  contact:\n    tier: {type: string}\n    'other one': {type: string\n"
        "segments: {x: {rule: mentioned = y}}\n"
    )
    found = loaded({"specs/a.yaml": broken, "specs/b.yaml": RULES + rules})
    assert codes(found) == ["SPEC110", *ALWAYS, "REF401"]
    assert found.diagnostics[-1].message.startswith("`mentioned`")


def test_a_file_nobody_could_read_hides_no_more_than_undeclared_names(loaded: Load) -> None:
    rules = "  f: {rule: tier = x}\n  g: {rule: event gone}\n"
    found = loaded({"specs/a.yaml": "#" * 1_000_001, "specs/b.yaml": RULES + rules})
    assert codes(found) == ["SPEC105", *ALWAYS]
