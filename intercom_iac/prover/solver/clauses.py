"""A search for a set of cells a variable that satisfies every clause, which learns a clause from each dead end.

A literal is a variable and a mask: the variable's value lies in one of these cells. A clause is a list of literals of
which one has to hold. It is the search of a modern SAT solver, with masks in the place of truth values: a clause of
which all literals but one are impossible narrows the variable of that one; where a clause has none left, what led
there is resolved into a clause that is new, and the search goes back as far as that one says (first unique
implication point). Two clauses that narrow one variable resolve by the intersection of their masks, which is valid:
of `f in a or C` and `f in b or D` follows `f in a & b or C or D`.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from ..domains.cells import Mask

Variable = int
Literal = tuple[Variable, Mask]
Clause = tuple[Literal, ...]


class BudgetSpent(Exception):
    """The search took more steps than it may."""


class Budget:
    """Steps that a question may take: visits of clauses, narrowings and decisions."""

    def __init__(self, steps: int) -> None:
        self._steps = self.left = steps

    @property
    def spent(self) -> int:
        return self._steps - self.left

    def spend(self, steps: int = 1) -> None:
        self.left -= steps
        if self.left < 0:
            raise BudgetSpent


class Search:
    """Variables with what is left of them, clauses, and the decisions that were made.

    `full` are the cells of each variable; it may grow while the search is on. `cells` holds those that were narrowed.
    """

    def __init__(self, full: Sequence[Mask], budget: Budget) -> None:
        self.full = full
        self.cells: dict[Variable, Mask] = {}
        self._budget = budget
        self._clauses: list[Clause] = []
        self._watches: dict[Variable, list[int]] = {}
        self._watched: list[list[Literal]] = []
        # What narrowed which variable from what, in order; None as the reason of a decision.
        self._trail: list[tuple[Variable, Mask, Clause | None]] = []
        # For each decision: the cells before it, the length of the trail, how many clauses are known to hold.
        self._levels: list[tuple[dict[Variable, Mask], int, int]] = []
        self._propagated = 0
        self._satisfied = 0
        self._given = 0
        self._learned: list[int] = []
        self._weight: dict[Variable, float] = {}
        self._bump = 1.0
        # Clauses that are not true of everybody, those that were learned from them among these, by their identity.
        self._assumed: dict[int, Clause] = {}
        # The groups that a clause rests on, as bits, by its identity.
        self._groups: dict[int, tuple[Clause, Mask]] = {}
        # Where the clauses cannot hold: a clause that is true of everybody, and that the given units break.
        self.core: Clause | None = None
        # And the groups of clauses that this rests on.
        self.core_groups: Mask = 0

    def left(self, variable: Variable) -> Mask:
        """The cells that are left of a variable."""
        mask = self.cells.get(variable)
        return self.full[variable] if mask is None else mask

    # --- clauses --------------------------------------------------------------------------------------------

    def add(self, clauses: Iterable[Clause], *, assumed: bool = False, group: Mask = 0) -> bool:
        """Adds clauses before any decision, or after a return to where there was none; False where they clash.

        `assumed`: those of several literals are what is asked about; all others are true of everybody. `group`: the
        bit of the group to which they belong, where it is asked which groups clash.
        """
        self._return_to(0)
        for clause in clauses:
            self._budget.spend()
            if assumed and len(clause) > 1:
                self._assumed[id(clause)] = clause
            if group:
                self._groups[id(clause)] = clause, group
            if not self._attach(clause):
                self._refute(clause, is_given=assumed and len(clause) == 1)
                return False
            self._given = len(self._clauses)
        return True

    def _attach(self, clause: Clause) -> bool:
        """Takes a clause up where nothing is decided."""
        possible = [literal for literal in clause if self.left(literal[0]) & literal[1]]
        if not possible:
            return False
        if len(possible) == 1:
            self._narrow(possible[0], clause)
        elif not any(self.left(variable) & ~mask == 0 for variable, mask in possible):
            self._watch(clause, possible[0], possible[1])
        return True

    def _watch(self, clause: Clause, first: Literal, second: Literal) -> None:
        at = len(self._clauses)
        self._clauses.append(clause)
        self._watched.append([first, second])
        self._watches.setdefault(first[0], []).append(at)
        self._watches.setdefault(second[0], []).append(at)

    def _narrow(self, literal: Literal, reason: Clause | None) -> None:
        variable, mask = literal
        before = self.left(variable)
        after = before & mask
        if after != before:
            self._trail.append((variable, before, reason))
            self.cells[variable] = after

    # --- the search -----------------------------------------------------------------------------------------

    def decide(self, literal: Literal) -> None:
        """Takes the literal for true, as long as nothing speaks against it."""
        self._budget.spend()
        self._levels.append((self.cells.copy(), len(self._trail), self._satisfied))
        self._narrow(literal, None)

    def run(self) -> bool:
        """Until every clause holds on all cells that are left; False where that cannot be."""
        while True:
            clash = self._propagate()
            if clash is not None:
                if not self.learn(clash):
                    return False
                continue
            literal = self._open_literal()
            if literal is None:
                return True
            self.decide(literal)

    def _propagate(self) -> Clause | None:
        """Narrows by all clauses until nothing changes, or gives a clause none of whose literals can hold."""
        trail, watches, cells, full = self._trail, self._watches, self.cells, self.full
        while self._propagated < len(trail):
            changed = trail[self._propagated][0]
            self._propagated += 1
            visited = watches.get(changed)
            if not visited:
                continue
            self._budget.spend(len(visited))
            kept: list[int] = []
            for place, at in enumerate(visited):
                first, second = self._watched[at]
                if first[0] != changed:
                    first, second = second, first
                if cells.get(changed, full[changed]) & first[1]:
                    kept.append(at)
                    continue
                variable, mask = second
                left = cells.get(variable, full[variable])
                if left & ~mask == 0:
                    kept.append(at)
                    continue
                clause = self._clauses[at]
                for literal in clause:
                    other, other_mask = literal
                    if other not in (changed, variable) and cells.get(other, full[other]) & other_mask:
                        self._watched[at] = [literal, second]
                        watches.setdefault(other, []).append(at)
                        break
                else:
                    kept.append(at)
                    if left & mask == 0:
                        kept += visited[place + 1 :]
                        watches[changed] = kept
                        return clause
                    trail.append((variable, left, clause))
                    cells[variable] = left & mask
            watches[changed] = kept
        return None

    def _open_literal(self) -> Literal | None:
        """A literal to decide for: of the last clause learned that does not hold yet, or of the first given."""
        cells, full = self.cells, self.full
        for at in reversed(self._learned):
            clause = self._clauses[at]
            if all(cells.get(variable, full[variable]) & ~mask for variable, mask in clause):
                return self._heaviest(clause)
        while self._satisfied < self._given:
            clause = self._clauses[self._satisfied]
            if all(cells.get(variable, full[variable]) & ~mask for variable, mask in clause):
                self._budget.spend(len(self._learned))
                return self._heaviest(clause)
            self._satisfied += 1
        return None

    def _heaviest(self, clause: Clause) -> Literal:
        possible = [literal for literal in clause if self.left(literal[0]) & literal[1]]
        return max(possible, key=lambda literal: self._weight.get(literal[0], 0.0))

    # --- what dead ends teach -------------------------------------------------------------------------------

    def learn(self, clash: Clause, *, assumed: bool = False) -> bool:
        """Goes back from a clause none of whose literals can hold; False where no decision led there.

        `assumed`: the clause is not known to be true of everybody.
        """
        literals = _merge_literals(clash)
        if assumed:
            self._assumed[id(clash)] = clash
        is_assumed = id(clash) in self._assumed
        self._return_to(self._level_of(literals))
        if not self._levels:
            self._refute(clash)
            return False
        groups = self._groups_of(clash)
        before = self._levels[-1][0]
        full = self.full
        at = len(self._trail)
        while True:
            at -= 1
            variable, old, reason = self._trail[at]
            mask = literals.get(variable)
            if mask is None or not old & mask:
                continue  # it could not hold before that either
            self._budget.spend()
            self._weight[variable] = self._weight.get(variable, 0.0) + self._bump
            if reason is None or not any(
                other != variable and before.get(other, full[other]) & other_mask
                for other, other_mask in literals.items()
            ):
                break
            is_assumed = is_assumed or id(reason) in self._assumed
            groups |= self._groups_of(reason)
            _resolve(literals, variable, reason)
        self._bump *= 1.05
        if self._bump > 1e100:
            self._weight = {variable: weight / 1e100 for variable, weight in self._weight.items()}
            self._bump /= 1e100
        asserted = (variable, literals.pop(variable))
        level, last = self._level_and_literal(literals)
        self._return_to(level)
        clause = (asserted, *literals.items())
        if is_assumed:
            self._assumed[id(clause)] = clause
        if groups:
            self._groups[id(clause)] = clause, groups
        if last is not None:
            self._watch(clause, asserted, last)
            self._learned.append(len(self._clauses) - 1)
        self._narrow(asserted, clause)
        return True

    def _groups_of(self, clause: Clause) -> Mask:
        known = self._groups.get(id(clause))
        return 0 if known is None else known[1]

    def _refute(self, clash: Clause, *, is_given: bool = False) -> None:
        """Notes what it rests on that none of a clause's literals can hold, where nothing is decided."""
        self.core = self._core(clash, is_given=is_given)
        if not self._groups:
            return
        groups, literals = self._groups_of(clash), _merge_literals(clash)
        for variable, old, reason in reversed(self._trail):
            if reason is not None and old & literals.get(variable, 0):
                groups |= self._groups_of(reason)
                _resolve(literals, variable, reason)
        self.core_groups = groups

    def _core(self, clash: Clause, *, is_given: bool = False) -> Clause | None:
        """A clause without the variables that others define, which is true of everybody and broken by what was given;
        None where what is asked about has a part in it.

        `is_given`: the clash is a unit that was given itself.
        """
        if id(clash) in self._assumed:
            return None
        literals, given = _merge_literals(clash), dict[Variable, Mask]()
        if is_given:
            given |= {variable: self.full[variable] & ~mask for variable, mask in clash}
        for variable, old, reason in reversed(self._trail):
            mask = literals.get(variable)
            if mask is None or not old & mask:
                continue
            if reason is None or id(reason) in self._assumed:
                return None
            if len(reason) == 1:
                unit = reason[0][1]
                given[variable] = given.get(variable, 0) | (mask & ~unit)
                if mask & unit:
                    literals[variable] = mask & unit
                else:
                    del literals[variable]
            else:
                _resolve(literals, variable, reason)
        for variable, mask in literals.items():
            given[variable] = given.get(variable, 0) | mask
        return tuple(given.items())

    def _level_of(self, literals: dict[Variable, Mask]) -> int:
        """How many decisions it took until none of the literals could hold."""
        level = len(self._levels)
        while level and all(
            not self._left_at(level - 1, variable) & mask for variable, mask in literals.items()
        ):
            level -= 1
        return level

    def _level_and_literal(self, literals: dict[Variable, Mask]) -> tuple[int, Literal | None]:
        """The same, and a literal that could hold until then."""
        level = self._level_of(literals)
        last = next(
            (
                (variable, mask)
                for variable, mask in literals.items()
                if not level or self._left_at(level - 1, variable) & mask
            ),
            None,
        )
        return level, last

    def _left_at(self, level: int, variable: Variable) -> Mask:
        """What was left of a variable before the decision of the level."""
        return self._levels[level][0].get(variable, self.full[variable])

    def _return_to(self, level: int) -> None:
        if level < len(self._levels):
            self.cells, length, self._satisfied = self._levels[level]
            del self._levels[level:]
            del self._trail[length:]
            self._propagated = min(self._propagated, length)


def _resolve(literals: dict[Variable, Mask], variable: Variable, reason: Clause) -> None:
    """Replaces the literal of a variable by what the reason says beside its own."""
    mask = literals.pop(variable)
    for other, other_mask in reason:
        if other != variable:
            literals[other] = literals.get(other, 0) | other_mask
        elif other_mask & mask:
            literals[other] = other_mask & mask


def _merge_literals(clause: Iterable[Literal]) -> dict[Variable, Mask]:
    literals: dict[Variable, Mask] = {}
    for variable, mask in clause:
        literals[variable] = literals.get(variable, 0) | mask
    return literals


def clause_of(literals: Iterable[Literal]) -> Clause:
    """The clause of these literals, those of one variable as one."""
    return tuple(_merge_literals(literals).items())
