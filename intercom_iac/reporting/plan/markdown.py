"""A plan as a comment on a pull request: a summary, what destroys in full, the rest folded away.

A comment has a limit, and where the plan would pass it, what is least risky is told in fewer words first, and the
comment says so. What destroys keeps its address and action, and its fields as long as there is any room for them.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from typing import NamedTuple

from intercom_iac.planning import Change, Plan, Promotion, Remark, RoomProposals, Usage

from ..diagnostics.markdown import finding_item, short_finding_item
from ..kit.folding import choose_forms
from ..kit.markdown import code, length, plain, prose
from .change_words import action_title, summary_counts
from .groups import (
    breaking_count,
    breaking_remarks_beside_segments,
    changes_by_risk,
    code_counts,
    exceeds_threshold,
    manual_title,
    measurement_lines,
    other_errors,
    standing_groups,
    warning_remarks,
)
from .markdown_changes import (
    block_lines,
    brief_block_lines,
    count_lines,
    field_lines,
    name_lines,
    single_lines,
    step_lines,
    waiting_lines,
)
from .markdown_segments import segment_lines, short_segment_lines
from .marker import marker
from .promotion import import_sentences, not_promoted_counts, unverified_sentences
from .room import PASTE, room_line, room_title
from .stage_words import stage_sentence
from .verdicts import REGISTRAR, is_verified_completely, plan_verdict, targets_note

# GitHub's API refuses a body with "maximum is 65536 characters". For comments some have measured 262,144 bytes
# instead (github.com/dead-claudia/github-limits, pull request 13), which this never passes either. GitLab takes
# 1,000,000 characters. What is left is for a line that CI may add.
LIMIT = 65_000

_TITLES = {
    "errors": "It cannot be applied",
    "room": "To make room",
    "breaking": "What breaks",
    "segments": "Who belongs to segments",
    "destructive": "Destructive",
    "caution": "With caution",
    "safe": "Safe",
    "waiting": "Waiting for a step by hand",
    "stages": "Attributes that take the place of others",
    "verified": "As far as Intercom tells",
    "counted": "Counted in the workspace",
    "warnings": "Warnings",
    "unmanaged": "Not in the specs, left alone",
    "not_promoted": "Not promoted",
    "not_in_specs": "In the workspace promoted from, and not in the specs",
}
_OPEN = ("errors", "room", "breaking", "segments", "destructive")
_ORDER = (
    "safe", "room", "unmanaged", "not_in_specs", "not_promoted", "verified", "counted", "warnings", "safe", "manual",
    "waiting", "safe", "stages", "warnings", "manual", "waiting", "not_in_specs", "caution", "caution", "manual",
    "waiting", "segments", "caution", "segments", "breaking", "destructive", "breaking", "destructive", "errors",
    "breaking", "errors", "destructive",
)  # fmt: skip


class Form(NamedTuple):
    """A part of the plan in one form. `shortening` says what it leaves out, for all but the fullest."""

    lines: Sequence[str]
    shortening: str = ""


def plan_markdown(plan: Plan) -> str:
    """GitHub-flavoured Markdown of at most `LIMIT` characters; whatever comes from specs or workspace is escaped.

    Its first line is a comment that no one sees and that is the same for every plan of a workspace, so that whoever
    posts it finds the one before.
    """
    parts = _plan_parts(plan)

    def assemble(chosen: Mapping[str, int]) -> str:
        return _text(plan, parts, chosen)

    order = [name for name in _ORDER if name in parts]
    sizes = {name: len(forms) for name, forms in parts.items()}
    chosen = choose_forms(sizes, order, lambda tried: length(assemble(tried)) <= LIMIT)
    text = assemble(chosen)
    if length(text) <= LIMIT:
        return text
    # More than Intercom's caps let a workspace have, or names of nothing but what has to be spelled out.
    destructive = changes_by_risk(plan)["destructive"]
    parts["destructive"] = [Form((), _left_out(len(destructive), len(destructive)))]
    chosen["destructive"] = 0
    parts["destructive"] = [_as_many_as_fit(destructive, LIMIT - length(assemble(chosen)))]
    return assemble(chosen)


def _text(plan: Plan, parts: Mapping[str, Sequence[Form]], chosen: Mapping[str, int]) -> str:
    return "\n".join((*_head(plan, parts, chosen), *_body(plan, parts, chosen))) + "\n"


def _head(plan: Plan, parts: Mapping[str, Sequence[Form]], chosen: Mapping[str, int]) -> Iterator[str]:
    where = plan.workspace
    yield marker(where.name)
    total = summary_counts(plan.summary) if plan.changes else "nothing differs"
    groups: dict[str, Sequence[Change]] = {
        **changes_by_risk(plan),
        "manual": plan.manual,
        "waiting": plan.waiting,
    }
    yield f"### Plan for {code(where.name, 80)}: {total}"
    yield ""
    groups_line = [
        f"**{len(found)} {_lower_title(plan, name)}**{_actions(found)}"
        for name, found in groups.items()
        if found
    ]
    if groups_line:
        yield f"{' · '.join(groups_line)}  "
    yield (
        f"Workspace {code(where.app_id, 80)} · attributes {_usage(plan.attributes)} · "
        f"events {_usage(plan.events)}"
    )
    if not plan.changes and (plan.targets or not is_verified_completely(plan)):
        yield f"<br>{prose(plan_verdict(plan))}."
    elif plan.targets:
        yield f"<br>{prose(targets_note(plan))}."
    for sentence in () if plan.promotion is None else unverified_sentences(plan.promotion):
        yield f"<br>{plain(sentence.text)} ({', '.join(map(code, sentence.addresses))})."
    if plan.makes_registrar:
        yield f"<br>{prose(REGISTRAR)}."
    shortened = [
        f"{_lower_title(plan, name)} {form.shortening}"
        for name, form in _forms(parts, chosen)
        if form.shortening
    ]
    if shortened:
        yield ""
        yield (
            f"> **Told in short**, so that it fits into a comment: {'; '.join(shortened)}. "
            "`intercom-iac show PLANFILE --full` tells all of it."
        )


def _title(plan: Plan, name: str) -> str:
    title = manual_title(plan) if name == "manual" else _TITLES[name]
    return f"{title[0].upper()}{title[1:]}"


def _lower_title(plan: Plan, name: str) -> str:
    title = _title(plan, name)
    return f"{title[0].lower()}{title[1:]}"


def _actions(changes: Sequence[Change]) -> str:
    found = Counter(change.action for change in changes)
    listed = ", ".join(f"{count} {action}" for action, count in found.items())
    return "" if "manual" in found or not listed else f" ({listed})"


def _usage(usage: Usage) -> str:
    used = str(usage.after) if usage.used == usage.after else f"{usage.used} → **{usage.after}**"
    return f"{used} of {usage.limit}"


def _forms(parts: Mapping[str, Sequence[Form]], chosen: Mapping[str, int]) -> Iterator[tuple[str, Form]]:
    return ((name, forms[chosen[name]]) for name, forms in parts.items())


def _body(plan: Plan, parts: Mapping[str, Sequence[Form]], chosen: Mapping[str, int]) -> Iterator[str]:
    for name, form in _forms(parts, chosen):
        count = (
            breaking_count(breaking_remarks_beside_segments(plan))
            if name == "breaking"
            else _count(plan, name)
        )
        title = f"{_title(plan, name)}: {count}"
        yield ""
        if name in _OPEN:
            yield f"#### {title}"
        else:
            # Caution is there to be read, as long as all of it is there.
            state = " open" if name == "caution" and not form.shortening else ""
            yield f"<details{state}><summary><b>{title}</b></summary>"
        yield ""
        if name == "destructive":
            yield "> [!CAUTION]"
            yield (
                "> It archives more than the project allows: apply refuses it (**PLAN607**)."
                if exceeds_threshold(plan)
                else "> Apply archives and deletes only with `--allow-destructive`."
            )
            yield ""
        yield from form.lines
        if name not in _OPEN:
            yield ""
            yield "</details>"


def _count(plan: Plan, name: str) -> int:
    counts = {
        "errors": len(other_errors(plan)),
        "breaking": len(breaking_remarks_beside_segments(plan)),
        "segments": len(plan.segment_changes),
        "warnings": len(warning_remarks(plan)),
        "unmanaged": len(plan.unmanaged),
        "manual": len(plan.manual),
        "waiting": len(plan.waiting),
        "stages": len(plan.stages),
        "verified": len(plan.verifications),
        "room": 0 if plan.room is None else plan.room.needed,
        "not_promoted": 0 if plan.promotion is None else len(plan.promotion.not_promoted),
        "not_in_specs": 0 if plan.promotion is None else len(plan.promotion.not_in_specs),
        "counted": len(measurement_lines(plan)),
        **{risk: len(found) for risk, found in changes_by_risk(plan).items()},
    }
    return counts[name]


def _plan_parts(plan: Plan) -> dict[str, Sequence[Form]]:
    """The parts that the plan has, in their order, each in its forms with the fullest first."""
    found = changes_by_risk(plan)
    parts: dict[str, Sequence[Form]] = {
        "errors": _remarks(other_errors(plan)),
        **({} if plan.room is None else {"room": _room(plan.room)}),
        "breaking": _remarks(breaking_remarks_beside_segments(plan)),
        "segments": (
            Form(list(segment_lines(plan.segment_changes))),
            Form(list(short_segment_lines(plan.segment_changes)), "without the people"),
            Form(["The plan has the people of each."], "counted only"),
        ),
        "destructive": _forms_of(
            found["destructive"],
            (block_lines, ""),
            (brief_block_lines, "without the reasons"),
            (field_lines, "with the beginnings of the values"),
            (name_lines, "by name only"),
        ),
        "caution": _forms_of(found["caution"], (block_lines, ""), *_SHORTER),
        "safe": _forms_of(found["safe"], (block_lines, ""), *_SHORTER),
        "manual": _forms_of(plan.manual, (step_lines, ""), *_SHORTER),
        "waiting": _forms_of(
            plan.waiting, (block_lines, ""), (waiting_lines, "on one line each"), *_SHORTER[1:]
        ),
        "warnings": _remarks(warning_remarks(plan)),
        "counted": _measurements(plan),
        "stages": (
            Form(
                [
                    f"- {code(stage.address)} for {code(stage.replaces)}: {prose(stage_sentence(stage))}"
                    for stage in plan.stages
                ]
            ),
            Form([f"- {code(stage.address)}: stage {stage.stage}" for stage in plan.stages], "by number"),
        ),
        "verified": _verifications(plan),
        "unmanaged": (
            Form([", ".join(map(code, plan.unmanaged))]),
            Form(["The plan has their names."], "counted only"),
        ),
        **({} if plan.promotion is None else _promotion_parts(plan.promotion)),
    }
    return {name: forms for name, forms in parts.items() if _count(plan, name)}


LabelledForm = tuple[Callable[[Sequence[Change]], Iterable[str]], str]
_SHORTER: tuple[LabelledForm, ...] = (
    (single_lines, "on one line each"),
    (name_lines, "by name only"),
    (count_lines, "counted only"),
)


def _room(room: RoomProposals) -> Sequence[Form]:
    fence = "`" * 8  # longer than any that stands in a name
    lines = [f"{prose(room_title(room))}.", ""]
    lines += [f"- {prose(room_line(proposal))}" for proposal in room.proposals]
    if room.entries:
        lines += ["", f"{PASTE}:", "", f"{fence}yaml", *room.entries.splitlines(), fence]
    return (Form(lines), Form(lines[:1], "counted only"))


def _promotion_parts(promotion: Promotion) -> dict[str, Sequence[Form]]:
    return {
        "not_promoted": (
            Form([f"- {code(left.address)}: {prose(left.reason)}" for left in promotion.not_promoted]),
            Form([f"- {plain(not_promoted_counts(promotion))}"], "counted only"),
        ),
        "not_in_specs": (
            Form(
                [
                    f"- {', '.join(map(code, sentence.addresses))}: "
                    f"{code(sentence.text) if sentence.is_command else prose(sentence.text)}"
                    for sentence in import_sentences(promotion)
                ]
            ),
            Form([", ".join(code(left.address) for left in promotion.not_in_specs)], "by name only"),
            Form(["The plan has their names."], "counted only"),
        ),
    }


def _forms_of(changes: Sequence[Change], *forms: LabelledForm) -> Sequence[Form]:
    return [Form(list(form(changes)), shortening) for form, shortening in forms]


def _remarks(remarks: Sequence[Remark]) -> Sequence[Form]:
    return (
        Form([finding_item(remark, remark.source) for remark in remarks]),
        Form(
            [short_finding_item(remark, 120) for remark in remarks],
            "without places and hints",
        ),
        Form([f"- {plain(code_counts(remarks))}"], "counted only"),
    )


def _measurements(plan: Plan) -> Sequence[Form]:
    lines = measurement_lines(plan)
    return (
        Form([f"- {code(address)} {prose(text)}" for address, text in lines]),
        Form(["The plan has the numbers."], "counted only"),
    )


def _verifications(plan: Plan) -> Sequence[Form]:
    groups = standing_groups(plan)
    return (
        Form([f"- {prose(group.what)}: {', '.join(map(code, group.addresses))}" for group in groups]),
        Form([f"- {prose(group.counted)}" for group in groups], "counted only"),
    )


def _as_many_as_fit(changes: Sequence[Change], room: int) -> Form:
    """The addresses of as many as there is room for."""
    kept: list[str] = []
    for change in changes:
        line = f"- **{action_title(change)}** {code(change.address)}"
        room -= length(line) + 1
        if room < 0:
            break
        kept.append(line)
    return Form(kept, _left_out(len(changes) - len(kept), len(changes)))


def _left_out(count: int, total: int) -> str:
    return f"by name only, and **{count:>{len(str(total))}} of {total} not even so: they do not fit**"
