"""The day of a moment, for one and for many."""

from __future__ import annotations

from datetime import date
from itertools import product
from zoneinfo import ZoneInfo

import pytest

from intercom_iac.model.days import calendar_day, day_ordinals, day_start
from support.generators.times import DAYS, ZONES

# Clocks that were set back over midnight, and those of before there was a common time.
ODD_ZONES = ["America/St_Johns", "Africa/Monrovia", "Pacific/Kiritimati", "Etc/GMT+12"]
ODD_DAYS = [date(2010, 11, 7), date(1880, 1, 1), date(1970, 1, 1), date.min, date.max]


@pytest.mark.parametrize("zone", [ZoneInfo(name) for name in [*ZONES, *ODD_ZONES]], ids=str)
def test_the_day_of_many_moments_is_the_day_of_each(zone: ZoneInfo) -> None:
    ordinal = day_ordinals(zone)
    starts = [day_start(date.fromordinal(day.toordinal()), zone) for day in (*DAYS, *ODD_DAYS)]
    offsets = [hours * 3_600 + off for hours in (-48, -24, -1, 0, 1, 12, 24, 48) for off in (-1, 0, 0.5, 59)]
    far = [float("inf"), float("-inf"), 1e300, -1e300, 2.6e11, -7e10, 10**30]
    for moment in (*far, *(start + offset for start, offset in product(starts, offsets))):
        assert ordinal(moment) == calendar_day(moment, zone).toordinal(), moment
