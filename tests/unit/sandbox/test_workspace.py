"""The workspace as a whole: what is a call, errors inside, its identity, threads, and the headers of answers."""

import json
import re
import sqlite3
import threading

import pytest

from intercom_iac.sandbox import (
    Request,
    Sandbox,
)


def test_me_tells_which_workspace_this_is(client, sandbox, clock):
    body = client.get("/me").body
    assert (body["type"], body["app"]["type"]) == ("admin", "app")
    assert re.fullmatch("sandbox_[0-9a-f]{8}", body["app"]["id_code"])
    assert body["app"]["id_code"] == sandbox.app_id
    assert (body["app"]["timezone"], body["app"]["region"]) == ("America/New_York", "US")
    assert body["app"]["created_at"] == clock.now


@pytest.mark.parametrize(
    "headers", [{}, {"authorization": ""}, {"authorization": "Bearer "}, {"authorization": "Basic x"}]
)
@pytest.mark.parametrize("path", ["/me", "/no/such/path"])
def test_a_call_without_a_token_is_unauthorized(sandbox, path, headers):
    response = sandbox.handle(Request("GET", path, headers=headers))
    body = json.loads(response.body)
    assert response.status == 401
    assert body["errors"] == [{"code": "unauthorized", "message": "Access Token Invalid"}]
    assert re.fullmatch("[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}", body["request_id"])


@pytest.mark.parametrize("headers", [{}, {"intercom-version": "2.14"}, {"intercom-version": "2.16"}])
@pytest.mark.parametrize("path", ["/me", "/me/"])
def test_any_token_version_and_final_slash_will_do(sandbox, path, headers):
    response = sandbox.handle(Request("GET", path, headers={"authorization": "bearer x"} | headers))
    assert response.status == 200
    assert response.headers["content-type"].startswith("application/json")


@pytest.mark.parametrize(
    ("method", "path"),
    [
        ("GET", "/nope"),
        ("GET", "/"),
        ("DELETE", "/me"),
        ("GET", "/contacts/1/2/3"),
        ("DELETE", "/data_attributes/1"),
    ],
)
def test_what_is_no_call(client, method, path):
    assert client.call(method, path).error == (
        404,
        "not_found",
        "The requested resource does not exist; check your path and try again",
    )


@pytest.mark.parametrize(
    "body",
    [
        b"{",
        b"nope",
        b"\xff\xfe",
        b'{"name": NaN}',
        b'{"name": 1e999}',
        b"[" * 100_000,
        b'{"a": ' + b"9" * 5000 + b"}",
    ],
)
def test_a_body_that_is_not_json(sandbox, body):
    response = sandbox.handle(Request("POST", "/contacts", headers={"authorization": "Bearer x"}, body=body))
    assert response.status == 400
    assert json.loads(response.body)["errors"] == [
        {"code": "bad_request", "message": "The request body is not valid JSON"}
    ]


@pytest.mark.parametrize("body", [[1], "x", 5])
def test_a_body_is_an_object(client, body):
    assert client.post("/contacts", body).error == (
        400,
        "bad_request",
        "The request body is not a JSON object",
    )


def test_text_that_is_no_unicode_is_refused_and_nothing_is_stored(client):
    client.attribute("x")
    for body in ({"external_id": "\ud800"}, {"external_id": "1", "custom_attributes": {"x": "\ud800"}}):
        assert client.post("/contacts", body).error[:2] == (400, "bad_request")
    assert client.get("/contacts").body["total_count"] == 0


def test_an_error_inside_shows_nothing_of_the_inside(tmp_path):
    path = tmp_path / "sandbox.db"
    with Sandbox(path) as sandbox:
        with sqlite3.connect(path) as other:
            other.execute("drop table tags")
        other.close()
        response = sandbox.handle(Request("GET", "/tags", headers={"authorization": "Bearer x"}))
    assert response.status == 500
    assert json.loads(response.body)["errors"] == [
        {"code": "server_error", "message": "An internal error occurred"}
    ]


def test_an_identity_can_be_chosen_on_creation(tmp_path):
    with Sandbox(tmp_path / "a.db", app_id="abc12345") as sandbox:
        assert sandbox.app_id == "abc12345"
    with Sandbox(None) as one, Sandbox(None) as other:
        assert one.app_id != other.app_id


@pytest.mark.parametrize("zone", ["Nowhere/Land", "", "../etc/passwd", "/etc/passwd"])
def test_an_unknown_time_zone(tmp_path, sandbox, zone):
    with pytest.raises(ValueError, match="unknown time zone"):
        Sandbox(tmp_path / "a.db", timezone=zone)
    with pytest.raises(ValueError, match="unknown time zone"):
        sandbox.timezone = zone
    assert not (tmp_path / "a.db").exists()


def test_an_error_may_quote_text_that_is_no_unicode(client):
    query = {"field": "\ud800", "operator": "=", "value": 1}
    answer = client.post("/contacts/search", {"query": query})
    assert answer.error == (400, "invalid_field", "? is not a valid search field")


def test_whatever_goes_wrong_inside_is_an_answer_and_a_log_entry(clock, client, caplog):
    clock.now = 10**30
    assert client.post("/contacts", {"external_id": "1"}).error == (
        500,
        "server_error",
        "An internal error occurred",
    )
    assert "POST /contacts failed inside the embedded workspace" in caplog.text


@pytest.mark.parametrize("in_memory", [True, False])
def test_threads_may_call_at_once(tmp_path, client_of, in_memory):
    with Sandbox(None if in_memory else tmp_path / "a.db") as sandbox:
        client = client_of(sandbox)
        client.attribute("n", "integer")
        answers = []

        def work(thread: int) -> None:
            for number in range(20):
                answers.append(
                    client.post(
                        "/contacts", {"external_id": f"{thread}-{number}", "custom_attributes": {"n": 1}}
                    )
                )
                answers.append(
                    client.post(
                        "/data_attributes", {"name": "same", "model": "contact", "data_type": "string"}
                    )
                )
                answers.append(client.get("/contacts"))

        threads = [threading.Thread(target=work, args=(number,)) for number in range(6)]
        for thread in threads:
            thread.start()
        for thread in threads:
            thread.join()
        statuses = [answer.status for answer in answers]
        assert len(statuses) == 360
        assert (statuses.count(200), statuses.count(400)) == (241, 119)
        assert client.get("/contacts").body["total_count"] == 120


@pytest.mark.parametrize(("path", "status"), [("/tags", 200), ("/tags/9", 404), ("/nowhere", 404)])
def test_every_answer_in_process_tells_the_usual_limit(sandbox, clock, path, status):
    """Past it as well: it is told, and nothing is refused."""
    clock.now = 1_790_000_000
    headers = {"authorization": "Bearer x", "intercom-version": "2.16"}
    answers = [sandbox.handle(Request("GET", path, headers=headers)) for _ in range(1668)]
    assert {answer.status for answer in answers} == {status}
    told = [
        [answer.headers[f"x-ratelimit-{name}"] for name in ("limit", "remaining", "reset")]
        for answer in answers
    ]
    assert told[0] == ["1667", "1666", "1790000010"]
    assert told[-2:] == [["1667", "0", "1790000010"]] * 2
    assert "x-ratelimit-limit" not in sandbox.handle(Request("GET", path)).headers
