"""Where something stands: a file, a span of it, and an excerpt that still knows where it came from."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Sequence
from dataclasses import field

from intercom_iac.lazy_dataclass import dataclass
from intercom_iac.lazy_pattern import lazy_pattern

# Where editors, git and forges end a line. YAML 1.1 ends one at other characters too: those, and a carriage return
# on its own, are told as mistakes and never counted, or every place behind them would be another one elsewhere.
_BREAK = lazy_pattern("\r?\n")


@dataclass(frozen=True, slots=True)
class SourceFile:
    """A text and the name people know it by.

    `path` is what is printed: relative to the project's root, with forward slashes; `<rule>` and the like
    for text that stands in no file.
    """

    path: str
    text: str = field(repr=False)
    _starts: list[int] = field(default_factory=list[int], repr=False, compare=False)

    def _line_starts(self) -> list[int]:
        if not self._starts:
            # Filled on first use: most files have nothing wrong and are never asked for a place.
            self._starts.append(0)
            self._starts.extend(line_break.end() for line_break in _BREAK.finditer(self.text))
        return self._starts

    def position(self, offset: int) -> tuple[int, int]:
        """Line and column of an offset in characters, both counted from 1."""
        starts = self._line_starts()
        line = bisect_right(starts, offset)
        return line, offset - starts[line - 1] + 1

    def line(self, number: int) -> str:
        """The text of a line, counted from 1, without its end."""
        starts = self._line_starts()
        begin = starts[number - 1]
        end = starts[number] if number < len(starts) else len(self.text)
        return self.text[begin:end].removesuffix("\n").removesuffix("\r")

    def named(self, path: str) -> SourceFile:
        """The same text by another name; where its lines begin is found once for both."""
        return SourceFile(path, self.text, self._starts)


@dataclass(frozen=True, slots=True)
class Span:
    """The characters `start` (included) to `end` (excluded) of a file."""

    file: SourceFile
    start: int
    end: int

    @property
    def line(self) -> int:
        return self.file.position(self.start)[0]

    @property
    def column(self) -> int:
        return self.file.position(self.start)[1]

    @property
    def end_line(self) -> int:
        return self.file.position(self.end)[0]

    @property
    def end_column(self) -> int:
        """The column just behind the last character."""
        return self.file.position(self.end)[1]

    @property
    def text(self) -> str:
        return self.file.text[self.start : self.end]

    def __str__(self) -> str:
        line, column = self.file.position(self.start)
        return f"{self.file.path}:{line}:{column}"


@dataclass(frozen=True, slots=True)
class Excerpt:
    """A text taken out of a file, such as the value of a YAML scalar, each character with its place there.

    `offsets` has one entry more than `text`: the place of every character in the file, then the place just
    behind the last. A text that was taken over unchanged has a `range`; one that lost its indentation or its
    escapes has a list. `ends`, where a character stands for several of the file, is the place behind each.
    """

    file: SourceFile
    text: str
    offsets: Sequence[int]
    ends: Sequence[int] | None = None

    @classmethod
    def from_text(cls, text: str, name: str) -> Excerpt:
        """A text that stands in no file, such as an argument of the command line."""
        return cls(SourceFile(name, text), text, range(len(text) + 1))

    def span(self, start: int, end: int) -> Span:
        """The span, in the file, of `text[start:end]`."""
        if end > start:
            behind = self.offsets[end - 1] + 1 if self.ends is None else self.ends[end - 1]
            return Span(self.file, self.offsets[start], behind)
        return Span(self.file, self.offsets[start], self.offsets[start])
