"""Plans, outcomes and diagnostics for people and machines. Formats only: decides nothing, prints nothing."""

from typing import TYPE_CHECKING

from intercom_iac.lazy import lazy_names

if TYPE_CHECKING:
    from .audit.html import audit_html
    from .audit.markdown import audit_markdown
    from .audit.text import audit_text
    from .breaking.changelog import changelog_json, changelog_markdown
    from .breaking.markdown import breaking_markdown
    from .breaking.text import breaking_summary, breaking_text
    from .delivery import delivery_progress_text
    from .diagnostics.formats import findings, findings_json
    from .diagnostics.places import Examined
    from .diagnostics.terminal import diagnostics_text, error_text
    from .drift.markdown import drift_markdown
    from .drift.text import drift_text
    from .evaluated_witnesses import evaluated_witnesses_json, evaluated_witnesses_text
    from .explanations import code_json, code_text, object_text
    from .imported import import_text
    from .journal import abandoned_apply_text
    from .membership_diff import membership_diff_json, membership_diff_text
    from .outcome import outcome_json, outcome_text, started_text
    from .payloads import payload_summary, payload_text
    from .plan.html import plan_html
    from .plan.markdown import plan_markdown
    from .plan.no_plan import no_plan_markdown
    from .plan.side_by_side.data import side_by_side_json
    from .plan.side_by_side.markdown import side_by_side_markdown
    from .plan.side_by_side.text import side_by_side_text
    from .plan.text import Screen, plan_text
    from .preview import preview_json, preview_text
    from .publish import publish_json, publish_outcome_text, publish_plan_text
    from .relations.data import related_json, related_json_parts
    from .relations.html import related_html
    from .relations.text import related_text
    from .renamed import renamed_json, renamed_text
    from .rule_tests.data import mutations_json, proposed_json, tested_json
    from .rule_tests.text import mutations_text, proposed_text, tested_text
    from .sync.data import sync_json
    from .sync.outcome_text import sync_outcome_text
    from .sync.plan_text import sync_plan_text
    from .usages import usages_text
    from .workspace_diff import workspace_diff_json, workspace_diff_markdown, workspace_diff_text

__all__ = [
    "Examined",
    "Screen",
    "abandoned_apply_text",
    "audit_html",
    "audit_markdown",
    "audit_text",
    "breaking_markdown",
    "breaking_summary",
    "breaking_text",
    "changelog_json",
    "changelog_markdown",
    "code_json",
    "code_text",
    "delivery_progress_text",
    "diagnostics_text",
    "drift_markdown",
    "drift_text",
    "error_text",
    "evaluated_witnesses_json",
    "evaluated_witnesses_text",
    "findings",
    "findings_json",
    "import_text",
    "membership_diff_json",
    "membership_diff_text",
    "mutations_json",
    "mutations_text",
    "no_plan_markdown",
    "object_text",
    "outcome_json",
    "outcome_text",
    "payload_summary",
    "payload_text",
    "plan_html",
    "plan_markdown",
    "plan_text",
    "preview_json",
    "preview_text",
    "proposed_json",
    "proposed_text",
    "publish_json",
    "publish_outcome_text",
    "publish_plan_text",
    "related_html",
    "related_json",
    "related_json_parts",
    "related_text",
    "renamed_json",
    "renamed_text",
    "side_by_side_json",
    "side_by_side_markdown",
    "side_by_side_text",
    "started_text",
    "sync_json",
    "sync_outcome_text",
    "sync_plan_text",
    "tested_json",
    "tested_text",
    "usages_text",
    "workspace_diff_json",
    "workspace_diff_markdown",
    "workspace_diff_text",
]

__getattr__ = lazy_names(
    __name__,
    {
        "audit.html": ["audit_html"],
        "audit.markdown": ["audit_markdown"],
        "audit.text": ["audit_text"],
        "breaking.changelog": ["changelog_json", "changelog_markdown"],
        "breaking.markdown": ["breaking_markdown"],
        "breaking.text": ["breaking_summary", "breaking_text"],
        "delivery": ["delivery_progress_text"],
        "diagnostics": ["Examined", "findings", "findings_json"],
        "drift.markdown": ["drift_markdown"],
        "drift.text": ["drift_text"],
        "evaluated_witnesses": ["evaluated_witnesses_json", "evaluated_witnesses_text"],
        "explanations": ["code_json", "code_text", "object_text"],
        "imported": ["import_text"],
        "journal": ["abandoned_apply_text"],
        "diagnostics.terminal": ["diagnostics_text", "error_text"],
        "membership_diff": ["membership_diff_json", "membership_diff_text"],
        "outcome": ["outcome_json", "outcome_text", "started_text"],
        "payloads": ["payload_summary", "payload_text"],
        "plan.html": ["plan_html"],
        "plan.markdown": ["plan_markdown"],
        "plan.side_by_side.data": ["side_by_side_json"],
        "plan.side_by_side.markdown": ["side_by_side_markdown"],
        "plan.side_by_side.text": ["side_by_side_text"],
        "plan.no_plan": ["no_plan_markdown"],
        "plan.text": ["Screen", "plan_text"],
        "preview": ["preview_json", "preview_text"],
        "workspace_diff": [
            "workspace_diff_json",
            "workspace_diff_markdown",
            "workspace_diff_text",
        ],
        "publish": ["publish_json", "publish_outcome_text", "publish_plan_text"],
        "relations.data": ["related_json", "related_json_parts"],
        "relations.html": ["related_html"],
        "relations.text": ["related_text"],
        "rule_tests.data": ["mutations_json", "proposed_json", "tested_json"],
        "rule_tests.text": ["mutations_text", "proposed_text", "tested_text"],
        "renamed": ["renamed_json", "renamed_text"],
        "sync.data": ["sync_json"],
        "sync.outcome_text": ["sync_outcome_text"],
        "sync.plan_text": ["sync_plan_text"],
        "usages": ["usages_text"],
    },
)
