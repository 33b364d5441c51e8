"""Characters of a file that a reviewer does not see: an error where one stands as itself, whatever it does there.

In a comment one may begin a line for other programs, in a key or a text it makes two names of what looks like one. As
an escape in double quotes everybody sees it.
"""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Iterator

from intercom_iac.diagnostics import Diagnostic, Edit, safe_fix
from intercom_iac.diagnostics.codes import spec as codes
from intercom_iac.lazy_pattern import lazy_pattern
from intercom_iac.text import SourceFile, Span
from intercom_iac.text.unseen import character_name, in_double_quotes, unseen, with_escapes, without_unseen

from .excerpts import without_properties
from .nodes import Mapping, Node, Scalar

_SEPARATORS = frozenset("\r\x85\u2028\u2029")
_LONGEST = 120
_REMOVE = "remove it, or let `intercom-iac fmt` write it as an escape"

# Where a text stands in a file, what it says, and whether it is a key.
_Text = tuple[int, int, str, bool]


def check_unseen(file: SourceFile, root: Node | None) -> Iterator[Diagnostic]:
    """An error for each text, key or comment with such characters, at the first; `root` is the file's data."""
    places = unseen(file.text)
    if not places:
        return
    texts = sorted(set(_texts(root)))
    starts = [start for start, *_ in texts]
    groups: dict[tuple[str, int], tuple[list[int], _Text | None]] = {}
    for place in places:
        index = bisect_right(starts, place) - 1
        text = texts[index] if index >= 0 and place < texts[index][1] else None
        group = ("text", text[0]) if text else ("line", file.position(place)[0])
        groups.setdefault(group, ([], text))[0].append(place)
    for together, text in groups.values():
        yield _diagnostic(file, together, text)


def _texts(node: Node | None) -> Iterator[_Text]:
    """Every key and every text at or below a node. What an alias repeats comes again."""
    if isinstance(node, Scalar):
        yield node.start, node.end, node.text, False
    elif isinstance(node, Mapping):
        for key, (start, end, value) in node.entries.items():
            yield start, end, key, True
            yield from _texts(value)
    elif node is not None:
        for item in node.items:
            yield from _texts(item)


def _diagnostic(file: SourceFile, places: list[int], text: _Text | None) -> Diagnostic:
    first = places[0]
    characters = dict.fromkeys(file.text[place] for place in places)
    names = [character_name(character) for character in characters]
    listed = ", ".join(names[:3]) + (f" and {len(names) - 3} more" if len(names) > 3 else "")
    what = "this line" if text is None else "this key" if text[3] else "this text"
    effect = ", and which ends a line for some programs" if not _SEPARATORS.isdisjoint(characters) else ""
    return codes.UNSEEN.at(
        Span(file, first, first + 1),
        f"{what} holds {listed}, which nobody sees{effect}",
        hint=_hint(file.line(file.position(first)[0]), text),
        fix=safe_fix(*_as_escapes(file, places, text)),
    )


def _as_escapes(file: SourceFile, places: list[int], text: _Text | None) -> list[Edit]:
    """What stands there with an escape for each such character; a text gets double quotes, and says the same."""
    if text is None:
        return [Edit(Span(file, at, at + 1), with_escapes(file.text[at])) for at in places]
    start, end, written, _ = text
    begin = without_properties(file.text, start, end)
    return [Edit(Span(file, begin, end), _in_double_quotes(file, begin, end, written))]


def _in_double_quotes(file: SourceFile, begin: int, end: int, written: str) -> str:
    """A text with its escapes as it stands in the file; the comment behind the header of a block stays."""
    block = _BLOCK.match(file.text, begin, end)
    behind = f"{with_escapes(block['comment'] or '')}\n" if block else ""
    return f"{in_double_quotes(written)}{behind}"


def _hint(line: str, text: _Text | None) -> str:
    written, is_key = (line.strip(), True) if text is None else text[2:]
    plain = without_unseen(written)
    if not plain.strip() or len(written) > _LONGEST:
        return _REMOVE
    if is_key:
        return f"write `{plain}`"
    remedy = "remove it" if "\n" in plain else f"write `{plain}`"
    return f"{remedy}, or {in_double_quotes(written)} where it is meant"


# A text of several lines that begins with one of these; a comment may stand behind it.
_BLOCK = lazy_pattern(r"[|>][-+0-9]*(?P<comment>[ \t]+#[^\n]*)?[^\n]*\n")


def spell_out(file: SourceFile, root: Node | None) -> str:
    """The text of a file with an escape for each character that nobody sees; what holds one gets double quotes.

    A comment has no escapes: there one is text, which a reader sees.
    """
    places = unseen(file.text)
    if not places:
        return file.text
    pieces: list[str] = []
    behind = 0
    for start, end, written, _ in sorted(set(_texts(root))):
        begin = without_properties(file.text, start, end)
        if bisect_left(places, begin) == bisect_left(places, end):
            continue
        pieces += [
            with_escapes(file.text[behind:begin]),
            _in_double_quotes(file, begin, end, written),
        ]
        behind = end
    return "".join([*pieces, with_escapes(file.text[behind:])])
