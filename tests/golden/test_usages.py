"""Code in Python, Ruby, Go, PHP, Java and Kotlin, and what is found in it: a corpus for people to read, a file a
language."""

from __future__ import annotations

import re
from dataclasses import dataclass
from pathlib import Path

import pytest

from support.code_scans import judge_code, mistakes_of, unknowns_of, uses_of

CORPUS = Path(__file__).parent / "usages"
SUFFIXES = {
    "python": "py",
    "ruby": "rb",
    "go": "go",
    "php": "php",
    "java": "java",
    "kotlin": "kt",
    "html": "html",
    "erb": "html.erb",
    "jserb": "js.erb",
    "vue": "vue",
    "svelte": "svelte",
}
_BLOCK = re.compile(r"^```(\w+)( whole| frame)?\n(.*?)^```\n\n?((?:^- [^\n]*\n?)*)", re.MULTILINE | re.DOTALL)


@dataclass(frozen=True)
class Case:
    """A piece of code, where it stands in the corpus, and what is to be found in it."""

    place: str
    language: str
    code: str
    found: list[str]


def corpus() -> list[Case]:
    cases: list[Case] = []
    for file in sorted(CORPUS.glob("*.md")):
        text, frame = file.read_text("utf-8"), "..."
        for match in _BLOCK.finditer(text):
            language, role, code, found = match.groups()
            if role == " frame":
                frame = code
                continue
            cases.append(
                Case(
                    place=f"{file.name}:{text.count(chr(10), 0, match.start()) + 1}",
                    language=language,
                    code=code if role else frame.replace("...", code.rstrip("\n")),
                    found=[line.removeprefix("- ") for line in found.splitlines()],
                )
            )
    return cases


CASES = corpus()


@pytest.mark.parametrize("case", CASES, ids=[case.place for case in CASES])
def test_what_is_found_in_code(case: Case) -> None:
    judgement = judge_code(f"app.{SUFFIXES[case.language]}", case.code)
    mistakes = (mistake.split(" ", 1) for mistake in mistakes_of(judgement))
    found = [
        *uses_of(judgement),
        *(f"{code} `{text}`" for code, text in mistakes),
        *(f"? `{text}`" for text in unknowns_of(judgement)),
    ]
    assert (found or ["nothing"]) == case.found


def test_the_corpus_has_each_language() -> None:
    assert {case.language for case in CASES} == set(SUFFIXES)
