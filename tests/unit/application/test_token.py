"""A token on a file descriptor: in no variable and no argument, where other processes might see it."""

from __future__ import annotations

import os
import traceback

import pytest

from intercom_iac.application import Session
from intercom_iac.application.token import access_token
from intercom_iac.diagnostics import IntercomIacError, Misuse, Unauthorized

SECRET = "dG9rOjEyMzQ1Njc4"
LIVE = "version: 1\nworkspaces: {live: {base_url: 'http://127.0.0.1:9', app_id: abc, token_env: LIVE}}\n"


@pytest.fixture
def live(write):
    """A session of a live workspace, in this environment alone."""

    def open_live(**environment: str) -> Session:
        return write(project=LIVE, environment=environment)

    return open_live


def pipe(content: bytes) -> str:
    """A descriptor that holds this."""
    read, write = os.pipe()
    os.write(write, content)
    os.close(write)
    return str(read)


def test_it_is_read_to_its_end_before_the_variable_and_closed(live) -> None:
    descriptor = pipe(f"{SECRET}\n".encode())
    session = live(INTERCOM_IAC_TOKEN_FD=descriptor, LIVE="of-the-environment")
    assert access_token(session).header() == f"Bearer {SECRET}"
    with pytest.raises(OSError):
        os.fstat(int(descriptor))


def test_without_a_descriptor_it_is_in_the_variable_of_the_workspace(live) -> None:
    assert access_token(live(LIVE=f" {SECRET}\n")).header() == f"Bearer {SECRET}"


@pytest.mark.parametrize("environment", [{}, {"LIVE": " "}, {"INTERCOM_TOKEN": SECRET}])
def test_without_either_there_is_none(live, environment: dict[str, str]) -> None:
    with pytest.raises(Unauthorized, match="the variable `LIVE` is not set"):
        access_token(live(**environment))


def test_the_environment_of_the_process_is_not_that_of_a_session(
    live, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("LIVE", SECRET)
    with pytest.raises(Unauthorized):
        access_token(live())


@pytest.mark.parametrize("content", [b"", b" \n"])
def test_an_empty_one_is_no_token(live, content: bytes) -> None:
    with pytest.raises(Unauthorized, match="holds nothing"):
        access_token(live(INTERCOM_IAC_TOKEN_FD=pipe(content), LIVE=SECRET))


def test_what_is_longer_than_a_token_is_none(live) -> None:
    with pytest.raises(Misuse, match="holds more than a token"):
        access_token(live(INTERCOM_IAC_TOKEN_FD=pipe(b"a" * 5000)))


@pytest.mark.parametrize("number", [SECRET, "-1", "999999999", "3.0", "٣"])
def test_what_is_no_number_is_not_echoed(live, number: str) -> None:
    with pytest.raises(Misuse, match="is no number of a file descriptor") as raised:
        access_token(live(INTERCOM_IAC_TOKEN_FD=number))
    assert number not in f"{raised.value!r} {raised.value.hint}".replace("=3 ", "")


@pytest.mark.parametrize(("number", "why"), [("1", "none a token"), ("9876", "bad file descriptor")])
def test_one_that_is_not_there_is_told(live, number: str, why: str) -> None:
    with pytest.raises(Misuse, match=why):
        access_token(live(INTERCOM_IAC_TOKEN_FD=number))


def test_no_frame_on_the_way_shows_the_environment(live) -> None:
    """It holds the tokens of other workspaces, too."""
    session = live(OTHER=SECRET)
    with pytest.raises(IntercomIacError) as raised:
        access_token(session)
    frames = traceback.TracebackException.from_exception(raised.value, capture_locals=True)
    # The first frame is that of this test.
    assert SECRET not in "".join(str(frame.locals) for frame in list(frames.stack)[1:])
