"""A call that takes long is told of, by the one that has taken longest, and in good measure."""

from __future__ import annotations

import threading

import httpx

from intercom_iac.workspace import Client, Target, Token
from intercom_iac.workspace.client.slow_calls import SlowCallWatch


class Clock:
    now = 0.0

    def __call__(self) -> float:
        return self.now


def told(watch: SlowCallWatch, clock: Clock, *seconds: float) -> list[str | None]:
    found: list[str | None] = []
    for clock.now in seconds:
        found.append(watch.due_message())
    return found


def test_it_is_told_after_5_s_and_then_every_10() -> None:
    clock = Clock()
    watch = SlowCallWatch("api.intercom.io", lambda _: None, clock=clock, tick=60)
    assert watch.due_message() is None
    with watch.call(1):
        found = told(watch, clock, 4.9, 5.2, 6, 9.9, 10.1, 11, 19, 20, 47, 48, 50)
    assert found == [
        None,
        "waiting for api.intercom.io (5 s)",
        None,
        None,
        "waiting for api.intercom.io (10 s)",
        None,
        None,
        "waiting for api.intercom.io (20 s)",
        "waiting for api.intercom.io (47 s)",
        None,
        "waiting for api.intercom.io (50 s)",
    ]
    assert told(watch, clock, 70) == [None]
    watch.close()


def test_of_several_the_one_that_takes_longest_is_told() -> None:
    clock = Clock()
    watch = SlowCallWatch("api.intercom.io", lambda _: None, clock=clock, tick=60)
    with watch.call(1):
        clock.now = 3
        with watch.call(2):
            assert told(watch, clock, 6, 9) == ["waiting for api.intercom.io (6 s)", None]
        with watch.call(3):
            assert told(watch, clock, 10) == ["waiting for api.intercom.io (10 s)"]
    with watch.call(3):
        assert told(watch, clock, 16) == ["waiting for api.intercom.io (6 s, try 3)"]
    watch.close()


def test_where_nobody_is_told_nothing_is_watched() -> None:
    before = threading.active_count()
    watch = SlowCallWatch("api.intercom.io", None)
    with watch.call(1):
        assert threading.active_count() == before
    assert watch.due_message() is None
    watch.close()


def test_a_call_under_way_is_told_of_while_it_is() -> None:
    said, looked = threading.Event(), threading.Event()
    clock = Clock()

    class Seen(SlowCallWatch):
        def due_message(self) -> str | None:
            found = super().due_message()
            looked.set()
            return found

    lines: list[str] = []

    def notify(line: str) -> None:
        lines.append(line)
        said.set()

    def answer(_: httpx.Request) -> httpx.Response:
        assert looked.wait(60)
        clock.now = 7
        assert said.wait(60)
        return httpx.Response(200, json={})

    target = Target("live", base_url="https://api.intercom.io", token=Token("abc"))
    made = Client(target, transport=httpx.MockTransport(answer), on_wait=notify)
    made._watch = Seen("api.intercom.io", notify, clock=clock, tick=0.001)
    made.get("/me")
    made.close()
    assert lines == ["waiting for api.intercom.io (7 s)"]
