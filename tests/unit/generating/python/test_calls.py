"""The calls of generated Python: which are made, which again, and how each failure reads."""

from __future__ import annotations

import asyncio
import inspect
import json
import threading
import traceback
from collections.abc import AsyncIterator, Awaitable, Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from datetime import UTC, datetime
from typing import Any

import httpx
import pytest

from intercom_iac.generating.python import runtime
from intercom_iac.generating.python.runtime import (
    AsyncClient,
    Client,
    IntercomError,
    InvalidValue,
    NotFound,
    RateLimited,
    Refused,
    Unauthorized,
    UnexpectedAnswer,
    Unreachable,
    event,
    metadata,
)
from intercom_iac.model import Attribute, DataType, Schema
from support.generated_python import imported_package, write_package

SECRET = "dG9rOjEyMzQ1Njc4"
SCHEMA = Schema({("contact", "plan"): Attribute("contact", "plan", DataType.STRING)})
Answer = Callable[[httpx.Request], httpx.Response]


@pytest.fixture(scope="module")
def package(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Any]:
    folder = write_package(SCHEMA, tmp_path_factory.mktemp("code") / "data")
    with imported_package(folder, runtime=runtime) as module:
        yield module


@pytest.fixture
def pauses(monkeypatch: pytest.MonkeyPatch) -> list[float]:
    """The pauses that are made, none of which takes any time."""
    made: list[float] = []

    async def pause(seconds: float) -> None:
        made.append(seconds)

    monkeypatch.setattr(runtime.time, "sleep", made.append)
    monkeypatch.setattr(runtime.asyncio, "sleep", pause)
    return made


class Intercom:
    """Answers calls from a table of paths; `calls` are those that were made, as `PUT /contacts/1 {"name": "Ada"}`."""

    def __init__(self, **answers: Any) -> None:
        self.calls: list[str] = []
        self.requests: list[httpx.Request] = []
        self._answers = answers

    def __call__(self, request: httpx.Request) -> httpx.Response:
        self.requests.append(request)
        path = request.url.raw_path.decode()
        self.calls.append(f"{request.method} {path} {request.content.decode()}".strip())
        kind = "found" if "find_by" in path else request.method.lower()
        answer = self._answers.get(kind, {"id": "c1", "external_id": "u1"})
        if isinstance(answer, list):
            answer = answer.pop(0) if len(answer) > 1 else answer[0]
        if isinstance(answer, Exception):
            raise answer
        if isinstance(answer, httpx.Response):
            return httpx.Response(answer.status_code, headers=answer.headers, content=answer.content)
        return httpx.Response(200, json=answer)


def client(answer: Answer, **options: Any) -> Client[Any, Any]:
    return Client(SECRET, transport=httpx.MockTransport(answer), **options)


def refusal(status: int, message: str = "Bad thing", **headers: str) -> httpx.Response:
    body = {"type": "error.list", "request_id": "req-1", "errors": [{"code": "x", "message": message}]}
    return httpx.Response(status, json=body, headers=headers)


MISSING = refusal(404, "User Not Found")
THERE = "A contact matching those details already exists with id=c2"


def test_a_call_pins_the_version_and_carries_the_token() -> None:
    intercom = Intercom()
    client(intercom).contacts.update(id="c1", external_id="u1")
    (request,) = intercom.requests
    assert request.url == "https://api.intercom.io/contacts/c1"
    assert request.headers["authorization"] == f"Bearer {SECRET}"
    assert request.headers["intercom-version"] == "2.16"
    assert request.headers["content-type"] == "application/json"


def test_a_contact_is_changed_where_it_is_and_made_where_it_is_not(package: Any) -> None:
    attributes = package.ContactAttributes(plan="pro", name=None)
    found = Intercom()
    assert client(found).contacts.update(attributes, external_id="u1") == "c1"
    assert found.calls == [
        "GET /contacts/find_by_external_id/u1",
        'PUT /contacts/c1 {"name": null, "custom_attributes": {"plan": "pro"}}',
    ]
    missing = Intercom(found=MISSING)
    assert client(missing).contacts.update(external_id="u1", attributes=attributes) == "c1"
    assert missing.calls[1:] == ['POST /contacts {"external_id": "u1", "custom_attributes": {"plan": "pro"}}']


def test_a_contact_without_changes_is_not_written() -> None:
    intercom = Intercom()
    assert client(intercom).contacts.update(external_id="u1") == "c1"
    assert intercom.calls == ["GET /contacts/find_by_external_id/u1"]


@pytest.mark.parametrize("conflict", [refusal(409, THERE), httpx.Response(409, text='{"errors": [')])
def test_a_user_that_was_made_meanwhile_is_changed(package: Any, conflict: httpx.Response) -> None:
    intercom = Intercom(found=[MISSING, {"id": "c2"}], post=conflict)
    assert client(intercom).contacts.update(package.ContactAttributes(plan="pro"), external_id="u1") == "c2"
    assert intercom.calls[2:] == [
        "GET /contacts/find_by_external_id/u1",
        'PUT /contacts/c2 {"custom_attributes": {"plan": "pro"}, "external_id": "u1"}',
    ]


def test_a_user_of_the_same_address_gets_the_external_id(package: Any) -> None:
    intercom = Intercom(found=MISSING, post=refusal(409, THERE), get={"id": "c2", "external_id": None})
    attributes = package.ContactAttributes(email="ada@example.com")
    assert client(intercom).contacts.update(attributes, external_id="u1") == "c2"
    assert intercom.calls[3:] == [
        "GET /contacts/c2",
        'PUT /contacts/c2 {"email": "ada@example.com", "external_id": "u1"}',
    ]


@pytest.mark.parametrize("message", [THERE, f"An archived {THERE[2:]}", "Something else"])
def test_somebody_else_is_not_changed(message: str) -> None:
    intercom = Intercom(found=MISSING, post=refusal(409, message), get={"id": "c2", "external_id": "u2"})
    with pytest.raises(Refused, match=message):
        client(intercom).contacts.update(external_id="u1")
    assert not [call for call in intercom.calls if call.startswith("PUT")]


@pytest.mark.parametrize(
    ("external_id", "path"),
    [
        ("a/b c", "a%2Fb%20c"),
        ("..", "%2E%2E"),
        ("ada@example.com", "ada%40example%2Ecom"),
        ("ü?#", "%C3%BC%3F%23"),
    ],
)
def test_an_external_id_is_one_part_of_a_path(external_id: str, path: str) -> None:
    intercom = Intercom()
    client(intercom).contacts.update(external_id=external_id)
    assert intercom.calls == [f"GET /contacts/find_by_external_id/{path}"]


def test_companies_are_made_changed_and_joined(package: Any) -> None:
    intercom = Intercom(get={"type": "list", "data": [{"id": "k1"}]}, post={"id": "k1"})
    data = client(intercom)
    assert data.companies.update(package.CompanyAttributes(size=5), company_id="acme") == "k1"
    data.companies.add_contact(company_id="acme", external_id="u1")
    data.companies.add_contact(company_id="acme", id="c7")
    assert intercom.calls == [
        'POST /companies {"company_id": "acme", "size": 5}',
        "GET /contacts/find_by_external_id/u1",
        "GET /companies?company_id=acme",
        'POST /contacts/c1/companies {"id": "k1"}',
        "GET /companies?company_id=acme",
        'POST /contacts/c7/companies {"id": "k1"}',
    ]


def test_an_event_is_sent_with_its_time_and_metadata() -> None:
    intercom = Intercom(post=httpx.Response(202))
    moment = datetime(2026, 1, 31, tzinfo=UTC)
    done = event("done", metadata("x", "what", "string"), metadata(moment, "on_date", "date"))
    client(intercom).events.send(done, external_id="u1", created_at=moment)
    assert json.loads(intercom.requests[0].content) == {
        "event_name": "done",
        "created_at": 1769817600,
        "user_id": "u1",
        "metadata": {"what": "x", "on_date": 1769817600},
    }


def test_an_event_without_a_time_has_the_same_one_on_every_try(pauses: list[float]) -> None:
    intercom = Intercom(post=[refusal(500), refusal(500), httpx.Response(202)])
    client(intercom).events.send(event("done"), email="ada@example.com")
    assert len(intercom.calls) == 3
    assert len(set(intercom.calls)) == 1
    assert 0.25 <= pauses[0] < 0.5 <= pauses[1] < 1


@pytest.mark.parametrize(
    "call",
    [
        lambda data: data.contacts.update(),
        lambda data: data.contacts.update(external_id=" "),
        lambda data: data.contacts.update(external_id=7),
        lambda data: data.contacts.update({"plan": "pro"}, external_id="u1"),
        lambda data: data.events.send("done", external_id="u1"),
        lambda data: data.contacts.update(external_id="x" * 256),
        lambda data: data.companies.update(company_id=""),
        lambda data: data.companies.add_contact(company_id="acme"),
        lambda data: data.events.send(event("done")),
        lambda data: data.events.send(event("done"), id="c1", created_at=datetime(1969, 1, 1, tzinfo=UTC)),
    ],
)
def test_a_call_about_nobody_or_nothing_is_not_made(call: Callable[[Any], object]) -> None:
    intercom = Intercom()
    with pytest.raises(InvalidValue):
        call(client(intercom))
    assert intercom.calls == []


def test_a_lead_is_named_by_intercoms_id(package: Any) -> None:
    intercom = Intercom()
    with pytest.raises(InvalidValue, match="a lead has no external id"):
        client(intercom).contacts.update(package.ContactAttributes(role="lead"), external_id="u1")
    client(intercom).contacts.update(package.ContactAttributes(role="lead"), id="c1")
    assert intercom.calls == ['PUT /contacts/c1 {"role": "lead"}']


FAILURES = [
    (refusal(401, "Access Token Invalid"), Unauthorized, "Access Token Invalid", 1, False),
    (refusal(403), Unauthorized, "Bad thing", 1, False),
    (refusal(404), NotFound, "Bad thing", 1, False),
    (refusal(422), Refused, "Bad thing", 1, False),
    (httpx.Response(418, text="<html>"), Refused, "status 418 for PUT /contacts/c1", 1, False),
    (refusal(429, "Exceeded rate limit"), RateLimited, "Exceeded rate limit", 4, False),
    (refusal(500), UnexpectedAnswer, "Bad thing", 4, True),
    (httpx.Response(503, text="<html>busy"), UnexpectedAnswer, "status 503 for PUT /contacts/c1", 4, True),
    (httpx.Response(200, text='{"id": '), UnexpectedAnswer, "is no JSON object: status 200", 4, True),
    (httpx.Response(200, text="[1]"), UnexpectedAnswer, "is no JSON object: status 200", 4, True),
    (
        httpx.Response(302, headers={"location": "https://evil.example"}),
        UnexpectedAnswer,
        "status 302",
        1,
        False,
    ),
    (httpx.ConnectError("no"), Unreachable, "Intercom cannot be reached: PUT /contacts/c1", 4, False),
    (httpx.ReadTimeout("no"), Unreachable, "Intercom did not answer in time: PUT /contacts/c1", 4, True),
    (httpx.RemoteProtocolError("no"), Unreachable, "the connection to Intercom was closed", 4, True),
]


@pytest.mark.parametrize(("answer", "kind", "message", "tries", "maybe_done"), FAILURES)
def test_what_may_help_is_tried_again(
    answer: Any, kind: type[IntercomError], message: str, tries: int, maybe_done: bool, pauses: list[float]
) -> None:
    intercom = Intercom(put=answer)
    with pytest.raises(kind) as raised:
        client(intercom).contacts.update(id="c1", external_id="u1")
    assert message in str(raised.value)
    assert len(intercom.calls) == tries
    assert len(pauses) == tries - 1
    assert raised.value.maybe_done == maybe_done
    if isinstance(answer, httpx.Response):
        assert raised.value.status == answer.status_code
        assert raised.value.request_id == ("req-1" if "error.list" in answer.text else None)


def test_a_minute_without_an_answer_is_not_spent_twice(
    pauses: list[float], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(runtime, "_PATIENCE", 0.0)
    intercom = Intercom(put=httpx.ReadTimeout("no"))
    with pytest.raises(Unreachable):
        client(intercom).contacts.update(id="c1", external_id="u1")
    assert len(intercom.calls) == 1


@pytest.mark.parametrize(
    ("limit", "message"), [("_PATIENCE", "did not answer in time"), ("_LARGEST_ANSWER", "is too large")]
)
def test_an_answer_that_never_ends_is_not_read_to_its_end(
    limit: str, message: str, pauses: list[float], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(runtime, limit, -1)
    read: list[int] = []

    class Endless(httpx.SyncByteStream, httpx.AsyncByteStream):
        def __iter__(self) -> Iterator[bytes]:
            for part in range(1000):
                read.append(part)
                yield b"x"

        async def __aiter__(self) -> AsyncIterator[bytes]:
            for part in self:
                yield part

    transport = httpx.MockTransport(lambda _: httpx.Response(200, stream=Endless()))
    with pytest.raises(Unreachable, match=message):
        Client[Any, Any](SECRET, transport=transport).contacts.update(id="c1", external_id="u1")

    async def run() -> None:
        async with AsyncClient[Any, Any](SECRET, transport=transport) as data:
            await data.contacts.update(id="c1", external_id="u1")

    with pytest.raises(Unreachable, match=message):
        asyncio.run(run())
    assert len(read) <= 8


def test_an_answer_without_an_id_is_no_contact() -> None:
    with pytest.raises(UnexpectedAnswer, match="has no `id`"):
        client(Intercom(found={"type": "list"})).contacts.update(external_id="u1")


def test_a_full_window_is_waited_for(pauses: list[float]) -> None:
    now = datetime.now(UTC)
    full = {
        "x-ratelimit-limit": "100",
        "x-ratelimit-remaining": "0",
        "x-ratelimit-reset": str(int(now.timestamp()) + 7),
        "date": now.strftime("%a, %d %b %Y %H:%M:%S GMT"),
    }
    data = client(Intercom(put=httpx.Response(200, json={"id": "c1"}, headers=full)))
    data.contacts.update(id="c1", external_id="u1")
    assert pauses == []
    data.contacts.update(id="c1", external_id="u1")
    assert 5 < pauses[0] < 8
    assert sum(pauses) <= 12


# --- the token ---


@pytest.mark.parametrize("token", ["", " ", "a b", "a\nb", "“a”", "ü"])
def test_a_token_of_no_use_is_refused_and_not_shown(token: str) -> None:
    with pytest.raises(ValueError, match="the token is empty, or holds characters that no token has"):
        Client(token)


@pytest.mark.parametrize(
    "base_url", ["http://api.intercom.io", "https://", "ftp://localhost", "//localhost", "api.intercom.io"]
)
def test_the_token_goes_to_no_address_in_the_clear(base_url: str) -> None:
    with pytest.raises(ValueError, match="`base_url` begins with https://"):
        Client(SECRET, base_url=base_url)


def test_each_region_has_its_address() -> None:
    intercom = Intercom()
    for region in ("eu", "au"):
        client(intercom, region=region).contacts.update(external_id="u1")
    assert [request.url.host for request in intercom.requests] == ["api.eu.intercom.io", "api.au.intercom.io"]
    with pytest.raises(ValueError, match="`region` is one of us, eu, au"):
        client(intercom, region="uk")


@pytest.mark.parametrize(
    "answer",
    [
        refusal(400, f"token {SECRET} is bad"),
        httpx.Response(500, json={"errors": [{"message": "m"}], "request_id": SECRET}),
        httpx.Response(503, text=SECRET, headers={"x-request-id": SECRET}),
        httpx.ConnectError(SECRET),
        httpx.RemoteProtocolError(SECRET),
    ],
)
def test_no_error_shows_the_token(answer: Any, pauses: list[float]) -> None:
    intercom = Intercom(put=answer)
    with pytest.raises(IntercomError) as raised:
        client(intercom).contacts.update(id="c1", external_id="u1")
    error = raised.value
    assert SECRET not in repr([str(error), error.request_id, error.args])
    assert error.__cause__ is None
    assert error.__context__ is None
    frames = [
        frame.frame.f_locals
        for frame in inspect.getinnerframes(error.__traceback__)
        if frame.filename == runtime.__file__
    ]
    assert frames
    # What an error tracker keeps of each frame.
    assert SECRET not in repr(frames)
    assert "Bearer" not in "".join(traceback.format_exception(error))


def test_nothing_that_can_be_printed_shows_the_token() -> None:
    data = client(Intercom())
    connection = data._connection
    for shown in (
        data,
        data.contacts,
        connection,
        vars(connection),
        vars(connection.calls),
        connection._http.auth,
    ):
        assert SECRET not in repr(shown)


# --- the order ---


Calls = Callable[[Any], Awaitable[object]]
DONE = event("done")


def update(**person: str) -> Calls:
    return lambda data: data.contacts.update(**person)


def send(**person: str) -> Calls:
    return lambda data: data.events.send(DONE, **person)


def company(company_id: str) -> Calls:
    return lambda data: data.companies.update(company_id=company_id)


def join(**person: str) -> Calls:
    return lambda data: data.companies.add_contact(company_id="acme", **person)


U1, U2 = {"external_id": "u1"}, {"external_id": "u2"}
C1, C2 = {"id": "c1"}, {"id": "c2"}


@pytest.mark.parametrize(
    ("first", "then", "waits"),
    [
        (update(**U1), send(**U1), True),
        (update(**U1), send(**U2), False),
        (update(**U1), update(**U1), True),
        (update(**U1), update(**U2), False),
        # Whether these are of the same person, nobody knows.
        (update(**U1), send(email="ada@example.com"), True),
        (update(**U1), send(**C1), True),
        (update(**U1), update(**C2, **U1), True),
        (update(**U1, **C1), send(**C1), True),
        (update(**U1, **C1), send(**U2), False),
        (update(**U1), company("acme"), False),
        (company("acme"), company("acme"), True),
        (company("acme"), company("other"), False),
        (company("acme"), send(**U1), True),
        (company("acme"), update(**U1), False),
        (company("acme"), join(**U1), True),
        (join(**C1), send(**C1), True),
        (join(**C1), send(**C2), False),
        (send(**U1), send(**U1), False),
        (send(**U1), update(**U1), False),
    ],
)
def test_what_may_be_about_the_same_keeps_its_order(first: Calls, then: Calls, waits: bool) -> None:
    async def run() -> None:
        began, let_go = asyncio.Event(), asyncio.Event()

        async def answer(request: httpx.Request) -> httpx.Response:
            if not began.is_set():
                began.set()
                await let_go.wait()
            return httpx.Response(200, json={"id": "c1"})

        async with AsyncClient[Any, Any](SECRET, transport=httpx.MockTransport(answer)) as data:
            held = asyncio.ensure_future(first(data))
            await began.wait()
            later = asyncio.ensure_future(then(data))
            for _ in range(100):  # far more than it takes to answer it
                await asyncio.sleep(0)
            assert not held.done()
            assert later.done() != waits
            let_go.set()
            await asyncio.gather(held, later)

    asyncio.run(run())


def test_an_event_waits_for_the_updates_that_another_thread_makes() -> None:
    began, waiting, let_go = threading.Event(), threading.Event(), threading.Event()
    answered: list[str] = []

    def answer(request: httpx.Request) -> httpx.Response:
        if request.method == "PUT":
            began.set()
            assert let_go.wait(10)
        answered.append(request.method)
        return httpx.Response(200, json={"id": "c1"})

    class Watched(threading.Event):
        def wait(self, timeout: float | None = None) -> bool:
            waiting.set()
            return super().wait(timeout)

    data = client(answer)
    data._connection.calls._contacts._signal = Watched
    with ThreadPoolExecutor(2) as threads:
        updating = threads.submit(data.contacts.update, **U1, **C1)
        assert began.wait(10)
        sending = threads.submit(data.events.send, DONE, **C1)
        assert waiting.wait(10)
        assert answered == []
        let_go.set()
        updating.result(10)
        sending.result(10)
    assert answered == ["PUT", "POST"]


def test_events_are_sent_after_an_update_that_failed() -> None:
    intercom = Intercom(put=refusal(422), post=httpx.Response(202))
    data = client(intercom)
    with pytest.raises(Refused):
        data.contacts.update(id="c1", external_id="u1")
    data.events.send(event("done"), id="c1")
    assert len(intercom.calls) == 2


def run_async(intercom: Answer, *begin: Callable[[AsyncClient[Any, Any]], Awaitable[object]]) -> list[object]:
    """What calls give that are begun in this order, all at once."""

    async def answer(request: httpx.Request) -> httpx.Response:
        # Reads are slow: whatever could overtake them does.
        if request.method == "GET":
            await asyncio.sleep(0.02)
        return intercom(request)

    async def run() -> list[object]:
        async with AsyncClient(SECRET, transport=httpx.MockTransport(answer)) as data:
            return await asyncio.gather(*(call(data) for call in begin), return_exceptions=True)

    return asyncio.run(run())


def test_updates_and_events_that_are_awaited_at_once_keep_their_order(package: Any) -> None:
    intercom = Intercom()
    pro, free = (package.ContactAttributes(plan=plan) for plan in ("pro", "free"))
    assert run_async(
        intercom,
        lambda data: data.contacts.update(pro, external_id="u1"),
        lambda data: data.companies.update(company_id="acme"),
        lambda data: data.contacts.update(free, external_id="u1"),
        lambda data: data.events.send(event("downgraded"), external_id="u1"),
        lambda data: data.events.send(event("other"), external_id="u2"),
    ) == ["c1", "c1", "c1", None, None]
    moments = {
        name: next(at for at, call in enumerate(intercom.calls) if name in call)
        for name in ("pro", "free", "acme", "downgraded", "other")
    }
    assert moments["pro"] < moments["free"] < moments["downgraded"]
    assert moments["acme"] < moments["downgraded"]


def test_an_update_that_is_cancelled_holds_nobody_up() -> None:
    intercom = Intercom()

    async def answer(request: httpx.Request) -> httpx.Response:
        if request.method == "PUT":
            await asyncio.Event().wait()
        return intercom(request)

    async def run() -> None:
        async with AsyncClient(SECRET, transport=httpx.MockTransport(answer)) as data:
            update = asyncio.create_task(data.contacts.update(id="c1", external_id="u1"))
            await asyncio.sleep(0)
            send = asyncio.create_task(data.events.send(event("done"), id="c1"))
            await asyncio.sleep(0)
            assert intercom.calls == []
            update.cancel()
            await asyncio.wait_for(send, 10)
            assert data._connection.calls._gate._under_way == 0

    asyncio.run(run())
    assert [call.split()[0] for call in intercom.calls] == ["POST"]


def test_so_many_calls_are_under_way_at_once() -> None:
    most = under_way = 0

    async def answer(request: httpx.Request) -> httpx.Response:
        nonlocal most, under_way
        under_way += 1
        most = max(most, under_way)
        try:
            await asyncio.sleep(0)
        finally:
            under_way -= 1
        return httpx.Response(202)

    async def run() -> None:
        transport = httpx.MockTransport(answer)
        async with AsyncClient[Any, Any](SECRET, transport=transport, parallelism=3) as data:
            calls = [
                asyncio.create_task(data.events.send(event("done"), id=f"c{number}")) for number in range(40)
            ]
            await asyncio.sleep(0)
            # Given up while they wait for a place, and while they have one.
            for call in (calls[1], calls[20]):
                call.cancel()
            ended = await asyncio.gather(*calls, return_exceptions=True)
            assert [number for number, end in enumerate(ended) if end is not None] == [1, 20]
            assert data._connection.calls._places._free == 3

    asyncio.run(run())
    assert most == 3
    with pytest.raises(ValueError, match="`parallelism` is at least 1"):
        Client[Any, Any](SECRET, parallelism=0)


def test_threads_wait_for_each_other() -> None:
    with ThreadPoolExecutor(8) as threads, client(Intercom(post=httpx.Response(202)), parallelism=1) as data:
        list(threads.map(lambda number: data.events.send(event("done"), id=f"c{number}"), range(40)))
        assert data._connection.calls._places._free == 1


def test_the_async_client_does_what_the_other_does(pauses: list[float]) -> None:
    for answer, kind, message, tries, _ in FAILURES:
        intercom = Intercom(put=answer)

        async def run(intercom: Answer = intercom) -> None:
            data = AsyncClient[Any, Any](SECRET, transport=httpx.MockTransport(intercom))
            try:
                await data.contacts.update(id="c1", external_id="u1")
            finally:
                await data.close()

        with pytest.raises(kind) as raised:
            asyncio.run(run())
        assert message in str(raised.value)
        assert len(intercom.calls) == tries
    assert SECRET not in repr(vars(AsyncClient(SECRET)._connection))


def test_an_async_client_belongs_to_one_event_loop() -> None:
    intercom = Intercom(put=httpx.Response(200, json={"id": "c1"}))
    data = AsyncClient[Any, Any](SECRET, transport=httpx.MockTransport(intercom))

    async def update() -> str:
        return await data.contacts.update(id="c1", external_id="u1")

    async def update_twice() -> list[str]:
        return [await update(), await update()]

    assert asyncio.run(update_twice()) == ["c1", "c1"]
    with pytest.raises(RuntimeError, match="belongs to the event loop that used it first"):
        asyncio.run(update())
    assert len(intercom.calls) == 2


def test_what_a_lost_try_may_have_done_is_told_by_the_refusal_of_a_later_one(pauses: list[float]) -> None:
    for later in (httpx.Response(429), httpx.Response(422), httpx.ConnectError("")):
        with client(Intercom(post=[httpx.ReadError(""), later])) as data:
            with pytest.raises(IntercomError) as raised:
                data.events.send(event("done"), id="c1")
            assert raised.value.maybe_done
        with client(Intercom(post=later)) as data:
            with pytest.raises(IntercomError) as raised:
                data.events.send(event("done"), id="c1")
            assert not raised.value.maybe_done
