"""Applies the fixes of diagnostics to the texts they stand in, and looks again until nothing is left to fix.

Nothing is written here: what comes back are the new texts. A fix is made by splicing, so comments, quotes and line
ends that it is not about stay as they are. The specs are checked again with the new texts: a fix
that does harm, or leaves its own diagnostic, is taken back. What it uncovers, such as mistakes in a file that could
not be read before, is no harm.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass

from intercom_iac.diagnostics import Diagnostic, Edit, Family, Fix
from intercom_iac.diagnostics.codes import spec as codes
from intercom_iac.text import SourceFile, Span

Diagnose = Callable[[Mapping[str, str]], Sequence[Diagnostic]]
"""What is wrong with a project some of whose files have these texts, by path, in place of their own."""

# Fixes that overlap wait for the next pass.
MAX_PASSES = 20
# How many fixes of one pass are tried by themselves, where all of them together do harm.
MAX_TRIALS = 50


@dataclass(frozen=True, slots=True)
class FixedFile:
    """A file whose text changes. `path` is what diagnostics call it."""

    path: str
    before: str
    after: str


@dataclass(frozen=True, slots=True)
class Fixed:
    """What the fixes come to.

    `diagnostics` are those that are left. `applied` counts fixes, and `unsafe` those left that are guesses.
    """

    files: tuple[FixedFile, ...]
    diagnostics: tuple[Diagnostic, ...]
    applied: int
    unsafe: int


@dataclass(frozen=True, slots=True)
class _State:
    """The texts that differ from those of the files, by path, and what is wrong with the project as it would be."""

    texts: Mapping[str, str]
    diagnostics: Sequence[Diagnostic]

    def new_errors(self, before: _State) -> bool:
        """Whether there is an error that was not there before. It may be one that the fixed one hid."""
        return bool(self._errors() - before._errors())

    def _errors(self) -> Counter[tuple[str, str, str]]:
        return Counter(
            (diagnostic.code, diagnostic.message, _path(diagnostic))
            for diagnostic in self.diagnostics
            if diagnostic.is_error
        )


# What hides all the rest of a file, and the stages after that, each of which hides mistakes of the next.
_UNREADABLE = frozenset(
    code.id
    for code in (
        codes.UNREADABLE, codes.TOO_LARGE, codes.NOT_UTF8, codes.CONTROL_CHARACTER, codes.SYNTAX, codes.TAB,
        codes.UNKNOWN_ALIAS, codes.ALIASES_EXPLODE, codes.TOO_DEEP, codes.COMMA,
    )
)  # fmt: skip
_STAGES: tuple[frozenset[Family], ...] = (
    frozenset({Family.SPEC}),
    frozenset({Family.PARSE}),
    frozenset({Family.TYPE, Family.REF}),
)


def error_counts(diagnostics: Iterable[Diagnostic]) -> tuple[int, ...]:
    """How many errors there are of each stage, the first stage first: the smaller, the better the specs are.

    What a stage has wrong hides what the next would find, so that fewer errors of one outweigh more of the next.
    """
    counts = [0] * (len(_STAGES) + 2)
    for diagnostic in diagnostics:
        if diagnostic.is_error:
            counts[_stage(diagnostic)] += 1
    return tuple(counts)


def _stage(diagnostic: Diagnostic) -> int:
    if diagnostic.code in _UNREADABLE:
        return 0
    stages = (at for at, families in enumerate(_STAGES, 1) if diagnostic.family in families)
    return next(stages, len(_STAGES) + 1)


def _path(diagnostic: Diagnostic) -> str:
    return "" if diagnostic.span is None else diagnostic.span.file.path


def fix(diagnose: Diagnose, *, unsafe: bool = False) -> Fixed:
    """Applies every safe fix, with `unsafe` the guesses too, until none is left or `MAX_PASSES` are done."""
    before: dict[str, str] = {}
    state = _State({}, diagnose({}))
    refused: set[_Attempt] = set()
    applied = 0
    for _ in range(MAX_PASSES):
        chosen = without_overlaps(
            diagnostic
            for diagnostic in state.diagnostics
            if diagnostic.fix is not None
            and (unsafe or diagnostic.fix.is_safe)
            and _attempt(diagnostic) not in refused
        )
        if not chosen:
            break
        for file in _files(chosen):
            before.setdefault(file.path, file.text)
        fixed = _apply_fixes(state, chosen, diagnose)
        if not _is_better(fixed, state, chosen) or fixed.new_errors(state):
            tried = chosen[:MAX_TRIALS]
            fixed, chosen = _one_by_one(state, tried, diagnose)
            refused.update(_attempt(diagnostic) for diagnostic in tried if diagnostic not in chosen)
        applied += len(chosen)
        state = fixed
    files = [
        FixedFile(path, before[path], text)
        for path, text in sorted(state.texts.items())
        if text != before[path]
    ]
    guesses = sum(
        diagnostic.fix is not None and not diagnostic.fix.is_safe for diagnostic in state.diagnostics
    )
    return Fixed(tuple(files), tuple(state.diagnostics), applied, guesses)


_Attempt = tuple[str, str, str, str]


def _attempt(diagnostic: Diagnostic) -> _Attempt:
    """What a fix is known by in the next pass, where other edits have moved it."""
    line = "" if diagnostic.span is None else diagnostic.span.file.line(diagnostic.span.line)
    return diagnostic.code, diagnostic.message, _path(diagnostic), line


def _is_better(after: _State, before: _State, fixed: Sequence[Diagnostic]) -> bool:
    """Whether there is no more wrong than before, and nothing is said any more of what was fixed."""
    if error_counts(after.diagnostics) > error_counts(before.diagnostics):
        return False
    left = {
        (diagnostic.code, diagnostic.message, diagnostic.span.file.path, diagnostic.span.start)
        for diagnostic in after.diagnostics
        if diagnostic.span is not None
    }
    edits = [edit for diagnostic in fixed if diagnostic.fix is not None for edit in diagnostic.fix.edits]
    return not any(
        (diagnostic.code, diagnostic.message, _path(diagnostic), place) in left
        for diagnostic in fixed
        for place in _moved_start(diagnostic.span, edits)
    )


def _moved_start(span: Span | None, edits: Iterable[Edit]) -> tuple[int, ...]:
    """Where a span begins after the edits; where something is put in just there, before and behind that."""
    if span is None:
        return ()
    here = [edit for edit in edits if edit.span.file == span.file]
    begin = span.start
    before = sum(
        len(edit.text) - (edit.span.end - edit.span.start) for edit in here if edit.span.end <= begin
    )
    put_in = sum(len(edit.text) for edit in here if edit.span.start == edit.span.end == begin)
    # Of what is replaced, the place where that begins.
    inside = max(
        (edit.span.start for edit in here if edit.span.start <= begin < edit.span.end), default=begin
    )
    return tuple({inside + before - put_in, inside + before})


def without_overlaps(diagnostics: Iterable[Diagnostic]) -> list[Diagnostic]:
    """Those whose fixes can be made together: of several that touch the same characters, the first one."""
    taken: dict[SourceFile, list[tuple[int, int]]] = {}
    chosen: list[Diagnostic] = []
    for diagnostic in diagnostics:
        edits = () if diagnostic.fix is None else diagnostic.fix.edits
        if all(
            edit.span.end < start or edit.span.start > end
            for edit in edits
            for start, end in taken.get(edit.span.file, ())
        ):
            chosen.append(diagnostic)
            for edit in edits:
                taken.setdefault(edit.span.file, []).append((edit.span.start, edit.span.end))
    return chosen


def splice_fixes(file: SourceFile, fixes: Iterable[Fix]) -> str:
    """The text of a file with the edits of these fixes that are about it; they do not overlap."""
    edits = sorted(
        (edit for fix in fixes for edit in fix.edits if edit.span.file == file),
        key=lambda edit: edit.span.start,
    )
    pieces: list[str] = []
    behind = 0
    for edit in edits:
        pieces += [file.text[behind : edit.span.start], edit.text]
        behind = edit.span.end
    return "".join([*pieces, file.text[behind:]])


def _files(diagnostics: Iterable[Diagnostic]) -> list[SourceFile]:
    fixes = [diagnostic.fix for diagnostic in diagnostics if diagnostic.fix is not None]
    return [*dict.fromkeys(edit.span.file for fix in fixes for edit in fix.edits)]


def _apply_fixes(state: _State, diagnostics: Sequence[Diagnostic], diagnose: Diagnose) -> _State:
    fixes = [diagnostic.fix for diagnostic in diagnostics if diagnostic.fix is not None]
    changed = {file.path: splice_fixes(file, fixes) for file in _files(diagnostics)}
    texts = {**state.texts, **changed}
    return _State(texts, diagnose(texts))


def _one_by_one(
    state: _State, diagnostics: Sequence[Diagnostic], diagnose: Diagnose
) -> tuple[_State, list[Diagnostic]]:
    """The state with those of the fixes that do no harm beside each other, and the diagnostics that they are of."""
    kept: list[Diagnostic] = []
    result = state
    for diagnostic in diagnostics:
        tried = _apply_fixes(state, [*kept, diagnostic], diagnose)
        if _is_better(tried, result, [diagnostic]):
            kept.append(diagnostic)
            result = tried
    return result, kept
