"""Where code sends or reads what the specs declare.

`languages` has a reader a language, which gives mentions: what code sends, as values. `judge` holds them to a
`Schema`, `unused` says what nothing uses, and `UsageReport` has all that is to be said. Nothing is read from the disk
here. Imports `model` and what is below.
"""

from typing import TYPE_CHECKING

from intercom_iac.lazy import lazy_names

if TYPE_CHECKING:
    from .code_file import CodeFile
    from .judge import CodeJudge, Judgement
    from .languages import LANGUAGES, Language, language_of
    from .report import SkippedPath, UsageReport, encode_usages
    from .report_schema import usages_schema
    from .scan import MAX_BYTES, judge_file, may_mention, not_read, not_utf8
    from .unused import archive_candidates, unused_entries, unused_findings
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
    "not_read",
    "not_utf8",
    "unused_entries",
    "unused_findings",
    "usages_schema",
]

__getattr__ = lazy_names(
    __name__,
    {
        "code_file": ["CodeFile"],
        "judge": ["CodeJudge", "Judgement"],
        "languages": ["LANGUAGES", "Language", "language_of"],
        "report": ["SkippedPath", "UsageReport", "encode_usages"],
        "scan": ["MAX_BYTES", "judge_file", "may_mention", "not_read", "not_utf8"],
        "unused": ["archive_candidates", "unused_entries", "unused_findings"],
        "report_schema": ["usages_schema"],
        "use": ["Use", "UseKind"],
    },
)
