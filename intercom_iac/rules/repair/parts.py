"""Tests that another sign or word than `and` and `or` joins: `plan = trial, vip`, `plan = trial but not vip`."""

from __future__ import annotations

import re

from intercom_iac.lazy_pattern import lazy_pattern

from ..syntax import tree as s
from .answers import Answer, answer_clause, answer_of
from .clauses import Clause
from .masking import mask
from .trial import Budget, Compiled, Known, compile_candidate
from .wordings.rewording import Draft

_MOST_PARTS = 6
_DEPTHS = {"(": 1, "[": 1, "{": 1, ")": -1, "]": -1, "}": -1}
# Words of a joint, the longest first, and what they say.
_WORDS = {
    "as well as": "and",
    "and also": "and",
    "in addition to": "and",
    "but also": "and",
    "but only": "and",
    "but": "and",
    "plus": "and",
    "while": "and",
    "or else": "or",
    "yet": "and",
    "unless": "and not",
    "except when": "and not",
    "except if": "and not",
    "except for": "and not",
    "except": "and not",
    "nor": "and not",
    "otherwise": "or",
    "alternatively": "or",
}
_SIGNS = {",": "and", ";": "and", "&": "and", "+": "and", "|": "or", "/": "or"}
_JOINT = lazy_pattern(
    r"\s*(?:[,;]\s*)?(?<![\w.-])(?P<word>{})(?![\w.-])\s*|\s*(?P<sign>[,;&|])\s*|\s(?P<spaced>[+/])\s".format(
        "|".join(word.replace(" ", r"\s+") for word in _WORDS)
    ),
    re.IGNORECASE,
)


def answer_parts(text: str, clause: Clause, known: Known, budget: Budget) -> Answer | None:
    """The answer to a clause that is several, each of which reads or has an answer; None for any other."""
    masked = mask(text) if isinstance(clause.node, s.Broken) else None
    if masked is None:
        return None
    parts, words = _split(masked[0])
    if not 1 < len(parts) <= _MOST_PARTS or not all(words) or not all(part.strip() for part in parts):
        return None
    written = ""
    for part, word in zip(parts, ["", *words], strict=True):
        found = _compile_part(masked[1].unmask(part.strip()), clause, known, budget)
        if found is None:
            return None
        chain = isinstance(found.root, s.Conjunction | s.Disjunction)
        written += f" {word} {f'({found.text})' if chain else found.text}"
    compiled = compile_candidate(written.strip(), clause.place, known, budget)
    if compiled is None:
        return None
    return answer_of(clause.start, clause.end, [(Draft(compiled.text, certain=False), compiled)])


def _compile_part(text: str, clause: Clause, known: Known, budget: Budget) -> Compiled | None:
    compiled = compile_candidate(text, clause.place, known, budget)
    if compiled is not None:
        return compiled
    part = Clause(s.Broken(), clause.start, clause.end, clause.place)
    answer = answer_clause(text, part, known, budget, as_text=False)
    return None if answer is None else answer.readings[0]


def _split(text: str) -> tuple[list[str], list[str]]:
    """The parts of a masked text between the joints outside of parentheses, and what the joints say."""
    parts: list[str] = []
    words: list[str] = []
    start = depth = position = 0
    while position < len(text):
        depth += _DEPTHS.get(text[position], 0)
        joint = None if depth else _JOINT.match(text, position)
        if joint is None or joint.start() == 0:
            position += 1
            continue
        parts.append(text[start : joint.start()])
        word = " ".join((joint["word"] or "").casefold().split())
        words.append(_WORDS[word] if word else _SIGNS[joint["sign"] or joint["spaced"]])
        start = position = joint.end()
    return [*parts, text[start:]], words
