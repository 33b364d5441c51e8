"""Days on the screen: filters that count days back from today, negative for days to come, or name a day.

`more than N days ago` is every day before it, `less than` every day after it, days to come included.
"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

from intercom_iac.lazy_dataclass import dataclass
from intercom_iac.model.days import DayBound, DayRange

from .filters import Filter
from .vocabulary import DAYS_TO_COME, FROM_TODAY_ON, Kind, Operator

_FIRST, _LAST = date.min.toordinal(), date.max.toordinal()


@dataclass(frozen=True, slots=True)
class DateSubject:
    """The date that filters are about; `never_future` says that it never lies in the future."""

    subject: tuple[str, ...]
    kind: Kind
    never_future: bool

    def filter(self, operator: Operator, value: str | None = None, *doubts: str) -> Filter:
        return Filter(self.subject, self.kind, operator, value, doubts)


def day_filters(about: DateSubject, days: DayRange) -> tuple[Filter, ...]:
    """The filters that the date has to match, all of them, for its day to lie in the range."""
    first, last = days.first, days.last
    if first is not None and first == last:
        return (_on(about, first),)
    filters = [*_from(about, days), *_until(about, last)]
    return tuple(filters) or (about.filter("has any value"),)


def _on(about: DateSubject, day: DayBound) -> Filter:
    if day.origin == "calendar":
        return about.filter("on", date.fromordinal(day.number).isoformat())
    return _counted(about, "exactly", -day.number)


def _from(about: DateSubject, days: DayRange) -> Iterator[Filter]:
    first = days.first
    if first is None:
        return
    if first.origin == "today":
        doubts = () if about.never_future or _ends_by_today(days.last) else (FROM_TODAY_ON,)
        yield _counted(about, "less than", 1 - first.number, *doubts)
    elif first.number > _FIRST:
        yield about.filter("after", date.fromordinal(first.number - 1).isoformat())


def _ends_by_today(last: DayBound | None) -> bool:
    return last is not None and last.origin == "today" and last.number <= 0


def _until(about: DateSubject, last: DayBound | None) -> Iterator[Filter]:
    if last is None or (about.never_future and last.origin == "today" and last.number >= 0):
        return
    if last.origin == "today":
        yield _counted(about, "more than", -last.number - 1)
    elif last.number < _LAST:
        yield about.filter("before", date.fromordinal(last.number + 1).isoformat())


def _counted(about: DateSubject, operator: Operator, days: int, *doubts: str) -> Filter:
    value = f"{days} day{'' if days == 1 else 's'} ago"
    return about.filter(operator, value, *([DAYS_TO_COME] if days < 0 else []), *doubts)


def outside(about: DateSubject, days: DayRange) -> list[tuple[Filter, ...]]:
    """The filters of each range of days that the given one leaves; of days to come none, where the date has none."""
    return [
        day_filters(about, other)
        for other in days.complement()
        if not (about.never_future and _lies_ahead(other))
    ]


def _lies_ahead(days: DayRange) -> bool:
    return days.first is not None and days.first.origin == "today" and days.first.number > 0
