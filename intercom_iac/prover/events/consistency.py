"""One alternative of each test, so that what they ask of the same occurrences does not contradict itself outright."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence

from intercom_iac.lazy_dataclass import dataclass

from .conditions import Alternative, Condition, Follows, Happens, HappensOn, Selection, Totals


def consistent_choices(ways: Sequence[Sequence[Alternative]]) -> Iterator[list[Condition]]:
    """One alternative of each test, in all the ways in which each selection can still be met."""
    yield from _choices(ways, _Numbers({}, {}), ())


@dataclass(frozen=True, slots=True)
class _Numbers:
    """What is asked of each selection so far."""

    happens: Mapping[Selection, tuple[int, int | None]]
    happens_on: Mapping[Selection, tuple[int, int | None]]

    def meet(self, conditions: Sequence[Condition]) -> _Numbers | None:
        """With these too; None where a selection can no longer be met."""
        happens, happens_on = dict(self.happens), dict(self.happens_on)
        for condition in conditions:
            if isinstance(condition, Happens | HappensOn):
                asked = happens if isinstance(condition, Happens) else happens_on
                low, high = asked.get(condition.selection, (0, None))
                low = max(low, condition.low)
                if condition.high is not None:
                    high = condition.high if high is None else min(high, condition.high)
                if high is not None and low > high:
                    return None
                asked[condition.selection] = low, high
        return _Numbers(happens, happens_on)

    def conditions(self) -> list[Condition]:
        return [
            *(Happens(selection, low, high) for selection, (low, high) in self.happens.items()),
            *(HappensOn(selection, low, high) for selection, (low, high) in self.happens_on.items()),
        ]


def _choices(
    ways: Sequence[Sequence[Alternative]], numbers: _Numbers, others: tuple[Condition, ...]
) -> Iterator[list[Condition]]:
    if not ways:
        yield [*numbers.conditions(), *others]
        return
    for alternative in ways[0]:
        met = numbers.meet(alternative)
        if met is not None:
            more = tuple(condition for condition in alternative if isinstance(condition, Totals | Follows))
            yield from _choices(ways[1:], met, others + more)
