"""Typed rule -> a target: contact search, audience filters, SQL, Python, English, the clicks on Intercom's screen.

Imports `rules` and what is below it. A compiler that cannot express a clause says so as a diagnostic at the clause.
"""

from typing import TYPE_CHECKING

from intercom_iac.lazy import lazy_names

if TYPE_CHECKING:
    from .audience.filters import AudienceFilters, AudienceResult, to_audience
    from .english.english import english_text
    from .python.evaluator import evaluate, evaluator
    from .screen.steps import filter_steps
    from .search.query import SearchQuery, to_search

__all__ = [
    "AudienceFilters",
    "AudienceResult",
    "SearchQuery",
    "english_text",
    "evaluate",
    "evaluator",
    "filter_steps",
    "to_audience",
    "to_search",
]

__getattr__ = lazy_names(
    __name__,
    {
        "audience.filters": ["AudienceFilters", "AudienceResult", "to_audience"],
        "english.english": ["english_text"],
        "python.evaluator": ["evaluate", "evaluator"],
        "screen.steps": ["filter_steps"],
        "search.query": ["SearchQuery", "to_search"],
    },
)
