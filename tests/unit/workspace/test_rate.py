"""The gate: nobody calls into a window that is used up, and nobody waits much longer than one."""

from __future__ import annotations

import threading
import time
from concurrent.futures import ThreadPoolExecutor
from email.utils import formatdate

import pytest

from intercom_iac.workspace.rate import LONGEST_WAIT, WINDOW, RateGate

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
    gate.wait()
    gate.learn(window(2, 5))
    gate.wait()
    gate.wait()
    assert clock.naps == []


def test_a_window_that_is_used_up_is_waited_out() -> None:
    clock = Clock()
    gate = clock.gate()
    gate.learn(window(1, 5))
    gate.wait()
    gate.wait()
    assert clock.now == pytest.approx(5)
    gate.wait()
    assert clock.now == pytest.approx(5)


def test_a_late_answer_cannot_raise_the_number_left() -> None:
    clock = Clock()
    gate = clock.gate()
    gate.learn(window(0, 5))
    gate.learn(window(9, 5))
    gate.learn(window(9, 1))
    gate.wait()
    assert clock.now == pytest.approx(5)


def test_the_next_window_opens_the_gate() -> None:
    clock = Clock()
    gate = clock.gate()
    gate.learn(window(0, 5))
    gate.learn(window(9, 15))
    gate.wait()
    assert clock.naps == []


@pytest.mark.parametrize("skew", [-3600.0, 3600.0])
def test_with_the_date_of_the_answer_this_machines_clock_does_not_matter(skew: float) -> None:
    clock = Clock(skew=skew)
    gate = clock.gate()
    gate.learn(window(0, 5, date=True))
    gate.wait()
    assert clock.now == pytest.approx(5)


def test_a_clock_that_is_behind_waits_one_window_at_most() -> None:
    clock = Clock(skew=-3600)
    gate = clock.gate()
    gate.learn(window(0, 5))
    gate.wait()
    assert clock.now == pytest.approx(WINDOW)


def test_a_clock_that_is_ahead_does_not_wait_here() -> None:
    clock = Clock(skew=3600)
    gate = clock.gate()
    gate.learn(window(0, 5))
    gate.wait()
    assert clock.naps == []


def test_a_wait_ends_even_where_time_does_not_pass() -> None:
    clock = Clock(stuck=True)
    gate = clock.gate()
    gate.learn(window(0, 5))
    gate.wait()
    assert sum(clock.naps) == pytest.approx(LONGEST_WAIT)


def test_answers_that_keep_saying_none_is_left_hold_a_call_no_longer() -> None:
    clock = Clock()
    gate = clock.gate()
    slept = clock.sleep

    def sleep(seconds: float) -> None:
        slept(seconds)
        gate.learn(window(0, clock.now + 8))

    gate._sleep = sleep
    gate.learn(window(0, 8))
    gate.wait()
    assert clock.now == pytest.approx(LONGEST_WAIT)


@pytest.mark.parametrize("reset", ["nan", "inf", "-inf", "soon", "", "9" * 400, "9" * 5000, "-5"])
@pytest.mark.parametrize("remaining", ["0", "-1", "many"])
def test_headers_that_make_no_sense_do_no_harm(reset: str, remaining: str) -> None:
    clock = Clock()
    gate = clock.gate()
    gate.learn(window(remaining, reset))
    gate.wait()
    assert clock.now <= LONGEST_WAIT
    gate.learn(
        {"x-ratelimit-remaining": "0", "x-ratelimit-reset": str(TODAY + 5 + clock.now), "date": "never"}
    )
    before = clock.now
    gate.wait()
    assert clock.now - before == pytest.approx(5)


def test_threads_share_what_is_left_of_a_window_and_all_pass_after_it() -> None:
    gate = RateGate()
    gate.learn(
        {"x-ratelimit-remaining": "3", "x-ratelimit-reset": "1000000000.3", "date": _date(1_000_000_000)}
    )
    began = time.monotonic()
    passed: list[float] = []
    lock = threading.Lock()

    def call() -> None:
        gate.wait()
        with lock:
            passed.append(time.monotonic() - began)

    with ThreadPoolExecutor(8) as pool:
        for future in [pool.submit(call) for _ in range(8)]:
            future.result(timeout=5)
    assert len([each for each in passed if each < 0.25]) == 3
    assert len([each for each in passed if 0.25 <= each < 2]) == 5


def _date(seconds: float) -> str:
    return formatdate(seconds, usegmt=True)
