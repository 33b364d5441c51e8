"""Whether a saved plan is what its specs and its workspace give: the plan is made again, and the two are compared.

The digest of a plan file can be computed anew by whoever edits it. So nothing in a file is trusted that can be worked
out again: what a reviewer was shown is what is done.
"""

from __future__ import annotations

from collections.abc import Collection, Iterator, Sequence

from intercom_iac.diagnostics import Diagnostic, Family, PlanError, StalePlan
from intercom_iac.diagnostics.codes import plan as codes
from intercom_iac.model import Snapshot

from .already_applied import already_applied_changes
from .digest import audience_key, definition_changes, definition_digests
from .plan import Change, Plan, Remark
from .plan_differences import place_differences, plan_differences

_SHOWN = 8
_ANEW = "make a new plan with `plan --out`, and have it reviewed"
_AGAIN = "nothing was done: run `apply` again, and read what it would do now"
_EDITED = (
    "it was edited, another version of the program made it, or the project has other settings or files by now"
)
_MOVED = "lines of the specs have moved since it was made, or it was edited"


def verify_saved_plan(saved: Plan, remade: Plan, snapshot: Snapshot, declared: Collection[str]) -> None:
    """Raises a `PlanError` where the saved plan is not the one `remade` from the specs and the workspace as they are
    now.

    `declared` are the addresses of the specs. What cannot be worked out again, since it was made of a revision that
    need not be here, are the remarks of `plan --against` (`unverifiable_remarks`), what was counted, and when the
    plan was made.
    """
    stale = [*_stale_findings(saved, snapshot)]
    findings = [*_other_specs_findings(saved, remade, declared, changed=not stale), *stale]
    if findings:
        raise StalePlan(findings[0].message, diagnostics=findings)
    lines = plan_differences(saved, remade)
    hint = f"{_EDITED if lines else _MOVED}: {_ANEW}"
    lines += place_differences(saved, remade)
    if lines:
        message = (
            f"the plan is not the one that these specs and this workspace give: {_first_few(lines, '; ')}"
        )
        raise PlanError(message, diagnostics=[codes.NOT_AS_PLANNED.at(None, message, hint=hint)])


def verify_shown_plan(shown: Plan, remade: Plan) -> None:
    """Raises `StalePlan` where the `remade` plan does something else than the one that was shown and approved."""
    if shown.changes == remade.changes and not remade.errors:
        return
    lines = [*definition_changes(shown.rests_on, remade.rests_on).values()] or plan_differences(shown, remade)
    message = f"the workspace has changed since the plan was shown: {_first_few(lines)}"
    raise StalePlan(message, diagnostics=[codes.STALE.at(None, message, hint=_AGAIN)])


def unverifiable_remarks(saved: Plan) -> tuple[Remark, ...]:
    """The remarks of a saved plan that cannot be worked out again: those of `plan --against`.

    Those of proofs cannot either, since they are of a day; but nobody has to heed them before a plan is applied.
    """
    return tuple(remark for remark in saved.remarks if remark.family is Family.BACK)


def refuse_if_stale(plan: Plan, snapshot: Snapshot) -> None:
    """Raises `StalePlan` when the workspace is not what the plan rests on: what changed, what is applied already."""
    findings = [*_stale_findings(plan, snapshot)]
    if findings:
        raise StalePlan(findings[0].message, diagnostics=findings)


def _stale_findings(plan: Plan, snapshot: Snapshot) -> Iterator[Diagnostic]:
    applied = already_applied_changes(plan, snapshot)
    done = [change for change, _ in applied]
    own = {key for _, key in applied} | {_definition_key(change) for change in done}
    others = [
        line
        for key, line in definition_changes(plan.rests_on, definition_digests(snapshot)).items()
        if key not in own
    ]
    if done and len(done) == len(plan.calls):
        yield codes.STALE.at(
            None,
            f"the plan is already applied: the workspace has {_address_list(done)} as the plan wants it",
            hint="nothing was done, for nothing of it is left to do; `plan` shows where the workspace stands",
        )
    elif done:
        left = [call for call in plan.calls if call not in done]
        yield codes.STALE.at(
            None,
            f"the plan is already applied in part: the workspace has {_address_list(done)} as the plan wants it, and "
            f"not {_address_list(left)}",
            hint=f"nothing was done: {_ANEW}, of what is left",
        )
    if others:
        yield codes.STALE.at(
            None, f"the workspace has changed since the plan was made: {_first_few(others)}", hint=_ANEW
        )


def _definition_key(change: Change) -> str:
    """What an audience was known by before its name changed."""
    return audience_key(change.name, change.live_id) if change.object == "audience" else change.address


def _other_specs_findings(
    saved: Plan, remade: Plan, declared: Collection[str], *, changed: bool
) -> Iterator[Diagnostic]:
    """`changed`: the workspace is the same, so that what differs between the two plans is for the specs."""
    if saved.specs_digest == remade.specs_digest:
        return
    lines = [
        f"the plan is to {_action_text(change)}, which they do not declare"
        for change in saved.changes
        if change.address not in declared
    ]
    if not lines and changed:
        lines = plan_differences(saved, remade)
    which = f": {_first_few(lines, '; ')}" if lines else ""
    yield codes.OTHER_SPECS.at(
        None,
        f"the specs here are not those that the plan was made from{which}",
        hint=f"apply it where the specs are as they were when it was made, or {_ANEW}",
    )


def _action_text(change: Change) -> str:
    return f"{change.action} `{change.address}`"


def _address_list(changes: Sequence[Change]) -> str:
    return _first_few([f"`{address}`" for address in dict.fromkeys(change.address for change in changes)])


def _first_few(lines: list[str], between: str = ", ") -> str:
    omitted = len(lines) - _SHOWN
    return between.join(lines[:_SHOWN]) + (f" and {omitted} more" if omitted > 0 else "")
