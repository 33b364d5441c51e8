"""z3 as this room uses it: terms of booleans and of linear arithmetic, in a context of their own.

z3 has no types, so a term of it is `Any` here; a `Formula` may also be Python's own `True` or `False`, which is
folded away. Each question has a context of its own, those of one batch share one, and is limited by steps, not by
time, so that every machine gives the same answer.
"""

from __future__ import annotations

from collections.abc import Callable, Generator, Iterable, Sequence
from contextlib import contextmanager
from fractions import Fraction
from importlib import import_module
from typing import Any, Literal, TypeAlias

from intercom_iac.lazy_dataclass import dataclass

Term: TypeAlias = Any
Formula: TypeAlias = Any
Outcome = Literal["sat", "unsat", "unknown"]


class Logic:
    """Makes terms and formulas."""

    def __init__(self) -> None:
        self._z3: Any = import_module("z3")
        self._context: Any = self._z3.Context()

    # --- terms ----------------------------------------------------------------------------------------------

    def boolean(self, name: str) -> Formula:
        return self._z3.Bool(name, self._context)

    def integer(self, name: str) -> Term:
        return self._z3.Int(name, self._context)

    def real(self, name: str) -> Term:
        return self._z3.Real(name, self._context)

    def constant(self, number: Fraction) -> Term:
        """A number, exactly."""
        if number.denominator == 1:
            return self._z3.IntVal(number.numerator, self._context)
        return self._z3.RealVal(str(number), self._context)

    def choose(self, condition: Formula, this: Term, other: Term) -> Term:
        if condition is True or condition is False:
            return this if condition else other
        return self._z3.If(condition, this, other, self._context)

    def total(self, terms: Sequence[Term]) -> Term:
        return self._z3.Sum(*terms) if len(terms) > 1 else sum(terms)

    # --- formulas -------------------------------------------------------------------------------------------

    def all_of(self, formulas: Iterable[Formula]) -> Formula:
        parts = [formula for formula in formulas if formula is not True]
        if any(part is False for part in parts):
            return False
        if not parts:
            return True
        return parts[0] if len(parts) == 1 else self._join_formulas(self._z3.Z3_mk_and, parts)

    def any_of(self, formulas: Iterable[Formula]) -> Formula:
        parts = [formula for formula in formulas if formula is not False]
        if any(part is True for part in parts):
            return True
        if not parts:
            return False
        return parts[0] if len(parts) == 1 else self._join_formulas(self._z3.Z3_mk_or, parts)

    def no(self, formula: Formula) -> Formula:
        if formula is True or formula is False:
            return not formula
        return self._z3.BoolRef(self._z3.Z3_mk_not(self._context.ref(), formula.ast), self._context)

    def _join_formulas(self, make: Callable[..., Any], parts: Sequence[Formula]) -> Formula:
        """By a function of z3's own interface: the classes around it look at each part several times."""
        terms = (self._z3.Ast * len(parts))(*(part.ast for part in parts))
        return self._z3.BoolRef(make(self._context.ref(), len(parts), terms), self._context)

    def implies(self, condition: Formula, consequence: Formula) -> Formula:
        return self.any_of((self.no(condition), consequence))

    def solver(self) -> Solver:
        return Solver(self._z3, self._context)


class Solver:
    """Formulas that are to hold together."""

    def __init__(self, z3: Any, context: Any) -> None:
        self._z3 = z3
        self._context = context
        self._solver = z3.SolverFor("QF_LIRA", context)

    def add(self, formula: Formula) -> None:
        if formula is False:
            formula = self._z3.BoolVal(False, self._context)
        if formula is not True:
            self._z3.Z3_solver_assert(self._context.ref(), self._solver.solver, formula.ast)

    @contextmanager
    def supposing(self, formula: Formula) -> Generator[None]:
        """The formula is to hold, too, for a while."""
        self._solver.push()
        self.add(formula)
        yield
        self._solver.pop()

    def check(self, *assumptions: Formula, limit: int) -> Outcome:
        """Whether they can, with what is assumed; unknown where it takes more than so many steps of z3."""
        if any(formula is False for formula in assumptions):
            return "unsat"
        self._solver.set("rlimit", limit)
        verdict = self._solver.check(*(formula for formula in assumptions if formula is not True))
        if verdict == self._z3.sat:
            return "sat"
        return "unsat" if verdict == self._z3.unsat else "unknown"

    def model(self) -> Model:
        """Values with which they hold, after an answer `sat`."""
        return Model(self._z3, self._solver.model())

    @property
    def steps(self) -> int:
        """Steps of z3 that all answers took."""
        return next((int(value) for name, value in self._solver.statistics() if name == "rlimit count"), 0)

    def core(self) -> frozenset[str]:
        """The names of the assumptions that cannot hold together, after an answer `unsat`."""
        return frozenset(formula.decl().name() for formula in self._solver.unsat_core())


@dataclass(frozen=True, slots=True)
class Model:
    """The value of each term."""

    z3: Any
    values: Any

    def holds(self, formula: Formula) -> bool:
        if formula is True or formula is False:
            return formula
        return bool(self.z3.is_true(self.values.eval(formula, model_completion=True)))

    def is_open(self, formula: Formula) -> bool:
        """Whether the formulas hold with either value of this variable."""
        return self.values[formula.decl()] is None

    def number(self, term: Term) -> Fraction:
        if isinstance(term, int):
            return Fraction(term)
        value = self.values.eval(term, model_completion=True)
        return Fraction(str(value.as_fraction() if self.z3.is_rational_value(value) else value.as_long()))
