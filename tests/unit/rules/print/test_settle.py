"""Words in the place of forms: written as the form, unless the specs declare the word."""

from __future__ import annotations

import pytest

from intercom_iac.rules import canonical_text, parse, settle_words
from intercom_iac.rules.syntax.special_words import ABSENT, PRESENT
from intercom_iac.text import Excerpt


def settled(text: str, declared: frozenset[str] | None) -> str:
    syntax, diagnostics = parse(Excerpt.from_text(text, "<rule>"))
    assert diagnostics == []
    assert syntax is not None
    return canonical_text(settle_words(syntax, lambda: declared))


@pytest.mark.parametrize("word", sorted(ABSENT | PRESENT))
@pytest.mark.parametrize(("verb", "negated"), [("is", False), ("IS NOT", True), ("isn't", True)])
def test_a_word_for_presence_becomes_its_form_unless_it_is_declared(
    word: str, verb: str, negated: bool
) -> None:
    form = "f has any value" if (word in PRESENT) != negated else "f is unknown"
    # `is unknown` is the form itself.
    kept = form if word == "unknown" else f"f is {'not ' if negated else ''}{word.upper()}"
    for text in (f"f {verb} {word.upper()}", f"company(vip and f {verb} {word.upper()})"):
        for declared, meant in ((frozenset(), form), (frozenset({word}), kept), (None, kept)):
            assert settled(text, declared) == text.replace(f"f {verb} {word.upper()}", meant)


@pytest.mark.parametrize(
    ("written", "settled_text"),
    [
        ("d < TODAY", "d before today"),
        ("d > Tomorrow", "d after tomorrow"),
        ("d = yesterday", "d on yesterday"),
        ("d is not Today", "d != today"),
        ("d at least TODAY", "d >= today"),
        ("event e between Yesterday and TODAY", "event e between yesterday and today"),
        ("event e where (d < Today) last < Today", "event e where (d before today) last before today"),
        ("event a where d < Today then event b where d < Today", None),
        ("not (f is empty or d > NOW)", "not (f is unknown or d > NOW)"),
        ("b = TRUE or b is not False or b = YES", "b = true or b != false or b = YES"),
        (
            "t contains TODAY and t in (TODAY, x) and t = 'TODAY'",
            "t contains TODAY and t in (TODAY, x) and t = 'TODAY'",
        ),
    ],
)
def test_the_name_of_a_day_is_written_as_a_day(written: str, settled_text: str | None) -> None:
    meant = settled_text or "event a where d before today then event b where d before today"
    assert settled(written, frozenset()) == meant
    assert settled(meant, frozenset()) == meant
    assert settled("d < TODAY", frozenset({"today"})) == "d < TODAY"


def test_the_specs_are_asked_only_for_such_a_word() -> None:
    syntax, _ = parse(
        Excerpt.from_text("f is unknown and g = x and event e last within last 3 days", "<rule>")
    )
    assert syntax is not None
    assert settle_words(syntax, lambda: pytest.fail("asked")) == syntax
