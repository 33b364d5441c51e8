"""TypeScript with JSX."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from ..code_file import CodeFile
from ..mentions import Reading
from ..syntax_tree import grammar
from .ecmascript.reader import read_script

if TYPE_CHECKING:
    from tree_sitter import Range


def read(file: CodeFile, ranges: Sequence[Range] | None = None) -> Reading:
    """The mentions of a file, or of the scripts in it."""
    return read_script(file, grammar("tree_sitter_typescript", "language_tsx"), ranges)
