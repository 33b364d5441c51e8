"""Connectives that join nothing, and parentheses without their other half: `plan = trial and`, `(plan = trial`."""

from __future__ import annotations

import re
from dataclasses import replace

from intercom_iac.diagnostics import Diagnostic, Edit, unsafe_fix
from intercom_iac.lazy_pattern import lazy_pattern
from intercom_iac.text import Excerpt

from ..syntax.parse import parse_partly
from .clauses import offsets_of
from .trial import Budget

_WORD = r"(?:(?:and|or)(?![\w.-])|&&|\|\|)"
_BEFORE = lazy_pattern(rf"(?P<start>(?:^|\()\s*)$|(?P<word>(?<![\w.`-]){_WORD})\s*$", re.IGNORECASE)
_BEHIND = lazy_pattern(rf"\s*(?:(?P<end>\)|$)|(?P<word>{_WORD})\s*)", re.IGNORECASE)
_LOOK_BACK = 40
_MOST_OPEN = 3


def take_out_stray(diagnostic: Diagnostic, rule: Excerpt, mistakes: int, budget: Budget) -> Diagnostic | None:
    """The diagnostic with the fix that takes out what joins nothing, or closes what is open; None for any other
    mistake. `mistakes` is the number of those in reading the rule, which the fix must make less."""
    place = None if diagnostic.span is None else offsets_of(rule, diagnostic.span)
    if place is None:
        return None
    hint, found = diagnostic.hint, rule.text[place[0] : place[1]]
    if found == "(":
        return _close(diagnostic, rule, mistakes, budget)
    if (stray := _stray_word(rule.text, place[0])) is not None:
        place = stray
        hint = f"take the `{rule.text[slice(*stray)].strip()}` out, or write the test that it joins"
    elif found != ")" or rule.text.strip() == ")":
        return None
    if not _helps(rule.text, (*place, ""), mistakes, budget):
        return None
    return replace(diagnostic, hint=hint, fix=unsafe_fix(Edit(rule.span(*place), "")))


def _stray_word(text: str, at: int) -> tuple[int, int] | None:
    """Where the `and` or `or` stands that has no test on one of its sides, with the spaces on that side."""
    first = max(0, at - _LOOK_BACK)
    before = _BEFORE.search(text[first:at] if first else text[:at])
    behind = _BEHIND.match(text, at)
    if before is None or behind is None:
        return None
    if before["word"] is not None and behind["end"] is not None:
        start = first + before.start("word")
        return len(text[:start].rstrip()), at
    if behind["word"] is None:
        return None
    if before["word"] is not None and before["word"].casefold() != behind["word"].casefold():
        return None
    return behind.start("word"), behind.end()


def _close(diagnostic: Diagnostic, rule: Excerpt, mistakes: int, budget: Budget) -> Diagnostic | None:
    end = len(rule.text.rstrip())
    if "#" in rule.text[rule.text.rfind("\n", 0, end) + 1 :]:
        return None
    for number in range(1, _MOST_OPEN + 1):
        if _helps(rule.text, (end, end, ")" * number), mistakes, budget):
            return replace(diagnostic, fix=unsafe_fix(Edit(rule.span(end, end), ")" * number)))
    return None


def _helps(text: str, edit: tuple[int, int, str], mistakes: int, budget: Budget) -> bool:
    """Whether fewer mistakes are made in reading the text after an edit."""
    start, end, right = edit
    changed = f"{text[:start]}{right}{text[end:]}"
    if not budget.spend(changed):
        return False
    return len(parse_partly(Excerpt.from_text(changed, "<repair>"))[1]) < mistakes
