"""Attributes that look like one: by their names, or by the values that people have of them."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from heapq import nsmallest
from typing import Any

from intercom_iac.diagnostics.codes import audit as codes
from intercom_iac.lazy_dataclass import dataclass
from intercom_iac.model import MODELS, STANDARD, ModelName
from intercom_iac.text.lists import brief_list

from ..finding import AuditFinding
from ..likenesses import Likeness, LikePair, SpelledName, join_groups, like_names
from ..samples.values import AttributeValues

_LEAST_SHARED = 10
"""The fewest people who have a value of both attributes, for the values to say something."""
_LEAST_DIFFERENT = 3
"""The fewest different values: two yes-or-nos are soon the same."""
_AGREEMENT = 0.95
_ANCHORS = 6
"""Values of an attribute by which it meets others."""
# Puts the positions of a sample in an order that has nothing to do with when people were seen.
_SCATTER, _BOUND = 2_654_435_761, 1 << 32
_WORDS: dict[Likeness, str] = {
    "case": "case",
    "separators": "separators",
    "plural": "a plural",
    "one letter": "one letter",
}


@dataclass(frozen=True, slots=True)
class _Agreement:
    """How many have a value of both, and how many of them the same one."""

    same: int
    of: int

    @property
    def is_close(self) -> bool:
        return self.of >= _LEAST_SHARED and self.same >= _AGREEMENT * self.of


def near_duplicates(attributes: Sequence[AttributeValues]) -> Iterator[AuditFinding]:
    """Groups of active attributes of one model that look like one, and attributes like one of Intercom's own."""
    for model in MODELS:
        of_model = [values for values in attributes if values.attribute.model == model]
        pairs = like_names([values.attribute.name for values in of_model])
        by_name = join_groups((pair.first, pair.second) for pair in pairs)
        for group in by_name:
            yield _alike(of_model, group, [pair for pair in pairs if pair.second in group])
        named_alike = {frozenset((pair.first, pair.second)) for pair in pairs}
        in_a_group = {position: number for number, group in enumerate(by_name) for position in group}
        agreeing = [
            pair
            for pair in _agreeing(of_model)
            if frozenset(pair) not in named_alike
            and (in_a_group.get(pair[0]) is None or in_a_group.get(pair[0]) != in_a_group.get(pair[1]))
        ]
        for group in join_groups(agreeing):
            yield _same_values(of_model, group)
        yield from _beside_standard(of_model, model)


def _alike(
    of_model: Sequence[AttributeValues], group: Sequence[int], pairs: Sequence[LikePair]
) -> AuditFinding:
    first, *others = _fullest_first(of_model, group)
    likeness: list[Likeness] = list(dict.fromkeys(word for pair in pairs for word in pair.likeness))
    agreement = _agreement(first, others[0])
    names = [values.attribute.name for values in (first, *others)]
    evidence: dict[str, Any] = {
        "differ_in": likeness,
        "filled": {values.attribute.name: values.fill.filled for values in (first, *others)},
        "of": first.fill.of,
        "types": {values.attribute.name: str(values.attribute.type) for values in (first, *others)},
    }
    if agreement.of:
        evidence |= {"have_both": agreement.of, "same_value": agreement.same}
    told = brief_list([_WORDS[word] for word in likeness]).replace("`", "")
    return AuditFinding(
        kind=codes.NEAR_DUPLICATES,
        address=first.address,
        related=tuple(values.address for values in others),
        message=f"{brief_list(names)} look like one attribute: they differ in {told} alone",
        suggestion=_keep(first, others),
        evidence=evidence,
        weight=60 + 10 * _highest_fill(others),
    )


def _same_values(of_model: Sequence[AttributeValues], group: Sequence[int]) -> AuditFinding:
    first, *others = _fullest_first(of_model, group)
    agreement = _agreement(first, others[0])
    names = [values.attribute.name for values in (first, *others)]
    return AuditFinding(
        kind=codes.SAME_VALUES,
        address=first.address,
        related=tuple(values.address for values in others),
        message=f"{brief_list(names)} hold the same values: {agreement.same:,} of the {agreement.of:,} that have "
        "both have the same in both",
        suggestion=_keep(first, others),
        evidence={
            "have_both": agreement.of,
            "same_value": agreement.same,
            "filled": {values.attribute.name: values.fill.filled for values in (first, *others)},
            "of": first.fill.of,
        },
        weight=50 + 10 * _highest_fill(others),
    )


def _beside_standard(of_model: Sequence[AttributeValues], model: ModelName) -> Iterator[AuditFinding]:
    own = {
        letters: standard.name
        for standard in STANDARD.values()
        if standard.model == model and not standard.is_custom
        for letters in (SpelledName(standard.name).letters, SpelledName(standard.label).letters)
    }
    for values in of_model:
        name = values.attribute.name
        found = own.get(SpelledName(name).letters)
        if found is not None:
            yield AuditFinding(
                kind=codes.BESIDE_STANDARD,
                address=values.address,
                message=f"`{name}` stands beside Intercom's own `{found}`",
                suggestion=f"move what reads it to `{found}`, then archive it; or give it a name that says what is "
                "different",
                evidence={"standard": found, "filled": values.fill.filled, "of": values.fill.of},
                weight=30 + 10 * values.fill.rate,
            )


def _keep(first: AttributeValues, others: Sequence[AttributeValues]) -> str:
    if not first.fill.filled:
        return "keep one of them; move what reads and sends the rest, then archive those"
    names = brief_list([values.attribute.name for values in others])
    verb = "has" if len(others) == 1 else "have"
    return (
        f"keep `{first.attribute.name}`, the fullest; copy what {names} {verb}, move what reads and sends it, then "
        "archive it"
    )


def _fullest_first(of_model: Sequence[AttributeValues], group: Sequence[int]) -> list[AttributeValues]:
    return sorted(
        (of_model[position] for position in group), key=lambda values: (-values.fill.filled, values.address)
    )


def _highest_fill(others: Sequence[AttributeValues]) -> float:
    return max(values.fill.rate for values in others)


def _agreeing(of_model: Sequence[AttributeValues]) -> Iterator[tuple[int, int]]:
    """The pairs whose values agree. Attributes meet where the same person has the same value of both, at a few of the
    people; each is compared with the first that it meets there."""
    meeting: dict[tuple[int, str], int] = {}
    compared: set[tuple[int, int]] = set()
    for position, values in enumerate(of_model):
        if not _has_different(values):
            continue
        for person in _anchors(values):
            first = meeting.setdefault((person, _comparable(values.values[person])), position)
            if first == position or (first, position) in compared:
                continue
            compared.add((first, position))
            if _agreement(of_model[first], values).is_close:
                yield first, position


def _has_different(values: AttributeValues) -> bool:
    """Whether it has as many different values as it takes to tell anything; the rest of them is not looked at."""
    different: set[str] = set()
    for value in values.values.values():
        different.add(_comparable(value))
        if len(different) >= _LEAST_DIFFERENT:
            return True
    return False


def _anchors(values: AttributeValues) -> list[int]:
    """Some of those who have a value: the same ones, wherever the people of two attributes are much the same."""
    return nsmallest(_ANCHORS, values.values, key=lambda person: person * _SCATTER % _BOUND)


def _agreement(one: AttributeValues, other: AttributeValues) -> _Agreement:
    both = one.values.keys() & other.values.keys()
    same = sum(_comparable(one.values[person]) == _comparable(other.values[person]) for person in both)
    return _Agreement(same, len(both))


def _comparable(value: Any) -> str:
    """A value as it is compared: `12` and `"12"`, `Pro` and `pro` are the same."""
    return str(value).strip().casefold()
