"""The comments of a YAML file, and its texts of several lines: by the scanner's own marks, so that text which only
looks like a comment is never one.
"""

from __future__ import annotations

from bisect import bisect_right
from dataclasses import field

from intercom_iac.lazy_dataclass import dataclass
from intercom_iac.lazy_pattern import lazy_pattern
from intercom_iac.text import SourceFile, Span

from .pyyaml import yaml
from .tokens import tokens_of

_TO_LINE_END = r"#(?:[^\r\n]|\r(?!\n))*"
_COMMENT = lazy_pattern(_TO_LINE_END)
_HEADER = lazy_pattern(rf"[|>][-+0-9]*[ \t]+(?P<comment>{_TO_LINE_END})")


@dataclass(frozen=True, slots=True)
class Comment:
    """A comment, and whether it is alone on its line."""

    span: Span
    alone: bool


@dataclass(frozen=True, slots=True)
class LongText:
    """A text of several lines, from `start` to `end`, in which no comment can stand.

    `lines` are those where one for it can: its key's and those down to its beginning, and that of its end.
    """

    start: int
    end: int
    lines: frozenset[int]


@dataclass(slots=True)
class Scan:
    """What stands in a file besides its data, in the order of places."""

    comments: list[Comment] = field(default_factory=list[Comment])
    texts: list[LongText] = field(default_factory=list[LongText])

    def lines_for(self, span: Span) -> frozenset[int]:
        """The lines where a comment on what stands at `span` belongs."""
        # In the order of the file, and none within another.
        index = bisect_right(self.texts, span.start, key=lambda long_text: long_text.start) - 1
        if index >= 0 and span.start < self.texts[index].end:
            return self.texts[index].lines | {span.line}
        return frozenset({span.line})


def scan(file: SourceFile) -> Scan:
    """The comments and the long texts of a file; nothing for one that is not YAML."""
    found = Scan()
    text = file.text
    at = 0
    key: int | None = None
    is_key = is_value = False
    try:
        for token in tokens_of(text):
            start, end = token.start_mark.index, token.end_mark.index
            # Outside of tokens there are only spaces, line ends and comments.
            if at < start:
                for comment in _COMMENT.finditer(text, at, start):
                    found.comments.append(_comment(file, *comment.span()))
            if end > at:
                at = end
            if isinstance(token, yaml.ScalarToken):
                if is_key:
                    key = start
                else:
                    _scalar(file, start, end, key if is_value else None, found)
            is_key = isinstance(token, yaml.KeyToken)
            is_value = isinstance(token, yaml.ValueToken)
    except yaml.YAMLError:
        return Scan()
    return found


def _comment(file: SourceFile, start: int, end: int) -> Comment:
    span = Span(file, start, end)
    return Comment(span, not file.text[start - span.column + 1 : start].strip())


def _scalar(file: SourceFile, start: int, end: int, key: int | None, found: Scan) -> None:
    block = file.text[start : start + 1] in ("|", ">")
    if block and (header := _HEADER.match(file.text, start, end)):
        found.comments.append(_comment(file, *header.span("comment")))
    first, last = file.position(start)[0], file.position(end)[0]
    if first != last:
        begin = first if key is None else file.position(key)[0]
        lines = {*range(begin, first + 1)} if block else {*range(begin, first + 1), last}
        found.texts.append(LongText(start, end, frozenset(lines)))
