"""What a clause should have said: every table applied to it, and what of that compiles."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace

from intercom_iac.lazy_dataclass import dataclass
from intercom_iac.lazy_pattern import lazy_pattern
from intercom_iac.model.predicate import mirrored

from ..check.names import Place
from ..syntax import tree as s
from ..syntax.special_words import presence
from .clauses import Clause
from .masking import NAME, TEXT, Quotes, mask
from .names import is_field, name_fields, nearest_field, takes_any_text
from .search import search_edits
from .trial import Budget, Compiled, Known, compile_candidate
from .wordings.event_forms import EVENT_FORMS
from .wordings.events import name_event
from .wordings.functions import FUNCTIONS
from .wordings.numbers import NUMBERS
from .wordings.operators import OPERATORS, TAGS
from .wordings.rewording import MOST_READINGS, Draft, reword
from .wordings.signs import FRAMES, ROLES, SIGNS
from .wordings.times import ACTIONS, ALONE, DATES, TIMES, UNQUOTED

LONGEST_CLAUSE = 300

_OPERAND = lazy_pattern(
    rf"(?P<before>(?:company\.)?(?:{NAME}|[^\W\d][\w.-]*)\s*(?:!=|=|\bis\s+not\b|\bis\b|(?:\bnot"
    rf"\s+)?\b(?:contains(?:\s+word)?"
    r"|starts\s+with|ends\s+with)\b)\s*)(?P<value>[^\ue000-\uf8ff()]+)",
    re.IGNORECASE,
)
_CHAIN = lazy_pattern(r"\s(?:and|or)\s", re.IGNORECASE)
_LIST = lazy_pattern(r"(?P<before>.*\bin\s*\()(?P<values>[^()]+)\)$", re.IGNORECASE)
_SPACES = lazy_pattern(r"\s+")
_ITEM = lazy_pattern(r"\s*(?P<item>[^,]+?)\s*(?:,|$)")
_BARE = lazy_pattern(r"[^\W\d](?:\w|[.-](?=\w))*|-?\d+(?:\.\d+)?|\d{4}-\d{2}-\d{2}")


@dataclass(frozen=True, slots=True)
class Answer:
    """What to write in place of `rule.text[start:end]`: the readings that compile, the likeliest first."""

    start: int
    end: int
    readings: tuple[Compiled, ...]
    certain: bool
    notes: tuple[str, ...] = ()


def answer_clause(
    text: str, clause: Clause, known: Known, budget: Budget, *, as_text: bool = True
) -> Answer | None:
    """The answer of the tables to a text that stands for a clause; None where none of what they give compiles.

    `as_text`: the value of a clause that does not read may be a text that stands in no quotes.
    """
    closed = _close_quote(text)
    masked = mask(closed)
    if masked is None:
        return None
    draft, quotes = Draft(masked[0], certain=closed == text), masked[1]
    as_written = " ".join(text.split())
    # What is said of a name that there is not is better than a guess at it.
    unread = isinstance(clause.node, s.Broken)
    drafts = _apply_tables(draft, clause.place, known, quotes, with_names=unread)
    quoted = _quote_values(draft, clause, known, quotes) if unread and as_text else []
    for group in (drafts, _unquote_days(drafts, quotes), quoted):
        found: list[tuple[Draft, Compiled]] = []
        for candidate in group:
            written = quotes.unmask(candidate.text)
            # Spaces say nothing in a clause that reads.
            if written == as_written or (not unread and _SPACES.sub("", written) == _SPACES.sub("", text)):
                continue
            compiled = compile_candidate(written, clause.place, known, budget)
            if compiled is not None:
                found.append((candidate, compiled))
        if found:
            return answer_of(clause.start, clause.end, found)
    return None


def search_clause(text: str, clause: Clause, known: Known, budget: Budget) -> Answer | None:
    """The answer of the search for a few words; None where it finds none within the budget."""
    masked = mask(_close_quote(text))
    if masked is None:
        return None
    quotes = masked[1]
    draft = _apply_tables(Draft(masked[0]), clause.place, known, quotes, with_names=True)[0]
    starts = [draft]
    if (nearest := nearest_field(draft, clause.place, known, quotes)) is not None:
        starts.insert(0, nearest)
        compiled = compile_candidate(quotes.unmask(nearest.text), clause.place, known, budget)
        if compiled is not None:
            return answer_of(clause.start, clause.end, [(nearest, compiled)])
    for start in starts:
        found = search_edits(start.text, clause.place, known, quotes, budget)
        if found:
            # An edit of the search is a guess, whatever the tables say.
            return answer_of(
                clause.start, clause.end, [(replace(start, certain=False), compiled) for compiled in found]
            )
    return None


def answer_of(start: int, end: int, found: Sequence[tuple[Draft, Compiled]]) -> Answer:
    """The answer with these readings; those with more remarks than others are left out."""
    fewest = min(compiled.remarks for _, compiled in found)
    best = [(draft, compiled) for draft, compiled in found if compiled.remarks == fewest][:MOST_READINGS]
    readings = {compiled.text: compiled for _, compiled in reversed(best)}
    notes = dict.fromkeys(note for draft, _ in best for note in draft.notes)
    return Answer(
        start=start,
        end=end,
        readings=tuple(readings[text] for text in dict.fromkeys(compiled.text for _, compiled in best)),
        certain=len(readings) == 1 and all(draft.certain for draft, _ in best),
        notes=tuple(notes),
    )


def _apply_tables(
    draft: Draft, place: Place, known: Known, quotes: Quotes, *, with_names: bool
) -> list[Draft]:
    """The draft after every table, and with its field called as a rule calls it where `with_names`."""
    drafts = reword([draft], FRAMES, quotes)
    drafts = reword(drafts, SIGNS, quotes)
    drafts = reword(drafts, FUNCTIONS, quotes)
    drafts = reword(drafts, TIMES, quotes)
    drafts = reword(drafts, DATES, quotes)
    drafts = reword(drafts, NUMBERS, quotes)
    drafts = reword(drafts, TAGS, quotes)
    if place == "contact":
        drafts = reword(reword(drafts, ROLES, quotes), ACTIONS, quotes)
    drafts = [_turn_around(draft, place, known, quotes) for draft in drafts]
    if place == "contact":
        forms = reword(drafts, EVENT_FORMS, quotes)
        if forms != drafts and all(_names_events(form, known, quotes) for form in forms):
            return forms
        events = [(draft, name_event(draft, known, quotes)) for draft in drafts]
        drafts = [draft if event is None else event for draft, event in events]
        if any(event is not None for _, event in events):
            return drafts
    if with_names:
        drafts = [named for draft in drafts for named in name_fields(draft, place, known, quotes)]
    drafts = reword(drafts[:MOST_READINGS], ALONE, quotes)
    drafts = reword(drafts, OPERATORS, quotes)
    if not with_names:
        return drafts
    return [named for draft in drafts for named in name_fields(draft, place, known, quotes)][:MOST_READINGS]


_EVENT = lazy_pattern(rf"\bevent\s+({NAME}|{TEXT}|[\w.-]+)", re.IGNORECASE)


def _names_events(draft: Draft, known: Known, quotes: Quotes) -> bool:
    """Whether every event of a draft is declared."""
    names = [(name, quotes.content(name)) for name in _EVENT.findall(draft.text)]
    return all(known.event(name if content is None else content) is not None for name, content in names)


_VALUE_FIRST = lazy_pattern(rf"(?P<v>{TEXT}|[\w.-]+)\s*(?P<s>!=|<=|>=|=|<|>)\s*(?P<f>{TEXT}|{NAME}|[\w.-]+)")
_OF_EVENT = lazy_pattern(
    r"(?:event|events|properties|metadata|props|payload)\.(?:properties\.|metadata\.)?", re.IGNORECASE
)
_BARE_WORD = lazy_pattern(r"[^\W\d][\w.-]*")


def _turn_around(draft: Draft, place: Place, known: Known, quotes: Quotes) -> Draft:
    """A comparison with the value first, where only what is behind the sign is a field, turned around."""
    found = _VALUE_FIRST.fullmatch(draft.text)
    if (
        found is None
        or _OF_EVENT.match(found["v"])
        or known.has_metadata(found["v"])
        or is_field(found["v"], place, known, quotes)
        or not is_field(found["f"], place, known, quotes)
    ):
        return draft
    literal = re.fullmatch(rf"{TEXT}|-?\d+(?:[.-]\d+)*", found["v"]) is not None
    if not literal and "." in found["v"]:
        # A path is a name, and never a value.
        return draft
    content = quotes.content(found["f"])
    if _BARE_WORD.fullmatch(found["v"]) and takes_any_text(found["f"], place, known, quotes):
        # A name that there is not, rather than a value.
        return draft
    name = found["f"] if content is None else quotes.name(content)
    text = f"{name} {mirrored(found['s'])} {found['v']}"
    return replace(draft, text=text, certain=draft.certain and literal)


def _unquote_days(drafts: Sequence[Draft], quotes: Quotes) -> list[Draft]:
    """The drafts with the days that stand in quotes without these."""
    return [
        unquoted
        for draft in drafts
        for unquoted in reword(reword(reword([draft], UNQUOTED, quotes), TIMES, quotes), DATES, quotes)
        if unquoted.text != draft.text
    ]


def _quote_values(draft: Draft, clause: Clause, known: Known, quotes: Quotes) -> list[Draft]:
    """The clause with its value as the text that was written, in quotes."""
    drafts = reword(reword([draft], FRAMES, quotes), SIGNS, quotes)
    drafts = [named for draft in drafts for named in name_fields(draft, clause.place, known, quotes)]
    drafts = reword(drafts, OPERATORS, quotes)
    return [quoted for draft in drafts if (quoted := _quote_value(draft, quotes)) is not None]


def _quote_value(draft: Draft, quotes: Quotes) -> Draft | None:
    """The draft with its value, or each of its list, in quotes: a text of several words or with other signs."""
    operand = _OPERAND.fullmatch(draft.text)
    if operand is not None:
        value = operand["value"].strip()
        if (
            _CHAIN.search(value)
            or value.startswith("$")
            or not re.search(r"\w", value)
            or presence(value) is not None
        ):
            return None
        certain = draft.certain and not re.search(r"\s", value)
        return replace(draft, text=f"{operand['before']}{quotes.text(value)}", certain=certain)
    listed = _LIST.fullmatch(draft.text)
    if listed is None:
        return None
    items = [found["item"] for found in _ITEM.finditer(listed["values"])]
    written = [
        item if re.fullmatch(TEXT, item) or _BARE.fullmatch(item) else quotes.text(item) for item in items
    ]
    return replace(draft, text=f"{listed['before']}{', '.join(written)})", certain=False)


def _close_quote(text: str) -> str:
    """The text with the quote that it opens and never closes closed at its end."""
    for mark in "'\"`":
        if text.count(mark) == 1 and text.rindex(mark) > 0 and text[text.rindex(mark) - 1] in " =(":
            return f"{text.rstrip()}{mark}"
    return text
