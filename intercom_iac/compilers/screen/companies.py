"""Tests of companies as filters on company data, each of which is asked of a person's companies by itself.

Of a person with one company at most they mean what the rule means. With several, tests that one company has to pass
together may be passed by different ones, and what a negated filter then takes is not known: the filters say so.
"""

from __future__ import annotations

from dataclasses import replace

from .filters import Filter, Form, Group, leaves, map_filters, takes_unknown
from .vocabulary import COMPANY_DATA, SEVERAL_COMPANIES, is_true_of_unknown

TAKES_NO_COMPANY = "a negated company filter also takes people without a company"
LEAVES_NO_COMPANY = "a company filter leaves out people without a company"


def on_company_data(form: Form, *, holds: bool) -> Form:
    """The filters of one company's data as filters of a person's companies.

    `form` takes a company that satisfies a rule; where not `holds`, one that does not, and then every company of the
    person is to be such a one.
    """
    apart = holds and not _asks_together(form) and not any(map(_negates, leaves(form)))
    doubts = () if apart else (SEVERAL_COMPANIES,)

    def on_company(filter_: Filter) -> Filter:
        subject = filter_.subject if filter_.kind == "company tag" else (COMPANY_DATA, *filter_.subject)
        return replace(filter_, subject=subject, doubts=(*filter_.doubts, *doubts))

    return map_filters(form, on_company)


def lacking_without_company(form: Form, *, holds: bool) -> str | None:
    """Why the filters do not mean the rule for a person without a company; None where they do."""
    if takes_unknown(form) is not holds:
        return None
    return TAKES_NO_COMPANY if holds else LEAVES_NO_COMPANY


def _asks_together(form: Form) -> bool:
    return isinstance(form, Group) and (form.match == "all" or any(map(_asks_together, form.parts)))


def _negates(leaf: Form) -> bool:
    return isinstance(leaf, Filter) and is_true_of_unknown(leaf.operator)
