"""A bounded search for the few words that a clause lacks, has too many of, or has misspelt.

It works at the place where reading stops, with what the parser could take there. Work is counted in candidates and
characters, never in time, so that the same rule is answered alike on every machine.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from functools import lru_cache
from typing import NamedTuple

from intercom_iac.lazy_pattern import lazy_pattern
from intercom_iac.text import nearest_name

from ..check.names import Place
from .masking import NAME, TEXT, Quotes
from .trial import Budget, Compiled, Known, compile_candidate, stop_of

_TOKEN = lazy_pattern(rf"{TEXT}|{NAME}|-?\d[\w.-]*|[^\W\d](?:\w|[.-](?=\w))*|!=|<=|>=|\S")
_MOST_EDITS = 2
_WIDTH = 3
_MOST_TOKENS = 40

# What may be missing where the parser would take a terminal, the likeliest first. A negation is never put in.
INSERTIONS = {
    "SIGN": ("=",),
    "RPAR": (")",),
    "LPAR": ("(",),
    "_COMMA": (",",),
    "UNIT": ("days",),
    "HENCE": ("ago", "from now"),
    "DIRECTION": ("last", "next"),
    "COUNT": ("count",),
    "_AND": ("and",),
}
# Words that may be left out, since they say nothing.
_FILLERS = frozenset(
    {
        *("the", "a", "an", "of", "to", "in", "on", "at", "for", "that", "with", "its", "their"),
        *("be", "been", "has", "have", "is", "are", "was", "were", "do", "does", "did"),
    }
)
KEYWORDS = (
    "contains", "starts", "ends", "with", "more", "less", "greater", "than", "least", "most", "exactly", "before",
    "after", "between", "within", "unknown", "days", "weeks", "ago", "from now", "next", "last", "where", "count",
    "first", "event", "segment", "company", "today", "yesterday", "tomorrow", "then", "average", "minimum",
    "maximum", "value",
)  # fmt: skip


class _State(NamedTuple):
    tokens: tuple[str, ...]
    stop: int
    accepted: frozenset[str]


def search_edits(text: str, place: Place, known: Known, quotes: Quotes, budget: Budget) -> list[Compiled]:
    """What compiles after the fewest edits of a masked text; none where nothing does within the budget."""
    tokens = tuple(_TOKEN.findall(text))
    if not 0 < len(tokens) <= _MOST_TOKENS:
        return []
    seen = {tokens}
    first = _state(tokens, quotes, budget)
    states = [] if first is None else [first]
    for _ in range(_MOST_EDITS):
        found: list[Compiled] = []
        further: list[_State] = []
        for state in states:
            for candidate in _edits(state):
                if candidate in seen:
                    continue
                seen.add(candidate)
                written = quotes.unmask(" ".join(candidate))
                stop = stop_of(written, budget)
                if stop is None:
                    compiled = compile_candidate(written, place, known, budget)
                    if compiled is not None and compiled.text not in [other.text for other in found]:
                        found.append(compiled)
                elif (index := _index_of(candidate, stop[0], quotes)) > state.stop:
                    further.append(_State(candidate, index, stop[1]))
        if found:
            return found
        states = sorted(further, key=lambda state: state.stop - len(state.tokens))[-_WIDTH:]
    return []


def _state(tokens: tuple[str, ...], quotes: Quotes, budget: Budget) -> _State | None:
    stop = stop_of(quotes.unmask(" ".join(tokens)), budget)
    return None if stop is None else _State(tokens, _index_of(tokens, stop[0], quotes), stop[1])


def _index_of(tokens: Sequence[str], position: int, quotes: Quotes) -> int:
    """The token that stands at a place of the text, or their number behind the last."""
    behind = 0
    for index, token in enumerate(tokens):
        behind += len(quotes.unmask(token)) + 1
        if position < behind:
            return index
    return len(tokens)


def _edits(state: _State) -> Iterator[tuple[str, ...]]:
    tokens, stop, accepted = state
    for index in (stop, stop - 1):
        if 0 <= index < len(tokens):
            for word in _spelled_like(tokens[index]):
                yield (*tokens[:index], word, *tokens[index + 1 :])
    for index in (stop, stop - 1):
        if 0 <= index < len(tokens) and _says_nothing(tokens, index):
            yield (*tokens[:index], *tokens[index + 1 :])
    for terminal, words in INSERTIONS.items():
        if terminal in accepted:
            for word in words:
                yield (*tokens[:stop], word, *tokens[stop:])


def _says_nothing(tokens: Sequence[str], index: int) -> bool:
    word = tokens[index].casefold()
    return word in _FILLERS or (index > 0 and word == tokens[index - 1].casefold()) or word in ")],;:"


@lru_cache(1024)
def _spelled_like(token: str) -> list[str]:
    folded = token.casefold()
    if len(token) < 3 or folded in KEYWORDS or not token.isalpha():
        return []
    found = nearest_name(folded, KEYWORDS)
    return [] if found is None else [found]
