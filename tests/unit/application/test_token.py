"""A token on a file descriptor: in no variable and no argument, where other processes might see it."""

from __future__ import annotations

import os

import pytest

from intercom_iac.application.token import access_token
from intercom_iac.diagnostics import Misuse, Unauthorized

SECRET = "dG9rOjEyMzQ1Njc4"


def given(content: bytes, monkeypatch: pytest.MonkeyPatch) -> int:
    read, write = os.pipe()
    os.write(write, content)
    os.close(write)
    monkeypatch.setenv("INTERCOM_IAC_TOKEN_FD", str(read))
    return read


def test_it_is_read_to_its_end_before_the_variable_and_closed(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("LIVE", "of-the-environment")
    descriptor = given(f"{SECRET}\n".encode(), monkeypatch)
    assert access_token("live", "LIVE").header() == f"Bearer {SECRET}"
    with pytest.raises(OSError):
        os.fstat(descriptor)


@pytest.mark.parametrize("content", [b"", b" \n"])
def test_an_empty_one_is_no_token(content: bytes, monkeypatch: pytest.MonkeyPatch) -> None:
    given(content, monkeypatch)
    monkeypatch.setenv("LIVE", SECRET)
    with pytest.raises(Unauthorized, match="holds nothing"):
        access_token("live", "LIVE")


def test_what_is_longer_than_a_token_is_none(monkeypatch: pytest.MonkeyPatch) -> None:
    given(b"a" * 5000, monkeypatch)
    with pytest.raises(Misuse, match="holds more than a token"):
        access_token("live", "LIVE")


@pytest.mark.parametrize("number", [SECRET, "-1", "999999999", "3.0", "٣"])
def test_what_is_no_number_is_not_echoed(number: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("INTERCOM_IAC_TOKEN_FD", number)
    with pytest.raises(Misuse, match="is no number of a file descriptor") as raised:
        access_token("live", "LIVE")
    assert number not in f"{raised.value!r} {raised.value.hint}".replace("=3 ", "")


@pytest.mark.parametrize(("number", "why"), [("1", "none a token"), ("9876", "bad file descriptor")])
def test_one_that_is_not_there_is_told(number: str, why: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("INTERCOM_IAC_TOKEN_FD", number)
    with pytest.raises(Misuse, match=why):
        access_token("live", "LIVE")
