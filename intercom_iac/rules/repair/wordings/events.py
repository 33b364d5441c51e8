"""Events as people and other tools ask for them: `has done x at least 3 times`, `never did x`, `x happened`."""

from __future__ import annotations

import re
from dataclasses import replace

from intercom_iac.lazy_pattern import lazy_pattern

from ...print.text import text_of
from ...syntax import tree as s
from ..masking import NAME, TEXT, Quotes
from ..trial import Known
from .rewording import Draft

_MOST_WORDS = 6
_BEGINNING = lazy_pattern(
    r"(?P<open>(?:(?:not|\()\s*)*)"
    r"(?:(?:the\s+|any\s+|all\s+)?(?:users?|contacts?|persons?|people|customers?|leads?|someone"
    r"|anyone|everyone|they)\s+)?"
    r"(?:(?:who|that)\s+)?",
    re.IGNORECASE,
)
_HEAD = lazy_pattern(
    r"(?:(?P<number>(?:the\s+)?(?:number|count|total|#)(?:\s+of)?(?:\s+times)?)\s+)?"
    r"(?P<aux>(?:has|have|had|did|does|do|is|was|were)\s+)?"
    r"(?:(?P<not>not|never|no|without|n['’]?t)\s+|(?P<joined>(?:has|have|had|did|does|do|is|was)n['’]?t)\s+)?"
    r"(?:(?:also|ever|been)\s+)?"
    r"(?P<which>(?:first|last|most\s+recently)\s+)?"
    r"(?P<verb>(?:perform(?:s|ed)?|do(?:ne|es|ing)?|did|trigger(?:s|ed)?|fir(?:es|ed)|complet(?:es|ed)|track(?:s|ed)?"
    r"|made|experienc(?:es|ed)|sent|received|took|used)\s+)?"
    r"(?:(?:the|an?|any|custom)\s+)*(?P<kind>(?:custom\s+|tracked\s+)?(?:events?|actions?|activity"
    r"|behaviou?r)\b\s*[:.|]?\s*)?"
    r"(?:(?:performed|named|called|name|count|is|=)\s*:?\s*)*",
    re.IGNORECASE,
)
_WORD = lazy_pattern(rf"{NAME}|{TEXT}|\w(?:[\w.-]*\w)?")
_HAPPENED = lazy_pattern(
    r"\s*(?:(?:has|have|had|was|were|is|did|does)\s*)?(?P<not>not\s+|never\s+|n['’]?t\s+)?(?:ever\s+|been\s+)*"
    r"(?:happen(?:s|ed)?|occur(?:s|red)?|performed|triggered|fired|done|exists?|tracked|recorded|seen|completed|sent"
    r"|(?P<never>never))(?=\s|$)(?!\s+(?:days?|weeks?))",
    re.IGNORECASE,
)
_ORDINAL = lazy_pattern(
    r"\s+(?:was\s+|is\s+)?(?P<which>first|last|most\s+recently)(?=\s+(?:occurred|happened|performed|done|seen|triggered|sent"
    r"|completed|tracked|before|after|on|more|less|at|exactly|was|is)\b)",
    re.IGNORECASE,
)
_NOT_IN_DAYS = lazy_pattern(
    r"\s*(?:(?:has|have|had|did|was|is)\s+)?(?:not|never)\s+(?:been\s+)?(?=within\b)", re.IGNORECASE
)
_TRUTH = lazy_pattern(r"\s*(?:==?|is)\s*(?P<word>true|false|yes|no)$", re.IGNORECASE)
_TEST = lazy_pattern(r"\s*[\[{]?\s*[\w.-]+\s*(?:[:=<>!]|\s(?:is|in|contains|starts|ends)\s)", re.IGNORECASE)
_TIMES = r"(?:\s*(?:times?|x|occurrences?|instances?)(?:\(s\))?)"
_OPERATORS = {
    **dict.fromkeys(
        ("at least", ">=", "no less than", "no fewer than", "minimum of", "a minimum of", "gte"), ">="
    ),
    **dict.fromkeys(("at most", "<=", "no more than", "not more than", "up to", "maximum of", "lte"), "<="),
    **dict.fromkeys(("more than", "greater than", "over", ">", "gt"), ">"),
    **dict.fromkeys(("less than", "fewer than", "under", "<", "lt"), "<"),
    **dict.fromkeys(("exactly", "equal to", "equals", "=", "is", "equal"), "="),
    **dict.fromkeys(("!=", "not equal to", "is not"), "!="),
}
_ANY_OPERATOR = "|".join(
    re.escape(operator).replace(r"\ ", r"\s+") for operator in sorted(_OPERATORS, key=len, reverse=True)
)
_SPELLED = {
    "once": 1,
    "twice": 2,
    "thrice": 3,
    "one": 1,
    "two": 2,
    "three": 3,
    "four": 4,
    "five": 5,
    "ten": 10,
}
_COUNTS = (
    lazy_pattern(
        r"(?:(?P<word>count|number\s+of\s+times|times|occurrences)\s*)?(?:(?:is|was|has|of)\s+)?"
        rf"(?P<op>{_ANY_OPERATOR})"
        rf"\s*(?P<n>\d+|one|two|three|four|five|ten)(?!\s*(?:days?|weeks?)\b)(?![\w-]){_TIMES}?",
        re.IGNORECASE,
    ),
    lazy_pattern(rf"(?P<n>\d+)(?P<op>\s*\+|\s+or\s+more){_TIMES}?(?:\s+or\s+more)?", re.IGNORECASE),
    lazy_pattern(rf"(?P<n>\d+){_TIMES}(?P<op>\s+or\s+more|\+)", re.IGNORECASE),
    lazy_pattern(
        rf"(?P<n>\d+){_TIMES}|\b(?P<m>once|twice|thrice)\b|(?:count|total)\s*:?\s*(?P<k>\d+)", re.IGNORECASE
    ),
)
_COUNTED = lazy_pattern(r"count|time|once|twice|occurrence", re.IGNORECASE)
_WINDOW = lazy_pattern(
    r"\b(?:between\s+\S+(?:\s+days?|\s+weeks?)?\s+and\s+\S+(?:\s+(?:days?|weeks?)\s+(?:ago|from\s+now))?"
    r"|within\s+(?:last\s+|next\s+)?\d+\s+(?:days?|weeks?)"
    r"|(?:(?:is\s+|was\s+)?(?:more\s+than|less\s+than|at\s+least|at\s+most|exactly|[<>]=?|=)\s*)\d+"
    r"\s+(?:days?|weeks?)\s+(?:ago|from\s+now)"
    r"|(?:before|after|on|[<>]=?|=)\s*(?:\d{4}-\d{2}-\d{2}|today|yesterday|tomorrow))(?![\w-])",
    re.IGNORECASE,
)
_WHERE = lazy_pattern(
    r"\b(?:where|with|having|whose|and\s+where|filter(?:ed)?(?:\s+(?:by|on))?)\s+(?:the\s+)?(?:property\s+|metadata\s+)?(?P<rule>.+)$",
    re.IGNORECASE,
)
# What happened lies behind.
_UNDIRECTED = lazy_pattern(r"\bwithin\s+(?=\d)", re.IGNORECASE)
_JOINTS = lazy_pattern(
    r"(?:and|,|events?|has|have|was|at|a|total|of|in|times?|ever|the|that|is)", re.IGNORECASE
)


def name_event(draft: Draft, known: Known, quotes: Quotes) -> Draft | None:
    """The draft as a test of an event, in the order of the language; None where it names no event."""
    text = draft.text
    beginning = _BEGINNING.match(text)
    start = 0 if beginning is None else beginning.end()
    opened = "" if beginning is None else beginning["open"]
    head = _HEAD.match(text, start)
    assert head is not None
    found = _event_at(text, head.end(), known, quotes) or (_event_at(text, start, known, quotes))
    if found is None:
        return None
    name, end = found
    if opened.count("(") != 0:
        return None
    denied = negations = bool(head["not"] or head["joined"])
    rest = text[end:]
    if truth := _TRUTH.match(rest):
        negations ^= truth["word"].casefold() in ("false", "no")
        rest = ""
    which = head["which"]
    if ordinal := _ORDINAL.match(rest):
        which, rest = ordinal["which"], rest[ordinal.end() :]
    if happened := _HAPPENED.match(rest):
        negations ^= bool(happened["not"] or happened["never"])
        rest = rest[happened.end() :]
    elif rest.strip().casefold() == "never":
        negations, rest = not negations, ""
    elif negated := _NOT_IN_DAYS.match(rest):
        negations, rest = not negations, rest[negated.end() :]
        # It may as well have happened before.
        draft = replace(draft, certain=False)
    parts = _parts(rest)
    if parts is None:
        # A test of the metadata behind nothing, or in brackets.
        parts = _parts(f" where {rest.strip(' []{}')}") if _TEST.match(rest) else None
    if parts is None:
        return None
    where, count, window = parts
    which = "" if which is None else " first" if which.casefold().startswith("first") else " last"
    if which and window:
        window = which + window
    event = text_of(s.EventRule(s.Name(name)))
    masked = re.sub(r"`(.*)`", lambda backticked: quotes.name(backticked[1].replace("``", "`")), event)
    rewritten = f"{opened}{'not ' if negations else ''}{masked}{where}{count}{window}"
    if rewritten == text:
        return None
    # Only where nothing but words that say nothing else were left out, and nothing is denied twice.
    clear = not (which and not window) and not (denied and not negations)
    certain = (
        draft.certain
        and clear
        and (
            head["verb"] is not None
            or head["kind"] is not None
            or (head["aux"] or "").strip().casefold() == "did"
        )
    )
    return replace(draft, text=rewritten, certain=certain)


def _event_at(text: str, start: int, known: Known, quotes: Quotes) -> tuple[str, int] | None:
    """The event that the longest run of words at a place is called, and where these end."""
    ends: list[int] = []
    position = start
    while len(ends) < _MOST_WORDS and (word := _WORD.match(text, position)) is not None:
        ends.append(word.end())
        position = word.end() + (text[word.end() : word.end() + 1] == " ")
        if position == word.end():
            break
    for end in reversed(ends):
        written = text[start:end]
        content = quotes.content(written)
        if (name := known.event(written if content is None else content)) is not None:
            return name, end
    return None


def _parts(rest: str) -> tuple[str, str, str] | None:
    """What is behind the event as its `where`, its count and its window, in this order; None where words are left."""
    where = count = window = ""
    if (found := re.match(r"\s*(?P<rule>\((?!\s*\)).*\))$", rest)) is not None:
        return f" where {found['rule']}", "", ""
    if (found := _WHERE.search(rest)) is not None:
        rule, rest = found["rule"], rest[: found.start()]
        for pattern in (_WINDOW, *_COUNTS):
            late = pattern.search(rule)
            if late is None or late.end() < len(rule) or late.start() == 0:
                continue
            if pattern is _WINDOW or _COUNTED.search(late[0]):
                rest, rule = f"{rest} {late[0]}", rule[: late.start()].rstrip()
        bare = re.fullmatch(r"\([^()]*\)", rule) is not None or not re.search(
            r"\s(?:and|or)\s", rule, re.IGNORECASE
        )
        where = f" where {rule}" if bare else f" where ({rule})"
    if (found := _WINDOW.search(rest)) is not None:
        window = f" {_UNDIRECTED.sub('within last ', found[0])}"
        rest = f"{rest[: found.start()]} {rest[found.end() :]}"
    for pattern in _COUNTS:
        if (found := pattern.search(rest)) is not None:
            count, rest = _count_text(found), f"{rest[: found.start()]} {rest[found.end() :]}"
            break
    left = [word for word in rest.split() if _JOINTS.fullmatch(word) is None]
    return None if left else (where, count, window)


def _count_text(found: re.Match[str]) -> str:
    groups = found.groupdict()
    operator = " ".join((groups.get("op") or "=").casefold().split())
    written = (groups.get("n") or groups.get("m") or groups.get("k") or "1").casefold()
    number = _SPELLED.get(written, written)
    sign = ">=" if operator in ("+", "or more") else _OPERATORS[operator]
    return f" count {sign} {number}"
