"""The client: what it sends, what it tries again, and how every bad answer reads."""

from __future__ import annotations

import gzip
import json
from collections.abc import Callable

import httpx
import pytest

from intercom_iac.diagnostics import (
    Conflict,
    NotFound,
    RateLimited,
    Unauthorized,
    UnexpectedResponse,
    Unreachable,
    WorkspaceError,
)
from intercom_iac.workspace import Client, Target, Token, open_workspace

SECRET = "dG9rOjEyMzQ1Njc4"
TARGET = Target("live", base_url="https://api.intercom.io", token=Token(SECRET))


def client(answer: Callable[[httpx.Request], httpx.Response], slept: list[float] | None = None) -> Client:
    naps = slept if slept is not None else []
    return Client(TARGET, transport=httpx.MockTransport(answer), sleep=naps.append)


NOT_KNOWN = "whether the change was made is not known: run `plan` to see where the workspace stands"


def error(status: int, code: str = "parameter_invalid", message: str = "Bad thing") -> httpx.Response:
    body = {"type": "error.list", "request_id": "req-1", "errors": [{"code": code, "message": message}]}
    return httpx.Response(status, json=body)


def test_every_call_pins_the_version_and_carries_the_token() -> None:
    seen: list[httpx.Request] = []

    def answer(request: httpx.Request) -> httpx.Response:
        seen.append(request)
        return httpx.Response(200, json={"ok": True})

    assert client(answer).post("/tags", {"name": "vip"}) == {"ok": True}
    (request,) = seen
    assert request.headers["intercom-version"] == "2.16"
    assert request.headers["authorization"] == f"Bearer {SECRET}"
    assert json.loads(request.content) == {"name": "vip"}


@pytest.mark.parametrize(
    ("answer", "kind", "said"),
    [
        (error(401, "unauthorized", "Access Token Invalid"), Unauthorized, "Access Token Invalid"),
        (error(403, "api_plan_restricted", "No"), Unauthorized, "refused the token: No"),
        (error(404, "not_found", "Resource Not Found"), NotFound, "Resource Not Found"),
        (error(400), Conflict, "Intercom refused the request: Bad thing"),
        (error(422, "data_invalid", "in use"), Conflict, "in use"),
        (error(429, "rate_limit_exceeded", "Exceeded"), RateLimited, "Exceeded"),
        (httpx.Response(500, text="<html>oops"), UnexpectedResponse, "status 500, first line `<html>oops`"),
        (httpx.Response(200, text="<html>hello"), UnexpectedResponse, "is not JSON: status 200"),
        (httpx.Response(200, json=[1]), UnexpectedResponse, "is no JSON object"),
        (httpx.Response(302, headers={"location": "https://evil.example"}), UnexpectedResponse, "302"),
        (httpx.Response(400, text="\x1b[31mred"), Conflict, "\\u001b[31mred"),
        (httpx.Response(400, json={"errors": "what"}), Conflict, "status 400"),
    ],
)
def test_a_bad_answer_is_an_error_in_words(
    answer: httpx.Response, kind: type[WorkspaceError], said: str
) -> None:
    with pytest.raises(kind) as raised:
        client(lambda _: answer).get("/me")
    assert said in raised.value.message
    assert SECRET not in raised.value.message


@pytest.mark.parametrize(
    ("answer", "said"),
    [
        (
            error(500, "server_error", "Something went wrong"),
            "Intercom failed to answer GET /me: Something went wrong",
        ),
        (
            httpx.Response(502, text="<html>Bad Gateway"),
            "Intercom failed to answer GET /me: status 502, first line `<html>Bad Gateway`",
        ),
    ],
)
def test_a_read_that_fails_in_intercom_says_so_once_and_when_to_try_again(
    answer: httpx.Response, said: str
) -> None:
    with pytest.raises(UnexpectedResponse) as raised:
        client(lambda _: answer).get("/me")
    assert raised.value.message == said
    assert "try again later" in (raised.value.hint or "")
    assert raised.value.request_id == ("req-1" if answer.status_code == 500 else None)
    assert not raised.value.maybe_done


def test_a_write_that_fails_in_intercom_is_not_known_to_be_done() -> None:
    with pytest.raises(UnexpectedResponse, match="POST /tags: Something went wrong") as raised:
        client(lambda _: error(500, "server_error", "Something went wrong")).post("/tags", {})
    assert (raised.value.maybe_done, raised.value.hint) == (True, NOT_KNOWN)


@pytest.mark.parametrize("path", ["/contacts/search", "/companies/list?page=1"])
def test_a_search_that_fails_has_changed_nothing(path: str) -> None:
    with pytest.raises(UnexpectedResponse) as raised:
        client(lambda _: error(500)).post(path, {}, repeatable=True)
    assert (raised.value.maybe_done, raised.value.hint) == (
        False,
        "Intercom, or a proxy on the way, is in trouble: try again later",
    )


def test_what_intercom_does_not_have_is_named() -> None:
    with pytest.raises(NotFound, match="nothing for GET /audiences: not here"):
        client(lambda _: error(404, "not_found", "not here")).get("/audiences")


def test_the_request_id_is_kept() -> None:
    with pytest.raises(Conflict) as raised:
        client(lambda _: error(400)).get("/me")
    assert raised.value.request_id == "req-1"


def test_a_read_survives_two_bad_answers() -> None:
    answers = iter([error(500), error(503), httpx.Response(200, json={"n": 1})])
    made = client(lambda _: next(answers))
    assert made.get("/me") == {"n": 1}
    assert made.calls == 3


def test_a_write_is_not_sent_twice_after_a_server_error() -> None:
    made = client(lambda _: error(500))
    with pytest.raises(UnexpectedResponse) as raised:
        made.post("/data_attributes", {})
    assert made.calls == 1
    assert raised.value.maybe_done
    assert raised.value.hint == NOT_KNOWN
    assert raised.value.status == 500


def drop(request: httpx.Request) -> httpx.Response:
    raise httpx.ReadError("connection reset", request=request)


def refuse(request: httpx.Request) -> httpx.Response:
    raise httpx.ConnectError("refused", request=request)


def test_a_write_whose_answer_is_lost_is_not_sent_twice() -> None:
    made = client(drop)
    with pytest.raises(Unreachable, match=r"did not answer POST /tags") as raised:
        made.post("/tags", {})
    assert made.calls == 1
    assert raised.value.maybe_done
    assert raised.value.hint == NOT_KNOWN


def test_a_write_that_was_never_sent_is_tried_again() -> None:
    made = client(refuse)
    with pytest.raises(Unreachable, match="cannot be reached") as raised:
        made.post("/tags", {})
    assert made.calls == 4
    assert not raised.value.maybe_done


@pytest.mark.parametrize("off", [3600.0, -3600.0])
def test_after_429_at_least_the_backoff_is_waited_whatever_the_clock_says(off: float) -> None:
    import time

    reset = str(int(time.time() + off))
    headers = {"x-ratelimit-limit": "167", "x-ratelimit-remaining": "0", "x-ratelimit-reset": reset}
    slept: list[float] = []
    made = client(lambda _: httpx.Response(429, headers=headers), slept)
    with pytest.raises(RateLimited):
        made.post("/events", {})
    assert made.calls == 4
    assert sum(slept) >= 1.75
    assert sum(slept) < 40


@pytest.mark.parametrize(
    "answer",
    [
        httpx.Response(502, text="bad gateway"),
        httpx.Response(200, text="<html>"),
        httpx.Response(200, json=[1]),
        httpx.Response(200, content=b"\xff\xfe{}"),
    ],
)
def test_a_write_whose_answer_cannot_be_read_may_have_been_made(answer: httpx.Response) -> None:
    with pytest.raises(UnexpectedResponse) as raised:
        client(lambda _: answer).put("/data_attributes/1", {})
    assert raised.value.maybe_done
    assert raised.value.hint == NOT_KNOWN
    assert raised.value.status == answer.status_code


@pytest.mark.parametrize("status", [302, 400, 401, 404, 409, 422, 429])
def test_a_write_that_was_refused_was_not_made(status: int) -> None:
    with pytest.raises(WorkspaceError) as raised:
        client(lambda _: error(status)).post("/tags", {})
    assert not raised.value.maybe_done
    assert raised.value.status == status


def test_a_read_changes_nothing_however_it_ends() -> None:
    for answer in (drop, refuse, lambda _: error(500), lambda _: httpx.Response(200, text="<")):
        with pytest.raises(WorkspaceError) as raised:
            client(answer).get("/me")
        assert not raised.value.maybe_done


def test_a_refused_write_is_called_a_change() -> None:
    with pytest.raises(Conflict, match="Intercom refused the change: Bad thing"):
        client(lambda _: error(400)).post("/tags", {})


class BrokenGzip(httpx.BaseTransport):
    def handle_request(self, request: httpx.Request) -> httpx.Response:
        stream = httpx.ByteStream(b"not gzip")
        return httpx.Response(200, headers={"content-encoding": "gzip"}, stream=stream, request=request)


def test_an_answer_that_cannot_be_unpacked_is_an_error_in_words() -> None:
    slept: list[float] = []
    made = Client(TARGET, transport=BrokenGzip(), sleep=slept.append)
    with pytest.raises(UnexpectedResponse, match="the answer to GET /me cannot be read") as raised:
        made.get("/me")
    assert not raised.value.maybe_done
    assert made.calls == 4
    with pytest.raises(UnexpectedResponse, match="the answer to POST /tags cannot be read") as raised:
        made.post("/tags", {})
    assert raised.value.maybe_done
    assert made.calls == 5


@pytest.mark.parametrize(
    "answer",
    [
        httpx.Response(200, content=b"[" * 100_000),
        httpx.Response(200, content=b'{"a":' * 100_000),
        httpx.Response(200, content=b"\xff\xfe\xfd"),
        httpx.Response(200, content=b"9" * 10_000),
        httpx.Response(400, content=b"\xff", headers={"content-type": "text/plain; charset=hex"}),
        httpx.Response(400, json={"errors": [{"message": 1}], "request_id": [2]}),
        httpx.Response(302, headers={"location": "javascript:x"}),
        httpx.Response(302, headers={"location": "http://h:abc"}),
        httpx.Response(302, headers={"location": "https://" + "a" * 300}),
    ],
)
def test_no_answer_breaks_the_client(answer: httpx.Response) -> None:
    with pytest.raises(WorkspaceError) as raised:
        client(lambda _: answer).get("/me")
    assert raised.value.request_id is None


@pytest.mark.parametrize(
    "base_url",
    [
        "https://h:abc",
        "https://h:99999",
        "https://api..intercom.io",
        f"https://{'a' * 70}.com",
        "http://x\x00",
        "https://\u3002x",
        "api.intercom.io",
        "ftp://api.intercom.io",
        "https://",
    ],
)
def test_an_address_that_cannot_be_called_is_refused_before_any_call(base_url: str) -> None:
    with pytest.raises(Unreachable, match="the address of `live` is not one that can be called") as raised:
        open_workspace(Target("live", base_url=base_url, token=Token(SECRET)))
    assert "base_url" in (raised.value.hint or "")


@pytest.mark.parametrize(
    "slip", ["caf\u00e9", "a b", "a\nb", "a\r\nX: y", "a\x00", "\u201cabc\u201d", "abc\n", "a\u2013b"]
)
def test_a_token_that_no_header_takes_is_refused_and_not_echoed(slip: str) -> None:
    with pytest.raises(
        Unauthorized, match="the token of `live` holds characters that no token has"
    ) as raised:
        open_workspace(Target("live", base_url="https://api.intercom.io", token=Token(slip)))
    assert slip not in f"{raised.value.message} {raised.value.hint}"


def test_closing_ends_the_tries_of_a_call_under_way(monkeypatch: pytest.MonkeyPatch) -> None:
    import threading

    monkeypatch.setattr("intercom_iac.workspace.client.client._FIRST_PAUSE", 3600.0)
    made = Client(TARGET, transport=httpx.MockTransport(lambda _: error(500)))
    ended: list[Exception] = []

    def call() -> None:
        try:
            made.get("/me")
        except Exception as error:
            ended.append(error)

    thread = threading.Thread(target=call)
    thread.start()
    made.close()
    thread.join(timeout=60)
    assert not thread.is_alive()
    assert ended


def test_a_token_is_never_printed() -> None:
    assert SECRET not in repr(TARGET)
    assert SECRET not in str(TARGET.token)
    assert SECRET not in f"{TARGET.token}"


def test_an_empty_answer_is_an_empty_object() -> None:
    assert client(lambda _: httpx.Response(202)).post("/events", {}) == {}


@pytest.mark.parametrize("bad", [drop, lambda _: error(503), lambda _: httpx.Response(200, text='{"cut')])
@pytest.mark.parametrize("method", ["get", "put", "post"])
def test_what_is_the_same_twice_is_sent_again(
    method: str, bad: Callable[[httpx.Request], httpx.Response]
) -> None:
    answers = iter([bad, bad, lambda _: httpx.Response(200, json={"n": 1})])
    slept: list[float] = []
    made = client(lambda request: next(answers)(request), slept)
    calls = {
        "get": lambda: made.get("/tags"),
        "put": lambda: made.put("/audiences/1", {"name": "x"}),
        "post": lambda: made.post("/events", {}, repeatable=True),
    }
    assert calls[method]() == {"n": 1}
    assert made.calls == 3
    assert 0.25 <= slept[0] <= 0.375
    assert 0.5 <= slept[1] <= 0.75


def test_pauses_differ_so_that_those_who_wait_do_not_come_back_together() -> None:
    slept: list[float] = []
    for _ in range(5):
        with pytest.raises(UnexpectedResponse):
            client(lambda _: error(500), slept).get("/me")
    assert len(set(slept[::3])) > 1


def test_a_redirect_is_not_asked_again() -> None:
    made = client(lambda _: httpx.Response(302, headers={"location": "https://evil.example"}))
    with pytest.raises(UnexpectedResponse):
        made.get("/me")
    assert made.calls == 1


def test_a_delete_whose_answer_is_lost_is_done_when_the_thing_is_gone() -> None:
    answers = iter([drop, lambda _: error(404)])
    client(lambda request: next(answers)(request)).delete("/tags/1")
    with pytest.raises(NotFound):
        client(lambda _: error(404)).delete("/tags/1")


def test_a_delete_that_never_got_through_finds_nothing_gone() -> None:
    answers = iter([refuse, lambda _: error(404)])
    with pytest.raises(NotFound):
        client(lambda request: next(answers)(request)).delete("/tags/1")


def test_whoever_lets_a_minute_pass_is_not_asked_again(monkeypatch: pytest.MonkeyPatch) -> None:
    now = 0.0
    monkeypatch.setattr("time.monotonic", lambda: now)

    def late(request: httpx.Request) -> httpx.Response:
        nonlocal now
        now += 31
        raise httpx.ReadTimeout("late", request=request)

    made = client(late)
    with pytest.raises(Unreachable, match="did not answer GET /me in time"):
        made.get("/me")
    assert made.calls == 2


def test_every_phase_of_a_call_has_a_time_out() -> None:
    phases = client(lambda _: httpx.Response(200))._http.timeout
    assert phases.connect == 10
    assert phases.read == phases.write == phases.pool == 30


@pytest.mark.parametrize("parallelism", [1, 3])
def test_no_more_calls_than_asked_for_are_under_way_at_once(parallelism: int) -> None:
    import threading
    import time
    from concurrent.futures import ThreadPoolExecutor

    under_way, most = 0, 0
    lock = threading.Lock()

    def answer(_: httpx.Request) -> httpx.Response:
        nonlocal under_way, most
        with lock:
            under_way += 1
            most = max(most, under_way)
        time.sleep(0.01)
        with lock:
            under_way -= 1
        return httpx.Response(200, json={})

    made = Client(TARGET, transport=httpx.MockTransport(answer), parallelism=parallelism)
    with ThreadPoolExecutor(8) as pool:
        for future in [pool.submit(made.get, "/me") for _ in range(16)]:
            future.result(timeout=5)
    assert most == parallelism


@pytest.mark.parametrize(
    ("coding", "content", "said"),
    [
        ("gzip", gzip.compress(bytes(64 * 1024 * 1024 + 1), mtime=0), "it is larger than 64 MiB"),
        (
            "gzip, gzip",
            gzip.compress(gzip.compress(b"{}", mtime=0), mtime=0),
            "it is packed as `gzip, gzip`, which was not asked for",
        ),
        ("br", b"{}", "it is packed as `br`, which was not asked for"),
        ("gzip", gzip.compress(b"{}", mtime=0)[:-1], "it cannot be unpacked: its end is missing"),
    ],
)
def test_an_answer_that_is_not_unpacked_is_told_with_the_reason(
    coding: str, content: bytes, said: str
) -> None:
    def answer(request: httpx.Request) -> httpx.Response:
        assert request.headers["accept-encoding"] == "gzip"
        return httpx.Response(200, headers={"content-encoding": coding}, stream=httpx.ByteStream(content))

    with pytest.raises(UnexpectedResponse) as raised:
        client(answer).post("/tags", {})
    assert raised.value.message == f"the answer to POST /tags cannot be read: {said}: status 200"
    assert (raised.value.maybe_done, raised.value.hint) == (True, NOT_KNOWN)


def test_a_refusal_that_is_not_unpacked_is_the_same_refusal() -> None:
    def answer(_: httpx.Request) -> httpx.Response:
        stream = httpx.ByteStream(b"?")
        return httpx.Response(401, headers={"content-encoding": "zstd"}, stream=stream)

    with pytest.raises(
        Unauthorized, match="status 401, its body is packed as `zstd`, which was not asked for"
    ):
        client(answer).get("/me")


def test_a_body_knows_how_large_it_was() -> None:
    assert getattr(client(lambda _: httpx.Response(200, content=b'{"a": 1 }')).get("/me"), "size", 0) == 9
