"""Silences: findings that a comment on their line takes away, with a reason.

    planType: {type: string}  # intercom-iac: ignore LINT551: the app has sent it so since 2019

One that is alone on a line is for the line below, as is each of several comments in a row.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from collections.abc import Mapping as Mappings
from dataclasses import field
from functools import lru_cache

from intercom_iac.diagnostics import Diagnostic, Edit, Family, family_of, safe_fix
from intercom_iac.diagnostics.codes import policy as codes
from intercom_iac.lazy_dataclass import dataclass
from intercom_iac.lazy_pattern import lazy_pattern
from intercom_iac.project.policy.levels import lint_codes, why_no_silence
from intercom_iac.text import SourceFile, Span
from intercom_iac.yaml.comments import Comment, Scan, scan
from intercom_iac.yaml.corrections import near_word
from intercom_iac.yaml.nodes import Mapping, Node, Path, Scalar

MARK = "intercom-iac:"
_SILENCE = lazy_pattern(rf"(?:^|\s)#+\s*{MARK}\s*(?P<rest>.*)", re.DOTALL)
_IGNORE = lazy_pattern(r"ignore\b(?P<codes>[^:]*)(?::(?P<reason>.*))?", re.DOTALL)
_NAMES_A_CODE = lazy_pattern(r"\b[A-Z]{3,5}[0-9]{3,4}\b")
_FORM = "write `# intercom-iac: ignore CODE: why`"


@dataclass(frozen=True, slots=True)
class Silence:
    """A comment that silences. `line` is the line it is for; `codes` hold where each stands.

    `removal` is what goes where the comment silences nothing; None where it says more than that.
    """

    line: int
    codes: tuple[tuple[str, Span], ...]
    removal: Span | None = None


@dataclass(slots=True)
class _Silences:
    """Those of a file, and what is wrong with the comments that were meant to be some."""

    scan: Scan
    valid: list[Silence] = field(default_factory=list[Silence])
    wrong: list[Diagnostic] = field(default_factory=list[Diagnostic])
    silenced: set[tuple[int, str]] = field(default_factory=set[tuple[int, str]])
    """Lines, each with a code that is silenced there."""
    codes: set[str] = field(default_factory=set[str])


def without_silenced(diagnostics: Iterable[Diagnostic], files: Iterable[SourceFile]) -> list[Diagnostic]:
    """The diagnostics that no silence takes away, and what there is to say of the silences themselves.

    Only codes that can be silenced are. A silence that takes nothing away is told where everything could be read:
    with other mistakes in the specs nobody knows what else would be found. Of silences of proofs nothing is told:
    proofs are `without_silenced_proofs`.
    """
    silences = {file.path: _read_silences(file) for file in files if MARK in file.text}
    if not silences:
        return list(diagnostics)
    told = list(diagnostics)
    all_read = not any(diagnostic.is_error and diagnostic.family is not Family.LINT for diagnostic in told)
    remaining, used = _apart(told, silences)
    for file_silences in silences.values():
        remaining += file_silences.wrong
        if all_read:
            remaining += _check_unused(file_silences, used, of_proofs=False)
    return remaining


def without_silenced_proofs(
    findings: Iterable[Diagnostic], files: Iterable[SourceFile], *, all_proved: bool
) -> list[Diagnostic]:
    """What was proved, without what a silence takes away; and which silences of proofs take nothing away.

    The latter only where all was proved that can be. What is wrong with silences themselves is told by
    `without_silenced`.
    """
    silences = {file.path: _read_silences(file) for file in files if MARK in file.text}
    if not silences:
        return list(findings)
    remaining, used = _apart(findings, silences)
    for file_silences in silences.values() if all_proved else ():
        remaining += _check_unused(file_silences, used, of_proofs=True)
    return remaining


_Used = set[tuple[str, int, str]]
"""Files, lines and codes, of which one was taken away."""


def _apart(
    diagnostics: Iterable[Diagnostic], silences: Mappings[str, _Silences]
) -> tuple[list[Diagnostic], _Used]:
    """The diagnostics that no silence takes away, and where a code took one away."""
    used: _Used = set()
    remaining: list[Diagnostic] = []
    for diagnostic in diagnostics:
        span, code = diagnostic.span, diagnostic.code
        lines = () if span is None else _silenced_lines(code, span, silences.get(span.file.path))
        if span is None or not lines:
            remaining.append(diagnostic)
        else:
            used.update((span.file.path, line, code) for line in lines)
    return remaining, used


def _silenced_lines(code: str, span: Span, silences: _Silences | None) -> list[int]:
    """The lines with a silence for what is found at a place."""
    if silences is None or code not in silences.codes:
        return []
    return [line for line in silences.scan.lines_for(span) if (line, code) in silences.silenced]


def _check_unused(silences: _Silences, used: _Used, *, of_proofs: bool) -> Iterator[Diagnostic]:
    for silence in silences.valid:
        for code, span in silence.codes:
            is_used = (span.file.path, silence.line, code) in used
            if not is_used and (family_of(code) is Family.PROOF) is of_proofs:
                yield codes.UNUSED_SILENCE.at(
                    span,
                    f"`{code}` is not found on line {silence.line}, so nothing is silenced",
                    hint="remove it; it is for its own line or, alone on one, for the line below",
                    fix=None if silence.removal is None else safe_fix(Edit(silence.removal, "")),
                )


def silence_targets(file: SourceFile, root: Node) -> list[tuple[list[str], list[Path]]]:
    """What the silences of a file are for: codes, and the paths of the keys and values they stand at.

    For `fmt`: a comment that is moved has to stand at the same thing afterwards.
    """
    if MARK not in file.text:
        return []
    silences = _read_silences(file)
    at: dict[int, list[Path]] = {}
    for path, start in _places(root, ()):
        for line in silences.scan.lines_for(Span(file, start, start)):
            at.setdefault(line, []).append(path)
    return sorted(
        ([code for code, _ in silence.codes], sorted(set(at.get(silence.line, [])), key=str))
        for silence in silences.valid
    )


def _places(node: Node, path: Path) -> Iterator[tuple[Path, int]]:
    """Every key and every text or number at or below a node, with where it starts."""
    if isinstance(node, Scalar):
        yield path, node.start
    elif isinstance(node, Mapping):
        for key, (start, _, value) in node.entries.items():
            yield (*path, key), start
            yield from _places(value, (*path, key))
    else:
        for index, item in enumerate(node.items):
            yield from _places(item, (*path, index))


@lru_cache(maxsize=1024)
def _read_silences(file: SourceFile) -> _Silences:
    """Read once for what is found in the files, for what is proved, and for each workspace."""
    silences = _Silences(scan(file))
    behind = _lines_behind(silences.scan.comments)
    for comment in silences.scan.comments:
        match = _SILENCE.search(comment.span.text)
        if match is None:
            continue
        line = comment.span.line
        if comment.alone:
            line = behind[line]
        start = comment.span.start
        silence_span = Span(
            file, start + match.start() + len(match[0]) - len(match[0].lstrip()), comment.span.end
        )
        ignore = _IGNORE.match(match["rest"])
        if ignore is None:
            # Anybody may write the program's name in a comment; with a code behind it a silence is meant.
            if _NAMES_A_CODE.search(match["rest"]):
                silences.wrong.append(_bad_silence(silence_span, "this comment silences nothing"))
            continue
        at = start + match.start("rest") + ignore.start("codes")
        named = [
            (code.group(), Span(file, at + code.start(), at + code.end()))
            for code in re.finditer(r"[^\s,]+", ignore["codes"])
        ]
        silences.wrong += _check_silence(silence_span, named, ignore["reason"])
        if ignore["reason"] is not None and re.search(r"\w", ignore["reason"]):
            good = tuple((code, span) for code, span in named if why_no_silence(code) is None)
            removal = _removal(comment, silence_span) if len(named) == 1 else None
            silence = Silence(line, good, removal)
            silences.valid.append(silence)
            silences.silenced.update((line, code) for code, _ in good)
            silences.codes.update(code for code, _ in good)
    return silences


def _lines_behind(comments: Iterable[Comment]) -> dict[int, int]:
    """The first line behind several comments in a row, by the line of each that is alone on one."""
    behind: dict[int, int] = {}
    for line in sorted((comment.span.line for comment in comments if comment.alone), reverse=True):
        behind[line] = behind.get(line + 1, line + 1)
    return behind


def _removal(comment: Comment, silence: Span) -> Span:
    """The silence and what would be left over without it: the spaces before it, or its line."""
    text = silence.file.text
    start = silence.start
    while start and text[start - 1] in " \t":
        start -= 1
    if comment.alone and silence.start == comment.span.start:
        end = text.find("\n", silence.end) + 1
        return Span(silence.file, start, end or len(text))
    return Span(silence.file, start, silence.start + len(silence.text.rstrip("\r")))


def _check_silence(
    silence_span: Span, named: list[tuple[str, Span]], reason: str | None
) -> Iterator[Diagnostic]:
    if not named:
        yield _bad_silence(silence_span, "the silence names no code")
    for code, span in named:
        if reason_and_hint := why_no_silence(code):
            message, hint = reason_and_hint
            fix = near_word(span, code, lint_codes())
            yield codes.BAD_SILENCE.at(span, message, hint=hint, fix=fix)
    if reason is None or not re.search(r"\w", reason):
        yield _bad_silence(silence_span, "the silence gives no reason, and silences nothing")


def _bad_silence(span: Span, message: str) -> Diagnostic:
    return codes.BAD_SILENCE.at(span, message, hint=_FORM)
