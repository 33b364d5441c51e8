"""What is said where a rule does not read: what stands there, what should, and what to do about it."""

from __future__ import annotations

import re
from collections.abc import Container

from intercom_iac.diagnostics import Diagnostic, Fix
from intercom_iac.diagnostics.codes import parse as codes
from intercom_iac.lazy_pattern import lazy_pattern
from intercom_iac.text import Excerpt, did_you_mean

from ..corrections import replacement_fix
from ..print.text import quote
from .rewordings import rewording

_TEST = "a test such as `plan = trial`"
# The first line all of whose terminals the parser would take says what it waits for.
_WAITS_FOR: tuple[tuple[tuple[str, ...], str], ...] = (
    (("BROKEN",), _TEST),
    (("QUOTED", "NUMBER"), "a value"),
    (("QUOTED", "BACKTICKED"), "a name"),
    (("BACKTICKED",), "the name of an attribute"),
    (("HENCE",), "`ago` or `from now`"),
    (("_COMMA",), "`,` or `)`"),
    (("SIGN", "IN"), "an operator such as `=`"),
    (("SIGN",), "a comparison such as `>=`"),
    (("CONTAINS",), "`in`, `contains`, `starts with` or `ends with`"),
    (("_AND", "RPAR"), "`and`, `or` or `)`"),
    (("_AND",), "`and` or `or`"),
    (("UNIT",), "`days` or `weeks`"),
    (("NUMBER",), "a number"),
    (("TAG",), "`(` or `tag`"),
    (("LPAR",), "`(`"),
    (("TIMES",), "`times`"),
)

# Signs of other languages and what to write for them, the longest first.
_FOREIGN = {
    "===": "write `=`",
    "!==": "write `!=`",
    "=>": "write `>=`",
    "=<": "write `<=`",
    "≠": "write `!=`",
    "≤": "write `<=`",
    "≥": "write `>=`",
    **dict.fromkeys("“”‘’«»", "texts stand in straight quotes, ' or \""),
    **dict.fromkeys("&|", "write `and` or `or`"),
}
_SAME_SIGNS = {
    "===": "=",
    "!==": "!=",
    "=>": ">=",
    "=<": "<=",
    "≠": "!=",
    "≤": "<=",
    "≥": ">=",
}
_CURLY = frozenset("“”‘’«»")
_CLOSING = lazy_pattern("[“”‘’«»]")
_WORDS = (
    "contains", "starts with", "ends with", "more than", "less than", "greater than", "at least", "at most",
    "exactly", "before", "after", "within", "has any value", "unknown", "and", "or", "not", "days", "weeks", "ago",
    "from now", "next", "last", "where", "count", "first",
)  # fmt: skip
# Words that begin something where an attribute could stand.
_KEYWORDS = frozenset({"and", "or", "not", "tag", "event", "segment", "company"})
# `and` or `or` where a test should begin, with what makes it one: an attribute's name.
_NAMED = lazy_pattern(
    r"(?:and|or)(?=\s*(?:!=|[<>=])|\s+(?:is|in|contains|starts|ends|within|has)\b)", re.IGNORECASE
)
# The attribute behind `company` without its dot, by the operator that follows.
_COMPANY_NAMED = lazy_pattern(
    r"(?!(?:is|in|has|not|and|or|contains|starts|ends|within|does)\b)[^\W\d][\w.-]*"
    r"(?=\s*[=<>!]|\s+(?:is|in|has|not|contains|starts|ends|within|more|less|at|before|after|on)\b)",
    re.IGNORECASE,
)
# A field, or what an event is tested for, with `not` behind it, and a word that was taken for a value.
_NEGATED = lazy_pattern(
    r"(?<![\w.`-])(?!(?:and|or|not)\s)"
    r"(?P<field>event\s+{name}(?:\s+(?:first|last|count))?|(?:company\.)?{name})\s+(?:is\s+)?not\s+"
    r"(?:(?P<word>within|before|after|on|exactly|(?P<more>more|less|greater|at))\s+)?$".replace(
        "{name}", r"(?:`[^`]*`|[^\s()'\"`]+)"
    ),
    re.IGNORECASE,
)
_BEFORE_A_TEST = lazy_pattern(r"(?:^|\(|(?<![\w.-])(?:and|or|not|where)\s)\s*$", re.IGNORECASE)
_UNNEGATED = lazy_pattern(
    r"within|before|after|on|exactly|(?:more|less|greater)\s+than|at\s+(?:least|most)|[<>]=?|first|last",
    re.IGNORECASE,
)
_OPPOSITES = {
    **dict.fromkeys(("=", "is"), "`!=` or `is not`"),
    "unknown": "`has any value`",
    "has any value": "`is unknown`",
}
SPACED_NAME_HINT = "names with spaces stand in backticks"
# A single name at the start of a clause.
_BEHIND_A_NAME = lazy_pattern(
    r"(?:^|\(|(?<![\w.-])(?:and|or|not|where)\s)\s*(?:company\.)?(?!(?:and|or|not)\s)[^\W\d][\w.-]*\s+$",
    re.IGNORECASE,
)
_TOKEN = lazy_pattern(r"[^\W\d][\w.-]*|\d[\d.-]*|.", re.DOTALL)
_LONGEST = 40


def expectation(choices: Container[str]) -> str:
    """What a parser's state waits for, in words."""
    for terminals, words in _WAITS_FOR:
        if all(terminal in choices for terminal in terminals):
            return words
    return "the end of the rule"


def unexpected_text(rule: Excerpt, kind: str, start: int, end: int, expected: str) -> Diagnostic:
    """The diagnostic for what stands at a place where something else was expected.

    `kind` is the token's terminal, `$END` at the end of the text, "" where no token begins.
    """
    text = rule.text
    if kind == "$END":
        begin = len(text.rstrip())
        if not re.sub(r"#[^\n]*", "", text).strip():
            return codes.EMPTY.at(
                rule.span(begin, begin),
                "the rule is empty",
                hint="write at least one test, such as `plan = trial`",
            )
        message = f"the rule ends where {expected} should follow"
        return codes.UNEXPECTED.at(rule.span(begin, begin), message, hint=_named_is(text, begin, expected))
    sign = _foreign(text, start)
    if sign is not None:
        begin, written = sign
        span = rule.span(begin, begin + len(written))
        message = f"`{written}` is not a sign of the rule language"
        return codes.FOREIGN.at(
            span, message, hint=_FOREIGN[written], fix=_in_our_signs(rule, begin, written)
        )
    if kind == "" and text[start] in "'\"`":
        line_end = text.find("\n", start)
        span = rule.span(start, len(text) if line_end < 0 else line_end)
        what = "backtick" if text[start] == "`" else "quote"
        hint = f"close it with {text[start]}; inside, a {what} is written twice"
        return codes.UNCLOSED_QUOTE.at(span, f"the {what} is never closed", hint=hint)
    if kind == "" or text[start:end].isspace():
        end = start + 1
    found = _TOKEN.match(text, start)
    assert found is not None
    end = max(end, found.end()) if kind == "" else end
    written = text[start:end]
    shown = written if len(written) <= _LONGEST else written[:_LONGEST] + "…"
    message = f"expected {expected}, found `{shown}`"
    if (right := rewording(text, start)) is not None:
        hint = f"write `{right.text}`"
        fix = replacement_fix(rule.span(right.start, right.end), right.text, safe=right.certain)
        return codes.UNEXPECTED.at(rule.span(start, end), message, hint=hint, fix=fix)
    hint = _hint(text, start, written, expected)
    return codes.UNEXPECTED.at(rule.span(start, end), message, hint=hint)


def _in_our_signs(rule: Excerpt, begin: int, written: str) -> Fix | None:
    """A sign of another language as this one has it; texts in curly quotes with straight ones around them."""
    end = begin + len(written)
    if written in _CURLY:
        closing = _CLOSING.search(rule.text, end)
        if closing is None or "\n" in rule.text[end : closing.start()]:
            return None
        whole = rule.span(begin, closing.end())
        return replacement_fix(whole, quote(rule.text[end : closing.start()]), safe=True)
    sign = _SAME_SIGNS.get(written)
    if sign is None:
        return None
    return replacement_fix(rule.span(begin, end), sign, safe=True)


def _foreign(text: str, start: int) -> tuple[int, str] | None:
    """A foreign sign that begins here or, for a later sign such as the last one in `===`, before."""
    for begin in range(max(0, start - 2), start + 1):
        for sign in _FOREIGN:
            if text.startswith(sign, begin) and begin + len(sign) > start:
                return begin, sign
    return None


def _hint(text: str, start: int, written: str, expected: str) -> str | None:
    if (negated := _negation_hint(text, start, written)) is not None:
        return negated
    if (named := _named_is(text, start, expected) or _of_company(text, start, expected)) is not None:
        return named
    before = _word_before(text, start)
    if keyword_as_name(text, start, expected) or (
        expected == "the name of an attribute" and written.casefold() in _KEYWORDS
    ):
        return f"an attribute called `{written.casefold()}` stands in backticks"
    if before in _KEYWORDS and written.casefold() in ("=", "!=", "<", "<=", ">", ">=", "is", "in"):
        return f"an attribute called `{before}` stands in backticks"
    if written.casefold() in ("does", "doesn"):
        return "write `not contains`, `not starts with` or `not ends with`"
    if expected == "`(`":
        return "a list stands in parentheses: `in (a, b)`"
    if written[:1].isalpha() or written[:1] == "_":
        return _word_hint(text, start, written, expected)
    if not written[:1].isalnum() and written[:1] not in "()=<>!,'\"`":
        return "a text with other signs than letters, digits, `_`, `-` and `.` stands in quotes"
    return None


def _word_hint(text: str, start: int, written: str, expected: str) -> str | None:
    """What to do about a word that has no place where it stands."""
    close = did_you_mean(written, _WORDS) if len(written) <= _LONGEST else None
    if close is not None and written.casefold() not in close:
        return close
    if _BEHIND_A_NAME.search(text, max(0, start - _LONGEST), start):
        return SPACED_NAME_HINT
    return "texts with spaces stand in quotes" if expected.startswith("`and`") else None


def _of_company(text: str, start: int, expected: str) -> str | None:
    """What to write where `company` stands like an attribute."""
    if expected != "`(` or `tag`":
        return None
    named = _COMPANY_NAMED.match(text, start)
    if named is not None:
        return f"an attribute of a company stands behind a dot: `company.{named[0]}`"
    return (
        "a test on a company names an attribute of it: `company.name = Acme`, `company.name is unknown`; "
        "an attribute called `company` stands in backticks"
    )


def keyword_as_name(text: str, start: int, expected: str) -> re.Match[str] | None:
    """The keyword that begins where a test should and is used as the name of an attribute."""
    return _NAMED.match(text, start) if expected == _TEST else None


def _negation_hint(text: str, start: int, written: str) -> str | None:
    """How to negate what was negated behind its field, where only few tests can be."""
    before = _NEGATED.search(text, max(0, start - 2 * _LONGEST), start)
    if (
        before is None
        or _BEFORE_A_TEST.search(text[max(0, before.start() - _LONGEST) : before.start()]) is None
    ):
        return None
    test = f"{before['word']} {written}" if before["more"] else before["word"] or written
    test = " ".join(test.casefold().split())
    if _UNNEGATED.fullmatch(test):
        return f"write `not {before['field']} {test} …`"
    if test in _OPPOSITES:
        return f"write {_OPPOSITES[test]}"
    # A value alone: `plan not trial`.
    is_value = (
        written[:1].isalnum() and not before["word"] and not before["field"].casefold().startswith("event")
    )
    return "write `!=` or `is not`" if is_value else None


def _named_is(text: str, start: int, expected: str) -> str | None:
    """A tag, a segment or an event may be called `is`, and then says so."""
    called = expected == "a name" and _word_before(text, start) == "is"
    return "a name that is spelled `is` stands in backticks" if called else None


def _word_before(text: str, start: int) -> str:
    """The word before a place, lowercase; empty where there is none."""
    words = re.findall(r"\S+", text[max(0, start - _LONGEST) : start])
    return words[-1].casefold() if words else ""
