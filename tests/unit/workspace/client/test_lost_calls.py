"""A call without an answer is told in words, with the host and the port, and never by the name of a type."""

from __future__ import annotations

import socket

import httpx
import pytest

from intercom_iac.diagnostics import UnexpectedResponse, Unreachable, WorkspaceError
from intercom_iac.workspace import Client, Target, Token

URL = "https://api.intercom.io"


def told(error: Exception, *, base_url: str = URL) -> WorkspaceError:
    def fail(_: httpx.Request) -> httpx.Response:
        raise error

    target = Target("live", base_url=base_url, token=Token("dG9rOjEyMzQ1Njc4"))
    made = Client(target, transport=httpx.MockTransport(fail), sleep=lambda _: None)
    with pytest.raises(WorkspaceError) as raised:
        made.get("/me")
    return raised.value


def caused(cause: BaseException) -> httpx.ConnectError:
    error = httpx.ConnectError("an implementation's words")
    error.__cause__ = cause
    return error


@pytest.mark.parametrize(
    ("error", "said"),
    [
        (httpx.ConnectError("x"), "cannot be reached: it could not be connected to"),
        (caused(socket.gaierror(-2, "x")), "cannot be reached: there is no address for this name"),
        (caused(ConnectionRefusedError(111, "x")), "cannot be reached: the connection was refused"),
        (httpx.ConnectTimeout("x"), "cannot be reached: it could not be connected to in time"),
        (httpx.PoolTimeout("x"), "cannot be reached: it could not be connected to in time"),
        (httpx.ProxyError("x"), "cannot be reached: the proxy refused"),
        (httpx.ReadTimeout("x"), "did not answer GET /me in time"),
        (httpx.WriteTimeout("x"), "did not answer GET /me in time"),
        (httpx.ReadError("x"), "did not answer GET /me: the connection was closed"),
        (
            httpx.RemoteProtocolError("x"),
            "did not answer GET /me: the connection was closed, or it does not speak HTTP",
        ),
    ],
)
def test_it_says_what_became_of_the_call(error: Exception, said: str) -> None:
    found = told(error)
    assert isinstance(found, Unreachable)
    assert found.message == f"`api.intercom.io:443` {said}"


@pytest.mark.parametrize(
    ("base_url", "where"),
    [
        ("http://127.0.0.1:8080", "127.0.0.1:8080"),
        ("http://localhost", "localhost:80"),
        ("http://[::1]:8080", "[::1]:8080"),
    ],
)
def test_it_says_where_it_went(base_url: str, where: str) -> None:
    assert told(httpx.ConnectError("x"), base_url=base_url).message.startswith(f"`{where}` cannot be reached")


@pytest.mark.parametrize(
    ("error", "why"),
    [
        (httpx.DecodingError("x"), "it cannot be unpacked"),
        (httpx.InvalidURL("x"), "it leads to no address"),
    ],
)
def test_an_answer_of_no_use_is_told_in_words(error: Exception, why: str) -> None:
    found = told(error)
    assert isinstance(found, UnexpectedResponse)
    assert found.message == f"the answer to GET /me cannot be read: {why}"
