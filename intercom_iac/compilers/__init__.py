"""Typed rule -> what Intercom takes, a contact search query or an audience's filters; and SQL, in the room `sql`.

Imports `model` and `diagnostics`. Every compiler agrees with `model.evaluate` on every contact, and says as a
diagnostic at the clause what it had to leave behind.
"""

from .audience import AudienceFilters, AudienceResult, to_audience
from .search import SearchQuery, to_search

__all__ = ["AudienceFilters", "AudienceResult", "SearchQuery", "to_audience", "to_search"]
