"""Two revisions of the specs in, every change between them out: breaking, risky or safe, accepted or not.

`compare_schemas` compares two schemas, `build_report` says what of it is accepted on a day and which release it asks
for, `encode_report` is the JSON of that. Imports `changes`, `model`, `rules`, `diagnostics` and the acceptances of
`project`; knows nothing of files, git or terminals.
"""

from intercom_iac.changes import Kind
from intercom_iac.diagnostics import LEVELS, Level

from .acceptances import expiry_diagnostic
from .change import SchemaChange, span_in_revision
from .codec import breaking_schema, encode_members, encode_report
from .comparison import compare_schemas, compare_workspaces
from .members import MemberChange, MemberCount, MemberCounts
from .members.member_change import Rules
from .release import Bump, Release, version_text
from .report import Report, ReportedChange, build_report
from .rule_changes import segments_with_other_rules
from .schema_pairs import pair_schemas

__all__ = [
    "LEVELS",
    "Bump",
    "Kind",
    "Level",
    "MemberChange",
    "MemberCount",
    "MemberCounts",
    "Release",
    "Report",
    "ReportedChange",
    "Rules",
    "SchemaChange",
    "breaking_schema",
    "build_report",
    "compare_schemas",
    "compare_workspaces",
    "encode_members",
    "encode_report",
    "expiry_diagnostic",
    "pair_schemas",
    "segments_with_other_rules",
    "span_in_revision",
    "version_text",
]
