"""A plan as a pull-request comment: a summary line, then the changes, the steps by hand folded away."""

from __future__ import annotations

import html
import re
from collections.abc import Iterator, Sequence

from intercom_iac.planning import Change, Plan, Remark

from .values import SIGNS, counted, difference, in_short, shown

_SPECIAL = str.maketrans({each: f"\\{each}" for each in "\\`*_{}[]()#+-!|~$"})
# An `@` would mention somebody, a `#` link an issue, and an address itself: a comment keeps the letters apart.
_LINKS = re.compile(r"[@#]|:(?=//)|www(?=\.)", re.IGNORECASE)


def plan_markdown(plan: Plan) -> str:
    """GitHub-flavoured Markdown; whatever comes from specs or workspace is escaped."""
    return "\n".join(_lines(plan)) + "\n"


def _lines(plan: Plan) -> Iterator[str]:
    where = plan.workspace
    total = counted(plan.summary) if plan.changes else "nothing differs"
    yield f"### intercom-iac plan for {escaped(where.name)}: {total}"
    yield ""
    attributes, events = plan.attributes, plan.events
    yield (
        f"Workspace {escaped(where.app_id)}. Attributes {attributes.used} → {attributes.after} of "
        f"{attributes.limit}, events {events.used} → {events.after} of {events.limit}."
    )
    for remark in plan.remarks:
        yield ""
        yield _remark(remark)
    for risk, title in (
        ("destructive", "Destructive"),
        ("caution", "With caution"),
        ("safe", "Safe"),
    ):
        changes = [each for each in plan.calls if each.risk == risk]
        if changes:
            yield ""
            yield f"**{title}**"
            yield ""
            yield from _table(changes)
    if plan.manual:
        yield ""
        yield "**By hand in Intercom**"
        for change in plan.manual:
            yield ""
            yield from _manual(change)
    if plan.unmanaged:
        yield ""
        names = ", ".join(escaped(each) for each in plan.unmanaged)
        yield f"<details><summary>{len(plan.unmanaged)} not in the specs, left alone</summary>"
        yield f"\n{names}\n\n</details>"


def _table(changes: Sequence[Change]) -> Iterator[str]:
    yield "| | address | action | what | why | where |"
    yield "|---|---|---|---|---|---|"
    for each in changes:
        if each.action in ("create", "register"):
            what = escaped(in_short(each, longest=400))
        else:
            what = "<br>".join(
                f"{escaped(field.path)}: {escaped(difference(field))}" for field in each.fields
            )
        why = escaped(each.reason)
        if each.needed_by:
            why += f" (needed by {escaped(', '.join(each.needed_by))})"
        thing = each.action if each.object in ("data_attribute", "event") else f"{each.action} {each.object}"
        cells = (SIGNS[each.action], each.address, thing)
        yield f"| {' | '.join(map(escaped, cells))} | {what} | {why} | {_place(each)} |"


def _manual(change: Change) -> Iterator[str]:
    title = f"{_in_html(change.address)}: {_in_html(in_short(change))}"
    yield f"<details><summary>{title}</summary>"
    yield ""
    yield escaped(change.reason)
    if change.needed_by:
        yield f"\nNeeded by {escaped(', '.join(change.needed_by))}."
    if change.source:
        yield f"\nAt {_place(change)}."
    yield ""
    for number, step in enumerate(change.steps, 1):
        yield f"{number}. {escaped(step)}"
    yield ""
    yield "</details>"


def _place(change: Change) -> str:
    return escaped(str(change.source)) if change.source else ""


def _remark(remark: Remark) -> str:
    where = f" ({escaped(str(remark.source))})" if remark.source else ""
    hint = f" — {escaped(remark.hint)}" if remark.hint else ""
    return f"> **{remark.severity} {remark.code}** {escaped(remark.message)}{where}{hint}"


def escaped(text: str) -> str:
    """Text that Markdown and HTML show as it is, on one line: it links to nothing and mentions nobody."""
    return _in_html(shown(text.replace("\n", " "), longest=400).translate(_SPECIAL))


def _in_html(text: str) -> str:
    """Text within an HTML element, where Markdown means nothing while it stays on one line."""
    return _LINKS.sub(r"\g<0><!-- -->", html.escape(shown(text, longest=800), quote=False))
