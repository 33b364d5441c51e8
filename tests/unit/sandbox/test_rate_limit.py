"""The rate limit: windows, headers and refusals."""

from __future__ import annotations

import json

import pytest

from intercom_iac.sandbox import Faults, Gateway, RateLimit, Request, Sandbox, SettingError

NOW = 1_790_000_001


class Clock:
    def __init__(self) -> None:
        self.now = float(NOW)

    def __call__(self) -> float:
        return self.now


def get(path: str = "/me", token: str = "x") -> Request:
    return Request("GET", path, {}, {"authorization": f"Bearer {token}"})


def limits(headers) -> tuple[str, str, str]:
    return tuple(headers[f"x-ratelimit-{name}"] for name in ("limit", "remaining", "reset"))


def test_a_window_its_headers_and_its_refusal() -> None:
    clock = Clock()
    with Sandbox(None, clock=clock) as sandbox:
        gateway = Gateway(sandbox, rate_limit=RateLimit.parse("2/10s"))
        reset = str(NOW // 10 * 10 + 10)
        assert limits(gateway.handle(get()).headers) == ("2", "1", reset)
        # Answers that are errors count and tell as well.
        assert limits(gateway.handle(get("/nowhere")).headers) == ("2", "0", reset)
        refused = gateway.handle(get())
        assert (refused.status, limits(refused.headers)) == (429, ("2", "0", reset))
        content = json.loads(refused.body)
        assert content["type"] == "error.list"
        message = "Exceeded rate limit of 2 in 10_seconds"
        assert content["errors"] == [{"code": "rate_limit_exceeded", "message": message}]
        assert "retry-after" not in refused.headers
        clock.now = float(reset)
        assert limits(gateway.handle(get()).headers) == ("2", "1", str(int(reset) + 10))
        assert gateway.injected == {"429": 1}
        assert gateway.calls == 4


def test_calls_without_a_token_neither_count_nor_tell() -> None:
    with Sandbox(None, clock=Clock()) as sandbox:
        gateway = Gateway(sandbox, rate_limit=RateLimit(1, 10))
        for _ in range(3):
            answer = gateway.handle(get(token=""))
            assert answer.status == 401
            assert "x-ratelimit-limit" not in answer.headers
        assert gateway.handle(get()).status == 200


def test_a_refused_call_meets_no_fault_and_a_page_knows_no_limit() -> None:
    with Sandbox(None, clock=Clock()) as sandbox:
        faults = Faults.parse(["503-html=call:1", "500=call:3"])
        gateway = Gateway(sandbox, rate_limit=RateLimit(2, 10), faults=faults)
        page = gateway.handle(get())
        assert (page.status, "x-ratelimit-limit" in page.headers) == (503, False)
        assert [gateway.handle(get()).status for _ in range(3)] == [200, 429, 429]
        sandbox.clock = lambda: NOW + 10
        failed = gateway.handle(get())
        assert (failed.status, failed.headers["x-ratelimit-remaining"]) == (500, "1")
        assert gateway.injected == {"503-html": 1, "429": 2, "500": 1}


@pytest.mark.parametrize(
    ("text", "reason"),
    [
        ("300", "`300` is no rate limit; one is like 300/3s"),
        ("x/3s", "`x/3s` is no rate limit"),
        ("300/3", "`3` is no duration; durations are like 50ms, 2s or 1.5s"),
        ("300/1500ms", "`1500ms` is no whole number of seconds"),
        ("0/3s", "a rate limit allows at least one call"),
        ("3/0s", "in at least one second"),
    ],
)
def test_a_text_that_is_no_rate_limit(text: str, reason: str) -> None:
    with pytest.raises(SettingError) as raised:
        RateLimit.parse(text)
    assert reason in str(raised.value)
