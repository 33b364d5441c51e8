"""Text in any case, as `contains`, `contains word`, `starts with` and `ends with` compare it.

Case is Unicode's lower case, letter by letter: what the `lower` of a database gives. Full case folding would take
`ß` for two letters, which none of them does. Python's own differs for two letters, and those are mended here: a
dotted `İ` becomes one letter, and a sigma at the end of a word the same as within it.
"""

from __future__ import annotations

import re
from functools import lru_cache

from intercom_iac.text.remembering import cached_by_identity

from .predicate import TextOperator


def fold(text: str) -> str:
    """The text as it is compared."""
    return text.replace("İ", "i").lower().replace("ς", "σ")


def plainly_folded(part: str) -> bool:
    """Whether to search a text for this folded part, the text's `lower()` serves as well as its `fold`."""
    return not any(letter in part for letter in "iσ\u0307")


def matches(operator: TextOperator, text: str, part: str) -> bool:
    """Whether the text contains, starts with or ends with the part; `contains word`, as a word of its own."""
    match operator:
        case "contains":
            return fold(part) in fold(text)
        case "contains word":
            return word_pattern(part).search(fold(text)) is not None
        case "starts with":
            return fold(text).startswith(fold(part))
        case "ends with":
            return fold(text).endswith(fold(part))


@lru_cache(maxsize=1_000)
def word_pattern(part: str) -> re.Pattern[str]:
    """What finds the part in a folded text as a word of its own: with no letter and no digit on either side.

    Letters and digits are Unicode's; `_`, a hyphen or an accent that is a character by itself are none.
    """
    return re.compile(rf"(?<![^\W_]){re.escape(fold(part))}(?![^\W_])")


def any_matches(operator: TextOperator, texts: tuple[str, ...], part: str) -> bool:
    """Whether one of the texts does, without a look at each: many rules may ask of many options."""
    folded, joined = fold(part), _join_texts(texts)
    if joined is None or _END in folded:
        return any(matches(operator, text, part) for text in texts)
    if operator == "contains word":
        return word_pattern(part).search(joined) is not None
    before = _END if operator == "starts with" else ""
    behind = _END if operator == "ends with" else ""
    return f"{before}{folded}{behind}" in joined


# Neither a letter nor a digit, so that words end where texts do.
_END = "\0"


@cached_by_identity
def _join_texts(texts: tuple[str, ...]) -> str | None:
    """All texts, folded, each between ends; None where one has an end inside."""
    if any(_END in text for text in texts):
        return None
    return f"{_END}{_END.join(map(fold, texts))}{_END}"
