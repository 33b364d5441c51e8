"""Candidates compiled on trial: only what compiles at its place is ever shown."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import field

from intercom_iac.diagnostics import Family
from intercom_iac.lazy_dataclass import dataclass
from intercom_iac.model import Event, Predicate, Schema
from intercom_iac.text import Excerpt, Span
from intercom_iac.text.nearest import no_suggestions

from ..check.check import check
from ..check.names import Place, spelling
from ..print.text import text_of
from ..syntax import tree as s
from ..syntax.parse import parse_partly, stopping_place

MOST_TRIALS = 40
"""Candidates that are read for the mistakes of one rule."""
MOST_CHARACTERS = 4_000
"""Characters that these candidates have in all."""


@dataclass(slots=True)
class Budget:
    """What is left of the work that may go into repairs."""

    trials: int = MOST_TRIALS
    characters: int = MOST_CHARACTERS

    def spend(self, text: str) -> bool:
        """Whether a candidate of this text may still be read; takes its cost."""
        if self.trials <= 0 or self.characters < len(text):
            return False
        self.trials -= 1
        self.characters -= len(text)
        return True


@dataclass(frozen=True, slots=True)
class Known:
    """What a rule may name: the schema, and the other segments as `check` takes them."""

    schema: Schema
    segments: Mapping[str, Predicate | None]
    archived: Mapping[str, Span | None]
    _events: dict[str, str] = field(default_factory=dict[str, str])

    def event(self, written: str) -> str | None:
        """The event that is spelled so but for case and joints."""
        if not self._events:
            self._events.update((spelling(name), name) for name in reversed([*self.schema.events]))
        return written if written in self.schema.events else self._events.get(spelling(written))

    def has_metadata(self, key: str) -> bool:
        """Whether any event has a metadata key of this name."""
        return any(key in event.keys for event in self.schema.events.values())

    def segment(self, written: str) -> str | None:
        """The segment of this key, or whose key is spelled so but for case and joints."""
        if written in self.segments:
            return written
        wanted = spelling(written)
        return next((key for key in self.segments if spelling(key) == wanted), None)


@dataclass(frozen=True, slots=True)
class Compiled:
    """A candidate that compiles: its tree, its canonical text, and how many remarks there are on it."""

    root: s.Node
    text: str
    remarks: int


def breaks_types(text: str, place: Place, known: Known, budget: Budget) -> bool:
    """Whether a clause that reads asks of a field what its type has no test for; false where the budget is spent."""
    if not budget.spend(text):
        return False
    syntax, _ = parse_partly(Excerpt.from_text(text, "<repair>"))
    if syntax is None:
        return False
    with no_suggestions():
        _, found = check(_at_its_place(syntax.root, place), known.schema, known.segments, known.archived)
    return any(diagnostic.is_error and diagnostic.family is Family.TYPE for diagnostic in found)


def compile_candidate(text: str, place: Place, known: Known, budget: Budget) -> Compiled | None:
    """A clause compiled where it would stand; None where it has a mistake, or where the budget is spent."""
    if not budget.spend(text):
        return None
    # Most candidates do not read, and what would be said of them is not asked for.
    if stopping_place(text) is not None:
        return None
    syntax, mistakes = parse_partly(Excerpt.from_text(text, "<repair>"))
    if syntax is None or mistakes:
        return None
    with no_suggestions():
        tree, found = check(_at_its_place(syntax.root, place), known.schema, known.segments, known.archived)
    if tree is None or any(diagnostic.is_error for diagnostic in found):
        return None
    return Compiled(root=syntax.root, text=text_of(syntax.root), remarks=len(found))


def stop_of(text: str, budget: Budget) -> tuple[int, frozenset[str]] | None:
    """Where reading a candidate stops, and the terminals that could stand there; None where it does not, or where the
    budget is spent."""
    return stopping_place(text) if budget.spend(text) else None


def _at_its_place(root: s.Node, place: Place) -> s.Node:
    match place:
        case Event(name=name):
            return s.EventRule(s.Name(name), root, enclosed=True)
        case "company":
            return s.CompanyRule(root)
        case _:
            return root
