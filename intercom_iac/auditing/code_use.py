"""What code uses of the specs, as `usages --format json` says it."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from typing import Any, cast

from intercom_iac.diagnostics import Misuse
from intercom_iac.lazy_dataclass import dataclass
from intercom_iac.text import printable


@dataclass(frozen=True, slots=True, kw_only=True)
class CodeUse:
    """`files` is how many files of code were read; `places` maps an address to where code names it, such as
    `src/billing.ts:12`; `unused` are the declared addresses that neither code nor a rule of the specs names."""

    files: int
    places: Mapping[str, Sequence[str]]
    unused: frozenset[str]

    @property
    def files_text(self) -> str:
        return f"{self.files:,} file{'' if self.files == 1 else 's'}"


def decode_code_use(content: bytes, name: str) -> CodeUse:
    """What a file says that `usages --format json` printed. Raises `Misuse` for any other; `name` is the file's."""
    try:
        return _code_use(json.loads(content))
    except (ValueError, KeyError, TypeError, RecursionError) as error:
        raise Misuse(
            f"`{printable(name)}` does not hold what `usages` prints",
            hint="make it with `usages --format json > FILE`",
        ) from error


def _code_use(data: Any) -> CodeUse:
    if str(data["format_version"]).partition(".")[0] != "1":
        raise ValueError("another version of the format")
    places: dict[str, list[str]] = {}
    for use in cast("list[dict[str, Any]]", data["uses"]):
        places.setdefault(str(use["address"]), []).append(f"{use['file']}:{int(use['line'])}")
    unused = cast("list[str]", data["unused"])
    if not all(isinstance(address, str) for address in cast("list[object]", unused)):
        raise TypeError("addresses are text")
    return CodeUse(files=int(data["files"]), places=places, unused=frozenset(unused))
