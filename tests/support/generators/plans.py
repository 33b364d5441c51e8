"""Plans of any size, full of names and texts that nobody should have."""

from __future__ import annotations

from typing import Any, NamedTuple

from hypothesis import strategies as st

from intercom_iac.planning import (
    Change,
    FieldChange,
    Place,
    Plan,
    PlannedWorkspace,
    Remark,
    Usage,
    Verification,
)
from support.changes import make_change

BAITS = (
    "plan_type",
    "| a | b |",
    "`",
    "```\n# x",
    "``x` y",
    "</details><script>alert(1)</script>",
    "<!-- -->",
    "-->",
    "[a](https://evil.example)",
    "![a](//evil.example/x.png)",
    "https://evil.example/?a=1&b=2",
    "www.evil.example",
    "@everyone",
    "a@evil.example",
    "owner/repo#12",
    "GH-7",
    "#7",
    ":tada:",
    "deadbeefdeadbeef",
    "*a* _b_ ~~c~~ **d**",
    "\\",
    "\x1b[31mred\x07",
    "\u202eevil\u2066",
    "{{ 7 * 7 }}{% raw %}",
    "' onload='x' \"",
    "名前の長い列です",
    "🌈" * 9,
    "&lt;b&gt;&#64;",
    "1. one\n2. two",
    "\n\n> quote",
    "",
    "    code",
    "x" * 300,
)
texts = st.sampled_from(BAITS) | st.text(max_size=40)
ACTIONS: tuple[tuple[Any, Any], ...] = (
    ("data_attribute", "create"),
    ("data_attribute", "update"),
    ("data_attribute", "restore"),
    ("data_attribute", "archive"),
    ("data_attribute", "manual"),
    ("event", "register"),
    ("event", "manual"),
    ("audience", "create"),
    ("audience", "update"),
    ("audience", "delete"),
    ("audience", "manual"),
    ("tag", "create"),
    ("tag", "delete"),
    ("tag", "manual"),
    ("segment", "manual"),
)
_PARENTS = {"data_attribute": "attribute.contact", "event": "event"}


class Recipe(NamedTuple):
    """A plan in a few words: few texts make many changes, so that large ones are drawn and printed as small ones."""

    pool: list[str]
    kinds: list[tuple[Any, Any]]
    count: int
    codes: list[str]
    unmanaged: int

    def plan(self) -> Plan:
        pool, kinds = self.pool, self.kinds
        return Plan(
            PlannedWorkspace(pool[0] or "x", pool[-1], "UTC"),
            "",
            "",
            tuple(_change(at, *kinds[at % len(kinds)], pool) for at in range(self.count)),
            Usage(3, 250, 250),
            Usage(0, 0, 120),
            tuple(f"event.{each}" for each in pool * self.unmanaged),
            tuple(_remark(code, pool[at % len(pool)]) for at, code in enumerate(self.codes)),
            verifications=tuple(
                Verification(f"segment.{each}", "segment", each, "its name", "its rule")
                for each in pool * (self.unmanaged % 9)
            ),
            makes_registrar=self.count % 2 == 1,
        )


recipes = st.builds(
    Recipe,
    st.lists(texts, min_size=1, max_size=9),
    st.lists(st.sampled_from(ACTIONS), min_size=1, max_size=5),
    st.integers(0, 450),
    st.lists(st.sampled_from(("BACK703", "PLAN605", "LINT501", "PLAN604")), max_size=40),
    st.integers(0, 60),
)


def _change(at: int, kind: Any, action: Any, pool: list[str]) -> Change:
    def text(more: int) -> str:
        return pool[(at + more) % len(pool)]

    name = f"{text(0)} {at}"
    values: dict[str, tuple[Any, Any]] = {
        "options": ([text(1), text(2)], [text(2), text(3)]),
        "description": (text(4), text(5)),
    }
    fields = {
        "archive": {"archived": (False, True)},
        "delete": {"name": (name, None)},
        "register": {"metadata": (None, {text(1): "string"})},
    }.get(action, values)
    return make_change(
        f"{_PARENTS.get(kind, 'segment')}.{name}",
        kind,
        name,
        action,
        ("safe", "caution")[at % 2],
        f"why `{text(6)}` and {text(7)}",
        tuple(FieldChange(path, before, after) for path, (before, after) in fields.items()),
        steps=(f"open `{text(1)}`", text(2)) if action == "manual" else (),
        needed_by=tuple(f"segment.{text(each)}" for each in range(at % 4)),
        source=Place(f"specs/{text(8)}.yaml", at + 1, 3) if at % 3 else None,
        waits_for=tuple(f"segment.{text(each)}" for each in range(at % 7 // 5)),
    )


def _remark(code: str, text: str) -> Remark:
    severity: Any = "error" if code == "PLAN604" else "warning"
    return Remark(code, severity, f"it says `{text}`", text, Place(f"{text}.yaml", 1, 1))
