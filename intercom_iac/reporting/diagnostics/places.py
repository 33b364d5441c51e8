"""What was looked at, and where in the repository a finding stands."""

from __future__ import annotations

import hashlib
import posixpath
from collections import Counter
from collections.abc import Sequence
from urllib.parse import quote

from intercom_iac.diagnostics import Diagnostic
from intercom_iac.lazy_dataclass import dataclass
from intercom_iac.project import PROJECT_FILE


@dataclass(frozen=True, slots=True)
class Examined:
    """What a command looked at: its name, the project's folder as seen from the repository's root, and the files.

    `files` are relative to the project's folder, as the paths of diagnostics are.
    """

    command: str = "check"
    base: str = "."
    files: Sequence[str] = ()

    def path(self, path: str) -> str:
        """A path from the repository's root, with forward slashes."""
        return posixpath.normpath(posixpath.join(self.base, path))

    def uri(self, path: str) -> str:
        """The same as a relative address; the bytes of a name need not be UTF-8."""
        return quote(self.path(path).encode("utf-8", errors="surrogateescape"))

    def path_from_root(self, path: str) -> str:
        """The same as text that can be written; bytes that are no text are spelled out."""
        return self.path(path).encode("utf-8", errors="surrogateescape").decode(errors="backslashreplace")


def path_of(diagnostic: Diagnostic) -> str:
    """The file a finding is shown at. What stands nowhere is about the project; readers drop what has no place."""
    return PROJECT_FILE if diagnostic.span is None else diagnostic.span.file.path


def text_of(diagnostic: Diagnostic) -> str:
    """What is wrong and what to do, on one line."""
    return f"{diagnostic.message}; {diagnostic.hint}" if diagnostic.hint else diagnostic.message


def fingerprints(diagnostics: Sequence[Diagnostic], examined: Examined) -> list[str]:
    """For each finding, a mark that is its own and that it keeps while lines come and go above it.

    It is made of code, file, message and the text of the line; those alike in all of that are counted.
    """
    seen: Counter[tuple[str, ...]] = Counter()
    marks: list[str] = []
    for diagnostic in diagnostics:
        line = "" if diagnostic.span is None else diagnostic.span.file.line(diagnostic.span.line).strip()
        alike = (diagnostic.code, examined.path(path_of(diagnostic)), diagnostic.message, line)
        seen[alike] += 1
        content = "\0".join((*alike, str(seen[alike])))
        marks.append(hashlib.sha256(content.encode("utf-8", errors="surrogatepass")).hexdigest())
    return marks
