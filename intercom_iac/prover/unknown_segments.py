"""Rules that ask for segments which were built in Intercom, whose rules nobody knows."""

from __future__ import annotations

from collections.abc import Callable

from intercom_iac.model import Predicate
from intercom_iac.model.predicate import And, InIntercomSegment, Not, Or
from intercom_iac.rules.normal import chain

# Whether a contact is in a segment, or whether a test of it is to pass, by the segment and what the test says.
Answer = Callable[[InIntercomSegment, bool], bool]


def answer_segments(rule: Predicate, passes: Answer) -> Predicate | bool:
    """The rule in normal form, each test of such a segment, or `not` before one, answered by `passes`.

    `passes` is asked about the segment, and whether the contact has to be in it.
    """
    match rule:
        case InIntercomSegment():
            return passes(rule, True)
        case Not(part=InIntercomSegment() as part):
            return passes(part, False)
        case And(parts=parts) | Or(parts=parts):
            decisive = isinstance(rule, Or)
            left: list[Predicate] = []
            for part in parts:
                answer = answer_segments(part, passes)
                if answer is decisive:
                    return decisive
                if not isinstance(answer, bool):
                    left.append(answer)
            return chain(type(rule), left, rule.span) if left else not decisive
        case _:
            return rule
