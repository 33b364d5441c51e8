"""The gate: nobody calls into a window that is used up, and nobody waits much longer than one."""

from __future__ import annotations

import threading
import time
from concurrent.futures import ThreadPoolExecutor
from email.utils import formatdate

import pytest

from intercom_iac.workspace.client.rate import LONGEST_WAIT, WINDOW, RateGate

TODAY = 1_800_000_000.0


class Clock:
    """A time that passes only in naps."""

    def __init__(self, *, skew: float = 0.0, stuck: bool = False) -> None:
        self.now = 0.0
        self.naps: list[float] = []
        self._skew = skew
        self._stuck = stuck

    def gate(self) -> RateGate:
        return RateGate(clock=lambda: self.now, today=lambda: TODAY + self.now + self._skew, sleep=self.sleep)

    def sleep(self, seconds: float) -> None:
        self.naps.append(seconds)
        if not self._stuck:
            self.now += seconds


def window(remaining: int | str, ends_in: float | str, *, date: bool = False) -> dict[str, str]:
    reset = ends_in if isinstance(ends_in, str) else str(int(TODAY + ends_in))
    headers = {"x-ratelimit-remaining": str(remaining), "x-ratelimit-reset": reset}
    return {**headers, "date": formatdate(TODAY, usegmt=True)} if date else headers


def test_calls_go_at_once_while_nothing_is_known_and_while_some_are_left() -> None:
    clock = Clock()
    gate = clock.gate()
    gate.enter()
    gate.leave(window(2, 5))
    gate.enter()
    gate.enter()
    assert clock.naps == []


def test_a_window_that_is_used_up_is_waited_out() -> None:
    clock = Clock()
    gate = clock.gate()
    gate.leave(window(1, 5))
    gate.enter()
    gate.enter()
    assert clock.now == pytest.approx(5, abs=0.02)
    gate.enter()
    assert clock.now == pytest.approx(5, abs=0.02)


def test_a_late_answer_cannot_raise_the_number_left() -> None:
    clock = Clock()
    gate = clock.gate()
    gate.leave(window(0, 5))
    gate.leave(window(9, 5))
    gate.leave(window(9, 1))
    gate.enter()
    assert clock.now == pytest.approx(5)


def test_the_next_window_opens_the_gate() -> None:
    clock = Clock()
    gate = clock.gate()
    gate.leave(window(0, 5))
    gate.leave(window(9, 15))
    gate.enter()
    assert clock.naps == []


@pytest.mark.parametrize("skew", [-3600.0, 3600.0])
def test_with_the_date_of_the_answer_this_machines_clock_does_not_matter(skew: float) -> None:
    clock = Clock(skew=skew)
    gate = clock.gate()
    gate.leave(window(0, 5, date=True))
    gate.enter()
    assert clock.now == pytest.approx(5)


def test_a_clock_that_is_behind_waits_one_window_at_most() -> None:
    clock = Clock(skew=-3600)
    gate = clock.gate()
    gate.leave(window(0, 5))
    gate.enter()
    assert clock.now == pytest.approx(WINDOW)


def test_a_clock_that_is_ahead_does_not_wait_here() -> None:
    clock = Clock(skew=3600)
    gate = clock.gate()
    gate.leave(window(0, 5))
    gate.enter()
    assert clock.naps == []


def test_a_wait_ends_even_where_time_does_not_pass() -> None:
    clock = Clock(stuck=True)
    gate = clock.gate()
    gate.leave(window(0, 5))
    gate.enter()
    assert sum(clock.naps) == pytest.approx(LONGEST_WAIT)


def test_answers_that_keep_saying_none_is_left_hold_a_call_no_longer() -> None:
    clock = Clock()
    gate = clock.gate()
    slept = clock.sleep

    def sleep(seconds: float) -> None:
        slept(seconds)
        gate.leave(window(0, clock.now + 8))

    gate._sleep = sleep
    gate.leave(window(0, 8))
    gate.enter()
    assert clock.now == pytest.approx(LONGEST_WAIT)


@pytest.mark.parametrize("reset", ["nan", "inf", "-inf", "soon", "", "9" * 400, "9" * 5000, "-5"])
@pytest.mark.parametrize("remaining", ["0", "-1", "many"])
def test_headers_that_make_no_sense_do_no_harm(reset: str, remaining: str) -> None:
    clock = Clock()
    gate = clock.gate()
    gate.leave(window(remaining, reset))
    gate.enter()
    assert clock.now <= LONGEST_WAIT
    gate.leave(
        {"x-ratelimit-remaining": "0", "x-ratelimit-reset": str(TODAY + 5 + clock.now), "date": "never"}
    )
    before = clock.now
    gate.enter()
    assert clock.now - before == pytest.approx(5)


def test_threads_share_what_is_left_of_a_window_and_all_pass_after_it() -> None:
    gate = RateGate()
    gate.leave(
        {"x-ratelimit-remaining": "3", "x-ratelimit-reset": "1000000000.3", "date": _date(1_000_000_000)}
    )
    began = time.monotonic()
    passed: list[float] = []
    lock = threading.Lock()

    def call() -> None:
        gate.enter()
        with lock:
            passed.append(time.monotonic() - began)

    with ThreadPoolExecutor(8) as pool:
        for future in [pool.submit(call) for _ in range(8)]:
            future.result(timeout=5)
    assert len([each for each in passed if each < 0.25]) == 3
    assert len([each for each in passed if 0.25 <= each < 2]) == 5


def _date(seconds: float) -> str:
    return formatdate(seconds, usegmt=True)


def limited(remaining: int, ends_in: float, limit: int) -> dict[str, str]:
    return {**window(remaining, ends_in), "x-ratelimit-limit": str(limit)}


def test_calls_under_way_may_not_be_counted_yet_so_their_places_are_kept() -> None:
    clock = Clock()
    gate = clock.gate()
    for _ in range(3):
        gate.enter()
    gate.leave(limited(3, 5, 4))  # two others are under way: one place is free
    gate.enter()
    assert clock.now == 0
    gate.enter()
    assert clock.now == pytest.approx(5, abs=0.02)


def test_a_call_that_got_no_answer_gives_its_place_back() -> None:
    clock = Clock()
    gate = clock.gate()
    gate.enter()
    gate.enter()
    gate.leave(limited(2, 5, 4))
    gate.leave(None)
    gate.enter()
    gate.enter()
    assert clock.now == 0


def test_a_new_window_is_taken_to_be_as_large_as_the_last() -> None:
    clock = Clock()
    gate = clock.gate()
    gate.leave(limited(0, 5, 2))
    gate.enter()
    gate.enter()
    assert clock.now == pytest.approx(5)
    gate.enter()
    assert clock.now > 6


def test_a_late_answer_of_the_last_window_says_nothing_of_the_next() -> None:
    clock = Clock()
    gate = clock.gate()
    gate.leave(limited(0, 5, 2))
    gate.enter()
    gate.leave(limited(0, 5, 2))
    gate.enter()
    assert clock.now == pytest.approx(5)


@pytest.mark.parametrize("ahead", [0.0, 0.6, -0.6])
def test_a_clock_in_step_tells_the_part_of_a_second(ahead: float) -> None:
    clock = Clock(skew=ahead)
    clock.now = 0.9
    gate = clock.gate()
    gate.leave(window(0, 5, date=True))  # its date is a whole second
    gate.enter()
    assert 4.9 <= clock.now <= 5.9
    assert clock.now == pytest.approx(5.0 if not ahead else 4.9 if ahead > 0 else 5.6)
