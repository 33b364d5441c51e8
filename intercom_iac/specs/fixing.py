"""Applies the fixes of diagnostics to the texts they stand in, and looks again until nothing is left to fix.

Nothing is written here: what comes back are the new texts. A fix is made by splicing, so comments, quotes and line
ends that it is not about stay as they are. The specs are checked again with the new texts: a fix
that leaves more errors than there were, or its own diagnostic, is taken back.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass

from intercom_iac.diagnostics import Diagnostic, Fix
from intercom_iac.text import SourceFile

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

    @property
    def errors(self) -> int:
        return sum(diagnostic.is_error for diagnostic in self.diagnostics)

    def counts(self) -> Counter[_Key]:
        return Counter(map(_key, self.diagnostics))

    def new_errors(self, before: _State) -> bool:
        """Whether there is an error that was not there before. It may be one that the fixed one hid."""
        return bool(self._errors() - before._errors())

    def _errors(self) -> Counter[_Key]:
        return Counter(_key(diagnostic) for diagnostic in self.diagnostics if diagnostic.is_error)


_Key = tuple[str, str, str]


def _key(diagnostic: Diagnostic) -> _Key:
    """What a diagnostic says and of which file, wherever it stands there."""
    return diagnostic.code, diagnostic.message, "" if diagnostic.span is None else diagnostic.span.file.path


def fix(diagnose: Diagnose, *, unsafe: bool = False) -> Fixed:
    """Applies every safe fix, with `unsafe` the guesses too, until none is left or `MAX_PASSES` are done."""
    before: dict[str, str] = {}
    state = _State({}, diagnose({}))
    refused: set[_Key] = set()
    applied = 0
    for _ in range(MAX_PASSES):
        chosen = without_overlaps(
            diagnostic
            for diagnostic in state.diagnostics
            if diagnostic.fix is not None
            and (unsafe or diagnostic.fix.is_safe)
            and _key(diagnostic) not in refused
        )
        if not chosen:
            break
        for file in _files(chosen):
            before.setdefault(file.path, file.text)
        fixed = _applied(state, chosen, diagnose)
        if not _is_better(fixed, state, chosen) or fixed.new_errors(state):
            tried = chosen[:MAX_TRIALS]
            fixed, chosen = _one_by_one(state, tried, diagnose)
            refused.update(_key(diagnostic) for diagnostic in tried if diagnostic not in chosen)
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


def _is_better(after: _State, before: _State, fixed: Iterable[Diagnostic]) -> bool:
    """Whether there are no more errors than before, and nothing is said any more of what was fixed."""
    if after.errors > before.errors:
        return False
    was, now = before.counts(), after.counts()
    return all(now[key] <= was[key] - count for key, count in Counter(map(_key, fixed)).items())


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


def spliced(file: SourceFile, fixes: Iterable[Fix]) -> str:
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


def _applied(state: _State, diagnostics: Sequence[Diagnostic], diagnose: Diagnose) -> _State:
    fixes = [diagnostic.fix for diagnostic in diagnostics if diagnostic.fix is not None]
    changed = {file.path: spliced(file, fixes) for file in _files(diagnostics)}
    texts = {**state.texts, **changed}
    return _State(texts, diagnose(texts))


def _one_by_one(
    state: _State, diagnostics: Sequence[Diagnostic], diagnose: Diagnose
) -> tuple[_State, list[Diagnostic]]:
    """The state with those of the fixes that do no harm beside each other, and the diagnostics that they are of."""
    kept: list[Diagnostic] = []
    result = state
    for diagnostic in diagnostics:
        tried = _applied(state, [*kept, diagnostic], diagnose)
        if _is_better(tried, result, [diagnostic]):
            kept.append(diagnostic)
            result = tried
    return result, kept
