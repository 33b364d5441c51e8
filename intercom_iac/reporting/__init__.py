"""Plans, outcomes and diagnostics for people and machines. Formats only: decides nothing, prints nothing."""

from .breaking_markdown import breaking_markdown
from .breaking_text import breaking_summary, breaking_text
from .changelog import changelog_json, changelog_markdown
from .findings import Examined, findings, findings_json
from .journal import left_text
from .matrix import matrix_json, matrix_markdown, matrix_text
from .no_plan_markdown import no_plan_markdown
from .outcome import error_text, outcome_json, outcome_text, started_text
from .plan_html import plan_html
from .plan_markdown import plan_markdown
from .plan_text import Screen, plan_text
from .preview import preview_json, preview_text

__all__ = [
    "Examined",
    "Screen",
    "breaking_markdown",
    "breaking_summary",
    "breaking_text",
    "changelog_json",
    "changelog_markdown",
    "error_text",
    "findings",
    "findings_json",
    "left_text",
    "matrix_json",
    "matrix_markdown",
    "matrix_text",
    "no_plan_markdown",
    "outcome_json",
    "outcome_text",
    "plan_html",
    "plan_markdown",
    "plan_text",
    "preview_json",
    "preview_text",
    "started_text",
]
