"""GEN1xx: names of the specs that cannot be told apart in generated code."""

from __future__ import annotations

from ..registry import Code, spec

SAME_NAME = Code(
    "GEN101",
    "two names that are one in generated code",
    "Code has narrower names than Intercom: `plan_type` and `plan type` are both `planType` in camel case, the "
    "events `signed-up` and `signed up` are both `signed_up`, and a name stands for one of them only. Nothing is "
    "generated: whichever was chosen, the other would be sent under its name.",
    wrong=spec(
        "version: 1\nattributes:\n  contact:\n"
        "    plan_type: {type: string, messenger_writable: true}\n"
        "    plan-type: {type: string, messenger_writable: true}\n",
        run="generate typescript --case camel",
    ),
    right=spec(
        "version: 1\nattributes:\n  contact:\n"
        "    plan_type: {type: string, messenger_writable: true}\n"
        "    billing_type: {type: string, messenger_writable: true}\n",
        run="generate typescript --case camel",
    ),
)
