"""A plan as one HTML file that needs nothing else: no script, no request, light and dark."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Mapping, Sequence
from functools import cache
from typing import TYPE_CHECKING, Any
from urllib.parse import quote

from intercom_iac.diagnostics import require_extra
from intercom_iac.planning import Change, Plan, Usage, plan_digest
from intercom_iac.text import printable, value_text
from intercom_iac.text.likeness import distinguish

from ..kit.html_page import page_style, page_template
from .change_words import change_line, sign_of, summary_counts
from .groups import (
    breaking_count,
    breaking_remarks_beside_segments,
    changes_by_risk,
    exceeds_threshold,
    manual_title,
    measurement_lines,
    other_errors,
    standing_groups,
    warning_remarks,
)
from .numbered_steps import numbered_steps
from .stage_words import stage_sentence
from .verdicts import REGISTRAR, plan_verdict, targets_note

if TYPE_CHECKING:
    from jinja2 import Template

_TITLES = {
    "destructive": "Destructive",
    "caution": "With caution",
    "safe": "Safe",
    "waiting": "Waiting",
}


def plan_html(plan: Plan) -> str:
    """The report. Whatever comes from specs or workspace is escaped by the template engine, without being asked.

    Raises `MissingExtra` where the template engine is not installed.
    """
    require_extra("html", "the HTML report")
    groups: dict[str, Sequence[Change]] = {
        **changes_by_risk(plan),
        "manual": plan.manual,
        **({"waiting": plan.waiting} if plan.waiting else {}),
    }
    ids = _anchors(plan.changes)
    return _template().render(
        plan=plan,
        apart=distinguish,
        digest=plan_digest(plan),
        total=summary_counts(plan.summary) if plan.changes else plan_verdict(plan),
        looked_at=targets_note(plan) if plan.changes and plan.targets else None,
        registrar=REGISTRAR if plan.makes_registrar else None,
        standing=standing_groups(plan),
        measured=measurement_lines(plan),
        groups=[(risk, _title(plan, risk), changes) for risk, changes in groups.items()],
        caps=(("Attributes", plan.attributes), ("Events", plan.events)),
        errors=other_errors(plan),
        breaking=breaking_remarks_beside_segments(plan),
        breaks=breaking_count(breaking_remarks_beside_segments(plan)),
        warnings=warning_remarks(plan),
        over_threshold=exceeds_threshold(plan),
        anchors=ids,
        numbered_steps=numbered_steps,
        # Of an address with several changes, the first.
        links={change.address: ids[id(change)] for change in reversed(plan.changes)},
        **page_style("plan.css"),
    )


@cache
def _template() -> Template:
    filters: dict[str, Callable[..., Any]] = {
        "actions": _actions,
        "key": id,
        "nearness": _nearness,
        "short": _short,
        "sign": sign_of,
        "stage_sentence": stage_sentence,
        "text": _text,
    }
    return page_template("plan.html", filters)


def _anchors(changes: Sequence[Change]) -> Mapping[int, str]:
    """An id for each change: its address, which may not have spaces, and a number from the second at it on."""
    seen: Counter[str] = Counter()
    found: dict[int, str] = {}
    for change in changes:
        seen[change.address] += 1
        number = f"~{seen[change.address]}" if seen[change.address] > 1 else ""
        found[id(change)] = quote(change.address, safe="") + number
    return found


def _short(change: Change) -> str:
    return change_line(change, 160)


def _text(value: object) -> str:
    return printable(value_text(value))


def _title(plan: Plan, risk: str) -> str:
    title = manual_title(plan) if risk == "manual" else _TITLES[risk]
    return f"{title[0].upper()}{title[1:]}"


def _actions(changes: Sequence[Change]) -> str:
    found = Counter(change.action for change in changes)
    return ", ".join(f"{count} {action}" for action, count in found.items() if action != "manual")


def _nearness(usage: Usage) -> str:
    share = usage.after / usage.limit if usage.limit else 1.0
    return "over" if share > 0.95 else "near" if share > 0.8 else "roomy"
