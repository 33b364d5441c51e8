"""A contact, a company or an occurrence of an event as variables, and the tests of it that are about its values."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import field

from intercom_iac.lazy_dataclass import dataclass
from intercom_iac.model import Field, Predicate
from intercom_iac.model.predicate import (
    FIELD_DAY_TESTS,
    FIELD_TESTS,
    And,
    ComparesFields,
    FieldTest,
    InSegment,
    Not,
    OnDay,
    Or,
    Tagged,
)
from intercom_iac.model.world import World

from .assignment import Subject
from .logic import Formula, Logic, Model, Term
from .texts import Impossible
from .values import DayVariable, TextVariable, Variable, compares_values, is_apart, new_variable
from .vocabulary import Asked, Place, place_of


@dataclass(frozen=True, slots=True)
class Setting:
    """What all variables of a question share: `today` is the ordinal of the day that is today."""

    logic: Logic
    world: World
    today: Term
    vocabulary: Mapping[Place, Asked]


@dataclass(frozen=True, slots=True)
class SubjectVariables:
    """The variables of one subject, each made when it is first asked for."""

    name: str
    setting: Setting
    places: dict[Place, Variable] = field(default_factory=dict[Place, Variable])
    tags: dict[str, Formula] = field(default_factory=dict[str, Formula])

    def variable(self, of: Field) -> Variable:
        place = place_of(of)
        if place not in self.places:
            setting = self.setting
            self.places[place] = new_variable(
                f"{self.name}.{len(self.places)}",
                place,
                setting.vocabulary[place],
                setting.logic,
                setting.world,
                setting.today,
            )
        return self.places[place]

    def axioms(self) -> Iterator[Formula]:
        """What holds of the variables that were made. A place that is read as several types has one value of them."""
        logic = self.setting.logic
        by_path: dict[tuple[str, ...], list[Formula]] = {}
        for place, variable in self.places.items():
            yield from variable.axioms
            by_path.setdefault(place.path, []).append(variable.known)
        for knowns in by_path.values():
            for at, known in enumerate(knowns):
                for other in knowns[at + 1 :]:
                    yield logic.no(logic.all_of((known, other)))

    def holds(self, rule: Predicate) -> Formula:
        """Whether the subject satisfies a rule that is about its own values and tags alone."""
        logic = self.setting.logic
        match rule:
            case And(parts=parts):
                return logic.all_of(map(self.holds, parts))
            case Or(parts=parts):
                return logic.any_of(map(self.holds, parts))
            case Not(part=part):
                return logic.no(self.holds(part))
            case InSegment(rule=inner):
                return self.holds(inner)
            case Tagged(tag=tag):
                if tag not in self.tags:
                    self.tags[tag] = logic.boolean(f"{self.name}#{len(self.tags)}")
                return self.tags[tag]
            case _:
                assert isinstance(rule, FIELD_TESTS)
                return self._test_holds(rule)

    def _test_holds(self, test: FieldTest) -> Formula:
        logic = self.setting.logic
        this = self.variable(test.field)
        if isinstance(test, ComparesFields):
            return compares_values(this, test, self.variable(test.other), logic)
        if isinstance(test, OnDay) and isinstance(test.test, FIELD_DAY_TESTS):
            other = self.variable(test.test.other)
            if not isinstance(this, DayVariable) or not isinstance(other, DayVariable):
                return False
            return logic.all_of((this.known, other.known, is_apart(test.test, this.day, other.day, logic)))
        return this.holds(test)

    def text_conflicts(self, model: Model) -> Iterator[tuple[Place, Impossible]]:
        """The texts that cannot be as the model has them."""
        for place, variable in self.places.items():
            if isinstance(variable, TextVariable) and (conflict := variable.conflict(model)) is not None:
                yield place, conflict

    def has_open_text(self, model: Model) -> bool:
        """Whether it was not decided of some text if there is one."""
        return any(
            variable.is_open(model) for variable in self.places.values() if isinstance(variable, TextVariable)
        )

    def excludes(self, place: Place, conflict: Impossible) -> Formula:
        """That the text at a place does not pass tests that no text passes together."""
        variable = self.places.get(place)
        return variable.excludes(conflict.conflict) if isinstance(variable, TextVariable) else True

    def assignment(self, model: Model) -> Subject:
        values = {
            self.setting.vocabulary[place].fields[0]: variable.value(model)
            for place, variable in self.places.items()
        }
        return Subject(values, frozenset(tag for tag, has in self.tags.items() if model.holds(has)))
