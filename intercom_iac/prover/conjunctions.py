"""Whether tests of many rules can hold together, asked often and without a person to show.

The rules share their variables, so that a test is looked at once, however many questions it has a part in. What
single variables have to be is already the answer to most of them.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import field
from itertools import combinations

from intercom_iac.lazy_dataclass import dataclass
from intercom_iac.model import Predicate
from intercom_iac.model.predicate import (
    FIELD_TESTS,
    And,
    InSegment,
    Not,
    Occurrences,
    Or,
    PlainDayTest,
    SomeCompany,
    day_test_of,
    own_events,
)
from intercom_iac.model.world import World

from .domains.cells import Mask, bits
from .domains.choices import Choices
from .mask_runs import MaskRuns, Places
from .solver.clauses import Budget, Clause, Variable
from .solver.fields import DateCells, key_of
from .solver.formulas import TRUE, Clauses, Formula, negated
from .solver.space import Space

_STEPS = 5_000
_FEW_CELLS = 8
# Groups of variables: all tests of companies, and what is left to the search.
_COMPANIES, _OTHERS = "companies", "others"


@dataclass(slots=True)
class Comparison:
    """What is known of those who satisfy each of some rules: which rules leave how much of a single variable, which
    say more of one in tests of several, and which say something of a group.

    Of those that read `once` the tests of which one has to hold are `choices`, by what these read: such a rule says
    nothing of a variable there, as long as another test of the choice may hold.
    """

    all: Places = 0
    once: Places = 0
    choices: dict[frozenset[object], Places] = field(default_factory=dict[frozenset[object], Places])
    left: dict[Variable, dict[Mask, Places]] = field(default_factory=dict[Variable, dict[Mask, Places]])
    # The keys of these by their lowest cell, those of several cells, and the rules that leave a single one.
    by_lowest: dict[Variable, dict[Mask, list[Mask]]] = field(
        default_factory=dict[Variable, dict[Mask, list[Mask]]]
    )
    wide: dict[Variable, list[Mask]] = field(default_factory=dict[Variable, list[Mask]])
    single: dict[Variable, Places] = field(default_factory=dict[Variable, Places])
    linked: dict[Variable, Places] = field(default_factory=dict[Variable, Places])
    # Those of many cells, made when they are first asked for.
    runs: dict[Variable, MaskRuns] = field(default_factory=dict[Variable, MaskRuns])
    groups: dict[object, Places] = field(default_factory=dict[object, Places])


def _is_never_shown(_rule: Predicate) -> bool:
    return False


class Conjunctions:
    """Questions about rules that are made of the tests of some rules."""

    def __init__(
        self,
        rules: Iterable[Predicate],
        world: World,
        is_shown: Callable[[Predicate], bool] = _is_never_shown,
    ) -> None:
        """`is_shown`: whether somebody who satisfies a test is easily made up."""
        self._space = Space(rules, world)
        self._is_shown = is_shown
        # By the identity of a rule, which is kept with it so that no other gets it, and whether the rule is to hold.
        self._known: dict[tuple[int, bool], tuple[Predicate, tuple[Clauses, ...]]] = {}
        self._formulas: dict[int, tuple[Predicate, Formula]] = {}
        self._groups: dict[Variable, object] = {}
        self._freedoms: dict[int, tuple[Predicate, object]] = {}
        self._once: dict[int, tuple[Predicate, bool]] = {}
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

    def reads_once(self, rule: Predicate) -> bool:
        """Whether a rule asks for nothing twice, and each of its tests may hold and fail, whatever the others do.

        Then somebody satisfies it, somebody does not, and each of its clauses matters.
        """
        known = self._once.get(id(rule))
        if known is None:
            known = self._once[id(rule)] = rule, self._find_whether_it_reads_once(rule)
        return known[1]

    def _find_whether_it_reads_once(self, rule: Predicate) -> bool:
        read: set[object] = set()
        pending = [rule]
        while pending:
            node = pending.pop()
            if isinstance(node, And | Or):
                pending += node.parts
            elif isinstance(node, Not):
                pending.append(node.part)
            elif isinstance(node, InSegment):
                pending.append(node.rule)
            else:
                freedom = self._freedom(node)
                if freedom is None or freedom in read:
                    return False
                read.add(freedom)
        return True

    def _freedom(self, test: Predicate) -> object:
        """What a test says something of, where it may hold and fail of that; None where that is not known."""
        known = self._freedoms.get(id(test))
        if known is None:
            known = self._freedoms[id(test)] = test, self._find_freedom(test)
        return known[1]

    def _find_freedom(self, test: Predicate) -> object:
        inner = test.rule if isinstance(test, SomeCompany) else None
        if isinstance(test, Occurrences):
            inner = test.where
        if inner is not None and not isinstance(inner, FIELD_TESTS):
            return None
        formula = self._formula(test)
        if not isinstance(formula, tuple):
            return None
        variable, mask = formula
        group = self._group(variable)
        if group is None:
            return variable
        if group == _OTHERS:
            return None
        for rest, rule in ((mask, test), (self._space.full[variable] & ~mask, Not(test))):
            if (variable, rest) not in self._possible and self._is_shown(rule):
                self._possible[variable, rest] = True
            if not self._is_possible(variable, rest):
                return None
        return group

    def compare(self, rules: Sequence[Predicate | None]) -> Comparison:
        """What single variables say of who satisfies which of the rules; nothing of None. Somebody satisfies each,
        where it is asked which rules do not imply a clause."""
        comparison = Comparison()
        for at, rule in enumerate(rules):
            if rule is not None:
                self._compare(comparison, 1 << at, rule)
        return comparison

    def _compare(self, comparison: Comparison, own: Places, rule: Predicate) -> None:
        left: dict[Variable, Mask] = {}
        linked: list[Variable] = []
        choices: list[frozenset[object]] = []
        for part in self._parts(rule, holds=True):
            for variable, mask in part.units.items():
                left[variable] = mask & left.get(variable, mask)
            for clause in part.longer:
                variables = [variable for variable, _ in clause]
                linked += variables
                choices.append(frozenset(map(self._what_it_reads, variables)))
        # A variable that stands in two choices is one that the clauses were made with.
        if len(set(linked)) == len(linked) and self.reads_once(rule):
            comparison.once |= own
            linked.clear()
            for choice in choices:
                comparison.choices[choice] = comparison.choices.get(choice, 0) | own
        for variable, mask in left.items():
            masks = comparison.left.setdefault(variable, {})
            lowest = mask & -mask
            if mask not in masks:
                comparison.by_lowest.setdefault(variable, {}).setdefault(lowest, []).append(mask)
                if mask != lowest:
                    comparison.wide.setdefault(variable, []).append(mask)
            masks[mask] = masks.get(mask, 0) | own
            if mask == lowest:
                comparison.single[variable] = comparison.single.get(variable, 0) | own
        for variable in linked:
            comparison.linked[variable] = comparison.linked.get(variable, 0) | own
        for group in {self._group(variable) for variable in (*left, *linked)}:
            comparison.groups[group] = comparison.groups.get(group, 0) | own
        comparison.all |= own

    def implying(self, comparison: Comparison, clause: Predicate) -> tuple[Places, Places]:
        """The rules that imply a clause, and those that do not, where single variables say so."""
        outside = self._parts(clause, holds=False)
        excluded: dict[Variable, Mask] = {}
        for part in outside:
            for variable, mask in part.units.items():
                excluded[variable] = mask & excluded.get(variable, mask)
        if any(part.clash for part in outside) or not all(excluded.values()):
            return comparison.all, 0
        implies = 0
        for variable, mask in excluded.items():
            implies |= self._leaving_none_of(comparison, variable, mask)
        if any(part.longer for part in outside):
            return implies, 0
        return implies, self._has_some(comparison, excluded) & ~implies

    def _leaving_none_of(self, comparison: Comparison, variable: Variable, mask: Mask) -> Places:
        """The rules that leave none of these cells of a variable. Not all are looked at where the cells are few, or
        all but a few, as they are of a test for one value."""
        masks = comparison.left.get(variable)
        if masks is None:
            return 0
        found = 0
        others = self._space.full[variable] & ~mask
        if others.bit_count() <= _FEW_CELLS:
            by_lowest = comparison.by_lowest[variable]
            cells = (0, *(1 << cell for cell in bits(others)))
            asked: Iterable[Mask] = [left for cell in cells for left in by_lowest.get(cell, ())]
        elif mask.bit_count() <= _FEW_CELLS:
            having = 0
            for cell in bits(mask):
                having |= masks.get(1 << cell, 0)
            found = comparison.single.get(variable, 0) & ~having
            asked = comparison.wide.get(variable, ())
        else:
            if variable not in comparison.runs:
                comparison.runs[variable] = MaskRuns(masks)
            return comparison.runs[variable].apart_from(mask)
        for left in asked:
            if not left & mask:
                found |= masks[left]
        return found

    def _has_some(self, comparison: Comparison, asked: Mapping[Variable, Mask]) -> Places:
        """The rules that somebody certainly satisfies of whom this is left; they leave some of each variable."""
        has_some = comparison.all
        read: set[object] = set()
        for variable, mask in asked.items():
            group = self._group(variable)
            if group is None:
                has_some &= ~comparison.linked.get(variable, 0)
            elif group == _OTHERS or group in read or not self._is_possible(variable, mask):
                return 0
            else:
                leave_some = 0
                for left, rules in comparison.left.get(variable, {}).items():
                    if self._is_possible(variable, left & mask):
                        leave_some |= rules
                has_some &= ~comparison.groups.get(group, 0) | leave_some & comparison.once
                # Those of several events say something of each of these.
                has_some &= ~comparison.groups.get(_OTHERS, 0)
            read.add(self._what_it_reads(variable))
        for rules in choices_within(comparison.choices, read):
            has_some &= ~rules
        return has_some

    def _what_it_reads(self, variable: Variable) -> object:
        group = self._group(variable)
        return variable if group is None else group

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
        if key_of(subject.field) in space.compared:
            return _OTHERS
        cells = space.fields[key_of(subject.field)]
        if isinstance(cells, DateCells):
            has_others = cells.from_today is not None and cells.in_calendar is not None
        else:
            has_others = isinstance(cells, Choices) and bool(cells.others)
        return (subject.slot, key_of(subject.field)) if has_others else None

    def _is_possible(self, variable: Variable, mask: Mask) -> bool:
        """Whether somebody certainly has what is left of a variable."""
        if not mask or self._group(variable) is None:
            return bool(mask)
        known = self._possible.get((variable, mask))
        if known is None:
            known = self._search([Clauses({variable: mask})]) is True
            self._possible[variable, mask] = known
        return known


def choices_within(choices: Mapping[frozenset[object], Places], read: set[object]) -> Iterator[Places]:
    """The rules of each choice that reads nothing but this, which is little for most clauses and of many choices."""
    if 1 << len(read) < len(choices):
        for size in range(1, len(read) + 1):
            for choice in combinations(read, size):
                yield choices.get(frozenset(choice), 0)
    else:
        for choice, rules in choices.items():
            if choice <= read:
                yield rules
