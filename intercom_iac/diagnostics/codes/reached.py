"""The code of what the changes of a plan do to segments."""

from __future__ import annotations

from ..registry import Code, Example

_PROJECT = "version: 1\nworkspaces: {own: {sandbox: .intercom-iac/sandbox.db}}\n"


def _plan_after_applying(options: str) -> Example:
    """A plan of a workspace to which the attribute was applied with three options."""
    specs = (
        "version: 1\nattributes: {{contact: {{plan_type: {{type: options, options: [{options}]}}}}}}\n"
        "segments: {{known: {{name: Plan known, rule: plan_type has any value, publish: [tag]}}}}\n"
    )
    return Example(
        {
            "before.yaml": f"{_PROJECT}specs: before\n",
            "before/example.yaml": specs.format(options="free, trial, pro"),
            "intercom-iac.yaml": _PROJECT,
            "specs/example.yaml": specs.format(options=options),
        },
        run="plan",
        before=("apply --project before.yaml --auto-approve",),
    )


SEGMENT_REACHED = Code(
    "PROOF1070",
    "a change of an attribute reaches a segment",
    "The plan takes an option from an attribute or gives it another type, and a segment that reads it loses or gains "
    "people by that: whoever has the option, or a value of the old type, counts as somebody without one. The message "
    "shows such a person. It is proved for every day from that of the plan on.",
    wrong=_plan_after_applying("free, pro"),
    right=_plan_after_applying("free, trial, pro"),
    severity="info",
)
