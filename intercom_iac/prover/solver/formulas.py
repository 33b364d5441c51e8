"""Rules as formulas over literals, and formulas as clauses."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import field

from intercom_iac.lazy_dataclass import dataclass

from ..domains.cells import Mask
from .clauses import Clause, Literal, Variable


@dataclass(frozen=True, slots=True)
class All:
    parts: tuple[Formula, ...]


@dataclass(frozen=True, slots=True)
class Any:
    parts: tuple[Formula, ...]


# A literal is a formula; so are true and false.
Formula = bool | Literal | All | Any


def all_of(parts: Iterable[Formula]) -> Formula:
    """The formula that holds where all parts do. Literals of one variable become one."""
    literals: dict[Variable, Mask] = {}
    others: list[Formula] = []
    for part in _laid_out(parts, All):
        if part is False:
            return False
        if isinstance(part, tuple):
            variable, mask = part
            mask &= literals.get(variable, mask)
            if not mask:
                return False
            literals[variable] = mask
        elif part is not True:
            others.append(part)
    return _join_parts(All, [*literals.items(), *others], empty=True)


def any_of(parts: Iterable[Formula], full: Sequence[Mask]) -> Formula:
    """The formula that holds where some part does. `full` are the cells of each variable."""
    literals: dict[Variable, Mask] = {}
    others: list[Formula] = []
    for part in _laid_out(parts, Any):
        if part is True:
            return True
        if isinstance(part, tuple):
            variable, mask = part
            mask |= literals.get(variable, 0)
            if not full[variable] & ~mask:
                return True
            literals[variable] = mask
        elif part is not False:
            others.append(part)
    return _join_parts(Any, [*literals.items(), *others], empty=False)


def negated(formula: Formula, full: Sequence[Mask]) -> Formula:
    """The formula that holds where this one does not."""
    match formula:
        case bool():
            return not formula
        case All(parts=parts):
            return any_of([negated(part, full) for part in parts], full)
        case Any(parts=parts):
            return all_of([negated(part, full) for part in parts])
        case (variable, mask):
            return literal(variable, full[variable] & ~mask, full)


def literal(variable: Variable, mask: Mask, full: Sequence[Mask]) -> Formula:
    """That the variable lies in one of these cells."""
    mask &= full[variable]
    if not mask:
        return False
    return True if mask == full[variable] else (variable, mask)


def _laid_out(parts: Iterable[Formula], kind: type[All | Any]) -> Iterable[Formula]:
    for part in parts:
        if isinstance(part, kind):
            yield from part.parts
        else:
            yield part


def _join_parts(kind: type[All | Any], parts: Sequence[Formula], *, empty: bool) -> Formula:
    if not parts:
        return empty
    return parts[0] if len(parts) == 1 else kind(tuple(parts))


@dataclass(slots=True)
class Clauses:
    """A formula as clauses: what single variables have to be, and the rest; or that it cannot hold."""

    units: dict[Variable, Mask] = field(default_factory=dict[Variable, Mask])
    longer: list[Clause] = field(default_factory=list[Clause])
    clash: bool = False

    @property
    def size(self) -> int:
        return len(self.units) + len(self.longer)

    def require(self, formula: Formula, new_variable: Callable[[], Variable], guard: Clause = ()) -> None:
        """Adds that the formula holds, unless a literal of the guard does.

        A conjunction inside a disjunction becomes a variable of its own that requires its parts.
        """
        match formula:
            case True:
                return
            case All(parts=parts):
                for part in parts:
                    self.require(part, new_variable, guard)
            case Any(parts=parts):
                clause = dict(guard)
                for part in parts:
                    if isinstance(part, All):
                        chosen = new_variable()
                        self.require(part, new_variable, ((chosen, UNTRUE),))
                        part = (chosen, TRUE)
                    assert isinstance(part, tuple)
                    clause[part[0]] = clause.get(part[0], 0) | part[1]
                self.longer.append(tuple(clause.items()))
            case False:
                self._add(dict(guard))
            case (variable, mask):
                clause = dict(guard)
                clause[variable] = clause.get(variable, 0) | mask
                self._add(clause)

    def _add(self, clause: dict[Variable, Mask]) -> None:
        if not clause:
            self.clash = True
        elif len(clause) == 1:
            ((variable, mask),) = clause.items()
            mask &= self.units.get(variable, mask)
            self.units[variable] = mask
            self.clash = self.clash or not mask
        else:
            self.longer.append(tuple(clause.items()))


# The cells of a variable that is true or not.
UNTRUE: Mask = 1
TRUE: Mask = 2
EITHER: Mask = 3
