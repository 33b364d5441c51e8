"""Tests of companies as filters on company data, each of which is asked of a person's companies by itself.

Of a person with one company at most they mean what the rule means. With several, tests that one company has to pass
together may be passed by different ones, and what a negated filter then takes is not known: the filters say so.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace

from intercom_iac.model.standard import STANDARD

from .filters import Filter, Form, Group, join, leaves, map_filters, takes_unknown
from .vocabulary import COMPANY_DATA, EVERY_COMPANY_HAS_IT, SEVERAL_COMPANIES, Operator, is_true_of_unknown


def on_company_data(form: Form, clause: Callable[[], str], *, holds: bool) -> Form:
    """The filters of one company's data as filters of a person's companies.

    `form` takes a company that satisfies a rule; where not `holds`, one that does not, and then every company of the
    person is to be such a one, or the person has none. `clause` is the text of the rule.
    """
    apart = holds and not _asks_together(form) and not any(map(_negates, leaves(form)))
    doubts = () if apart else (SEVERAL_COMPANIES,)

    def on_company(filter_: Filter) -> Filter:
        subject = filter_.subject if filter_.kind == "company tag" else (COMPANY_DATA, *filter_.subject)
        return replace(filter_, subject=subject, doubts=(*filter_.doubts, *doubts))

    filters = map_filters(form, on_company)
    if takes_unknown(form) is not holds:
        return filters
    # A negated filter takes people without a company, too, and one that is not negated leaves them out.
    if holds:
        return join("all", (filters, _company_id("has any value")), clause)
    return join("any", (filters, _company_id("is unknown")), clause)


def _company_id(operator: Operator) -> Filter:
    """Whether there is a company: each has an id."""
    subject = (COMPANY_DATA, STANDARD["company", "company_id"].label)
    return Filter(subject, "text", operator, doubts=(EVERY_COMPANY_HAS_IT,))


def _asks_together(form: Form) -> bool:
    return isinstance(form, Group) and (form.match == "all" or any(map(_asks_together, form.parts)))


def _negates(leaf: Form) -> bool:
    return isinstance(leaf, Filter) and is_true_of_unknown(leaf.operator)
