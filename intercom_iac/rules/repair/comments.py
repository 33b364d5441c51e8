"""Comments with the signs of other languages: `-- why`, `// why`."""

from __future__ import annotations

import re

from intercom_iac.lazy_pattern import lazy_pattern
from intercom_iac.text import Excerpt

from ..syntax import tree as s
from .answers import Answer
from .clauses import Clause
from .trial import Budget, Compiled, Known, compile_candidate

_COMMENT = lazy_pattern(r"(?:(?<=\s)--|(?<=\s)//|/\*)\s*(?P<words>[^\n]*)")
_CONNECTIVE = lazy_pattern(r"\b(?:and|or)\b|&&|\|\|", re.IGNORECASE)


def answer_comment(rule: Excerpt, clause: Clause, known: Known, budget: Budget) -> Answer | None:
    """The rest of the line behind such a sign as a comment; None where more than that would become one."""
    found = _COMMENT.search(rule.text, clause.start, clause.end)
    if found is None or not isinstance(clause.node, s.Broken):
        return None
    end = rule.text.find("\n", found.start())
    end = len(rule.text) if end < 0 else end
    place = rule.span(found.start(), end)
    if place.line != place.end_line:
        return None
    words = rule.text[found.start("words") : end].removesuffix("*/").rstrip()
    if words.count("(") != words.count(")"):
        return None
    beside = f"{rule.text[clause.start : found.start()]} {rule.text[end : clause.end]}".strip()
    if not beside or compile_candidate(beside, clause.place, known, budget) is None:
        return None
    return Answer(
        start=found.start(),
        end=end,
        readings=(Compiled(root=s.Broken(), text=f"# {words}", remarks=0),),
        # Or the line goes on with another clause.
        certain=_CONNECTIVE.search(words) is None,
        notes=("a comment begins with `#`",),
    )
