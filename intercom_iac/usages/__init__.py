"""Where code sends or reads what the specs declare.

`languages` has a reader a language, which gives mentions: what code sends, as values. `judging` holds them to a
`Schema` and says what nothing uses, and `UsageReport` has all that is to be said. Nothing is read from the disk
here. Imports `model` and what is below.
"""

from typing import TYPE_CHECKING

from intercom_iac.lazy import lazy_names

if TYPE_CHECKING:
    from .code_file import CodeFile
    from .judging.judge import CodeJudge, Judgement
    from .judging.unused import archive_candidates, unused_entries, unused_findings
    from .languages import LANGUAGES, Language, language_of
    from .report import SkippedPath, UsageReport, encode_usages
    from .report_schema import usages_schema
    from .scan import MAX_BYTES, judge_file, may_mention, misencoded_file, unread_file
    from .use import Use, UseKind

__all__ = [
    "LANGUAGES",
    "MAX_BYTES",
    "CodeFile",
    "CodeJudge",
    "Judgement",
    "Language",
    "SkippedPath",
    "UsageReport",
    "Use",
    "UseKind",
    "archive_candidates",
    "encode_usages",
    "judge_file",
    "language_of",
    "may_mention",
    "misencoded_file",
    "unread_file",
    "unused_entries",
    "unused_findings",
    "usages_schema",
]

__getattr__ = lazy_names(
    __name__,
    {
        "code_file": ["CodeFile"],
        "judging.judge": ["CodeJudge", "Judgement"],
        "languages": ["LANGUAGES", "Language", "language_of"],
        "report": ["SkippedPath", "UsageReport", "encode_usages"],
        "scan": ["MAX_BYTES", "judge_file", "may_mention", "misencoded_file", "unread_file"],
        "judging.unused": ["archive_candidates", "unused_entries", "unused_findings"],
        "report_schema": ["usages_schema"],
        "use": ["Use", "UseKind"],
    },
)
