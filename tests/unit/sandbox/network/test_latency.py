"""Latency: how long each call waits."""

from __future__ import annotations

import pytest

from intercom_iac.sandbox import Gateway, Latency, Request, Sandbox, SettingError


def get(path: str = "/me", token: str = "x") -> Request:
    return Request("GET", path, {}, {"authorization": f"Bearer {token}"})


def test_latency_is_waited_for_before_each_call() -> None:
    waited: list[float] = []
    with Sandbox(None) as sandbox:
        gateway = Gateway(sandbox, latency=Latency.parse("50ms"), sleep=waited.append)
        gateway.handle(get())
        gateway.handle(get(token=""))
        assert waited == [0.05, 0.05]


def test_latency_that_varies_follows_the_seed() -> None:
    def drawn(seed: int) -> list[float]:
        latency = Latency.parse("20ms-1.5s", seed=seed)
        return [latency.next() for _ in range(200)]

    assert drawn(7) == drawn(7)
    assert drawn(7) != drawn(8)
    assert 0.02 <= min(drawn(7)) < 0.2
    assert 1.3 < max(drawn(7)) <= 1.5


@pytest.mark.parametrize("text", ["", "50", "50 ms", "-5ms", "1h", "50ms-", "80ms-20ms", "1e3s"])
def test_a_text_that_is_no_latency(text: str) -> None:
    with pytest.raises(SettingError, match=r"no duration|below zero|it is empty|ends before it begins"):
        Latency.parse(text)
