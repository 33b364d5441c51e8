"""A rule's canonical text in other words: each keyword as it is, or as people write it."""

from __future__ import annotations

from hypothesis import strategies as st

from intercom_iac.rules import tokens
from intercom_iac.text import Excerpt

# Keywords in the order they stand, and other words for them. No word here is an option of a generated schema.
PHRASES: dict[tuple[str, ...], list[str]] = {
    ("is", "unknown"): ["is empty", "IS NULL", "is not set", "isn't known", "does not exist", "has no value"],
    ("has any value",): ["is set", "IS NOT NULL", "is known", "isn't blank", "exists", "has a value"],
    ("within", "last"): ["in the last", "within the last", "in last", "is within past", "during the last"],
    ("within", "next"): ["in the next", "within the next", "in next", "within", "is within coming"],
    ("not", "contains"): ["does not contain", "doesn't contain", "don't contain", "!contains"],
    ("not", "contains word"): ["does not contain word", "doesn't contain the word"],
    ("contains word",): ["contains the word"],
    ("starts with",): ["begins with", "STARTS  WITH"],
    ("not", "starts with"): ["does not start with", "don't begin with"],
    ("not", "ends with"): ["doesn't end with"],
    ("not", "in", "("): ["is not in (", "is none of (", "is not one of (", "isn't any of (", "not any of ("],
    ("in", "("): ["is in (", "is any of (", "one of (", "is one of("],
    ("not", "between"): ["is not between", "isn't between"],
    ("between",): ["is between"],
    ("!=",): ["<>", "does not equal", "is not equal to", "doesn't equal"],
    ("=",): ["==", "equals", "is equal to", "equal to"],
    (">=",): ["is greater than or equal to", "more than or equal to"],
    ("<=",): ["is less than or equal to", "less or equal"],
    ("before",): ["is before", "BEFORE"],
    ("more than",): ["is more than", "greater than", ">"],
    ("at most",): ["no more than", "<="],
    ("at least",): ["no less than", ">="],
    ("count", ">="): ["count at least", "count no less than", "count is not less than"],
    ("count", ">"): ["count is more than", "count greater than"],
    ("count", "="): ["count is", "count exactly"],
    ("sum of",): ["total of", "SUM  OF"],
    ("average of",): ["avg of", "mean of"],
    ("minimum of",): ["min of"],
    ("maximum of",): ["max of"],
    ("on at least",): ["on no less than"],
    ("then",): ["followed by"],
    ("first",): ["first occurred"],
    ("last",): ["last happened", "last occurred"],
    ("tag",): ["tag is", "has tag", "tag =", "has the tag"],
    ("segment",): ["segment is", "in segment", "is in segment", "segment =="],
    ("and",): ["&&", "AND"],
    ("or",): ["||", "OR"],
    ("not",): ["!", "NOT"],
}
_LONGEST = max(map(len, PHRASES))
_NAMES = {"name", "backticked", "quoted", "number", "date", "of_company", "company_dot"}


def reworded(draw: st.DrawFn, text: str) -> str:
    """A text that says the same as a canonical one."""
    words = tokens(Excerpt.from_text(text, "<rule>"))
    keywords = [None if kind in _NAMES else span.text for kind, span in words]
    written, index, end = "", 0, 0
    while index < len(words):
        length, others = _phrase(keywords, index)
        first, last = words[index][1], words[index + length - 1][1]
        own = text[first.start : last.end]
        # Behind `company` there is no place for all of what stands before a tag.
        if others and not (own == "tag" and index and keywords[index - 1] == "company"):
            own = draw(st.sampled_from([own, *others]))
        between = text[end : first.start]
        written += f"{between or ' '}{own}" if others and written[-1:].isalnum() else f"{between}{own}"
        index, end = index + length, last.end
        if others and text[end : end + 1] not in ("", " ", ")"):
            written += " "
    return written + text[end:]


def _phrase(keywords: list[str | None], index: int) -> tuple[int, list[str]]:
    """The longest phrase that begins at a place: of how many words it is, and the others for it."""
    for length in range(min(_LONGEST, len(keywords) - index), 0, -1):
        others = PHRASES.get(tuple(word or "" for word in keywords[index : index + length]))
        if others is not None:
            return length, others
    return 1, []
