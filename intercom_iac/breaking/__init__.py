"""Two revisions of the specs in, every change between them out: breaking, risky or safe, accepted or not.

Imports `model`, `rules`, `diagnostics` and the acceptances of `project`; knows nothing of files, git or terminals.
`changes` compares two schemas, `judge` says what of it is accepted on a day and which release it asks for,
`encode_report` is the JSON of that.
"""

from intercom_iac.diagnostics import LEVELS, Level

from .accepted import expired
from .change import Kind, SchemaChange, elsewhere
from .changes import changes, changes_of_all
from .codec import breaking_schema, encode_report
from .pairing import pairs_of
from .release import Bump, Release, version_text
from .report import Judged, Report, judge
from .rewritten import rewritten

__all__ = [
    "LEVELS",
    "Bump",
    "Judged",
    "Kind",
    "Level",
    "Release",
    "Report",
    "SchemaChange",
    "breaking_schema",
    "changes",
    "changes_of_all",
    "elsewhere",
    "encode_report",
    "expired",
    "judge",
    "pairs_of",
    "rewritten",
    "version_text",
]
