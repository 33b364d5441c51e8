"""Fields of a clause by the names that they have elsewhere: `Last seen`, `Company size`, `user.planType`."""

from __future__ import annotations

import re
from dataclasses import replace

from intercom_iac.lazy_pattern import lazy_pattern
from intercom_iac.model import DataType, Event

from ..check.names import FoundField, Place, fields_spelled, find_field
from ..print.text import field_text
from .masking import NAME, TEXT, Quotes
from .trial import Known
from .wordings.rewording import MOST_READINGS, Draft

_MOST_WORDS = 6
_BEGINNING = lazy_pattern(
    r"(?:(?:not\b|\()\s*)*(?:(?:is|are|was|has|have)\s+(?:an?\s+|the\s+)?)?", re.IGNORECASE
)
_WORD = lazy_pattern(rf"(?:{NAME}|[^\W\d](?:[^\W]|[.-](?=\w)|['’]s\b)*)")
_NO_NAMES = lazy_pattern(r"(?:event|tag|segment|company|and|or|not)(?![\w.-])", re.IGNORECASE)
_OF_COMPANY = lazy_pattern(r"(?:the\s+)?(?:company|account)(?:['’]s)?\s+(?!tag\b)", re.IGNORECASE)
_ARTICLE = lazy_pattern(r"(?:the|their|his|her|its|my|a)\s+(?=\w)", re.IGNORECASE)


def name_fields(draft: Draft, place: Place, known: Known, quotes: Quotes) -> list[Draft]:
    """The draft with the field that it begins with, the longest run of words that is a name, called as in a rule."""
    beginning = _BEGINNING.match(draft.text)
    start = 0 if beginning is None else beginning.end()
    if (found := _longest_name(draft.text, start, place, known, quotes)) is None:
        return [draft]
    fields, end = found
    certain = draft.certain and len(fields) == 1 and fields[0].certain
    return [
        replace(
            draft,
            text=f"{draft.text[:start]}{masked_name(field, quotes)}{draft.text[end:]}",
            certain=certain,
        )
        for field in fields[:MOST_READINGS]
    ]


def leading_field(text: str, place: Place, known: Known, quotes: Quotes) -> FoundField | None:
    """The field that a text begins with; None where it begins with none, or may be one of several."""
    found = _longest_name(text, 0, place, known, quotes)
    return found[0][0] if found is not None and len(found[0]) == 1 else None


def longer_names(written: str, place: Place, known: Known) -> list[str]:
    """The few declared attributes or metadata keys whose names begin with a word."""
    if isinstance(place, Event):
        names = list(place.keys)
    else:
        names = [attribute.name for attribute in known.schema.attributes.values() if attribute.model == place]
    start = f"{written.casefold()}_"
    return [name for name in names if name.casefold().startswith(start)][:MOST_READINGS]


def nearest_field(draft: Draft, place: Place, known: Known, quotes: Quotes) -> Draft | None:
    """The draft with its first word as the field that it is nearly spelled like; None where it is a field itself."""
    beginning = _BEGINNING.match(draft.text)
    start = 0 if beginning is None else beginning.end()
    word = _WORD.match(draft.text, start)
    if word is None or _NO_NAMES.match(draft.text, start) or fields_spelled(word[0], place, known.schema):
        return None
    fields = find_field(word[0], place, known.schema)
    if len(fields) != 1:
        return None
    return replace(
        draft,
        text=f"{draft.text[:start]}{masked_name(fields[0], quotes)}{draft.text[word.end() :]}",
        certain=False,
    )


def is_field(text: str, place: Place, known: Known, quotes: Quotes) -> bool:
    """Whether a text is the name of a field, in quotes or not."""
    content = quotes.content(text)
    return bool(fields_spelled(text if content is None else content, place, known.schema))


def takes_any_text(text: str, place: Place, known: Known, quotes: Quotes) -> bool:
    """Whether a text is the name of a field that has no options and holds text."""
    content = quotes.content(text)
    found = fields_spelled(text if content is None else content, place, known.schema)
    return any(one.field.type is DataType.STRING for one in found)


def masked_name(found: FoundField, quotes: Quotes) -> str:
    """The name of a field as a masked text has it."""
    text = field_text(found.name)
    company, backtick, quoted = text.partition("`")
    return company + quotes.name(quoted[:-1].replace("``", "`")) if backtick else text


def _longest_name(
    text: str, start: int, place: Place, known: Known, quotes: Quotes
) -> tuple[list[FoundField], int] | None:
    if article := _ARTICLE.match(text, start):
        start = article.end()
    if text[start : start + 1] and re.match(TEXT, text[start]):
        # A name in quotes, as SQL has them, before an operator.
        content = quotes.content(text[start]) or ""
        fields = fields_spelled(content, place, known.schema)
        return (fields, start + 1) if fields and len(text) > start + 1 else None
    if (of_company := _OF_COMPANY.match(text, start)) and place == "contact":
        within = _longest_name(text, of_company.end(), "company", known, quotes)
        if within is not None and (longer := _plain_name(text, start, place, known)) is not None:
            return longer
        if within is not None:
            fields, end = within
            return [replace(field, name=replace(field.name, company=True)) for field in fields], end
    return _plain_name(text, start, place, known)


def _plain_name(text: str, start: int, place: Place, known: Known) -> tuple[list[FoundField], int] | None:
    ends: list[int] = []
    position = start
    while len(ends) < _MOST_WORDS and (word := _WORD.match(text, position)) is not None:
        ends.append(word.end())
        position = word.end() + (text[word.end() : word.end() + 1] == " ")
        if position == word.end():
            break
    if len(ends) == 1 and _NO_NAMES.match(text, start):
        return None
    for end in reversed(ends):
        name = text[start:end]
        if end == ends[0] and (_NO_NAMES.match(text, start) or re.match(NAME, name)):
            return None
        if fields := fields_spelled(name, place, known.schema):
            return fields, end
    return None
