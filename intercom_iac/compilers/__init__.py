"""Typed rule -> a target: contact search, audience filters, SQL, Python, English, the clicks on Intercom's screen.

Imports `rules` and what is below it. Each compiler agrees with `rules.meaning` on every contact, and declares what it
does not support as rows of data, its `UNSUPPORTED`; `limitations` has their shape.
"""

from typing import TYPE_CHECKING

from intercom_iac.lazy import lazy_names

if TYPE_CHECKING:
    from .audience.decompile import Decompiled, decompile, same_filters
    from .audience.filters import AudienceFilters, AudienceResult, to_audience
    from .english.english import to_english
    from .python.evaluator import evaluator, parts_evaluator
    from .screen.steps import to_screen_steps
    from .search.query import SearchQuery, to_search

__all__ = [
    "AudienceFilters",
    "AudienceResult",
    "Decompiled",
    "SearchQuery",
    "decompile",
    "evaluator",
    "parts_evaluator",
    "same_filters",
    "to_audience",
    "to_english",
    "to_screen_steps",
    "to_search",
]

__getattr__ = lazy_names(
    __name__,
    {
        "audience.decompile": ["Decompiled", "decompile", "same_filters"],
        "audience.filters": ["AudienceFilters", "AudienceResult", "to_audience"],
        "english.english": ["to_english"],
        "python.evaluator": ["evaluator", "parts_evaluator"],
        "screen.steps": ["to_screen_steps"],
        "search.query": ["SearchQuery", "to_search"],
    },
)
