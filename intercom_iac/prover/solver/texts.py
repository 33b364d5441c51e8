"""Texts that no rule names: one for each field that is to hold such a text, or which tests of it clash."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from itertools import chain

from intercom_iac.model.limits import MAX_TEXT_LENGTH
from intercom_iac.model.predicate import IsKnown
from intercom_iac.model.world import Assumption

from ..domains.believable_texts import suggested_texts
from ..domains.choices import Choices
from ..domains.texts import Texts, TextTest
from .clauses import Budget, Search, Variable, clause_of
from .fields import key_of
from .formulas import EITHER, TRUE
from .space import Space
from .steps import Clash, Undecided

# Steps that a test of a text counts as, each time that a text is looked for.
_TEST_STEPS = 15


def find_texts(space: Space, search: Search, budget: Budget) -> Mapping[Variable, str] | Clash:
    """A text for each variable of a field whose value is none of the texts that rules name."""
    tests_of: dict[Variable, list[Variable]] = {}
    for variable in search.cells:
        if variable in space.matches:
            tests_of.setdefault(space.matches[variable][0], []).append(variable)
    texts: dict[Variable, str] = {}
    for variable, mask in search.cells.items():
        subject = space.subjects.get(variable)
        cells = None if subject is None else space.fields[key_of(subject.field)]
        if not isinstance(cells, Choices) or mask != cells.others or not mask:
            continue
        budget.spend(_TEST_STEPS * len(tests_of.get(variable, [])))
        text = _find_text(space, search, variable, cells, tests_of.get(variable, []))
        if isinstance(text, Clash):
            return text
        texts[variable] = text
    return texts


def _find_text(
    space: Space, search: Search, variable: Variable, cells: Choices, tests: list[Variable]
) -> str | Clash:
    longest = MAX_TEXT_LENGTH if space.world.assumes(Assumption.SHORT_TEXTS) else None
    is_known = TextTest(IsKnown(space.subjects[variable].field), True)
    passing = (TextTest(space.matches[test][1], search.left(test) == TRUE) for test in tests)
    texts = Texts((is_known, *passing), longest)
    sample = texts.sample()
    if sample is not None and sample in cells.values:
        likely = chain(suggested_texts(space.subjects[variable].field), _variations(sample))
        sample = next((text for text in likely if text not in cells.values and texts.holds(text)), None)
    if sample is not None:
        return sample
    other_text = variable, cells.full & ~cells.others
    if texts.is_empty() is True:
        clashing = [tests[place - 1] for place in texts.conflict() if place]
        return Clash(clause_of((other_text, *_otherwise(search, clashing))))
    first = space.matches[tests[0]][1] if tests else None
    return Clash(
        clause_of((other_text, *_otherwise(search, tests))),
        Undecided("it is not decided whether a text passes these tests", first),
    )


def _otherwise(search: Search, tests: Iterable[Variable]) -> Iterable[tuple[Variable, int]]:
    return ((test, EITHER & ~search.left(test)) for test in tests)


def _variations(text: str) -> Iterable[str]:
    yield text.swapcase()
    yield text.upper()
    letters = "abcdefghijklmnopqrstuvwxyz0123456789"
    for letter in letters:
        yield letter + text
        yield text + letter
    for letter in letters:  # where the text is to stay a word, a beginning and an end
        yield f"{letter} {text}"
        yield f"{text} {letter}"
        yield f"{text} {letter} {text}"
        yield f"{text}{letter}{text}"
