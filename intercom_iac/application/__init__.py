"""What the program does, a function a use-case: values in, values out; no click, no printing, no exit codes.

A `Session` is a project, a workspace of it and a day. What a use-case tells before it returns goes to a function of
the adapter (`notices`); `apply` has an `Overseer`, who approves and follows it. Adapters such as `cli` join what is
returned here to what `reporting` makes of it; the two rooms do not know each other.
"""

from typing import TYPE_CHECKING

from intercom_iac.lazy import lazy_names

if TYPE_CHECKING:
    from .auditing import audit
    from .checking import Checked, check
    from .checking_payloads import PayloadRequest, check_payloads, errors_file
    from .drifting.finding import find_drift
    from .edited_files import byte_order_marks
    from .embedded import (
        ExportedFile,
        SeededWorkspace,
        SegmentQuery,
        ServerSettings,
        add_sandbox_segment,
        embedded_file,
        export_people,
        read_segment_query,
        reset_sandbox,
        seed_sandbox,
        serve_sandbox,
        session_if_any,
    )
    from .explaining import explain_code, explain_object, is_code
    from .fixing import Fixed, FixedFile, fix_specs, write_fixed_files
    from .format_schemas import FORMAT_NAMES, FormatName, format_schema
    from .formatting import Formatted, NamedFile, format_files, project_files, project_words
    from .generating import (
        GeneratedChange,
        generate_code,
        generated_changes,
        generated_folder,
        write_generated,
    )
    from .importing import ImportRequest, import_proposal, import_workspace, write_import
    from .member_counts import report_changes
    from .moving import Renamed, move, write_renamed
    from .notices import Notice, Notify, ignore_notice
    from .plans.applying import Outcome, Overseer, apply
    from .plans.planning import PlanRequest, plan, plan_all
    from .plans.saved import read_plan, read_plan_to_apply, save_plan
    from .plans.snapshots import plan_from_snapshot, read_snapshot
    from .promoting import promote
    from .publishing.comparing import MembershipDiff, compare_members
    from .publishing.publishing import PublishReport, publish
    from .publishing.request import PublishOverseer, PublishRequest
    from .reading_sources import propose_from_files
    from .record_schemas import RECORD_SCHEMA_NAMES, RecordSchemaName, record_schema
    from .revisions import Changelog, Comparison, changelog, compare_revisions
    from .rules.compiling import (
        Compiled,
        CompiledRule,
        compile_counts,
        compile_rule,
        compile_segments,
    )
    from .rules.dbt_models import compile_to_dbt
    from .rules.evaluating import Evaluation, evaluate_rule, satisfying
    from .rules.evaluation_day import EvaluationDay
    from .rules.mutating import mutate_segments
    from .rules.previewing import PreviewedSegments, preview_segments
    from .rules.proof_world import proof_world
    from .rules.proposing_tests import propose_segment_tests, write_segment_tests
    from .rules.reading import TypedRule, read_rule, read_rule_document, read_rule_file
    from .rules.relating import ProofRequest, Related, relate_predicates, relate_segments, relate_texts
    from .rules.segments import SegmentSummary, list_segments
    from .rules.stages import RuleView, view_normal_form, view_syntax, view_tokens, view_types
    from .rules.testing import run_segment_tests
    from .rules.witness_files import EvaluatedWitness, evaluate_witnesses, holds_witnesses
    from .scanning.scan import scan_code
    from .session import ChosenWorkspace, Loaded, Session, open_session
    from .standalone import standalone_session
    from .starting import start_project, workspace_to_start
    from .syncing.backfill import sync_replacement
    from .syncing.carrying_out import refuse_protected
    from .syncing.overseer import SyncOverseer
    from .syncing.request import SyncRequest
    from .syncing.retrying import retry_sync
    from .syncing.saved import sync_saved
    from .syncing.sources import SYNCED_RECORDS
    from .syncing.syncing import DeliveryProgress, SyncReport, sync
    from .watching import repeat
    from .workspace_diff import WorkspaceDiff, diff_workspaces

__all__ = [
    "FORMAT_NAMES",
    "RECORD_SCHEMA_NAMES",
    "SYNCED_RECORDS",
    "Changelog",
    "Checked",
    "ChosenWorkspace",
    "Comparison",
    "Compiled",
    "CompiledRule",
    "DeliveryProgress",
    "EvaluatedWitness",
    "Evaluation",
    "EvaluationDay",
    "ExportedFile",
    "Fixed",
    "FixedFile",
    "FormatName",
    "Formatted",
    "GeneratedChange",
    "ImportRequest",
    "Loaded",
    "MembershipDiff",
    "NamedFile",
    "Notice",
    "Notify",
    "Outcome",
    "Overseer",
    "PayloadRequest",
    "PlanRequest",
    "PreviewedSegments",
    "ProofRequest",
    "PublishOverseer",
    "PublishReport",
    "PublishRequest",
    "RecordSchemaName",
    "Related",
    "Renamed",
    "RuleView",
    "SeededWorkspace",
    "SegmentQuery",
    "SegmentSummary",
    "ServerSettings",
    "Session",
    "SyncOverseer",
    "SyncReport",
    "SyncRequest",
    "TypedRule",
    "WorkspaceDiff",
    "add_sandbox_segment",
    "apply",
    "audit",
    "byte_order_marks",
    "changelog",
    "check",
    "check_payloads",
    "compare_members",
    "compare_revisions",
    "compile_counts",
    "compile_rule",
    "compile_segments",
    "compile_to_dbt",
    "diff_workspaces",
    "embedded_file",
    "errors_file",
    "evaluate_rule",
    "evaluate_witnesses",
    "explain_code",
    "explain_object",
    "export_people",
    "find_drift",
    "fix_specs",
    "format_files",
    "format_schema",
    "generate_code",
    "generated_changes",
    "generated_folder",
    "holds_witnesses",
    "ignore_notice",
    "import_proposal",
    "import_workspace",
    "is_code",
    "list_segments",
    "move",
    "mutate_segments",
    "open_session",
    "plan",
    "plan_all",
    "plan_from_snapshot",
    "preview_segments",
    "project_files",
    "project_words",
    "promote",
    "proof_world",
    "propose_from_files",
    "propose_segment_tests",
    "publish",
    "read_plan",
    "read_plan_to_apply",
    "read_rule",
    "read_rule_document",
    "read_rule_file",
    "read_segment_query",
    "read_snapshot",
    "record_schema",
    "refuse_protected",
    "relate_predicates",
    "relate_segments",
    "relate_texts",
    "repeat",
    "report_changes",
    "reset_sandbox",
    "retry_sync",
    "run_segment_tests",
    "satisfying",
    "save_plan",
    "scan_code",
    "seed_sandbox",
    "serve_sandbox",
    "session_if_any",
    "standalone_session",
    "start_project",
    "sync",
    "sync_replacement",
    "sync_saved",
    "view_normal_form",
    "view_syntax",
    "view_tokens",
    "view_types",
    "workspace_to_start",
    "write_fixed_files",
    "write_generated",
    "write_import",
    "write_renamed",
    "write_segment_tests",
]

__getattr__ = lazy_names(
    __name__,
    {
        "auditing": ["audit"],
        "checking": ["Checked", "check"],
        "checking_payloads": ["PayloadRequest", "check_payloads", "errors_file"],
        "drifting.finding": ["find_drift"],
        "embedded": [
            "ExportedFile",
            "SeededWorkspace",
            "SegmentQuery",
            "ServerSettings",
            "add_sandbox_segment",
            "embedded_file",
            "export_people",
            "read_segment_query",
            "reset_sandbox",
            "seed_sandbox",
            "serve_sandbox",
            "session_if_any",
        ],
        "edited_files": ["byte_order_marks"],
        "explaining": ["explain_code", "explain_object", "is_code"],
        "fixing": ["Fixed", "FixedFile", "fix_specs", "write_fixed_files"],
        "format_schemas": ["FORMAT_NAMES", "FormatName", "format_schema"],
        "formatting": ["Formatted", "NamedFile", "format_files", "project_files", "project_words"],
        "generating": [
            "GeneratedChange",
            "generate_code",
            "generated_changes",
            "generated_folder",
            "write_generated",
        ],
        "importing": ["ImportRequest", "import_proposal", "import_workspace", "write_import"],
        "member_counts": ["report_changes"],
        "moving": ["Renamed", "move", "write_renamed"],
        "notices": ["Notice", "Notify", "ignore_notice"],
        "plans.applying": ["Outcome", "Overseer", "apply"],
        "plans.planning": ["PlanRequest", "plan", "plan_all"],
        "plans.saved": ["read_plan", "read_plan_to_apply", "save_plan"],
        "plans.snapshots": ["plan_from_snapshot", "read_snapshot"],
        "promoting": ["promote"],
        "publishing.comparing": ["MembershipDiff", "compare_members"],
        "publishing.publishing": ["PublishReport", "publish"],
        "publishing.request": ["PublishOverseer", "PublishRequest"],
        "reading_sources": ["propose_from_files"],
        "record_schemas": ["RECORD_SCHEMA_NAMES", "RecordSchemaName", "record_schema"],
        "revisions": ["Changelog", "Comparison", "changelog", "compare_revisions"],
        "rules.compiling": [
            "Compiled",
            "CompiledRule",
            "compile_counts",
            "compile_rule",
            "compile_segments",
        ],
        "rules.dbt_models": ["compile_to_dbt"],
        "rules.evaluating": ["Evaluation", "evaluate_rule", "satisfying"],
        "rules.evaluation_day": ["EvaluationDay"],
        "rules.previewing": ["PreviewedSegments", "preview_segments"],
        "rules.proof_world": ["proof_world"],
        "rules.reading": ["TypedRule", "read_rule", "read_rule_document", "read_rule_file"],
        "rules.mutating": ["mutate_segments"],
        "rules.proposing_tests": ["propose_segment_tests", "write_segment_tests"],
        "rules.testing": ["run_segment_tests"],
        "rules.relating": ["ProofRequest", "Related", "relate_predicates", "relate_segments", "relate_texts"],
        "rules.segments": ["SegmentSummary", "list_segments"],
        "rules.witness_files": ["EvaluatedWitness", "evaluate_witnesses", "holds_witnesses"],
        "rules.stages": ["RuleView", "view_normal_form", "view_syntax", "view_tokens", "view_types"],
        "scanning.scan": ["scan_code"],
        "session": ["ChosenWorkspace", "Loaded", "Session", "open_session"],
        "standalone": ["standalone_session"],
        "starting": ["start_project", "workspace_to_start"],
        "syncing.overseer": ["SyncOverseer"],
        "syncing.backfill": ["sync_replacement"],
        "syncing.request": ["SyncRequest"],
        "syncing.carrying_out": ["refuse_protected"],
        "syncing.retrying": ["retry_sync"],
        "syncing.saved": ["sync_saved"],
        "syncing.sources": ["SYNCED_RECORDS"],
        "syncing.syncing": ["DeliveryProgress", "SyncReport", "sync"],
        "watching": ["repeat"],
        "workspace_diff": ["WorkspaceDiff", "diff_workspaces"],
    },
)
