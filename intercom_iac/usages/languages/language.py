"""What a language is to the scan: the names of its files, the words without which a file is not read, its reader."""

from __future__ import annotations

from collections.abc import Callable
from importlib import import_module
from typing import cast

from intercom_iac.lazy_dataclass import dataclass

from ..code_file import CodeFile
from ..mentions import Reading


@dataclass(frozen=True, slots=True, kw_only=True)
class Language:
    """`suffixes` are those of its files, in lower case. `module`, in this room, has `read(file: CodeFile) -> Reading`
    and is imported with the first file that is read.

    `words`, in lower case: a file that holds none of them, in any case, nor the name of a folder of generated code,
    has no mention and is not parsed, which is what makes a scan of 10,000 files quick.
    """

    name: str
    suffixes: tuple[str, ...]
    module: str
    words: tuple[bytes, ...] = (b"intercom", b"custom_attributes", b"customattributes")

    def reader(self) -> Callable[[CodeFile], Reading]:
        module = import_module(f"{__package__}.{self.module}")
        return cast("Callable[[CodeFile], Reading]", module.read)
