"""Tests of companies asked of one company, and those of one company asked of several."""

from __future__ import annotations

from collections.abc import Iterator

from intercom_iac.model.predicate import And, Predicate, SomeCompany

from ..normal import chain


def other_companies(node: Predicate) -> Iterator[Predicate]:
    """What the node says of companies, said of as many as there are tests, or of one for all of them."""
    match node:
        case SomeCompany(rule=And(parts=parts), span=span):
            yield And(tuple(SomeCompany(part, part.span) for part in parts), span)
        case And(parts=parts):
            companies = [part for part in parts if isinstance(part, SomeCompany)]
            if len(companies) > 1:
                merged = SomeCompany(chain(And, (company.rule for company in companies)), companies[0].span)
                others = [part for part in parts if not isinstance(part, SomeCompany)]
                yield chain(And, [*others, merged], node.span)
        case _:
            pass
