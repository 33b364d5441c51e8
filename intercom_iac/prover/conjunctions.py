"""Whether tests of many rules can hold together, asked often and without a person to show.

The rules share their variables, so that a test is looked at once, however many questions it has a part in. What
single variables have to be is already the answer to most of them.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from intercom_iac.model import Predicate
from intercom_iac.model.predicate import And, InSegment, Not, Or, PlainDayTest, day_test_of, own_events
from intercom_iac.model.world import World

from .domains.cells import Mask
from .domains.choices import Choices
from .solver.clauses import Budget, Clause, Variable
from .solver.fields import DateCells, key_of
from .solver.formulas import TRUE, Clauses, Formula, negated
from .solver.space import Space

_STEPS = 5_000
# Groups of variables: all tests of companies, and what is left to the search.
_COMPANIES, _OTHERS = "companies", "others"


@dataclass(frozen=True, slots=True)
class Members:
    """What is known of everybody who satisfies a rule: what is left of single variables, those that tests of several
    variables say more of, and the groups that these all are in."""

    left: Mapping[Variable, Mask]
    linked: frozenset[Variable]
    groups: frozenset[object]


class Conjunctions:
    """Questions about rules that are made of the tests of some rules."""

    def __init__(self, rules: Iterable[Predicate], world: World) -> None:
        self._space = Space(rules, world)
        # By the identity of a rule, which is kept with it so that no other gets it, and whether the rule is to hold.
        self._known: dict[tuple[int, bool], tuple[Predicate, tuple[Clauses, ...]]] = {}
        self._formulas: dict[int, tuple[Predicate, Formula]] = {}
        self._groups: dict[Variable, object] = {}
        self._possible: dict[tuple[Variable, Mask], bool] = {}

    # --- questions ------------------------------------------------------------------------------------------

    def can_hold_by_parts(self, rules: Sequence[Predicate]) -> bool | None:
        """Whether all the rules can hold of one person, where what each variable has to be by itself says so."""
        left: dict[Variable, Mask] = {}
        longer: list[Clause] = []
        for part in self._parts_of(rules):
            if part.clash:
                return False
            for variable, mask in part.units.items():
                mask &= left.get(variable, mask)
                if not mask:
                    return False
                left[variable] = mask
            longer += part.longer
        full = self._space.full
        for clause in longer:
            if not any(left.get(variable, full[variable]) & mask for variable, mask in clause):
                return False
        for clause in longer:
            chosen = next(
                (
                    (variable, rest)
                    for variable, mask in clause
                    if (rest := left.get(variable, full[variable]) & mask)
                ),
                None,
            )
            if chosen is None:
                return None
            left[chosen[0]] = chosen[1]
        return True if self._is_somebody(left) else None

    def can_hold(self, rules: Sequence[Predicate]) -> bool | None:
        """Whether all the rules can hold of one person; None where that was not decided."""
        return self._search(self._parts_of(rules))

    def members(self, rule: Predicate) -> Members:
        """What is known of those who satisfy a rule."""
        parts = self._parts(rule, holds=True)
        left: dict[Variable, Mask] = {}
        for part in parts:
            for variable, mask in part.units.items():
                left[variable] = mask & left.get(variable, mask)
        linked = {variable for part in parts for clause in part.longer for variable, _ in clause}
        groups = {self._group(variable) for variable in (*left, *linked)}
        return Members(left, frozenset(linked), frozenset(groups))

    def are_inside(self, members: Members, clause: Predicate) -> bool | None:
        """Whether everybody who satisfies a rule satisfies a clause, where what each variable has to be by itself
        says so.

        Somebody satisfies the rule.
        """
        left: dict[Variable, Mask] = {}
        groups: set[object] = set()
        is_apart = True
        for part in self._parts(clause, holds=False):
            if part.clash:
                return True
            is_apart = is_apart and not part.longer
            for variable, excluded in part.units.items():
                rest = left.get(variable) or members.left.get(variable, self._space.full[variable])
                if not rest & excluded:
                    return True
                left[variable] = rest & excluded
                group = self._group(variable)
                if group is None:
                    is_apart = is_apart and variable not in members.linked
                elif is_apart:
                    is_apart = not (group == _OTHERS or group in members.groups or group in groups)
                    is_apart = is_apart and self._is_possible(variable, excluded)
                    groups.add(group)
        return False if is_apart else None

    # --- what is known --------------------------------------------------------------------------------------

    def _search(self, parts: Sequence[Clauses]) -> bool | None:
        # Here, since single variables answer all there is to ask of many projects.
        from .solver.procedure import can_hold

        return can_hold(self._space, parts, Budget(_STEPS))

    def _parts_of(self, rules: Iterable[Predicate]) -> list[Clauses]:
        parts: list[Clauses] = []
        for rule in rules:
            parts += self._parts(rule, holds=True)
        return parts

    def _parts(self, rule: Predicate, *, holds: bool) -> tuple[Clauses, ...]:
        """The clauses of each rule in a conjunction: those of most are known."""
        known = self._known.get((id(rule), holds))
        if known is None:
            known = self._known[id(rule), holds] = rule, self._find_parts(rule, holds=holds)
        return known[1]

    def _find_parts(self, rule: Predicate, *, holds: bool) -> tuple[Clauses, ...]:
        if isinstance(rule, Not):
            return self._parts(rule.part, holds=not holds)
        if isinstance(rule, InSegment):
            return self._parts(rule.rule, holds=holds)
        if isinstance(rule, And if holds else Or):
            return tuple(found for part in rule.parts for found in self._parts(part, holds=holds))
        formula = self._formula(rule)
        return (self._space.clauses(formula if holds else negated(formula, self._space.full)),)

    def _formula(self, rule: Predicate) -> Formula:
        known = self._formulas.get(id(rule))
        if known is None:
            known = self._formulas[id(rule)] = rule, self._space.formula(rule)
        return known[1]

    def _is_somebody(self, left: Mapping[Variable, Mask]) -> bool:
        """Whether there is certainly somebody of whom this is left, since none of it says anything of the rest."""
        groups: set[object] = set()
        company_tests: set[bool] = set()
        for variable, mask in left.items():
            group = self._group(variable)
            if group is None:
                continue
            if group == _COMPANIES:
                # Without a company that a test asks for, what no company may be like asks for nothing.
                company_tests.add(mask == TRUE)
                if len(company_tests) > 1:
                    return False
            elif group == _OTHERS or group in groups:
                return False
            groups.add(group)
            if not self._is_possible(variable, mask):
                return False
        return True

    def _group(self, variable: Variable) -> object:
        """What variables say something of each other: the tests of one event, of one text, of one date. None where a
        variable may have any value that is left of it, whatever others have."""
        if variable not in self._groups:
            self._groups[variable] = self._find_group(variable)
        return self._groups[variable]

    def _find_group(self, variable: Variable) -> object:
        space = self._space
        if (event := space.events.get(variable)) is not None:
            window, names = day_test_of(event), own_events(event)
            is_plain = window is None or isinstance(window, PlainDayTest)
            return ("event", *names) if is_plain and len(names) == 1 else _OTHERS
        if variable in space.companies:
            return _COMPANIES
        if variable in space.intercom_segments:
            return _OTHERS
        if variable in space.matches:
            variable = space.matches[variable][0]
        subject = space.subjects.get(variable)
        if subject is None:
            return None
        if subject.part == "difference" or (subject.part != "value" and space.world.last is not None):
            return _OTHERS
        cells = space.fields[key_of(subject.field)]
        if isinstance(cells, DateCells):
            has_others = cells.from_today is not None and cells.in_calendar is not None
        else:
            has_others = isinstance(cells, Choices) and bool(cells.others)
        return (subject.slot, key_of(subject.field)) if has_others else None

    def _is_possible(self, variable: Variable, mask: Mask) -> bool:
        """Whether somebody certainly has what is left of a variable."""
        known = self._possible.get((variable, mask))
        if known is None:
            known = self._search([Clauses({variable: mask})]) is True
            self._possible[variable, mask] = known
        return known
