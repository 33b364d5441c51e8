"""A plan for people, on one screen: what changes, how risky, what is left by hand, how near the caps."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from datetime import datetime
from typing import NamedTuple

from intercom_iac.planning import Plan, Promotion, Remark, RoomProposals, Stage, Usage, duration_text
from intercom_iac.text import printable

from ..diagnostics.terminal import finding_lines
from ..kit.columns import cut_text, wrap_text
from ..kit.folding import choose_forms
from ..kit.styles import style
from ..kit.values import name_list
from .change_words import summary_counts
from .groups import (
    breaking_count,
    breaking_remarks,
    changes_by_risk,
    code_counts,
    exceeds_threshold,
    manual_title,
    measurement_lines,
    other_errors,
    standing_groups,
    warning_remarks,
)
from .promotion import import_sentences, not_promoted_counts, unverified_sentences
from .room import PASTE, room_line, room_title
from .stage_words import stage_sentence
from .text_changes import block_lines, count_lines, full_lines, name_lines, single_lines, waiting_lines
from .verdicts import REGISTRAR, plan_verdict, targets_note

# What to tell in fewer words, one after the other, while the plan does not fit.
_ORDER = (
    "safe", "verified", "counted", "warnings", "manual", "waiting", "safe", "warnings", "manual", "waiting",
    "caution", "safe", "stages", "manual", "waiting", "verified", "waiting", "not_in_specs", "not_promoted",
    "not_in_specs", "breaking", "caution", "destructive", "caution", "destructive",
)  # fmt: skip
_TITLES = {
    "breaking": ("what breaks", "red"),
    "destructive": ("destructive", "red"),
    "caution": ("with caution", "yellow"),
    "safe": ("safe", "green"),
    "manual": ("by hand", "cyan"),
    "waiting": ("waiting for a step by hand", "cyan"),
    "stages": ("attributes that take the place of others", "cyan"),
    "verified": ("as far as Intercom tells", "cyan"),
    "not_promoted": ("not promoted", "yellow"),
    "not_in_specs": ("in the workspace promoted from, and not in the specs", "yellow"),
    "counted": ("counted in the workspace", "cyan"),
    "warnings": ("warnings", "yellow"),
}

_LEAST_TOLD = 24

# A part of the plan in its forms, the fullest first.
Forms = list[list[str]]


class Screen(NamedTuple):
    """How much room there is; the default is that of a page, for where there is no terminal."""

    width: int = 100
    height: int = 50


def plan_text(
    plan: Plan, screen: Screen | None = None, *, full: bool = False, now: datetime | None = None
) -> str:
    """The plan as text with terminal styles; whoever prints it strips them where they do not belong.

    It is told in fewer words until it fits the screen, what is least risky first, unless it is to be `full`. `now` is
    for a saved plan, whose age it says.
    """
    width, height = screen or Screen()
    parts = _plan_parts(plan, width, full=full)

    def assemble(chosen: Mapping[str, int]) -> list[str]:
        return list(_lines(plan, parts, chosen, width, now, full=full))

    order = [name for name in _ORDER if name in parts]
    sizes = {name: len(forms) for name, forms in parts.items()}
    return "\n".join(
        assemble(choose_forms(sizes, order, lambda chosen: full or len(assemble(chosen)) <= height))
    )


def _lines(
    plan: Plan,
    parts: Mapping[str, Forms],
    chosen: Mapping[str, int],
    width: int,
    now: datetime | None,
    *,
    full: bool,
) -> Iterator[str]:
    yield from _head(plan, width, now)
    shortened: list[str] = []
    for name, forms in parts.items():
        if forms[chosen[name]]:
            yield ""
            yield from forms[chosen[name]]
        if forms[chosen[name]] != forms[0]:
            shortened.append("waiting" if name == "waiting" else _title(plan, name))
    yield ""
    yield from _looked_at(plan, width)
    yield _caps(plan)
    if plan.room is not None:
        yield from _room_lines(plan.room, width)
    if plan.makes_registrar:
        yield from wrap_text(f"{REGISTRAR}.", width)
    if plan.unmanaged:
        yield from _unmanaged_lines(plan, width, full=full)
    if shortened:
        told = cut_text(", ".join(shortened), max(_LEAST_TOLD, width - 34))
        yield style(f"Told in short: {told}. All of it: --full", dim=True)
    if exceeds_threshold(plan):
        yield style("It archives more than the project allows: apply refuses it (PLAN607).", fg="red")
    elif plan.destructive:
        yield style("It archives or deletes, which apply does only with --allow-destructive.", fg="red")


def _looked_at(plan: Plan, width: int) -> Iterator[str]:
    """What a plan without changes comes to, or what one with targets leaves out."""
    if not plan.changes:
        yield from (style(line, bold=True) for line in wrap_text(printable(f"{plan_verdict(plan)}."), width))
    elif plan.targets:
        yield from wrap_text(printable(f"{targets_note(plan)}."), width)
    for sentence in () if plan.promotion is None else unverified_sentences(plan.promotion):
        names = name_list(list(sentence.addresses), width)
        yield cut_text(f"{printable(sentence.text)} ({names})", width)


def _head(plan: Plan, width: int, now: datetime | None) -> Iterator[str]:
    """What is to be done where, and how risky."""
    name = f"Plan for {printable(plan.workspace.name)}"
    first, *rest = wrap_text(f"{name}: {summary_counts(plan.summary)}" if plan.changes else name, width)
    yield style(first, bold=True)
    yield from (style(f"  {line}", bold=True) for line in rest)
    groups = [(risk, len(changes)) for risk, changes in changes_by_risk(plan).items() if changes]
    if groups:
        yield ", ".join(style(f"{count} {_TITLES[risk][0]}", fg=_TITLES[risk][1]) for risk, count in groups)
    age = "" if now is None or plan.created_at is None else f"made {_age(plan.created_at, now)}, "
    where = f"{age}workspace {plan.workspace.app_id}, days in {plan.workspace.timezone}"
    yield style(cut_text(printable(where), width), dim=True)


def _age(made: datetime, now: datetime) -> str:
    ago = f"{duration_text(made - now)} from now" if made > now else f"{duration_text(now - made)} ago"
    return f"{made:%Y-%m-%d %H:%M} UTC, {ago}"


def _plan_parts(plan: Plan, width: int, *, full: bool) -> dict[str, Forms]:
    """The parts that the plan has, in their order."""
    parts: dict[str, Forms] = {}
    if errors := other_errors(plan):
        parts["errors"] = _remark_forms(errors, width)
    if broken := breaking_remarks(plan):
        parts["breaking"] = [
            _section_lines("breaking", breaking_count(broken), form) for form in _remark_forms(broken, width)
        ]
    for name, changes in {**changes_by_risk(plan), "manual": plan.manual, "waiting": plan.waiting}.items():
        # What destroys keeps its names, however many there are.
        one_each = waiting_lines if name == "waiting" else single_lines
        forms = (
            [full_lines]
            if full
            else [block_lines, one_each, name_lines, *([] if name == "destructive" else [count_lines])]
        )
        if changes:
            parts[name] = [
                _section_lines(name, len(changes), form(changes, width), _title(plan, name)) for form in forms
            ]
            if name == "waiting" and not full:
                parts[name].append([])  # the head has their number
    if more := warning_remarks(plan):
        parts["warnings"] = [*_remark_forms(more, width), [f"{len(more)} warnings: {code_counts(more)}"]]
    if counted := measurement_lines(plan):
        parts["counted"] = _measurement_forms(counted, width)
    if plan.verifications:
        parts["verified"] = _verifications(plan, width, full=full)
    if plan.stages:
        parts["stages"] = _stages(plan.stages, width)
    if plan.promotion is not None:
        parts |= _promotion_parts(plan.promotion, width)
    return {name: forms[:1] for name, forms in parts.items()} if full else parts


def _stages(stages: Sequence[Stage], width: int) -> Forms:
    lines = [
        line
        for stage in stages
        for line in _hanging(f"{stage.address} for {stage.replaces}: {stage_sentence(stage)}", width)
    ]
    short = [cut_text(f"  {stage.address}: stage {stage.stage}, {stage.due}", width) for stage in stages]
    return [_section_lines("stages", len(stages), form) for form in (lines, short)]


def _promotion_parts(promotion: Promotion, width: int) -> dict[str, Forms]:
    """What a promotion leaves out."""
    parts: dict[str, Forms] = {}
    if promotion.not_promoted:
        lines = [
            line
            for left in promotion.not_promoted
            for line in _hanging(f"{left.address}: {left.reason}", width)
        ]
        counts = [f"  {printable(not_promoted_counts(promotion))}"]
        parts["not_promoted"] = [
            _section_lines("not_promoted", len(promotion.not_promoted), form) for form in (lines, counts)
        ]
    if promotion.not_in_specs:
        addresses = [left.address for left in promotion.not_in_specs]
        lines = [
            line
            for sentence in import_sentences(promotion)
            for line in _hanging(f"{', '.join(sentence.addresses)}: {sentence.text}", width)
        ]
        names = [
            f"  {name_list(addresses, width - 2)}",
            f"  {printable(f'intercom-iac import -w {promotion.source} brings them in')}",
        ]
        parts["not_in_specs"] = [
            _section_lines("not_in_specs", len(addresses), form) for form in (lines, names, names[1:])
        ]
    return parts


def _room_lines(room: RoomProposals, width: int) -> Iterator[str]:
    """What to archive where the plan passes the cap: whole, since it is what to do next."""
    yield ""
    yield from (style(line, bold=True) for line in wrap_text(printable(f"{room_title(room)}."), width))
    for proposal in room.proposals:
        yield from _hanging(room_line(proposal), width)
    if room.entries:
        yield f"{PASTE}:"
        yield from (f"    {printable(line)}" for line in room.entries.splitlines())
    yield ""


def _hanging(text: str, width: int) -> list[str]:
    """The text below a title, its further lines deeper."""
    first, *rest = wrap_text(printable(text), width - 6)
    return [f"  {first}", *(f"      {line}" for line in rest)]


def _verifications(plan: Plan, width: int, *, full: bool) -> Forms:
    """What stands as declared and could not be compared whole, a line for each thing that Intercom does not tell."""
    groups = standing_groups(plan)
    lines: list[str] = []
    for what, addresses, _ in groups:
        if full:
            lines += _hanging(f"{what}: {', '.join(addresses)}", width)
        else:
            room = width - len(what) - 4
            lines.append(cut_text(f"  {what}: {name_list(addresses, room)}", width))
    counted = "; ".join(group.counted for group in groups)
    return [_section_lines("verified", len(plan.verifications), lines), [cut_text(counted, width)], []]


def _measurement_forms(measured: Sequence[tuple[str, str]], width: int) -> Forms:
    """What was counted in the workspace, beside the address that it is about."""
    lines = [line for address, text in measured for line in _hanging(f"{address}: {text}", width)]
    return [
        _section_lines("counted", len(measured), lines),
        [cut_text("; ".join(f"{printable(address)} {printable(text)}" for address, text in measured), width)],
    ]


def _title(plan: Plan, name: str) -> str:
    return manual_title(plan) if name == "manual" else _TITLES[name][0]


def _section_lines(name: str, count: int | str, lines: Iterable[str], title: str | None = None) -> list[str]:
    known, colour = _TITLES[name]
    title = title or known
    return [style(f"{title[0].upper()}{title[1:]}: {count}", fg=colour, bold=True), *lines]


def _remark_forms(remarks: Sequence[Remark], width: int) -> Forms:
    return [
        [line for remark in remarks for line in finding_lines(remark, remark.source, width=width)],
        [cut_text(_message(remark), width) for remark in remarks],
    ]


def _message(remark: Remark) -> str:
    return f"{remark.severity}[{remark.code}]: {printable(remark.message)}"


def _caps(plan: Plan) -> str:
    return f"Caps: attributes {_usage(plan.attributes)}, events {_usage(plan.events)}."


def _usage(usage: Usage) -> str:
    used = str(usage.after) if usage.used == usage.after else f"{usage.used} -> {usage.after}"
    text = f"{used} of {usage.limit}"
    near = usage.after / usage.limit if usage.limit else 1
    return style(text, fg="red" if near > 0.95 else "yellow") if near > 0.8 else text


def _unmanaged_lines(plan: Plan, width: int, *, full: bool) -> Iterator[str]:
    """What the workspace has besides: on a line as many as fit, or an address a line."""
    label = f"Not in the specs, left alone ({len(plan.unmanaged)}):"
    if full:
        yield label
        yield from (f"  {printable(address)}" for address in plan.unmanaged)
        return
    room = width - len(label) - 1
    yield f"{label} {cut_text(name_list(list(plan.unmanaged), room), room)}"
