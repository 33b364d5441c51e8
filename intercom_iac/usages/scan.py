"""One file of code after another: which of them is read, and what is found in it."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import replace
from posixpath import basename

from intercom_iac.diagnostics import Diagnostic
from intercom_iac.diagnostics.codes import usages as codes
from intercom_iac.text import SourceFile, Span

from .code_file import CodeFile
from .judging.judge import CodeJudge, Judgement
from .languages import Language

MAX_BYTES = 2_000_000
"""Files that are larger are not read: no one wrote them."""


def may_mention(language: Language, data: bytes, generated_modules: Iterable[str]) -> bool:
    """Whether a file can have a mention; false of most files, and quickly said."""
    lowered = data.lower()
    if any(word in lowered for word in language.words):
        return True
    return any(basename(folder).encode() in data for folder in generated_modules)


def judge_file(judge: CodeJudge, language: Language, file: CodeFile) -> Judgement:
    """The uses and findings of a file. Whatever it holds, it is read as far as it can be, and what is not is said."""
    reading = language.reader()(file)
    judgement = judge.judge(reading.mentions)
    if not reading.unread:
        return judgement
    return replace(judgement, mistakes=(*judgement.mistakes, _unread(reading.unread, language)))


def _unread(places: Sequence[Span], language: Language) -> Diagnostic:
    others = len(places) - 1
    more = f", nor {'one other' if others == 1 else f'{others} others'}" if others else ""
    return codes.NOT_READ.at(
        places[0],
        f"a part of the file was not understood as {language.name}{more}",
        hint="what stands there is not known",
    )


def unread_file(path: str, reason: str) -> Diagnostic:
    """A file that was not read at all."""
    return codes.NOT_READ.at(Span(SourceFile(path, ""), 0, 0), f"the file was not read: {reason}")


def misencoded_file(file: CodeFile, line: int, encoding: str) -> Diagnostic:
    """A file with bytes that are no text; `line` is that of the first."""
    return codes.NOT_READ.at(
        Span(file.source, 0, 0),
        f"line {line} is not {encoding}",
        hint="what is not was read over; save it as UTF-8",
    )
