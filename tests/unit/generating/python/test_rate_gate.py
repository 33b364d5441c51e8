"""The rate gate of generated Python lets calls through when the main client's does."""

from __future__ import annotations

from datetime import UTC, datetime

from hypothesis import given
from hypothesis import strategies as st

from intercom_iac.generating.python.runtime import RateGate
from intercom_iac.workspace.client import rate
from support.generators import examples

BEGIN = 1_800_000_000.0


class Clock:
    now = 0.0

    def __call__(self) -> float:
        return self.now


def headers(now: float, remaining: int, until_reset: float, dated: bool) -> dict[str, str]:
    moment = BEGIN + now
    window = {
        "x-ratelimit-limit": "3",
        "x-ratelimit-remaining": str(remaining),
        "x-ratelimit-reset": str(int(moment + until_reset)),
    }
    date = datetime.fromtimestamp(moment, UTC).strftime("%a, %d %b %Y %H:%M:%S GMT")
    return window | ({"date": date} if dated else {})


STEPS = st.one_of(
    st.tuples(st.just("enter")),
    st.tuples(st.just("pass"), st.floats(0, 8)),
    st.tuples(st.just("lost")),
    st.tuples(st.just("leave"), st.integers(0, 3), st.floats(0, 10), st.booleans()),
)


@given(st.lists(STEPS, max_size=30))
@examples(150)
def test_both_gates_open_at_the_same_moments(steps: list[tuple]) -> None:
    clock = Clock()
    ours = RateGate(clock, lambda: BEGIN + clock.now)
    main = rate.RateGate(clock=clock, today=lambda: BEGIN + clock.now)
    for kind, *details in steps:
        if kind == "enter":
            expected = main._pause()
            assert ours.enter() == (max(expected, 0.01) if expected > 0 else 0.0)
        elif kind == "pass":
            clock.now += details[0]
        else:
            answered = None if kind == "lost" else headers(clock.now, *details)
            ours.leave(answered)
            main.leave(answered)


def test_a_wait_ends_though_the_window_never_does() -> None:
    gate = RateGate()
    gate.leave({"x-ratelimit-remaining": "0", "x-ratelimit-reset": "9e99"})
    assert gate.enter() > 0
    assert gate.enter(force=True) == 0.0
    gate.leave({"x-ratelimit-remaining": "x", "x-ratelimit-reset": "nan"})
