"""How the people of a segment change: the verdicts, and the words for them."""

from __future__ import annotations

from dataclasses import field
from typing import Literal

from intercom_iac.lazy_dataclass import dataclass
from intercom_iac.model import Predicate
from intercom_iac.prover import Satisfiable, Unknown, Unsatisfiable, Verdict

Rules = tuple[Predicate, Predicate]
"""The rule of a segment before and after."""
MemberRelation = Literal["equivalent", "narrower", "wider", "incomparable", "unknown"]
Cause = Literal["rule", "reference", "options", "type", "source", "restored"]


@dataclass(frozen=True, slots=True)
class MemberCount:
    """How many people; not `exact` where it is only sure that there are no more."""

    count: int
    exact: bool = True

    def __str__(self) -> str:
        return f"{'' if self.exact else 'at most '}{self.count:,}"


@dataclass(frozen=True, slots=True, kw_only=True)
class MemberCounts:
    """How many people belong to a segment before and after a change, how many enter and how many leave."""

    before: MemberCount
    after: MemberCount
    enter: MemberCount
    leave: MemberCount

    @property
    def changes(self) -> MemberCount:
        """How many enter or leave."""
        return MemberCount(self.enter.count + self.leave.count, exact=self.enter.exact and self.leave.exact)

    @property
    def least_changes(self) -> int:
        """How many enter or leave for sure."""
        moved = abs(self.after.count - self.before.count) if self.before.exact and self.after.exact else 0
        return max(moved, sum(count.count for count in (self.enter, self.leave) if count.exact))

    @property
    def text(self) -> str:
        return f"{self.before} people before, {self.after} after; {self.enter} enter, {self.leave} leave"


@dataclass(frozen=True, slots=True, kw_only=True)
class MemberChange:
    """Who would enter a segment and who would leave it, each a verdict about somebody who would.

    `stays` is about somebody who belongs to it before and after. `cause` says what changed: its own rule, a segment
    that it refers to, the options or the type of an attribute, where its members come from, or that it was archived.
    `entering` and `leaving` are the witnesses in words. `option` is an attribute and its new option, with which they
    enter. `rules` are the old and the new rule, where these are what changed; `counts` is None where nobody was
    counted.
    """

    enters: Verdict
    leaves: Verdict
    stays: Verdict
    cause: Cause = "rule"
    entering: str | None = None
    leaving: str | None = None
    option: tuple[str, str] | None = None
    rules: Rules | None = field(default=None, compare=False, repr=False)
    counts: MemberCounts | None = None

    @property
    def relation(self) -> MemberRelation:
        """How the new rule stands to the old one."""
        nobody_enters, nobody_leaves = (
            isinstance(verdict, Unsatisfiable) for verdict in (self.enters, self.leaves)
        )
        somebody_enters, somebody_leaves = (
            isinstance(verdict, Satisfiable) for verdict in (self.enters, self.leaves)
        )
        if nobody_enters and nobody_leaves:
            return "equivalent"
        if nobody_enters and somebody_leaves:
            return "narrower"
        if somebody_enters and nobody_leaves:
            return "wider"
        return "incomparable" if somebody_enters and somebody_leaves else "unknown"

    @property
    def reason(self) -> str | None:
        """Why something was not decided; None where everything was."""
        reasons = [verdict.reason for verdict in (self.enters, self.leaves) if isinstance(verdict, Unknown)]
        return "; ".join(dict.fromkeys(reasons)) or None

    @property
    def may_enter(self) -> bool:
        """Whether somebody enters, or nobody knows."""
        return not isinstance(self.enters, Unsatisfiable)

    @property
    def people(self) -> dict[str, str]:
        """Who enters and who leaves, in words: `{"enters": "ada@example.com with ...", "leaves": "nobody"}`; nothing
        where nobody does. Why neither was decided stands under `not decided`."""
        if self.relation == "equivalent":
            return {}
        if isinstance(self.enters, Unknown) and isinstance(self.leaves, Unknown):
            return {"not decided": self.reason or ""}
        people = {
            "enters": _person(self.enters, self.entering),
            "leaves": _person(self.leaves, self.leaving),
        }
        if self.relation == "incomparable" and isinstance(self.stays, Unsatisfiable):
            people["stays"] = "nobody"
        return people


def _person(verdict: Verdict, described: str | None) -> str:
    match verdict:
        case Satisfiable():
            return described or ""
        case Unsatisfiable():
            return "nobody"
        case Unknown(reason=reason):
            return f"not decided, {reason}"
