"""Tests of companies that two different companies can meet, with the person of whom that is true."""

from __future__ import annotations

from collections.abc import Callable, Iterator

from intercom_iac.diagnostics import Diagnostic, Related
from intercom_iac.diagnostics.codes import proofs as codes
from intercom_iac.lazy_dataclass import dataclass
from intercom_iac.model import Predicate
from intercom_iac.model.predicate import And, Not, Or, SomeCompany
from intercom_iac.prover import Satisfiable, Unsatisfiable, Verdict, Witness
from intercom_iac.rules import format_rule
from intercom_iac.rules.corrections import replacement_fix
from intercom_iac.rules.normal import chain
from intercom_iac.text import Span

from .questions import Questions
from .segment_rules import SegmentRule

Describe = Callable[[Witness, Predicate], str]
_LONGEST = 400


@dataclass(frozen=True, slots=True)
class CompanyChain:
    """The tests of companies in one `and`, what else it asks, and the same tests of one single company."""

    tests: tuple[SomeCompany, ...]
    others: tuple[Predicate, ...]
    joined: SomeCompany
    adjacent: bool


def split_companies(
    segment: SegmentRule, questions: Questions, describe: Describe
) -> Iterator[tuple[CompanyChain, Verdict, Diagnostic | None]]:
    """For each `and` with several tests of companies: whether one company has to pass them all, and where it does
    not, the finding."""
    for found in _company_chains(segment.rule):
        # Whoever passes the tests of the chain, but with no company all of them.
        asked = (*found.tests, *found.others, Not(found.joined))
        verdict = (
            Unsatisfiable()
            if questions.conjunctions.can_hold(asked) is False
            else questions.decide(chain(And, asked), explain=False)
        )
        finding = _finding(found, verdict.witness, describe) if isinstance(verdict, Satisfiable) else None
        yield found, verdict, finding


def _finding(found: CompanyChain, witness: Witness, describe: Describe) -> Diagnostic | None:
    spans = [test.span for test in found.tests if test.span is not None]
    if len(spans) < len(found.tests):
        return None
    text = format_rule(found.joined)
    hint = (
        f"for a single company write `{text}`"
        if len(text) <= _LONGEST
        else "for a single company write `company(...)`"
    )
    whole = Span(spans[0].file, spans[0].start, spans[-1].end)
    shown = chain(And, (*found.tests, *found.others))
    return codes.SPLIT_COMPANIES.at(
        spans[-1],
        f"two companies can meet these tests, one each: {describe(witness, shown)}",
        hint=hint,
        related=tuple(Related(span, "and this") for span in spans[:-1]),
        fix=replacement_fix(whole, text, safe=False) if found.adjacent else None,
    )


def _company_chains(node: Predicate) -> Iterator[CompanyChain]:
    match node:
        case And(parts=parts):
            tests = tuple(part for part in parts if isinstance(part, SomeCompany))
            if len(tests) > 1:
                at = [index for index, part in enumerate(parts) if isinstance(part, SomeCompany)]
                yield CompanyChain(
                    tests=tests,
                    others=tuple(part for part in parts if not isinstance(part, SomeCompany)),
                    joined=SomeCompany(chain(And, (test.rule for test in tests))),
                    adjacent=at[-1] - at[0] == len(at) - 1,
                )
            for part in parts:
                yield from _company_chains(part)
        case Or(parts=parts):
            for part in parts:
                yield from _company_chains(part)
        case Not(part=part):
            yield from _company_chains(part)
        case _:
            return
