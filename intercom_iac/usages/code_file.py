"""A file of code: its bytes as parsers count them, its characters as places are told."""

from __future__ import annotations

import posixpath
from dataclasses import field

from intercom_iac.lazy_dataclass import dataclass
from intercom_iac.lazy_pattern import lazy_pattern
from intercom_iac.text import SourceFile, Span

_STEP = 1024
_INDEX = lazy_pattern(r"(?:/(?:index|react|__init__)(?:\.[cm]?[jt]sx?)?|\.[cm]?[jt]sx?|/)$")


@dataclass(frozen=True, slots=True)
class CodeFile:
    """`path` is what is printed; `data` is UTF-8. `generated_modules` are the folders of generated code that was
    found, as `path` is written, without a `/` at the end."""

    path: str
    data: bytes = field(repr=False)
    generated_modules: frozenset[str] = frozenset()
    _sources: list[SourceFile] = field(default_factory=list[SourceFile], repr=False, compare=False)
    _characters: list[int] = field(default_factory=list[int], repr=False, compare=False)

    @property
    def source(self) -> SourceFile:
        """The file as diagnostics know it."""
        if not self._sources:
            self._sources.append(SourceFile(self.path, self.data.decode()))
        return self._sources[0]

    @property
    def names_intercom(self) -> bool:
        """Whether the file, or its path, has Intercom's name in it, in any case."""
        return b"intercom" in self.data.lower() or "intercom" in self.path.lower()

    def imports_generated(self, module: str) -> bool:
        """Whether a module that the file imports is generated code. `module` is a path with `/`, relative to the file
        where it begins with a dot; else one whose end names the folder (`@/lib/generated/typescript`)."""
        if not self.generated_modules:
            return False
        module = _INDEX.sub("", module)
        if module.startswith("."):
            return (
                posixpath.normpath(posixpath.join(posixpath.dirname(self.path), module))
                in self.generated_modules
            )
        # In front of an alias stands what the build knows, and not the path.
        parts = module.lstrip("@~#/").split("/")
        ends = {"/".join(parts[start:]) for start in range(min(len(parts), 2))} - {""}
        return any(
            folder == end or folder.endswith(f"/{end}") for end in ends for folder in self.generated_modules
        )

    def span(self, start: int, end: int) -> Span:
        """The characters of the bytes `start` (included) to `end` (excluded)."""
        return Span(self.source, self._character(start), self._character(end))

    def _character(self, byte: int) -> int:
        text = self.source.text
        if len(text) == len(self.data):
            return byte
        if not self._characters:
            # Counted in steps, so that many places in one long file cost no more than the file.
            count = 0
            for begin in range(0, len(self.data) + 1, _STEP):
                self._characters.append(count)
                count += _leading_bytes(self.data[begin : begin + _STEP])
        begin = byte - byte % _STEP
        return self._characters[begin // _STEP] + _leading_bytes(self.data[begin:byte])


_CONTINUATION = bytes(range(0x80, 0xC0))


def _leading_bytes(data: bytes) -> int:
    """How many characters begin in these bytes of UTF-8."""
    return len(data.translate(None, _CONTINUATION))
