"""An answer that repeats the token is passed on without it, however the answer spells it."""

from __future__ import annotations

import json

import pytest

from intercom_iac.workspace import Token
from intercom_iac.workspace.client.answers import Answer
from intercom_iac.workspace.client.secrecy import without_token

SECRET = "dG9rOnRva2Vu/secret="


def answer(content: bytes, *, status: int = 200, **headers: str) -> Answer:
    return Answer("GET", "/me", status, headers, content)


@pytest.mark.parametrize("status", [200, 401])
def test_it_is_struck_from_headers_and_body(status: int) -> None:
    said = f'{{"message": "Bearer {SECRET} is refused"}}'.encode()
    found = without_token(answer(said, status=status, location=f"/?t={SECRET}", other="kept"), Token(SECRET))
    assert found.content == b'{"message": "Bearer *** is refused"}'
    assert dict(found.headers) == {"location": "/?t=***", "other": "kept"}


@pytest.mark.parametrize(("letter", "spelled"), [("/", "\\/"), ("=", "\\u003d"), ("k", "\\u006B")])
def test_it_is_struck_however_json_spells_it(letter: str, spelled: str) -> None:
    said = f'{{"message": "{SECRET.replace(letter, spelled)} \\u00e9"}}'
    assert json.loads(said)["message"] == f"{SECRET} é"
    found = without_token(answer(said.encode()), Token(SECRET))
    assert json.loads(found.content) == {"message": "*** é"}


@pytest.mark.parametrize("said", ['{"message": "\\/ \\u003d"}', "not \\ JSON", "[" * 100_000 + "\\"])
def test_what_does_not_repeat_it_stays_as_it_is(said: str) -> None:
    assert without_token(answer(said.encode()), Token(SECRET)).content == said.encode()


@pytest.mark.parametrize(
    ("secret", "status", "kept"),
    [("abc", 401, True), ("abcd", 401, False), ("abcdefghijk", 200, True), ("abcdefghijkl", 200, False)],
)
def test_a_stand_in_too_short_to_be_a_secret_may_be_a_word_of_the_workspace(
    secret: str, status: int, kept: bool
) -> None:
    said = answer(f'"{secret}"'.encode(), status=status)
    assert (without_token(said, Token(secret)) == said) is kept
