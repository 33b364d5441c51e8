"""Rounds at moments that do not drift, whatever a round takes, and whatever happens in it."""

from __future__ import annotations

import pytest

from intercom_iac.application import repeat
from intercom_iac.diagnostics import IntercomIacError, Misuse, StalePlan, Unauthorized, Unreachable


class Clock:
    """A clock that goes on while rounds are at work (`takes` seconds each) and in between."""

    def __init__(self, *takes: float | Exception) -> None:
        self.now = 1_000.0
        self.begun: list[float] = []
        self.told: list[IntercomIacError] = []
        self._takes = iter(takes)

    def work(self) -> bool:
        self.begun.append(self.now - 1_000.0)
        taken = next(self._takes, None)
        if isinstance(taken, Exception):
            self.now += 1
            raise taken
        if taken is not None:
            self.now += taken
        return taken is None

    def wait(self, seconds: float) -> None:
        self.now += seconds

    def run(self, period: float) -> None:
        repeat(self.work, period, on_error=self.told.append, clock=lambda: self.now, wait=self.wait)


def test_rounds_begin_at_multiples_of_the_period() -> None:
    clock = Clock(1, 7.25, 0, 3)
    clock.run(10)
    assert clock.begun == [0, 10, 20, 30, 40]


def test_moments_that_pass_while_a_round_is_at_work_are_left_out() -> None:
    clock = Clock(25, 1, 10, 1)
    clock.run(10)
    assert clock.begun == [0, 30, 40, 60, 70]


def test_an_error_is_told_and_the_next_round_comes() -> None:
    errors = (Unreachable("no answer"), StalePlan("stale"), IntercomIacError("another sync is under way"))
    clock = Clock(*errors, 1)
    clock.run(10)
    assert clock.told == [*errors]
    assert clock.begun == [0, 10, 20, 30, 40]


def test_what_no_later_round_can_mend_ends_it() -> None:
    for takes in ((Unauthorized("no token"),), (1, Unauthorized("no token")), (Misuse("no such file"),)):
        clock = Clock(*takes)
        with pytest.raises(IntercomIacError):
            clock.run(10)
        assert clock.told == []


def test_a_table_that_is_wrong_later_on_is_told() -> None:
    clock = Clock(1, Misuse("the file is not there"), 1)
    clock.run(10)
    assert len(clock.told) == 1
    assert len(clock.begun) == 4
