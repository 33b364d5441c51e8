"""Applies the fixes of diagnostics to the texts they stand in, and looks again until nothing is left to fix.

Nothing is written here: what comes back are the new texts. A fix is made by splicing, so comments, quotes and line
ends that it is not about stay as they are. The specs are checked again with the new texts: a fix
that does harm, or leaves its own diagnostic, is taken back. What it uncovers, such as mistakes in a file that could
not be read before, is no harm.
"""

from __future__ import annotations

from bisect import bisect_right, insort
from collections import Counter
from collections.abc import Callable, Iterable, Mapping, Sequence
from itertools import accumulate

from intercom_iac.diagnostics import Diagnostic, Edit, Family, Fix
from intercom_iac.diagnostics.codes import spec as codes
from intercom_iac.lazy_dataclass import dataclass
from intercom_iac.text import SourceFile, Span

Diagnose = Callable[[Mapping[str, str]], Sequence[Diagnostic]]
"""What is wrong with a project some of whose files have these texts, by path, in place of their own."""

# Fixes that overlap wait for the next pass.
MAX_PASSES = 20
# How many times a run tries a part of a pass, where all of it together may do harm.
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

    def new_errors(self, before: _State, stage: int) -> bool:
        """Whether there is an error of a stage or of one before it that was not there before.

        What is new in the stages behind was hidden.
        """
        return bool(self._errors(stage) - before._errors(stage))

    def _errors(self, stage: int) -> Counter[tuple[str, str, str]]:
        return Counter(
            (diagnostic.code, diagnostic.message, _path(diagnostic))
            for diagnostic in self.diagnostics
            if diagnostic.is_error and _stage(diagnostic) <= stage
        )


# What hides all the rest of a file, and the stages after that, each of which hides mistakes of the next.
_UNREADABLE = frozenset(
    code.id
    for code in (
        codes.UNREADABLE, codes.TOO_LARGE, codes.NOT_UTF8, codes.CONTROL_CHARACTER, codes.SYNTAX, codes.TAB,
        codes.UNKNOWN_ALIAS, codes.ALIASES_EXPLODE, codes.TOO_DEEP, codes.COMMA,
    )
)  # fmt: skip
# How much a workspace holds is asked of what the specs come to, not of one entry: that it is too much is uncovered.
_OF_THE_WHOLE = frozenset((codes.TOO_MANY_ATTRIBUTES.id, codes.TOO_MANY_EVENTS.id))
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
    if diagnostic.code in _OF_THE_WHOLE:
        return len(_STAGES) + 1
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
    trials = _Trials(diagnose)
    for _ in range(MAX_PASSES):
        candidates = [
            diagnostic
            for diagnostic in state.diagnostics
            if diagnostic.fix is not None
            and (unsafe or diagnostic.fix.is_safe)
            and _attempt(diagnostic) not in refused
        ]
        if not candidates:
            break
        # What a stage has wrong hides what the next would find.
        stage = min(map(_stage, candidates))
        tried = without_overlaps(diagnostic for diagnostic in candidates if _stage(diagnostic) == stage)
        for file in _files(tried):
            before.setdefault(file.path, file.text)
        state, kept = trials.best(state, tried, stage)
        made = {id(diagnostic) for diagnostic in kept}
        refused.update(_attempt(diagnostic) for diagnostic in tried if id(diagnostic) not in made)
        applied += len(kept)
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
    edits = _EditsByFile(
        edit for diagnostic in fixed if diagnostic.fix is not None for edit in diagnostic.fix.edits
    )
    return not any(
        (diagnostic.code, diagnostic.message, _path(diagnostic), place) in left
        for diagnostic in fixed
        for place in edits.moved(diagnostic.span)
    )


class _EditsByFile:
    """Edits that do not overlap, by file and place: one look-up asks for few of them, however many there are."""

    def __init__(self, edits: Iterable[Edit]) -> None:
        self._edits: dict[SourceFile, list[Edit]] = {}
        for edit in edits:
            self._edits.setdefault(edit.span.file, []).append(edit)
        # How much longer the text is behind the first of the edits, the first two, ...
        self._growth: dict[SourceFile, list[int]] = {}
        for file, here in self._edits.items():
            here.sort(key=lambda edit: edit.span.start)
            grown = (len(edit.text) - (edit.span.end - edit.span.start) for edit in here)
            self._growth[file] = [0, *accumulate(grown)]

    def moved(self, span: Span | None) -> tuple[int, ...]:
        """Where a span begins after the edits; where something is put in just there, before and behind that."""
        if span is None:
            return ()
        here = self._edits.get(span.file, [])
        if not here:
            return (span.start,)
        begin = span.start
        count = bisect_right(here, begin, key=lambda edit: edit.span.end)
        last = here[count - 1] if count else None
        put_in = len(last.text) if last is not None and last.span.start == last.span.end == begin else 0
        # Of what is replaced, the place where that begins.
        inside = min(begin, here[count].span.start) if count < len(here) else begin
        place = inside + self._growth[span.file][count]
        return tuple({place - put_in, place})


def without_overlaps(diagnostics: Iterable[Diagnostic]) -> list[Diagnostic]:
    """Those whose fixes can be made together: of several that touch the same characters, the first one."""
    taken: dict[SourceFile, list[tuple[int, int]]] = {}
    chosen: list[Diagnostic] = []
    for diagnostic in diagnostics:
        edits = () if diagnostic.fix is None else diagnostic.fix.edits
        if all(_is_free(edit.span, taken.get(edit.span.file, [])) for edit in edits):
            chosen.append(diagnostic)
            for edit in edits:
                insort(taken.setdefault(edit.span.file, []), (edit.span.start, edit.span.end))
    return chosen


def _is_free(span: Span, taken: Sequence[tuple[int, int]]) -> bool:
    """Whether a span touches none of these, which are in order and apart."""
    index = bisect_right(taken, (span.start, span.end))
    after_last = index == 0 or taken[index - 1][1] < span.start
    return after_last and (index == len(taken) or span.end < taken[index][0])


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


class _Trials:
    """Finds which of the fixes of a pass do no harm, with a bounded number of checks in a run."""

    def __init__(self, diagnose: Diagnose) -> None:
        self._diagnose = diagnose
        self._left = MAX_TRIALS

    def best(
        self, state: _State, fixable: Sequence[Diagnostic], stage: int
    ) -> tuple[_State, Sequence[Diagnostic]]:
        """The state with those of the fixes that do no harm beside each other, and the diagnostics that they are of.

        Halves what does harm, and what might, until the harm is found. Once the trials are used up, what is not
        worse is kept whole, and what is worse is left whole.
        """
        # All edits are of the texts of `state`, so each trial makes those kept so far again.
        kept: list[Diagnostic] = []
        result = state
        groups = [fixable]
        while groups:
            group = groups.pop()
            tried = _apply_fixes(state, [*kept, *group], self._diagnose)
            is_better = _is_better(tried, result, [*kept, *group])
            splits = len(group) > 1 and self._left > 0
            if is_better and not (splits and tried.new_errors(result, stage)):
                kept += group
                result = tried
            elif splits:
                self._left -= 1
                middle = len(group) // 2
                groups += [group[middle:], group[:middle]]
        return result, kept
