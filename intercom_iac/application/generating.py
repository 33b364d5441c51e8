"""Code that sends what the specs declare: made, compared with what stands in a folder, and written."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING

from intercom_iac.diagnostics import IntercomIacError, Misuse
from intercom_iac.generating import (
    Generated,
    GeneratedFile,
    GenerateOptions,
    Language,
    generated_language,
    python_files,
    typescript_files,
    without_lines,
)
from intercom_iac.lazy_dataclass import dataclass
from intercom_iac.specs import digest

from .files import read_bytes, write_together

if TYPE_CHECKING:
    from .session import Session

_HEAD = 1_000  # bytes, of which a header takes less
_SUFFIXES = (".ts", ".py", ".json", ".typed", ".pyi", ".sql", ".yml")


@dataclass(frozen=True, slots=True, kw_only=True)
class GeneratedChange:
    """A file of a folder that is not as it is generated.

    `before` is None where there is none, `after` None where it was generated once and is no longer.
    """

    path: str
    before: str | None
    after: str | None


def generated_folder(session: Session, language: Language) -> Path:
    """Where generated code is written by default: `generated/LANGUAGE` in the project."""
    return session.project.root / "generated" / language


def generate_code(
    session: Session, language: Language, options: GenerateOptions
) -> tuple[GeneratedFile, ...]:
    """The files of a language for the session's workspace; the digest of `options` is that of its specs.

    Raises `InvalidSpecs` for errors in the specs, or for names that are one in the language.
    """
    schema = session.schema()
    # A rule of a segment is no part of the code, and leaves it as it is.
    options = replace(options, specs_digest=digest(replace(schema, segments={})))
    return typescript_files(schema, options) if language == "typescript" else python_files(schema, options)


def generated_changes(
    folder: Path, language: Generated, files: Iterable[GeneratedFile], *, with_lines: bool
) -> list[GeneratedChange]:
    """What has to change in a folder for these files to be all that was generated there in this language.

    Line ends of another system are no change. `with_lines`: the lines at which the specs declare something are one,
    which any comment moves. Raises `Misuse` for a file in the way that was not generated.
    """
    wanted = {file.path: file.text for file in files}
    comparable = str if with_lines else without_lines
    changes: list[GeneratedChange] = []
    for path, text in wanted.items():
        before = _generated_text(folder, path, language)
        if before is None or comparable(_lines(before)) != comparable(text):
            changes.append(GeneratedChange(path=path, before=before, after=text))
    changes += (
        GeneratedChange(path=path, before=text, after=None)
        for path, text in _left_over(folder, language, wanted)
    )
    return changes


def write_generated(folder: Path, changes: Sequence[GeneratedChange]) -> None:
    """Writes the files, all of them or none, and then removes those that are no longer generated."""
    for change in changes:
        if _text(folder / change.path) != change.before:
            raise Misuse(f"`{change.path}` changed while the command ran", hint="run it again")
    write_together(
        {folder / change.path: change.after.encode() for change in changes if change.after is not None}
    )
    for change in changes:
        if change.after is None:
            try:
                (folder / change.path).unlink()
            except OSError as error:
                raise IntercomIacError(f"cannot remove `{change.path}`: {error.strerror}") from error


def _generated_text(folder: Path, path: str, language: Generated) -> str | None:
    """The text that stands at a path; None where there is none. Raises `Misuse` where it was not generated."""
    text = _text(folder / path)
    if text is None or generated_language(text) == language:
        return text
    raise Misuse(
        f"`{folder / path}` is there already, and was not generated {_TITLES[language]}",
        hint="name another folder with `--out`, or move the file away",
    )


def _left_over(folder: Path, language: Generated, wanted: Iterable[str]) -> Iterator[tuple[str, str]]:
    """The files beside them that were generated once in this language."""
    known = {folder / path for path in wanted}
    for parent in sorted({path.parent for path in known}):
        for file in sorted(parent.iterdir()) if parent.is_dir() else ():
            if file in known or file.suffix not in _SUFFIXES or not file.is_file():
                continue
            if generated_language(_head(file)) == language:
                yield file.relative_to(folder).as_posix(), _text(file) or ""


def _text(file: Path) -> str | None:
    """The text of a file with its line ends; None where there is none. What is not UTF-8 was not generated."""
    if not file.exists():
        return None
    return read_bytes(file).decode("utf-8", errors="replace")


def _head(file: Path) -> str:
    """The beginning of a file; nothing of one that cannot be read, which is nobody's to remove."""
    try:
        with file.open("rb") as stream:
            return stream.read(_HEAD).decode("utf-8", errors="replace")
    except OSError:
        return ""


def _lines(text: str) -> str:
    return text.replace("\r\n", "\n")


_TITLES = {"typescript": "in TypeScript", "python": "in Python", "dbt": "for dbt"}
